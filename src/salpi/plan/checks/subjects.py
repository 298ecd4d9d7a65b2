"""A subject is spelled in one way: a mistyped one would make a series of its own, and the right one would miss its values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set
from typing import Literal

from salpi.plan.checks.context import Context
from salpi.plan.problems import Problem

_NAMED = ("plants", "products", "references", "companies", "clusters")
"""Files of the atlas whose rows have names of their own."""
_SHORT, _LONG = 5, 9
"""Letters of a word from which one of them may be a slip, and two."""

Cell = tuple[str, str | None]
"""Indicator and period of a row."""


def check_subjects_spelled(c: Context) -> Iterator[Problem]:
    """No observation speaks of nearly the same subject as the plan, the atlas or more of the observations."""
    own, named = c.plan.meta.subject, _names(c)
    cells: dict[str, set[Cell]] = {}
    first: dict[str, int] = {}
    for at, row in enumerate(c.plan.observations):
        cells.setdefault(row.subject, set()).add((row.indicator, row.period))
        first.setdefault(row.subject, at)
    for subject, at in first.items():
        if subject in named:
            continue
        more = {other for other in cells if len(cells[other]) > len(cells[subject])}
        for other in sorted(named | more, key=lambda name: (name not in named, name)):
            level = _level(subject, other, cells, own=other == own, known=other in named)
            if level is not None:
                count = sum(row.subject == subject for row in c.plan.observations)
                why = f"{count} row{'' if count == 1 else 's'} would be missing from the series of '{other}'"
                mend = f"write '{other}', or add it to the atlas if it is another"
                yield c.problem(("observation", at), (), f"subject '{subject}' is nearly '{other}'", why, mend, level=level)
                break


def check_target_subjects_spelled(c: Context) -> Iterator[Problem]:
    """No target speaks of nearly the same subject as the plan, the atlas or the observations."""
    known = _names(c) | {row.subject for row in c.plan.observations}
    for id, target in c.plan.targets.items():
        if target.subject is None or target.subject in known:
            continue
        other = next((name for name in sorted(known) if _like(target.subject, name)), None)
        if other is not None:
            what, why = f"subject '{target.subject}' is nearly '{other}'", "the target would have no figure"
            mend = f"write '{other}', or add it to the atlas if it is another"
            yield c.problem(("target", id), ("subject",), what, why, mend)


def _names(c: Context) -> frozenset[str]:
    rows = [row for stem in _NAMED for row in getattr(c.plan.atlas, stem)]
    others = [alias.strip() for row in c.plan.atlas.products for alias in row.aliases.split(";")]
    return frozenset((c.plan.meta.subject, *(row.name for row in rows), *(alias for alias in others if alias)))


def _level(subject: str, other: str, cells: dict[str, set[Cell]], own: bool, known: bool) -> Literal["error", "warning"] | None:
    """An error where one is surely meant for the other, a warning where that is likely; None where both may stand."""
    if subject == other or not _like(subject, other):
        return None
    if _folded(subject) == _folded(other):
        return "error"
    ours, theirs = cells[subject], cells.get(other, set())
    if ours & theirs:  # two values of one time: they are two
        return None
    if own:
        return "error" if _indicators(ours) <= _indicators(theirs) else "warning"
    return "error" if known else "warning"


def _indicators(cells: Set[Cell]) -> set[str]:
    return {indicator for indicator, _ in cells}


def _like(a: str, b: str) -> bool:
    """Whether two names differ as slips of typing do: in case, accents, spaces, or in a letter or two of one long word."""
    if _folded(a) == _folded(b):
        return a != b
    ones, twos = a.casefold().split(), b.casefold().split()
    apart = [(x, y) for x, y in zip(ones, twos, strict=False) if x != y]
    if len(ones) != len(twos) or len(apart) != 1 or not all(word.isalpha() for word in apart[0]):
        return False
    from rapidfuzz.distance import OSA

    shortest = min(map(len, apart[0]))
    most = 2 if shortest >= _LONG else 1 if shortest >= _SHORT else 0
    return bool(OSA.distance(*apart[0]) <= most)


def _folded(name: str) -> str:
    """A name without case, accents and what stands between its letters; what parts figures or adds (+) stays."""
    plain = re.sub(r"(?<=\d)\W+(?=\d)", "|", unicodedata.normalize("NFKD", name).casefold())
    kept = (letter for letter in plain if not unicodedata.combining(letter))
    return "".join(letter for letter in kept if letter in "|+" or unicodedata.category(letter)[0] in "LMN")
