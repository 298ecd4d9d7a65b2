"""What every section of the brief is built from: plan, run, language, citations; and the small words of figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from salpi.brief import figures
from salpi.brief.citations import Citations
from salpi.brief.strings import Words
from salpi.brief.view import Figure, Mark, Piece, Rich
from salpi.decide import words

if TYPE_CHECKING:
    from salpi.model.run import Run
    from salpi.plan import Plan
    from salpi.plan.schema import Observation, Target

BASIS: dict[str, Mark] = {
    "sourced": "source",
    "derived": "computed",
    "unverified": "unverified",
    "assumption": "assumption",
}


@dataclass(frozen=True)
class Context:
    """The brief's inputs and its language. ``run`` may be None: then nothing is forecast, and the brief says so."""

    plan: Plan
    run: Run | None
    lang: figures.Lang
    words: Words
    cite: Citations
    goals: Mapping[str, Target]
    """The scorecard's targets by id, the variants on other definitions among them."""

    def value(
        self, value: float, unit: str, mark: Mark, refs: tuple[int, ...] = (), show: bool = True, digits: int = 3
    ) -> Figure:
        """A value in base units with its mark."""
        if unit == "flag":
            return Figure(self.words("flag_on" if value >= 1 else "flag_off"), mark, "", refs, show)
        if mark == "model":
            value = float(f"{value:.3g}")
        text, tail = figures.parts(value, unit, self.lang, digits)
        return Figure(text, mark, tail, refs, show)

    def signed(self, value: float, unit: str, mark: Mark = "model") -> Figure:
        return Figure(figures.signed(value, unit, self.lang), mark)

    def observed(self, row: Observation, show: bool = True) -> Figure:
        """A published figure with its source, its basis and its claim."""
        figure = self.value(row.value, row.unit, BASIS[row.basis], self.cite.of(row.source), show)
        return replace(figure, claim=self.claim(row))

    def claim(self, row: Observation) -> str:
        """The anchor of an observation among its source's claims."""
        figure = self.value(row.value, row.unit, BASIS[row.basis], self.cite.of(row.source), False)
        whom = "" if row.subject == self.plan.meta.subject else f"{self.subject(row.subject)}, "
        about = f"{row.indicator}, {whom}{words.period(row.period, self.lang)}"
        return self.cite.claim(row.source, about, figure, self._place(row))

    def row_of(self, side: Any) -> Observation | None:
        """The observation behind one side of a conflict."""
        key = ("indicator", "value", "unit", "source", "as_of", "status")
        wanted = tuple(getattr(side, name, None) for name in key)
        period = getattr(side, "period", None)
        return next(
            (
                row
                for row in self.plan.observations
                if tuple(getattr(row, name) for name in key) == wanted and period in (None, row.period)
            ),
            None,
        )

    def _place(self, row: Observation) -> str:
        """Where an observation is written down: file and line of the plan, or the ledger's claim."""
        at = self._rows.get(id(self.plan.stated(row)))
        if at is None or ("observation", at) not in self.plan.origins.places:
            return row.note if row.note.startswith("claim ") else ""
        file, line = self.plan.origins.where("observation", at)
        return f"{file}:{line}"

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {id(row): at for at, row in enumerate(self.plan.observations)}

    def when(self, period: str | None) -> Figure:
        return Figure(words.period(period, self.lang), "name")

    def chance(self, share: float) -> Figure:
        return Figure(words.chance(share, self.lang), "model")

    def said(self, text: str, refs: tuple[int, ...], show: bool = False) -> Figure:
        """A sentence or name of the plan: what it says stands in these sources."""
        return Figure(text, "source" if refs else "name", "", refs, show)

    def target_name(self, id_: str) -> Figure:
        target = self.goals.get(id_) or self.plan.targets[id_]
        return self.said(target.name(self.lang), self.cite.of_all(target.sources))

    def count(self, n: int) -> Figure:
        """How many rows of this very brief: counted, not claimed."""
        return Figure(f"{n:,}", "computed")

    def subject(self, name: str) -> str:
        """An entity in the reader's language, where the plan's lists know it by another name."""
        if name == self.plan.meta.subject:
            return self.plan.meta.subject_name(self.lang)
        if self.lang == "ko":
            rows = [(r.id, r.name, r.name_ko) for r in self.plan.atlas.companies]
            rows += [(r.id, r.name, r.name_ko) for r in self.plan.atlas.products]
            return next((ko for id_, en, ko in rows if name in (id_, en) and ko), name)
        return name

    def owners(self, ids: Iterable[str]) -> str:
        parties = self.plan.meta.owners
        return " · ".join(parties[i].name(self.lang) if i in parties else i for i in ids)

    def local(self, value: Any) -> str:
        """A text that may be plain, a mapping by language or a plan's Text."""
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, Mapping):
            return str(value.get(self.lang) or value.get("en") or "")
        return str(value(self.lang)) if callable(value) else str(value)


def goals(plan: Plan, card: Mapping[str, Any]) -> dict[str, Target]:
    """The plan's target behind each row of a scorecard; a variant is its target on another definition's own base."""
    found = {}
    for t in card["targets"]:
        own = plan.targets.get(t["id"])
        if own is None:
            changed = {"indicator": t["indicator"], "value": t["target"], "unit": t["unit"], "baseline": None, "relative": None}
            own = plan.targets[t["variant_of"]].but(**changed)
        found[t["id"]] = own
    return found


def joined(pieces: Iterable[Piece | Rich], separator: str = ", ") -> Rich:
    """Pieces with a separator between them."""
    found: list[Piece] = []
    for piece in pieces:
        if found:
            found.append(separator)
        found.extend(piece if isinstance(piece, tuple) else (piece,))
    return tuple(found)


def plain(text: Rich) -> str:
    """The words alone."""
    return "".join(piece if isinstance(piece, str) else piece.plain for piece in text)


def as_dict(value: Any) -> dict[str, Any]:
    """The JSON shape of a result, whether it comes as a value or as JSON."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return dict(value)
    result: dict[str, Any] = value.to_json()
    return result
