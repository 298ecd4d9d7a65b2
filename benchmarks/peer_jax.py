"""bio30 in JAX: the very step of ``bio30.py`` over ``jax.numpy``, months in a scan, compiled; random numbers not counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import bio30
import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)


class Functions:
    """The language's functions in JAX."""

    exp, log, where = (staticmethod(f) for f in (jnp.exp, jnp.log, jnp.where))
    minimum, maximum = staticmethod(jnp.minimum), staticmethod(jnp.maximum)

    @staticmethod
    def sum(x: Any) -> Any:
        return x.sum(axis=0)

    @staticmethod
    def power(x: Any, y: Any) -> Any:
        return x**y


def runner(draws: int) -> Callable[[], object]:
    """A run of so many draws, compiled at its first call."""
    rng = np.random.default_rng(1)
    drawn = {k: jnp.asarray(rng.uniform(0.85 * v, 1.15 * v, draws)) for k, v in bio30.BASE.items()}
    p: dict[str, Any] = {k: jnp.stack([drawn[f"{k}.{a}"] for a in bio30.AREAS]) for k in bio30.BY_AREA}
    p |= {k: drawn[k] for k in bio30.SCALARS}
    data = {"pass.pre": bio30.PASS_PRE, "pass.clin": bio30.PASS_CLIN, "pre0": bio30.PRE, "clin0": bio30.CLIN, "p30": bio30.P3}
    p |= {k: jnp.asarray(v)[:, None] for k, v in data.items()}
    z = {k: jnp.asarray(rng.standard_normal((bio30.YEARS, draws))) for k in bio30.NOISE}
    once = {f"first.{k}": jnp.asarray(rng.standard_normal(draws)) for k in bio30.NOISE}
    xp = Functions()

    def whole(p: Any, z: Any, once: Any) -> Any:
        wide = {k: (len(bio30.AREAS),) for k in ("pre", "clin", "p3")}
        first = {k: jnp.broadcast_to(v, (*wide.get(k, ()), draws)) for k, v in bio30.init(xp, p, {}).items()}

        def month(s: Any, t: Any) -> Any:
            year = {k: v[t // 12] for k, v in z.items()}
            change, out = bio30.step(xp, s, p, {**year, **once}, t.astype(float), {})
            return {k: s[k] + change[k] for k in s}, out

        _, out = jax.lax.scan(month, first, jnp.arange(12 * bio30.YEARS))
        return {k: v[11::12] for k, v in out.items()}

    compiled = jax.jit(whole)
    return lambda: jax.block_until_ready(compiled(p, z, once))
