"""Sources, numbered in the order in which the brief first uses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from salpi.brief.figures import Lang
from salpi.brief.view import Cited, Claimed, Figure
from salpi.decide.words import period
from salpi.plan.schema import Source


class Citations:
    """Hands out numbers; the only thing in building a brief that remembers."""

    def __init__(self, sources: Mapping[str, Source], lang: Lang) -> None:
        self._sources = sources
        self._lang = lang
        self._numbers: dict[str, int] = {}
        self._claims: dict[str, dict[tuple[str, ...], Claimed]] = {}
        self._count = 0

    def of(self, *ids: str | None) -> tuple[int, ...]:
        """Numbers of these sources, in the order given; unknown ids (an assumption has none) are left out."""
        found: list[int] = []
        for id_ in ids:
            if id_ is None or id_ not in self._sources:
                continue
            number = self._numbers.setdefault(id_, len(self._numbers) + 1)
            if number not in found:
                found.append(number)
        return tuple(found)

    def of_all(self, ids: Iterable[str | None]) -> tuple[int, ...]:
        return self.of(*ids)

    def claim(self, source: str, about: str, figure: Figure, place: str) -> str:
        """The anchor of a figure that a source states; the same figure twice is one claim. "" for a source that is none."""
        if source not in self._sources:
            return ""
        known = self._claims.setdefault(source, {})
        key = (about, figure.plain, place)
        if key not in known:
            self._count += 1
            known[key] = Claimed(f"c{self._count}", about, figure, place)
        return known[key].id

    def listed(self, notes: Mapping[str, str]) -> tuple[Cited, ...]:
        """The list at the end of the brief. ``notes``: words by kind of source, for those without a page of their own."""
        return tuple(self._cited(id_, n, notes) for id_, n in self._numbers.items())

    def _cited(self, id_: str, number: int, notes: Mapping[str, str]) -> Cited:
        source = self._sources[id_]
        date = period(source.published, self._lang) if source.published else notes["undated"]
        url = source.url or ""
        if urlsplit(url).scheme not in ("http", "https"):
            url = ""
        note = ""
        if not url or source.url_kind == "none":
            note = notes["no_url"]
        elif source.url_kind == "site":
            note = notes["site_only"]
        if source.kind == "assumption":
            note = notes["assumption"]
        claims = tuple(self._claims.get(id_, {}).values())
        return Cited(number, source.title, f"{source.publisher}, {date}", url, note, claims)
