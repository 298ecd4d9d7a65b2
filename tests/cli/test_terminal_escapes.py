"""What stands in a document cannot write on the terminal of who reviews it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evidence"))

from evidence_helpers import marked

import salpi.evidence.ingest as evidence_ingest
from salpi.cli import main

BAD = "\x1b[2K\x1b[1A\x1b]0;title\x07\x9b1A"
TEXT = (
    f"A release of the ministry{BAD}\nPublished: 2026-11-05\n"
    f"Revenue{BAD} of 4.4e12 [revenue|Celltrion|2024|KRW|actual] won{BAD}. "
    f"Exports of 1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual] and{BAD}.\n"
    f"Growth of 5e1 [exports.biohealth|Nowhere\x1b[2K|2026-10|USD|actual] {BAD}.\n"
)


@pytest.mark.parametrize(
    "words",
    [
        ("review",),
        ("claims",),
        ("conflicts", "--ledger-only"),
        ("explain", "revenue", "--subject", "Celltrion"),
        ("explain", "exports.biohealth@motie", "2026-10"),
        ("ingest", "release.txt", "gone\x1b[2K.txt"),
    ],
)
def test_escapes_are_shown_not_sent(words, capsys, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SALPI_LEDGER", str(tmp_path / "ledger.sqlite"))
    monkeypatch.setattr(evidence_ingest, "default_extractor", lambda plan: marked)
    Path("release.txt").write_text(TEXT, "utf-8")
    for command in (("ingest", "release.txt", "--quality", "A", "--jobs", "1"), ("review", "--accept", "2"), words):
        with pytest.raises(SystemExit):
            main(list(command))
        told = capsys.readouterr()
        assert not {"\x1b", "\x07", "\x9b", "\r"} & set(told.out + told.err)
    shown = "[2K" if words[0] == "conflicts" else "\\x1b"  # only a title stands there, which has lost its control characters
    assert shown in told.out + told.err
