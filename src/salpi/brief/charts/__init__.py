"""Small SVG charts, drawn at the width at which they are shown, so that their text is never scaled."""

from __future__ import annotations

from salpi.brief.charts.bars import draw_bars
from salpi.brief.charts.fan import Frame, draw_fan
from salpi.brief.view import Chart, Fan

SMALL = Frame(216, 104, top=16, right=54, bottom=20, left=14)
SMALL_WIDE = Frame(312, 128, top=16, right=58, bottom=20, left=14)
LARGE_NARROW = Frame(312, 232, top=18, right=56, bottom=24, left=38, axis=True)
LARGE = Frame(536, 272, top=18, right=64, bottom=24, left=44, axis=True)
LARGE_WIDE = Frame(640, 288, top=18, right=68, bottom=24, left=44, axis=True)

__all__ = ["LARGE", "LARGE_NARROW", "LARGE_WIDE", "SMALL", "SMALL_WIDE", "Frame", "draw"]


def draw(chart: Chart, frame: Frame) -> str:
    """The chart as one ``<svg>`` element of the frame's size."""
    if isinstance(chart.data, Fan):
        return draw_fan(chart.data, frame, chart.alt)
    return draw_bars(chart.data, frame, chart.alt)
