"""Whom a number is about: one of the names in the document, its country or the world."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from salpi.evidence.claims.entities import PRONOUN
from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.judges.cast import Cast, Fixed, full, in_dateline, kind_of, names_of
from salpi.evidence.judges.decided import Said, apart
from salpi.evidence.judges.senses import senses, stem
from salpi.evidence.judges.stand_ins import stand_ins
from salpi.evidence.judges.surroundings import TOKEN, Asked, bucket, zone
from salpi.evidence.judges.tables import Candidate, Group, best
from salpi.evidence.judges.traits import Trait, named
from salpi.evidence.judges.weights import Weights

WORLD = "World"
_CLUSTER = re.compile(
    r"[' ]?s?[ ]?(?:[A-Za-z-]+[ ]){0,3}?(?:cluster|Cluster|park|Park|valley|Valley|hub\b|Hub)"
    r"|\s?(?:바이오\s?)?(?:메디컬\s?)?(?:클러스터|특화단지|파크|단지|밸리)"
)
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
    outside: dict[str, Group]  # names that the sentence does not hold → what speaks for them
    section: str | None  # the name that heads the lines before the sentence


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
    outside: dict[str, Group] = asked.once("outside", dict)
    since_names = {name for hit in since for name in names_of(asked.page, hit)}
    since_kinds = {kind_of(hit) for hit in since}
    return Scene(
        asked, cast, order, local, latest, recent, last, since, since_names, since_kinds, pronoun, we, said, firm, outside,
        asked.once("section", lambda: cast.section(asked.sentence.start)),
    )  # fmt: skip


def names(there: Scene) -> list[str]:
    """The candidates: names in the sentence, those last spoken of, and what the document is about."""
    page, said, cast = there.asked.page, there.said, there.cast
    held: list[str | None] = [*there.local, page.country, WORLD, page.place, cast.focus, there.section]
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


def _of_measure(wanted: str, base: str, form: str, unit: str, lang: str, anchor: str | None, cell: bool) -> tuple[str, ...]:
    names = ("", f"w={wanted}", f"b={base}", f"f={form}", f"u={unit}", lang, f"a={anchor}")
    return (*names, "cell") if cell else names


class About(NamedTuple):
    """What the number itself says of its subject: traits that come in few combinations, and those that vary freely."""

    often: tuple[Trait, ...]
    seldom: tuple[Trait, ...]


def about(asked: Asked, base: str, form: str) -> About:
    """What the number itself says of its subject, to be crossed with each candidate."""
    anchor = asked.page.catalogue.anchors.get(base)
    often = (_of_measure, wanted(asked, base), base, form, asked.kind, asked.sentence.lang, anchor, asked.cell)
    return About((often,), tuple(stand_ins(asked)))


def candidate(there: Scene, name: str, base: str) -> Candidate:
    """What speaks for a name: of the whole document, of the sentence, of the attributions before."""
    asked, cast = there.asked, there.cast
    fixed = cast.fixed.get(name)
    if fixed is None:
        fixed = cast.fixed[name] = _fixed(asked.page, cast, name)
    kind, groups = fixed.kind, [fixed.group]
    out: list[Trait] = []
    mine = there.local.get(name)
    if mine is None:
        here = there.outside.get(name)
        if here is None:
            traits = _outside(there, name, kind, cast.by.get(name, []), name == cast.focus)
            here = there.outside[name] = Group(traits)
        groups.append(here)
    else:
        _inside(there, mine, kind, out)
    if not (asked.cell and there.local):  # a row that names its own carries none on
        _carried(there, name, kind, base, out)
    if kind == "country" and not there.firm:
        out.append((named, "nocompL"))
    if there.we:
        out.append((_with, kind, f"we{int(name == cast.focus)}{min(cast.rank.get(name, 5), 2)}"))
    if there.section == name:
        out.append((_with, kind, "section", f"section{int(mine is None)}{int(bool(there.order))}"))
    return Candidate(groups, out)


def _with(kind: str, *names: str) -> tuple[str, ...]:
    """Names by themselves and with the kind of the subject."""
    return (*names, *[f"{name}|{kind}" for name in names])


def _fixed(page: Page, cast: Cast, name: str) -> Fixed:
    """What holds for a name wherever it is asked for."""
    kind = cast.kinds.get(name) or ("cluster" if name.endswith(" cluster") else "company")
    if name == WORLD:
        kind = "world"
    elif name == page.country and kind in ("company", "home"):
        kind = "country"
    part = bucket(cast.part.get(name, 0.0), (0.15, 0.3, 0.5, 0.8))
    names = [f"k={kind}"]
    if kind == "run":
        names += _written(cast, name, page.text)
    if kind == "country" and name == page.country:
        names.append("dc")
    if name == page.catalogue.home:
        names.append("home")
    if name == cast.focus:
        names += ("dco", f"dco{int(page.single)}")
    if page.place == name:
        names.append("dpl")
    if name in cast.titled:
        names += ("title", f"title|{kind}")
    return Fixed(kind, Group([(named, *names), (_ranked, kind, min(cast.rank.get(name, 5), 5), part)]))


def _ranked(kind: str, rank: int, part: int) -> tuple[str, ...]:
    return f"fr={rank}|{kind}", f"share={part}|{kind}"


_PIECE = re.compile(r"[ ](?:[A-Z][a-z]+|and [A-Z])")


_ROLES = (
    r"(?:chief|president|chair(?:man|woman|person)?|director|founder|co-founder|minister|analyst|CEO|CFO|COO|officer|spokes\w+|professor|head"
    r"|manager|host|secretary|commissioner|scientist|economist|reporter|editor|executive|lecturer|governor|mayor)"
)
_ROLE_BEFORE = re.compile(rf"\b{_ROLES}[ ,]+(?:[A-Z]\.[ ]?)*$", re.I)
_ROLE_AFTER = re.compile(rf"(?:,| \(| -) ?(?:who\b|\d\d[,)]|(?:[\w'’&-]+ ){{0,4}}{_ROLES}\b)", re.I)
_SPEAKS = re.compile(
    r",? (?:said|says|told|tells|added|adds|explained|explains|recalls|admits|joked|jokes|argues|believes|thinks)\b"
)


def _written(cast: Cast, name: str, text: str) -> list[str]:
    """How an unknown name is written; ``runpart``: how often, in thirds, a longer name goes on after it."""
    words = name.split(" ")
    last = words[-1].lower()
    mentions = cast.by.get(name, [])
    pieces = sum(_PIECE.match(text, hit.end) is not None for hit in mentions)
    roles = sum(
        _ROLE_BEFORE.search(text, max(0, hit.start - 40), hit.start) is not None or _ROLE_AFTER.match(text, hit.end) is not None
        for hit in mentions
    )
    speaks = sum(_SPEAKS.match(text, hit.end) is not None for hit in mentions)
    return [
        f"runpart={3 * pieces // max(1, len(mentions))}",
        f"runrole={3 * roles // max(1, len(mentions))}",
        f"runsays={3 * speaks // max(1, len(mentions))}",
        f"runh={cast.heads.get(name, 0)}",
        f"runw={min(len(words), 4)}",
        f"runl={last}",
        f"runsuf={last[-4:]}",
        f"runn={min(len(mentions), 4)}",
        "runup" if name.isupper() else "runmix",
        f"runnum={int(any(char.isdigit() for char in name))}",
    ]


def _between(there: Scene, hit: Hit, low: int, high: int) -> tuple[int, int]:
    """The names between two places other than that of ``hit``: those of its kind, all."""
    others = [other.value.kind for other in there.order if low <= other.start < high and other.value.name != hit.value.name]
    return others.count(hit.value.kind), len(others)


def _inside(there: Scene, mine: list[Hit], kind: str, out: list[Trait]) -> None:
    """A name that its sentence holds: the last mention before the number, the first after it."""
    a, b = there.asked.one.start, there.asked.one.end
    left = next((hit for hit in reversed(mine) if hit.end <= a), None)
    right = next((hit for hit in mine if hit.start >= b), None)
    sentence = there.asked.sentence
    beside: dict[tuple[int, str], Trait] = there.asked.once("beside", dict)
    for hit, side in ((left, "L"), (right, "R")):
        if hit is None:
            continue
        far = a - hit.end if side == "L" else hit.start - b
        low, high = (hit.start + 1, a) if side == "L" else (b, hit.start)
        place = zone(sentence, a, b, hit.start, hit.end)
        rivals, others = _between(there, hit, low, high)
        out.append((_in, kind, side, place, min(rivals, 2), min(others, 3), bucket(far, (1, 4, 10, 25, 50, 100))))
        key = (hit.start, f"{side}{kind}")
        if key not in beside:
            beside[key] = (_with, kind, *_context(sentence, hit, side))
        out.append(beside[key])
    if left and right:
        out.append((_with, kind, "LR"))
    if there.pronoun and kind == "company":
        out.append((_with, kind, "pronother"))


def _in(kind: str, side: str, place: str, rivals: int, others: int, far: int) -> tuple[str, ...]:
    """Where a name stands in its sentence: clause, names of its kind and of any between it and the number, distance."""
    names = ("in", side, side + place, f"{side}k{rivals}", f"{side}d{far}")
    return _with(kind, *names, f"La{others}") if side == "L" else _with(kind, *names)


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
            following = re.match(r"\s([가-힣A-Za-z]{1,2})([가-힣A-Za-z]*)", after)
            if following:
                out.append(f"{side}n:{following[1]}")
                out += [f"{side}ns:{sense}" for sense in senses().of(following[1] + following[2])]
        if before and before[-1] in "·/(":
            out.append(f"{side}b:{before[-1]}")
    else:
        words = TOKEN.findall(before)
        if words:
            out.append(f"{side}b:{stem(words[-1])}")
            out += [f"{side}bs:{sense}" for sense in senses().of(words[-1])]
            if len(words) > 1:
                out.append(f"{side}bb:{stem(words[-2])}_{stem(words[-1])}")
        words = TOKEN.findall(after)
        if words:
            out.append(f"{side}n:{stem(words[0])}")
            out += [f"{side}ns:{sense}" for sense in senses().of(words[0])]
            if hit.value.adjective:
                out.append(f"{side}adj:{stem(words[0])}")
        if after[:2] in ("'s", "’s"):
            out.append(side + "poss")
    if _CLUSTER.match(text, end):
        out.append(side + "clword")
    return out


def _outside(there: Scene, name: str, kind: str, mentions: list[Hit], focus: bool) -> list[Trait]:
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
    return [(_with, kind, *out)]


def _carried(there: Scene, name: str, kind: str, base: str, out: list[Trait]) -> None:
    """What the attributions before say of a name."""
    said, now, fresh = there.said, there.asked.sentence, len(there.since)
    newly = name in there.since_names
    if newly:
        out.append((_with, kind, "since", f"since{min(fresh, 3)}"))
    if not said.named:
        return
    last = said.named[-1]
    far = apart(now.number, last.sentence)
    if last.subject == name:
        kinds = there.since_kinds
        out.append(
            (
                _again,
                kind,
                far,
                name in there.local,
                bool(fresh),
                kind in kinds,
                newly,
                "+".join(sorted(kinds))[:30],
                last.base == base,
            )
        )
    elif said.other == name:
        out.append((_with, kind, "P2", f"P2{far}{int(bool(fresh))}"))
    if said.most == name:
        out.append((_with, kind, "Pmost", f"Pmost{far}{int(bool(fresh))}"))
    if said.first.get(now.paragraph) == name:
        out.append((_with, kind, "Ppar", f"Ppar{far}{int(bool(fresh))}"))


def _again(kind: str, far: str, here: bool, fresh: bool, rival: bool, newly: bool, kinds: str, same: bool) -> tuple[str, ...]:
    """The subject of the number before: how far back that is, which names stand since, whether of the same measure."""
    names = (
        "prev",
        f"prev{far}",
        f"prev{far}|{int(here)}",
        f"P{far}s{int(fresh)}",
        f"P{far}{'c' if rival else 'n'}{int(newly)}",
        f"P{far}sk{kinds}",
    )
    return _with(kind, *names, f"Psame{far}{int(fresh)}") if same else _with(kind, *names)


def decide(weights: Weights, there: Scene, base: str, form: str) -> tuple[str, float, str]:
    """The subject with its probability, and how it was met."""
    candidates = names(there)
    own = [candidate(there, name, base) for name in candidates]
    said_of = about(there.asked, base, form)
    spot, sure = best(weights.subject.scores(own, said_of.often, said_of.seldom))
    return candidates[spot], sure, _how(there, candidates[spot])


def _how(there: Scene, name: str) -> str:
    """How a name was met, for people."""
    if name in there.local:
        return "named in the sentence"
    if there.said.named and there.said.named[-1].subject == name:
        return "subject of the number before"
    if name == there.asked.page.country:
        return "country of the document"
    if any(hit.end <= there.asked.sentence.start for hit in there.cast.by.get(name, ())[:1]):
        return "named before"
    return "of the whole document"
