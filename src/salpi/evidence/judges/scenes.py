"""The names around a number: those of its sentence, those last spoken of, what the document is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from salpi.evidence.claims.entities import PRONOUN
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.judges.cast import Cast, full, in_dateline, kind_of, names_of
from salpi.evidence.judges.decided import Said
from salpi.evidence.judges.nets import Group
from salpi.evidence.judges.surroundings import Asked

WORLD = "World"
_FIRM = re.compile(
    r"\b[Tt]he (?:[\w’'-]+ ){0,2}(?:company|firm|drugmaker|group|developer|outfit|giant|specialist|subsidiary|unit|venture|start-up|startup"
    r"|manufacturer|maker|business|biotech|producer|contractor|concern)\b"
)
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s|I|[Mm]y)\b(?!\.)|(?<![가-힣])(?:우리|당사|저희|자사)(?=[는은가이의도를 ])")


class Scene(NamedTuple):
    """What all candidates for one number share."""

    asked: Asked
    cast: Cast
    order: list[Hit]  # the names of the sentence
    local: dict[str, list[Hit]]
    latest: dict[str, str]  # kind → the name of that kind last mentioned before the sentence
    recent: list[Hit]  # the last mention of each kind, and the last four names
    last: str | None
    since: list[Hit]  # names between the number before and this one
    since_names: set[str]
    since_kinds: set[str]
    pronoun: bool
    we: bool  # the speaker's own
    said: Said
    firm: bool  # a company stands before the number in its sentence
    apart: dict[str, tuple[str, tuple[Group, ...]]]  # name → its kind, what speaks for it whatever the number
    section: str | None  # the name that heads the lines before the sentence
    topic: str | None  # the first name of the paragraph, before the sentence


Around = tuple[list[Hit], dict[str, list[Hit]], dict[str, str], list[Hit], str | None, bool, bool]


def _around(asked: Asked, cast: Cast) -> Around:
    """Of a sentence: its names in order and by name, the latest of each kind before it, the recent ones, the last, a pronoun."""
    page, sentence = asked.page, asked.sentence
    order = [
        full(hit, cast.links)
        for hit in sentence.hits
        if hit.kind in ("entity", "area") and (asked.cell or not in_dateline(page, hit))
    ]
    if asked.cell:
        base = sentence.start
        order += [
            Hit(base + match.start(), base + match.end(), "entity", hit.value)
            for words, hit in cast.words
            for match in re.finditer(re.escape(words), sentence.text)
        ]
    else:
        low = bisect_left(cast.ends, sentence.start + 1)
        for hit in cast.hits[low : low + 60]:
            if hit.start >= sentence.end:
                break
            if sentence.start <= hit.start and hit.kind == "entity" and hit not in order:
                order.append(hit)
    order.sort(key=lambda hit: hit.start)
    local: dict[str, list[Hit]] = {}
    for hit in order:
        for name in names_of(page, hit):
            local.setdefault(name, []).append(hit)
    until = bisect_left(cast.ends, sentence.start + 1)
    before = [hit for hit in cast.hits[max(0, until - 40) : until] if hit.kind == "entity"]
    of_kind = {kind_of(hit): hit for hit in before}
    latest = {kind: hit.value.name for kind, hit in of_kind.items()}
    recent = [*of_kind.values(), *{hit.value.name: hit for hit in before[-8:]}.values()]
    last = before[-1].value.name if before else None
    pronoun = PRONOUN.search(sentence.text) is not None or _FIRM.search(sentence.text) is not None
    return order, local, latest, recent, last, pronoun, _WE.search(sentence.text) is not None


def scene(asked: Asked, cast: Cast, said: Said) -> Scene:
    """The names around a number, and those that were spoken of before."""
    order, local, latest, recent, last, pronoun, we = asked.once("names", lambda: _around(asked, cast))
    then = said.named[-1] if said.named else None
    start = then.end if then is not None and then.sentence == asked.sentence.number else 0
    since = [hit for hit in order if start <= hit.start and hit.end <= asked.one.start]
    firm = any(hit.value.kind == "company" and hit.end <= asked.one.start for hit in order)
    apart: dict[str, tuple[str, tuple[Group, ...]]] = asked.once("apart", dict)
    since_names = {name for hit in since for name in names_of(asked.page, hit)}
    since_kinds = {kind_of(hit) for hit in since}
    return Scene(
        asked, cast, order, local, latest, recent, last, since, since_names, since_kinds, pronoun, we, said, firm, apart,
        asked.once("section", lambda: cast.section(asked.sentence.start)),
        asked.once("topic", lambda: cast.topic(asked.page, asked.sentence.start)),
    )  # fmt: skip


def names(there: Scene) -> list[str]:
    """The candidates: names in the sentence, those last spoken of, and what the document is about."""
    page, said, cast = there.asked.page, there.said, there.cast
    held: list[str | None] = [*there.local, page.country, WORLD, page.place, cast.focus, there.section]
    if said.named:
        last = said.named[-1]
        held += (last.subject, last.rivals[2], said.other, said.most, said.first.get(there.asked.sentence.paragraph))
    for hit in there.recent:
        held += names_of(page, hit)
    held += cast.titled[:3]
    return [name for name in dict.fromkeys(held) if name]
