"""Paths of channels: what starts, ramps up, may end, lags behind, and then moves a channel by a size of its own in each draw.

A *push* acts with a force between 0 and its intensity; ``(draw,)`` arrays say when it starts, how long it ramps up, its size and
how much of it comes true. Channels that multiply: ``exp(log(1 + size) · force · realised)``, so that factors multiply and stay
above 0; channels that add: ``size · force · realised``, summed. Both readings, NumPy and the kernel of ``drawing.py`` that comes
with every model, do the same operations in the same order, and give the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine import functions as xp
from salpi.engine.emit_c import LANES

Array = NDArray[np.float64]
Draws = NDArray[np.int64]
Call = Callable[[Sequence[Any], Sequence[Array], NDArray[np.int64]], int]


@dataclass(frozen=True, eq=False)
class Ramp:
    """From 0 before ``start`` to full force after ``length`` months, 0 again from ``end`` on; absolute months.

    ``start`` and ``length`` (draw,) or (1,); a length of 0 is a step.
    """

    start: Array
    length: Array
    end: float


@dataclass(frozen=True, eq=False)
class Force:
    """``planned``, and from the month ``since`` on ``intensity`` times ``moved``."""

    planned: Ramp
    since: float = np.inf
    intensity: float = 1.0
    moved: Ramp | None = None


@dataclass(frozen=True, eq=False)
class Push:
    """What one thing does to a channel: its force, less what others take over (``takers``), behind an Erlang lag.

    ``mean`` of the lag in months, 0 for none; ``size`` and ``realised`` (draw,) or (1,).
    """

    force: Force
    size: Array
    realised: Array
    takers: tuple[Force, ...] = ()
    mean: float = 0.0
    order: int = 0


@dataclass(frozen=True, eq=False)
class Pushed:
    """A channel: its ``neutral`` value, whether pushes multiply or add to it, and these in their order."""

    neutral: float
    multiply: bool
    pushes: tuple[Push, ...]


@dataclass(frozen=True, eq=False)
class Paths:
    """A model's ``channels`` (see ``run.Model``) of which a kernel can lay out the paths: ``make(draws, start, end, call)``."""

    make: Callable[[Draws, int, int, Call | None], Mapping[str, Array]]

    def __call__(self, draws: Draws, start: int, end: int, call: Call | None = None) -> Mapping[str, Array]:
        return self.make(draws, start, end, call)


def laid(channels: Sequence[Pushed], draws: int, start: int, end: int, call: Call | None = None) -> list[Array]:
    """Each channel's value (month, draw), or (month, 1) where nothing pushes it; ``call`` runs the kernel, unless given NumPy.

    The kernel is called once a channel: its memory, which a module would else have to grow by all of them, stays small.
    """
    months = np.arange(start, end, dtype=np.float64)
    return [_by_kernel(c, draws, start, len(months), call) if call and _short(c) else _laid(c, months) for c in channels]


def _short(channel: Pushed) -> bool:
    """Whether there is anything to lay out, and by the kernel: its room for lags has an end."""
    return len(channel.pushes) > 0 and max(push.order for push in channel.pushes) <= ORDERS


def _laid(channel: Pushed, months: Array) -> Array:
    total = np.full((len(months), 1), channel.neutral)
    for push in channel.pushes:
        path = force(push.force, months)
        for taker in push.takers:
            path = path * (1.0 - np.minimum(force(taker, months), 1.0))
        path = smooth(path, push.mean, push.order)
        new = np.concatenate([[True], (path[1:] != path[:-1]).any(axis=1)])  # months in which it changes: most of it stands still
        strength = path[new] * push.realised
        moved = xp.exp(xp.log(1.0 + push.size) * strength) if channel.multiply else push.size * strength
        row = np.cumsum(new) - 1
        total = total * moved[row] if channel.multiply else total + moved[row]
    return total


def force(of: Force, months: Array) -> Array:
    """Its path (month, draw) or (month, 1)."""
    path = ramp(of.planned, months)
    later = months >= of.since
    if not later.any():
        return path
    after = of.intensity * ramp(of.moved or of.planned, months[later])
    return np.concatenate([_wide(path[~later], after), _wide(after, path)])


def ramp(of: Ramp, months: Array) -> Array:
    """Share of full force in each month: (month, draw) or (month, 1)."""
    m = months[:, None]
    rise = np.where(of.length > 0, (m - of.start + 1.0) / np.maximum(of.length + 1.0, 1.0), 1.0)
    return np.where((m >= of.start) & (m < of.end), np.minimum(np.maximum(rise, 0.0), 1.0), 0.0)


def closed(mean: float, order: int) -> float:
    """The share of each gap of an Erlang delay that closes in a month."""
    return 1.0 - float(xp.exp(np.float64(-order / mean)))


def smooth(path: Array, mean: float, order: int) -> Array:
    """An Erlang delay (mean in months; 0 is none) along the first axis, started at rest on the first value."""
    if mean <= 0:
        return path
    share = closed(mean, order)
    for _ in range(order):
        out = np.empty_like(path)
        level = path[0]
        for i in range(path.shape[0]):
            level = level + share * (path[i] - level)
            out[i] = level
        path = out
    return path


def _wide(path: Array, like: Array) -> Array:
    """A path of as many draws as another one, if that has more."""
    return np.broadcast_to(path, (len(path), max(path.shape[1], like.shape[1])))


ORDERS = 8
"""The longest chain of a lag in the kernel."""
FORCE, PUSH = 8, 7
"""Numbers that tell the kernel of one force and push, see ``_Task``."""

C = f"""
typedef struct {{ const F *start, *length; F end, before, full; }} Ramp;
typedef struct {{ Ramp planned, moved; F since, intensity; }} Force;
FN Ramp rising(const F *f, const F *x, i64 wide) {{
  Ramp r = {{x + (i64)f[0] * wide, x + (i64)f[1] * wide, f[2], INF, -INF}};
  for (int l = 0; l < B; l++) {{
    F full = r.start[l] + (r.length[l] > 0.0 ? r.length[l] : 0.0);
    r.before = r.start[l] < r.before ? r.start[l] : r.before; r.full = full > r.full ? full : r.full;
  }}
  return r;
}}
FN Force forced(const F *f, const F *x, i64 wide) {{
  return (Force){{rising(f + 2, x, wide), rising(f + 5, x, wide), f[0], f[1]}};
}}
FN int still(const Ramp *r, F m) {{ return m < r->before || (m > r->full + 2.0 && (m < r->end || m - 1.0 >= r->end)); }}
FN int stands(const Force *f, F m) {{
  return !(m >= f->since && m - 1.0 < f->since) && still(m < f->since ? &f->planned : &f->moved, m);
}}
ONE void force(F *restrict y, const Force *f, F m) {{
  const Ramp *r = m < f->since ? &f->planned : &f->moved;
  const F times = m < f->since ? 1.0 : f->intensity, end = r->end, *start = r->start, *length = r->length;
  LANES {{
    F rise = length[l] > 0.0 ? (m - start[l] + 1.0) / MAX(length[l] + 1.0, 1.0) : 1.0;
    rise = rise > 0.0 ? rise : 0.0; rise = rise < 1.0 ? rise : 1.0;
    y[l] = times * ((m >= start[l]) & (m < end) ? rise : 0.0);
  }}
}}
ONE void push(F *restrict out, int multiply, const F *restrict p, const F *forces, const F *takers, const F *restrict x,
              const i64 *restrict meta, int w) {{
  const i64 n = meta[0], wide = meta[3]; const int order = (int)p[4];
  const F *size = x + (i64)p[5] * wide, *realised = x + (i64)p[6] * wide, share = p[3];
  const Force mine = forced(forces + (i64)p[0] * {FORCE}, x, wide);
  F gain[B], by[B], last[B], y[B], z[B], level[{ORDERS} * B];
  LANES gain[l] = 1.0 + size[l];
  vlog(by, gain);
  LANES gain[l] = multiply ? by[l] : size[l];
  u64 moved = 1;
  for (i64 i = 0; i < meta[2]; i++) {{
    const F m = (F)(meta[1] + i);
    if (moved || p[2] > 0.0 || !stands(&mine, m)) {{  /* most of a path stands still */
      force(y, &mine, m);
      for (i64 k = 0; k < (i64)p[2]; k++) {{
        const Force taker = forced(forces + (i64)takers[(i64)p[1] + k] * {FORCE}, x, wide);
        force(z, &taker, m);
        LANES y[l] = y[l] * (1.0 - MIN(z[l], 1.0));
      }}
      moved = i == 0;
      for (int k = 0; k < order; k++) {{
        F *v = level + k * B;
        if (i == 0) LANES v[l] = y[l];
        LANES {{ F gap = v[l]; v[l] = gap + share * (y[l] - gap); y[l] = v[l]; moved |= v[l] != gap ? 1ull : 0ull; }}
      }}
      if (i) LANES moved |= y[l] != last[l] ? 1ull : 0ull;
      if (moved) {{
        LANES {{ last[l] = y[l]; z[l] = gain[l] * (y[l] * realised[l]); }}
        if (multiply) vexp(by, z); else LANES by[l] = z[l];
      }}
    }}
    F *to = out + i * n;
    if (multiply) EACH(w) to[l] = to[l] * by[l]; else EACH(w) to[l] = to[l] + by[l];
  }}
}}
static int lay(const void *const *in, void *const *out, const i64 *meta) {{
  const F *x = in[0], *forces = in[1], *pushes = in[2], *takers = in[3], *channel = in[4];
  const i64 n = meta[0], months = meta[2];
  for (i64 first = 0; first < n; first += B) {{
    F *y = (F *)out[0] + first;
    const int w = n - first < B ? (int)(n - first) : B;
    for (i64 i = 0; i < months; i++) EACH(w) y[i * n + l] = channel[0];
    for (i64 j = 0; j < meta[5]; j++)
      push(y, channel[1] > 0.0, pushes + j * {PUSH}, forces, takers, x + first, meta, w);
  }}
  return 0;
}}
"""
"""``lay``: ``in``: numbers by (row, draw; whole blocks), forces, pushes, takers, then the channel's neutral value and whether it
multiplies. ``out``: (month, draw). ``meta``: draws, first month, months, draws in whole blocks, 1, pushes."""


class _Task:
    """A channel as the kernel's numbers: forces and pushes name the rows of a table by draw in which their own numbers stand."""

    def __init__(self, draws: int) -> None:
        self.draws = draws
        self.rows: list[Array] = []
        self.forces: list[tuple[float, ...]] = []
        self.pushes: list[tuple[float, ...]] = []
        self.takers: list[int] = []
        self._constant: dict[float, int] = {}

    def push(self, of: Push) -> None:
        taken, mine = [self._force(t) for t in of.takers], self._force(of.force)
        lag = (closed(of.mean, of.order), of.order) if of.mean > 0 else (1.0, 0)
        rows = (self._row(of.size), self._row(of.realised))
        self.pushes.append((mine, len(self.takers), len(taken), *lag, *rows))
        self.takers += taken

    def table(self) -> Array:
        """The rows (row, draw), in whole blocks of draws."""
        table = np.empty((len(self.rows), -(-self.draws // LANES) * LANES))
        for row, values in zip(table, self.rows, strict=True):
            row[: self.draws] = values
            row[self.draws :] = values[-1]
        return table

    def _force(self, of: Force) -> int:
        self.forces.append((of.since, of.intensity, *self._ramp(of.planned), *self._ramp(of.moved or of.planned)))
        return len(self.forces) - 1

    def _ramp(self, of: Ramp) -> tuple[float, ...]:
        return self._row(of.start), self._row(of.length), of.end

    def _row(self, values: Array) -> int:
        if len(values) == 1:
            at = self._constant.setdefault(float(values[0]), len(self.rows))
            if at < len(self.rows):
                return at
        self.rows.append(values)
        return len(self.rows) - 1


def _by_kernel(channel: Pushed, draws: int, start: int, months: int, call: Call) -> Array:
    task = _Task(draws)
    for push in channel.pushes:
        task.push(push)
    table, told = task.table(), np.array([channel.neutral, float(channel.multiply)])
    out = np.empty((months, draws))
    arrays = [table, np.array(task.forces), np.array(task.pushes, dtype=np.float64), np.array([*task.takers, 0.0]), told]
    meta = [draws, start, months, table.shape[1], 1, len(task.pushes)]
    call(arrays, [out], np.array(meta, dtype=np.int64))
    return out
