"""A run: an immutable value with the spec that makes it again, and what came out, draw by year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine.quantiles import quantiles as quantiles_of
from salpi.model.links import IndicatorRun, link
from salpi.plan import Plan

if TYPE_CHECKING:
    import xarray

Array = NDArray[np.float64]

AT_ONCE = 256
"""Draws whose numbers are laid out side by side at once."""
QUANTILES = {"p025": 0.025, "p05": 0.05, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95, "p975": 0.975}


@dataclass(frozen=True)
class Output:
    """One output of the model: ``values`` (draw, year) or (member, draw, year), ``unit`` a year."""

    id: str
    unit: str
    annual: str
    en: str
    ko: str
    values: Array
    members: tuple[str, ...] | None = None
    months: Array | None = None  # (draw, month) or (member, draw, month), where the sector keeps them

    def of(self, member: str | None) -> Array | None:
        """Values (draw, year) of one member; None if there is no such member."""
        if self.members is None:
            return self.values
        if member is None or member not in self.members:
            return None
        picked: Array = self.values[self.members.index(member)]
        return picked

    def months_of(self, member: str | None) -> Array | None:
        if self.months is None or self.members is None:
            return self.months
        if member is None or member not in self.members:
            return None
        picked: Array = self.months[self.members.index(member)]
        return picked


@dataclass(frozen=True)
class Run:
    """The result of a simulation. ``spec`` is plain JSON: plan, hash, scenario, seed, draws, as_of, version and so on."""

    plan: Plan
    spec: Mapping[str, Any]
    years: NDArray[np.int64]
    first_month: int
    outputs: Mapping[str, Output]

    @property
    def hash(self) -> str:
        """SHA-256 of the spec: what the run is called. The engine is left out: all of them give the same bits."""
        spec = {k: v for k, v in self.spec.items() if k != "engine"}
        return hashlib.sha256(json.dumps(spec, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    @property
    def digest(self) -> str:
        """SHA-256 over the fingerprints of all draws, in their order: two runs with one digest are the same to the bit."""
        return digest(self.fingerprints())

    def fingerprints(self) -> NDArray[np.uint8]:
        """The SHA-256 of each draw (draw, 32): of every output's name, shape and numbers, in order of the ids.

        A draw's own depends on nothing but the draw, so that parts of a run put together are the run.
        """
        tables = [(key, v) for key, out in sorted(self.outputs.items()) for v in (out.values, out.months) if v is not None]
        shapes = [f"{key}\0{(*v.shape[:-2], v.shape[-1])}\0" for key, v in tables]
        head = hashlib.sha256("".join(shapes).encode())
        draws = tables[0][1].shape[-2] if tables else self.draws
        ends = np.cumsum([0, *(v.size // v.shape[-2] for _, v in tables)])
        made, room = bytearray(), np.empty((min(draws, AT_ONCE), ends[-1]), dtype="<f8")
        for lo in range(0, draws, AT_ONCE):
            hi = min(lo + AT_ONCE, draws)
            for (_, v), first, last in zip(tables, ends, ends[1:], strict=False):
                row_by_row = np.moveaxis(v[..., lo:hi, :], -2, 0)
                room[: hi - lo, first:last].reshape(row_by_row.shape)[...] = row_by_row
            for row in room[: hi - lo]:
                of_draw = head.copy()
                of_draw.update(row.data)
                made += of_draw.digest()
        return np.frombuffer(made, dtype=np.uint8).reshape(draws, 32)

    @property
    def draws(self) -> int:
        return int(self.spec["draws"])

    def indicator(self, indicator: str, subject: str | None = None) -> IndicatorRun | None:
        """The model's view of an indicator, hung on its latest actual value where the plan says so; None if it has none."""
        return link(self.plan, self, indicator, subject)

    def indicators(self) -> tuple[str, ...]:
        """The plan's indicators that the model speaks of in this run."""
        return tuple(i for i, body in self.plan.indicators.items() if body.model and self.indicator(i) is not None)

    def to_xarray(self) -> xarray.Dataset:
        """Outputs as labelled arrays ``(draw, year)`` or ``(member, draw, year)`` with units and names."""
        import xarray

        variables = {}
        for key, out in self.outputs.items():
            dims: tuple[str, ...] = ("draw", "year")
            if out.members is not None:
                dims = (f"member:{key}", *dims)
            variables[key] = (dims, out.values, {"units": out.unit, "long_name": out.en})
        coords: dict[str, Any] = {"draw": np.arange(self.draws), "year": self.years}
        coords |= {f"member:{k}": list(o.members) for k, o in self.outputs.items() if o.members is not None}
        return xarray.Dataset(variables, coords=coords, attrs={"spec": json.dumps(dict(self.spec), sort_keys=True)})

    def quantiles(self, indicator: str, subject: str | None = None) -> dict[str, Array]:
        """Quantiles by year of one indicator of the plan, in its unit. Raises KeyError if the model has none."""
        found = self.indicator(indicator, subject)
        if found is None:
            raise KeyError(f"the model has no output for {indicator!r}; see plan.indicators[...].model")
        return quantiles(found.values)

    def _repr_html_(self) -> str:
        from salpi.model.display import run_html

        return run_html(self)

    def __repr__(self) -> str:
        return f"<Run {self.hash[:12]} of {self.plan.id}: {self.draws} draws, {self.years[0]}–{self.years[-1]}>"


def digest(fingerprints: NDArray[np.uint8]) -> str:
    """What a run of these draws is known by."""
    return hashlib.sha256(np.ascontiguousarray(fingerprints).tobytes()).hexdigest()


def quantiles(values: Array) -> dict[str, Array]:
    """The printed quantiles over draws (axis 0), by partition."""
    return dict(zip(QUANTILES, quantiles_of(values, tuple(QUANTILES.values())), strict=True))
