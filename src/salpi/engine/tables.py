"""Tables of gamma and beta quantiles by the kernel that reads them (see ``drawing.py``): those of ``special.py``, to the bit.

In NumPy a table takes some milliseconds, and a plan has a hundred of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from salpi.engine import functions as xp
from salpi.engine.emit_c import LANES
from salpi.engine.native import ROOM
from salpi.engine.paths import Call
from salpi.engine.special import CELLS, Quantile, axes, tail_grid

Array = NDArray[np.float64]

C = """
FN void density(F *restrict h, const F *restrict y, F a, F b, F centre, int beta) {
  F s[B], e[B];
  if (beta) {
    LANES s[l] = -__builtin_fabs(y[l]);
    vexp(e, s);
    LANES s[l] = 1.0 + e[l];
    vlog(e, s);
    LANES { F soft = (y[l] > 0.0 ? y[l] : 0.0) + e[l]; h[l] = a * (y[l] - soft) - b * soft; }
  } else {
    LANES s[l] = y[l] - centre;
    vexp(e, s);
    LANES h[l] = a * (s[l] - (e[l] - 1.0));
  }
}
static int tabulate(F *table, const F *w, const F *at, const F *c, F *t, i64 n, i64 wide, i64 room) {
  const F a = c[0], b = c[1], centre = c[2], scale = c[3]; const int beta = c[4] > 0.0;
  F *f = t + room, *area = f + room, *rise = area + room, *fall = rise + room, *x = fall + room, *y = x + room;
  F *slope = y + room, peak = -INF, end = (w[1] - w[0]) * scale * 0.5;
  for (i64 i = 0; i < n; i += B) {
    F e[B];
    vexp(e, w + i);
    LANES { area[i + l] = end * (e[l] + 1.0 / e[l]); t[i + l] = centre + scale * 0.5 * (e[l] - 1.0 / e[l]); }
    density(f + i, t + i, a, b, centre, beta);
  }
  for (i64 i = 0; i < n; i++) peak = f[i] > peak ? f[i] : peak;
  for (i64 i = 0; i < n; i += B) {
    F e[B];
    LANES e[l] = f[i + l] - peak;
    vexp(f + i, e);
    LANES area[i + l] = f[i + l] * area[i + l];
  }
  F below = 0.0, above = 0.0;
  for (i64 i = 0; i < n; i++) { rise[i] = below; if (i + 1 < n) below = below + (area[i + 1] + area[i]) / 2; }
  for (i64 i = n - 1; i >= 0; i--) { fall[i] = above; if (i) above = above + (area[i] + area[i - 1]) / 2; }
  for (i64 i = 2; i < n - 2; i++) {
    F first = area[i + 1] - area[i - 1], bend = first / 24 - (area[i + 2] - area[i - 2] - 2.0 * first) * (11.0 / 1440.0);
    rise[i] = rise[i] - bend; fall[i] = fall[i] + bend;
  }
  const F total = rise[n - 1];
  for (int up = 0; up < 2; up++) {
    const F signed_total = up ? -total : total, *sums = up ? fall : rise;
    F *found = table + up * wide, *steep = found + 2 * wide;
    i64 m = 0, k = 0, j = 0;
    for (i64 i = 0; i < n; i++) {
      const i64 q = up ? n - 1 - i : i;
      const F tail = sums[q] / total;
      if (tail > 0x1p-200 && tail < 0.9) { x[m] = tail; y[m] = t[q]; slope[m] = signed_total * tail / f[q]; m++; }
    }
    for (i64 i = m; i < room; i++) x[i] = 1.0;
    for (i64 i = 0; i < m; i += B) { F e[B]; LANES e[l] = x[i + l]; vlog(x + i, e); }
    F last = -INF;
    for (i64 i = 0; i < m; i++) {
      const F here = x[i];
      if (here - last > 0.0) { x[k] = here; y[k] = y[i]; slope[k] = slope[i]; k++; }
      last = here;
    }
    if (k < 2) return 1;
    for (i64 i = 0; i < wide; i++) {
      const F p = at[i];
      while (j < k && x[j] <= p) j++;
      const i64 o = j < 1 ? 0 : j > k - 1 ? k - 2 : j - 1;
      const F h = x[o + 1] - x[o], s = (p - x[o]) / h, r = 1.0 - s, m0 = h * slope[o], m1 = h * slope[o + 1];
      const F inside = y[o] + s * s * (3.0 - 2.0 * s) * (y[o + 1] - y[o]) + s * r * (r * m0 - s * m1);
      found[i] = s < 0.0 ? y[o] + slope[o] * (p - x[o]) : s > 1.0 ? y[o + 1] + slope[o + 1] * (p - x[o + 1]) : inside;
    }
    for (i64 i = 0; i < wide; i += B) {
      F e[B], d[B];
      density(d, found + i, a, b, centre, beta);
      LANES e[l] = d[l] - peak;
      vexp(d, e);
      LANES steep[i + l] = signed_total / d[l];
    }
  }
  return 0;
}
static int tables(const void *const *in, void *const *out, const i64 *meta) {
  const i64 many = meta[0], n = meta[1], wide = meta[2], room = meta[3];
  for (i64 k = 0; k < many; k++) {
    F *table = (F *)out[0] + k * 4 * wide;
    const F *grid = (const F *)in[0] + k * room, *shape = (const F *)in[2] + k * 5;
    if (tabulate(table, grid, in[1], shape, out[1], n, wide, room)) table[0] = INF - INF;
  }
  return 0;
}
"""
"""``tables``: ``in``: even grids and the logs of tail probabilities (whole blocks), then of each its two shapes, centre, scale
and whether it is a beta. ``out``: of each table and slopes of either tail (4, probability), the first NaN where there is none;
room.
``meta``: how many, points, probabilities and points in whole blocks, 2."""


def tabulated(shapes: Sequence[tuple[float, ...]], call: Call) -> list[Quantile | None]:
    """The tables of gammas of one shape and betas of two; None for one that must be left to ``special.py``."""
    made: list[Quantile | None] = [None] * len(shapes)
    able = [k for k, s in enumerate(shapes) if min(s) > 0]
    if not able:
        return made
    found = axes([shapes[k] for k in able])
    numbers = [[shapes[k][0], shapes[k][-1], on.centre, on.scale, len(shapes[k]) == 2] for k, on in zip(able, found, strict=True)]
    at, wide = _tails()
    n = CELLS + 1
    points = np.pad([on.w for on in found], ((0, 0), (0, -n % LANES)), "edge")
    out, room = np.empty((len(able), 4, len(at))), np.empty((8, points.shape[1]), dtype=ROOM)
    meta = np.array([len(able), n, len(at), points.shape[1], 2], dtype=np.int64)
    call([points, at, np.array(numbers, dtype=np.float64)], [out, room], meta)
    for k, halves in zip(able, out[:, :, :wide], strict=True):
        if not np.isnan(halves[0, 0]):
            made[k] = Quantile(halves[:2].ravel(), halves[2:].ravel(), len(shapes[k]) == 1)
    return made


@cache
def _tails() -> tuple[Array, int]:
    """The logs of the table's tail probabilities, in whole blocks, and how many there are."""
    logs = np.asarray(xp.log(tail_grid()))
    return np.pad(logs, (0, -len(logs) % LANES), "edge"), len(logs)
