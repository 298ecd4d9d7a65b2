"""A bench for one sector: parameters at given values, shocks at will, needs held still; no runner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from salpi.engine import functions as XP
from salpi.engine.declare import Sector

START = 12 * 2024


@dataclass
class Bench:
    """One sector on the bench. ``values`` holds parameters by id (scalars; with a dim, by ``id.member`` or by id)."""

    sector: Sector
    dims: dict[str, tuple[str, ...]]
    attributes: dict[str, Any]
    values: dict[str, Any]
    needs: dict[str, Any] = field(default_factory=dict)
    draws: int = 4

    def constants(self, channels: dict[str, float]) -> dict[str, Any]:
        d = self.draws
        p: dict[str, Any] = {}
        for q in self.sector.parameters:
            if q.dim is None:
                p[q.id] = np.full(d, float(self.values[q.id]))
            else:
                rows = [self.values.get(f"{q.id}.{m}", self.values.get(q.id)) for m in self.dims[q.dim]]
                p[q.id] = np.array([np.full(d, float(v)) for v in rows]).reshape(len(rows), d)
        for a in self.sector.attributes:
            value = self.attributes[a.name]
            p[a.name] = float(value) if a.dim is None else np.asarray(value, dtype=float)[:, None]
        for c in self.sector.channels:
            p[c.id] = np.full(d, float(channels.get(c.id, c.neutral)))
        return p

    def run(
        self, months: int, channels: dict[str, float] | None = None, seed: int | None = None, needs: Any = None
    ) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """(gives, states) by name, months first. ``seed`` None: every shock is 0. ``needs(t)`` overrides the needs."""
        p = self.constants(channels or {})
        rng = np.random.default_rng(seed)
        kept: dict[tuple[str, int], Any] = {}

        def shock(name: str, every: str, dim: str | None, t: int) -> Any:
            key = {"once": 0, "year": t // 12, "month": t}[every]
            if (name, key) not in kept:
                shape = (self.draws,) if dim is None else (len(self.dims[dim]), self.draws)
                kept[name, key] = np.zeros(shape) if seed is None else rng.standard_normal(shape)
            return kept[name, key]

        def given(t: int) -> dict[str, Any]:
            return {n.name: np.full(self.draws, float((needs(t) if needs else self.needs)[n.name])) for n in self.sector.needs}

        s = dict(self.sector.init(XP, p, given(START)))
        assert set(s) == {x.name for x in self.sector.states}, "init gives exactly the declared states"
        sizes = {x.name: (self.draws,) if x.dim is None else (len(self.dims[x.dim]), self.draws) for x in self.sector.states}
        s = {k: np.broadcast_to(v, sizes[k]) for k, v in s.items()}
        gives: dict[str, list[Any]] = {g.name: [] for g in self.sector.gives}
        states: dict[str, list[Any]] = {k: [] for k in s}
        for t in range(START, START + months):
            z = {x.name: shock(x.name, x.every, x.dim, t) for x in self.sector.shocks}
            d, out = self.sector.step(XP, s, p, z, float(t), given(t))
            assert set(d) == set(s), "step changes exactly the declared states"
            assert set(out) == set(gives), "step gives exactly what is declared"
            for g in self.sector.gives:
                shape = (self.draws,) if g.dim is None else (len(self.dims[g.dim]), self.draws)
                gives[g.name].append(np.broadcast_to(out[g.name], shape))
            for k in s:
                states[k].append(s[k])
            s = {k: s[k] + d[k] for k in s}
            assert {k: np.shape(v) for k, v in s.items()} == sizes, "a state keeps its shape"
        return {k: np.array(v) for k, v in gives.items()}, {k: np.array(v) for k, v in states.items()}


def finite(found: dict[str, np.ndarray]) -> bool:
    return all(bool(np.isfinite(v).all()) for v in found.values())
