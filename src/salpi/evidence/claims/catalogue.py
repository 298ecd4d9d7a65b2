"""The ids under which texts' claims are given, and the words by which they are found: built once from a plan.

A plan's phrases are read as sets of concepts (lexicon.yaml), so that one phrase finds its rewordings; a phrase with words that are no
concepts holds as it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import yaml

from salpi.evidence.claims.entities import add_plan, add_world, own_names
from salpi.evidence.claims.vocabulary import Vocabulary
from salpi.plan.schema import Indicator

if TYPE_CHECKING:
    from salpi.plan import Plan
    from salpi.units import ExchangeRates

UnitClass = Literal["money", "%", "L", "time", "persons", "count", "rank", "x", "area", "mass", "length", "power", "energy"]
PHYSICAL_CLASSES = frozenset({"area", "mass", "length", "power", "energy"})
"""Classes that only a plan's own indicators bring in: where it has none, such figures are no claims."""
DERIVED = ("growth", "change", "share", "rank")
"""Suffixes that make an id of what is derived from another: signed %, signed difference, % of a whole, place."""

_PHYSICAL: dict[str, UnitClass] = {
    **dict.fromkeys(("kL", "mL", "m3"), "L"),
    **dict.fromkeys(("t", "kg", "g", "mg"), "mass"),
    **dict.fromkeys(("km", "m"), "length"),
    **dict.fromkeys(("m2", "ha", "km2"), "area"),
    **dict.fromkeys(("kW", "MW", "GW"), "power"),
    **dict.fromkeys(("kWh", "MWh", "GWh"), "energy"),
}
_TIMES = frozenset({"days", "months", "years"})
_CUES = frozenset({"share", "ranking"})  # concepts that say how a number is derived, not of what


@lru_cache(maxsize=512)
def unit_class(unit: str) -> UnitClass | None:
    """What kind of measure a unit is of; None for units that claims do not carry."""
    if unit in ("%", "pp"):
        return "%"
    if unit in ("L", "persons", "count", "rank", "x"):
        return unit  # type: ignore[return-value]
    if unit in _TIMES:
        return "time"
    return _PHYSICAL.get(unit) or ("money" if len(unit) == 3 and unit.isupper() else None)


def carried(unit: str | None, catalogue: Catalogue) -> bool:
    """Whether claims carry figures in a unit: those of areas, weights and lengths only where the catalogue has an id for them."""
    kind = _PHYSICAL.get(unit or "")
    return kind not in PHYSICAL_CLASSES or kind in catalogue.classes


@dataclass(frozen=True, slots=True)
class Entry:
    """One id: the concepts that must be near a number of its unit, and what its plan says of it."""

    id: str
    unit: UnitClass
    kind: str
    concepts: frozenset[str]
    literal: bool = False


@dataclass(frozen=True)
class Catalogue:
    """All that extraction knows: entries by measure, words, exchange rates, the plan's own subject."""

    vocabulary: Vocabulary
    entries: Mapping[str, tuple[Entry, ...]]  # by measure concept
    literals: Mapping[str, Entry]
    ids: frozenset[str]
    kinds: Mapping[str, str]
    classes: frozenset[str]  # of the units in which its ids are found
    company_measures: frozenset[str]
    any_measures: frozenset[str]
    home: str | None = None
    rates: ExchangeRates | None = None
    rates_pair: tuple[str, str] | None = None
    concepts: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)  # id → the measure it hangs on

    @classmethod
    def of(cls, plan: Plan) -> Catalogue:
        """The catalogue of a plan; built once for each."""
        return _of(plan)

    @classmethod
    def of_indicators(cls, indicators: Mapping[str, Indicator], ids: Iterable[str] = ()) -> Catalogue:
        """A catalogue from indicators alone: no entities but those that any text may name, no exchange rates."""
        return _build(indicators, frozenset(ids), None)


@lru_cache(maxsize=8)
def _cached(key: tuple[str, str]) -> list[Catalogue]:
    return []


def _of(plan: Plan) -> Catalogue:
    kept = _cached((plan.id, plan.hash))
    if not kept:
        kept.append(_build(plan.indicators, frozenset(plan.meta.claims), plan))
    return kept[0]


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    text = files("salpi.evidence.claims").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@lru_cache(maxsize=1)
def _cue_words() -> dict[str, dict[str, list[Any]]]:
    text = files("salpi.evidence.claims").joinpath("cues.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, list[Any]]] = yaml.safe_load(text)
    return found


def _language() -> tuple[Vocabulary, dict[str, str]]:
    vocabulary, concepts = Vocabulary(), {}
    lexicon = _lexicon()
    for section, kind in (("measures", "measure"), ("domains", "domain"), ("blocks", "block")):
        for concept, words in lexicon[section].items():
            concepts[concept] = kind
            for word in (*words.get("en", ()), *words.get("ko", ())):
                vocabulary.add(str(word), kind, concept)
    for cue, words in _cue_words().items():
        for word in (*words.get("en", ()), *words.get("ko", ())):
            vocabulary.add("on" if word is True else "no" if word is False else str(word), "cue", cue)
    return vocabulary, concepts


_FILL = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "in",
        "for",
        "to",
        "on",
        "and",
        "by",
        "at",
        "with",
        "from",
        "our",
        "its",
        "growth",
        "rate",
        "period",
        "time",
        "level",
        "size",
        "의",
        "및",
        "수",
        "별",
        "기간",
        "증가율",
        "규모",
        "금액",
        "실적",
    ]
)


def _concepts(vocabulary: Vocabulary, phrase: str) -> frozenset[str] | None:
    """The concepts of a phrase, None where some of its words are none."""
    found: set[str] = set()
    covered = 0
    for hit in vocabulary.hits(phrase):
        if hit.kind in ("measure", "domain", "block"):
            found.add(hit.value)
            covered = max(covered, hit.end)
    rest = list(phrase)
    for hit in vocabulary.hits(phrase):
        for at in range(hit.start, hit.end):
            rest[at] = " "
    left = [word for word in "".join(rest).lower().replace("-", " ").replace("·", " ").split() if word not in _FILL]
    return frozenset(found) if found and not left else None


def claim_ids(id: str, indicator: Indicator) -> tuple[str, ...]:
    """The ids under which claims speak of an indicator: its aliases, or else its family."""
    return indicator.aliases or (id.partition("@")[0],)


def _build(indicators: Mapping[str, Indicator], ids: frozenset[str], plan: Plan | None) -> Catalogue:
    language, concepts = _language()
    language.freeze()
    vocabulary, _ = _language()
    entries: dict[str, dict[tuple[str, frozenset[str]], Entry]] = {}
    literals: dict[str, Entry] = {}
    kinds: dict[str, str] = {}
    known: set[str] = set()
    for id, indicator in indicators.items():
        unit = unit_class(indicator.unit)
        for claim in claim_ids(id, indicator):
            if unit is None or (ids and claim not in ids):
                continue
            known.add(claim)
            kinds.setdefault(claim, indicator.kind)
            for phrases in indicator.phrases.values():
                for phrase in phrases:
                    needed = _concepts(language, phrase)
                    core = needed - _CUES if needed else None
                    entry = Entry(claim, unit, indicator.kind, core or frozenset(), core is None)
                    if core:
                        anchor = _anchor(core, concepts)
                        entries.setdefault(anchor, {})[(claim, core)] = entry
                    elif needed is None:
                        literals[phrase] = entry
                        vocabulary.add(phrase, "id", entry)
    add_world(vocabulary) if plan is None else add_world(vocabulary, own_names(plan))
    if plan is not None:
        add_plan(vocabulary, plan)
    vocabulary.freeze()
    subjects = _lexicon()["subjects"]
    money = plan.meta.currencies if plan is not None else None
    return Catalogue(
        vocabulary,
        {anchor: tuple(found.values()) for anchor, found in entries.items()},
        literals,
        frozenset(known),
        kinds,
        frozenset(entry.unit for found in (*(each.values() for each in entries.values()), literals.values()) for entry in found),
        frozenset(subjects["company"]),
        frozenset(subjects["any"]),
        plan.meta.subject if plan is not None else None,
        plan.rates if plan is not None and money is not None and money.rates else None,
        (money.home, money.trade) if money is not None else None,
        concepts,
        {entry.id: anchor for anchor, found in reversed(entries.items()) for entry in found.values()},
    )


def _anchor(core: frozenset[str], concepts: Mapping[str, str]) -> str:
    """The concept a set hangs on: its measure, the first in the lexicon where there are two; a domain where there is none."""
    order = list(concepts)
    measures = [concept for concept in core if concepts.get(concept) == "measure"]
    return min(measures or core, key=order.index)
