"""The text as one reads it: without tags, entities as characters, odd spaces and digits made plain, wrapped lines joined; each
character knows where in the raw text it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

from salpi.evidence import inline_tags
from salpi.evidence.table_tags import CELLS, Cells
from salpi.evidence.tiles import tiled
from salpi.evidence.wrapping import unwrapped

_PLAIN = {
    **dict.fromkeys((160, 8194, 8195, 8199, 8201, 8239, 12288, 11, 12, 133), " "),
    **{0xFF10 + n: str(n) for n in range(10)},
    **{
        0xFF05: "%",
        0xFF0B: "+",
        0xFF0C: ",",
        0xFF0E: ".",
        0xFF08: "(",
        0xFF09: ")",
        0xFF1A: ":",
        0xFF5E: "~",
        0x301C: "~",
        0x223C: "~",
    },
    **{0x2019: "'", 0x2018: "'", 0x2212: "-", 0x2010: "-", 0x2011: "-", 0x00B7: "·", 0x318D: "·", 0x2192: "→", 0xFFE6: "₩"},
    0x2028: "\n",
    0x2029: "\n",
}
_ODD = re.compile(f"[{re.escape(''.join(chr(code) for code, plain in _PLAIN.items() if chr(code) != plain))}]")
_MARKUP = re.compile(
    r"<!--.{0,20000}?-->|<(?:script|style|noscript)\b[^<>]{0,500}>.{0,20000}?</(?:script|style|noscript)\s*>"
    r"|</?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>]{0,1000})?/?>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,20});",
    re.S,
)
_HTML = re.compile(
    r"[<&](?:(?<=<)(?:p|div|br|table|td|li|span|html|body|h[1-6]|a|b|strong|ul|article|section)\b[^<>]{0,500}>|(?<=&)(?:nbsp|euro|pound|yen|cent|[mn]dash|[lr][sd]quo|hellip|minus|middot|frac\d\d|#(?:160|36|163|165|8361|8364|8211|8212|8217));)",
    re.I,
)
"""Marks that show a text to be a page's source; the pattern begins with a set, so that the engine skips to where it may begin."""
_INLINE = frozenset(
    "a abbr b cite code em font i mark q s small span strong sub sup u time data bdi ins del wbr".split()  # noqa: SIM905
)
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")


@dataclass(frozen=True)
class Reading:
    """``text`` to be read; ``starts`` and ``shifts`` say how far the raw text runs ahead from each offset on."""

    text: str
    raw: str
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    @classmethod
    def of(cls, raw: str) -> Reading:
        """Raw text as it is where it holds no markup; same-length changes keep offsets."""
        if not ("<" in raw or "&" in raw) or _HTML.search(raw, 0, 200_000) is None:
            return cls(_joined(_made_plain(raw) if not raw.isascii() else raw), raw)
        parts: list[str] = []
        starts: list[int] = []
        shifts: list[int] = []
        at, length = 0, 0
        cells = Cells()
        for match in _MARKUP.finditer(raw):
            kept = raw[at : match.start()]
            put = _reads_as(match, cells)
            if parts and parts[-1].endswith("\n") and kept.isspace():
                kept = ""  # white space between two blocks
            if put == "\n" and (kept or (parts and parts[-1])) and (kept or parts[-1]).endswith("\n"):
                put = ""
            if not kept and not put:
                at = match.end()
                if starts and starts[-1] == length:
                    shifts[-1] = at - length
                else:
                    starts.append(length)
                    shifts.append(at - length)
                continue
            parts.append(kept + put)
            length += len(kept) + len(put)
            at = match.end()
            if starts and starts[-1] == length:
                shifts[-1] = at - length
            else:
                starts.append(length)
                shifts.append(at - length)
        parts.append(raw[at:])
        return cls(_joined(_made_plain("".join(parts))), raw, tuple(starts), tuple(shifts))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the raw text that ``text[start:end]`` (not empty) stands for."""
        if not self.starts:
            return start, end
        return start + self._shift(start), end - 1 + self._shift(end - 1) + 1

    def _shift(self, offset: int) -> int:
        at = bisect_right(self.starts, offset) - 1
        return self.shifts[at] if at >= 0 else 0


def _joined(text: str) -> str:
    """The text with lines that belong together joined: wrapped ones, figures alone on their lines with their labels."""
    return tiled(unwrapped(text)) if "\n" in text else text


_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?![\d.,]?\d)")
"""Groups of three digits with blanks between that no line may break at: "55 200"."""


def _made_plain(text: str) -> str:
    """The text with odd characters made plain: they are few, and to look for them costs less than to look up every one."""
    if any(blank in text for blank in "\u00a0\u202f\u2009"):
        text = _GROUPS.sub(lambda match: re.sub(r"\D", ",", match[0]), text)
    return _ODD.sub(lambda match: _PLAIN[ord(match[0])], text)


def _reads_as(match: re.Match[str], cells: Cells) -> str:
    markup = match[0]
    if markup[0] == "&":
        text = unescape(markup)
        return text if len(text) == 1 else " "
    found = _NAME.match(markup)
    if found is None:
        return " "
    name = found[1].lower()
    if name in _INLINE:
        return " " if inline_tags.parts(match.string, *match.span()) else ""
    if name in CELLS:
        return cells.opened(match.string, *match.span()) if markup[1] != "/" else ""
    if cells.until and cells.holds(name if markup[1] != "/" else f"/{name}", match.start()):
        return " "
    return f"{cells.closed()}\n" if cells.further else "\n"
