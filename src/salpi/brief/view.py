"""The brief as a value: what is said, in which order, and where each figure comes from. Renderers read it and add nothing.

A text is a tuple of pieces: plain strings and `Figure`s. Every figure says what it rests on: the sources it was read in,
a computation on cited figures, the model, or an assumption. A digit in a plain string may only be part of a name or a date.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Mark = Literal["source", "computed", "model", "assumption", "unverified", "name"]
"""source: read there · computed: from cited figures · model: an output of the run · assumption: ours · unverified: from
memory, to be checked · name: part of a name or a date, no claim."""


@dataclass(frozen=True)
class Figure:
    """A number, or a sentence with numbers, and what it rests on. ``unit`` follows the figure in smaller type."""

    text: str
    mark: Mark
    unit: str = ""
    refs: tuple[int, ...] = ()
    show_refs: bool = True
    title: str = ""
    claim: str = ""  # the claim behind it, in the list of sources

    @property
    def plain(self) -> str:
        return self.text + self.unit


Piece = str | Figure
Rich = tuple[Piece, ...]


@dataclass(frozen=True)
class Point:
    """A published figure in a chart; ``at`` in years (2025.0 is the year 2025)."""

    at: float
    value: float
    kind: Literal["actual", "derived", "announced"] = "actual"
    gap: bool = False  # a break lies between the point before and this one


@dataclass(frozen=True)
class Fan:
    """History, bands and target of one indicator. ``levels`` maps p025 … p975 to one value a year of ``years``."""

    points: tuple[Point, ...]
    years: tuple[float, ...]
    levels: dict[str, tuple[float, ...]]
    target_at: float | None
    target: float | None
    target_label: str
    median_label: str
    latest_label: str
    ticks: tuple[tuple[float, str], ...]  # value, label; chosen by the view, so that numbers read alike everywhere
    ranks: bool = False
    note: str = ""  # what a gap means
    zero: bool = True


@dataclass(frozen=True)
class Bars:
    """Chance by count; ``met`` says which bars reach the target."""

    labels: tuple[str, ...]
    shares: tuple[float, ...]
    met: tuple[bool, ...]
    met_label: str


@dataclass(frozen=True)
class Table:
    """The figures behind a chart."""

    head: tuple[str, ...]
    rows: tuple[tuple[Rich, ...], ...]


@dataclass(frozen=True)
class Chart:
    id: str
    title: Rich
    unit: str
    alt: str
    data: Fan | Bars
    table: Table
    caption: Rich = ()


@dataclass(frozen=True)
class Chance:
    """Probability in words and figures; ``share`` is None where there is none."""

    text: str
    words: str
    share: float | None = None
    note: Rich = ()


@dataclass(frozen=True)
class Pace:
    label: str
    value: Rich
    note: Rich = ()


@dataclass(frozen=True)
class Row:
    """One target of the scorecard."""

    id: str
    name: Rich
    definition: Rich
    latest: Rich
    latest_note: Rich
    asked: Rich
    asked_note: Rich
    paces: tuple[Pace, ...]
    chance: Chance
    why: Rich
    since: Rich = ()
    chart: Chart | None = None
    no_chart: str = ""
    quiet: bool = False  # nothing to draw and no chance to give
    variant: bool = False  # the target above it on another definition's own base


@dataclass(frozen=True)
class Group:
    id: str
    name: Rich
    note: Rich
    rows: tuple[Row, ...]
    folded: tuple[Rich, ...] = ()


@dataclass(frozen=True)
class Bucket:
    """One verdict of the ledger: how many targets, and which."""

    words: str
    range: Rich
    count: int
    items: tuple[tuple[str, str, Rich], ...]  # row id, chance, name
    more: int = 0


@dataclass(frozen=True)
class Headline:
    id: str
    chance: Chance
    title: Rich
    text: Rich


@dataclass(frozen=True)
class Side:
    value: Rich
    note: Rich


@dataclass(frozen=True)
class Dispute:
    title: Rich
    kind: str
    sides: tuple[Side, ...]
    text: Rich


@dataclass(frozen=True)
class Effect:
    """One measure of the effects table; ``cells`` in the order of the table's targets."""

    id: str
    name: Rich
    owner: str
    cells: tuple[tuple[Rich, Rich], ...]  # median, 80 % range
    rests: tuple[Rich, ...]
    cost: Rich
    grade: str
    mind: tuple[Rich, ...]


@dataclass(frozen=True)
class Idle:
    """A measure that acts on something not modelled yet."""

    id: str
    name: Rich
    owner: str
    acts_on: str
    cost: Rich
    grade: str
    mind: tuple[Rich, ...] = ()


@dataclass(frozen=True)
class SectorNote:
    name: str
    counts: Rich
    head: tuple[str, ...]
    rows: tuple[tuple[Rich, ...], ...]
    more: tuple[tuple[Rich, ...], ...] = ()


@dataclass(frozen=True)
class Claimed:
    """One figure that a source states, and where that is written down; ``id`` is its anchor."""

    id: str
    about: str
    figure: Figure
    place: str


@dataclass(frozen=True)
class Cited:
    number: int
    title: str
    origin: str  # publisher, date
    url: str = ""
    note: str = ""
    claims: tuple[Claimed, ...] = ()


@dataclass(frozen=True)
class BriefModel:
    lang: Literal["en", "ko"]
    title: str
    kicker: Rich
    finding: Rich
    lede: Rich
    ledger: tuple[Bucket, ...]
    ledger_note: Rich
    closed: Rich
    headlines: tuple[Headline, ...]
    groups: tuple[Group, ...]
    charts: tuple[Chart, ...]
    disputes: tuple[Dispute, ...]
    disputes_more: Rich
    effect_targets: tuple[Rich, ...]
    effects: tuple[Effect, ...]
    effects_note: Rich
    idle: tuple[Idle, ...]
    umbrellas: tuple[Rich, ...]
    gaps: tuple[Rich, ...]
    method: tuple[Rich, ...]
    sectors: tuple[SectorNote, ...]
    unverified: tuple[Rich, ...]
    sources: tuple[Cited, ...]
    colophon: tuple[str, ...]
    words: dict[str, str] = field(default_factory=dict)  # headings and labels of the language
