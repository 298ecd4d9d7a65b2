"""What is wrong in a plan, said so that its reader can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """One fault: where, what, why it matters, how to mend it, and the nearest valid name where there is one.

    ``file`` is relative to the plan's folder; ``line`` counts from 1, None where there is no line to point at.
    """

    file: str
    line: int | None
    what: str
    why: str = ""
    mend: str = ""
    nearest: str | None = None
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        text = f"{where}: {'warning: ' if self.level == 'warning' else ''}{self.what}"
        if self.why:
            text += f": {self.why}"
        if self.mend:
            text += f"; {self.mend}"
        if self.nearest:
            text += f" (did you mean '{self.nearest}'?)"
        return text

    @property
    def order(self) -> tuple[str, int, str]:
        return self.file, self.line or 0, self.what


class PlanError(Exception):
    """A plan that cannot be used; ``problems`` holds all that was found, in order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda problem: problem.order))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(text: str, choices: Iterable[str]) -> str | None:
    """The choice most like ``text``, or None where none is near enough to be meant."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(text, sorted(choices), scorer=fuzz.ratio, score_cutoff=60)
    return None if found is None else str(found[0])
