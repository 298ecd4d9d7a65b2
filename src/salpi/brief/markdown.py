"""The brief as Markdown: the same sections and rows, sources as bracketed numbers, charts as their tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from salpi.brief.view import BriefModel, Claimed, Effect, Figure, Idle, Rich, Row

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


def to_markdown(model: BriefModel) -> str:
    """CommonMark with pipe tables. Same model, same text."""
    w = model.words
    out: list[str] = [f"# {_rich(model, model.finding)}", "", _rich(model, model.kicker), "", _rich(model, model.lede), ""]
    out += _table(
        [w["c_verdict"], w["t_count"], w["c_target"]],
        ([_esc(b.words), str(b.count), _names(model, [n for _, _, n in b.items], b.more)] for b in model.ledger),
    )
    out += ["", " ".join(filter(None, (_rich(model, model.closed), _rich(model, model.ledger_note))))]
    out += _head(w["h_know"])
    for h in model.headlines:
        chance = f"{_esc(h.chance.text)} ({w['model']})" if h.chance.text else "–"
        out.append(f"- **{_rich(model, h.title)}** {chance}. {_rich(model, h.text)}")
    out += _head(w["h_scorecard"])
    for g in model.groups:
        out += ["", f"### {_rich(model, g.name)}", ""]
        if g.note:
            out += [_rich(model, g.note), ""]
        out += _table(
            [w[f"c_{c}"] for c in ("target", "latest", "asked", "pace", "chance", "why")], (_row(model, r) for r in g.rows)
        )
        out += [f"\n{_rich(model, f)}" for f in g.folded]
    out += _head(w["h_forecasts"])
    for c in model.charts:
        out += ["", f"### {_rich(model, c.title)}", "", _rich(model, c.caption), ""]
        out += _table(c.table.head, ([_rich(model, cell) for cell in cells] for cells in c.table.rows))
    out += _disputes(model) + _effects(model)
    out += _head(w["h_gaps"]) + [f"- {_rich(model, g)}" for g in model.gaps]
    out += _head(w["h_method"])
    for p in model.method:
        out += [_rich(model, p), ""]
    out.append(f"### {w['m_sectors']}")
    for s in model.sectors:
        out += ["", f"**{_esc(s.name)}** {_rich(model, s.counts)}", ""]
        if s.rows:
            out += _table(s.head, ([_rich(model, cell) for cell in cells] for cells in (*s.rows, *s.more)))
    out += _head(w["h_unverified"])
    for u in model.unverified:
        out += [_rich(model, u), ""]
    out += _head(w["h_sources"])
    for cited in model.sources:
        title = f"[{_esc(cited.title)}](<{cited.url}>)" if cited.url else _esc(cited.title)
        claims = "; ".join(_claim(model, c) for c in cited.claims)
        tail = "".join(f" {part}." for part in (_esc(cited.note), claims) if part)
        out.append(f"{cited.number}. {title}. {_esc(cited.origin)}.{tail}")
    out += ["", "---", ""] + [f"{_esc(c)}  " for c in model.colophon]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).rstrip() + "\n"


def _claim(model: BriefModel, c: Claimed) -> str:
    return f"{_esc(c.about)}: {_rich(model, (c.figure,))}" + (f" ({_esc(c.place)})" if c.place else "")


def _row(model: BriefModel, r: Row) -> list[str]:
    chance = f"{_esc(r.chance.text)} {_esc(r.chance.words)}".strip()
    paces = "; ".join(" ".join(filter(None, (p.label, _rich(model, p.value), _rich(model, p.note)))) for p in r.paces)
    return [
        f"**{_rich(model, r.name)}** {_rich(model, r.definition)}",
        f"{_rich(model, r.latest)} {_rich(model, r.latest_note)}",
        f"{_rich(model, r.asked)} {_rich(model, r.asked_note)}",
        paces,
        " ".join(filter(None, (chance, _rich(model, r.chance.note)))),
        " ".join(filter(None, (_rich(model, r.why), _rich(model, r.since)))),
    ]


def _disputes(model: BriefModel) -> list[str]:
    out = _head(model.words["h_disputes"])
    for d in model.disputes:
        sides = "; ".join(f"{_rich(model, s.value)} ({_rich(model, s.note)})" for s in d.sides)
        out.append(f"- **{_rich(model, d.title)}** ({_esc(d.kind)}): {sides}. {_rich(model, d.text)}")
    return [*out, "", _rich(model, model.disputes_more)]


def _effects(model: BriefModel) -> list[str]:
    w = model.words
    out = [*_head(w["h_effects"]), f"{_rich(model, model.effects_note)} {w['e_grades']}", ""]
    if model.effects:
        head = [w["e_measure"], *(_rich(model, t) for t in model.effect_targets)]
        head += [w["e_rests"], w["e_cost"], w["e_grade"], w["e_mind"]]
        out += _table(head, (_effect(model, e) for e in model.effects))
    if model.idle:
        out += ["", f"### {w['e_idle_head']}", "", w["e_idle"].format(n=len(model.idle)), ""]
        head = [w["e_measure"], w["e_rests"], w["e_cost"], w["e_grade"], w["e_mind"]]
        out += _table(head, (_idle(model, i) for i in model.idle))
    out += [f"\n{w['e_umbrella']}{_rich(model, u)}" for u in model.umbrellas]
    return out


def _effect(model: BriefModel, e: Effect) -> list[str]:
    cells = [" ".join(filter(None, (_rich(model, a), f"({_rich(model, b)})" if b else ""))) for a, b in e.cells]
    rests = "; ".join(_rich(model, r) for r in e.rests)
    mind = "; ".join(_rich(model, t) for t in e.mind)
    return [f"**{_rich(model, e.name)}** {_esc(e.owner)}", *cells, rests, _rich(model, e.cost), e.grade, mind]


def _idle(model: BriefModel, i: Idle) -> list[str]:
    mind = "; ".join(_rich(model, t) for t in i.mind)
    acts = _esc(model.words["e_acts"].format(what=i.acts_on))
    return [f"**{_rich(model, i.name)}** {_esc(i.owner)}", acts, _rich(model, i.cost), i.grade, mind]


def _names(model: BriefModel, names: Sequence[Rich], more: int) -> str:
    listed = ", ".join(_rich(model, n) for n in names)
    return f"{listed} {model.words['more'].format(n=more)}" if more else listed


def _head(text: str) -> list[str]:
    return ["", f"## {_esc(text)}", ""]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return lines + ["| " + " | ".join(cell.replace("\n", " ") or " " for cell in row) + " |" for row in rows]


def _esc(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _rich(model: BriefModel, text: Rich) -> str:
    return "".join(_piece(model, piece) for piece in text)


def _piece(model: BriefModel, piece: str | Figure) -> str:
    if isinstance(piece, str):
        return _esc(piece)
    body = _esc(piece.plain)
    if piece.refs and piece.show_refs:
        body += " [" + ", ".join(map(str, piece.refs)) + "]"
    if piece.mark in ("assumption", "unverified") and piece.title != "quiet":
        body += f" *{model.words[piece.mark]}*"
    return body
