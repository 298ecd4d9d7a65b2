"""Keyed randomness: every number is a function of (seed, draw, purpose, entity, index), never of the order of work.

Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011), a counter-based
generator that passes BigCrush; tested against its published vectors. The counter is (draw, entity, index, purpose), the key
the 64-bit seed. The purpose is a text, hashed to 32 bits (CRC-32); a model checks that its purposes do not collide.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Word = NDArray[np.uint32]
Array = NDArray[np.float64]

ROUNDS = 10
CHUNK = 4096  # numbers at a time: six buffers of 64-bit words stay in L2
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = 0x9E3779B9, 0xBB67AE85
_MASK = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)


def purpose_key(purpose: str) -> int:
    """The 32-bit key of a purpose."""
    return zlib.crc32(purpose.encode("utf-8"))


def check_purposes(purposes: Iterable[str]) -> None:
    """Raise ValueError if two different purposes share a key; rename one of them."""
    seen: dict[int, str] = {}
    for purpose in purposes:
        other = seen.setdefault(purpose_key(purpose), purpose)
        if other != purpose:
            raise ValueError(f"the purposes {other!r} and {purpose!r} share a random key: rename one")


def philox(c0: Any, c1: Any, c2: Any, c3: Any, key: int) -> tuple[Word, Word, Word, Word]:
    """Four 32-bit words for each counter (four arrays that broadcast), under a 64-bit key."""
    arrays = np.broadcast_arrays(*(np.asarray(c, dtype=np.uint64) for c in (c0, c1, c2, c3)))
    shape, size = arrays[0].shape, arrays[0].size
    flat = [a.reshape(-1) if a.flags.c_contiguous else np.ascontiguousarray(a).reshape(-1) for a in arrays]
    out = tuple(np.empty(size, dtype=np.uint32) for _ in range(4))
    n = min(CHUNK, max(size, 1))
    buffers = [np.empty(n, dtype=np.uint64) for _ in range(8)]
    for lo in range(0, size, n):
        hi = min(lo + n, size)
        a, b, c, d, p, q, r, s = (x[: hi - lo] for x in buffers)
        for x, source in zip((a, b, c, d), flat, strict=True):
            np.copyto(x, source[lo:hi])
        k0, k1 = key & 0xFFFFFFFF, (key >> 32) & 0xFFFFFFFF
        for _ in range(ROUNDS):
            np.multiply(a, _M0, out=p)
            np.multiply(c, _M1, out=q)
            np.right_shift(p, _32, out=r)
            np.right_shift(q, _32, out=s)
            np.bitwise_xor(s, b, out=s)
            np.bitwise_xor(s, np.uint64(k0), out=a)
            np.bitwise_xor(r, d, out=r)
            np.bitwise_xor(r, np.uint64(k1), out=c)
            np.bitwise_and(q, _MASK, out=b)
            np.bitwise_and(p, _MASK, out=d)
            k0, k1 = (k0 + _W0) & 0xFFFFFFFF, (k1 + _W1) & 0xFFFFFFFF
        for word, x in zip(out, (a, b, c, d), strict=True):
            word[lo:hi] = x
    w = tuple(x.reshape(shape) for x in out)
    return w[0], w[1], w[2], w[3]


def bits(seed: int, purpose: str, draw: Any, entity: Any = 0, index: Any = 0) -> tuple[Word, Word, Word, Word]:
    """Four 32-bit words for each (draw, entity, index), which broadcast."""
    return philox(draw, entity, index, purpose_key(purpose), seed)


def uniform(seed: int, purpose: str, draw: Any, entity: Any = 0, index: Any = 0) -> Array:
    """Numbers in (0, 1), never an end, with 52 bits: ``(k + 1/2) / 2^52``."""
    return _fraction(*bits(seed, purpose, draw, entity, index)[:2])


def uniforms(seed: int, purposes: Sequence[str], draw: Any) -> Array:
    """``uniform`` of many purposes at once: (purpose, draw)."""
    keys = np.array([purpose_key(p) for p in purposes], dtype=np.uint64)[:, None]
    return _fraction(*philox(np.asarray(draw)[None, :], 0, 0, keys, seed)[:2])


def _fraction(a: Word, b: Word) -> Array:
    k = (a.astype(np.uint64) << np.uint64(20)) | (b.astype(np.uint64) >> np.uint64(12))
    return (k.astype(np.float64) + 0.5) * 2.0**-52


def uniforms32(seed: int, purpose: str, draw: Any, entity: Any = 0, index: Any = 0) -> tuple[Array, Array, Array, Array]:
    """Four numbers in (0, 1) with 32 bits each, ``(k + 1/2) / 2^32``: for hot entity code."""
    w = [(x.astype(np.float64) + 0.5) * 2.0**-32 for x in bits(seed, purpose, draw, entity, index)]
    return w[0], w[1], w[2], w[3]
