"""The program itself: help, versions, and words that are none. One line each, exit code 2, nothing on standard output."""

from __future__ import annotations

import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest

from salpi.cli import main

Told = tuple[int, str, str]


@pytest.fixture
def salpi(capsys: pytest.CaptureFixture[str]):
    def run(*words: str) -> Told:
        with pytest.raises(SystemExit) as stop:
            main(list(words))
        told = capsys.readouterr()
        return int(stop.value.code or 0), told.out, told.err

    return run


def test_help_lists_the_main_job_first(salpi) -> None:
    code, out, _ = salpi("--help")
    assert code == 0
    commands = [line.split()[0] for line in out.partition("Commands:")[2].splitlines() if line.strip()]
    assert commands[:4] == ["brief", "scorecard", "simulate", "replay"]
    assert {"explain", "check", "new-plan"} <= set(commands)


@pytest.mark.parametrize("command", ["brief", "scorecard", "simulate", "replay", "explain", "check", "new-plan"])
def test_every_command_shows_an_example(salpi, command: str) -> None:
    code, out, _ = salpi(command, "--help")
    assert code == 0
    assert f"Example: salpi {command}" in out


def test_help_loads_neither_numpy_nor_pydantic_nor_the_engine() -> None:
    code = "import sys\ntry:\n import salpi.cli; salpi.cli.main(['--help'])\nexcept SystemExit: pass\n"
    slow = {"numpy", "pydantic", "rich", "yaml", "pint", "xarray", "salpi.engine.native", "salpi.model.ahead"}
    code += f"print(sorted({slow!r} & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


PROGRAM = """
import sys
from ast import literal_eval
from salpi.engine import native
def none(): raise native.KernelError("no C compiler was found")
native.compiler = none
import salpi.cli
try: salpi.cli.main({words!r})
except SystemExit as end: print("exit", end.code, file=sys.stderr)
print(sorted(sys.modules), file=sys.stderr)
"""
SLOW = {"alembic", "click", "dask", "distributed", "email", "jinja2", "lxml", "numpy.ma", "pandas", "pint", "rapidfuzz", "rich"}
SLOW |= {"scipy", "sqlalchemy", "trafilatura", "xarray", "yaml", "zipfile"}


def loaded(*words: str) -> set[str]:
    """Of the libraries that are slow to start, those that a command loads which ran before."""
    for _ in range(2):
        code = PROGRAM.format(words=list(words))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        ended, names = done.stderr.strip().splitlines()[-2:]
        assert ended == "exit 0", done.stderr
    return SLOW & set(literal_eval(names))


def test_what_a_command_does_not_need_is_not_loaded() -> None:
    """By the second time the plan, its kernels and its tables are kept, and nothing that reads, parses or emits is needed."""
    assert loaded("simulate", "--no-ledger", "--draws", "20", "--json") == {"click"}
    assert loaded("simulate", "--no-ledger", "--draws", "20") == {"click", "rich"}
    assert not loaded("scorecard", "--no-ledger", "--draws", "20", "--json") & {"yaml", "pint", "rich", "sqlalchemy", "scipy"}
    assert not loaded("check") & {"pint", "sqlalchemy", "scipy", "xarray", "jinja2", "numpy.ma"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("scorecrad",), "scorecard"),
        (("scorecard", "--draws", "0"), "--draws 0 must lie between 1 and 10,000,000"),
        (("scorecard", "--draws", "1e12"), "--draws 1e12 must lie between 1 and 10,000,000"),
        (("scorecard", "--draws", "many"), "no whole number"),
        (("scorecard", "--seed", "-1"), "--seed"),
        (("scorecard", "--set", "all"), "MEASURE=INTENSITY"),
        (("scorecard", "--set", "all=strong"), "MEASURE=INTENSITY"),
        (("scorecard", "--set", "all=nan"), "MEASURE=INTENSITY"),
        (("scorecard", "--plan", "coree"), "did you mean 'korea'"),
        (("scorecard", "--as-of", "someday"), "is no period"),
        (("scorecard", "--as-of", "2031-01-01"), "is later than the plan"),
        (("scorecard", "--as-of", "1900-01-01"), "no exchange rate (fx.krw_usd) was known yet"),
        (("brief", "--out", "brief.docx"), "names no format"),
        (("scorecard", "--target", "kbio2025.blockbuster.2030"), "did you mean"),
        (("scorecard", "--scenario", "no-measure"), "did you mean 'no-measures'"),
        (("simulate", "--set", "regulation.review-20=0"), "did you mean"),
        (("simulate", "--set", "all=9"), "lies outside"),
        (("simulate", "--indicator", "blockbuster"), "did you mean 'blockbusters'"),
        (("simulate", "--out", "/nowhere/run.json"), "there is no folder"),
        (("brief", "--out", "/nowhere/brief.html"), "there is no folder"),
        (("brief", "--format", "docx"), "--format"),
        (("brief", "--out", "-"), "give a file name"),
        (("explain",), "INDICATOR"),
        (("explain", "blockbuster"), "did you mean 'blockbusters'"),
        (("explain", "blockbusters", "20x5"), "is no period"),
        (("explain", "blockbusters", "--subject", "Sout Korea"), "did you mean 'South Korea'"),
        (("replay", "nothing.json"), "cannot be read"),
        (("check", "nowhere"), "no such folder"),
    ],
)
def test_bad_input_is_a_line_and_exit_2(salpi, words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = salpi(*words)
    assert code == 2
    text = err if words[0] != "check" else out + err
    assert said in text
    if words != ("simulate", "--set", "all=9"):  # one line a measure
        assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in text
    assert not list(tmp_path.iterdir())


def test_every_problem_of_a_command_is_told_at_once(salpi) -> None:
    _, _, err = salpi("simulate", "--set", "a.b=0", "--set", "c.d=0", "--draws", "5")
    assert len(err.strip().splitlines()) == 2


def test_a_scenario_file_is_read_with_all_its_faults_and_lines(salpi, tmp_path: Path) -> None:
    path = tmp_path / "slow.yaml"
    path.write_text("use: {all: maybe}\nset:\n  - {measure: regulation.review-240}\nwhi: {en: x}\n")
    code, _, err = salpi("simulate", "--scenario", str(path), "--draws", "5")
    assert code == 2
    lines = err.strip().splitlines()
    assert len(lines) == 3
    assert f"{path}:1" in err
    assert f"{path}:4" in err
    assert "why" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device without room")
@pytest.mark.parametrize("words", [("check", "--json"), ("explain", "exports.biopharma"), ("--help",)])
def test_a_full_disk_is_one_line(words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, "-m", "salpi", *words], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "salpi: standard output cannot be written: No space left on device; free some space"
    ]
