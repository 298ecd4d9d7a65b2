"""What is wrong on the command line is told in one line, with exit code 2, before anything is done."""

from __future__ import annotations

import os

import platformdirs
import pytest

from salpi.cli import main
from salpi.evidence.ledger import Ledger
from salpi.evidence.place import is_there


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


@pytest.mark.parametrize("number", ["99999999999999999999", "-3", "x", "1.5"])
@pytest.mark.parametrize("option", ["--accept", "--reject", "--correct", "--limit"])
def test_numbers_that_no_database_takes(told, option, number):
    (line,) = told("review", option, number)
    assert line.startswith(f"salpi review: {option} {number!r} must be ")


@pytest.mark.parametrize("command", ["claims", "conflicts", "review"])
@pytest.mark.parametrize("number", ["99999999999999999999", "-1", "0"])
def test_limits(told, command, number):
    (line,) = told(command, "--limit", number)
    assert f"--limit {number!r} must be how many to show: a whole number from 1 to " in line


def test_claim_zero_is_none(told, tmp_path):
    with Ledger.open(str(tmp_path / "default.sqlite")):
        pass
    (line,) = told("review", "--accept", "0")
    assert "claim 0: there is none of that number" in line


@pytest.mark.parametrize(
    ("ledger", "why"),
    [
        ("", "--ledger is empty"),
        (" ", "--ledger is empty"),
        ("sqlite://", "would be lost when the command ends; write a file's path"),
        (":memory:", "would be lost"),
        ("sqlite:///:memory:", "would be lost"),
        ("file::memory:", "would be lost"),
        ("sqlite:///file:x?mode=memory&uri=true", "would be lost"),
        ("postgresql+asyncpg://kim:geheim77@host/d", "postgresql is spoken to by psycopg, not by asyncpg; leave +asyncpg out"),
        ("sqlite+aiosqlite:///x.db", "sqlite is spoken to by pysqlite, not by aiosqlite"),
        ("mysql://host/d", "a ledger is kept in SQLite or PostgreSQL, not in mysql"),
        ("x" * 300, "cannot be opened: file name too long; give another --ledger"),
    ],
)
@pytest.mark.parametrize("command", [("claims",), ("scorecard", "--draws", "5")])
def test_a_ledger_that_can_be_none(told, ledger, why, command):
    (line,) = told(*command, "--ledger", ledger)
    assert why in line
    assert "geheim77" not in line


@pytest.mark.parametrize("option", ["--ledger", "--rules"])
def test_a_pipe_is_neither_a_ledger_nor_a_file_of_rules(told, tmp_path, option):
    os.mkfifo(tmp_path / "pipe")
    (line,) = told("ingest", "x.txt", option, str(tmp_path / "pipe"))
    assert "is no plain file" in line


def test_a_pipe_is_no_document(told, tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (line,) = told("extract", str(tmp_path / "pipe.txt"))
    assert line.endswith("is no plain file")


def test_rules_without_end(told, tmp_path):
    (line,) = told("ingest", "x.txt", "--rules", "/dev/zero")
    assert "is no plain file" in line
    (tmp_path / "rules.yaml").write_text("jump: 3\n" * 200_000)
    (line,) = told("ingest", "x.txt", "--rules", str(tmp_path / "rules.yaml"))
    assert line.endswith("is larger than 1 MB: no file of rules is")


def test_all_that_is_wrong_is_told_at_once(told, tmp_path):
    rules = tmp_path / "rules.yaml"
    rules.write_text("least_score: x\nnonsense: 3\njump: -1\n")
    words = ("--published", "gestern", "--jobs", "65", "--max-mb", "0", "--encoding", "hex", "--rules", str(rules))
    lines = told("ingest", "x.txt", *words)
    for part in ("--published 'gestern'", "--jobs must be", "--max-mb must be", "--encoding 'hex'", "no rule 'nonsense'"):
        assert sum(part in line for line in lines) == 1
    assert sum(f"{rules}: " in line for line in lines) == 3
    assert len(lines) == 7


def test_a_plan_by_a_name_too_long(told):
    (line,) = told("ingest", "x.txt", "--plan", "x" * 300)
    assert "cannot be read: file name too long" in line


def test_without_a_home_a_ledger_must_be_named(told, monkeypatch):
    def none(*_):
        raise RuntimeError("could not determine the home directory")

    monkeypatch.delenv("SALPI_LEDGER")
    monkeypatch.setattr(platformdirs, "user_data_path", none)
    (line,) = told("claims")
    assert line.endswith("you have no home folder in which a ledger could be; give --ledger FILE, or set SALPI_LEDGER")
    assert not is_there()


def test_more_jobs_than_cores_need_are_not_started():
    from salpi.cli.ingest import JOBS_A_CORE, _options, cores

    made = _options(None, None, None, None, None, None, None, 64, False, None, "", None)
    assert made.jobs == min(64, JOBS_A_CORE * cores())
