"""A sure subject is carried on where no name can have changed it; everywhere else the judge is asked."""

from __future__ import annotations

import pytest

from salpi.evidence.extract import extract_claims
from salpi.evidence.judges import subject
from salpi.evidence.record import Document

pytestmark = pytest.mark.uncompiled


@pytest.fixture
def asked(monkeypatch):
    """How often the judge is asked."""
    times = []
    decide = subject.decide
    monkeypatch.setattr(subject, "decide", lambda *args: times.append(args) or decide(*args))
    return times


def _subjects(text: str, catalogue) -> list[str | None]:
    return [claim.subject for claim in extract_claims(Document("0", "note", text), catalogue) if claim.indicator]


@pytest.mark.parametrize(
    ("text", "subjects", "times"),
    [
        ("Celltrion's revenue was 3.5 trillion won in 2024, up 12 percent.", ["Celltrion"] * 2, 1),
        ("셀트리온의 2024년 매출은 3조5천억 원으로 12% 늘었다.", ["Celltrion"] * 2, 1),
        (
            "Celltrion's revenue rose 12 percent in 2024, and that of Samsung Biologics 30 percent.",
            ["Celltrion", "Samsung Biologics"],
            2,
        ),
        (
            "In 2024 revenue rose by 12 percent at Celltrion and 30 percent at Samsung Biologics.",
            ["Celltrion", "Samsung Biologics"],
            2,
        ),
    ],
)
def test_a_name_between_or_behind_is_judged(text, subjects, times, catalogue, asked):
    assert _subjects(text, catalogue) == subjects
    assert len(asked) == times


def test_a_doubtful_subject_is_judged_again(catalogue, asked, monkeypatch):
    decide = subject.decide
    monkeypatch.setattr(subject, "decide", lambda *args: (decide(*args)[0], 0.7, *decide(*args)[2:]))
    assert _subjects("Celltrion's revenue was 3.5 trillion won in 2024, up 12 percent.", catalogue) == ["Celltrion"] * 2
    assert len(asked) == 4


def test_what_is_carried_is_as_sure_as_it_was(catalogue):
    first, second = extract_claims(
        Document("0", "note", "Celltrion's revenue was 3.5 trillion won in 2024, up 12 percent."), catalogue
    )
    assert second.rules["subject"] == f"judged: {subject.BEFORE}"
    assert abs(first.score - second.score) < 0.2
