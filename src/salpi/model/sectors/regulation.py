"""Regulation: how long the home regulator and payer really take (mean days of the decisions of a month).

Mechanism. A review takes what the work needs at the regulator's present pace: more applications for each reviewer
make queues. Announced cuts reach this sector through channels, already late (lag) and in part (realisation) as each
measure states; what they cannot do is push a review below the time the work itself needs.

``days = max(floor, base · channel · (workload/capacity)^congestion · exp(sigma · z_year))``

- ``base`` (days): the mean before the reforms, with the spread of what the figure covers (stop clock or not is rarely
  stated).
- ``workload/capacity = exp((growth_w - growth_c) · years)``: applications against reviewers; the elasticity of time
  to load is below that of a queue without priority classes.
- ``sigma``: yearly means of few decisions scatter; one shock a kind and year.

Listing (reimbursement) follows the same form, in the payer's own kind. Parameters: ``review.*``, ``reimbursement.*``,
``regulation.*``. Home times bind home launches; sales abroad wait for other agencies (see biosimilars, pipeline).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salpi.engine.declare import Attribute, Bound, Channel, Give, Parameter, Sector, Shock, Values
from salpi.engine.numbers import MONTHS

if TYPE_CHECKING:
    from salpi.plan import Plan

KINDS = (
    ("regulation.review_days.biosimilar", "biosimilars.review_time", "review.biosimilar.days.before", "biosimilar"),
    ("regulation.review_days.newdrug", "pipeline.review_time", "review.newdrug.days.before", "newdrug"),
    ("regulation.review_days.device", "devices.review_time", "review.device.days.before", "device"),
    ("regulation.listing_days", "market.home_launch_delay", "reimbursement.listing.days.before", "listing"),
)
"""Give, channel, base parameter, shock: one row a kind of decision."""


def bind(plan: Plan, start: int) -> Bound:
    """Only the run's first month: bases are parameters, since what a published mean covers is itself uncertain."""
    return Bound(attributes={"start": float(start)})


def step(xp: Any, s: Values, p: Values, z: Values, t: Any, up: Values) -> tuple[Values, Values]:
    years = (t - p["start"]) / MONTHS
    load = (p["regulation.workload.growth"] - p["regulation.capacity.growth"]) * years
    queue = xp.exp(p["regulation.congestion"] * load)
    out = {}
    for give, channel, base, shock in KINDS:
        days = p[base] * p[channel] * queue * xp.exp(p["regulation.sigma"] * z[shock])
        out[give] = xp.maximum(days, p["regulation.floor"])
    return {}, out


SECTOR = Sector(
    name="regulation",
    step=step,
    bind=bind,
    parameters=(
        *(Parameter(base, "day") for _, _, base, _ in KINDS),
        Parameter("regulation.workload.growth", "1/yr"),
        Parameter("regulation.capacity.growth", "1/yr"),
        Parameter("regulation.congestion", "elasticity"),
        Parameter("regulation.sigma", "log"),
        Parameter("regulation.floor", "day"),
    ),
    channels=(
        Channel(
            "biosimilars.review_time",
            "x",
            "multiply",
            "Review time, biosimilars",
            "바이오시밀러 허가심사 기간",
            0.2,
            3.0,
        ),
        Channel("pipeline.review_time", "x", "multiply", "Review time, new drugs", "신약 허가심사 기간", 0.2, 3.0),
        Channel("devices.review_time", "x", "multiply", "Review time, medical devices", "의료기기 허가심사 기간", 0.2, 3.0),
        Channel("market.home_launch_delay", "x", "multiply", "Time to reimbursement listing", "건강보험 등재 기간", 0.2, 3.0),
    ),
    attributes=(Attribute("start", "month"),),
    shocks=tuple(Shock(shock, "year") for *_, shock in KINDS),
    gives=(
        Give(KINDS[0][0], "day", "mean", "Review time, biosimilars", "바이오시밀러 허가심사 기간", monthly=True),
        Give(KINDS[1][0], "day", "mean", "Review time, new drugs", "신약 허가심사 기간", monthly=True),
        Give(KINDS[2][0], "day", "mean", "Review time, medical devices", "의료기기 허가심사 기간", monthly=True),
        Give(KINDS[3][0], "day", "mean", "Time to reimbursement listing", "건강보험 등재 소요 기간", monthly=True),
    ),
)
