"""A language model's answer, read strictly: one JSON object with claims, each of whose fields has its kind."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from salpi.evidence.language_model.client import Unreadable
from salpi.evidence.language_model.prompt import CLAIMS, CONTEXT, QUOTE

_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.S)
_WORD = 120
"""Characters of an id, a subject, a period, a unit, at most."""


@dataclass(frozen=True)
class Pointed:
    """A place in the text that the model points at, and what it says of it; nothing of it is believed yet."""

    context: str
    quote: str
    value: float
    unit: str
    status: str
    high: float | None = None
    indicator: str | None = None
    subject: str | None = None
    period: str | None = None
    baseline: float | None = None


def pointed(text: str) -> tuple[list[Pointed], int]:
    """The claims of an answer, and how many were no claims. Raises Unreadable where it is no JSON of the form asked for."""
    fenced = _FENCED.fullmatch(text)
    try:
        found = json.loads(fenced[1] if fenced else text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unreadable("no JSON") from None
    items = found.get("claims") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise Unreadable("no list of claims")
    good = [one for item in items[:CLAIMS] if (one := _one(item)) is not None]
    return good, len(items) - len(good)


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _one(item: Any) -> Pointed | None:
    if not isinstance(item, dict):
        return None
    texts = {name: item.get(name) for name in ("context", "quote", "unit", "status", "indicator", "subject", "period")}
    numbers = {name: _number(item.get(name)) for name in ("value", "high", "baseline")}
    needed = (texts["context"], texts["quote"], texts["unit"], texts["status"], numbers["value"])
    if any(one is None or one == "" for one in needed) or math.nan in numbers.values():
        return None
    for name, one in texts.items():
        most = {"context": CONTEXT, "quote": QUOTE}.get(name, _WORD)
        if one is not None and not (isinstance(one, str) and 0 < len(one) <= most):
            return None
    return Pointed(**texts, **numbers)  # type: ignore[arg-type]


def _number(value: Any) -> float | None:
    """A finite number, None for null; math.nan, this very object, for anything else."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return math.nan
    try:
        number = float(value)
    except OverflowError:
        return math.nan
    return number if math.isfinite(number) else math.nan
