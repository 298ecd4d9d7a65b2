"""What a plan's sectors lack before they can run: parameters that the plan has not, and sectors that give what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salpi.model.sectors import SECTOR_NAMES, sector

if TYPE_CHECKING:
    from salpi.plan import Plan


def absent_parameters(plan: Plan, name: str) -> tuple[str, ...]:
    """Ids that a sector reads and the plan has not; ``id.*`` for one that the plan has for no member of its dim."""
    out = []
    for parameter in sector(name).parameters:
        if parameter.dim is None:
            out += [] if parameter.id in plan.parameters else [parameter.id]
        elif not any(id.startswith(f"{parameter.id}.") for id in plan.parameters):
            out.append(f"{parameter.id}.*")
    return tuple(dict.fromkeys(out))


def absent_sectors(plan: Plan, name: str) -> tuple[str, ...]:
    """Sectors that give what a sector needs and are not among the plan's."""
    wanted = {need.name for need in sector(name).needs}
    return tuple(
        other for other in SECTOR_NAMES if other not in plan.meta.sectors and any(g.name in wanted for g in sector(other).gives)
    )


def listed(plan: Plan) -> tuple[str, ...]:
    """The plan's sectors that there are, in the order in which they are declared."""
    return tuple(name for name in SECTOR_NAMES if name in plan.meta.sectors)


def absent_members(plan: Plan, name: str, start: int) -> tuple[str, ...]:
    """Ids that a sector reads for single members of its dims and the plan has not, as the plan's data have the members."""
    bound = sector(name).bind(plan, start)
    of = [parameter for parameter in sector(name).parameters if parameter.dim is not None]
    ids = [f"{parameter.id}.{member}" for parameter in of for member in bound.dims[parameter.dim or ""]]
    return tuple(id for id in ids if id not in plan.parameters)
