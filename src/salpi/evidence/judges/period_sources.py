"""Where periods come from: the number's sentence, those before it, the number before, the document's head and date."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.periods import Mention, shifted, year_of
from salpi.evidence.judges.decided import Said, apart
from salpi.evidence.judges.moments import grain
from salpi.evidence.judges.senses import senses, stem
from salpi.evidence.judges.surroundings import Asked, bucket, zone
from salpi.evidence.judges.traits import Trait, named
from salpi.evidence.judges.words import TOKEN

_POINTS = ("point", "part", "ago", "day")
_DIGITS = re.compile(r"\d+")

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


def offer(out: Offers, period: str | None, *traits: Trait) -> None:
    """More reasons for a period."""
    known = out.get(period)
    if known is None:
        out[period] = list(traits)
    else:
        known += traits


def no_time(untimed: bool, pointless: bool, left: bool, right: bool, fresh: bool) -> tuple[str, ...]:
    """No period at all: whether the sentence says any time."""
    said = ((untimed, "notime"), (pointless, "nopoint"), (left, "L"), (right, "R"), (fresh, "nocarry"))
    return ("null", *(f"null|{name}" for holds, name in said if holds))


def of_the_head(out: Offers, page: Page) -> None:
    for mention in page.times:
        if mention.start > 300:
            break
        if mention.kind in ("point", "part") and mention.period:
            offer(out, mention.period, (named, "head", f"head|{grain(mention.period)}"))
            break
    if page.headline:
        offer(out, page.headline, (named, "headline", f"headline|{int(page.single)}"))


def mentioned(back: int, same: str, place: int, by: bool, sole: bool) -> tuple[str, ...]:
    """A sentence before holds a time: how far back, in which paragraph, whether the last of that sentence."""
    tag = f"prev{back}{same}"
    out = (f"{tag}|i{place}", f"{tag}|by{int(by)}", f"prev{same}")
    return (*out, f"{tag}|sole") if sole else out


def of_sentences_before(out: Offers, sentence: Sentence, near: dict[int, Sentence]) -> str | None:
    latest = None
    for back in range(1, 7):
        other = near.get(sentence.number - back)
        if other is None:
            continue
        points = [mention for mention in other.times if mention.kind in ("point", "part", "ago") and mention.period]
        same = "p" if other.paragraph == sentence.paragraph else "q" if other.paragraph == sentence.paragraph - 1 else "r"
        far = bucket(back, (1, 2, 4))
        for at, mention in enumerate(reversed(points)):
            offer(out, mention.period, (mentioned, far, same, min(at, 1), mention.by, len(points) == 1))
            latest = latest or mention.period
    return latest


def number_before(far: str, same: str, form: str, fresh: int, later: bool, status: str, doubt: str) -> tuple[str, ...]:
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


def of_the_number_before(out: Offers, asked: Asked, said: Said) -> None:
    if not said.named:
        return
    last, sentence, one = said.named[-1], asked.sentence, asked.one
    far = apart(asked.sentence.number, last.sentence)
    start = last.end if far == "0" else 0
    fresh = sum(start <= mention.start and mention.end <= one.start for mention in sentence.times)
    later = any(mention.start >= one.end for mention in sentence.times)
    same = "s" if last.kind == asked.kind else "d"
    offer(out, last.period, (number_before, far, same, last.form, min(fresh, 2), later, last.status, last.doubts[1]))
    if last.rivals[1] is not None:
        offer(out, last.rivals[1], (named, f"pqrival{far}", f"pqrival{far}{min(fresh, 2)}?{last.doubts[1]}"))
    seen = [last.period]
    for other in said.named[-2:-8:-1]:
        if other.period not in seen:
            near = "s" if other.sentence == sentence.number else "p" if other.paragraph == sentence.paragraph else "d"
            offer(out, other.period, (_number_further, len(seen), near, other.kind == asked.kind, min(fresh, 1)))
            seen.append(other.period)
    offer(out, said.when, (named, "pmost", f"pmost{min(fresh, 1)}{int(later)}", f"pmost{far}"))


def placed(tag: str, place: str, far: int, kind: str, free: bool, beside: tuple[str, ...], second: bool) -> tuple[str, ...]:
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


def of_the_sentence(
    out: Offers, asked: Asked, times: Times, side: str, at: int, mention: Mention, mentions: list[Mention], before: bool
) -> None:
    sentence, a, b, start = asked.sentence, asked.one.start, asked.one.end, asked.sentence.start
    period = mention.period or ""
    far = a - mention.end if side == "L" else mention.start - b
    low, high = (mention.end, a) if side == "L" else (b, mention.start)
    starts, found = sentence.starts, sentence.found
    between = bisect_left(starts, low) < bisect_left(starts, high)
    place, tag, beside = zone(sentence, a, b, mention.start, mention.end), f"{side}{min(at, 2)}", times.beside[mention.start]
    offer(out, period, (placed, tag, place, bucket(far, (1, 3, 8, 20, 50)), mention.kind, not between, beside, at >= 2))
    if far <= 14:
        offer(out, period, (_gap, side, sentence.text[low - start : high - start]))
    first, last = bisect_left(starts, mention.start - 40), bisect_left(starts, mention.end + 11)
    if any(
        other is not asked.one and (0 <= other.start - mention.end <= 10 or 0 <= mention.start - other.end <= 10)
        for other in found[first:last]
    ):
        offer(out, period, (named, f"{tag}near{int(between)}"))
    if "/" in period:
        first_part, last_part = period.split("/")
        offer(out, last_part, (named, "endof" + side))
        offer(out, first_part, (named, "startof" + side))
    if at == 0 and (side == "L" or not before):
        offer(out, shifted(period, -1), (_shifted, side, beside))
    if len(period) > 4 and "/" not in period:
        year = next((other.period for other in mentions[at + 1 :] if other.period and len(other.period) == 4), None)
        if year:
            offer(out, year + period[4:], (named, "partof" + side))


def hung(kind: str, side: str, hook: str, at: int, key: str | None, beside: tuple[str, ...]) -> tuple[str, ...]:
    """A time that hangs on another one: on which, the how manieth of those that it could hang on."""
    out = (f"{kind}{side}{hook}", f"{kind}{side}{hook}{at}")
    return out if key is None else (*out, key + hook, *(f"{kind}{each}" for each in beside))


def relative(
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
                offer(out, shifted(period, -1), (hung, kind, side, name, at, key, times.beside[mention.start]))
        elif kind == "same":
            for at, (name, period) in enumerate(anchors):
                step = mention.year - (year_of(period) or 0) if mention.year else -1
                offer(out, shifted(period, step), (hung, kind, side, name, at, key, ()))
        elif kind == "again":
            for at, (name, period) in enumerate(anchors):
                offer(out, period, (hung, kind, side, name, at, None, ()))
        elif kind in ("later", "before"):
            for at, (name, period) in enumerate(anchors):
                step = (mention.year or 1) * (1 if kind == "later" else -1)
                offer(out, shifted(period, step), (named, f"{kind}{side}{name}{at}"))
        elif kind in ("now", "since", "unknown", "then"):
            offer(out, None, (named, key, f"{kind}{side}"))


def of_the_document(out: Offers, asked: Asked) -> None:
    page = asked.page
    now, day = page.anchor.this_year, page.anchor.day
    if asked.sentence.aim:
        offer(out, asked.sentence.aim, (named, "aim"))
    if now:
        offer(out, str(now), (named, "docyear"))
        offer(out, str(now - 1), (named, "docyear-1"))
    if day:
        months = day.year * 12 + day.month - 1
        offer(out, f"{day.year}-{day.month:02d}", (named, "docmonth"))
        offer(out, f"{(months - 1) // 12}-{(months - 1) % 12 + 1:02d}", (named, "docmonth-1"))
        quarter = months // 3 - 1
        offer(out, f"{quarter // 4}-Q{quarter % 4 + 1}", (named, "lastq"))
