"""Whom a number is about: one of the names in the document, its country or the world."""

from __future__ import annotations

from typing import NamedTuple

from salpi.evidence.judges.scenes import Scene, names
from salpi.evidence.judges.stand_ins import stand_ins
from salpi.evidence.judges.subject_traits import candidate
from salpi.evidence.judges.surroundings import Asked
from salpi.evidence.judges.tables import best
from salpi.evidence.judges.traits import Trait
from salpi.evidence.judges.weights import Weights


def wanted(asked: Asked, base: str) -> str:
    """The kind of subject that a measure usually has, as the catalogue says."""
    catalogue = asked.page.catalogue
    special = {"sales.product": "product", "trials.city_rank": "city", "pipeline.share": "area"}.get(base)
    anchor = catalogue.anchors.get(base)
    return special or (
        "company" if anchor in catalogue.company_measures else "any" if anchor in catalogue.any_measures else "country"
    )


def _of_measure(wanted: str, base: str, form: str, unit: str, lang: str, anchor: str | None, cell: bool) -> tuple[str, ...]:
    names = ("", f"w={wanted}", f"b={base}", f"f={form}", f"u={unit}", lang, f"a={anchor}")
    return (*names, "cell") if cell else names


class About(NamedTuple):
    """What the number itself says of its subject: traits that come in few combinations, and those that vary freely."""

    often: tuple[Trait, ...]
    seldom: tuple[Trait, ...]


def about(asked: Asked, base: str, form: str) -> About:
    """What the number itself says of its subject, to be crossed with each candidate."""
    anchor = asked.page.catalogue.anchors.get(base)
    often = (_of_measure, wanted(asked, base), base, form, asked.kind, asked.sentence.lang, anchor, asked.cell)
    return About((often,), tuple(stand_ins(asked)))


def decide(weights: Weights, there: Scene, base: str, form: str) -> tuple[str, float, str]:
    """The subject with its probability, and how it was met."""
    candidates = names(there)
    own = [candidate(there, name, base) for name in candidates]
    said_of = about(there.asked, base, form)
    spot, sure = best(weights.subject.scores(own, said_of.often, said_of.seldom))
    return candidates[spot], sure, _how(there, candidates[spot])


def _how(there: Scene, name: str) -> str:
    """How a name was met, for people."""
    if name in there.local:
        return "named in the sentence"
    if there.said.named and there.said.named[-1].subject == name:
        return "subject of the number before"
    if name == there.asked.page.country:
        return "country of the document"
    if any(hit.end <= there.asked.sentence.start for hit in there.cast.by.get(name, ())[:1]):
        return "named before"
    return "of the whole document"
