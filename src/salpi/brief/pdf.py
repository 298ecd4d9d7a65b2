"""The brief as PDF (extra ``pdf``): the view model as JSON, laid out by a fixed typst template, with a Hangul font of its own."""

from __future__ import annotations

import json
import re
from importlib.resources import as_file, files
from typing import Any

from salpi.brief import charts
from salpi.brief.view import BriefModel, Chart, Figure, Rich

STYLE = """
text{font-family:'Salpi Sans';font-size:11.5px;fill:#4b5158}.tk{fill:#686e76;font-size:11px}.b{font-weight:bold}.i{fill:#17191c}
.e{text-anchor:end}.m{text-anchor:middle}.halo{paint-order:stroke;stroke:#ffffff;stroke-width:4px;stroke-linejoin:round}
.grid{stroke:#dddfe1;stroke-width:1}.axis{stroke:#b9bec3;stroke-width:1}.hist{fill:none;stroke:#7b828a;stroke-width:1.5}
.pt{fill:#7b828a;stroke:#7b828a;stroke-width:1.25}.o{fill:#ffffff}.band{fill:#2a4d9b;opacity:.11}.stick{fill:#2a4d9b;opacity:.3}
.stick.met{opacity:1}.med{fill:none;stroke:#2a4d9b;stroke-width:2}.t-plan{fill:#2a4d9b}.tg{fill:#17191c}
.tgl{stroke:#17191c;stroke-width:1;stroke-dasharray:1 3}.leader{stroke:#b9bec3;stroke-width:1;fill:none}
"""
"""The light theme of the page, for a renderer that knows no custom properties."""


LONGEST = 14
"""A longer word may break."""


class PdfUnavailable(RuntimeError):
    """The extra is not installed; the message says what to do."""


def to_pdf(model: BriefModel) -> bytes:
    """A4 pages. Same model, same bytes. Raises PdfUnavailable where the extra ``pdf`` is missing."""
    try:
        import typst
    except ImportError as error:
        raise PdfUnavailable(
            "PDF needs an extra that is not installed: pip install 'salpi[pdf]', or use --format html"
        ) from error
    data = json.dumps(document(model), ensure_ascii=False, sort_keys=True)
    with as_file(files("salpi.brief") / "static") as static:
        result: bytes = typst.compile(
            str(static / "brief.typ"),
            root=str(static),
            font_paths=[str(static / "fonts")],
            sys_inputs={"data": data},
            format="pdf",
        )
    return result


def document(model: BriefModel) -> dict[str, Any]:
    """The model as plain JSON for the template: every text a list of pieces ``{t, u, refs, tag, strong}``."""

    def rich(text: Rich) -> list[dict[str, Any]]:
        pieces = [_piece(piece, model.words) for piece in text]
        return words_of(pieces) if model.lang == "ko" else [{"box": False, "pieces": pieces}]

    def rows(table: tuple[tuple[Rich, ...], ...]) -> list[list[list[dict[str, Any]]]]:
        return [[rich(cell) for cell in cells] for cells in table]

    return {
        "lang": model.lang,
        "title": model.title,
        "kicker": rich(model.kicker),
        "finding": rich(model.finding),
        "lede": rich(model.lede),
        "ledger": [{"words": _first(b.words), "range": rich(b.range), "count": str(b.count)} for b in model.ledger],
        "note": rich((*model.closed, " ", *model.ledger_note)),
        "heads": [{"chance": h.chance.text or "–", "title": rich(h.title), "text": rich(h.text)} for h in model.headlines],
        "groups": [
            {
                "name": rich(g.name),
                "note": rich(g.note),
                "folded": [rich(f) for f in g.folded],
                "rows": [
                    {
                        "name": rich(r.name),
                        "definition": rich(r.definition),
                        "latest": rich(r.latest),
                        "latest_note": rich(r.latest_note),
                        "asked": rich(r.asked),
                        "asked_note": rich(r.asked_note),
                        "paces": [[p.label, rich(p.value), rich(p.note)] for p in r.paces],
                        "chance": r.chance.text,
                        "words": _first(r.chance.words),
                        "chance_note": rich(r.chance.note),
                        "why": rich(r.why),
                        "since": rich(r.since),
                        "svg": svg(r.chart, charts.SMALL) if r.chart else "",
                        "no_chart": r.no_chart,
                        "variant": r.variant,
                    }
                    for r in g.rows
                ],
            }
            for g in model.groups
        ],
        "charts": [
            {"title": rich(c.title), "svg": svg(c, charts.LARGE_NARROW), "alt": c.alt, "caption": rich(c.caption)}
            for c in model.charts
        ],
        "disputes": [
            {
                "title": rich(d.title),
                "kind": d.kind,
                "sides": [{"value": rich(s.value), "note": rich(s.note)} for s in d.sides],
                "text": rich(d.text),
            }
            for d in model.disputes
        ],
        "disputes_more": rich(model.disputes_more),
        "effect_targets": [rich(t) for t in model.effect_targets],
        "effects_note": rich(model.effects_note),
        "effects": [
            {
                "name": rich(e.name),
                "owner": e.owner,
                "cells": [[rich(a), rich(b)] for a, b in e.cells],
                "rests": [rich(r) for r in e.rests],
                "cost": rich(e.cost),
                "grade": e.grade,
                "mind": [rich(t) for t in e.mind],
            }
            for e in model.effects
        ],
        "idle": [
            {
                "name": rich(i.name),
                "owner": i.owner,
                "acts": model.words["e_acts"].format(what=i.acts_on),
                "cost": rich(i.cost),
                "grade": i.grade,
                "mind": [rich(t) for t in i.mind],
            }
            for i in model.idle
        ],
        "umbrellas": [rich(u) for u in model.umbrellas],
        "gaps": [rich(g) for g in model.gaps],
        "method": [rich(p) for p in model.method],
        "sectors": [{"name": s.name, "counts": rich(s.counts), "rows": rows(s.rows + s.more)} for s in model.sectors],
        "unverified": [rich(u) for u in model.unverified],
        "sources": [{"n": s.number, "title": s.title, "origin": s.origin, "url": s.url, "note": s.note} for s in model.sources],
        "colophon": list(model.colophon),
        "w": model.words,
    }


def svg(chart: Chart, frame: charts.Frame) -> str:
    """A chart with its colours inside."""
    drawn = charts.draw(chart, frame)
    drawn = re.sub(r'class="pt o"', 'class="pt" style="fill:#ffffff"', drawn)
    return drawn.replace(">", f"><style>{STYLE}</style>", 1)


def words_of(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pieces regrouped by word: Korean breaks between words, and the layout breaks it anywhere unless a word is boxed."""
    groups: list[dict[str, Any]] = []
    word: list[dict[str, Any]] = []

    def close() -> None:
        if word:
            groups.append({"box": sum(len(p["t"]) for p in word) <= LONGEST, "pieces": list(word)})
            word.clear()

    for piece in pieces:
        parts = piece["t"].split(" ")
        for i, part in enumerate(parts):
            if i:
                close()
                groups.append({"box": False, "pieces": [{"t": " ", "refs": [], "tag": ""}]})
            last = i == len(parts) - 1
            if part or (last and (piece["refs"] or piece["tag"])):
                word.append({"t": part, "refs": piece["refs"] if last else [], "tag": piece["tag"] if last else ""})
    close()
    return groups


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _piece(piece: str | Figure, words: dict[str, str]) -> dict[str, Any]:
    if isinstance(piece, str):
        return {"t": piece, "refs": [], "tag": ""}
    marked = piece.mark in ("assumption", "unverified") and piece.title != "quiet"
    return {
        "t": piece.plain,
        "refs": list(piece.refs) if piece.show_refs else [],
        "tag": words[piece.mark] if marked else "",
    }
