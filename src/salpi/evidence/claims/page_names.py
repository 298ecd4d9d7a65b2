"""Which of the names that a page seems to hold are names there: not pieces of longer words, not words of a headline."""

from __future__ import annotations

import re
from bisect import bisect_left

from salpi.evidence.claims.entities import Entity
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.occurrences import goes_on, places

_LONG_WORD = re.compile(r"[A-Za-z]{4,}")


def in_headline(text: str, start: int, end: int) -> bool:
    """Whether a stretch lies inside a line in which most words are capitalised: there, capitals make no name."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)][:300]
    words = _LONG_WORD.findall(line)
    if start == first or len(words) < 4:
        return False
    others = _LONG_WORD.findall(line[: start - first] + line[end - first :]) or words
    return bool(sum(word[0].isupper() for word in others) >= 0.8 * len(others))


def without_pieces(text: str, hits: list[Hit]) -> list[Hit]:
    """Known words without places and companies that are only a piece of a longer word: Bahrain in 도라바레인, a brand in a longer one."""
    pieces = set[int]()
    for at, hit in enumerate(hits):
        if hit.kind != "entity" or not "가" <= text[hit.start] <= "힣":
            continue
        if hit.value.kind == "company":
            if "가" <= text[hit.end : hit.end + 1] <= "힣" and _TRADE_ON.match(text, hit.end):
                pieces.add(at)
        elif (
            hit.value.kind in _PLACES
            and "가" <= text[hit.start - 1 : hit.start] <= "힣"
            and all(other.end != hit.start for other in hits[max(0, at - 4) : at])
            and not _LEADS_PLACE.search(text, max(0, hit.start - 4), hit.start)
        ):
            pieces.add(at)
    return [hit for at, hit in enumerate(hits) if at not in pieces] if pieces else hits


_PLACES = ("country", "region", "city", "place")
_TRADE_ON = re.compile("(?<=[가-힣])(?:로직스?|사이언스|테라퓨틱스?|파마|헬스케어|제네틱스|온콜로지|메디컬|메디칼)")
"""The rest of a word for a trade, where the name before it is another company's."""
_LEADS_PLACE = re.compile(
    "(?:[주대재비탈친반전범신남북동서억만조천백한미중일]|국립|시립|도립|분당|양산|삼성|해외|국내|세계|글로벌|특히|현재)$"
)
"""What is written together with the name of a place after it: 주영국, 대브라질, 5억홍콩달러."""


def of_two(text: str, start: int, end: int, named: list[tuple[int, int]], starts: list[int]) -> bool:
    """Whether a stretch is two names of which one is known by itself: "Moderna & Pfizer"."""
    both = text.find(" & ", start, end)
    if both < 0:
        return False
    sides = ((start, both), (both + 3, end))
    return any(named[at] in sides for at in range(bisect_left(starts, start), bisect_left(starts, end)))


def short_names(text: str, hits: list[Hit]) -> list[Hit]:
    """Companies of several words by their first one: "Astrelle" for Astrelle Therapeutics."""
    taken = {hit.start for hit in hits if hit.kind in ("entity", "measure", "domain", "block")}
    out: list[Hit] = []
    firsts: dict[str, Entity] = {}
    for hit in hits:
        if hit.kind == "entity" and hit.value.kind == "company" and " " in hit.value.name:
            firsts[hit.value.name] = hit.value
    for entity in firsts.values():
        first = entity.name.split(" ")[0]
        if len(first) < 5 or not first.isalpha() or first in _NO_SHORT_NAME:
            continue
        for start in places(text, first):
            end = start + len(first)
            before, after = text[start - 1 : start] if start else "", text[end : end + 1]
            if start not in taken and not goes_on(before) and not goes_on(after):
                out.append(Hit(start, end, "entity", entity))
    return out


_NO_SHORT_NAME = frozenset(
    ["Samsung", "Korea", "Korean", "Lotte", "Green", "Boston", "Public", "Global", "United", "National", "Bristol", "Johnson"]
)
