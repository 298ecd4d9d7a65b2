"""The texts of a plan folder: which files belong to a plan, read within limits, and the line of anything in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from salpi.plan import csvfile
from salpi.plan.problems import Problem, nearest
from salpi.plan.schema import ATLAS

SINGLE = ("plan.yaml", "indicators.yaml", "sources.yaml", "targets.yaml", "observations.csv")
FOLDERS = ("measures", "parameters", "scenarios", "checks")
OTHERS = ("atlas", "posterior", "rules")
MAX_BYTES = 5_000_000


@dataclass
class Texts:
    """Texts by file name relative to the folder; finds lines when a problem needs one."""

    files: dict[str, str] = field(default_factory=dict)
    _nodes: dict[str, Any] = field(default_factory=dict)

    def line(self, file: str, *path: str | int) -> int | None:
        """Line of the key at ``path`` of a YAML file, or of row ``path[0]`` of a CSV file (-1: the header)."""
        if file not in self.files:
            return None
        if file.endswith(".csv"):
            if not path or path[0] == -1:
                return 1
            if file not in self._nodes:
                self._nodes[file] = csvfile.read(self.files[file]).lines
            return int(self._nodes[file][path[0]])
        from salpi.plan import yamlfile

        if file not in self._nodes:
            self._nodes[file] = yamlfile.compose(self.files[file])
        return yamlfile.locate(self._nodes[file], path)

    def under(self, folder: str) -> Iterator[tuple[str, str]]:
        """(stem, file) of a folder's files, in order of their names."""
        for file in sorted(self.files):
            head, _, name = file.rpartition("/")
            if head == folder:
                yield name.rpartition(".")[0], file


def read_folder(root: Path) -> tuple[Texts, list[Problem]]:
    """Read every file of a plan. Faults of single files are problems; the rest is read all the same."""
    texts = Texts()
    problems: list[Problem] = []
    if not root.is_dir():
        why = "it is a file" if root.exists() else "there is no such folder"
        return texts, [Problem(str(root), None, "is no plan", why, "give a folder with a plan.yaml, or the id of a bundled plan")]
    try:
        names = list(_names(root, problems))
    except OSError as error:
        why = (error.strerror or "no access").lower()
        return texts, [Problem(str(error.filename or root), None, "cannot be read", why, "check the folder's permissions")]
    for file in names:
        text = _read(root, file, problems)
        if text is not None:
            texts.files[file] = text
    for file in SINGLE:
        if not (root / file).exists():
            why = "a plan starts with it" if file == "plan.yaml" else "every plan has one"
            problems.append(Problem(file, None, "is missing", why, "`salpi new-plan DIR` writes a skeleton"))
    return texts, problems


def _names(root: Path, problems: list[Problem]) -> Iterator[str]:
    for entry in sorted(root.iterdir(), key=lambda path: path.name):
        name = entry.name
        if name in SINGLE:
            yield name
        elif entry.is_dir() and name in (*FOLDERS, "atlas"):
            want = ".csv" if name == "atlas" else ".yaml"
            for inner in sorted(entry.iterdir(), key=lambda path: path.name):
                if inner.suffix == want and (name != "atlas" or inner.stem in ATLAS):
                    yield f"{name}/{inner.name}"
                elif inner.suffix in (".yaml", ".yml", ".csv"):
                    problems.append(_stray_inside(name, inner.name, want))
        elif entry.is_file() and entry.suffix in (".yaml", ".yml", ".csv"):
            problems.append(_stray(name, nearest(name, SINGLE)))
        elif entry.is_dir() and name not in OTHERS and not name.startswith((".", "_")):
            problems.append(_stray(name + "/", nearest(name, (*FOLDERS, *OTHERS))))


def _stray_inside(folder: str, name: str, want: str) -> Problem:
    stem = name.rpartition(".")[0]
    if folder != "atlas":
        return _stray(f"{folder}/{name}", stem + want)
    near = nearest(stem, ATLAS)
    if near is not None:
        return _stray(f"atlas/{name}", f"{near}.csv")
    there = ", ".join(f"{known}.csv" for known in ATLAS)
    return Problem(f"atlas/{name}", None, "is no part of a plan", f"the atlas has {there}", "rename or remove it")


def _stray(file: str, near: str | None) -> Problem:
    return Problem(file, None, "is no part of a plan", "nothing would read it", "rename or remove it", near)


def _read(root: Path, file: str, problems: list[Problem]) -> str | None:
    path = root / file
    try:
        if path.stat().st_size > MAX_BYTES:
            mend = "split it" if "/" in file else "make it smaller"
            problems.append(Problem(file, None, f"is larger than {MAX_BYTES // 1_000_000} MB", "", mend))
            return None
        data = path.read_bytes()
    except OSError as error:
        problems.append(Problem(file, None, "cannot be read", (error.strerror or "no access").lower(), "check its rights"))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(
            Problem(file, line, "is not UTF-8", f"byte {error.object[error.start]:#04x} is no text", "save it as UTF-8")
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
