"""Declarations: what a sector is, said in data, so that it can be wired, checked for units, traced and compiled.

The language of a step is small (see docs/engine.md): ``+ - * /``, ``xp.exp xp.log xp.sqrt xp.minimum xp.maximum
xp.where xp.abs``, sums over a declared dim, table lookup. No ``if`` on values, no in-place change, no randomness, no I/O.
Arrays are ``(draw,)`` or ``(dim, draw)``. Time ``t`` is the absolute month ``12 * year + month - 1`` as a float.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Parameter:
    """A drawn number. With ``dim``, one id a member: ``<id>.<member>``, array ``(dim, draw)``."""

    id: str
    unit: str
    dim: str | None = None


@dataclass(frozen=True)
class Channel:
    """A named place where a sector listens to policy. Effects multiply (``neutral`` 1) or add (``neutral`` 0)."""

    id: str
    unit: str
    mode: Literal["multiply", "add"]
    en: str
    ko: str
    low: float | None = None
    high: float | None = None

    @property
    def neutral(self) -> float:
        return 1.0 if self.mode == "multiply" else 0.0


@dataclass(frozen=True)
class Attribute:
    """Data of the plan, the same in every draw: ``()`` or ``(dim,)``; in a step ``(dim, 1)``."""

    name: str
    unit: str
    dim: str | None = None


@dataclass(frozen=True)
class Shock:
    """A standard normal number, keyed by (seed, draw, sector.name, member, index).

    ``unit`` is ``1/yr**0.5`` for a year's white noise: times a volatility in ``log/yr**0.5`` it is a yearly rate.
    """

    name: str
    every: Literal["month", "year", "once"] = "year"
    dim: str | None = None
    unit: str = "ratio"


@dataclass(frozen=True)
class State:
    """A stock; the step returns its change in one month."""

    name: str
    unit: str
    dim: str | None = None


@dataclass(frozen=True)
class Need:
    """An output of another sector, of this month (``lag`` 0) or of the last (``lag`` 1)."""

    name: str
    unit: str
    dim: str | None = None
    lag: Literal[0, 1] = 0


@dataclass(frozen=True)
class Give:
    """An output. ``annual`` says how months make a year; ``monthly`` keeps the months as well."""

    name: str
    unit: str
    annual: Literal["sum", "end", "mean", "max"]
    en: str
    ko: str
    dim: str | None = None
    monthly: bool = False


@dataclass(frozen=True)
class Bound:
    """A sector bound to one plan: members of its dims and the values of its attributes."""

    dims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: Mapping[str, Array | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Sector:
    """A stock-and-flow sector: a frozen declaration plus two pure functions.

    ``init(xp, p, up) -> {state: array}``; ``step(xp, s, p, z, t, up) -> ({state: change a month}, {give: array})``.
    ``p`` holds parameters, attributes and (for ``step``) this month's channels by id; ``z`` the shocks; ``up`` the needs: for
    ``init`` those of the first month, without a lag, that come from outside of the sector's own group.
    ``bind(plan, start)`` reads the plan's data (pure) and returns a Bound.
    """

    name: str
    step: Callable[..., tuple[Values, Values]]
    gives: tuple[Give, ...]
    bind: Callable[..., Bound] = lambda plan, start: Bound()
    init: Callable[..., Values] = lambda xp, p, up: {}
    parameters: tuple[Parameter, ...] = ()
    channels: tuple[Channel, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    needs: tuple[Need, ...] = ()
    states: tuple[State, ...] = ()
    shocks: tuple[Shock, ...] = ()


@dataclass(frozen=True)
class Passage:
    """How entities go through one stage: what a stage's step returns where two arrays are not enough.

    ``duration`` (months) and ``advance`` (bool) are ``(pair,)``; ``carry`` sets the sector's carried numbers for later
    stages (read there as ``e[name]``); ``events`` are amounts that fall at a month: ``{give: (month, amount)}``.
    """

    duration: Any
    advance: Any
    carry: Values = field(default_factory=dict)
    events: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Stage:
    """One stage in the life of an entity, as an event function of the same language.

    ``step(xp, e, p, u, at, start, first) -> (duration in months, advance: bool array)`` or a ``Passage``, over flat
    (entity, draw) pairs: ``e[name]`` attributes of the entity and what it carries, ``p[id]`` parameters of the draw (with
    a dim: ``xp.pick(p[id], e[index])``), ``u[name]`` keyed uniforms named in ``uniforms`` (32 bits, four to a call),
    ``at(name, month)`` the value of a channel or need at a month, ``start`` the absolute month at which the stage starts
    (for ``first``: the entry the plan's data give, or the run's start where they give none), ``first`` true where the
    entity stood in this stage at the run's start.
    """

    name: str
    step: Callable[..., Any]
    uniforms: tuple[str, ...] = ()


@dataclass(frozen=True)
class EntitySector:
    """A sector of entities with lives of their own: assets, products. Run by ``engine/entities.py``.

    ``bind`` gives the ids as ``dims["entity"]`` and attributes ``(entity,)``, among them ``stage`` (index of the stage in
    which it stands; the number of stages for one that has passed them all) and ``entry``: absolute month; ``-inf`` for
    one already there since an unknown day; NaN for the rows that the arrival process repeats, in turn.
    ``arrivals(xp, p, at, t) -> (month, draw)`` new entities a month in stage 0, with ``at(name)`` the whole path.
    ``prepare(xp, p) -> {name: array}`` adds numbers worked out once a block to the parameters.
    ``outcome(xp, e, p, u, at, fate, years) -> {give: (pair, year) array}`` for the entities that passed the last stage;
    ``fate[stage]`` is the month at which the stage ended. A give with a dim falls to the member that the attribute of
    the dim's name numbers (below 0: to none). Counts by stage come by themselves where declared:
    ``<sector>.starts.<stage>``, ``.passes.<stage>``, ``.failed``, ``.active`` (with a dim: by stage).
    ``finish(xp, p, year_end, year_mean, totals, bound) -> {give: array}`` works out the gives that need whole totals;
    ``year_end(name)`` and ``year_mean(name)`` are a channel or need by ``(draw, year)``.
    """

    name: str
    stages: tuple[Stage, ...]
    outcome: Callable[..., Values]
    gives: tuple[Give, ...]
    bind: Callable[..., Bound]
    outcome_uniforms: tuple[str, ...] = ()
    arrivals: Callable[..., Any] | None = None
    prepare: Callable[..., Values] | None = None
    finish: Callable[..., Values] | None = None
    carry: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    channels: tuple[Channel, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    needs: tuple[Need, ...] = ()
