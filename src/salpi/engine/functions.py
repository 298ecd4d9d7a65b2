"""The language's functions: what a step may call, in strict IEEE arithmetic, the same bits on every machine.

``exp`` and ``log`` are written in + - * / and bit moves (argument reduction after Cody & Waite, the polynomials of Sun's
fdlibm), so that no platform library, vector width or block size changes a bit; both err by less than 2 units in the last
place over the whole range (tested against extended precision). Sums over a dim run in a fixed order.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

maximum = np.maximum
minimum = np.minimum
where = np.where
abs = np.abs
sqrt = np.sqrt  # correctly rounded by IEEE 754

_LN2_HI, _LN2_LO = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_INV_LN2 = 1.44269504088896338700
_EXP = (
    1.66666666666666019037e-01,
    -2.77777777770155933842e-03,
    6.61375632143793436117e-05,
    -1.65339022054652515390e-06,
    4.13813679705723846039e-08,
)
_LG = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)
_MAX_EXP, _MIN_EXP = 709.782712893384, -745.1332191019412
_52 = np.int64(52)
_BIAS = np.int64(1023)
_SQRT_HALF_BITS = np.int64(0x3FE6A09E667F3BCD)
CHUNK = 8192


def chunked(kernel: Any, x: Any) -> Any:
    """Apply a kernel in pieces that stay in cache; scalars give scalars."""
    x = np.asarray(x, dtype=np.float64)
    if x.size <= CHUNK:
        y = kernel(x.reshape(-1)).reshape(x.shape)
        return y if x.ndim else y[()]
    flat = x.reshape(-1)
    out = np.empty_like(flat)
    for lo in range(0, flat.size, CHUNK):
        out[lo : lo + CHUNK] = kernel(flat[lo : lo + CHUNK])
    return out.reshape(x.shape)


def _power_of_two(k: NDArray[np.int64]) -> Array:
    return ((k + _BIAS) << _52).view(np.float64)


def _exp(x: Array) -> Array:
    odd = not bool(np.all((x > -708.0) & (x < 709.0)))
    clean = np.minimum(np.maximum(np.where(np.isnan(x), 0.0, x), -746.0), 710.0) if odd else x
    k = np.rint(clean * _INV_LN2)
    hi = clean - k * _LN2_HI
    lo = k * _LN2_LO
    r = hi - lo
    t = r * r
    c = r - t * (_EXP[0] + t * (_EXP[1] + t * (_EXP[2] + t * (_EXP[3] + t * _EXP[4]))))
    y = 1.0 - ((lo - (r * c) / (2.0 - c)) - hi)
    n = k.astype(np.int64)
    if not odd:
        return y * _power_of_two(n)
    half = n >> np.int64(1)
    with np.errstate(over="ignore", under="ignore"):
        y = y * _power_of_two(half) * _power_of_two(n - half)
    y = np.where(x > _MAX_EXP, np.inf, np.where(x < _MIN_EXP, 0.0, y))
    return np.where(np.isnan(x), np.nan, y)


def _log(x: Array) -> Array:
    odd = not bool(np.all((x >= 2.2250738585072014e-308) & (x < np.inf)))
    clean: Any = x
    shift: Any = np.int64(0)
    if odd:
        small = (x > 0) & (x < 2.2250738585072014e-308)
        shift = np.where(small, np.int64(54), np.int64(0))
        clean = np.where((x > 0) & (x < np.inf), np.where(small, x * 2.0**54, x), 1.0)
    word = clean.view(np.int64) if clean.flags.c_contiguous else np.ascontiguousarray(clean).view(np.int64)
    k = (word - _SQRT_HALF_BITS) >> _52
    m = (word - (k << _52)).view(np.float64)
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd_terms = z * (_LG[0] + w * (_LG[2] + w * (_LG[4] + w * _LG[6])))
    even_terms = w * (_LG[1] + w * (_LG[3] + w * _LG[5]))
    rest = odd_terms + even_terms
    half = 0.5 * f * f
    e = (k - shift).astype(np.float64)
    y: Array = e * _LN2_HI - ((half - (s * (half + rest) + e * _LN2_LO)) - f)
    if not odd:
        return y
    y = np.where(x == 0, -np.inf, np.where(x == np.inf, np.inf, y))
    return np.where((x < 0) | np.isnan(x), np.nan, y)


def exp(x: Any) -> Any:
    """e to the x; overflow gives infinity, underflow passes through subnormals to 0."""
    return chunked(_exp, x)


def log(x: Any) -> Any:
    """Natural logarithm; -inf at 0, NaN below."""
    return chunked(_log, x)


def power(x: Any, y: Any) -> Any:
    """``exp(y · log x)`` for x > 0."""
    return exp(y * log(x))


def logit(p: Any) -> Any:
    """``log(p / (1 - p))`` for p in (0, 1)."""
    return log(p / (1.0 - p))


def expit(x: Any) -> Any:
    """The inverse of logit, in (0, 1)."""
    e = exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1.0, e) / (1.0 + e)


def sum(x: Any) -> Any:
    """Sum over the first axis, in order; an empty axis sums to 0."""
    x = np.asarray(x, dtype=np.float64)
    if x.shape[0] == 0:
        return np.zeros(x.shape[1:])
    total = x[0]
    for row in x[1:]:
        total = total + row
    return total


def pick(table: Any, index: Any) -> Any:
    """``table[index]`` along the first axis; with draws as a second axis, one index for each draw."""
    table, index = np.asarray(table), np.asarray(index, dtype=np.intp)
    if table.ndim == 1 or index.ndim == 0:
        return table[index]
    return table[index, np.arange(table.shape[1])]


def lookup(x: Any, xs: Any, ys: Any) -> Any:
    """Linear interpolation through points (xs rising); the end values outside."""
    x, xs, ys = np.asarray(x, dtype=np.float64), np.asarray(xs, dtype=np.float64), np.asarray(ys, dtype=np.float64)
    i = np.minimum(np.maximum(np.searchsorted(xs, x, side="right") - 1, 0), len(xs) - 2)
    at = np.minimum(np.maximum((x - xs[i]) / (xs[i + 1] - xs[i]), 0.0), 1.0)
    return ys[i] + at * (ys[i + 1] - ys[i])
