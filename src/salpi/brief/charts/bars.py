"""Chance by count, for targets of a few whole things: bars, the met part darker."""

from __future__ import annotations

from salpi.brief.charts.fan import Frame
from salpi.brief.charts.svg import root, tag, text
from salpi.brief.view import Bars


def draw_bars(bars: Bars, frame: Frame, alt: str) -> str:
    n = len(bars.labels)
    left, right = 2.0, frame.width - 14
    bottom, top = frame.height - frame.bottom, frame.top + 16
    step = (right - left) / n
    width = min(step - 3, 64)
    most = max(bars.shares) or 1.0
    body = [tag("line", klass="axis", x1=left, x2=right, y1=bottom + 0.5, y2=bottom + 0.5)]
    for i, (label, share, met) in enumerate(zip(bars.labels, bars.shares, bars.met, strict=True)):
        x = left + i * step + (step - width) / 2
        height = share / most * (bottom - top)
        klass = "stick met" if met else "stick"
        if height > 0.05:
            body.append(tag("rect", klass=klass, x=x, y=bottom - height, width=width, height=height))
        percent = "<1" if 0 < share < 0.01 else f"{round(100 * share)}"
        body.append(text(x + width / 2, bottom - height - 5, percent, "m b t-plan" if met else "m"))
        body.append(text(x + width / 2, frame.height - 6, label, "tk m"))
    if any(bars.met):
        at = left + bars.met.index(True) * step
        y = frame.top
        leftwards = at > frame.width * 0.55
        body.append(tag("line", klass="tgl", x1=at, x2=at, y1=y - 4, y2=bottom))
        mark = at - 12 if leftwards else at + 12
        body.append(tag("path", klass="tg", d=f"M{mark:.1f},{y - 4:.1f}l4,4l-4,4l-4,-4z"))
        body.append(text(mark - 8 if leftwards else mark + 8, y + 4, bars.met_label, "b i e" if leftwards else "b i"))
    return root(frame.width, frame.height, alt, body)
