"""A model's parameters drawn: each the quantile of its distribution at its own keyed uniform number; by a kernel, or by NumPy.

The kernel is one text for every model: what it draws is handed in as numbers. It works in the operations of ``random.py``,
``distributions.py`` and ``special.py``, in their order, so that both readings give the same bits. It lays out the paths of
channels (``paths.py``) and makes the tables of quantiles (``tables.py``) too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine.distributions import BELLS, KINDS, LEAST, MOST, Distribution, Shapes, quantiles, sigmas, table
from salpi.engine.emit_c import LANES, Kernel, runtime
from salpi.engine.paths import C as PATHS
from salpi.engine.paths import Call
from salpi.engine.random import purpose_key, uniforms
from salpi.engine.special import _FIRST, _SHIFT, OCTAVES, Quantile
from salpi.engine.tables import C as TABLES
from salpi.engine.tables import tabulated

Array = NDArray[np.float64]
Draws = NDArray[np.int64]
NAME = "drawn.numbers"
"""Under which a model's kernels hold the one that draws; no sector's name has a dot."""
AT_ONCE = 16  # tables that a kernel makes in one call
WIDTH = 8  # numbers that say how one parameter is drawn, see ``_row``

SOURCE = f"""{runtime()}
enum {{ {", ".join(KINDS).upper()} }};
typedef const F *restrict from;
ONE void quantile(F *restrict y, from u, from c, from t, from slope, int half) {{
  F z[B], x[B];
  switch ((int)c[0]) {{
  case UNIFORM: LANES y[l] = c[3] + u[l] * c[4]; break;
  case TRIANGULAR: LANES {{
    F s = __builtin_sqrt(u[l] < c[3] ? u[l] * c[5] : (1.0 - u[l]) * c[7]);
    y[l] = u[l] < c[3] ? c[4] + s : c[6] - s;
  }} break;
  case NORMAL: vnormal(z, u); LANES y[l] = c[3] + c[4] * z[l]; break;
  case LOGNORMAL: vnormal(z, u); LANES x[l] = c[4] * z[l]; vexp(z, x); LANES y[l] = c[3] * z[l]; break;
  case BETA: case GAMMA: LANES {{
    F p = u[l] < 0.5 ? u[l] : 1.0 - u[l]; p = p > {2.0**-OCTAVES!r} ? p : {2.0**-OCTAVES!r};
    u64 cell = raw(p) >> {_SHIFT};
    F base = flt(cell << {_SHIFT}), step = flt((cell + 1) << {_SHIFT}) - base, s = (p - base) / step, r = 1.0 - s;
    int j = (int)(cell - {_FIRST}) + (u[l] < 0.5 ? 0 : half);
    F rise = t[j + 1] - t[j], m = step * slope[j], n = step * slope[j + 1];
    z[l] = t[j] + s * s * (3.0 - 2.0 * s) * rise + s * r * (r * m - s * n);
  }}
    if ((int)c[0] == GAMMA) {{ vexp(x, z); LANES y[l] = x[l] * c[3]; break; }}
    LANES x[l] = -__builtin_fabs(z[l]);
    vexp(y, x);
    LANES y[l] = (z[l] >= 0.0 ? 1.0 : y[l]) / (1.0 + y[l]);
  }}
}}
{PATHS}{TABLES}
int run(const void *const *in, void *const *out, const i64 *meta) {{
  if (meta[4]) return meta[4] == 1 ? lay(in, out, meta) : tables(in, out, meta);
  const i64 n = meta[0], rows = meta[1]; const int half = (int)meta[3];
  const u32 *draws = in[0], *purposes = in[1], *which = in[2]; const F *numbers = in[3];
  for (i64 k = 0; k < rows; k++) {{
    const F *c = numbers + k * {WIDTH}, *t = in[4 + 2 * which[k]], *slope = in[5 + 2 * which[k]];
    const int bell = {" || ".join(f"c[0] == {kind.upper()}" for kind in BELLS)};
    for (i64 first = 0; first < n; first += B) {{
      F *y = (F *)out[0] + k * n + first, u[B];
      if (c[0] == FIXED) {{ LANES y[l] = c[3]; continue; }}
      uniform(u, draws + first, 0, 0, purposes[k], (u64)meta[2]);
      LANES {{ F v = c[1] + u[l] * c[2]; u[l] = bell ? MIN(MAX(v, {LEAST!r}), {MOST!r}) : v; }}
      quantile(y, u, c, t, slope, half);
    }}
  }}
  return 0;
}}
"""
KERNEL = Kernel(SOURCE, (), (), (), (), {})
"""``in``: draw numbers and, by row, keys of purposes and numbers of tables (u32), rows of WIDTH numbers, then each table and
its slopes. ``meta``: draws (whole blocks), rows, seed, where the upper tail begins in a table, 0. ``out``: (row, draw).
With a 1 for the last it lays out paths, see ``paths.C``, with a 2 it makes tables, see ``tables.C``."""


def caller(calls: Mapping[str, tuple[Kernel, Call]]) -> Call | None:
    """What runs KERNEL among a model's kernels; None where it is not there."""
    kernel, call = calls.get(NAME, (None, None))
    return call if kernel is KERNEL else None


def tables(shapes: Sequence[Shapes], call: Call | None) -> list[Quantile]:
    """The tables of many distributions; ``call`` runs KERNEL, unless given NumPy makes them, the same bits. Raises ValueError."""
    if call is None:
        return [table(s) for s in shapes]
    parts = [shapes[lo : lo + AT_ONCE] for lo in range(0, len(shapes), AT_ONCE)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = [its for part in pool.map(lambda part: tabulated(part, call), parts) for its in part]
    return [its or table(s) for its, s in zip(made, shapes, strict=True)]


Asked = tuple[str, Distribution]
"""The purpose under which a number is drawn, and how."""


def drawn(asked: Sequence[Asked], seed: int, draws: Draws, call: Call | None, memo: dict[Any, Any] | None = None) -> list[Array]:
    """Numbers (draw,) by what is asked; ``call`` runs KERNEL, unless given NumPy draws, the same bits. ``memo`` keeps them."""
    if memo is None:
        return _new(tuple(asked), seed, draws, call)
    these = draws.tobytes()  # one object, hashed once
    keys = [("drawn", *one, seed, these) for one in asked]
    new = {key: one for key, one in zip(keys, asked, strict=True) if key not in memo}
    if new:
        memo.update(zip(new, _new(tuple(new.values()), seed, draws, call), strict=True))
    return [memo[key] for key in keys]


def _new(asked: tuple[Asked, ...], seed: int, draws: Draws, call: Call | None) -> list[Array]:
    if call is None:
        return quantiles([of for _, of in asked], uniforms(seed, [purpose for purpose, _ in asked], draws))
    with _telling:  # threads that begin together work it out once
        its = _task(asked)
    whole = np.pad(draws.astype(np.uint32), (0, -len(draws) % LANES), "edge")
    out = np.empty((len(asked), len(whole)))
    key = np.uint64(seed & 0xFFFF_FFFF_FFFF_FFFF).astype(np.int64)
    call([whole, *its], [out], np.array([len(whole), len(asked), key, len(its[-1]) // 2, 0], dtype=np.int64))
    return [row[: len(draws)] for row in out]


@dataclass(frozen=True)
class Drawn:
    """A model's ``parameters`` (see ``run.Model``), drawn by their distributions.

    ``memo`` keeps what was drawn, for models that share it; without one nothing is kept.
    """

    of: Mapping[str, Distribution]
    seed: int
    memo: dict[Any, Any] | None = None

    def __call__(self, ids: tuple[str, ...], draws: Draws, call: Call | None = None) -> dict[str, Array]:
        """Numbers (draw,) by id; ``call`` runs KERNEL, unless given NumPy draws, the same bits."""
        asked = [(f"parameter.{id}", self.of[id]) for id in ids]
        return dict(zip(ids, drawn(asked, self.seed, draws, call, self.memo), strict=True))


_telling = Lock()


@lru_cache(maxsize=16)
def _task(asked: tuple[Asked, ...]) -> tuple[Any, ...]:
    """The inputs of KERNEL that are the same for all draws."""
    of = [distribution for _, distribution in asked]
    shapes = list(dict.fromkeys(d.shapes for d in of if d.shapes))
    tables = np.array([shapes.index(d.shapes) if d.shapes else 0 for d in of], dtype=np.uint32)
    purposes = np.array([purpose_key(purpose) for purpose, _ in asked], dtype=np.uint32)
    numbers = np.zeros((len(of), WIDTH))
    wide = [d for d in dict.fromkeys(of) if d.kind == "lognormal"]
    sigma = dict(zip(wide, sigmas(wide), strict=True))
    for row, d in zip(numbers, of, strict=True):
        its = _row(d, sigma.get(d, 0.0))
        row[: len(its)] = its
    halves = [half for s in shapes for half in (table(s).table, table(s).slope)]
    return purposes, tables, numbers, *(halves or [np.zeros(1), np.zeros(1)])


def _row(of: Distribution, sigma: float) -> tuple[float, ...]:
    """How a parameter is drawn: its kind, the part of (0, 1) within its bounds, and the numbers of the kind's quantile.

    ``sigma`` is a lognormal's, see ``distributions.sigmas``.
    """
    if of.degenerate or of.low is None or of.high is None:
        return KINDS.index("fixed"), 0.0, 1.0, of.value
    first, last = of.share
    kind = (KINDS.index(of.kind), first, last - first)
    width = of.high - of.low
    if of.kind == "uniform":
        return *kind, of.low, width
    if of.kind == "triangular":
        left = of.value - of.low
        return *kind, left / width, of.low, width * left, of.high, width * (of.high - of.value)
    if of.kind in BELLS:
        return *kind, of.value, of._sd if of.kind == "normal" else sigma
    return (*kind, of.value / of.shapes[0]) if of.kind == "gamma" else kind
