"""The plan's biosimilars as entities: products by reference and company, what is known of each in each region.

Read from ``atlas/candidates.csv`` (stage and date by region), ``approvals.csv`` (day of approval; regions that the
candidates leave out), ``references.csv`` (exclusivity, sales, rivals), ``products.csv`` (who sells it, sales seen),
``companies.csv`` and the observed revenue of companies. Regions: ``us``, ``eu`` (Europe and the markets that follow its
reviews) and ``home``: any other that a row names.

Rules for what the tables do not say:

- Rows of one reference and company are one product; a second row of the same region is a second product.
- An approval without a day of its own (a launch is none) lies before the run: it counts in no year.
- An approved product without a launch in the tables, a year or more before the year of its company's base and free to
  enter, is on the market since it was free.
- Exclusivity unseen in one region ends as in the other; at home at the earlier of the two. Unseen in both: 0, and the
  sector draws it.
- Base sales: a company's observed revenue, less its products whose own sales are seen, is split over its products on
  the market by the uptake usual at their age.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from salpi.engine.declare import Attribute, Bound
from salpi.engine.numbers import Number
from salpi.model.base import TRADE, in_trade, start_year
from salpi.plan.periods import Period

if TYPE_CHECKING:
    from salpi.plan import Plan
    from salpi.plan.schema import Candidate, Company, Product, ReferenceBiologic

REGIONS = ("us", "eu", "home")
NEVER = Number(1.0e6, "month")
"""A month after every run."""
KIND = "biosimilar"
REVENUE = "biosimilars.revenue.by_company"
STAGES = {"development": 0, "preclinical": 0, "phase1": 1, "phase3": 2, "filed": 3}
PASSED = ("approved", "launched")
IN_MARKET = 4.0  # stage of a product that has passed the stages above and the review
USUAL_HALF = 2.0  # yr to half of the final share; only for splitting a company's base over its products; assumption
HOME_WEIGHT = 0.05  # sales at home against those of one region abroad, in that split; assumption
SETTLING = 12  # months after approval without a known launch until a product counts as sold; assumption


@dataclass
class Entity:
    """One product: what is known of it by region (absolute months; ``NEVER`` where it has not come, 0 where unseen)."""

    id: str
    reference: str
    company: str
    passed: bool
    rows: dict[str, Candidate | None] = field(default_factory=dict)
    approved: dict[str, float] = field(default_factory=dict)
    launched: dict[str, float] = field(default_factory=dict)
    bound_to: dict[str, float] = field(default_factory=dict)  # not before: a settlement
    base: dict[str, float] = field(default_factory=dict)  # USD a year
    base_month: float = 0.0


def month(text: str | None) -> float | None:
    """Absolute month in which a period starts."""
    return float(Period.parse(text).first_month) if text else None


def region_of(name: str) -> tuple[str, ...]:
    """The regions that a candidate's row speaks of."""
    return {"US": ("us",), "EU": ("eu",), "world": REGIONS}.get(name, ("home",))


def products(plan: Plan, start: int) -> list[Entity]:
    """Every product that the plan knows, in the plan's order, with approvals, launches and base sales."""
    today = float(12 * plan.as_of.year + plan.as_of.month - 1)
    found: dict[tuple[str, str, bool], list[Entity]] = {}
    for row in plan.atlas.candidates:
        key = (row.reference, row.company, row.stage in PASSED)
        group = found.setdefault(key, [])
        for region in region_of(row.region):
            free = next((x for x in group if region not in x.rows), None)
            if free is None:
                free = _new(key, len(group))
                group.append(free)
            free.rows[region] = row
    seen = approvals(plan)
    for (reference, company, region), _ in seen.items():
        if not any((reference, company, p) in found for p in (True, False)):
            found[reference, company, True] = [_new((reference, company, True), 0)]
        for entity in found.get((reference, company, True), [])[:1]:
            entity.rows.setdefault(region, None)
    out = [entity for group in found.values() for entity in group]
    refs = {r.id: r for r in plan.atlas.references}
    for entity in out:
        _dates(entity, seen if not entity.id.endswith("+") else {}, today, start)
    _bases(plan, out, refs, start_year(start))
    return out


def _new(key: tuple[str, str, bool], number: int) -> Entity:
    reference, company, passed = key
    return Entity(f"{reference}.{company}{'' if passed else '.next'}{'+' * number}", reference, company, passed)


def approvals(plan: Plan) -> dict[tuple[str, str, str], float]:
    """(reference, company, region) → month of the first approval as a biosimilar, where reference and company are known."""
    refs = {r.id for r in plan.atlas.references}
    out: dict[tuple[str, str, str], float] = {}
    for row in plan.atlas.approvals:
        at = month(row.date)
        if row.category != KIND or at is None or row.status not in ("", "approved"):
            continue
        reference = row.inn.split("-")[0].strip()
        company = next((c.id for c in plan.atlas.companies if row.developer.casefold().startswith(c.name.casefold())), None)
        if reference not in refs or company is None:
            continue
        region = "us" if row.agency == "FDA" else "eu" if row.agency.split("/")[0] in ("EC", "EMA") else "home"
        out[reference, company, region] = min(at, out.get((reference, company, region), NEVER))
    return out


def _dates(entity: Entity, seen: dict[tuple[str, str, str], float], today: float, start: int) -> None:
    """When the product was approved, launched or is bound to wait, by region, as far as the tables say."""
    if not entity.passed:
        return
    for region, row in entity.rows.items():
        stated = month(row.date) if row is not None else None
        record = seen.get((entity.reference, entity.company, region))
        launched = row is not None and row.stage == "launched"
        past = stated if stated is not None and stated <= today and not launched else None
        entity.approved[region] = next(x for x in (record, past, float(start - 1)) if x is not None)
        if launched:
            entity.launched[region] = stated if stated is not None else entity.approved[region]
            entity.approved[region] = min(entity.approved[region], entity.launched[region])
        elif stated is not None and stated > entity.approved[region]:
            entity.bound_to[region] = stated


def ends(reference: ReferenceBiologic | None) -> dict[str, float]:
    """Month in which exclusivity ends, by region; 0 where it is unseen everywhere."""
    us, eu = (month(x) for x in (reference.us_end, reference.eu_end)) if reference is not None else (None, None)
    known = [x for x in (us, eu) if x is not None]
    if not known:
        return dict.fromkeys(REGIONS, 0.0)
    return {"us": us if us is not None else known[0], "eu": eu if eu is not None else known[0], "home": min(known)}


def uptake(months: float) -> float:
    """Share of the final uptake that is usual at an age."""
    years = max(months, 0.0) / 12.0
    return years**2 / (years**2 + USUAL_HALF**2)


def _bases(plan: Plan, entities: list[Entity], refs: dict[str, ReferenceBiologic], first: int) -> None:
    """Hang the products that were sold before a company's base year on what was seen."""
    firms = {c.id: c for c in plan.atlas.companies}
    for company in dict.fromkeys(e.company for e in entities):
        found = revenue_seen(plan, firms.get(company), first)
        if found is None:
            continue
        year, total = found
        middle = 12.0 * year + 6.0
        weights: dict[tuple[str, str], float] = {}
        own = [e for e in entities if e.company == company and e.passed]
        for entity in own:
            for region in entity.approved:
                _presume(entity, region, ends(refs.get(entity.reference))[region], 12.0 * year)
                if entity.launched.get(region, NEVER) < 12.0 * year:
                    share = HOME_WEIGHT if region == "home" else 1.0
                    weights[entity.id, region] = share * uptake(middle - entity.launched[region])
        sales = {e.id: s for e in own if (s := product_sales(plan, e, year)) is not None}
        sales = {k: v for k, v in sales.items() if any(k == w for w, _ in weights)}
        rest = max(total - sum(sales.values()), 0.0)
        others = sum(w for (k, _), w in weights.items() if k not in sales)
        for entity in own:
            mine = {r: w for (k, r), w in weights.items() if k == entity.id}
            per_weight = sales[entity.id] / sum(mine.values()) if entity.id in sales else rest / others if others else 0.0
            entity.base = {r: w * per_weight for r, w in mine.items()}
            entity.base_month = middle


def _presume(entity: Entity, region: str, end: float, year_start: float) -> None:
    free = max(entity.approved[region], end, entity.bound_to.get(region, 0.0))
    if region not in entity.launched and max(free, entity.approved[region] + SETTLING) <= year_start:
        entity.launched[region] = free


def revenue_seen(plan: Plan, firm: Company | None, first: int) -> tuple[int, float] | None:
    """(year, trade currency) of a biosimilar maker's latest yearly revenue, not after the run's first year."""
    if firm is None or KIND not in firm.type:
        return None
    best: tuple[int, float] | None = None
    for name, indicator in plan.indicators.items():
        if indicator.model is None or REVENUE not in indicator.model.outputs:
            continue
        for subject in (firm.name, firm.id):
            for row in plan.series(name, subject):
                year = Period.parse(row.period or "").year
                if year <= first and (best is None or year > best[0]):
                    best = (year, in_trade(plan, row.value / indicator.model.scale, row.unit, year))
    return best


def listed(plan: Plan, entity: Entity) -> Product | None:
    """The row of ``products.csv`` that names one of the product's brands."""
    brands = {b.strip().casefold() for row in entity.rows.values() if row is not None for b in row.product.split(" / ")}
    for product in plan.atlas.products:
        names = product.name.casefold()
        if product.kind == KIND and product.company == entity.company and any(b in names for b in brands):
            return product
    return None


def product_sales(plan: Plan, entity: Entity, year: int) -> float | None:
    """A product's own sales in the world in that year, where the plan has seen them."""
    product = listed(plan, entity)
    if product is None or product.sales_scope != "global":
        return None
    for when, value, unit in (
        (product.sales_year, product.sales_value, product.sales_unit),
        (product.sales2_year, product.sales2_value, product.sales2_unit),
    ):
        if when and value is not None and Period.parse(when).year == year:
            return in_trade(plan, value, unit, year)
    return None


def partnered(plan: Plan, entity: Entity) -> float:
    """Share of the product's markets in which a partner sells it: 1, 1/2 or 0; 0 where nothing is known."""
    product = listed(plan, entity)
    return {"partner": 1.0, "both": 0.5}.get(product.rights, 0.0) if product is not None else 0.0


ATTRIBUTES = (
    Attribute("company", "index", "entity"),
    Attribute("passed", "flag", "entity"),
    Attribute("seen", "month", "entity"),
    Attribute("begun_known", "month", "entity"),
    Attribute("partner", "share", "entity"),
    Attribute("sales", f"{TRADE}/yr", "entity"),
    Attribute("sales.month", "month", "entity"),
    Attribute("base.month", "month", "entity"),
    *(Attribute(f"{name}.{r}", "month", "entity") for name in ("approved", "launched", "bound", "open") for r in REGIONS),
    *(Attribute(f"{name}.{r}", "flag", "entity") for name in ("listed", "hung") for r in REGIONS),
    *(Attribute(f"base.{r}", f"{TRADE}/yr", "entity") for r in REGIONS),
    *(Attribute(f"rivals.{r}", "product", "entity") for r in REGIONS),
)


def bind(plan: Plan, start: int) -> Bound:
    """Products known to the plan, then the rows that new programmes repeat."""
    refs = {r.id: r for r in plan.atlas.references}
    known = products(plan, start)
    firms = tuple(dict.fromkeys(e.company for e in known))
    opens = _opens(known, refs)
    today = float(12 * plan.as_of.year + plan.as_of.month - 1)
    rows = [_known(plan, e, refs.get(e.reference), opens, firms, start, today) for e in known]
    idle = [r for r in refs.values() if r.id not in {e.reference for e in known} and not 0.0 < ends(r)["us"] < start]
    makers = [float(firms.index(e.company)) for e in known] or [-1.0] * bool(refs)
    rows += [_programme(idle[k] if k < len(idle) else None, maker) for k, maker in enumerate(makers)]
    ids = (*(e.id for e in known), *(f"new.{k}" for k in range(len(makers))))
    names = ("stage", "entry", *(a.name for a in ATTRIBUTES))
    return Bound(
        dims={"entity": ids, "company": firms},
        attributes={name: np.array([row[name] for row in rows], dtype=np.float64) for name in names},
    )


def _opens(known: list[Entity], refs: dict[str, ReferenceBiologic]) -> dict[tuple[str, str], float]:
    """Month in which a market opens: the end of exclusivity, or the first launch seen if that is earlier; 0 if unseen."""
    out = {}
    for name in dict.fromkeys([*refs, *(e.reference for e in known)]):
        for region, end in ends(refs.get(name)).items():
            seen = [e.launched[region] for e in known if e.reference == name and region in e.launched]
            out[name, region] = min([end, *seen]) if end > 0.0 else min(seen, default=0.0)
    return out


def _reference(reference: ReferenceBiologic | None) -> dict[str, float]:
    """What the tables say of a reference; zeros where they say nothing."""
    sold = reference is not None and reference.sales_usd is not None and reference.sales_year is not None
    at = month(reference.sales_year) if sold and reference is not None else None
    us, eu = (reference.rivals_us or 0.0, reference.rivals_eu or 0.0) if reference is not None else (0.0, 0.0)
    return {
        "sales": float(reference.sales_usd or 0.0) if sold and reference is not None else 0.0,
        "sales.month": at + 6.0 if at is not None else 0.0,
        "rivals.us": us,
        "rivals.eu": eu,
        "rivals.home": 0.0,
    }


def _known(
    plan: Plan,
    e: Entity,
    reference: ReferenceBiologic | None,
    opens: dict[tuple[str, str], float],
    firms: tuple[str, ...],
    start: int,
    today: float,
) -> dict[str, float]:
    row = _blank(reference, float(firms.index(e.company)))
    dated = [d for r in e.rows.values() if r is not None and (d := month(r.date)) is not None]
    stage = max((STAGES.get(r.stage, 0) for r in e.rows.values() if r is not None), default=0)
    entry = min(e.approved.values()) if e.passed else max(dated, default=-np.inf)
    end = ends(reference)
    row |= {
        "stage": IN_MARKET if e.passed else float(stage),
        "entry": entry,
        "passed": 1.0 if e.passed else 0.0,
        "seen": 0.0 if e.passed else today,
        "begun_known": entry if np.isfinite(entry) else float(start),
        "partner": partnered(plan, e),
        "base.month": e.base_month,
    }
    for region in REGIONS:
        row |= {
            f"listed.{region}": 1.0 if region in e.rows else 0.0,
            f"approved.{region}": e.approved.get(region, NEVER),
            f"launched.{region}": e.launched.get(region, NEVER),
            f"bound.{region}": max(e.bound_to.get(region, 0.0), end[region]),
            f"open.{region}": opens.get((e.reference, region), 0.0),
            f"base.{region}": e.base.get(region, 0.0),
            f"hung.{region}": 1.0 if region in e.base else 0.0,
        }
    return row


def _programme(reference: ReferenceBiologic | None, maker: float) -> dict[str, float]:
    row = _blank(reference, maker) | {f"listed.{region}": 1.0 for region in REGIONS}
    for region, end in ends(reference).items():
        row |= {f"bound.{region}": end, f"open.{region}": end}
    return row


def _blank(reference: ReferenceBiologic | None, maker: float) -> dict[str, float]:
    never = {f"{name}.{region}": NEVER for name in ("approved", "launched") for region in REGIONS}
    none = {a.name: 0.0 for a in ATTRIBUTES}
    return none | never | _reference(reference) | {"stage": 0.0, "entry": np.nan, "company": maker}
