"""The names around a number: those of its sentence, those last spoken of, what the document is about."""

from __future__ import annotations

import re
from bisect import bisect_left

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


class Around:
    """What the numbers of a sentence share. ``order``: its names; ``local``: their mentions; ``kinds``: theirs, as they are written.

    Before the sentence: of each kind the ``latest`` name, and the ``last`` of all; the last mention of each kind, and the ``recent``
    four names; the ``section``, the name that heads the lines; the ``topic``, the first name of the paragraph.
    """

    def __init__(self, asked: Asked, cast: Cast) -> None:
        page, sentence = asked.page, asked.sentence
        start, text = sentence.start, sentence.text
        self.order = _order(asked, cast)
        self.local: dict[str, list[Hit]] = {}
        for hit in self.order:
            for name in names_of(page, hit):
                self.local.setdefault(name, []).append(hit)
        self.kinds: set[str] = {hit.value.kind for hit in self.order}
        until = bisect_left(cast.ends, start + 1)
        before = [hit for hit in cast.hits[max(0, until - 40) : until] if hit.kind == "entity"]
        of_kind = {kind_of(hit): hit for hit in before}
        self.latest: dict[str, str] = {kind: hit.value.name for kind, hit in of_kind.items()}
        self.recent: list[Hit] = [*of_kind.values(), *{hit.value.name: hit for hit in before[-8:]}.values()]
        self.last: str | None = before[-1].value.name if before else None
        self.pronoun = _firm_again(text)
        self.we = _WE.search(text) is not None or (
            not text.isascii() and _WE_KOREAN.search(text) is not None
        )  # the speaker's own
        self.section, self.topic = cast.section(start), cast.topic(page, start)
        self.at = bisect_left(page.spans, (start, 0))  # where the sentence stands among those of the page
        self.apart: dict[str, tuple[str, tuple[Group, ...]]] = {}  # name → its kind, what speaks for it whatever the number


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


class Scene:
    """What all candidates for one number share: among others the names ``since`` the number before.

    ``firm``: a company stands before the number in its sentence.
    """

    def __init__(self, asked: Asked, cast: Cast, said: Said, there: Around, since: list[Hit], firm: bool) -> None:
        self.asked, self.cast, self.said, self.around, self.since, self.firm = asked, cast, said, there, since, firm
        self.since_names = {name for hit in since for name in names_of(asked.page, hit)}
        self.since_kinds = {kind_of(hit) for hit in since}


def around(asked: Asked, cast: Cast) -> Around:
    """The names of a number's sentence."""
    return asked.once("names", Around, asked, cast)


def scene(asked: Asked, cast: Cast, said: Said) -> Scene:
    """The names around a number, and those that were spoken of before."""
    there = around(asked, cast)
    order, end = there.order, asked.one.start
    if not order or order[0].start >= end:
        return Scene(asked, cast, said, there, [], False)
    then = said.named[-1] if said.named else None
    start = then.end if then is not None and then.sentence == asked.sentence.number else 0
    since = [hit for hit in order if start <= hit.start and hit.end <= end]
    firm = "company" in there.kinds and any(hit.end <= end for hit in order if hit.value.kind == "company")
    return Scene(asked, cast, said, there, since, firm)


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
