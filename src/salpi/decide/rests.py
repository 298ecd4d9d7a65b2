"""What a probability rests on: the model's assumptions behind it, and the outputs that it moves with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from salpi.engine.declare import EntitySector, Sector
from salpi.model.run import Output
from salpi.model.sectors import SECTOR_NAMES, sector
from salpi.plan.model import Plan
from salpi.plan.schema import Text

Array = NDArray[np.float64]
STRONG = 0.3
"""Rank correlation over draws from which an output is named as a driver."""
SAME = 0.97
"""From here on it is the same thing under another name."""


@dataclass(frozen=True)
class Assumptions:
    """Whether a probability rests on numbers without a source, and how many."""

    rests: bool
    why: Text

    def to_json(self) -> dict[str, object]:
        return {"rests": self.rests, "why": self.why.plain()}


NONE = Assumptions(False, Text(en="No probability is given.", ko="확률을 제시하지 않음."))
OUTCOME = Assumptions(False, Text(en="Published figures only.", ko="공표된 수치만 사용."))
TREND = Assumptions(
    True,
    Text(
        en="Assumption: the series goes on as a random walk with its own drift; no measure enters.",
        ko="가정: 계열이 과거 추세와 변동 폭대로 이어진다고 봄. 정책수단은 반영되지 않음.",
    ),
)


def upstream(names: tuple[str, ...]) -> frozenset[str]:
    """Sectors that feed the sectors of these outputs, without these sectors themselves."""
    return frozenset(feeding(names)) - {n.split(".", 1)[0] for n in names}


@cache
def feeding(names: tuple[str, ...]) -> tuple[str, ...]:
    """Sectors that outputs come from, with all that feed these."""
    found: dict[str, None] = {}
    todo = [n.split(".", 1)[0] for n in names]
    while todo:
        name = todo.pop()
        if name in found or name not in SECTOR_NAMES:
            continue
        found[name] = None
        declared: Sector | EntitySector = sector(name)
        todo += [need.name.split(".", 1)[0] for need in declared.needs]
    return tuple(n for n in SECTOR_NAMES if n in found)


def assumptions(plan: Plan, outputs: tuple[str, ...]) -> Assumptions:
    """How many of the parameters behind these outputs have no source."""
    sectors = feeding(outputs)
    mine = [p for key, p in plan.parameters.items() if plan.sector_of.get(key) in sectors]
    bare = sum(p.basis in ("assumption", "unverified") for p in mine)
    if not mine:
        return Assumptions(False, Text(en="No parameters stand behind it.", ko="관련 매개변수 없음."))
    return Assumptions(
        bare > 0,
        Text(
            en=f"{bare} of the {len(mine)} parameters behind it are assumptions ({', '.join(sectors)}).",
            ko=f"관련 매개변수 {len(mine)}개 중 {bare}개가 가정 ({', '.join(sectors)}).",
        ),
    )


class HasOutputs(Protocol):
    """A run, or of one the outputs in some years."""

    @property
    def years(self) -> NDArray[np.int64]: ...

    @property
    def outputs(self) -> Mapping[str, Output]: ...


class Drivers:
    """Names the outputs of a run with which values move most, by rank correlation over its first draws.

    Ranks are made once a year.
    """

    def __init__(self, run: HasOutputs, draws: int | None = None) -> None:
        self.run, self.draws = run, draws
        self._ranks: dict[int, tuple[tuple[str, ...], Array]] = {}

    def of(self, values: Array, year: int, own: tuple[str, ...]) -> tuple[tuple[Text, float], ...]:
        """Up to two (name, correlation), strongest first.

        Only outputs of other sectors that feed these values are causes, and one a sector is enough.
        """
        values = values[: self.draws]
        outputs = getattr(self.run, "outputs", None)
        if not outputs or len(values) < 50 or np.ptp(values) == 0:
            return ()
        names, table = self._table(year)
        if not names:
            return ()
        causes = upstream(own)
        correlation = table @ _standard(values) / len(values)
        found: list[int] = []
        for i in map(int, np.argsort(-np.abs(correlation), kind="stable")):
            r = abs(float(correlation[i]))
            if r < STRONG or len(found) == 2:
                break
            home = names[i].split(".", 1)[0]
            if home in causes and r <= SAME and all(names[j].split(".", 1)[0] != home for j in found):
                found.append(i)
        return tuple((Text(en=outputs[names[i]].en, ko=outputs[names[i]].ko), float(correlation[i])) for i in found)

    def _table(self, year: int) -> tuple[tuple[str, ...], Array]:
        if year not in self._ranks:
            hit = np.flatnonzero(self.run.years == year)
            rows = {}
            for name, out in self.run.outputs.items():
                if out.members is None and len(hit):
                    column = out.values[: self.draws, int(hit[0])]
                    if np.ptp(column) > 0:
                        rows[name] = _standard(column)
            self._ranks[year] = (tuple(rows), np.stack(list(rows.values())) if rows else np.empty((0, 0)))
        return self._ranks[year]


def _standard(values: Array) -> Array:
    """Ranks (ties share their mean), centred, with standard deviation 1."""
    order = np.argsort(values, kind="stable")
    _, inverse, counts = np.unique(values[order], return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    mean = ends - (counts - 1) / 2.0
    ranks = np.empty(len(values))
    ranks[order] = mean[inverse]
    centred = ranks - ranks.mean()
    return np.asarray(centred / centred.std())
