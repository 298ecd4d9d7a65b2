"""Biosimilars: the lives of products, one by one, from the cell line to sales in each region.

Mechanism. Regions: the US, Europe with the markets that follow its reviews, and home.

1. Stages. Development, phase 1, phase 3, filing and review. A stage lasts ``mean · exp(sigma · logit(u)/1.702)``
   (log-logistic); it is passed if ``u < success``. Development takes what the others leave of the time from cell line to
   approval. The tables say when a product entered a stage (or, in development, was seen in it), not that it is still
   there; but a verdict they do not hold falls after the plan's own date, within a year where it is overdue.
2. Waiver. When phase 3 is about to start it is waived with the chance ``w(t) + channel``: ``w`` rises from the first
   share at the start of 2026 to the second at the start of 2030. A waived study cannot fail, and saves ``time_saved``
   years, never more than it lasts. A study that is under way is not waived.
3. Review. One dossier, one verdict; each agency has its own clock. The home regulator's clock and the payer's listing
   (both as they stand at filing) move the home launch and nothing abroad. Where no date is known:
   ``launch = max(approval + gap, end of exclusivity, settlement)``.
4. Rivals. A market opens when exclusivity ends (or at the first launch seen). From then on ``n = 1 + (N - 1) · a/(a + h)``
   products are sold, ``a`` years after; ``N = max(seen, competitors) · (1 + (entry effect - 1) · w)``, ``w`` the chance of
   a waiver when rivals decided: what helps one helps all.
5. Price against the reference before entry: ``(1 - single) · (1 - s · (1 - exp(-e·(N - 1)))) · exp(-y · a)``, ``s = a/(a + h)``,
   not below a floor. In the US ``y`` is what the average price after five years leaves; elsewhere a parameter.
6. Sales = reference sales · region's share · part that can be copied · growth · price · ``K · b²/(b² + half²)`` (log-logistic
   uptake, ``b`` years since launch; K such that the fifth year has the observed share) · own part ``w/(w + n - 1)`` ·
   (1 less what a partner keeps) · demand. The own weight ``w`` is log-logistic, drawn once a product.
7. A product sold before the run hangs on the sales seen: ``base · path(t)/path(base)``, in every draw.
8. New programmes begin as a Poisson process after the plan's own year: molecules that lose exclusivity a year · part that
   anyone copies · products each · home firms' share of approvals / success · entry effect. The k-th takes the next
   company in the plan's list; the first of a round take references that nobody at home works on, the others a molecule
   of usual sales that opens ``exclusivity.unseen`` years after they begin.

Gives: exports = sales outside home; revenue (all sales) by company; approvals by agency; outlays of programmes (clinical
outlays are booked when phase 3 would begin). A year's amount takes the price in its middle and its part on the market.

Pitfalls. Sales are what the maker books, not end prices with rebates back in. The share after five years differs between
molecules more than between draws: one number a draw makes the total's spread too wide and one product's too narrow. A
company's revenue holds more than biosimilars. Reference sales of eroded molecules are no measure of the market: their
products hang on observed sales. Home exclusivity is rarely in the tables: the earlier of the two abroad is taken.
Programmes that firms have not named are not in the tables: approvals of the next years are those of named ones. The
tables of entities have no vintages: at an earlier date of knowledge they still hold what came later. What a waiver does
to sales has no sure sign: earlier launches against more rivals.

Sources: parameters ``biosimilars.*`` of the plan; structure (calendar x entry race x uptake x price as a function of
entrants and years) after the field's usual forecasts. Log-logistic shapes: assumption.
"""

from __future__ import annotations

from typing import Any

from salpi.engine.declare import Bound, Channel, EntitySector, Give, Need, Parameter, Passage, Stage, Values
from salpi.engine.numbers import MONTHS, Number
from salpi.model.base import HOME, TRADE
from salpi.model.biosimilar_products import ATTRIBUTES, NEVER, REGIONS, REVENUE, STAGES, bind
from salpi.model.biosimilar_sales import APPROVALS, DEMAND, WAIVER, outcome, prepare, spread, waiver

DAYS = Number(30.4375, "day/month")
WEEKS = DAYS / Number(7.0, "day/week")
SHORTEST = Number(18.0, "month")  # months of development before phase 1 that no programme undercuts; assumption
KNOWN_MONTHS = Number(36.0, "month")  # the run starts two years before the plan's year: what began up to its end is in the tables
VOID_MONTHS = Number(120.0, "month")  # the ten years of which the molecules that lose protection are counted
OVERDUE = Number(12.0, "month")  # months over which verdicts fall that should have come before the plan's date; assumption
MILLION = Number(1.0e6, "1/million")
OF_EACH = Number(1.0, "month/molecule")  # in a month; rivals are counted for one molecule
REVIEW, LISTING = "regulation.review_days.biosimilar", "regulation.listing_days"
UNDER_WAY = STAGES["phase3"]


def arrivals(xp: Any, p: Values, at: Any, t: Any) -> Any:
    """New programmes a month (month, draw)."""
    chance = p["biosimilars.success.phase1"] * p["biosimilars.success.phase3"] * p["biosimilars.success.review"]
    molecules = p["biosimilars.void.molecules"] / VOID_MONTHS * (1.0 - p["biosimilars.void.no_pipeline_share"])
    approved = molecules * (OF_EACH * p["biosimilars.competitors.eu"]) * p["biosimilars.home.share.fda"]
    waived = waiver(xp, p, lambda name, month: at(name), t)
    entry = 1.0 + (p["biosimilars.ces.entry_effect"] - 1.0) * waived
    return xp.where(t - t[:1] >= KNOWN_MONTHS, approved / chance * entry, 0.0)


def phase3_months(p: Any) -> Any:
    """Mean length of phase 3: start-up, treatment, readout."""
    return p["biosimilars.ces.duration"] / WEEKS + p["biosimilars.phase3.setup"]


def development(xp: Any, e: Any, p: Any, u: Any, at: Any, start: Any, first: Any) -> Passage:
    """From cell line to the first study; every programme passes."""
    after = p["biosimilars.phase1.time"] + phase3_months(p) + p["biosimilars.filing.time"]
    after = after + p["biosimilars.review.fda.days"] / DAYS
    mean = xp.maximum(MONTHS * p["biosimilars.dev.time"] - after, SHORTEST)
    known = xp.where(e["seen"] > 0.0, 1.0, 0.0)
    left = 1.0 - known * u["left"]  # a product was seen at some point of its development, not at the start
    full = mean * spread(xp, p["biosimilars.time.sigma"], u["time"]) * left
    outlay = MILLION * p["biosimilars.dev.cost"] * (1.0 - p["biosimilars.dev.clinical_share"])
    spent = {"biosimilars.outlays": (start, (1.0 - known) * outlay)}
    return Passage(full, u["time"] > 0.0, {"begun": start}, spent)


def phase1(xp: Any, e: Any, p: Any, u: Any, at: Any, start: Any, first: Any) -> Passage:
    """The pharmacokinetic study."""
    full = p["biosimilars.phase1.time"] * spread(xp, p["biosimilars.time.sigma"], u["time"])
    return Passage(full, u["success"] < p["biosimilars.success.phase1"])


def phase3(xp: Any, e: Any, p: Any, u: Any, at: Any, start: Any, first: Any) -> Passage:
    """The comparative efficacy study, or its waiver."""
    new = xp.where(e["stage"] == UNDER_WAY, 0.0, 1.0)
    waived = new * xp.where(u["waiver"] < waiver(xp, p, at, start), 1.0, 0.0)
    full = phase3_months(p) * spread(xp, p["biosimilars.time.sigma"], u["time"])
    saved = waived * MONTHS * p["biosimilars.ces.time_saved"]
    passed = xp.where(u["success"] < p["biosimilars.success.phase3"], 1.0, waived)
    clinical = p["biosimilars.dev.clinical_share"] - waived * p["biosimilars.ces.cost_saved_share"]
    outlay = MILLION * p["biosimilars.dev.cost"] * xp.maximum(clinical, 0.0)
    return Passage(
        xp.maximum(full - saved, 0.0),
        passed > 0.5,
        {},
        {"biosimilars.outlays": (start, outlay), "biosimilars.waivers": (start, waived)},
    )


def review(xp: Any, e: Any, p: Any, u: Any, at: Any, start: Any, first: Any) -> Passage:
    """Filing and review; ends with the first decision. Carries the months of approval and the wait for listing at home."""
    sigma = p["biosimilars.time.sigma"]
    filed = start + p["biosimilars.filing.time"] * spread(xp, sigma, u["filing"])
    days = {
        "us": filed + p["biosimilars.review.fda.days"] / DAYS * spread(xp, sigma, u["us"]),
        "eu": filed + p["biosimilars.review.ema.days"] / DAYS * spread(xp, sigma, u["eu"]),
        "home": filed + at(REVIEW, filed) / DAYS,
    }
    earliest = e["seen"] + OVERDUE * u["filing"]
    decided = {r: xp.where(e[f"listed.{r}"] > 0.5, xp.maximum(days[r], earliest), NEVER) for r in REGIONS}
    end = xp.minimum(xp.minimum(decided["us"], decided["eu"]), decided["home"])
    carry = {f"approval.{r}": decided[r] for r in REGIONS} | {"listing": at(LISTING, filed) / DAYS}
    return Passage(end - start, u["success"] < p["biosimilars.success.review"], carry)


def finish(xp: Any, p: Values, year_end: Any, year_mean: Any, totals: Values, bound: Bound) -> Values:
    """Revenue in the plan's home currency, at each draw's own rate."""
    rate = year_mean("economy.fx")
    return {name: totals[name] * rate for name in ("biosimilars.revenue", REVENUE)}


SECTOR = EntitySector(
    name="biosimilars",
    stages=(
        Stage("development", development, ("time", "left")),
        Stage("phase1", phase1, ("time", "success")),
        Stage("phase3", phase3, ("time", "success", "waiver")),
        Stage("review", review, ("filing", "us", "eu", "success")),
    ),
    outcome=outcome,
    outcome_uniforms=("own",),
    arrivals=arrivals,
    prepare=prepare,
    finish=finish,
    carry=("begun", "listing", *(f"approval.{r}" for r in REGIONS)),
    bind=bind,
    parameters=(
        Parameter("biosimilars.success.phase1", "probability"),
        Parameter("biosimilars.success.phase3", "probability"),
        Parameter("biosimilars.success.review", "probability"),
        Parameter("biosimilars.dev.time", "yr"),
        Parameter("biosimilars.dev.cost", f"million {TRADE}"),
        Parameter("biosimilars.dev.clinical_share", "ratio"),
        Parameter("biosimilars.phase1.time", "month"),
        Parameter("biosimilars.phase3.setup", "month"),
        Parameter("biosimilars.filing.time", "month"),
        Parameter("biosimilars.review.fda.days", "day"),
        Parameter("biosimilars.review.ema.days", "day"),
        Parameter("biosimilars.time.sigma", "log"),
        Parameter("biosimilars.launch.gap", "month"),
        Parameter("biosimilars.ces.duration", "weeks"),
        Parameter("biosimilars.ces.time_saved", "yr"),
        Parameter("biosimilars.ces.cost_saved_share", "ratio"),
        Parameter("biosimilars.ces.waiver_share.2026", "probability"),
        Parameter("biosimilars.ces.waiver_share.2030", "probability"),
        Parameter("biosimilars.ces.entry_effect", "ratio"),
        Parameter("biosimilars.void.molecules", "molecules"),
        Parameter("biosimilars.void.no_pipeline_share", "ratio"),
        Parameter("biosimilars.home.share.fda", "ratio"),
        Parameter("biosimilars.exclusivity.unseen", "yr"),
        Parameter("biosimilars.reference.sales.unseen", TRADE),
        Parameter("biosimilars.reference.growth", "log/yr"),
        Parameter("biosimilars.reference.contested", "ratio"),
        Parameter("biosimilars.region.us", "ratio"),
        Parameter("biosimilars.region.home", "ratio"),
        Parameter("biosimilars.share.us.y5", "ratio"),
        Parameter("biosimilars.share.eu.y5", "ratio"),
        Parameter("biosimilars.share.speed", "yr"),
        Parameter("biosimilars.share.sigma", "log"),
        Parameter("biosimilars.competitors.eu", "products"),
        Parameter("biosimilars.competitors.halftime", "yr"),
        Parameter("biosimilars.price.single", "ratio"),
        Parameter("biosimilars.price.us.asp_y5", "ratio"),
        Parameter("biosimilars.price.erosion_per_entrant", "log/entrant"),
        Parameter("biosimilars.price.erosion_year", "log/yr"),
        Parameter("biosimilars.price.floor", "ratio"),
        Parameter("biosimilars.partner.take", "ratio"),
        Parameter("biosimilars.demand.exposure", "elasticity"),
    ),
    channels=(
        Channel(
            WAIVER,
            "probability",
            "add",
            "Chance that phase 3 of a biosimilar is waived",
            "바이오시밀러 임상 3상 면제 확률",
            -1.0,
            1.0,
        ),
    ),
    attributes=ATTRIBUTES,
    needs=(Need("economy.fx", f"{HOME}/{TRADE}"), Need(DEMAND, "ratio"), Need(REVIEW, "day"), Need(LISTING, "day")),
    gives=(
        Give("biosimilars.exports", TRADE, "sum", "Sales of biosimilars abroad", "바이오시밀러 해외 매출"),
        Give("biosimilars.revenue", HOME, "sum", "Revenue from biosimilars", "바이오시밀러 매출"),
        Give(REVENUE, HOME, "sum", "Revenue from biosimilars by company", "기업별 바이오시밀러 매출", "company"),
        Give(APPROVALS[0], "count", "sum", "Biosimilars approved in the US", "미국 허가 바이오시밀러"),
        Give(APPROVALS[1], "count", "sum", "Biosimilars approved in Europe", "유럽 허가 바이오시밀러"),
        Give(APPROVALS[2], "count", "sum", "Biosimilars approved at home", "국내 허가 바이오시밀러"),
        Give("biosimilars.launches", "count", "sum", "Biosimilars first launched", "바이오시밀러 첫 출시"),
        Give("biosimilars.waivers", "count", "sum", "Phase 3 studies waived", "면제된 바이오시밀러 임상 3상"),
        Give("biosimilars.outlays", TRADE, "sum", "Outlays of biosimilar programmes", "바이오시밀러 개발비 지출"),
        Give("biosimilars.starts.development", "count", "sum", "Biosimilar programmes begun", "바이오시밀러 신규 과제"),
        Give("biosimilars.passes.review", "count", "sum", "Biosimilar programmes approved", "바이오시밀러 과제 허가"),
        Give("biosimilars.active", "count", "end", "Biosimilars in development", "개발 중인 바이오시밀러"),
        Give("biosimilars.failed", "count", "end", "Biosimilar programmes failed, to date", "실패한 바이오시밀러 과제(누적)"),
    ),
)
