"""Whom a number is about: one of the names in the document, its country or the world."""

from __future__ import annotations

from salpi.evidence.judges.decided import doubt
from salpi.evidence.judges.scenes import Scene, names
from salpi.evidence.judges.stand_ins import stand_ins
from salpi.evidence.judges.subject_traits import candidates
from salpi.evidence.judges.surroundings import Asked
from salpi.evidence.judges.tables import best, runner_up
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


def about(asked: Asked, base: str, form: str) -> list[Trait]:
    """What the number itself says of its subject."""
    anchor = asked.page.catalogue.anchors.get(base)
    measure = (_of_measure, wanted(asked, base), base, form, asked.kind, asked.sentence.lang, anchor, asked.cell)
    return [measure, *stand_ins(asked)]


def decide(weights: Weights, there: Scene, base: str, form: str) -> tuple[str, float, str, str | None]:
    """The subject with its probability, how it was met, and the next best where there is doubt."""
    known = names(there)
    scores = weights.subject.scores(candidates(there, known, base), about(there.asked, base, form))
    spot, sure = best(scores)
    rival = runner_up(scores, spot) if doubt(sure) != "0" else None
    return known[spot], sure, _how(there, known[spot]), None if rival is None else known[rival]


def _how(there: Scene, name: str) -> str:
    """How a name was met, for people."""
    if name in there.around.local:
        return "named in the sentence"
    if there.said.named and there.said.named[-1].subject == name:
        return "subject of the number before"
    if name == there.asked.page.country:
        return "country of the document"
    if any(hit.end <= there.asked.sentence.start for hit in there.cast.by.get(name, ())[:1]):
        return "named before"
    return "of the whole document"
