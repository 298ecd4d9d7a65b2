"""Tables in text: each cell with the words of its row, its column and the caption; unit and scale come from these."""

from __future__ import annotations

import re
from dataclasses import dataclass

from salpi.evidence.claims import brackets, subrows
from salpi.evidence.quantities.headers import CURRENCY, UNIT_WORDS, declared, unit_named, unit_of, unit_word
from salpi.evidence.quantities.numerals import figure
from salpi.evidence.quantities.scan import Found
from salpi.evidence.quantities.units import LONG_SCALE, PERSONS, SHORT_SCALE
from salpi.evidence.sentences import lines

MAX_CELLS = 60
"""A line with more cells is no table row."""

_RULE = re.compile(r"[\s|:=+-]+$")
_GAP = re.compile(r"\t+| {2,}|(?: ?\.){4,} ?")
_NUMERIC = re.compile(
    r"\s*(?:[~≈><≥≤]|c\.|ca\.|약)?\s?(?P<open>\()?(?P<sign>[△▲▽+−–-])?\s?(?P<money>US\$|[$€£¥₩])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?)(?P<inside>\s?%(?=\)))?(?P<close>\))?(?P<scale>\s?(?:million|billion|trillion|thousand|bn|tn|mn)(?![A-Za-z]))?(?P<mark>\s?(?:%p|%|pp|x|배|명|건|개|곳|위|일|kL|L|리터|days|months|개월)(?![A-Za-z가-힣]))?\s*(?:[*†‡]|\[\d\])?\s*(?P<tail>\((?:19|20)\d\d[^()]{0,16}\)|\([+−–-]?\d+(?:\.\d+)?\s?%\)|(?:by|in|from|at end|end)\s[A-Za-z ]{0,16}(?:19|20)\d\d)?\s*$"
)
_RATE = re.compile(
    r"%p|%|percent|per cent|퍼센트|증감률|증가율|성장률|비중|점유율|비율|\brate\b|\bshare\b|\bgrowth\b|YoY|y/y|\bmargin\b|이익률|자급률|가동률",
    re.I,
)
_GROWTH = re.compile(r"\bchange\b|growth|증감|증가율|성장률|YoY|y/y|year on year|전년 ?대비|전년比|Δ|\+/-", re.I)
_PEOPLE = re.compile(r"인원|종사자|명\)|\(명|임직원|고용|인력", re.I)
_COUNT = re.compile(
    r"\((?:number|no\.?|#)\)|,\s(?:number|stock|count)$|건수|건\)|\(건|개사|개소|기업 ?수|\(개|개\)|곳\)|\bnumber of\b|\bno\. of\b|업체 ?수|\(곳|건$|수$"
)
_DAYS = re.compile(r"\(일\)|\bdays\b|\(일|소요 ?일|일수", re.I)
_LITRES = re.compile(r"\bL\b|lit(?:re|er)s?|리터|ℓ", re.I)
_KILO = re.compile(r"\bkL\b|(?:thousand|'?000|1,000) ?(?:L\b|lit)|천\s?(?:리터|ℓ|L)", re.I)
_MULTIPLE = re.compile(r"\bbook[- ]to[- ]bill\b|\bEV/(?:sales|EBITDA?)\b|\bmultiple\b|\bP/E\b", re.I)
_RANK = re.compile(
    r"\brank(?:ing)?\b|순위|^\s*(?:world |global |national |international )?(?:place|standing)\b(?! of work)", re.I
)
_LEGEND = re.compile(r"[(,;]?\s?(?<![A-Za-z])(?P<mark>[A-Z]{1,2}|[*†‡])\s?=\s?(?P<sense>[^,;()\n]{2,40})[)]?")
_MARKED = re.compile(r"(?P<year>(?:19|20)?\d\d)(?P<mark>[A-Z]|[*†‡])(?![A-Za-z])")
_CHANGE = re.compile(
    r"증감률|증가율|성장률|전년\s?(?:동기\s?)?(?:대비|比)|YoY|QoQ|y/y|q/q|% ?change|year[- ]on[- ]year|growth|[+]/-\s?%|Δ\s?%",
    re.I,
)
_NOT = re.compile(r"^\s*(?:no\.?|#|rank no|번호|연번|코드|code|ticker|id|phone|tel|year|연도|구분|순번|page|date|일자)\s*$", re.I)


_AMOUNT = re.compile(r"\d[\d,.]*\s?(?:L|kL|리터|%|days|bn|million|billion|억|조|만)(?![A-Za-z])")
_PER_SHARE = re.compile(r"\bper share\b|\bEPS\b|주당", re.I)
_IN_PERCENT = re.compile(r"%(?!p|\s?포인트|\s?point)")
_ONLY_CHANGE = re.compile(r"\s*(?:change|chg\.?|var\.?)\s*$", re.I)
_WHOLE = re.compile(r"(?:\d{1,3}(?:,\d{3})?|\d{1,4}|[-–.]{1,3}|n/?a)$", re.I)
_PEOPLE_SAID = re.compile(r"\(\s?(?:number of )?(?:persons|people|patients|participants|employees)\b", re.I)
_SAME = re.compile(r"\s*(?:same|ditto|idem)(?![a-z])", re.I)
_PLACE = re.compile(r"\s*(?:rank|no\.?|#|순위|번호|연번)\s*$", re.I)


@dataclass(slots=True)
class Cell:
    """One number of a table: the quantity, and the words that stand for its sentence."""

    found: Found
    words: str
    growth: bool
    bracketed: bool
    row: int = 0


@dataclass(slots=True)
class Table:
    """A block of rows: where it stands and its numbers."""

    start: int
    end: int
    cells: list[Cell]
    caption: str


_Piece = tuple[int, int, str]


def tables(text: str) -> list[Table]:
    """All tables of ``text``: rows with pipes, or columns set apart by tabs or wide gaps."""
    spans = lines(text)
    listed = [] if ")" not in text else _listed(text, spans)
    if "|" not in text and "\t" not in text and "  " not in text and ";" not in text and text.count(",") < 6:
        return listed
    rows: list[list[_Piece] | None] = [_row(text, start, end) for start, end in spans]
    if not any(row is not None for row in rows):
        return sorted(listed, key=lambda one: one.start)
    said = declared(text)
    out: list[Table] = []
    heads: list[list[_Piece]] = []
    last_row = -9
    at = 0
    while at < len(rows):
        if rows[at] is None:
            at += 1
            continue
        last = at
        pipes = "|" in text[slice(*spans[at])]
        while (
            last + 1 < len(rows)
            and (rows[last + 1] is None or ("|" in text[slice(*spans[last + 1])]) == pipes)
            and (
                rows[last + 1] is not None
                or _is_rule(text, spans[last + 1])
                or (
                    last + 2 < len(rows)
                    and rows[last + 2] is not None
                    and not text[slice(*spans[last + 1])].strip()
                    and ("|" in text[slice(*spans[last + 2])]) == pipes
                )
            )
        ):
            last += 1
        block = [(spans[n], row) for n in range(at, last + 1) if (row := rows[n]) is not None]
        above = heads if at > 1 and last_row == at - 2 and _UNIT_LINE.fullmatch(text, *spans[at - 1]) else []
        table = _table(text, spans, at, block, said, above)
        if table is not None:
            out.append(table)
            heads = above or [row for _, row in block[:1] if not any(_is_number(piece) for piece in row)]
            last_row = last
        at = last + 1
    out += [one for one in listed if not any(other.start < one.end and one.start < other.end for other in out)]
    return sorted(out, key=lambda one: one.start)


_UNIT_LINE = re.compile(r"\s*\([^()\n]{2,30}\)[ \t]*")
"""A line between two parts of a table that gives the unit of the second: "(KRW billion)"."""
_LIST_HEAD = re.compile(r"[^\n]{0,80}\([^()\n]{1,24}\)\s?[:：]?\s*$")
_LIST_ROW = re.compile(
    r"\s*(?:[-•*·▶○]\s?)?(?P<label>[^\d\s:|][^\n:|]{0,40}?|(?:19|20)\d\d년?)[ :]{1,3}(?P<number>[-−△▲(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?)\s*$"
)


def _listed(text: str, spans: list[tuple[int, int]]) -> list[Table]:
    """Lists under a line that ends with their unit in brackets: "By region (USD million)", then a name and a number a line."""
    out: list[Table] = []
    at = 0
    while at < len(spans):
        head = text[slice(*spans[at])]
        at += 1
        if len(head) > 120 or ")" not in head[-3:] or _LIST_HEAD.match(head) is None or unit_word(head) is None:
            continue
        cells: list[Cell] = []
        while at < len(spans) and (row := _LIST_ROW.match(text[slice(*spans[at])])) is not None:
            start = spans[at][0] + row.start("number")
            cell = _cell((start, start + len(row["number"]), row["number"]), row["label"], "", "", head.strip(), None)
            if cell is not None:
                cell.row = len(cells)
                cells.append(cell)
            at += 1
        if len(cells) > 1:
            out.append(Table(cells[0].found.start, cells[-1].found.end, cells, head.strip()))
    return out


def _is_rule(text: str, span: tuple[int, int]) -> bool:
    line = text[slice(*span)]
    return bool(line.strip()) and len(line) < 400 and _RULE.match(line) is not None


def _row(text: str, start: int, end: int) -> list[_Piece] | None:
    line = text[start:end]
    if len(line) > 2000 or not line.strip():
        return None
    if (line.count("|") >= 2 and line.lstrip()[:1] == "|") or line.count(" | ") >= 1:
        return _split(line, start, "|")
    if (mark := _mark(line)) is not None:
        return _split(line, start, mark)
    stripped = line.strip()
    if "  " not in stripped and "\t" not in stripped and stripped.count(".") < 4:
        return None  # no gap
    gaps = len(_GAP.findall(stripped))
    indented = len(line) - len(line.lstrip()) >= 6 or line[0] == "\t"
    if (gaps >= 1 and (indented or any(_NUMERIC.match(piece.split(" / ")[0]) for piece in _GAP.split(stripped)))) or gaps >= 2:
        return _columns(line, start)
    return None


_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d.])")


def _mark(line: str) -> str | None:
    """``;`` or ``,`` where a line is a row of values set apart by it, without blanks behind: most of them numbers or years, or heads."""
    if len(line) >= 300 or "  " in line or "\t" in line or "|" in line:
        return None
    for mark in ";,":
        if f"{mark} " in line or line.count(mark) < 2:
            continue
        if mark == ";" or _GROUPED.sub("", line).count(",") >= 2:
            parts = line.split(mark)
            if (
                all(len(part) < 40 for part in parts)
                and not re.search(r"[.!?。]$", line)
                and (
                    mark == ";"
                    or sum(bool(_NUMERIC.match(part) or subrows.YEAR.match(part)) for part in parts) >= len(parts) // 2
                )
            ):
                return mark
    return None


def _split(line: str, start: int, mark: str) -> list[_Piece] | None:
    pieces: list[_Piece] = []
    at = 0
    parts = line.split(mark)
    if len(parts) > MAX_CELLS:
        return None
    for number, part in enumerate(parts):
        outer = number in (0, len(parts) - 1) and not part.strip()
        if not outer:
            lead = len(part) - len(part.lstrip())
            pieces.append(
                (start + at + lead, start + at + len(part.rstrip()) if part.strip() else start + at + lead, part.strip())
            )
        at += len(part) + 1
    return pieces


def _columns(line: str, start: int) -> list[_Piece]:
    """Pieces set apart by tabs or wide gaps; a line that begins with a tab begins with an empty one."""
    pieces: list[_Piece] = [(start, start, "")] if line[:1] == "\t" else []
    at = 0
    for gap in [*_GAP.finditer(line), None]:
        end = gap.start() if gap is not None else len(line)
        piece = line[at:end]
        if "...." in line and " / " in piece:
            for part in re.finditer(r"[^/]+", piece):
                shown = part[0].strip()
                lead = len(part[0]) - len(part[0].lstrip())
                pieces.append((start + at + part.start() + lead, start + at + part.start() + lead + len(shown), shown))
        elif piece.strip():
            lead = len(piece) - len(piece.lstrip())
            pieces.append((start + at + lead, start + at + len(piece.rstrip()), piece.strip()))
        at = gap.end() if gap is not None else len(line)
        if len(pieces) > MAX_CELLS:
            break
    return pieces


def _table(
    text: str,
    spans: list[tuple[int, int]],
    first: int,
    block: list[tuple[tuple[int, int], list[_Piece]]],
    said: list[tuple[int, tuple[str, float]]],
    above: list[list[_Piece]],
) -> Table | None:
    if all(len(row) > 1 and text[start : start + 1] == "\t" for (start, _), row in block):  # set in, as a whole
        block = [(span, row[1:]) for span, row in block]
    caption = _caption(text, spans, first)
    begin = block[0][0][0]
    while len(block) > 3 and _is_title(block[0][1]) and sum(bool(piece[2]) for piece in block[1][1]) > 1:
        caption = f"{caption} / {block[0][1][0][2]}" if caption else block[0][1][0][2]
        block = block[1:]
    aside, caption = brackets.said(caption), brackets.without(caption)
    inner: dict[int, _Piece] = {}
    if aside is not None:
        block = [(span, [brackets.outer(piece, inner) for piece in row]) for span, row in block]
    body = [row for _, row in block if not all(_RULE.match(piece[2]) or not piece[2] for piece in row)]
    numeric = [row for row in body if any(_is_number(piece) for piece in row[1:] or row)]
    if len(body) < 2 or not numeric or (max(len(row) for row in body) == 2 and len(numeric) < 2):
        return None
    pipes = "|" in text[slice(*block[0][0])] or _mark(text[slice(*block[0][0])]) is not None
    heads: list[list[_Piece]] = list(above)
    while body and not any(_is_number(piece) for piece in body[0]) and not _is_ranks(body[0]):
        heads.append(body.pop(0))
    dotted = all("...." in text[slice(*span)] or ". . . ." in text[slice(*span)] for span, _ in block)
    if not pipes and not dotted and (not heads or (len(numeric) < 2 and len(heads[-1]) < 2)):
        return None
    if not body:
        return None
    corner = " ".join(head[0][2] for head in heads if head and unit_of(head[0][2]) is not None)
    if corner:
        caption = f"{caption} / {corner}" if caption else corner
    caption, legend = _without_legend(caption)
    cells: list[Cell] = []
    start = begin
    for_all = next((known for at, known in reversed(said) if at <= start), None)
    told = _told(text[max(0, start - 400) : start])
    width = max(len(row) for row in body)
    over = subrows.labels(text, body, _is_number)
    for number, row in enumerate(body):
        label = row[0][2] if not _is_number(row[0]) or subrows.YEAR.match(row[0][2]) else ""
        if not label and _is_place(heads, row):
            label = row[1][2]
        extra = [
            piece[2]
            for piece in row[1:]
            if piece[2] != label
            and not _AMOUNT.search(piece[2])
            and not _is_number(piece)
            and piece[2] not in ("-", "–", "n/a", "N/A", "")
        ]
        whole = bool(label) and all(_WHOLE.match(piece[2]) for piece in row[1:] if piece[2])
        for at, piece in enumerate(row):
            beside = None
            if at == 0 and (label or _is_place(heads, row)):
                continue
            if not _is_number(piece):
                if label and (place := _ORDINAL.match(piece[2])):
                    cells.append(_ordinal(piece, place, label, _spelled(_head(heads, row, at, width), legend), caption, number))
                    continue
                beside = _BESIDE.fullmatch(piece[2]) if label else None
                if beside is None:
                    continue
                piece = (piece[0] + beside.start("number"), piece[1], beside["number"])
            head = _spelled(_head(heads, row, at, width), legend)
            if at > 1 and _SAME.match(head):
                head = f"{_spelled(_head(heads, row, at - 1, width), legend)} {head}"
            if beside is not None:
                head = beside["name"]
            words = head.lower().split()
            kept = next((unit for word, unit in told.items() if word in words), None) if told else None
            if kept is None and _RANK_HEAD.match(head) and piece[2].isdigit() and len(piece[2]) < 4:
                kept = ("rank", 1.0)
            cell = _cell(piece, subrows.under(over[number], label), " ".join(extra), head, caption, for_all, whole, kept)
            if cell is not None:
                cell.row = number
                cells.append(cell)
                cells += _before(cell, piece)
            if aside is not None and piece[0] in inner:
                share = _cell(
                    inner[piece[0]],
                    subrows.under(over[number], label),
                    " ".join(extra),
                    f"{head} {aside}",
                    caption,
                    for_all,
                    whole,
                    kept,
                )
                if share is not None:
                    share.row = number
                    cells.append(share)
    if not cells:
        return None
    return Table(begin, block[-1][0][1], cells, caption)


def _is_ranks(row: list[_Piece]) -> bool:
    """Whether a row gives ranks that are written as such: "Standing | 11th | 7th"."""
    return _RANK.search(row[0][2]) is not None and any(_ORDINAL.match(piece[2]) for piece in row[1:])


def _is_title(row: list[_Piece]) -> bool:
    """Whether a row is one cell over all columns."""
    return bool(row) and bool(row[0][2]) and not any(piece[2] for piece in row[1:]) and not _is_number(row[0])


def _ordinal(piece: _Piece, place: re.Match[str], label: str, head: str, caption: str, row: int) -> Cell:
    """A rank that is written as one: "7th"."""
    start, end = piece[0], piece[0] + place.end("number") + len("th")
    end = min(end, piece[1]) if not place[0].rstrip(")").endswith("위") else start + place.end("number") + 1
    words = " : ".join(part for part in (caption, head, label) if part) + " : "
    return Cell(Found(start, end, float(place["number"]), "rank", "table cell", core=(start, end)), words, False, False, row)


_BESIDE = re.compile(r"(?P<name>[A-Z][A-Za-z' ]{1,24}|(?:19|20)\d\d(?:/\d\d)?): (?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)")
"""Another's number in a cell beside the row's own: "Spain: 217"."""
_RANK_HEAD = re.compile(r"\s*(?:world |global )?(?:rank(?:ing)?|position|place|순위)(?:[ ,]*(?:19|20)\d\d)?\s*$", re.I)
_ORDINAL = re.compile(r"(?P<number>\d{1,3})(?:st|nd|rd|th|위)(?:\s*\((?:19|20)\d\d\))?$")
_TOLD = re.compile(
    r"\b(?P<word>[A-Za-z]{3,14}) (?:are )?in (?P<unit>(?:thousand )?lit(?:re|er)s|kL|days|months|per ?cent|thousands?)(?=[.,;)\n]|$)"
)
_TOLD_UNITS = {"l": ("L", 1.0), "k": ("L", 1e3), "d": ("days", 1.0), "m": ("months", 1.0), "p": ("%", 1.0)}


def _told(before: str) -> dict[str, tuple[str, float]]:
    """Units that the words before a table give to some of its columns: "Tanks in thousand litres; money in US$ million"."""
    out: dict[str, tuple[str, float]] = {}
    for match in _TOLD.finditer(before):
        said = match["unit"]
        if said.startswith("thousand"):
            known = ("L", 1e3) if "lit" in said else None
        else:
            known = _TOLD_UNITS[said[0]]
        if known is not None:
            out[match["word"].lower()] = known
    return out


_YEAR_BEFORE = re.compile(r"\((?:19|20)\d\d: (?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\)$")


def _before(cell: Cell, piece: _Piece) -> list[Cell]:
    """The number of another year in brackets behind a cell's own: "19,450 (2022: 18,730)"."""
    match = _YEAR_BEFORE.search(piece[2])
    if match is None:
        return []
    start, end = piece[0] + match.start("number"), piece[0] + match.end("number")
    one = cell.found
    found = Found(start, end, figure(match["number"]) * one.scale, one.unit, "table cell", core=(start, end), scale=one.scale)
    return [Cell(found, f"{cell.words}{piece[2][match.start() + 1 : match.start('number')]}", cell.growth, False, cell.row)]


def _is_place(heads: list[list[_Piece]], row: list[_Piece]) -> bool:
    """Whether a row begins with its number in a list, the name behind it: "1 | Celltrion | 1.44"."""
    head = heads[-1][0][2] if heads and heads[-1] else ""
    return len(row) > 1 and bool(_PLACE.match(head)) and row[0][2].isdigit() and not _is_number(row[1])


def _is_number(piece: _Piece) -> bool:
    return _NUMERIC.match(piece[2]) is not None and not subrows.YEAR.match(piece[2])


def _head(heads: list[list[_Piece]], row: list[_Piece], at: int, width: int) -> str:
    parts: list[str] = []
    for head in heads:
        offset = len(row) - len(head)
        if len(head) == len(row):
            parts.append(head[at][2])
        elif offset == 1 and at >= 1 and not (_column(head[0], head) == 0 and _over_labels(head, row)):
            parts.append(head[at - 1][2])
        elif len(head) < len(row):
            parts.append(min(head, key=lambda piece: abs(_column(piece, head) - _column(row[at], row)))[2])
    return " ".join(part for part in parts if part)


def _without_legend(caption: str) -> tuple[str, dict[str, str]]:
    """The caption without its "E = estimate, P = plan", and these: they speak only of the columns so marked."""
    legend = {match["mark"]: match["sense"].strip() for match in _LEGEND.finditer(caption)}
    return (_LEGEND.sub(" ", caption).strip(), legend) if legend else (caption, legend)


def _spelled(head: str, legend: dict[str, str]) -> str:
    """A column's head with what the marks on its years stand for: "Capex 2025P" → "Capex 2025 plan"."""
    if not legend:
        return head
    return _MARKED.sub(lambda match: f"{match['year']} {legend[match['mark']]}" if match["mark"] in legend else match[0], head)


def _over_labels(head: list[_Piece], row: list[_Piece]) -> bool:
    """Whether a head one piece short begins over the rows' labels: then one of its pieces spans two columns."""
    return len(head) >= 2 and abs(head[1][0] - head[0][0] - row[1][0] + row[0][0]) <= 4


def _column(piece: _Piece, row: list[_Piece]) -> int:
    return piece[0] - row[0][0]


_SAID_UNIT = re.compile(
    r"\((?:all )?(?:figures |values |amounts )?(?:in )?(?:(?:thousand|million|billion)s? (?:of )?[a-z]+|lit(?:re|er)s|days|months|per ?cent|persons|people)\)[.:]?$"
)
"""At the end of a sentence before a table: "gave these figures (all in thousand litres)."."""


def _caption(text: str, spans: list[tuple[int, int]], first: int) -> str:
    kept: list[str] = []
    for at in range(first - 1, max(-1, first - 6), -1):
        line = text[slice(*spans[at])].strip()
        if not line:
            if kept and len(kept) >= 2:
                break
            continue
        if len(line) > 140 or (re.search(r"[.!?다]$", line) and len(line) > 60 and not _SAID_UNIT.search(line)):
            break
        kept.append(line.strip("*#_ "))
        if len(kept) >= 3:
            break
    return " / ".join(reversed(kept))


def _cell(
    piece: _Piece,
    label: str,
    extra: str,
    head: str,
    caption: str,
    for_all: tuple[str, float] | None,
    whole: bool = False,
    told: tuple[str, float] | None = None,
) -> Cell | None:
    start, _, shown = piece
    match = _NUMERIC.match(shown)
    if match is None or _NOT.match(head) or _NOT.match(label):
        return None
    value = figure(match["number"])
    if len(match["number"]) > 20:
        return None
    bracketed = match["open"] is not None and match["close"] is not None
    sign = -1.0 if match["sign"] and match["sign"] in "△▲▽−–-" else 1.0
    lead = min(match.start(part) for part in ("open", "sign", "money", "number") if match[part])
    number_start = start + lead
    stop = start + (len(shown[: match.start("tail")].rstrip()) if match["tail"] else len(shown.rstrip()))
    near = f"{label} {extra} {head}"
    unit, scale = _unit(
        match,
        near,
        caption,
        ("%", 1.0)
        if (_ONLY_CHANGE.match(head) and value < 1000) or _IN_PERCENT.search(head)
        else told or unit_word(label) or unit_word(head),
    )
    if unit is None and for_all is not None:
        unit, scale = for_all
    if unit is None and whole and not match["money"]:
        unit = "count"
    if unit is None:
        return None
    if match["scale"]:
        scale = {**LONG_SCALE, **SHORT_SCALE}[match["scale"].strip()]
    if unit in ("persons", "count") and scale == 1.0 and not match["scale"] and not (match["mark"] or "").strip():
        scale = _thousands(near) or _thousands(caption) or 1.0
    if unit == "L" and scale == 1.0:
        scale = _thousands(near) or _thousands(caption) or 1.0
    growth = _GROWTH.search(near) is not None and unit in ("%", "pp")
    head = f"{head} {match['tail']}" if match["tail"] else head
    words = " : ".join(part for part in (caption, head, f"{label} {extra}".strip()) if part) + " : "
    found = Found(
        number_start,
        stop,
        sign * value * scale,
        unit,
        "table cell",
        signed=growth or match["sign"] is not None,
        core=(number_start, stop),
        scale=scale,
    )
    return Cell(found, words, growth, bracketed)


_SPENT = re.compile(
    r"\b(?:funding|investments?|revenues?|sales|exports|imports|grants|spending|expenditure|capital|budget|turnover|income|costs?)\b",
    re.I,
)
_THOUSANDS = re.compile(
    r"[(\[,:]\s?(?:in |단위\s?[:：]?\s?)?(?:(?P<k>thousands?|'000s?|000s?|천\s?(?:명|개|건)?)|(?P<man>만\s?(?:명|개|건)?)|(?P<m>millions?|백만\s?(?:명|개|건)?))(?: (?:persons|people|employees|jobs))?(?=[)\],;])|\b(?P<k2>thousand|'000)(?= (?:persons|people|employees|jobs|workers))",
    re.I,
)


def _thousands(words: str) -> float | None:
    """The magnitude in which a header says that people or things are counted: "Employment (thousand)"."""
    match = _THOUSANDS.search(words)
    if match is None:
        return None
    return 1e4 if match["man"] else 1e6 if match["m"] else 1e3


def _unit(match: re.Match[str], near: str, caption: str, bracketed: tuple[str, float] | None) -> tuple[str | None, float]:
    mark = (match["mark"] or match["inside"] or "").strip()
    if mark:
        return {
            "%": "%",
            "%p": "pp",
            "pp": "pp",
            "x": "x",
            "배": "x",
            "명": "persons",
            "건": "count",
            "개": "count",
            "곳": "count",
            "위": "rank",
            "일": "days",
            "days": "days",
            "months": "months",
            "개월": "months",
            "L": "L",
            "리터": "L",
            "kL": "L",
        }[mark], 1e3 if mark == "kL" else 1.0
    if match["money"]:
        kept = unit_of(near) or unit_of(caption)
        code = CURRENCY[match["money"].lower()]
        return code, kept[1] if kept and kept[0] == code else 1.0
    if _PER_SHARE.search(near):
        money = unit_of(near) or unit_of(caption)
        return (money[0], 1.0) if money is not None else (None, 1.0)
    if bracketed is not None and bracketed[0] in ("%", "pp", "persons", "count", "days", "months", "L", "rank"):
        return bracketed
    if re.search(r"%p|percentage point|\bpp\b", near):
        return "pp", 1.0
    if _KILO.search(near):
        return "L", 1e3
    if _MULTIPLE.search(near):
        return "x", 1.0
    for word in near.split():
        if word in UNIT_WORDS and word not in ("%", "년"):
            return UNIT_WORDS[word]
    money = unit_of(near)
    if money is not None and not (re.search(r"%", near) and _GROWTH.search(near)):
        return money
    named = unit_named(caption, near) if "단위" in caption else None
    if named is not None:
        return named
    if _RATE.search(near) or _CHANGE.search(near) or (_GROWTH.search(near) and re.search(r"%|per ?cent", caption)):
        return "%", 1.0
    if _DAYS.search(near):
        return "days", 1.0
    if _LITRES.search(near):
        return "L", 1.0
    if _RANK.search(near):
        return "rank", 1.0
    money = unit_of(caption) if "." in match["number"] else None
    if money is None and (_PEOPLE.search(near) or any(word in PERSONS for word in re.findall(r"[a-z]+", near.lower()))):
        return "persons", 1.0
    if _COUNT.search(near):
        return "count", 1.0
    if re.search(
        r"\b(?:companies|firms|trials|approvals|deals|plants|clusters|biosimilars|candidates|start-?ups|products|sites|projects|patents|applications|filings|publications|licen[cs]es|tenants|studies)\b",
        near,
        re.I,
    ) and not (("." in match["number"] or _SPENT.search(near)) and unit_of(caption) is not None):
        return "count", 1.0
    money = unit_of(caption)
    if money is not None:
        return money
    if _KILO.search(caption):
        return "L", 1e3
    if _LITRES.search(caption):
        return "L", 1.0
    if _RATE.search(caption) and "," not in match["number"]:
        return "%", 1.0
    if _DAYS.search(caption):
        return "days", 1.0
    if _PEOPLE.search(caption) or _PEOPLE_SAID.search(caption):
        return "persons", 1.0
    if _COUNT.search(caption):
        return "count", 1.0
    return None, 1.0
