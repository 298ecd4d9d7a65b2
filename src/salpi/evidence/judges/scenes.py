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
_NOUNS = (
    *(
        "company",
        "firm",
        "maker",
        "biotech",
        "manufacturer",
        "CDMO",
        "start-up",
        "startup",
        "developer",
        "issuer",
        "registrant",
        "roup",
    ),
    *(
        "outfit",
        "giant",
        "specialist",
        "subsidiary",
        "unit",
        "venture",
        "business",
        "producer",
        "contractor",
        "concern",
        "Management",
    ),
    *("회사", "업체", "기업", "동사", "당사"),
)
"""Without one of these neither finds anything."""
_WE = re.compile(r"\b(?=[wWoOuUImM])(?:[Ww]e|[Oo]ur|[Uu]s|I|[Mm]y)\b(?!\.)")
_WE_KOREAN = re.compile(r"(?<![가-힣])(?:우리|당사|저희|자사)(?=[는은가이의도를 ])")


def _firm_again(text: str) -> bool:
    """Whether a sentence speaks of a firm without its name."""
    for noun in _NOUNS:
        if noun in text:
            return PRONOUN.search(text) is not None or _FIRM.search(text) is not None
    return False


class Around(NamedTuple):
    """What the numbers of a sentence share."""

    order: list[Hit]  # the names of the sentence
    local: dict[str, list[Hit]]
    kinds: set[str]  # of these names, as they are written
    latest: dict[str, str]  # kind → the name of that kind last mentioned before the sentence
    recent: list[Hit]  # the last mention of each kind, and the last four names
    last: str | None
    pronoun: bool
    we: bool  # the speaker's own
    section: str | None  # the name that heads the lines before the sentence
    topic: str | None  # the first name of the paragraph, before the sentence
    at: int  # where the sentence stands among those of the page
    apart: dict[str, tuple[str, tuple[Group, ...]]]  # name → its kind, what speaks for it whatever the number

    @classmethod
    def of(cls, asked: Asked, cast: Cast) -> Around:
        """Of a number's sentence."""
        page, sentence = asked.page, asked.sentence
        start, text = sentence.start, sentence.text
        order = _order(asked, cast)
        local: dict[str, list[Hit]] = {}
        for hit in order:
            for name in names_of(page, hit):
                local.setdefault(name, []).append(hit)
        until = bisect_left(cast.ends, start + 1)
        before = [hit for hit in cast.hits[max(0, until - 40) : until] if hit.kind == "entity"]
        of_kind = {kind_of(hit): hit for hit in before}
        return cls(
            order,
            local,
            {hit.value.kind for hit in order},
            {kind: hit.value.name for kind, hit in of_kind.items()},
            [*of_kind.values(), *{hit.value.name: hit for hit in before[-8:]}.values()],
            before[-1].value.name if before else None,
            _firm_again(text),
            _WE.search(text) is not None or (not text.isascii() and _WE_KOREAN.search(text) is not None),
            cast.section(start),
            cast.topic(page, start),
            bisect_left(page.spans, (start, 0)),
            {},
        )


def _order(asked: Asked, cast: Cast) -> list[Hit]:
    """The names of a sentence in order."""
    page, sentence = asked.page, asked.sentence
    order = [full(hit, cast.links) for hit in sentence.hits if hit.kind in _NAMES and (asked.cell or not in_dateline(page, hit))]
    if asked.cell:
        base = sentence.start
        order += [
            Hit(base + match.start(), base + match.end(), "entity", hit.value)
            for words, hit in cast.words
            if words in sentence.text
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
    return order


_NAMES = ("entity", "area")


class Scene(NamedTuple):
    """What all candidates for one number share."""

    asked: Asked
    cast: Cast
    said: Said
    around: Around
    since: list[Hit]  # names between the number before and this one
    since_names: set[str]
    since_kinds: set[str]
    firm: bool  # a company stands before the number in its sentence


def around(asked: Asked, cast: Cast) -> Around:
    """The names of a number's sentence."""
    return asked.once("names", lambda: Around.of(asked, cast))


def scene(asked: Asked, cast: Cast, said: Said) -> Scene:
    """The names around a number, and those that were spoken of before."""
    there = around(asked, cast)
    order, end = there.order, asked.one.start
    if not order or order[0].start >= end:
        return Scene(asked, cast, said, there, [], set(), set(), False)
    then = said.named[-1] if said.named else None
    start = then.end if then is not None and then.sentence == asked.sentence.number else 0
    since = [hit for hit in order if start <= hit.start and hit.end <= end]
    firm = "company" in there.kinds and any(hit.end <= end for hit in order if hit.value.kind == "company")
    since_names = {name for hit in since for name in names_of(asked.page, hit)}
    return Scene(asked, cast, said, there, since, since_names, {kind_of(hit) for hit in since}, firm)


def names(there: Scene) -> list[str]:
    """The candidates: names in the sentence, those last spoken of, and what the document is about."""
    page, said, cast, around = there.asked.page, there.said, there.cast, there.around
    held: list[str | None] = [*around.local, page.country, WORLD, page.place, cast.focus, around.section]
    if said.named:
        last = said.named[-1]
        held += (last.subject, last.rivals[2], said.other, said.most, said.first.get(there.asked.sentence.paragraph))
    for hit in around.recent:
        held += names_of(page, hit)
    held += cast.titled[:3]
    return [name for name in dict.fromkeys(held) if name]
