"""Whatever way a question takes, the claims are those for which it holds: against looking at each, on both databases."""

from __future__ import annotations

from itertools import product

import pytest
from evidence_helpers import counts

from salpi.evidence import review
from salpi.evidence.ledger import Filter, find, query
from salpi.evidence.search import fts5, phrases, terms

TEXT = (
    "Published: 2026-11-05\n"
    "가 Revenue of 4.{0}e12 [revenue|Celltrion|2024|KRW|actual] won of exports.\n"
    "나 Rank {0} [trials.country_rank|Ireland|2025|rank|target] now of exports.\n"
    "다 Sheep 7 [|Ireland|2025|count|actual] there, no words.\n"
    "라 Exports of 1.5{0}e9 [exports.biohealth|South Korea|2026-10|USD|actual] dollars.\n"
)


@pytest.fixture
def filled(any_ledger, take, korea):
    take(any_ledger, *(TEXT.format(number) for number in range(1, 8)))
    by = review.Reviewer("kim", lambda: "2026-12-01T00:00:00Z", "")
    with any_ledger.reading() as c:
        waiting = [record["id"] for record in query.claims(c, Filter(verdict="waiting"))]
    for claim in waiting[::3]:
        review.reject(any_ledger, claim, by)
    return any_ledger


@pytest.mark.parametrize("rare", [0, 3, 10_000])
@pytest.mark.parametrize("limit", [None, 2, 100])
def test_every_way_finds_the_same(filled, monkeypatch, rare: int, limit: int | None) -> None:
    for name, value in (("STEPS", (1, 4)), ("RARE", rare), ("FEW", (1, 2, 10_000)), ("BATCHES", (2, 3)), ("NARROW", 2)):
        monkeypatch.setattr(find, name, value)
    with filled.reading() as c:
        everything = query.claims(c, Filter(), None)
        open_ = {item["claim"] for item in query.conflicts(c)}
        words = set(find.find(c, Filter(text="exports"), None, None))
        assert 0 < len(words) < len(everything)
        asked = product(
            (None, "waiting", "rejected", "superseded", "conflicting", "none"), (None, "actual", "target", "forecast")
        )
        for (verdict, status), text, subject in product(asked, (None, "exports"), (None, "ireland", "celltrion")):
            want = Filter(verdict=verdict, status=status, text=text, subject=subject)
            right = [
                r["id"]
                for r in everything
                if (
                    verdict is None
                    or {"conflicting": r["id"] in open_, "none": r["verdict"] is None}.get(verdict, r["verdict"] == verdict)
                )
                and status in (None, r["status"])
                and (text is None or r["id"] in words)
                and (subject is None or (r["subject"] or "").casefold() == subject)
            ]
            assert find.find(c, want, None, limit) == (right if limit is None else right[:limit]), want


def test_as_of_a_date_a_later_decision_does_not_count(filled) -> None:
    with filled.reading() as c:
        assert query.claims(c, Filter(verdict="rejected"))
        assert not query.claims(c, Filter(verdict="rejected", as_of="2026-11-30"))
        before = query.claims(c, Filter(verdict="conflicting", as_of="2026-11-30"))
        assert len(before) >= len(query.claims(c, Filter(verdict="conflicting")))


@pytest.mark.parametrize("asked", ["3상", "2030년", "5위", "100조", '"3상"', "100조원", "임상 3상"])
def test_a_last_syllable_is_a_beginning(any_ledger, take, asked: str) -> None:
    take(
        any_ledger,
        "임상 3상을 2030년까지 5위로 100조원 7 [|Ireland|2025|count|actual] 한다.\n",
        "13상품 5 [|Ireland|2025|count|actual]\n",
    )
    with any_ledger.reading() as c:
        assert [record["text"] for record in query.claims(c, Filter(text=asked))] == ["7"]


def test_words_that_end_otherwise_are_no_beginnings() -> None:
    assert phrases("수출 bio*") == [(["수출"], False), (["bio"], True)]
    assert phrases("3상 임상") == [(["3", "상"], True), (["임상"], False)]
    assert fts5("100조") == '"100" + "조" *'
    assert terms("100조원") == ["100", "조원"]


def test_a_reader_sees_one_state_while_another_writes(any_ledger, take) -> None:
    take(any_ledger, TEXT.format(1))
    with any_ledger.reading() as c:
        before = counts(c)
        take(any_ledger, TEXT.format(2))
        assert counts(c) == before
    with any_ledger.reading() as c:
        assert counts(c)["documents"] == 2
