"""Biosimilars: products are conserved, policy acts where it can, and one product is what the formula says."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import salpi
from salpi.engine.distributions import Distribution
from salpi.engine.entities import EntityContext, run_entities
from salpi.engine.random import uniform
from salpi.model import biosimilar_products
from salpi.model.sectors.biosimilars import SECTOR
from salpi.plan import schema
from salpi.plan.schema import Approval, Candidate, Company, Observation, Product, ReferenceBiologic
from tiny import by_keyword

Indicator = by_keyword(schema.Indicator)

START, END = 12 * 2024, 12 * 2041
FX = 800.0
REVENUE = "biosimilars.revenue.by_company"
WAIVER = "biosimilars.phase3_waiver"
MIDDLE = {
    "success.phase1": 0.8,
    "success.phase3": 0.85,
    "success.review": 0.9,
    "dev.time": 7.5,
    "dev.cost": 175.0,
    "dev.clinical_share": 0.6,
    "phase1.time": 12.0,
    "phase3.setup": 12.0,
    "filing.time": 5.0,
    "review.fda.days": 365.0,
    "review.ema.days": 420.0,
    "time.sigma": 0.2,
    "launch.gap": 3.0,
    "ces.duration": 55.0,
    "ces.time_saved": 1.5,
    "ces.cost_saved_share": 0.25,
    "ces.waiver_share.2026": 0.4,
    "ces.waiver_share.2030": 0.4,
    "ces.entry_effect": 1.3,
    "void.molecules": 120.0,
    "void.no_pipeline_share": 0.9,
    "home.share.fda": 0.25,
    "exclusivity.unseen": 7.0,
    "reference.sales.unseen": 2e9,
    "reference.growth": 0.03,
    "reference.contested": 0.7,
    "region.us": 0.6,
    "region.home": 0.01,
    "share.us.y5": 0.5,
    "share.eu.y5": 0.6,
    "share.speed": 2.0,
    "share.sigma": 0.5,
    "competitors.eu": 4.0,
    "competitors.halftime": 1.5,
    "price.single": 0.2,
    "price.us.asp_y5": 0.45,
    "price.erosion_per_entrant": 0.09,
    "price.erosion_year": 0.08,
    "price.floor": 0.05,
    "partner.take": 0.5,
    "demand.exposure": 0.3,
}
NO_NEW = {"void.no_pipeline_share": 1.0}


class Fake:
    """As much of a plan as the sector's bind reads."""

    def __init__(self, references=(), candidates=(), approvals=(), products=(), companies=(), revenue=()):
        self.meta = SimpleNamespace(subject="Home", currencies=SimpleNamespace(home="GBP", trade="USD", rates=None))
        self.as_of = date(2026, 6, 30)
        link = {"outputs": ("manufacturing.revenue.by_company", REVENUE)}
        self.indicators = {
            "revenue": Indicator(name={"en": "x"}, unit="GBP", kind="flow", definition={"en": "x"}, model=link),
            "silent": Indicator(name={"en": "x"}, unit="USD", kind="flow", definition={"en": "x"}),
        }
        self.revenue = revenue
        self.atlas = SimpleNamespace(
            references=references, candidates=candidates, approvals=approvals, products=products, companies=companies
        )

    def series(self, name, subject=None, status="actual", freq="year"):
        rows = [(s, y, v) for s, y, v in self.revenue if name == "revenue" and s == subject]
        made = {"indicator": "revenue", "unit": "GBP", "status": "actual", "source": "s"}
        return tuple(Observation(subject=s, period=str(y), value=v, **made) for s, y, v in rows)

    def rate(self, period):
        return FX


def reference(name, sales=10e9, us=None, eu=None, **more):
    return ReferenceBiologic(
        id=name, name=name, area="x", sales_year="2023", sales_usd=sales, us_end=us, eu_end=eu, source="s", **more
    )


def candidate(ref, company, region, stage, when):
    name = f"{ref}-{company}-{region}-{stage}".lower()
    return Candidate(
        id=name, reference=ref, product=f"{ref} {company}", company=company, region=region, stage=stage, date=when, source="s"
    )


FIRMS = (
    Company(id="brand", name="Brand", type="biosimilar", source="s"),
    Company(id="other", name="Other", type="pharma", source="s"),
)


@pytest.fixture
def plan():
    return Fake(
        references=(reference("late", us="2029", eu="2030"), reference("early", us="2019", eu="2018"), reference("idle")),
        candidates=(
            candidate("early", "brand", "US", "launched", "2019"),
            candidate("early", "other", "EU", "launched", "2025-03"),
            candidate("late", "brand", "world", "phase3", "2023-01"),
            candidate("late", "other", "world", "phase1", "2023-06"),
            candidate("early", "other", "world", "development", "2023"),
        ),
        companies=FIRMS,
        revenue=(("Brand", 2023, 100e9), ("Brand", 2024, 160e9), ("Brand", 2025, 999e9)),
    )


def run(plan, draws=40, waiver=0.0, days=400.0, demand=1.0, seed=7, chunk=None, early_exit=True, **changed):
    values = {f"biosimilars.{k}": v for k, v in (MIDDLE | {k.replace("__", "."): v for k, v in changed.items()}).items()}
    assert set(values) == {p.id for p in SECTOR.parameters}, "the test's parameters and the sector's differ"
    months = END - START

    def path(x):
        return np.full((months, 1), float(x))

    context = EntityContext(
        parameters={k: np.broadcast_to(np.asarray(v, dtype=float), (draws,)).copy() for k, v in values.items()},
        channels={WAIVER: path(waiver)},
        needs={
            "economy.fx": path(FX),
            "economy.demand": path(demand),
            "regulation.review_days.biosimilar": path(days),
            "regulation.listing_days": path(100.0),
        },
        seed=seed,
        draws=np.arange(draws, dtype=np.int64),
        start=START,
        end=END,
    )
    return run_entities(SECTOR, SECTOR.bind(plan, START), context, chunk=chunk, early_exit=early_exit)


def home_sales(found):
    return found["biosimilars.revenue"] - FX * found["biosimilars.exports"]


def test_products_neither_appear_nor_vanish(plan):
    found = run(plan, draws=200)
    begun = 3 + np.cumsum(found["biosimilars.starts.development"], axis=1)
    passed = np.cumsum(found["biosimilars.passes.review"], axis=1)
    assert np.array_equal(found["biosimilars.active"] + found["biosimilars.failed"] + passed, begun)
    assert found["biosimilars.starts.development"].sum() > 0
    assert found["biosimilars.failed"].sum() > 0
    assert found["biosimilars.active"].min() >= 0


def test_revenue_is_all_sales_and_companies_add_up_to_it_where_no_programme_is_nameless(plan):
    found = run(plan)
    assert found[REVENUE].sum(axis=0) == pytest.approx(found["biosimilars.revenue"])
    assert (home_sales(found) >= -1e-3).all()
    assert home_sales(found)[:, -1].mean() > 0


def test_in_the_base_year_a_company_earns_what_was_seen_in_every_draw(plan):
    spread = np.linspace(0.3, 0.7, 40)
    found = run(plan, **{"share__us__y5": spread, "share__speed": 4 * spread, "reference__growth": spread / 10}, demand=1.2)
    assert found[REVENUE][0, :, 0] == pytest.approx(np.full(40, 160e9))


@settings(max_examples=20, deadline=None)
@given(days=st.floats(60, 900), cut=st.floats(0.3, 1.0))
def test_a_shorter_review_never_delays_the_home_launch_and_moves_nothing_abroad(days, cut):
    plan = Fake(
        references=(reference("open", us="2025", eu="2025"),),
        candidates=(candidate("open", "brand", "world", "phase3", "2024"),),
        companies=FIRMS,
    )
    slow, fast = run(plan, days=days, **NO_NEW), run(plan, days=days * cut, **NO_NEW)
    for name in ("exports", "approvals.fda", "approvals.ema"):
        assert fast[f"biosimilars.{name}"].tobytes() == slow[f"biosimilars.{name}"].tobytes()
    approved = [np.cumsum(f["biosimilars.approvals.home"], axis=1) for f in (fast, slow)]
    assert (approved[0] >= approved[1]).all()
    assert (np.cumsum(home_sales(fast), axis=1) >= np.cumsum(home_sales(slow), axis=1) - 1.0).all()


def test_a_shorter_review_does_bring_the_home_approval_forward(plan):
    late, soon = run(plan, days=900.0), run(plan, days=150.0)
    assert (
        np.cumsum(soon["biosimilars.approvals.home"], axis=1).sum() > np.cumsum(late["biosimilars.approvals.home"], axis=1).sum()
    )


@pytest.mark.parametrize("more", [0.1, 0.6])
def test_a_waiver_brings_launches_forward_in_every_draw(plan, more):
    none, waived = run(plan, draws=200), run(plan, draws=200, waiver=more)
    launched = [np.cumsum(f["biosimilars.launches"], axis=1) for f in (waived, none)]
    assert (launched[0] >= launched[1]).all()
    assert launched[0].sum() > launched[1].sum()
    assert waived["biosimilars.waivers"].sum() > none["biosimilars.waivers"].sum()
    assert (
        np.cumsum(waived["biosimilars.starts.development"], axis=1) >= np.cumsum(none["biosimilars.starts.development"], axis=1)
    ).all()


def test_a_study_under_way_is_not_waived():
    plan = Fake(
        references=(reference("late", us="2029"),),
        candidates=(candidate("late", "brand", "world", "phase3", "2025-06"),),
        companies=FIRMS,
    )
    assert run(plan, waiver=1.0, **NO_NEW)["biosimilars.waivers"].sum() == 0


def test_a_waiver_helps_rivals_and_so_lowers_the_sales_of_a_product_that_had_its_trial():
    plan = Fake(
        references=(reference("late", us="2029"),),
        candidates=(candidate("late", "brand", "US", "approved", "2026"),),
        companies=FIRMS,
    )
    none, waived = (run(plan, waiver=w, **NO_NEW)["biosimilars.exports"][:, 6:] for w in (0.0, 0.5))
    assert (waived < none).all()
    assert (none > 0).all()


def sold(rivals, **changed):
    plan = Fake(
        references=(reference("open", us="2025", rivals_us=rivals),),
        candidates=(candidate("open", "brand", "US", "launched", "2025"),),
        companies=FIRMS,
    )
    return run(plan, draws=4, **NO_NEW, **changed)["biosimilars.exports"]


def test_more_rivals_sell_less_each_and_at_a_lower_price():
    few, many = sold(5.0), sold(12.0)
    assert (many[:, 1:] < few[:, 1:]).all()
    cheap, dear = (sold(12.0, price__erosion_per_entrant=e, price__us__asp_y5=0.2) for e in (0.15, 0.05))
    assert (cheap[:, 1:3] < dear[:, 1:3]).all()
    assert (sold(12.0, price__floor=0.4)[:, -1] > sold(12.0)[:, -1]).all()


def test_one_product_by_hand():
    """Launched when its market opens, January 2025; own weight 1 since the spread is 0."""
    found = sold(8.0, share__sigma=0.0, demand=1.1)
    q = MIDDLE
    erosion = max((math.log(1 - 0.2) - 0.09 * 3.0 - math.log(0.45)) / 5, 0)
    assert erosion > 0
    for year in (2025, 2026, 2031, 2040):
        age = year - 2025 + 0.5
        come = age / (age + 1.5)
        rivals = 8.0 - 1
        price = max(0.8 * (1 - come * (1 - math.exp(-0.09 * rivals))) * math.exp(-erosion * age), 0.05)
        final = 0.5 / (25 / (25 + 4))
        uptake = final * age**2 / (age**2 + 4)
        size = 10e9 * math.exp(0.03 * (year - 2023)) * q["region.us"] * 0.7
        expected = size * price * uptake / (1 + rivals * come) * (1 + 0.3 * 0.1)
        assert found[:, year - 2024] == pytest.approx(np.full(4, expected), rel=1e-12), year
    assert (found[:, 0] == 0).all()


def test_a_launch_waits_for_the_settlement_and_for_the_end_of_exclusivity():
    references = (reference("bound", us="2025"), reference("held", us="2030-07"))
    rows = (candidate("bound", "brand", "US", "approved", "2028"), candidate("held", "other", "US", "approved", "2025-01"))
    found = run(Fake(references, rows, companies=FIRMS), draws=3, **NO_NEW)[REVENUE]
    assert (found[0, :, :4] == 0).all()
    assert (found[0, :, 4:] > 0).all()
    assert (found[1, :, :6] == 0).all()
    assert (found[1, :, 6:] > 0).all()


def test_a_partner_keeps_its_part():
    rows = (candidate("open", "brand", "US", "launched", "2025"),)
    refs = (reference("open", us="2025"),)
    listed = Product(
        id="p", name="open brand", company="brand", kind="biosimilar", area="x", stage="launched", rights="partner", source="s"
    )
    alone = run(Fake(refs, rows, companies=FIRMS), draws=3, **NO_NEW)["biosimilars.exports"]
    shared = run(Fake(refs, rows, products=(listed,), companies=FIRMS), draws=3, **NO_NEW)["biosimilars.exports"]
    assert shared == pytest.approx(0.5 * alone)


def test_a_products_own_sales_go_before_the_companys_rest(plan):
    extra = (*plan.atlas.candidates, candidate("idle", "brand", "EU", "launched", "2015"))
    seen = {"sales_year": "2024", "sales_value": 40e9, "sales_unit": "GBP", "sales_scope": "global"}
    listed = Product(
        id="p", name="idle brand", company="brand", kind="biosimilar", area="x", stage="launched", source="s", **seen
    )
    plan.atlas = SimpleNamespace(**{**vars(plan.atlas), "candidates": extra, "products": (listed,)})
    base = {e.id: e.base for e in biosimilar_products.products(plan, START) if e.base}
    assert base["idle.brand"]["eu"] == pytest.approx(40e9 / FX)
    assert base["early.brand"]["us"] == pytest.approx(120e9 / FX)


def test_approvals_fill_in_regions_and_a_launch_is_no_approval(plan):
    rows = [("FDA", "early-abcd", "2024-05-02"), ("EC/EMA", "early", "2024-11"), ("Home office", "early", "2025-02")]
    made = [
        Approval(id=f"a{k}", agency=a, category="biosimilar", product="x", inn=i, developer="Other / Ally", date=d, source="s")
        for k, (a, i, d) in enumerate(rows)
    ]
    plan.atlas = SimpleNamespace(**{**vars(plan.atlas), "approvals": made})
    other = next(e for e in biosimilar_products.products(plan, START) if e.id == "early.other")
    assert other.approved == {"us": START + 4, "eu": START + 10, "home": START + 13}
    found = run(plan, draws=5, **NO_NEW)
    assert (found["biosimilars.approvals.fda"][:, 0] == 1).all()
    assert (found["biosimilars.approvals.ema"][:, 0] == 1).all()
    assert (found["biosimilars.approvals.home"][:, 1] == 1).all()
    assert (
        run(Fake(*(getattr(plan.atlas, k) for k in ("references", "candidates")), companies=FIRMS), **NO_NEW)[
            "biosimilars.approvals.ema"
        ][:, 1]
        == 0
    ).all()


def test_shared_shocks_another_product_changes_no_bit_of_the_first(plan):
    alone = run(plan, **NO_NEW)
    plan.atlas = SimpleNamespace(
        **{**vars(plan.atlas), "candidates": (*plan.atlas.candidates, candidate("idle", "other", "world", "phase1", "2023"))}
    )
    beside = run(plan, **NO_NEW)
    assert beside[REVENUE][0].tobytes() == alone[REVENUE][0].tobytes()
    assert beside["biosimilars.starts.development"].sum() == 0


@pytest.mark.parametrize(("chunk", "early_exit"), [(1, True), (7, True), (40, False), (13, False)])
def test_neither_chunks_nor_early_exit_change_a_byte(plan, chunk, early_exit):
    whole, parts = run(plan, waiver=0.2), run(plan, waiver=0.2, chunk=chunk, early_exit=early_exit)
    for name, values in whole.items():
        assert np.ascontiguousarray(values).tobytes() == np.ascontiguousarray(parts[name]).tobytes(), name


def test_a_draw_is_the_same_number_alone_and_among_many(plan):
    many, few = run(plan, draws=40), run(plan, draws=3)
    for name, values in few.items():
        assert np.array_equal(values, many[name][..., :3, :]), name


def test_a_plan_without_references_and_candidates_runs_and_gives_zero():
    found = run(Fake())
    assert all((v == 0).all() for v in found.values())
    assert found[REVENUE].shape[0] == 0


def test_references_alone_draw_nameless_programmes():
    found = run(Fake(references=(reference("idle"),)), draws=200)
    assert found["biosimilars.starts.development"][:, :3].sum() == 0
    assert found["biosimilars.starts.development"][:, 3:].mean() > 0.5
    assert np.isfinite(found["biosimilars.exports"]).all()
    assert found["biosimilars.exports"][:, -1].mean() > 0


def test_sectors_and_declared_gives_agree(plan):
    assert set(run(plan, draws=2)) == {g.name for g in SECTOR.gives}
    for channel in SECTOR.channels:
        for value in (channel.low, channel.high):
            assert all(np.isfinite(v).all() for v in run(plan, draws=50, waiver=value).values())


def test_no_country_is_named_in_the_sector():
    import salpi.model.biosimilar_products as data
    import salpi.model.biosimilar_sales as market
    import salpi.model.sectors.biosimilars as life

    for module in (data, market, life):
        text = Path(str(module.__file__)).read_text(encoding="utf-8").casefold()
        assert "korea" not in text


@pytest.fixture(scope="module")
def korea():
    return salpi.load_plan("korea")


def drawn(korea, draws=60, **held):
    out = {}
    for p in SECTOR.parameters:
        q = korea.parameters[p.id]
        d = (
            Distribution("fixed", held[p.id])
            if p.id in held
            else Distribution(q.dist, q.value, q.low, q.high, q.a, q.b, q.bounds)
        )
        out[p.id.removeprefix("biosimilars.").replace(".", "__")] = d.quantile(uniform(1, f"parameter.{p.id}", np.arange(draws)))
    return out


def test_every_parameter_of_the_bundled_plan_matters(korea):
    base = run(korea, draws=60, demand=1.1, **drawn(korea))
    dead = []
    for p in SECTOR.parameters:
        q = korea.parameters[p.id]
        moved = max((q.low or q.value, q.high or q.value), key=lambda x: abs(x - q.value))
        found = run(korea, draws=60, demand=1.1, **drawn(korea, **{p.id: moved}))
        if all(np.array_equal(v, base[k]) for k, v in found.items()):
            dead.append(p.id)
    assert not dead


def test_the_bundled_plan_starts_from_what_its_makers_earned(korea):
    bound = SECTOR.bind(korea, START)
    base = sum(float(bound.attributes[f"base.{r}"].sum()) for r in ("us", "eu", "home"))
    seen = 0.0
    for firm in korea.atlas.companies:
        found = biosimilar_products.revenue_seen(korea, firm, 2024)
        seen += found[1] if found else 0.0
    assert base == pytest.approx(seen)
    first = run(korea, draws=60, **drawn(korea))["biosimilars.revenue"][:, 0] / FX
    assert (first >= base * (1 - 1e-9)).all()
    assert (first < base * 1.1).all(), "products launched in the base year itself are all that may come on top"


def test_prices_with_several_rivals_agree_with_the_source_that_is_kept_as_a_check(korea):
    value = {k: korea.parameters[f"biosimilars.price.{k}"] for k in ("single", "multi", "erosion_per_entrant")}
    fall = 1 - (1 - value["single"].value) * math.exp(-value["erosion_per_entrant"].value * 2.5)
    assert value["multi"].low < fall < value["multi"].high
    assert value["multi"].inert
