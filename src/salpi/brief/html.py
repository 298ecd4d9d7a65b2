"""The brief as one self-contained HTML file: styles and the light/dark switch inside, no request leaves the page."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from salpi.brief import charts
from salpi.brief.view import BriefModel, Chart, Figure, Rich

if TYPE_CHECKING:
    from jinja2 import Environment

_SIGNED = re.compile(r"(?<=\d) (?=%)|(?<=&[lg]t;) (?=\d)")
LONG = 20  # a marked text wider than this may break over lines; a Hangul syllable counts two


def to_html(model: BriefModel) -> str:
    """A whole page. Same model, same bytes."""
    return str(_environment().get_template("brief.html.j2").render(m=model, w=model.words, **_helpers(model)))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=PackageLoader("salpi.brief", "static"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _helpers(model: BriefModel) -> dict[str, Any]:
    from markupsafe import Markup

    def rich(text: Rich) -> Markup:
        return Markup("".join(piece_html(piece, model.words) for piece in text))

    def small(chart: Chart) -> Markup:
        return Markup(_drawings(chart, ("d-mid", charts.SMALL), ("d-narrow", charts.SMALL_WIDE)))

    def large(chart: Chart) -> Markup:
        return Markup(_drawings(chart, ("d-narrow", charts.LARGE_NARROW), ("d-mid", charts.LARGE), ("d-wide", charts.LARGE_WIDE)))

    def percent(text: str) -> Markup:
        number, sign = text.rstrip("%"), "%" if text.endswith("%") else ""
        return Markup(
            escape(number.rstrip(), quote=False) + (f"<small>{number[len(number.rstrip()) :]}{sign}</small>" if sign else "")
        )

    style = "\n".join((files("salpi.brief") / "static" / name).read_text("utf-8") for name in ("tokens.css", "brief.css"))
    return {"rich": rich, "small": small, "large": large, "percent": percent, "style": Markup(style)}


def _drawings(chart: Chart, *frames: tuple[str, charts.Frame]) -> str:
    return "".join(f'<div class="{klass}">{charts.draw(chart, frame)}</div>' for klass, frame in frames)


def unbroken(text: str) -> str:
    """No line ends between a figure and its percent sign, nor after a ``<``."""
    return _SIGNED.sub("\u00a0", text)


def piece_html(piece: str | Figure, words: dict[str, str]) -> str:
    """A figure carries what it rests on as a data attribute, its sources as raised numbers."""
    if isinstance(piece, str):
        return escape(piece, quote=False)
    refs = " ".join(map(str, piece.refs))
    attribute = {
        "source": f'data-source="{refs}"',
        "computed": f'data-computed="{refs}"',
        "model": "data-model",
        "assumption": f'data-assumption="{refs}"',
        "unverified": f'data-unverified="{refs}"',
        "name": "data-name",
    }[piece.mark]
    title = words.get(f"mark_{piece.mark}", "") if piece.mark in ("computed", "model") else ""
    wide = sum(2 if character > "\u1100" and character.isalpha() else 1 for character in piece.plain)
    klass = "f long" if wide > LONG else "f"
    hint = f' title="{escape(title)}"' if title and klass == "f" else ""
    unit = f"<small>{escape(piece.unit, quote=False)}</small>" if piece.unit else ""
    html = f'<span class="{klass}" {attribute}{hint}>{unbroken(escape(piece.text, quote=False))}{unit}</span>'
    if piece.refs and piece.show_refs:
        single = piece.claim if len(piece.refs) == 1 else ""
        links = ",&#8202;".join(f'<a href="#{single or f"s{n}"}">{n}</a>' for n in piece.refs)
        html += f'<sup class="ref">{links}</sup>'
    if piece.mark in ("assumption", "unverified") and piece.title != "quiet":
        html += f' <em class="tag">{escape(words[piece.mark])}</em>'
    return html
