"""The documents are tested: every command shown runs, every link leads somewhere, Python examples run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("**/*.md")])
FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")


def blocks(path: Path, language: str) -> str:
    return "\n".join(body for lang, body in FENCE.findall(path.read_text("utf-8")) if lang == language)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [d for d in DOCUMENTS if blocks(d, "console")], ids=named)
def test_every_command_shown_runs(path: Path, tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).with_name("files"), tmp_path, dirs_exist_ok=True)
    own = {**os.environ, "SALPI_LEDGER": str(tmp_path / "ledger.sqlite")}
    for line in blocks(path, "console").splitlines():
        if not line.startswith("$ "):
            continue
        command, _, comment = line[2:].partition("  # ")
        expected = 2 if "exit 2" in comment else 0
        words = shlex.split(command)
        assert words[0] == "salpi", f"{named(path)}: only salpi commands are shown, not {command!r}"
        done = subprocess.run(
            [sys.executable, "-m", "salpi", *words[1:]], cwd=tmp_path, capture_output=True, text=True, timeout=600, env=own
        )
        assert done.returncode == expected, f"{named(path)}: {command}\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("path", [d for d in DOCUMENTS if blocks(d, "python")], ids=named)
def test_python_examples_run(path: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", blocks(path, "python")], cwd=tmp_path, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, f"{named(path)}\n{done.stderr}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    for target, _ in LINK.findall(path.read_text("utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (path.parent / target).exists(), f"{named(path)} links to {target}, which is not there"
