"""Whom a number is about: one of the names in the document, its country or the world."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from salpi.evidence.claims.entities import HOME, PRONOUN, Entity
from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.judges.decided import Said, apart
from salpi.evidence.judges.names import unknown
from salpi.evidence.judges.surroundings import TOKEN, Asked, bucket, stem, zone
from salpi.evidence.judges.weights import Weights, shares

WORLD = "World"
_CLUSTER = re.compile(
    r"[' ]?s?[ ]?(?:[A-Za-z-]+[ ]){0,3}?(?:cluster|Cluster|park|Park|valley|Valley|hub\b|Hub)"
    r"|\s?(?:바이오\s?)?(?:메디컬\s?)?(?:클러스터|특화단지|파크|단지|밸리)"
)
_PLACES = ("city", "place")
_DATELINE = re.compile(
    r",? ?(?:\(|=|--|—|–|\d{1,2}\b"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|[A-Z][a-z]+ \((?:[A-Z]|로이터|연합))"
)
"""After a place at the head of a line: it is where the text was written."""


def kind_of(hit: Hit) -> str:
    """The kind of a name; a city stands for its cluster."""
    return "cluster" if hit.value.kind in _PLACES else str(hit.value.kind)


def in_dateline(page: Page, hit: Hit) -> bool:
    """Whether a place only says where the text was written: "SEOUL, Feb. 3 --"."""
    text = page.text
    return (
        hit.value.kind in (*_PLACES, "region")
        and text[max(0, hit.start - 2) : hit.start].strip(" (\t[") in ("", "\n")
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
    return text[max(0, hit.start - 1) : hit.start] in ("\n", "") and text[hit.end : hit.end + 1] in (":", "\n", "")


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
    fixed: dict[str, tuple[str, ...]] = field(default_factory=dict)  # what holds for a name in the whole document
    before: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)  # … in a sentence that does not hold it

    @classmethod
    def of(cls, page: Page) -> Cast:
        """The names of a page, known and unknown."""
        new = unknown(page)
        known = (hit for hit in page.hits if hit.kind in ("entity", "area") and not in_dateline(page, hit))
        hits = sorted([*known, *new], key=lambda hit: hit.start)
        by: dict[str, list[Hit]] = {}
        for hit in hits:
            for name in names_of(page, hit):
                by.setdefault(name, []).append(hit)
        kinds = {}
        for name, mentions in by.items():
            first = mentions[0].value
            split = first.kind in _PLACES and name.endswith(" cluster")
            kinds[name] = "cluster" if split else "home" if first.name == HOME else first.kind
        counts = Counter({name: len(mentions) for name, mentions in by.items()})
        sums = Counter[str]()
        for name, count in counts.items():
            sums[kinds[name]] += count
        rank, seen = {}, Counter[str]()
        for name in sorted(by, key=lambda name: (-counts[name], by[name][0].start)):
            rank[name] = seen[kinds[name]]
            seen[kinds[name]] += 1
        text = page.text
        line = text.find("\n")
        first_line = 120 if line < 0 else min(line, 250)
        heads = {name: 3 * sum(_heads(text, hit) for hit in mentions) // len(mentions) for name, mentions in by.items()}
        words = list({text[hit.start : hit.end]: hit for hit in new}.items())
        return cls(
            hits,
            [hit.end for hit in hits],
            by,
            kinds,
            rank,
            {name: count / sums[kinds[name]] for name, count in counts.items()},
            heads,
            words,
            [name for name, mentions in by.items() if mentions[0].start < first_line],
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """What all candidates for one number share."""

    asked: Asked
    cast: Cast
    order: list[Hit]  # the names of the sentence
    local: dict[str, list[Hit]]
    latest: dict[str, str]  # kind → the name of that kind last mentioned before the sentence
    recent: list[Hit]  # the last mention of each kind, and the last four names
    last: str | None
    since: list[Hit]  # names between the number before and this one
    pronoun: bool
    said: Said
    firm: bool  # a company stands before the number in its sentence


Around = tuple[list[Hit], dict[str, list[Hit]], dict[str, str], list[Hit], str | None, bool]


def _around(asked: Asked, cast: Cast) -> Around:
    """Of a sentence: its names in order and by name, the latest of each kind before it, the recent ones, the last, a pronoun."""
    page, sentence = asked.page, asked.sentence
    order = [hit for hit in sentence.hits if hit.kind in ("entity", "area") and (asked.cell or not in_dateline(page, hit))]
    if asked.cell:
        base = sentence.start
        order += [
            Hit(base + match.start(), base + match.end(), "entity", hit.value)
            for words, hit in cast.words
            for match in re.finditer(re.escape(words), sentence.text)
        ]
    else:
        low = bisect_left(cast.ends, sentence.start + 1)
        order += [
            hit
            for hit in cast.hits[low : low + 60]
            if sentence.start <= hit.start < sentence.end and hit.kind == "entity" and hit not in order
        ]
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
    return order, local, latest, recent, last, PRONOUN.search(sentence.text) is not None


def scene(asked: Asked, cast: Cast, said: Said) -> Scene:
    """The names around a number, and those that were spoken of before."""
    if "names" not in asked.memo:
        asked.memo["names"] = _around(asked, cast)
    order, local, latest, recent, last, pronoun = asked.memo["names"]
    then = said.named[-1] if said.named else None
    start = then.end if then is not None and then.sentence == asked.sentence.number else 0
    since = [hit for hit in order if start <= hit.start and hit.end <= asked.one.start]
    firm = any(hit.value.kind == "company" and hit.end <= asked.one.start for hit in order)
    return Scene(asked, cast, order, local, latest, recent, last, since, pronoun, said, firm)


def names(there: Scene) -> list[str]:
    """The candidates: names in the sentence, those last spoken of, and what the document is about."""
    page, said, cast = there.asked.page, there.said, there.cast
    focus = page.company
    held: list[str | None] = [*there.local, page.country, WORLD, page.place, focus.name if focus else None]
    if said.named:
        last = said.named[-1]
        held += (last.subject, said.other, said.most, said.first.get(there.asked.sentence.paragraph))
    for hit in there.recent:
        held += names_of(page, hit)
    held += cast.titled[:3]
    return [name for name in dict.fromkeys(held) if name]


def wanted(asked: Asked, base: str) -> str:
    """The kind of subject that a measure usually has, as the catalogue says."""
    catalogue = asked.page.catalogue
    special = {"sales.product": "product", "trials.city_rank": "city", "pipeline.share": "area"}.get(base)
    anchor = catalogue.anchors.get(base)
    return special or (
        "company" if anchor in catalogue.company_measures else "any" if anchor in catalogue.any_measures else "country"
    )


def asked_of(asked: Asked, base: str, form: str) -> list[str]:
    """What the number itself says of its subject, to be crossed with each candidate."""
    out = [
        "",
        f"w={wanted(asked, base)}",
        f"b={base}",
        f"f={form}",
        f"u={asked.kind}",
        asked.sentence.lang,
        f"a={asked.page.catalogue.anchors.get(base)}",
    ]
    if asked.cell:
        out.append("cell")
    return out


Groups = tuple[tuple[str, ...], ...]


def features(there: Scene, name: str, base: str) -> Groups:
    """What speaks for a name, by names of features: of the whole document, of the sentence, of the attributions before."""
    asked, cast = there.asked, there.cast
    a, b, number = asked.one.start, asked.one.end, asked.sentence.number
    fixed = cast.fixed.get(name)
    if fixed is None:
        fixed = cast.fixed[name] = _fixed(asked.page, cast, name)
    kind = fixed[0][2:]
    mine = there.local.get(name)
    if mine is None:
        key = (name, number)
        here = cast.before.get(key) if not asked.cell else None
        if here is None:
            focus = asked.page.company
            here = _with_kind(_outside(there, name, kind, cast.by.get(name, []), focus is not None and name == focus.name), kind)
            if not asked.cell:
                cast.before[key] = here
    else:
        left = [hit for hit in mine if hit.end <= a]
        right = [hit for hit in mine if hit.start >= b]
        found: list[str] = []
        if left:
            found += _left(there, left[-1])
        if right:
            found += _right(there, right[0])
        if left and right:
            found.append("LR")
        if there.pronoun and kind == "company":
            found.append("pronother")
        here = _with_kind(found, kind)
    carried = [] if asked.cell and there.local else _carried(there, name, kind, base)  # a row that names its own
    after = _with_kind(carried, kind)
    if kind == "country" and not there.firm:
        after += ("nocompL",)
    return fixed, here, after


def _with_kind(names: list[str], kind: str) -> tuple[str, ...]:
    return (*names, *[f"{name}|{kind}" for name in names])


def _fixed(page: Page, cast: Cast, name: str) -> tuple[str, ...]:
    """What holds for a name wherever it is asked for."""
    kind = cast.kinds.get(name) or ("cluster" if name.endswith(" cluster") else "company")
    if name == WORLD:
        kind = "world"
    elif name == page.country and kind in ("company", "home"):
        kind = "country"
    out = [f"k={kind}"]
    if kind == "run":
        out += _written(cast, name, page.text)
    if kind == "country" and name == page.country:
        out.append("dc")
    if name == page.catalogue.home:
        out.append("home")
    focus = page.company
    if focus is not None and name == focus.name:
        out += ("dco", f"dco{int(page.single)}")
    if page.place == name:
        out.append("dpl")
    if name in cast.titled:
        out += ("title", f"title|{kind}")
    out += (
        f"fr={min(cast.rank.get(name, 5), 5)}|{kind}",
        f"share={bucket(cast.part.get(name, 0.0), (0.15, 0.3, 0.5, 0.8))}|{kind}",
    )
    return tuple(out)


_PIECE = re.compile(r"[ ](?:[A-Z][a-z]+|and [A-Z])")


def _written(cast: Cast, name: str, text: str) -> list[str]:
    """How an unknown name is written; ``runpart``: how often, in thirds, a longer name goes on after it."""
    words = name.split(" ")
    last = words[-1].lower()
    pieces = sum(_PIECE.match(text, hit.end) is not None for hit in cast.by.get(name, ()))
    return [
        f"runpart={3 * pieces // max(1, len(cast.by.get(name, ())))}",
        f"runh={cast.heads.get(name, 0)}",
        f"runw={min(len(words), 4)}",
        f"runl={last}",
        f"runsuf={last[-4:]}",
        f"runn={min(len(cast.by.get(name, ())), 4)}",
        "runup" if name.isupper() else "runmix",
        f"runnum={int(any(char.isdigit() for char in name))}",
    ]


def _between(there: Scene, hit: Hit, low: int, high: int, *, same: bool) -> int:
    return sum(
        low <= other.start < high and other.value.name != hit.value.name and (not same or other.value.kind == hit.value.kind)
        for other in there.order
    )


def _left(there: Scene, hit: Hit) -> list[str]:
    sentence, a, b = there.asked.sentence, there.asked.one.start, there.asked.one.end
    return [
        "in",
        "L",
        "L" + zone(sentence, a, b, hit.start, hit.end),
        f"Lk{min(_between(there, hit, hit.start + 1, a, same=True), 2)}",
        f"La{min(_between(there, hit, hit.start + 1, a, same=False), 3)}",
        f"Ld{bucket(a - hit.end, (1, 4, 10, 25, 50, 100))}",
        *_context(sentence, hit, "L"),
    ]


def _right(there: Scene, hit: Hit) -> list[str]:
    sentence, a, b = there.asked.sentence, there.asked.one.start, there.asked.one.end
    return [
        "in",
        "R",
        "R" + zone(sentence, a, b, hit.start, hit.end),
        f"Rk{min(_between(there, hit, b, hit.start, same=True), 2)}",
        f"Rd{bucket(hit.start - b, (1, 4, 10, 25, 50, 100))}",
        *_context(sentence, hit, "R"),
    ]


def _context(sentence: Sentence, hit: Hit, side: str) -> list[str]:
    """The words and particles beside a name."""
    text, start, end = sentence.text, hit.start - sentence.start, hit.end - sentence.start
    after, before = text[end : end + 14], text[max(0, start - 30) : start]
    out = []
    if hit.value.adjective:
        out.append(side + "adj")
    if start <= 3:
        out.append(side + "init")
    if sentence.lang == "ko":
        particle = re.match(r"[가-힣]{1,2}", after)
        if particle:
            out += (f"{side}p:{particle[0][0]}", f"{side}p:{particle[0]}")
        else:
            out.append(f"{side}p:{after[:1]!r}")
            following = re.match(r"\s([가-힣A-Za-z]{1,2})", after)
            if following:
                out.append(f"{side}n:{following[1]}")
        if before and before[-1] in "·/(":
            out.append(f"{side}b:{before[-1]}")
    else:
        words = TOKEN.findall(before)
        if words:
            out.append(f"{side}b:{stem(words[-1])}")
            if len(words) > 1:
                out.append(f"{side}bb:{stem(words[-2])}_{stem(words[-1])}")
        words = TOKEN.findall(after)
        if words:
            out.append(f"{side}n:{stem(words[0])}")
            if hit.value.adjective:
                out.append(f"{side}adj:{stem(words[0])}")
        if after[:2] in ("'s", "’s"):
            out.append(side + "poss")
    if _CLUSTER.match(text, end):
        out.append(side + "clword")
    return out


def _outside(there: Scene, name: str, kind: str, mentions: list[Hit], focus: bool) -> list[str]:
    """A name that its sentence does not hold: where it was mentioned last."""
    page, start = there.asked.page, there.asked.sentence.start
    out: list[str] = []
    prior = None
    for hit in mentions:
        if hit.end > start:
            break
        prior = hit
    if prior is not None:
        spans = page.spans
        low, high = bisect_left(spans, (prior.end, 0)), bisect_left(spans, (start, 0))
        back = bucket(high - low, (0, 1, 2, 4, 8)) if start - prior.end < 3000 else 9
        lines = page.text.count("\n", prior.end, start) if start - prior.end < 3000 else 9
        out += ("out", f"sb{back}", f"pb{bucket(lines, (0, 1, 2, 4))}", f"sb{back}|pb{bucket(lines, (0, 1, 2))}")
        if there.latest.get(kind_of(prior)) == prior.value.name:
            out += ("lastk", f"lastk|sb{back}")
        if there.last == prior.value.name:
            out.append("lasta")
        place = bisect_left(spans, (prior.start + 1, 0)) - 1
        if place >= 0 and prior.start - spans[place][0] <= 4:
            out.append(f"sinit|sb{back}")
        tail = page.text[prior.end : prior.end + 2]
        if tail[:1] and tail[0] in "은는이가의":
            out.append(f"top{tail[0]}|sb{back}")
        elif tail in ("'s", "’s"):
            out.append(f"tops|sb{back}")
    else:
        out.append("later" if mentions else "nowhere")
    rival = mentions[0].value.kind if mentions else kind
    if any(hit.value.kind == rival for hit in there.order):
        out.append("rivalin")
    if there.pronoun and focus:
        out.append("pron")
    elif there.pronoun and kind == "company" and prior is not None and there.latest.get("company") == name:
        out.append("pronlast")
    return out


def _carried(there: Scene, name: str, kind: str, base: str) -> list[str]:
    """What the attributions before say of a name."""
    said, now = there.said, there.asked.sentence
    out: list[str] = []
    since = {other for hit in there.since for other in names_of(there.asked.page, hit)}
    if name in since:
        out += ("since", f"since{min(len(there.since), 3)}")
    if not said.named:
        return out
    last = said.named[-1]
    far, fresh = apart(now.number, last.sentence), int(bool(there.since))
    if last.subject == name:
        kinds = {kind_of(hit) for hit in there.since}
        out += (
            "prev",
            f"prev{far}",
            f"prev{far}|{int(name in there.local)}",
            f"P{far}s{fresh}",
            f"P{far}{'c' if kind in kinds else 'n'}{int(name in since)}",
            f"P{far}sk{'+'.join(sorted(kinds))[:30]}",
        )
        if last.base == base:
            out.append(f"Psame{far}{fresh}")
    elif said.other == name:
        out += ("P2", f"P2{far}{fresh}")
    if said.most == name:
        out += ("Pmost", f"Pmost{far}{fresh}")
    if said.first.get(now.paragraph) == name:
        out += ("Ppar", f"Ppar{far}{fresh}")
    return out


def decide(weights: Weights, there: Scene, base: str, form: str) -> tuple[str, float, str]:
    """The subject with its probability, and how it was met."""
    candidates = names(there)
    own = [features(there, name, base) for name in candidates]
    scores = shares(weights.subject.scores(own, asked_of(there.asked, base, form)))
    best = int(scores.argmax())
    return candidates[best], float(scores[best]), _how(itertools.chain(*own[best]))


def _how(names: Iterable[str]) -> str:
    """How a name was met, for people."""
    known = set(names)
    if "L" in known or "R" in known:
        return "named in the sentence"
    if "prev" in known:
        return "subject of the number before"
    if "dc" in known:
        return "country of the document"
    if "out" in known:
        return "named before"
    return "of the whole document"
