"""What the plan's data say of the pipeline: surveyed assets, named products, and where each looks up its numbers.

Surveys print margins (how many assets by area, by modality, by phase), never the joint table. It is raked from them
*(assumption: area, modality and phase are independent, as raking an even table gives)* and rounded so that every phase
holds its exact count and every cell stays within one of its share. Named products in development stand for themselves and
are taken out of the survey's count of their phase.

Areas and modalities are words; which row of the success tables they read is decided by the field's own vocabulary below
and by which rows the plan has. A word that no row fits reads the row of all areas, or no modality offset.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from salpi.plan.periods import Period

if TYPE_CHECKING:
    from salpi.plan import Plan
    from salpi.plan.schema import PipelineCount, Product

ALL = "all"
PHASES = ("discovery", "preclinical", "phase1", "phase2", "phase3", "review")
CLINICAL = PHASES[2:]
PASSED = len(PHASES)
ON_MARKET = PASSED - 1  # discovery and the preclinic are one stage of the run: five stages, and those past them
TEMPLATES = 256  # rows that arrivals repeat in turn: enough for every share of the joint table to be met within half a per cent
UNKNOWN_AGE = 72  # months on the market of a launched product without a date: past its uptake; assumption
NEVER = -1.0e9

AREA_WORDS = (
    ("oncolog", "oncology"),
    ("cancer", "oncology"),
    ("psychi", "psychiatry"),
    ("cns", "neurology"),
    ("neuro", "neurology"),
    ("metabol", "metabolic"),
    ("immun", "autoimmune"),
    ("infect", "infectious"),
    ("ophthal", "ophthalmology"),
    ("cardio", "cardiovascular"),
    ("respir", "respiratory"),
    ("allerg", "allergy"),
    ("gastro", "gastro"),
    ("endocr", "endocrine"),
    ("haemat", "hematology"),
    ("hemat", "hematology"),
    ("urolog", "urology"),
    ("undisclosed", ALL),
)
"""A word in an area's name → its row of the success tables; the first that fits. Others read the row ``other``."""

MODALITY_WORDS = (
    ("car-t", "cart"),
    ("conjugate vaccine", "vaccine"),
    ("vaccine", "vaccine"),
    ("antibody-drug", "adc"),
    ("adc", "adc"),
    ("antibody", "mab"),
    ("antisense", "antisense"),
    ("sirna", "sirna"),
    ("gene", "gene"),
    ("small molecule", "small"),
    ("synthetic", "small"),
    ("peptide", "peptide"),
    ("glp-1", "peptide"),
    ("protein", "protein"),
    ("g-csf", "protein"),
    ("biologic", "protein"),
)
"""The same for modalities. A survey's *biologics* read the row of proteins, the middle of the biologics' rows."""

PHASE_WORDS = (
    ("preclin", 1),
    ("pre-clin", 1),
    ("nonclin", 1),
    ("phase 1", 2),
    ("phase 2", 3),
    ("phase 3", 4),
    ("nda", 5),
    ("bla", 5),
    ("filed", 5),
    ("review", 5),
    ("discovery", 0),
    ("lead", 0),
    ("hit", 0),
    ("candidate", 0),
)
PRODUCT_STAGE = {"preclinical": 1, "phase1": 2, "phase2": 3, "phase3": 4, "filed": 5, "approved": PASSED, "launched": PASSED}
NO_NEW_DRUG = ("biosimilar", "platform")  # a copy, and a partner's drug made with a technology of home origin
LASTING = ("biosimilar", "vaccine", "toxin")  # no loss of exclusivity to come: it has passed, or no copy is licensed on its data
OTHER_GOODS = ("vaccine",)  # exports count vaccines as a component of their own


@dataclass(frozen=True)
class Asset:
    """One entity. ``named`` is its product, None for an asset of the survey; ``new`` a row that arrivals repeat."""

    id: str
    stage: int
    area: str
    modality: str
    entry: float = -math.inf
    named: Product | None = None


def assets(plan: Plan, start: int) -> list[Asset]:
    """Every asset of the plan's data, and the rows that arrivals repeat."""
    named = [_named(p, start) for p in plan.atlas.products if _belongs(p)]
    survey = latest_survey(plan.atlas.pipelines)
    left = list(phase_counts(survey))
    for asset in named:
        if asset.stage < PASSED and left[asset.stage] > 0:
            left[asset.stage] -= 1
    cells = joint(survey)
    rest: dict[tuple[str, str], float] = {}
    found = list(named)
    for stage, count in enumerate(left):
        picked = allot(cells, count, rest)
        found += [Asset(f"survey.{PHASES[stage]}.{i}", stage, *cell) for i, cell in enumerate(picked)]
    if sum(left):
        rows = spread(allot(cells, TEMPLATES, {}))
        found += [Asset(f"new.{i}", 0, *cell, entry=math.nan) for i, cell in enumerate(rows)]
    return found


def _belongs(product: Product) -> bool:
    """Biosimilars have a sector of their own: here only the observed sales of those on the market count."""
    return product.kind != "biosimilar" or (PRODUCT_STAGE[product.stage] == PASSED and product.sales_value is not None)


def _named(product: Product, start: int) -> Asset:
    stage = PRODUCT_STAGE[product.stage]
    entry = float(Period.parse(product.stage_date).first_month) if product.stage_date else -math.inf
    if stage == PASSED and product.stage_date is None:
        entry = float(start - UNKNOWN_AGE)
    return Asset(product.id, stage, product.area, product.modality, entry, product)


def latest_survey(rows: Sequence[PipelineCount]) -> dict[str, dict[str, float]]:
    """Counts of the latest survey that splits its assets by phase: ``{dimension: {category: count}}``; empty if none."""
    with_phases = [r for r in rows if r.dimension == "phase" and not r.parent and r.count is not None]
    if not with_phases:
        return {}
    best = max(with_phases, key=lambda r: (Period.parse(r.as_of).last_month, sum(x.count or 0.0 for x in _of(with_phases, r))))
    out: dict[str, dict[str, float]] = {}
    for row in _of(rows, best):
        if not row.parent and row.count is not None:
            out.setdefault(row.dimension, {})[row.category] = row.count
    return out


def _of(rows: Sequence[PipelineCount], one: PipelineCount) -> list[PipelineCount]:
    return [r for r in rows if (r.survey, r.population) == (one.survey, one.population)]


def phase_counts(survey: Mapping[str, Mapping[str, float]]) -> tuple[int, ...]:
    """Assets by phase; a category that names no phase stands in none."""
    counts = [0] * len(PHASES)
    for category, count in survey.get("phase", {}).items():
        stage = next((s for word, s in PHASE_WORDS if word in category.lower()), None)
        if stage is not None:
            counts[stage] += round(count)
    return tuple(counts)


def joint(survey: Mapping[str, Mapping[str, float]]) -> dict[tuple[str, str], float]:
    """Shares by (area, modality), raked from an even table: the product of the margins."""
    margins = []
    for dimension in ("area", "modality"):
        counts = survey.get(dimension) or {"": 1.0}
        total = math.fsum(counts.values())
        margins.append({k: v / total for k, v in counts.items()})
    return {(a, m): x * y for a, x in margins[0].items() for m, y in margins[1].items()}


def allot(cells: Mapping[tuple[str, str], float], count: int, rest: dict[tuple[str, str], float]) -> list[tuple[str, str]]:
    """``count`` cells in proportion to their shares by largest remainders; what rounding took is carried in ``rest``."""
    want = {cell: share * count + rest.get(cell, 0.0) for cell, share in cells.items()}
    taken = {cell: max(math.floor(x), 0) for cell, x in want.items()}
    order = sorted(cells, key=lambda cell: (taken[cell] - want[cell], cell))
    short = count - sum(taken.values())
    for cell in order[: max(short, 0)]:
        taken[cell] += 1
    for cell in sorted(cells, key=lambda cell: (want[cell] - taken[cell], cell)):
        over = sum(taken.values()) - count
        if over <= 0:
            break
        taken[cell] -= min(over, taken[cell])
    rest.update({cell: want[cell] - taken[cell] for cell in cells})
    return [cell for cell in cells for _ in range(taken[cell])]


def spread(rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same rows in an order that mixes them evenly (golden-ratio sequence), so that any stretch has all shares."""
    golden = (math.sqrt(5.0) - 1.0) / 2.0
    return [rows[i] for i in sorted(range(len(rows)), key=lambda i: (i * golden) % 1.0)]


@dataclass(frozen=True)
class Tables:
    """Which rows of a parameter table the plan's assets read: ``members`` of the dim, and an index for each asset."""

    members: tuple[str, ...]
    index: NDArray[np.float64]


def rows_of(wanted: Sequence[str], reads: Sequence[bool], known: Iterable[str], first: str, fallback: bool) -> Tables:
    """A table of the rows that somebody reads. ``wanted``: each asset's row; ``reads``: whether it still reads it.

    ``first`` always stands first. A row that the plan does not have is read as ``first`` where that is the ``fallback``;
    else its index is -1: none.
    """
    have = set(known)
    read = {w for w, r in zip(wanted, reads, strict=True) if r}
    members = (first, *sorted(w for w in read & have if w and w != first))
    at = {m: float(i) for i, m in enumerate(members) if m in have}
    none = 0.0 if fallback else -1.0
    return Tables(members, np.array([at.get(w, none) for w in wanted], dtype=np.float64))


def known_rows(plan: Plan, prefix: str) -> list[str]:
    """Last words of the plan's parameters ``<prefix>.<word>``."""
    start = prefix + "."
    tails = [k.removeprefix(start) for k in plan.parameters if k.startswith(start)]
    return [t for t in tails if "." not in t]


def word_of(text: str, words: Sequence[tuple[str, str]], other: str) -> str:
    """The row that a name of an area or modality reads."""
    lower = text.lower()
    if not lower:
        return ALL
    return next((row for word, row in words if word in lower), other)
