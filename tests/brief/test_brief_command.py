"""Writing: atomically, in the format of the file's ending, with one clear line where it cannot be."""

from __future__ import annotations

from pathlib import Path

import brief_fixture
import pytest
from brief_fixture import build

from salpi.cli import brief


@pytest.fixture(autouse=True)
def _composed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salpi.api.load_plan", lambda plan: brief_fixture.PLAN)
    monkeypatch.setattr(brief, "compose", lambda plan, scenario, draws, seed, lang, command, disputed: build(lang))


@pytest.mark.parametrize(("name", "start"), [("a.html", b"<!doctype html>"), ("a.md", b"# "), ("a.pdf", b"%PDF")])
def test_the_ending_names_the_format(name: str, start: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / name
    assert brief.brief_command(out=out) == 0
    assert out.read_bytes().startswith(start)
    assert capsys.readouterr().out.strip() == str(out.resolve())
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_default_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert brief.brief_command() == 0
    assert brief.brief_command(lang="ko", format="md") == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["brief.html", "brief.ko.md"]


def test_a_path_that_cannot_be_written_is_one_line_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for out in (tmp_path / "none" / "brief.html", tmp_path):
        assert brief.brief_command(out=out) == 2
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

    monkeypatch.setattr("salpi.cli.output.os.replace", full)
    assert brief.brief_command(out=out) == 2
    assert out.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.html"]


def test_bad_input_is_one_line_a_problem_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "brief.html"
    assert brief.brief_command(out=out, sets={"reveiw": 0.0, "waiver": 7.0}) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 2
    assert "did you mean 'review'" in told
    assert brief.brief_command(out=out, scenario="none") == 2
    assert not out.exists()


def test_the_colophon_says_how_to_make_it_again() -> None:
    assert brief.repeat("korea", "html", "ko", 500, 7, None) == [
        "salpi", "brief", "--draws", "500", "--seed", "7", "--lang", "ko", "--format", "html",
    ]  # fmt: skip
