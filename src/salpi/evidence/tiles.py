"""A figure on a line of its own, with its label on the line above or below: both read as one line.

Fact sheets and pages show their key figures so: "Revenue", under it "CHF 6.6bn"; or the figure first and what it counts below.
The figure's line may go on in words: "Employees", under it "11,000+ on six continents".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from salpi.evidence.claims.intervals import MONTH_NAME
from salpi.evidence.occurrences import each
from salpi.evidence.quantities.units import AFTER, BEFORE, COUNTERS, KOREAN_SCALE, LITRES, LONG_SCALE, SHORT_SCALE, alternatives

_SCALES = alternatives((*LONG_SCALE, *SHORT_SCALE, *KOREAN_SCALE, "천", "백만"))
_UNITS = alternatives((*AFTER, *COUNTERS, *LITRES, "%", "%p", "pp", "percent", "per cent", "일", "days", "months", "years", "x"))
_BEFORE = (
    r"(?:[+−–~≈><≥≤-]|(?i:over|about|nearly|almost|more than|around|approximately|up to|some|a total of|total)"
    r"|약|최대|총|누적|연간?|등록|(?:세계|글로벌|국내|업계|아시아)(?=[ ]?\d{1,2}위))?[ ]?"
)
_LEAD = rf"[ ]{{0,12}}(?:\*\*)?{_BEFORE}(?:(?:{alternatives(BEFORE)})[ ]?)?(?:No\.[ ]?|\#)?"
_LINE = re.compile(rf"\n(?={_LEAD}\d)")
"""Before a line that may begin with a figure."""
_NUMBER = (
    rf"{_LEAD}(?!(?:19|20)\d\d년?[ ]*$)(?:\d{{1,3}}(?:[ ]\d{{3}})+|\d+(?:[.,]\d{{1,3}})*[.,]?)(?:st|nd|rd|th)?\+?여?"
    rf"(?:[ ]?(?:[조억만]\s?\d[\d,.]*|{_SCALES})){{0,3}}(?:[ ]?(?:{_UNITS}))?\+?"
)
_FIGURE = re.compile(rf"^{_NUMBER}(?:\*\*)?[ ]*$", re.M)
"""A line that is a figure with its unit and no more; a year is none."""
_NO_START = r"[ *]*(?:\#|0\d|(?:19|20)\d\d(?![\d,])|\d{1,2}(?:[.]\d\d[ ]?(?:[–-]|[A-Z])|일)|[+]\d\d[ ]\d)"
"""A year, a time, a day, a telephone number."""
_WORDED = re.compile(
    rf"^(?P<figure>(?!{_NO_START}){_NUMBER})(?<![.,])(?:\*\*)?"
    r"(?:,[ ]|[ ]?\(|[ ][–—-][ ]|[ ](?=[^\W\d_]))(?P<more>[^\n|\t]{2,70})$",
    re.M,
)
"""A line that begins with a figure, and goes on in words."""
_NO_TILE = re.compile(
    rf"{MONTH_NAME}\b|(?i:[ap]\.?m\b|o'clock|min(?:utes?)? read|comments?$)|[월일시분차부장조항호층](?![가-힣])"
    r"|.*(?:[.!?:;]|다)$|.*[.!?][ ]"
    r"|(?i:.*\b(?:street|road|avenue|lane|square|boulevard|drive|rue|strasse|straße|st|rd|ave|blvd)\b)"
)
"""Words behind the figure that make it a date, a time, a house number or a place in a list, or the line a sentence."""
_LABEL = re.compile(
    r"[ ]{0,12}(?:\#{1,6}[ ]|\*\*)?(?:(?:19|20)\d\d년?[ ])?[^\W\d_]"
    r"(?:[^\n\d|\t.!?;]|(?<!\d)(?:19|20)\d\d(?!\d)|(?<=[A-Za-z])[./](?=[A-Za-z])|(?<=[A-Z])[1-4](?![\d%])|(?<!\d)[1-4](?=분기)){1,58}"
)
"""A line of a few words that may be what a figure counts; it may name a year."""
_GOES_ON = re.compile(r"[ ]{0,12}[a-z](?:[^\n|\t.!?:]|(?<=\d)[.](?=\d)){2,70}")
"""A line right behind a figure that says what it counts, with other figures in it: "exports, 4% more than in 2024"."""
_MOST_BLANK = 2
"""So many blank lines may stand between a figure and its label."""

_TITLE = re.compile(
    r"[ #*]*(?:(?:[Kk]ey|[Ff]ast|[Qq]uick) (?:figures|facts|numbers|data)|[Aa]t a glance"
    r"|(?:[Tt]he year )?[Ii]n (?:numbers|figures|brief)\b|[Hh]ighlights\b|[Oo]verview\b|[Ff]acts\b|[Tt]he numbers\b"
    r"|주요 (?:지표|수치|현황|실적)|핵심 (?:지표|수치)|숫자로 (?:보는|본)|한눈에|(?:(?:회사|사업) ?)?개요|현황)"
)
"""Above the first figure: the title of all."""

Span = tuple[int, int]


def tiled(text: str) -> str:
    """The text with a colon, or a space, for the line feed between a figure alone on its line and its label; all offsets stay."""
    starts = [0, *(match.end() for match in _LINE.finditer(text))]
    figures = {match.start() for match in each(_FIGURE, text, starts)}
    worded = {
        match.start(): match
        for match in each(_WORDED, text, starts)
        if match.start() not in figures and _NO_TILE.match(match["more"]) is None
    }
    if len(figures) + len(worded) < 2:
        return text
    first = figures | worded.keys()
    parted = (part for run in _runs(text, first) for part in _parts(text, run, figures, worded))
    joined = [gap for part in parted for gap in _joins(text, part, first)]
    if not joined:
        return text
    parts, at = list[str](), 0
    for start, end in sorted(joined):
        led = text.rfind("\n", 0, start) + 1 not in first and not text[start - 1].isdigit()  # a figure by its label
        parts += (text[at:start], (":" if led and text[start - 1] != ":" else " ") + " " * (end - start - 1))
        at = end
    return "".join([*parts, text[at:]])


def _runs(text: str, figures: set[int]) -> list[list[Span]]:
    """Lines one after the other that are each a figure or may be a label."""
    runs, run, blank = list[list[Span]](), list[Span](), 0
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        led = bool(run) and not blank and run[-1][0] in figures
        if start in figures or _LABEL.fullmatch(text, start, end) or (led and _GOES_ON.fullmatch(text, start, end)):
            run.append((start, end))
            blank = 0
        elif run and blank < _MOST_BLANK and not text[start:end].strip(" -–—─=*·"):
            blank += 1
        else:
            runs.append(run)
            run, blank = [], 0
        start = end + 1
    return [each for each in (*runs, run) if sum(start in figures for start, _ in each) > 1]


def _parts(text: str, run: list[Span], figures: set[int], worded: Mapping[int, re.Match[str]]) -> list[list[Span]]:
    """A run whole where its figures with words behind them stand as tiles do; else what lies between these."""
    some = [at for at, (start, _) in enumerate(run) if start in worded]
    if not some or _are_tiles(text, run, figures, [worded[run[at][0]] for at in some], some):
        return [run]
    parts = [run[one + 1 : other] for one, other in pairwise((-1, *some, len(run)))]
    return [part for part in parts if sum(start in figures for start, _ in part) > 1]


def _are_tiles(text: str, run: list[Span], figures: set[int], worded: Sequence[re.Match[str]], places: Sequence[int]) -> bool:
    """Whether figures with words behind them have each a label of their own on one side, and are no numbers of a list."""
    numbers = [int(digits) for match in worded if (digits := match["figure"].strip(" *")).isdigit()]
    if len(numbers) > 1 and all(other - one == 1 for one, other in pairwise(numbers)):
        return False
    if any(other - one == 1 for one, other in pairwise(places)):
        return False
    first = {*figures, *(run[at][0] for at in places)}
    joined = {edge for gap in _joins(text, run, first) for edge in gap}
    return all(run[at][0] in joined or run[at][1] in joined for at in places)


def _joins(text: str, run: list[Span], figures: set[int]) -> list[Span]:
    """What stands between a figure and its label, for all figures of a run: all have it above them, or all below."""
    gaps = [(one[1], other[0]) for one, other in pairwise(run)]
    far = [text.count("\n", *gap) for gap in gaps]
    first = [one[0] in figures for one in run]
    above = [at for at, (one, other) in enumerate(pairwise(first)) if other and not one]
    below = [at for at, (one, other) in enumerate(pairwise(first)) if one and not other]
    going_on = [at for at in below if far[at] == 1 and text[run[at + 1][0]].islower()]
    if above and len(going_on) == len(below) and not any(text[run[at][0]].islower() for at in above):
        return [gaps[at] for at in sorted({*above, *going_on})]  # "People", "11,000", "on six continents"
    title = text[slice(*run[0])]
    titled = any(map(str.isdigit, title)) or _TITLE.match(title) is not None
    if not above or (below and (len(going_on) == len(below) > 1 or _nearer(below, above, far, titled))):
        return [gaps[at] for at in below]
    behind = [at for at, (one, other) in enumerate(pairwise(first)) if one and other and far[at] == 1]
    return [gaps[at] for at in (*above, *behind)]


def _nearer(below: list[int], above: list[int], far: list[int], titled: bool) -> bool:
    """Whether labels stand below their figures: these are nearer, or more, or a title stands above the first figure."""
    near_below, near_above = min(far[at] for at in below), min(far[at] for at in above)
    if near_below != near_above:
        return near_below < near_above
    return len(below) > len(above) or (len(below) == len(above) and titled)
