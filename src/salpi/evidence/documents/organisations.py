"""Who publishes: agencies, the press, wires that carry what others say, portals that show it; with all names of each.

``publishers.csv`` holds them, one organisation a row, names by ``;``, by hand and from general knowledge.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

LONGEST = 120
"""Characters of a name."""
_LOOSE = re.compile(r"[^0-9a-z가-힣&]+")
_STATE = re.compile(r",?\s*(?:the\s)?(?:republic of korea|government of korea)$|^(?:the\s)?republic of korea\s+", re.IGNORECASE)
_MINISTRY = re.compile(
    r"(?:the\s)?(?:(?-i:Federal|[A-Z]{2,3}|U\.S\.)\s)?(?:ministry|department)\s(?:of|for)\s(?:the\s)?[a-z][a-z,&' -]{3,60}",
    re.IGNORECASE,
)
_SMALL = frozenset(("of", "and", "for", "the", "in", "on"))


@dataclass(frozen=True)
class Organisation:
    """``kind``: a wire or a portal publishes nothing of its own."""

    kind: Literal["agency", "press", "wire", "portal"]
    names: tuple[str, ...]


@lru_cache(maxsize=1)
def _known() -> dict[str, Organisation]:
    out: dict[str, Organisation] = {}
    said = (files("salpi.evidence.documents") / "publishers.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(said.splitlines()):
        one = Organisation(row["kind"], tuple(name.strip() for name in row["names"].split(";")))  # type: ignore[arg-type]
        for name in one.names:
            out.setdefault(key(name), one)
    return out


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A name without case, punctuation and article: names with one key are one name."""
    return _LOOSE.sub("", name.casefold().removeprefix("the "))


def known(name: str) -> Organisation | None:
    """The organisation of a name, spelled out or short, Korean or English."""
    return _known().get(key(name)) if len(name) <= LONGEST else None


def office(line: str) -> str | None:
    """The name that fills a line: a known one, or an English ministry's; None where it holds anything else."""
    if len(line) > LONGEST:
        return None
    bare = _STATE.sub("", line.strip("[]<>()【】* ")).strip(" ,(–—-")
    return bare if known(bare) is not None or _MINISTRY.fullmatch(bare) else None


def spelled(name: str) -> str:
    """A name that is written in capitals throughout, as it is written elsewhere."""
    words = name.split()
    if len(words) < 3 or not name.isupper() or not name.isascii():
        return name
    return " ".join(
        word.lower() if at and word.lower() in _SMALL else word if "." in word else word.capitalize()
        for at, word in enumerate(words)
    )
