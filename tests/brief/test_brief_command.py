"""Writing: atomically, in the format of the file's ending, with one clear line where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from brief_fixture import build

from salpi.cli import brief


@pytest.fixture(autouse=True)
def _composed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brief, "compose", lambda plan, run, lang, command, effects: build(lang))


@pytest.mark.parametrize(("name", "start"), [("a.html", b"<!doctype html>"), ("a.md", b"# "), ("a.pdf", b"%PDF")])
def test_the_ending_names_the_format(name: str, start: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / name
    assert brief.brief_command(None, None, out) == 0
    assert out.read_bytes().startswith(start)
    assert capsys.readouterr().out.strip() == str(out.resolve())
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_default_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert brief.brief_command(None, None) == 0
    assert brief.brief_command(None, None, lang="ko", format="md") == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["brief.html", "brief.ko.md"]


def test_a_path_that_cannot_be_written_is_one_line_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for out in (tmp_path / "none" / "brief.html", tmp_path):
        assert brief.brief_command(None, None, out) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1
        assert str(out) in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "brief.html"
    out.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(brief.os, "replace", full)
    assert brief.brief_command(None, None, out) == 2
    assert out.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.html"]
