"""Wiring: the order in which sectors run, from what they need and give.

A sector runs after those whose outputs of the same month it needs. Sectors that feed each other through last month's values
(``lag=1``) run month by month together; all others sector by sector over the whole horizon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from salpi.engine.declare import EntitySector, Sector

Any_ = Sector | EntitySector


class WiringError(ValueError):
    """Sectors that do not fit together; ``problems`` holds one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def wire(sectors: Sequence[Any_]) -> tuple[tuple[Any_, ...], ...]:
    """Groups of sectors in the order in which they run; a group of several runs month by month.

    Raises WiringError: two sectors of one name, two givers of one output, a need that nobody gives or gives in other dims, a
    cycle within one month, entities in a feedback.
    """
    giver: dict[str, Any_] = {}
    count = Counter(s.name for s in sectors)
    problems = [f"{_number(n)} sectors are named {name}; rename one" for name, n in count.items() if n > 1]
    for sector in sectors:
        for give in sector.gives:
            if give.name in giver:
                problems.append(f"{give.name!r} is given by {giver[give.name].name} and by {sector.name}; one must give way")
            giver[give.name] = sector
    for sector in sectors:
        for need in sector.needs:
            if need.name not in giver:
                near = ", ".join(sorted(n for n in giver if n.split(".")[0] == need.name.split(".")[0])) or "nothing of that name"
                problems.append(f"{sector.name} needs {need.name!r}, which no sector gives (there is: {near})")
                continue
            given = next(g for g in giver[need.name].gives if g.name == need.name)
            if given.dim != need.dim:
                wanted, there = (f"over {dim}" if dim else "as one number" for dim in (need.dim, given.dim))
                problems.append(f"{sector.name} needs {need.name!r} {wanted}, {giver[need.name].name} gives it {there}")
            if giver[need.name] is sector and isinstance(sector, EntitySector):
                problems.append(
                    f"{sector.name} needs its own {need.name!r}, but a sector of entities cannot be part of a feedback"
                )
            elif giver[need.name] is sector and need.lag == 0:
                problems.append(
                    f"{sector.name} needs its own {need.name!r} of the same month; let it read last month's value (lag=1)"
                )
    if problems:
        raise WiringError(problems)
    after: dict[str, set[str]] = {s.name: {giver[n.name].name for n in s.needs} - {s.name} for s in sectors}
    now: dict[str, set[str]] = {s.name: {giver[n.name].name for n in s.needs if n.lag == 0} - {s.name} for s in sectors}
    by_name = {s.name: s for s in sectors}
    groups = _components([s.name for s in sectors], after)
    out = []
    for group in groups:
        ordered = _within_month(group, now)
        if len(group) > 1 and any(isinstance(by_name[n], EntitySector) for n in group):
            raise WiringError([f"{', '.join(group)} feed each other, but a sector of entities cannot be part of a feedback"])
        out.append(tuple(by_name[n] for n in ordered))
    return tuple(out)


def _number(n: int) -> str:
    return "two" if n == 2 else str(n)


def _components(names: Sequence[str], after: dict[str, set[str]]) -> list[list[str]]:
    """Strongly connected components in an order in which each comes after those it needs (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    out: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in sorted(after[name], key=names.index):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            cut = stack.index(name)
            out.append(sorted(stack[cut:], key=names.index))
            del stack[cut:]

    for name in names:
        if name not in index:
            visit(name)
    return out


def _within_month(group: Sequence[str], now: dict[str, set[str]]) -> list[str]:
    """Order inside a group by this month's needs. Raises WiringError for a cycle."""
    left, out = list(group), []
    while left:
        ready = [n for n in left if not (now[n] & set(left))]
        if not ready:
            raise WiringError(
                [f"{' → '.join(left)} need each other within one month; let one of them read last month's value (lag=1)"]
            )
        out.append(ready[0])
        left.remove(ready[0])
    return out
