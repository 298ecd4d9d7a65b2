"""A figure on a line of its own, with its label on the line above or below: both read as one line.

Fact sheets and pages show their key figures so: "Revenue", under it "CHF 6.6bn"; or the figure first and what it counts below.
"""

from __future__ import annotations

import re
from itertools import pairwise

from salpi.evidence.quantities.units import AFTER, BEFORE, COUNTERS, KOREAN_SCALE, LITRES, LONG_SCALE, SHORT_SCALE, alternatives

_SCALES = alternatives((*LONG_SCALE, *SHORT_SCALE, *KOREAN_SCALE, "천", "백만"))
_UNITS = alternatives((*AFTER, *COUNTERS, *LITRES, "%", "%p", "pp", "percent", "per cent", "일", "days", "months", "years", "x"))
_FIGURE = re.compile(
    r"^[ ]{0,12}(?:[+−–~≈><≥≤-]|약|over|about|nearly|more than|around|up to|some)?[ ]?"
    rf"(?:(?:{alternatives(BEFORE)})[ ]?)?(?:No\.[ ]?|\#)?"
    r"(?!(?:19|20)\d\d년?[ ]*$)(?:\d{1,3}(?:[ ]\d{3})+|\d[\d,.]*)(?:st|nd|rd|th)?\+?"
    rf"(?:[ ]?(?:[조억만]\s?\d[\d,.]*|{_SCALES})){{0,3}}(?:[ ]?(?:{_UNITS}))?\+?[ ]*$",
    re.M,
)
"""A line that is a figure with its unit and no more; a year is none."""
_LABEL = re.compile(
    r"[ ]{0,12}(?:(?:19|20)\d\d년?[ ])?[^\W\d_](?:[^\n\d|\t.!?;]|(?<!\d)(?:19|20)\d\d(?!\d)|(?<=[A-Za-z])[./](?=[A-Za-z])){1,58}"
)
"""A line of a few words that may be what a figure counts; it may name a year."""
_MOST_BLANK = 2
"""So many blank lines may stand between a figure and its label."""

Span = tuple[int, int]


def tiled(text: str) -> str:
    """The text with a colon, or a space, for the line feed between a figure alone on its line and its label; all offsets stay."""
    figures = {match.start() for match in _FIGURE.finditer(text)}
    if len(figures) < 2:
        return text
    joined = [gap for run in _runs(text, figures) for gap in _joins(text, run, figures)]
    if not joined:
        return text
    parts, at = list[str](), 0
    for start, end in sorted(joined):
        led = text.rfind("\n", 0, start) + 1 not in figures and not text[start - 1].isdigit()  # a figure by its label
        parts += (text[at:start], (":" if led else " ") + " " * (end - start - 1))
        at = end
    return "".join([*parts, text[at:]])


def _runs(text: str, figures: set[int]) -> list[list[Span]]:
    """Lines one after the other that are each a figure or may be a label."""
    runs, run, blank = list[list[Span]](), list[Span](), 0
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if start in figures or _LABEL.fullmatch(text, start, end):
            run.append((start, end))
            blank = 0
        elif run and blank < _MOST_BLANK and not text[start:end].strip(" -–—─=*·"):
            blank += 1
        else:
            runs.append(run)
            run, blank = [], 0
        start = end + 1
    return [each for each in (*runs, run) if sum(start in figures for start, _ in each) > 1]


def _joins(text: str, run: list[Span], figures: set[int]) -> list[Span]:
    """What stands between a figure and its label, for all figures of a run: all have it above them, or all below."""
    gaps = [(one[1], other[0]) for one, other in pairwise(run)]
    far = [text.count("\n", *gap) for gap in gaps]
    first = [one[0] in figures for one in run]
    above = [at for at, (one, other) in enumerate(pairwise(first)) if other and not one]
    below = [at for at, (one, other) in enumerate(pairwise(first)) if one and not other]
    if not above or (below and _nearer(below, above, far, titled=any(map(str.isdigit, text[slice(*run[0])])))):
        return [gaps[at] for at in below]
    behind = [at for at, (one, other) in enumerate(pairwise(first)) if one and other and far[at] == 1]
    return [gaps[at] for at in (*above, *behind)]


def _nearer(below: list[int], above: list[int], far: list[int], titled: bool) -> bool:
    """Whether labels stand below their figures: these are nearer, or more, or a title stands above the first figure."""
    near_below, near_above = min(far[at] for at in below), min(far[at] for at in above)
    if near_below != near_above:
        return near_below < near_above
    return len(below) > len(above) or (len(below) == len(above) and titled)
