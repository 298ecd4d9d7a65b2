"""What speaks for a name as the subject of a number: of the whole document, of the sentence, of the attributions before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.judges.cast import Cast, Fixed, kind_of
from salpi.evidence.judges.decided import apart
from salpi.evidence.judges.nets import Candidate, Group
from salpi.evidence.judges.scenes import WORLD, Scene
from salpi.evidence.judges.senses import senses, stem
from salpi.evidence.judges.surroundings import bucket, zone
from salpi.evidence.judges.traits import Trait, named
from salpi.evidence.judges.words import TOKEN

_CLUSTER = re.compile(
    r"[' ]?s?[ ]?(?:[A-Za-z-]+[ ]){0,3}?(?:cluster|Cluster|park|Park|valley|Valley|hub\b|Hub)"
    r"|\s?(?:바이오\s?)?(?:메디컬\s?)?(?:클러스터|특화단지|파크|단지|밸리)"
)


def candidates(there: Scene, names: Sequence[str], base: str) -> list[Candidate]:
    """What speaks for each name: of the whole document, of the sentence, of the attributions before."""
    asked, cast, around = there.asked, there.cast, there.around
    local = around.local
    carried = {} if asked.cell and local else _carried(there, base)  # a row that names its own carries none on
    out = []
    for name in names:
        known = around.apart.get(name)
        if known is None:
            known = around.apart[name] = _apart(there, name)
        kind, groups = known
        traits: list[Trait] = []
        mine = local.get(name)
        if mine is not None:
            _inside(there, mine, kind, traits)
        if name in carried:
            traits += [(function, kind, *values) for function, *values in carried[name]]
        if kind == "country" and not there.firm:
            traits.append(_NO_FIRM)
        if around.we:
            traits.append((_with, kind, f"we{int(name == cast.focus)}{min(cast.rank.get(name, 5), 2)}"))
        if around.section == name:
            traits.append((_with, kind, "section", f"section{int(mine is None)}{int(bool(around.order))}"))
        out.append(Candidate(groups, traits))
    return out


def _apart(there: Scene, name: str) -> tuple[str, tuple[Group, ...]]:
    """A name's kind, and what speaks for it whatever the number of the sentence."""
    cast = there.cast
    fixed = cast.fixed.get(name)
    if fixed is None:
        fixed = cast.fixed[name] = _fixed(there.asked.page, cast, name)
    if name in there.around.local:
        return fixed.kind, (fixed.group,)
    outside = _outside(there, name, fixed.kind, cast.by.get(name, []), name == cast.focus)
    return fixed.kind, (fixed.group, Group(outside))


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
    others = [
        other.value.kind for other in there.around.order if low <= other.start < high and other.value.name != hit.value.name
    ]
    return others.count(hit.value.kind), len(others)


def _inside(there: Scene, mine: list[Hit], kind: str, out: list[Trait]) -> None:
    """A name that its sentence holds: the last mention before the number, the first after it."""
    a, b = there.asked.one.start, there.asked.one.end
    left = next((hit for hit in mine[::-1] if hit.end <= a), None)
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
    if there.around.pronoun and kind == "company":
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
    page, around, start = there.asked.page, there.around, there.asked.sentence.start
    before = bisect_right(mentions, start, key=_END)
    out: list[Trait] = []
    prior = mentions[before - 1] if before else None
    if prior is not None:
        spans, end = page.spans, prior.end
        near = start - end < 3000
        back = bisect_left(_BACK, around.at - bisect_left(spans, (end, 0))) if near else 9
        lines = min(page.text.count("\n", end, start), 5) if near else 9
        place = bisect_left(spans, (prior.start + 1, 0)) - 1
        initial = place >= 0 and prior.start - spans[place][0] <= 4
        of_kind, of_all = around.latest.get(kind_of(prior)) == prior.value.name, around.last == prior.value.name
        tail = page.text[end : end + 2]
        mark = tail[0] if tail and tail[0] in "은는이가의" else "s" if tail in ("'s", "’s") else ""
        out.append((_behind, kind, back, lines, of_kind, of_all, initial, mark, around.topic == name))
        if back <= 1 and (roles := _role(there, prior, place)):
            out.append((_behind_as, kind, back, *roles))
    else:
        out.append((_with, kind, "later" if mentions else "nowhere"))
    if (mentions[0].value.kind if mentions else kind) in around.kinds:
        out.append((_with, kind, "rivalin"))
    if around.pronoun and focus:
        out.append((_with, kind, "pron"))
    elif around.pronoun and kind == "company" and prior is not None and around.latest.get("company") == name:
        out.append((_with, kind, "pronlast"))
    return out


_END = itemgetter(1)
_BACK = (0, 1, 2, 4, 8)


def _behind(
    kind: str, back: int, lines: int, of_kind: bool, of_all: bool, initial: bool, mark: str, topic: bool
) -> tuple[str, ...]:
    """A name's last mention: how many sentences and lines back, whether the last of its kind and of all, whether first in its sentence."""
    far = f"sb{back}"
    out = ["out", far, f"pb{bucket(lines, (0, 1, 2, 4))}", f"{far}|pb{bucket(lines, (0, 1, 2))}"]
    if of_kind:
        out += ("lastk", f"lastk|{far}")
    if of_all:
        out.append("lasta")
    if initial:
        out.append(f"sinit|{far}")
    if mark:
        out.append(f"top{mark}|{far}")
    if topic:
        out += ("topic", f"topic|{far}")
    return _with(kind, *out)


def _behind_as(kind: str, back: int, *roles: str) -> tuple[str, ...]:
    """How a name stands at its last mention, a sentence back or none."""
    return _with(kind, *[f"{role}|sb{back}" for role in roles])


def _role(there: Scene, hit: Hit, place: int) -> tuple[str, ...]:
    """How a name stands in a sentence before: the words beside it, whether it is the first or only one there."""
    cast, page = there.cast, there.asked.page
    if hit.start not in cast.roles:
        cast.roles[hit.start] = tuple(_roles(cast, page, hit, place))
    return cast.roles[hit.start]


def _roles(cast: Cast, page: Page, hit: Hit, place: int) -> Iterator[str]:
    text = page.text
    first, last = page.spans[place] if place >= 0 else (0, 0)
    if first <= hit.start < last:
        there = {other.value.name for other in cast.hits[bisect_left(cast.ends, first + 1) : bisect_left(cast.ends, last + 1)]}
        yield "oalone" if len(there) == 1 else f"oamong{min(len(there), 4)}"
        if cast.hits[bisect_left(cast.ends, first + 1)].value.name == hit.value.name:
            yield "ofirst"
    after, before = text[hit.end : hit.end + 14], text[max(0, hit.start - 24) : hit.start]
    particle = _PARTICLE.match(after)
    if particle:
        yield f"op:{particle[0][0]}"
        yield f"op:{particle[0]}"
        return
    words = TOKEN.findall(before.rpartition("\n")[2])
    yield f"o<{stem(words[-1])}" if words else "o<"
    words = TOKEN.findall(after.partition("\n")[0])
    yield f"o>{stem(words[0])}" if words else f"o>{after[:1].strip()}"
    if after[:1] in ",(:":
        yield f"o>{after[0]}"


_PARTICLE = re.compile(r"[가-힣]{1,2}")


def _carried(there: Scene, base: str) -> dict[str | None, list[Trait]]:
    """What the attributions before say of names: traits that still lack the kind of the name."""
    said, now, fresh, newly = there.said, there.asked.sentence, len(there.since), there.since_names
    out: dict[str | None, list[Trait]] = {}
    for name in newly:
        out[name] = [(_with, "since", f"since{min(fresh, 3)}")]
    if not said.named:
        return out

    def add(name: str | None, *trait: Any) -> None:
        if name in out:
            out[name].append(trait)
        else:
            out[name] = [trait]

    last = said.named[-1]
    far, any_fresh = apart(now.number, last.sentence), int(bool(fresh))
    doubted, rival = last.doubts[2], last.rivals[2]
    here, kinds = last.subject in there.around.local, "+".join(sorted(there.since_kinds))
    add(last.subject, _again, far, here, bool(fresh), last.subject in newly, kinds, last.base == base)
    add(last.subject, _with, f"prev?{doubted}", f"prev{far}{any_fresh}?{doubted}")
    if rival is not None and rival != last.subject:
        add(rival, _with, "prival", f"prival{far}{any_fresh}?{doubted}")
    if said.other not in (last.subject, rival):
        add(said.other, _with, "P2", f"P2{far}{any_fresh}")
    add(said.most, _with, "Pmost", f"Pmost{far}{any_fresh}")
    add(said.first.get(now.paragraph), _with, "Ppar", f"Ppar{far}{any_fresh}")
    return out


def _again(kind: str, far: str, here: bool, fresh: bool, newly: bool, kinds: str, same: bool) -> tuple[str, ...]:
    """The subject of the number before: how far back that is, which names stand since, whether of the same measure."""
    names = (
        "prev",
        f"prev{far}",
        f"prev{far}|{int(here)}",
        f"P{far}s{int(fresh)}",
        f"P{far}{'c' if kind in kinds.split('+') else 'n'}{int(newly)}",
        f"P{far}sk{kinds[:30]}",
    )
    return _with(kind, *names, f"Psame{far}{int(fresh)}") if same else _with(kind, *names)


_NO_FIRM: Trait = (named, "nocompL")
