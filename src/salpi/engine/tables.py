"""Tables of gamma and beta quantiles by the kernel that reads them (see ``drawing.py``): those of ``special.py``, to the bit.

In NumPy a table takes some milliseconds, and a plan has a hundred of them.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from salpi.engine import functions as xp
from salpi.engine.emit_c import LANES
from salpi.engine.paths import Call
from salpi.engine.special import CELLS, Quantile, axis, tail_grid

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
static int tabulate(const void *const *in, void *const *out, const i64 *meta) {
  const F *w = in[0], *at = in[1], *c = in[2], a = c[0], b = c[1], centre = c[2], scale = c[3];
  const i64 n = meta[0], wide = meta[1], cells = meta[2], room = meta[3]; const int beta = c[4] > 0.0;
  F *t = out[1], *f = t + room, *area = f + room, *rise = area + room, *fall = rise + room, *x = fall + room, *y = x + room;
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
    F *found = (F *)out[0] + up * wide, *steep = found + 2 * wide;
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
"""
"""``tabulate``: ``in``: the even grid and the logs of tail probabilities (whole blocks), then the two shapes, centre, scale and
whether it is a beta. ``out``: table and slopes of either tail (4, probability), room. ``meta``: points, probabilities in whole
blocks, cells, points in whole blocks, 2."""


def tabulated(shapes: tuple[float, ...], call: Call) -> Quantile | None:
    """The table of a gamma of one shape or a beta of two; None where it must be left to ``special.py``."""
    if min(shapes) <= 0:
        return None
    on = axis(*shapes)
    w, numbers = on.w, np.array([shapes[0], shapes[-1], on.centre, on.scale, float(len(shapes) == 2)])
    at, wide = _tails()
    whole = -(-len(w) // LANES) * LANES
    out, room = np.empty((4, len(at))), np.empty((8, whole))
    points = np.pad(w, (0, whole - len(w)), "edge")
    if call([points, at, numbers], [out, room], np.array([len(w), len(at), CELLS, whole, 2], dtype=np.int64)):
        return None
    halves = out[:, :wide]
    return Quantile(np.concatenate([halves[0], halves[1]]), np.concatenate([halves[2], halves[3]]), len(shapes) == 1)


@cache
def _tails() -> tuple[Array, int]:
    """The logs of the table's tail probabilities, in whole blocks, and how many there are."""
    logs = np.asarray(xp.log(tail_grid()))
    return np.pad(logs, (0, -len(logs) % LANES), "edge"), len(logs)
