"""What is wrong on the command line is told in one line, with exit code 2, before anything is done."""

from __future__ import annotations

import pytest

from salpi.cli import main


@pytest.fixture(autouse=True)
def _own_ledger(monkeypatch, tmp_path):
    monkeypatch.setenv("SALPI_LEDGER", str(tmp_path / "default.sqlite"))


@pytest.fixture
def told(capsys):
    """The lines on standard error of a command that ends with code 2."""

    def run(*argv):
        with pytest.raises(SystemExit) as end:
            main(list(argv))
        said = capsys.readouterr()
        assert (end.value.code, said.out) == (2, "")
        return said.err.splitlines()

    return run


@pytest.mark.parametrize("option", ["--title", "--publisher", "--actor", "--reason", "--encoding"])
def test_a_text_of_bytes_that_are_not_utf_8(told, option):
    (line,) = told("ingest", "x.txt", option, "a\udcff")
    assert line.startswith(f"salpi ingest: {option} 'a\\udcff' holds bytes that are not UTF-8; write it in UTF-8")


def test_words_of_bytes_that_are_not_utf_8(told):
    (line,) = told("claims", "a\udcff")
    assert "holds bytes that are not UTF-8" in line


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_date_of_no_document(told, day):
    (line,) = told("ingest", "x.txt", "--published", day)
    assert line == f"salpi ingest: --published {day} is the date of no document: give one from 1900 to 2200"
