"""Claims against tiny plans: an invented country, invented figures."""

from __future__ import annotations

from datetime import date

import tiny
from salpi.evidence.reconcile.finding import Case, Context, Finding
from salpi.evidence.reconcile.judge import judge
from salpi.evidence.reconcile.known import Known
from salpi.evidence.reconcile.rules import Rules
from salpi.evidence.reconcile.together import judge_document
from salpi.evidence.record import Claim
from tiny import indicator, row

RULES = Rules()
GOOD = Context("ledger-new", "A", "Office", date(2026, 11, 5), "")
RATES = [row(year, 1400, indicator="fx", unit="KRW/USD") for year in range(2015, 2026)]


def known(*rows, unit: str = "USD", kind: str = "flow", more=None, **body) -> Known:
    """What is known of ``x``, counted in ``unit``; ``more`` are further indicators, ``body`` what is said of ``x``."""
    targets = body.pop("targets", None)
    sources = body.pop("sources", None)
    its = {"x": indicator(unit, kind, **body), "fx": indicator("KRW/USD", "rate"), **(more or {})}
    return Known.of(tiny.plan([*rows, *RATES], its, targets, sources, as_of="2026-11-01", rates="fx"))


def claim(value, period="2025", unit="USD", status="actual", **more) -> Claim:
    body = {"indicator": "x", "subject": "Land", "score": 0.999, "span": (0, 3), "text": "x", **more}
    span, text = body.pop("span"), body.pop("text")
    return Claim("d.txt", span, text, value, unit, period=period, status=status, **body)


def found(beside: Known, one: Claim, context: Context = GOOD) -> Finding:
    out = judge(Case(one, context), beside, RULES)
    assert out is not None
    return out


def document(beside: Known, *claims: Claim) -> list[Finding]:
    out = judge_document([Case(one, GOOD) for one in claims], beside, RULES)
    assert None not in out
    return out  # type: ignore[return-value]


def marks(finding: Finding) -> list[str]:
    """The checks that found something odd."""
    return [item.id.split(".")[-2] for item in finding.conflicts]
