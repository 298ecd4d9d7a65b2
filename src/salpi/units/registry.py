"""Unit strings: are they known, do they fit, by what factor. pint does the algebra; each string is parsed once.

pint takes half a second to start. So the package carries what it made of the bundled plan's units (``parsed.json``, renewed by
``make kernels``; a test holds it against pint), which also makes their factors the same under every release of pint.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from salpi.units.definitions import COUNTED, CURRENCIES, DIMENSIONLESS, PHYSICAL, lines

CARRIED = Path(__file__).parent / "parsed.json"
_SHAPE = re.compile(r"[A-Za-z0-9%*/(). ^-]+")
_NUMBER = re.compile(r"(?<![A-Za-z0-9^*.-])\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


class UnitError(ValueError):
    """A unit that is unknown or does not fit. ``nearest`` is a valid name close to the wrong one, or None."""

    def __init__(self, message: str, nearest: str | None = None) -> None:
        super().__init__(message)
        self.nearest = nearest


@dataclass(frozen=True)
class Parsed:
    """A parsed unit: ``factor`` to base units, ``dimension`` as sorted (name, power) pairs."""

    factor: float
    dimension: tuple[tuple[str, float], ...]

    @property
    def currencies(self) -> tuple[tuple[str, float], ...]:
        """ISO codes with their powers."""
        return tuple((name[10:-1], power) for name, power in self.dimension if name.startswith("[currency_"))


@cache
def _registry() -> Any:
    import pint

    registry: Any = pint.UnitRegistry(None, cache_folder=None)
    registry.load_definitions(lines())
    return registry


@cache
def names() -> tuple[str, ...]:
    """Every name that may stand in a unit."""
    found = [*CURRENCIES, *DIMENSIONLESS, "%", "points"]
    for name, others in COUNTED.items():
        found += [name, *others.split()]
    for line in PHYSICAL.split("\n"):
        parts = [part.strip() for part in line.split("=")]
        if parts[0]:
            found += [parts[0], *parts[2:]]
    return tuple(found)


_parsed: dict[str, Parsed] = {}


def parsed() -> dict[str, Parsed]:
    """The units parsed so far, for ``know``."""
    return dict(_parsed)


def know(units: Mapping[str, Parsed]) -> None:
    """Take over units that another process parsed with the same definitions: pint, slow to start, is not asked again."""
    _parsed.update(units)


def parse(unit: str) -> Parsed:
    """Parse a unit such as ``KRW/L/yr``, ``million USD``, ``%`` or ``1/yr``. Raises UnitError."""
    found = _parsed.get(unit)
    if found is None:
        found = _parsed[unit] = _carried().get(unit) or _parse(unit)
    return found


@cache
def _carried() -> dict[str, Parsed]:
    """The units that the package carries; none where the definitions have changed since."""
    told = json.loads(CARRIED.read_text("utf-8")) if CARRIED.is_file() else {}
    if told.get("definitions") != _definitions():
        return {}
    return {unit: Parsed(factor, tuple(sorted(powers.items()))) for unit, (factor, powers) in told["units"].items()}


def carry() -> None:
    """Lets the package carry the units parsed so far."""
    units = {unit: (its.factor, dict(its.dimension)) for unit, its in sorted(_parsed.items())}
    CARRIED.write_text(json.dumps({"definitions": _definitions(), "units": units}, indent=1) + "\n", "utf-8")


def _definitions() -> str:
    return hashlib.sha256("\n".join(lines()).encode()).hexdigest()


def _parse(unit: str) -> Parsed:
    if not unit.strip() or not _SHAPE.fullmatch(unit):
        raise UnitError(f"{unit!r} is no unit", _nearest(unit))
    known = set(names())
    for word in re.findall(r"[A-Za-z]+\d*|%", _NUMBER.sub(" ", unit)):
        if word not in known:
            raise UnitError(
                f"unit {word!r} is unknown" if word == unit else f"unit {word!r} in {unit!r} is unknown", _nearest(word)
            )
    try:
        quantity = _registry().parse_expression(unit.replace("%", " percent "))
        base = quantity.to_base_units() if hasattr(quantity, "to_base_units") else None
    except Exception as error:  # pint raises many kinds, also from its tokenizer
        raise UnitError(f"{unit!r} is no unit") from error
    if base is None:
        return Parsed(float(quantity), ())
    dimension = tuple(sorted((str(name), float(power)) for name, power in base.dimensionality.items()))
    return Parsed(float(base.magnitude), dimension)


def _nearest(word: str) -> str | None:
    from rapidfuzz import fuzz, process

    from salpi.units.meant import meant

    if (known := meant(word)) is not None:
        return known

    folded = {name: name.casefold() for name in names()}
    found = process.extractOne(word.casefold(), folded, scorer=fuzz.ratio, score_cutoff=60)
    return None if found is None else str(found[2])


def check(unit: str) -> str:
    """The unit itself, if it is known. Raises UnitError."""
    parse(unit)
    return unit


def dimension(unit: str) -> tuple[tuple[str, float], ...]:
    """The unit's dimension as sorted (name, power) pairs; ``()`` is dimensionless. Raises UnitError."""
    return parse(unit).dimension


def same_dimension(a: str, b: str) -> bool:
    """Whether amounts in ``a`` and ``b`` may be compared. Raises UnitError for an unknown unit."""
    return parse(a).dimension == parse(b).dimension


def factor(source: str, target: str) -> float:
    """What an amount in ``source`` is multiplied by to be in ``target``. Raises UnitError where they do not fit."""
    a, b = parse(source), parse(target)
    if a.dimension != b.dimension:
        raise UnitError(f"{source!r} cannot be turned into {target!r}")
    return 1.0 if source == target else a.factor / b.factor
