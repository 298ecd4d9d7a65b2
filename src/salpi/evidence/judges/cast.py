"""The names of a document: who could be meant, how often each is named and where."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from operator import itemgetter

from salpi.evidence.claims.entities import HOME, Entity
from salpi.evidence.claims.page import Page
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.judges.names import unknown
from salpi.evidence.judges.nets import Group

_START = itemgetter(0)
_PLACES = ("city", "place")
_WHERE = ("city", "place", "region")
_DATELINE = re.compile(
    r",? ?(?:\(|=|--|—|–|\d{1,2}\b"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|[A-Z][a-z]+ \((?:[A-Z]|로이터|연합))"
)
"""After a place at the head of a line: it is where the text was written."""


def kind_of(hit: Hit) -> str:
    """The kind of a name; a city stands for its cluster."""
    kind: str = hit.value.kind
    return "cluster" if kind in _PLACES else kind


def in_dateline(page: Page, hit: Hit) -> bool:
    """Whether a place only says where the text was written: "SEOUL, Feb. 3 --"."""
    if hit.value.kind not in _WHERE:
        return False
    text = page.text
    return (
        text[max(0, hit.start - 2) : hit.start].strip(" (\t[") in ("", "\n")
        and (hit.start < 2 or "\n" in text[max(0, hit.start - 2) : hit.start])
        and _DATELINE.match(text, hit.end) is not None
    )


def names_of(page: Page, hit: Hit) -> list[str]:
    """The subjects that a name can stand for."""
    entity: Entity = hit.value
    if entity.name == HOME:
        return [page.country] if page.country else []
    return [entity.name, f"{entity.name} cluster"] if entity.kind in _PLACES else [entity.name]


def _heads(text: str, hit: Hit) -> bool:
    return text[hit.end : hit.end + 1] in (":", "\n", "") and text[max(0, hit.start - 1) : hit.start] in ("\n", "")


_BEGINS_LINE = re.compile(r"(?:^|\n)[\s#*•○●▶■□\[(<\d.)-]{0,8}$")
_ENDS_HEAD = re.compile(r"[*_\])]{0,3}\s?(?:[:：]|\.\s|\n|$|[–—-]\s)")


def _begins(text: str, hit: Hit) -> bool:
    """Whether a name heads the lines after it: alone in a line, or before a mark at its beginning."""
    return (
        _ENDS_HEAD.match(text, hit.end) is not None and _BEGINS_LINE.search(text[max(0, hit.start - 10) : hit.start]) is not None
    )


def full(hit: Hit, links: dict[str, str]) -> Hit:
    """A name under the full one that it stands for."""
    entity = hit.value
    if entity.name not in links or entity.kind not in ("company", "run"):
        return hit
    return Hit(hit.start, hit.end, hit.kind, replace(entity, name=links[entity.name]))


@dataclass(frozen=True, slots=True)
class Fixed:
    """A name's kind, and what holds for it wherever it is asked for."""

    kind: str
    group: Group


@dataclass(frozen=True)
class Cast:
    """All names of a page. ``hits``: in order; ``ends``: where they end; ``by``: name → mentions; ``rank``: among its kind."""

    hits: list[Hit]
    ends: list[int]
    by: dict[str, list[Hit]]
    kinds: dict[str, str]
    rank: dict[str, int]
    part: dict[str, float]  # of the mentions of its kind
    heads: dict[str, int]  # share, in thirds, of mentions that stand alone in a line or before a colon
    words: list[tuple[str, Hit]]  # unknown names as they are written
    titled: list[str]  # names in the first line
    links: dict[str, str]  # short name → the full one that it stands for
    focus: str | None  # the company that the document is about
    heading: list[tuple[int, str]]  # where names stand that head the lines after them
    roles: dict[int, tuple[str, ...]] = field(default_factory=dict)  # how a name stands in its sentence, by where it begins
    fixed: dict[str, Fixed] = field(default_factory=dict)  # what holds for a name in the whole document

    @classmethod
    def of(cls, page: Page) -> Cast:
        """The names of a page, known and unknown."""
        new, links = unknown(page)
        known = (full(hit, links) for hit in page.hits if hit.kind in ("entity", "area") and not in_dateline(page, hit))
        hits = sorted([*known, *new], key=_START)
        text = page.text
        by: dict[str, list[Hit]] = {}
        alone: dict[str, int] = {}
        heading: list[tuple[int, str]] = []
        for hit in hits:
            names = names_of(page, hit)
            for name in names:
                by.setdefault(name, []).append(hit)
            if _heads(text, hit):
                for name in names:
                    alone[name] = alone.get(name, 0) + 1
            if names and hit.start and _begins(text, hit):
                heading.append((hit.end, names[0]))
        kinds: dict[str, str] = {}
        sums: dict[str, int] = {}
        for name, mentions in by.items():
            first = mentions[0].value
            split = first.kind in _PLACES and name.endswith(" cluster")
            kind = kinds[name] = "cluster" if split else "home" if first.name == HOME else first.kind
            sums[kind] = sums.get(kind, 0) + len(mentions)
        rank: dict[str, int] = {}
        seen = dict.fromkeys(sums, 0)
        for name in sorted(by, key=lambda name: (-len(by[name]), by[name][0].start)):
            kind = kinds[name]
            rank[name] = seen[kind]
            seen[kind] += 1
        line = text.find("\n")
        first_line = 120 if line < 0 else min(line, 250)
        return cls(
            hits,
            [hit.end for hit in hits],
            by,
            kinds,
            rank,
            {name: len(mentions) / sums[kinds[name]] for name, mentions in by.items()},
            {name: 3 * alone.get(name, 0) // len(mentions) for name, mentions in by.items()},
            list({text[hit.start : hit.end]: hit for hit in new}.items()),
            [name for name, mentions in by.items() if mentions[0].start < first_line],
            links,
            links.get(page.company.name, page.company.name) if page.company else None,
            heading,
        )

    def sounded(self, name: str) -> bool:
        """Whether a name is spelled as it sounds, and by nothing else."""
        return any(hit.value.sounded for hit in self.by.get(name, ())[:1])

    def topic(self, page: Page, place: int) -> str | None:
        """The first name of the line in which a place lies, if it stands before that."""
        at = bisect_left(self.ends, page.text.rfind("\n", 0, place) + 1)
        names = names_of(page, self.hits[at]) if at < len(self.hits) and self.hits[at].end <= place else []
        return names[0] if names else None

    def section(self, place: int) -> str | None:
        """The name that heads the lines before a place, if not too far back."""
        at = bisect_left(self.heading, (place + 1, "")) - 1
        return self.heading[at][1] if at >= 0 and place - self.heading[at][0] < 1500 else None
