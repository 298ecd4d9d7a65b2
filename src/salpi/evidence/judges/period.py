"""Which period a number refers to: one that its sentence, the sentences before or the document's date offer, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.periods import Mention, shifted, year_of
from salpi.evidence.judges.decided import Said, apart
from salpi.evidence.judges.surroundings import TOKEN, Asked, bucket, stem, zone
from salpi.evidence.judges.weights import Weights, shares

_POINTS = ("point", "part", "ago", "day")
_AGAINST = re.compile(
    r"(?:\b(?:from|against|compared with|compared to|versus|vs\.?|(?<!more )(?<!less )(?<!fewer )than|up from|down from"
    r"|as against|after)[ ](?:the[ ])?(?:an?[ ](?:[a-z]+[ ])?(?:loss|profit|deficit|surplus|gain|shortfall"
    r"|total|level|record|high|low|peak|average|median)[ ]of[ ])?"
    r"(?:(?:about|around|just|only|nearly|current|roughly|over|a|some|previous)[ ]){0,3}|대비\s?|\()$",
    re.I,
)
_DIGITS = re.compile(r"\d+")


def grain(period: str | None) -> str:
    """Year, quarter, half, month, range or none."""
    if period is None:
        return "N"
    if "/" in period:
        return "R"
    rest = period[4:]
    return "Y" if not rest else rest[1] if rest[1] in "QH" else "M"


def is_future(page: Page, period: str | None) -> bool:
    """Whether a period ends after the document's date."""
    now, year = page.anchor.this_year, year_of(period)
    if year is None or now is None or period is None:
        return False
    if year != now or page.anchor.day is None:
        return year > now
    last = period.rpartition("/")[2][4:]
    month = (
        12
        if not last
        else 3 * int(last[-1])
        if "Q" in last
        else 6 * int(last[-1])
        if "H" in last
        else int(last[1:])
    )  # fmt: skip
    return month > page.anchor.day.month


def tense(page: Page, period: str | None) -> str:
    """Where a period lies, seen from the document's date."""
    year, now = year_of(period), page.anchor.this_year
    if period is None:
        return "n"
    if now is None or year is None:
        return "u"
    if year == now:
        return "0f" if is_future(page, period) else "0p"
    return "-1" if year == now - 1 else "-" if year < now else "+1" if year == now + 1 else "+"


def asked_of(asked: Asked, base: str, form: str) -> list[str]:
    """What the number itself says of its time, to be crossed with each candidate."""
    sentence, one = asked.sentence, asked.one
    a, b, start, text = one.start, one.end, sentence.start, sentence.text
    kind = asked.page.catalogue.kinds.get(base, "flow")
    out = ["", f"b={base}", f"f={form}", f"kd={kind}", f"kd={kind}|{form}", f"u={asked.kind}"]
    if _AGAINST.search(text[max(0, a - start - 64) : a - start]):
        out.append("against")
    for hit in sentence.cues:
        side, far = ("L", sentence.far(hit.end, a)) if hit.end <= a else ("R", sentence.far(b, hit.start))
        if far < 8:
            out.append(f"cue:{hit.value}{side}")
    left, right = TOKEN.findall(text[max(0, a - start - 30) : a - start]), TOKEN.findall(text[b - start : b - start + 24])
    if left:
        out.append("lw:" + stem(left[-1]))
    if right:
        out.append("rw:" + (stem(right[0]) if sentence.lang == "en" else right[0][:2]))
    if sentence.lang == "ko":
        ending = re.search(r"([가-힣]{1,3})[.\"”)]*\s*$", text[-12:])
        if ending:
            out.append("end:" + ending[1][-2:])
    if sentence.bullet:
        out.append("bullet")
    if sentence.heading:
        out.append("heading")
    if asked.cell:
        out.append("cell")
    return out


@dataclass(slots=True)
class Offers:
    """Candidate periods with what speaks for each."""

    found: dict[str | None, list[str]] = field(default_factory=dict)

    def add(self, period: str | None, *names: str) -> None:
        """One more reason for a period."""
        self.found.setdefault(period, []).extend(names)


def _beside(sentence: Sentence, mention: Mention) -> list[str]:
    """The words and particles beside a time expression."""
    text, start, end = sentence.text, mention.start - sentence.start, mention.end - sentence.start
    before, after = text[max(0, start - 24) : start], text[end : end + 14]
    out = []
    if sentence.lang == "en":
        words = TOKEN.findall(before)
        if words:
            out.append("b:" + stem(words[-1]))
            if len(words) > 1:
                out.append(f"bb:{stem(words[-2])}_{stem(words[-1])}")
        words = TOKEN.findall(after)
        if words:
            out.append("n:" + stem(words[0]))
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
    return out


def offers(asked: Asked, said: Said, near: dict[int, Sentence]) -> dict[str | None, list[str]]:
    """Period → features. ``near``: the document's sentences by number (none for a table's cells)."""
    out = Offers()
    page, sentence, one = asked.page, asked.sentence, asked.one
    points = [mention for mention in sentence.times if mention.kind in _POINTS and mention.period]
    left = [mention for mention in points if mention.end <= one.start][::-1]
    right = [mention for mention in points if mention.start >= one.end]
    if "offers" not in asked.memo:
        fixed = Offers()
        latest = _of_sentences_before(fixed, sentence, near)
        _of_the_head(fixed, page)
        asked.memo["offers"] = fixed.found, latest
    found, carried = asked.memo["offers"]
    out.found = {period: list(names) for period, names in found.items()}
    _of_the_number_before(out, asked, said)
    for side, mentions in (("L", left), ("R", right)):
        for at, mention in enumerate(mentions):
            _of_the_sentence(out, asked, side, at, mention, mentions, bool(left))
    years = [mention.period for mention in points if mention.period and len(mention.period) == 4]
    if len(years) > 1 and years[0] < years[-1]:
        out.add(f"{years[0]}/{years[-1]}", "pair")
    _relative(out, asked, said, left, right, carried)
    _of_the_document(out, asked)
    out.add(None, "null")
    for holds, name in (
        (not sentence.times, "notime"),
        (not points, "nopoint"),
        (bool(left), "L"),
        (bool(right), "R"),
        (carried is None, "nocarry"),
    ):
        if holds:
            out.add(None, f"null|{name}")
    return out.found


def _of_the_head(out: Offers, page: Page) -> None:
    for mention in page.times:
        if mention.start > 300:
            break
        if mention.kind in ("point", "part") and mention.period:
            out.add(mention.period, "head", f"head|{grain(mention.period)}")
            break
    if page.headline:
        out.add(page.headline, "headline", f"headline|{int(page.single)}")


def _of_sentences_before(out: Offers, sentence: Sentence, near: dict[int, Sentence]) -> str | None:
    latest = None
    for back in range(1, 7):
        other = near.get(sentence.number - back)
        if other is None:
            continue
        points = [mention for mention in other.times if mention.kind in ("point", "part", "ago") and mention.period]
        same = "p" if other.paragraph == sentence.paragraph else "q" if other.paragraph == sentence.paragraph - 1 else "r"
        tag = f"prev{bucket(back, (1, 2, 4))}{same}"
        for at, mention in enumerate(reversed(points)):
            out.add(mention.period, f"{tag}|i{min(at, 1)}", f"{tag}|by{int(mention.by)}", f"prev{same}")
            if len(points) == 1:
                out.add(mention.period, f"{tag}|sole")
            latest = latest or mention.period
    return latest


def _of_the_number_before(out: Offers, asked: Asked, said: Said) -> None:
    if not said.named:
        return
    last, sentence, one = said.named[-1], asked.sentence, asked.one
    far = apart(sentence.number, last.sentence)
    same = "s" if last.kind == asked.kind else "d"
    start = last.end if far == "0" else 0
    fresh = sum(start <= mention.start and mention.end <= one.start for mention in sentence.times)
    later = any(mention.start >= one.end for mention in sentence.times)
    tag = f"{min(fresh, 2)}{int(later)}"
    out.add(
        last.period,
        f"pq{far}",
        f"pq{far}{same}",
        f"pq{far}{same}|{last.form}",
        f"pq{far}fr{tag}",
        f"pq{far}{same}fr{tag}",
        f"pq{far}st{last.status}",
    )


def _of_the_sentence(
    out: Offers, asked: Asked, side: str, at: int, mention: Mention, mentions: list[Mention], before: bool
) -> None:
    sentence, a, b, start = asked.sentence, asked.one.start, asked.one.end, asked.sentence.start
    period = mention.period or ""
    far = a - mention.end if side == "L" else mention.start - b
    low, high = (mention.end, a) if side == "L" else (b, mention.start)
    between = any(low <= other.start < high for other in sentence.found)
    place, tag = zone(sentence, a, b, mention.start, mention.end), f"{side}{min(at, 2)}"
    beside = _beside(sentence, mention)
    names = [tag, tag + place, side + place, f"{tag}|d{bucket(far, (1, 3, 8, 20, 50))}", f"{side}k:{mention.kind}"]
    if at < 2:
        names += [side + each for each in beside] + [f"{tag}{each}" for each in beside]
    if far <= 14:
        gap = sentence.text[low - start : high - start]
        names.append(f"{side}gap:{_DIGITS.sub('#', gap.strip().lower())}")
    if any(
        other is not asked.one and (0 <= other.start - mention.end <= 10 or 0 <= mention.start - other.end <= 10)
        for other in sentence.found
    ):
        names.append(f"{tag}near{int(between)}")
    if not between:
        names.append(f"{side}free")
    out.add(period, *names)
    if "/" in period:
        first, last = period.split("/")
        out.add(last, "endof" + side)
        out.add(first, "startof" + side)
    if at == 0 and (side == "L" or not before):
        out.add(shifted(period, -1), "shift-1" + side, *(f"shift-1{side}{each}" for each in beside))
    if len(period) > 4 and "/" not in period:
        year = next((other.period for other in mentions[at + 1 :] if other.period and len(other.period) == 4), None)
        if year:
            out.add(year + period[4:], "partof" + side)


def _relative(out: Offers, asked: Asked, said: Said, left: list[Mention], right: list[Mention], carried: str | None) -> None:
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
        side = "L" if mention.end <= one.start else "R"
        key = f"{mention.kind}{side}{zone(sentence, one.start, one.end, mention.start, mention.end)[1:]}"
        if mention.kind == "prior":
            beside = _beside(sentence, mention)
            for at, (name, period) in enumerate(anchors):
                out.add(
                    shifted(period, -1),
                    f"prior{side}{name}",
                    f"prior{side}{name}{at}",
                    key + name,
                    *(f"prior{each}" for each in beside),
                )
        elif mention.kind == "same":
            for at, (name, period) in enumerate(anchors):
                step = mention.year - (year_of(period) or 0) if mention.year else -1
                out.add(shifted(period, step), f"same{side}{name}", f"same{side}{name}{at}", key + name)
        elif mention.kind == "again":
            for at, (name, period) in enumerate(anchors):
                out.add(period, f"again{side}{name}", f"again{side}{name}{at}")
        elif mention.kind in ("later", "before"):
            for at, (name, period) in enumerate(anchors):
                step = (mention.year or 1) * (1 if mention.kind == "later" else -1)
                out.add(shifted(period, step), f"{mention.kind}{side}{name}{at}")
        elif mention.kind in ("now", "since", "unknown", "then"):
            out.add(None, key, f"{mention.kind}{side}")


def _of_the_document(out: Offers, asked: Asked) -> None:
    page = asked.page
    now, day = page.anchor.this_year, page.anchor.day
    if asked.sentence.aim:
        out.add(asked.sentence.aim, "aim")
    if now:
        out.add(str(now), "docyear")
        out.add(str(now - 1), "docyear-1")
    if day:
        months = day.year * 12 + day.month - 1
        out.add(f"{day.year}-{day.month:02d}", "docmonth")
        out.add(f"{(months - 1) // 12}-{(months - 1) % 12 + 1:02d}", "docmonth-1")
        quarter = months // 3 - 1
        out.add(f"{quarter // 4}-Q{quarter % 4 + 1}", "lastq")
    budget = page.budget_before(asked.one.start)
    if budget:
        out.add(budget, "budget")


def own(page: Page, period: str | None, names: list[str]) -> tuple[tuple[str, ...], ...]:
    """A candidate's features: what speaks for it, by itself and with its grain and tense."""
    size, when = grain(period), tense(page, period)
    return (
        (f"g={size}", f"t={when}", f"g={size}|t={when}"),
        *((name, f"{name}|{when}", f"{name}|{size}") for name in dict.fromkeys(names)),
    )


def decide(
    weights: Weights, asked: Asked, said: Said, near: dict[int, Sentence], about: list[str]
) -> tuple[str | None, float, str]:
    """The period with its probability, and where it was found. ``about``: what the number says of its time."""
    found = offers(asked, said, near)
    candidates = list(found)
    features = [own(asked.page, period, names) for period, names in found.items()]
    scores = shares(weights.period.scores(features, about))
    best = int(scores.argmax())
    return candidates[best], float(scores[best]), _where(candidates[best], set(found[candidates[best]]))


def _where(period: str | None, names: set[str]) -> str:
    """Where a period was found, for people."""
    if period is None:
        return "no time said"
    for tag, words in (("L0", "named before"), ("R0", "named later"), ("L1", "named before"), ("R1", "named later")):
        if tag in names:
            return words
    if any(name.startswith(("prior", "same", "again", "later", "before")) for name in names):
        return "relative to another period"
    if any(name.startswith("pq") for name in names):
        return "period of the number before"
    if any(name.startswith("prev") for name in names):
        return "carried"
    return "of the document"
