"""Where periods come from: the number's sentence, those before it, the number before, the document's head and date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from salpi.evidence.claims.intervals import earlier_quarter
from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.periods import Mention, shifted, year_of
from salpi.evidence.judges.decided import Said, apart
from salpi.evidence.judges.moments import grain
from salpi.evidence.judges.senses import senses_of, stem
from salpi.evidence.judges.surroundings import Asked, bucket, zone
from salpi.evidence.judges.traits import Trait, named
from salpi.evidence.judges.words import TOKEN
from salpi.evidence.quantities.scan import Found

_POINTS = ("point", "part", "ago", "day", "months", "ahead", "span")
_HANGING = ("prior", "same", "again", "later", "before", "quarter")
_VAGUE = ("now", "since", "unknown", "then")
_PARTICLE = re.compile(r"\s?[가-힣]{1,2}")
_DIGITS = re.compile(r"\d+")

Offers = defaultdict[str | None, list[Trait]]
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
            out += [f"bs:{sense}" for sense in senses_of(words[-1])]
            if len(words) > 1:
                out.append(f"bb:{stem(words[-2])}_{stem(words[-1])}")
        word = TOKEN.search(after)
        if word is not None:
            out.append("n:" + stem(word[0]))
            out += [f"ns:{sense}" for sense in senses_of(word[0])]
    else:
        particle = _PARTICLE.match(after)
        if particle:
            out += ("n:" + particle[0].strip(), "n:" + particle[0].strip()[0])
        else:
            out.append(f"n:{after[:1]!r}")
        if before and before[-1] in "(·":
            out.append("b:" + before[-1])
    if mention.by:
        out.append("by")
    return tuple(out)


class Point(NamedTuple):
    """A time of a sentence that is a point, with all that does not depend on the number that it may be the time of."""

    start: int
    end: int
    period: str
    kind: str
    beside: tuple[str, ...]
    near: list[Found]  # the numbers hard beside it
    earlier: str | None  # its part in the year last named before it
    later: str | None  # its part in the year first named after it
    open: bool  # a part of a year that its words do not name


_YEAR_SAID = re.compile(r"last|this|next|year|previous|prior|earlier|same|current|half$|[해년올]|[가-힣]\s?분기|[난번음]\s", re.I)


def _points(sentence: Sentence, mentions: list[Mention]) -> list[Point]:
    starts, out = sentence.starts, list[Point]()
    years = [mention.period for mention in mentions]
    for at, mention in enumerate(mentions):
        start, end, period = mention.start, mention.end, mention.period
        if period is None:
            continue
        first, last = bisect_left(starts, start - 40), bisect_left(starts, end + 11)
        near = [other for other in sentence.found[first:last] if 0 <= other.start - end <= 10 or 0 <= start - other.end <= 10]
        earlier = later = None
        if len(period) > 4 and "/" not in period and len(mentions) > 1:
            earlier, later = _in_year(period, years[:at][::-1]), _in_year(period, years[at + 1 :])
        words = sentence.text[start - sentence.start : end - sentence.start]
        open = len(period) > 4 and "/" not in period and period[2:4] not in words and _YEAR_SAID.search(words) is None
        out.append(Point(start, end, period, mention.kind, _beside(sentence, mention), near, earlier, later, open))
    return out


def _in_year(part: str, periods: list[str | None]) -> str | None:
    """A part of a year in the first whole year of some periods."""
    year = next((period for period in periods if period and len(period) == 4), None)
    return year and year + part[4:]


class Times(NamedTuple):
    """The times of a sentence in order: those that are points, and the whole years among them; those that hang on others; the rest."""

    points: list[Point]
    starts: list[int]
    ends: list[int]
    years: str | None  # the range that the years span
    hanging: list[tuple[Mention, tuple[str, ...]]]  # with the words beside each, where these are asked for
    vague: list[Mention]

    @classmethod
    def of(cls, sentence: Sentence) -> Times:
        if not sentence.times:
            return _NO_TIMES
        pointing, hanging, vague = list[Mention](), list[tuple[Mention, tuple[str, ...]]](), list[Mention]()
        for mention in sentence.times:
            if mention.kind in _POINTS and mention.period:
                pointing.append(mention)
            elif mention.kind in _HANGING:
                hanging.append((mention, _beside(sentence, mention) if mention.kind == "prior" else ()))
            elif mention.kind in _VAGUE:
                vague.append(mention)
        points = _points(sentence, pointing) if pointing else []
        years = [point.period for point in points if len(point.period) == 4]
        return cls(
            points,
            [point.start for point in points],
            [point.end for point in points],
            f"{years[0]}/{years[-1]}" if len(years) > 1 and years[0] < years[-1] else None,
            hanging,
            vague,
        )


_NO_TIMES = Times([], [], [], None, [], [])


@lru_cache(maxsize=10_000)
def in_years(period: str | None, years: int) -> str | None:
    """The same part of another year; few periods are asked for again and again."""
    return shifted(period, years)


def no_time(untimed: bool, pointless: bool, left: bool, right: bool, fresh: bool) -> tuple[str, ...]:
    """No period at all: whether the sentence says any time."""
    said = ((untimed, "notime"), (pointless, "nopoint"), (left, "L"), (right, "R"), (fresh, "nocarry"))
    return ("null", *(f"null|{name}" for holds, name in said if holds))


def of_the_head(out: Offers, page: Page) -> None:
    for mention in page.times:
        if mention.start > 300:
            break
        if mention.kind in ("point", "part") and mention.period:
            out[mention.period].append((named, "head", f"head|{grain(mention.period)}"))
            break
    if page.headline:
        out[page.headline].append((named, "headline", f"headline|{int(page.single)}"))
        out[in_years(page.headline, -1)].append((named, "headline-1"))


def mentioned(back: int, same: str, place: int, by: bool, sole: bool) -> tuple[str, ...]:
    """A sentence before holds a time: how far back, in which paragraph, whether the last of that sentence."""
    tag = f"prev{back}{same}"
    out = (f"{tag}|i{place}", f"{tag}|by{int(by)}", f"prev{same}")
    return (*out, f"{tag}|sole") if sole else out


def of_sentences_before(out: Offers, sentence: Sentence, near: dict[int, Sentence]) -> str | None:
    latest = None
    for back in range(1, 7):
        other = near.get(sentence.number - back)
        if other is None or not other.times:
            continue
        points = [mention for mention in other.times if mention.kind in ("point", "part", "ago") and mention.period]
        same = "p" if other.paragraph == sentence.paragraph else "q" if other.paragraph == sentence.paragraph - 1 else "r"
        far = bucket(back, (1, 2, 4))
        for at, mention in enumerate(reversed(points)):
            out[mention.period].append((mentioned, far, same, min(at, 1), mention.by, len(points) == 1))
            latest = latest or mention.period
    return latest


def number_before(far: str, same: str, fresh: int, later: bool, doubt: str) -> tuple[str, ...]:
    """The number before has this period: how far back, of which kind, whether times stand since, with how much doubt."""
    tag = f"{fresh}{int(later)}"
    return (
        f"pq{far}",
        f"pq{far}{same}",
        f"pq{far}fr{tag}",
        f"pq{far}{same}fr{tag}",
        f"pq{far}?{doubt}",
        f"pq{far}{same}fr{tag}?{doubt}",
    )


def _as_before(far: str, same: str, form: str, status: str) -> tuple[str, ...]:
    """The form and the status of the number before, which has this period."""
    return f"pq{far}{same}|{form}", f"pq{far}st{status}"


def _number_further(back: int, near: str, same: bool, fresh: int) -> tuple[str, ...]:
    """A number further back has this period: how many periods back, in the same sentence or paragraph."""
    return f"pf{back}", f"pf{back}{near}", f"pf{near}{int(same)}{fresh}"


def _most(fresh: int, later: bool, far: str) -> tuple[str, ...]:
    """The period said most often; whether times stand since the number before, and how far back that is."""
    return "pmost", f"pmost{fresh}{int(later)}", f"pmost{far}"


def of_the_number_before(out: Offers, asked: Asked, said: Said) -> None:
    last, sentence, kind = said.named[-1], asked.sentence, asked.kind
    begin, end = asked.one.start, asked.one.end
    far = apart(sentence.number, last.sentence)
    fresh, later = 0, False
    if sentence.times:
        start = last.end if far == "0" else 0
        fresh = sum([start <= mention.start and mention.end <= begin for mention in sentence.times])
        later = sentence.times[-1].start >= end
    same = "s" if last.kind == kind else "d"
    period, rival, doubt = last.period, last.rivals[1], last.doubts[1]
    few = min(fresh, 2)
    if period is not None:
        out[in_years(period, -1)].append((named, f"pqbefore{far}", f"pqbefore{far}{same}", f"pqbefore{far}fr{few}"))
    out[period] += (number_before, far, same, few, later, doubt), (_as_before, far, same, last.form, last.status)
    if rival is not None:
        out[rival].append((named, f"pqrival{far}", f"pqrival{far}{few}?{doubt}"))
    few = min(fresh, 1)
    seen = [period]
    for other in said.named[-2:-8:-1]:
        period = other.period
        if period not in seen:
            near = "s" if other.sentence == sentence.number else "p" if other.paragraph == sentence.paragraph else "d"
            out[period].append((_number_further, len(seen), near, other.kind == kind, few))
            seen.append(period)
    out[said.when].append((_most, few, later, far))


def placed(tag: str, place: str, far: int, kind: str, free: bool) -> tuple[str, ...]:
    """A time of the sentence: side and order, clause, distance; ``free`` of numbers in between."""
    side = tag[0]
    out = tag, tag + place, side + place, f"{tag}|d{far}", f"{side}k:{kind}"
    return (*out, f"{side}free") if free else out


def _placed_beside(tag: str, beside: tuple[str, ...]) -> tuple[str, ...]:
    """The words beside a time of the sentence, by its side and order."""
    side = tag[0]
    return (*[side + each for each in beside], *[tag + each for each in beside])


def _gap(side: str, gap: str) -> tuple[str, ...]:
    return (f"{side}gap:{_DIGITS.sub('#', gap.strip().lower())}",)


def _crowded(tag: str, free: bool) -> tuple[str, ...]:
    """Another number stands hard beside a time."""
    return (f"{tag}near{int(not free)}",)


def _shifted(side: str, beside: tuple[str, ...]) -> tuple[str, ...]:
    return "shift-1" + side, *(f"shift-1{side}{each}" for each in beside)


_TAGS = {side: tuple(f"{side}{at}" for at in range(3)) for side in "LR"}


def of_the_sentence(
    out: Offers, asked: Asked, times: Times, before: int, after: int, years: Sequence[tuple[str, int]] = ()
) -> None:
    """The points ``before`` the number, the nearest first, and those from ``after`` on.

    ``years`` that were spoken of before: a nearest point whose words name none may be of them.
    """
    a, b, starts = asked.one.start, asked.one.end, asked.sentence.starts
    first = bisect_left(starts, a)
    for at, point in enumerate(reversed(times.points[:before])):
        free = bisect_left(starts, point.end) >= first
        _of_a_point(out, asked, "L", at, point, point.end, a, free)
        if at == 0:
            out[in_years(point.period, -1)].append((_shifted, "L", point.beside))
            _of_other_years(out, "L", point, years)
        if point.earlier is not None:
            out[point.earlier].append((named, "partofL"))
    first = bisect_left(starts, b)
    for at, point in enumerate(times.points[after:]):
        free = first >= bisect_left(starts, point.start)
        _of_a_point(out, asked, "R", at, point, b, point.start, free)
        if at == 0 and not before:
            out[in_years(point.period, -1)].append((_shifted, "R", point.beside))
            _of_other_years(out, "R", point, years)
        if point.later is not None:
            out[point.later].append((named, "partofR"))


def _of_other_years(out: Offers, side: str, point: Point, years: Sequence[tuple[str, int]]) -> None:
    if point.open:
        for name, year in years:
            if str(year) != point.period[:4]:
                out[f"{year}{point.period[4:]}"].append((named, f"yearof{name}{side}"))


def _of_a_point(out: Offers, asked: Asked, side: str, at: int, point: Point, low: int, high: int, free: bool) -> None:
    """A point and its parts; ``low`` … ``high``: what stands between it and the number."""
    sentence, one, period = asked.sentence, asked.one, point.period
    tag = _TAGS[side][min(at, 2)]
    place = zone(sentence, one.start, one.end, point.start, point.end)
    far, mine = high - low, out[period]
    mine.append((placed, tag, place, bisect_left(_DISTANCES, far), point.kind, free))
    if at < 2:
        mine.append((_placed_beside, tag, point.beside))
    if far <= 14:
        mine.append((_gap, side, sentence.text[low - sentence.start : high - sentence.start]))
    near = point.near
    if near and (len(near) > 1 or near[0] is not one):
        mine.append((_crowded, tag, free))
    if "/" in period:
        first_part, last_part = period.split("/")
        out[last_part].append((named, "endof" + side))
        out[first_part].append((named, "startof" + side))


_DISTANCES = (1, 3, 8, 20, 50)


def hung(kind: str, side: str, hook: str, at: int, key: str | None, beside: tuple[str, ...]) -> tuple[str, ...]:
    """A time that hangs on another one: on which, the how manieth of those that it could hang on."""
    out = (f"{kind}{side}{hook}", f"{kind}{side}{hook}{at}")
    return out if key is None else (*out, key + hook, *(f"{kind}{each}" for each in beside))


def relative(out: Offers, asked: Asked, times: Times, said: Said, before: int, after: int, carried: str | None) -> None:
    """Times that hang on another one: "a year earlier", "the same period of 2023", "전년"."""
    page, sentence, one = asked.page, asked.sentence, asked.one
    points, now = times.points, page.anchor.this_year
    hooks = [
        ("L", points[before - 1].period if before else None),
        ("q", said.named[-1].period if said.named else None),
        ("c", carried),
        ("R", points[after].period if after < len(points) else None),
        ("h", page.headline),
        ("n", str(now) if now else None),
    ]
    anchors = [(name, period) for name, period in hooks if period]
    for mention, beside in times.hanging:
        kind, (side, key) = mention.kind, _sided(sentence, one, mention)
        if kind == "prior":
            for at, (name, period) in enumerate(anchors):
                out[in_years(period, -1)].append((hung, kind, side, name, at, key, beside))
        elif kind == "same":
            for at, (name, period) in enumerate(anchors):
                step = mention.year - (year_of(period) or 0) if mention.year else -1
                out[in_years(period, step)].append((hung, kind, side, name, at, key, ()))
        elif kind == "quarter":
            if mention.period is not None:
                out[mention.period].append((hung, kind, side, "d", 0, key, ()))
            for at, (name, period) in enumerate(anchors):
                if (earlier := earlier_quarter(period)) is not None:
                    out[earlier].append((hung, kind, side, name, at, key, ()))
        elif kind == "again":
            for at, (name, period) in enumerate(anchors):
                out[period].append((hung, kind, side, name, at, None, ()))
        else:
            for at, (name, period) in enumerate(anchors):
                step = (mention.year or 1) * (1 if kind == "later" else -1)
                out[in_years(period, step)].append((named, f"{kind}{side}{name}{at}"))


def vague(out: Offers, asked: Asked, times: Times) -> None:
    """Times that say no period: "now", "since then"."""
    for mention in times.vague:
        side, key = _sided(asked.sentence, asked.one, mention)
        out[None].append((named, key, f"{mention.kind}{side}"))


def _sided(sentence: Sentence, one: Found, mention: Mention) -> tuple[str, str]:
    """The side of a time; its kind with side and clause."""
    side = "L" if mention.end <= one.start else "R"
    return side, f"{mention.kind}{side}{zone(sentence, one.start, one.end, mention.start, mention.end)[1:]}"


def of_the_document(out: Offers, asked: Asked) -> None:
    page = asked.page
    now, day = page.anchor.this_year, page.anchor.day
    if asked.sentence.aim:
        out[asked.sentence.aim].append((named, "aim"))
    if now:
        out[str(now)].append((named, "docyear"))
        out[str(now - 1)].append((named, "docyear-1"))
    if day:
        months = day.year * 12 + day.month - 1
        out[f"{day.year}-{day.month:02d}"].append((named, "docmonth"))
        out[f"{(months - 1) // 12}-{(months - 1) % 12 + 1:02d}"].append((named, "docmonth-1"))
        quarter = months // 3 - 1
        out[f"{quarter // 4}-Q{quarter % 4 + 1}"].append((named, "lastq"))
