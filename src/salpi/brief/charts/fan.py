"""The fan chart: history as points by status, bands of 50, 80 and 95 % laid over one another, target as a diamond.

A break is a gap; ranks run downwards; a dotted line leads from the last actual figure's date to the target.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from salpi.brief.charts.svg import apart, num, path, root, tag, text
from salpi.brief.view import Fan, Point

BANDS = (("p025", "p975"), ("p10", "p90"), ("p25", "p75"))
Scale = Callable[[float], float]


@dataclass(frozen=True)
class Frame:
    """Size of a drawing and the room around its plot, px. With ``axis``: labelled values and grid lines."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    axis: bool = False


def span(fan: Fan) -> tuple[float, float]:
    """First and last year shown."""
    years = [p.at for p in fan.points] + list(fan.years)
    if fan.target_at is not None:
        years.append(fan.target_at)
    first, last = min(years), max(years)
    return (first, last) if last > first else (first - 1, last + 1)


def extent(fan: Fan) -> tuple[float, float]:
    """Lowest and highest value shown: all points, the target, the 80 % band. Wider bands are cut at the frame."""
    values = [p.value for p in fan.points] + [v for key in ("p10", "p50", "p90") for v in fan.levels.get(key, ())]
    if fan.target is not None:
        values.append(fan.target)
    if fan.ranks:
        return 1.0, max(max(values) + 0.5, 4.0)
    low, high = min(values), max(values)
    if fan.zero:
        low = min(0.0, low)
    room = 0.06 * (high - low) or abs(high) or 1.0
    return (low if fan.zero and low == 0 else low - room), high + room


def draw_fan(fan: Fan, frame: Frame, alt: str) -> str:
    first, last = span(fan)
    low, high = extent(fan)
    right, bottom = frame.width - frame.right, frame.height - frame.bottom

    def x(year: float) -> float:
        return frame.left + (year - first) / (last - first) * (right - frame.left)

    def y(value: float) -> float:
        share = (min(max(value, low), high) - low) / (high - low)
        return frame.top + (share if fan.ranks else 1 - share) * (bottom - frame.top)

    body = [*_grid(fan, frame, y, low, high), *_years(fan, frame, x, first, last)]
    body += _bands(fan, x, y)
    body += _history(fan, frame, x, y)
    if fan.levels:
        body.append(path(zip(map(x, fan.years), map(y, fan.levels["p50"]), strict=True), "med l-plan"))
    body += _points(fan, x, y)
    body += _ends(fan, frame, x, y)
    return root(frame.width, frame.height, alt, body)


def _grid(fan: Fan, frame: Frame, y: Scale, low: float, high: float) -> list[str]:
    right, bottom = frame.width - frame.right, frame.height - frame.bottom
    found = []
    if frame.axis:
        for value, label in fan.ticks:
            if low <= value <= high:
                at = y(value)
                klass = "axis" if value == 0 else "grid"
                found.append(tag("line", klass=klass, x1=frame.left, x2=right, y1=round(at) + 0.5, y2=round(at) + 0.5))
                found.append(text(frame.left - 8, at + 4, label, "tk e"))
    if not frame.axis or fan.ranks or not (low <= 0 <= high):
        found.append(tag("line", klass="axis", x1=frame.left, x2=right, y1=bottom + 0.5, y2=bottom + 0.5))
    return found


def _years(fan: Fan, frame: Frame, x: Scale, first: float, last: float) -> list[str]:
    wanted = [first, last]
    if fan.points:
        wanted.append(fan.points[-1].at)
    if frame.axis:
        step = next(s for s in (1, 2, 5, 10, 20) if (last - first) / s <= 5)
        wanted += [float(year) for year in range(int(first), int(last) + 1) if year % step == 0]
    shown: list[float] = []
    for year in wanted:  # the ends first, then the last figure, then round years, where there is room
        if all(abs(x(year) - x(other)) >= (46 if frame.axis else 34) for other in shown):
            shown.append(year)
    return [text(x(year), frame.height - 6, f"{int(year)}", "tk m") for year in sorted(shown)]


def _bands(fan: Fan, x: Scale, y: Scale) -> list[str]:
    found = []
    for lower, upper in BANDS:
        if lower in fan.levels and upper in fan.levels:
            up = [(x(t), y(v)) for t, v in zip(fan.years, fan.levels[upper], strict=True)]
            down = [(x(t), y(v)) for t, v in zip(fan.years, fan.levels[lower], strict=True)]
            found.append(path([*up, *reversed(down)], "band f-plan", close=True))
    return found


def _history(fan: Fan, frame: Frame, x: Scale, y: Scale) -> list[str]:
    found: list[str] = []
    run: list[Point] = []
    for point in (p for p in fan.points if p.kind != "announced"):
        if point.gap and run:
            found += _line(run, x, y)
            if frame.axis and fan.note:
                middle = (x(run[-1].at) + x(point.at)) / 2
                found.append(tag("line", klass="tgl", x1=middle, x2=middle, y1=frame.top, y2=frame.height - frame.bottom))
                found.append(text(middle, frame.top - 6, fan.note, "tk m halo"))
            run = []
        run.append(point)
    return found + _line(run, x, y)


def _line(run: list[Point], x: Scale, y: Scale) -> list[str]:
    return [path([(x(p.at), y(p.value)) for p in run], "hist")] if len(run) > 1 else []


def _points(fan: Fan, x: Scale, y: Scale) -> list[str]:
    found = []
    for p in fan.points:
        cx, cy = x(p.at), y(p.value)
        if p.kind == "announced":
            found.append(tag("rect", klass="pt", x=cx - 2.4, y=cy - 2.4, width=4.8, height=4.8))
        else:
            found.append(
                tag("circle", klass="pt o" if p.kind == "derived" else "pt", cx=cx, cy=cy, r=2.8 if p.kind == "derived" else 2.4)
            )
    return found


def _ends(fan: Fan, frame: Frame, x: Scale, y: Scale) -> list[str]:
    """Labels at the line's end, pushed apart with leaders; the dotted line and the diamond of the target; the latest figure."""
    found: list[str] = []
    bottom = frame.height - frame.bottom
    labels: list[tuple[float, float, str, str]] = []  # from x, wanted y, text, class
    if fan.target is not None and fan.target_at is not None:
        tx, ty = x(fan.target_at), y(fan.target)
        start = next((p.at for p in reversed(fan.points) if p.kind != "announced"), None)
        if start is not None and x(start) < tx - 7:
            found.append(tag("line", klass="tgl", x1=x(start), x2=tx - 7, y1=ty, y2=ty))
        found.append(tag("path", klass="tg", d=f"M{num(tx)},{num(ty - 5)}l5,5l-5,5l-5,-5z"))
        labels.append((tx + 5, ty, fan.target_label, "b i"))
    if fan.levels:
        labels.append((x(fan.years[-1]) + 2, y(fan.levels["p50"][-1]), fan.median_label, "t-plan"))
    at = frame.width - frame.right + 10
    for (from_x, wanted, label, klass), placed in zip(
        labels, apart([w for _, w, _, _ in labels], 13.5, frame.top, bottom - 2), strict=True
    ):
        if abs(placed - wanted) > 3 or from_x < at - 14:
            found.append(tag("path", klass="leader", d=f"M{num(from_x + 1)},{num(wanted)}L{num(at - 2)},{num(placed)}"))
        found.append(text(at, placed + 4, label, klass))
    last = next((p for p in reversed(fan.points) if p.kind != "announced"), None)
    if last is not None and fan.latest_label:
        cx, cy = x(last.at), y(last.value)
        down = bool(fan.levels) and fan.levels["p50"][-1] < last.value if not fan.ranks else cy < frame.top + 20
        place = cy + 15 if fan.ranks and not down else cy - 8
        half = 3.2 * len(fan.latest_label)
        start = cx < frame.left + 3.5 * len(fan.latest_label)
        end = not start and cx + half > frame.width - frame.right - 8  # else it would lie on the target's diamond
        klass = "halo i" if start else "e halo i" if end else "m halo i"
        found.append(text(cx - 3 if start else cx - 6 if end else cx, place, fan.latest_label, klass))
    return found
