"""Which period a number refers to: one that its sentence, the sentences before or the document's date offer, or none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.periods import Mention, shifted, year_of
from salpi.evidence.judges.decided import Said, apart, doubt
from salpi.evidence.judges.moments import grain, tense
from salpi.evidence.judges.senses import senses, stem
from salpi.evidence.judges.surroundings import TOKEN, Asked, bucket, words_of, zone
from salpi.evidence.judges.tables import Candidate, Group, best, runner_up
from salpi.evidence.judges.traits import Trait, named, spell
from salpi.evidence.judges.weights import Weights

_POINTS = ("point", "part", "ago", "day")
_AGAINST = re.compile(
    r"(?:\b(?:from|against|compared with|compared to|versus|vs\.?|(?<!more )(?<!less )(?<!fewer )than|up from|down from"
    r"|as against|after)[ ](?:the[ ])?(?:an?[ ](?:[a-z]+[ ])?(?:loss|profit|deficit|surplus|gain|shortfall"
    r"|total|level|record|high|low|peak|average|median)[ ]of[ ])?"
    r"(?:(?:about|around|just|only|nearly|current|roughly|over|a|some|previous)[ ]){0,3}|대비\s?|\()$",
    re.I,
)
_DIGITS = re.compile(r"\d+")


class About(NamedTuple):
    """What the number itself says of its time: traits that come in few combinations, and those that vary freely."""

    often: tuple[Trait, ...]
    seldom: tuple[Trait, ...]


def _of_measure(base: str, form: str, kind: str | None, unit: str) -> tuple[str, ...]:
    return "", f"b={base}", f"f={form}", f"kd={kind}", f"kd={kind}|{form}", f"u={unit}"


def _word(side: str, word: str) -> tuple[str, ...]:
    known = word[:2] if side == "r" and "가" <= word[0] <= "힣" else stem(word)
    return f"{side}w:{known}", *(f"{side}s:{sense}" for sense in senses().of(word))


def about(asked: Asked, base: str, form: str) -> About:
    """What the number itself says of its time, to be crossed with each candidate."""
    sentence, one = asked.sentence, asked.one
    a, b, start, text = one.start, one.end, sentence.start, sentence.text
    often: list[Trait] = [(_of_measure, base, form, asked.page.catalogue.kinds.get(base, "flow"), asked.kind)]
    seldom: list[Trait] = []
    if _AGAINST.search(text[max(0, a - start - 64) : a - start]):
        often.append((named, "against"))
    for hit in sentence.cues:
        side, far = ("L", sentence.far(hit.end, a)) if hit.end <= a else ("R", sentence.far(b, hit.start))
        if far < 8:
            seldom.append((named, f"cue:{hit.value}{side}"))
    words = words_of(asked)
    first, stop, again, last = words.window(a - start, b - start, (1, 30), (1, 24))
    seldom += [(_word, "l", word) for word in words.words[first:stop]]
    seldom += [(_word, "r", word) for word in words.words[again:last]]
    if sentence.lang == "en":
        seldom += asked.once("verbs", lambda: [(named, f"v:{each}") for each in _verbs(text)])
    else:
        ending = asked.once("ending", lambda: _ENDING.search(text[-12:]))
        if ending is not None:
            seldom.append((named, "end:" + ending[1][-2:]))
    for holds, name in ((sentence.bullet, "bullet"), (sentence.heading, "heading"), (asked.cell, "cell")):
        if holds:
            often.append((named, name))
    return About(tuple(often), tuple(seldom))


_VERBS = re.compile(
    r"\b(?:(?P<future>will|would|shall|should|could|may|might|to be|expects?|plans?|aims?|wants?|hopes?|'ll)"
    r"|(?P<perfect>(?:has|have|'ve)(?: \w+ly| now| already| since| so far| been| also)?(?: \w+ed\b| \w+[a-z]n\b| made| sold| won| built| cut| put| let| had)?)"
    r"|(?P<present>is|are|am|'s|'re|stands?|holds?|employs?|runs?|counts?|owns?|hosts?|makes?|takes?|needs?|sells?|does|do|lists?)"
    r"|(?P<past>was|were|had|did|\w{2,}ed|rose|fell|came|took|made|sold|won|built|grew|went|got|gave|held|stood|paid|spent|lost|brought|bought"
    r"|began|drew|ran|rang|shrank|sank|slid|swelled|hit|met|saw|became|kept|left|led|shot|leapt|outdid|beat|struck|set up))\b"
)


def _verbs(text: str) -> list[str]:
    """The tenses that an English sentence's verbs may be in."""
    return sorted({match.lastgroup or "" for match in _VERBS.finditer(text)})


_ENDING = re.compile(r"([가-힣]{1,3})[.\"”)]*\s*$")

Offers = dict[str | None, list[Trait]]
"""Candidate periods with what speaks for each."""


def _beside(sentence: Sentence, mention: Mention) -> tuple[str, ...]:
    """The words and particles beside a time expression."""
    text, start, end = sentence.text, mention.start - sentence.start, mention.end - sentence.start
    before, after = text[max(0, start - 24) : start], text[end : end + 14]
    out = []
    if sentence.lang == "en":
        words = TOKEN.findall(before)
        if words:
            out.append("b:" + stem(words[-1]))
            out += [f"bs:{sense}" for sense in senses().of(words[-1])]
            if len(words) > 1:
                out.append(f"bb:{stem(words[-2])}_{stem(words[-1])}")
        words = TOKEN.findall(after)
        if words:
            out.append("n:" + stem(words[0]))
            out += [f"ns:{sense}" for sense in senses().of(words[0])]
    else:
        particle = re.match(r"\s?[가-힣]{1,2}", after)
        if particle:
            out += ("n:" + particle[0].strip(), "n:" + particle[0].strip()[0])
        else:
            out.append(f"n:{after[:1]!r}")
        if before and before[-1] in "(·":
            out.append("b:" + before[-1])
    if mention.by:
        out.append("by")
    return tuple(out)


class Times(NamedTuple):
    """The times of a sentence: those that are points with the words beside each, the whole years among them."""

    points: list[Mention]
    beside: dict[int, tuple[str, ...]]  # start of a mention → names
    years: str | None  # the range that they span

    @classmethod
    def of(cls, sentence: Sentence) -> Times:
        points = [mention for mention in sentence.times if mention.kind in _POINTS and mention.period]
        years = [mention.period for mention in points if mention.period and len(mention.period) == 4]
        beside = {mention.start: _beside(sentence, mention) for mention in sentence.times}
        return cls(points, beside, f"{years[0]}/{years[-1]}" if len(years) > 1 and years[0] < years[-1] else None)


Look = tuple[str, str]
"""A period's grain and tense."""


def _look(asked: Asked, period: str | None) -> Look:
    """How a period looks from the page."""
    looks: dict[str | None, Look] = asked.once_a_page("looks", dict)
    found = looks.get(period)
    if found is None:
        found = looks[period] = grain(period), tense(asked.page, period)
    return found


def _group(traits: Iterable[Trait], look: Look) -> Group:
    """What speaks for a period, with its look by itself."""
    return Group([(_alone, *look), *_with_looks(traits, look)])


class Everywhere(NamedTuple):
    """What speaks for periods in the whole document: ``beside`` other traits, or ``alone``."""

    beside: dict[str | None, Group]
    alone: dict[str | None, Group]

    @classmethod
    def of(cls, asked: Asked) -> Everywhere:
        """For all sentences with the aim of this one."""
        out: Offers = {}
        _of_the_head(out, asked.page)
        _of_the_document(out, asked)
        beside = {period: Group(_with_looks(traits, _look(asked, period))) for period, traits in out.items()}
        return cls(beside, {period: _group(traits, _look(asked, period)) for period, traits in out.items()})


class Fixed(NamedTuple):
    """What speaks for periods whatever the number of a sentence; the last period of the sentences before."""

    groups: dict[str | None, tuple[Group, ...]]
    carried: str | None

    @classmethod
    def of(cls, asked: Asked, near: dict[int, Sentence]) -> Fixed:
        before: Offers = {}
        latest = _of_sentences_before(before, asked.sentence, near)
        beside, alone = asked.once_a_page(f"times, {asked.sentence.aim}", lambda: Everywhere.of(asked))
        groups = {
            period: (_group(traits, _look(asked, period)), *([beside[period]] if period in beside else ()))
            for period, traits in before.items()
        }
        groups.update({period: (group,) for period, group in alone.items() if period not in before})
        return cls(groups, latest)


def candidates(asked: Asked, said: Said, near: dict[int, Sentence]) -> dict[str | None, Candidate]:
    """Period → what speaks for it. ``near``: the document's sentences by number (none for a table's cells)."""
    fixed = asked.once("offers", lambda: Fixed.of(asked, near))
    found = _offers(asked, said, fixed)
    out = {
        period: Candidate(groups, _with_looks(found[period], _look(asked, period)) if period in found else ())
        for period, groups in fixed.groups.items()
    }
    for period, traits in found.items():
        if period not in out:
            look = _look(asked, period)
            out[period] = Candidate((), [(_alone, *look), *_with_looks(traits, look)])
    return out


def _offers(asked: Asked, said: Said, fixed: Fixed) -> Offers:
    """Period → what speaks for it at this number."""
    page, sentence, one = asked.page, asked.sentence, asked.one
    times = asked.once("times", lambda: Times.of(sentence))
    left = [mention for mention in times.points if mention.end <= one.start][::-1]
    right = [mention for mention in times.points if mention.start >= one.end]
    out: Offers = {}
    _of_the_number_before(out, asked, said)
    for side, mentions in (("L", left), ("R", right)):
        for at, mention in enumerate(mentions):
            _of_the_sentence(out, asked, times, side, at, mention, mentions, bool(left))
    if times.years is not None:
        _add(out, times.years, (named, "pair"))
    if len(times.points) < len(sentence.times):
        _relative(out, asked, times, said, left, right, fixed.carried)
    budget = page.budget_before(one.start)
    if budget:
        _add(out, budget, (named, "budget"))
    _add(out, None, (_none, not sentence.times, not times.points, bool(left), bool(right), fixed.carried is None))
    return out


def _add(out: Offers, period: str | None, *traits: Trait) -> None:
    """More reasons for a period."""
    known = out.get(period)
    if known is None:
        out[period] = list(traits)
    else:
        known += traits


def _none(untimed: bool, pointless: bool, left: bool, right: bool, fresh: bool) -> tuple[str, ...]:
    """No period at all: whether the sentence says any time."""
    said = ((untimed, "notime"), (pointless, "nopoint"), (left, "L"), (right, "R"), (fresh, "nocarry"))
    return ("null", *(f"null|{name}" for holds, name in said if holds))


def _of_the_head(out: Offers, page: Page) -> None:
    for mention in page.times:
        if mention.start > 300:
            break
        if mention.kind in ("point", "part") and mention.period:
            _add(out, mention.period, (named, "head", f"head|{grain(mention.period)}"))
            break
    if page.headline:
        _add(out, page.headline, (named, "headline", f"headline|{int(page.single)}"))


def _mentioned(back: int, same: str, place: int, by: bool, sole: bool) -> tuple[str, ...]:
    """A sentence before holds a time: how far back, in which paragraph, whether the last of that sentence."""
    tag = f"prev{back}{same}"
    out = (f"{tag}|i{place}", f"{tag}|by{int(by)}", f"prev{same}")
    return (*out, f"{tag}|sole") if sole else out


def _of_sentences_before(out: Offers, sentence: Sentence, near: dict[int, Sentence]) -> str | None:
    latest = None
    for back in range(1, 7):
        other = near.get(sentence.number - back)
        if other is None:
            continue
        points = [mention for mention in other.times if mention.kind in ("point", "part", "ago") and mention.period]
        same = "p" if other.paragraph == sentence.paragraph else "q" if other.paragraph == sentence.paragraph - 1 else "r"
        far = bucket(back, (1, 2, 4))
        for at, mention in enumerate(reversed(points)):
            _add(out, mention.period, (_mentioned, far, same, min(at, 1), mention.by, len(points) == 1))
            latest = latest or mention.period
    return latest


def _number_before(far: str, same: str, form: str, fresh: int, later: bool, status: str, doubt: str) -> tuple[str, ...]:
    """The number before has this period: how far back, of what form and status, whether times stand since."""
    tag = f"{fresh}{int(later)}"
    return (
        f"pq{far}",
        f"pq{far}{same}",
        f"pq{far}{same}|{form}",
        f"pq{far}fr{tag}",
        f"pq{far}{same}fr{tag}",
        f"pq{far}st{status}",
        f"pq{far}?{doubt}",
        f"pq{far}{same}fr{tag}?{doubt}",
    )


def _number_further(back: int, near: str, same: bool, fresh: int) -> tuple[str, ...]:
    """A number further back has this period: how many periods back, in the same sentence or paragraph."""
    return f"pf{back}", f"pf{back}{near}", f"pf{near}{int(same)}{fresh}"


def _of_the_number_before(out: Offers, asked: Asked, said: Said) -> None:
    if not said.named:
        return
    last, sentence, one = said.named[-1], asked.sentence, asked.one
    far = apart(asked.sentence.number, last.sentence)
    start = last.end if far == "0" else 0
    fresh = sum(start <= mention.start and mention.end <= one.start for mention in sentence.times)
    later = any(mention.start >= one.end for mention in sentence.times)
    same = "s" if last.kind == asked.kind else "d"
    _add(out, last.period, (_number_before, far, same, last.form, min(fresh, 2), later, last.status, last.doubts[1]))
    if last.rivals[1] is not None:
        _add(out, last.rivals[1], (named, f"pqrival{far}", f"pqrival{far}{min(fresh, 2)}?{last.doubts[1]}"))
    seen = [last.period]
    for other in said.named[-2:-8:-1]:
        if other.period not in seen:
            near = "s" if other.sentence == sentence.number else "p" if other.paragraph == sentence.paragraph else "d"
            _add(out, other.period, (_number_further, len(seen), near, other.kind == asked.kind, min(fresh, 1)))
            seen.append(other.period)
    _add(out, said.when, (named, "pmost", f"pmost{min(fresh, 1)}{int(later)}", f"pmost{far}"))


def _placed(tag: str, place: str, far: int, kind: str, free: bool, beside: tuple[str, ...], second: bool) -> tuple[str, ...]:
    """A time of the sentence: side and order, clause, distance, the words beside it; ``free`` of numbers in between."""
    side = tag[0]
    out: tuple[str, ...] = (tag, tag + place, side + place, f"{tag}|d{far}", f"{side}k:{kind}")
    if not second:
        out += (*[side + each for each in beside], *[f"{tag}{each}" for each in beside])
    return (*out, f"{side}free") if free else out


def _gap(side: str, gap: str) -> tuple[str, ...]:
    return (f"{side}gap:{_DIGITS.sub('#', gap.strip().lower())}",)


def _shifted(side: str, beside: tuple[str, ...]) -> tuple[str, ...]:
    return "shift-1" + side, *(f"shift-1{side}{each}" for each in beside)


def _of_the_sentence(
    out: Offers, asked: Asked, times: Times, side: str, at: int, mention: Mention, mentions: list[Mention], before: bool
) -> None:
    sentence, a, b, start = asked.sentence, asked.one.start, asked.one.end, asked.sentence.start
    period = mention.period or ""
    far = a - mention.end if side == "L" else mention.start - b
    low, high = (mention.end, a) if side == "L" else (b, mention.start)
    starts, found = sentence.starts, sentence.found
    between = bisect_left(starts, low) < bisect_left(starts, high)
    place, tag, beside = zone(sentence, a, b, mention.start, mention.end), f"{side}{min(at, 2)}", times.beside[mention.start]
    _add(out, period, (_placed, tag, place, bucket(far, (1, 3, 8, 20, 50)), mention.kind, not between, beside, at >= 2))
    if far <= 14:
        _add(out, period, (_gap, side, sentence.text[low - start : high - start]))
    first, last = bisect_left(starts, mention.start - 40), bisect_left(starts, mention.end + 11)
    if any(
        other is not asked.one and (0 <= other.start - mention.end <= 10 or 0 <= mention.start - other.end <= 10)
        for other in found[first:last]
    ):
        _add(out, period, (named, f"{tag}near{int(between)}"))
    if "/" in period:
        first_part, last_part = period.split("/")
        _add(out, last_part, (named, "endof" + side))
        _add(out, first_part, (named, "startof" + side))
    if at == 0 and (side == "L" or not before):
        _add(out, shifted(period, -1), (_shifted, side, beside))
    if len(period) > 4 and "/" not in period:
        year = next((other.period for other in mentions[at + 1 :] if other.period and len(other.period) == 4), None)
        if year:
            _add(out, year + period[4:], (named, "partof" + side))


def _hung(kind: str, side: str, hook: str, at: int, key: str | None, beside: tuple[str, ...]) -> tuple[str, ...]:
    """A time that hangs on another one: on which, the how manieth of those that it could hang on."""
    out = (f"{kind}{side}{hook}", f"{kind}{side}{hook}{at}")
    return out if key is None else (*out, key + hook, *(f"{kind}{each}" for each in beside))


def _relative(
    out: Offers, asked: Asked, times: Times, said: Said, left: list[Mention], right: list[Mention], carried: str | None
) -> None:
    """Times that hang on another one: "a year earlier", "the same period of 2023", "전년"."""
    page, sentence, one = asked.page, asked.sentence, asked.one
    now = page.anchor.this_year
    hooks = [
        ("L", left[0].period if left else None),
        ("q", said.named[-1].period if said.named else None),
        ("c", carried),
        ("R", right[0].period if right else None),
        ("h", page.headline),
        ("n", str(now) if now else None),
    ]
    anchors = [(name, period) for name, period in hooks if period]
    for mention in sentence.times:
        kind = mention.kind
        if kind in _POINTS and mention.period:
            continue
        side = "L" if mention.end <= one.start else "R"
        key = f"{kind}{side}{zone(sentence, one.start, one.end, mention.start, mention.end)[1:]}"
        if kind == "prior":
            for at, (name, period) in enumerate(anchors):
                _add(out, shifted(period, -1), (_hung, kind, side, name, at, key, times.beside[mention.start]))
        elif kind == "same":
            for at, (name, period) in enumerate(anchors):
                step = mention.year - (year_of(period) or 0) if mention.year else -1
                _add(out, shifted(period, step), (_hung, kind, side, name, at, key, ()))
        elif kind == "again":
            for at, (name, period) in enumerate(anchors):
                _add(out, period, (_hung, kind, side, name, at, None, ()))
        elif kind in ("later", "before"):
            for at, (name, period) in enumerate(anchors):
                step = (mention.year or 1) * (1 if kind == "later" else -1)
                _add(out, shifted(period, step), (named, f"{kind}{side}{name}{at}"))
        elif kind in ("now", "since", "unknown", "then"):
            _add(out, None, (named, key, f"{kind}{side}"))


def _of_the_document(out: Offers, asked: Asked) -> None:
    page = asked.page
    now, day = page.anchor.this_year, page.anchor.day
    if asked.sentence.aim:
        _add(out, asked.sentence.aim, (named, "aim"))
    if now:
        _add(out, str(now), (named, "docyear"))
        _add(out, str(now - 1), (named, "docyear-1"))
    if day:
        months = day.year * 12 + day.month - 1
        _add(out, f"{day.year}-{day.month:02d}", (named, "docmonth"))
        _add(out, f"{(months - 1) // 12}-{(months - 1) % 12 + 1:02d}", (named, "docmonth-1"))
        quarter = months // 3 - 1
        _add(out, f"{quarter // 4}-Q{quarter % 4 + 1}", (named, "lastq"))


def _alone(size: str, when: str) -> tuple[str, ...]:
    return f"g={size}", f"t={when}", f"g={size}|t={when}"


def _with(trait: Trait, size: str, when: str) -> tuple[str, ...]:
    """What speaks for a period, by itself and with its grain and tense."""
    return tuple(each for name in spell(trait) for each in (name, f"{name}|{when}", f"{name}|{size}"))


def _with_looks(traits: Iterable[Trait], look: Look) -> list[Trait]:
    return [(_with, trait, *look) for trait in traits]


def decide(
    weights: Weights, asked: Asked, said: Said, near: dict[int, Sentence], about: About
) -> tuple[str | None, float, str, str | None]:
    """The period with its probability, where it was found, and the next best where there is doubt.

    ``about``: what the number says of its time.
    """
    found = candidates(asked, said, near)
    scores = weights.period.scores(found.values(), about.often, about.seldom)
    spot, sure = best(scores)
    periods = list(found)
    rival = runner_up(scores, spot) if doubt(sure) != "0" else None
    return periods[spot], sure, _where(periods[spot], found[periods[spot]]), None if rival is None else periods[rival]


_KINDS_OF_TIME = {_hung: "relative to another period", _number_before: "period of the number before", _mentioned: "carried"}


def _where(period: str | None, candidate: Candidate) -> str:
    """Where a period was found, for people."""
    if period is None:
        return "no time said"
    traits = [trait[1] for trait in candidate.all() if trait[0] is _with]
    placed = {trait[1] for trait in traits if trait[0] is _placed}
    for tag, words in (("L0", "named before"), ("R0", "named later"), ("L1", "named before"), ("R1", "named later")):
        if tag in placed:
            return words
    functions = {trait[0] for trait in traits}
    return next((words for function, words in _KINDS_OF_TIME.items() if function in functions), "of the document")
