"""Cells of tables: the number, and its unit and scale from its row, its column and the caption."""

from __future__ import annotations

import re
from dataclasses import dataclass

from salpi.evidence.claims.table_rows import NUMERIC, Piece
from salpi.evidence.claims.table_units import only_unit
from salpi.evidence.quantities.headers import CURRENCY, UNIT_WORDS, unit_in, unit_named, unit_of, unit_word
from salpi.evidence.quantities.numerals import figure
from salpi.evidence.quantities.scan import Found
from salpi.evidence.quantities.units import LONG_SCALE, PERSONS, SHORT_SCALE

_RATE = re.compile(
    r"%p|%|percent|per cent|\bpct\b|퍼센트|매출\s?대비|증감률|증가율|성장률|비중|점유율|비율|\brate\b|\bshare\b|\bgrowth\b|YoY|y/y|\bmargin\b|이익률|자급률|가동률",
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
RANK = re.compile(r"\brank(?:ing)?\b|순위|^\s*(?:world |global |national |international )?(?:place|standing)\b(?! of work)", re.I)
_CHANGE = re.compile(
    r"증감률|증가율|성장률|(?:전년|전기|전분기|전월)\s?(?:동기|동월)?\s?(?:대비|比|비(?![가-힣]))|YoY|QoQ|y/y|q/q|% ?change|year[- ]on[- ]year|growth|[+]/-\s?%|Δ\s?%",
    re.I,
)
_NOT = re.compile(
    r"^\s*(?:no\.?|#|rank no|번호|연번|코드|code|ticker|id|phone|tel|year|notes?|주석|연도|구분|순번|page|date|일자)\s*$", re.I
)
_PER_SHARE = re.compile(r"\bper share\b|\bEPS\b|주당|\bdividends?\b(?! paid)", re.I)
_IN_PERCENT = re.compile(r"(?:%|\bpct\b)(?!p|\s?포인트|\s?point)")
_ONLY_CHANGE = re.compile(r"\s*(?:change|chg\.?|var\.?)\s*$", re.I)
_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3})")
"""Blanks between groups of three digits."""
_PEOPLE_SAID = re.compile(r"\(\s?(?:number of )?(?:persons|people|patients|participants|employees)\b", re.I)


@dataclass(slots=True)
class Cell:
    """One number of a table: the quantity, the words that stand for its sentence, and these apart: of its row, its column and the
    whole table.
    """

    found: Found
    words: str
    growth: bool
    bracketed: bool
    row: int = 0
    label: str = ""
    head: str = ""
    caption: str = ""


def ordinal(piece: Piece, place: re.Match[str], label: str, head: str, caption: str, row: int) -> Cell:
    """A rank that is written as one: "7th"."""
    start, end = piece[0], piece[0] + place.end("rank")
    words = " : ".join(part for part in (caption, head, label) if part) + " : "
    found = Found(start, end, float(place["number"]), "rank", "table cell", core=(start, end))
    return Cell(found, words, False, False, row, label, head, caption)


ORDINAL = re.compile(r"(?P<rank>(?P<number>\d{1,3})(?:st|nd|rd|th))(?:\s*\((?:19|20)\d\d\))?$")
_YEAR_BEFORE = re.compile(r"\((?:19|20)\d\d: (?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\)$")


def before(cell: Cell, piece: Piece) -> list[Cell]:
    """The number of another year in brackets behind a cell's own: "19,450 (2022: 18,730)"."""
    match = _YEAR_BEFORE.search(piece[2])
    if match is None:
        return []
    start, end = piece[0] + match.start("number"), piece[0] + match.end("number")
    one = cell.found
    found = Found(start, end, figure(match["number"]) * one.scale, one.unit, "table cell", core=(start, end), scale=one.scale)
    year = piece[2][match.start() + 1 : match.start("number")]
    head = f"{cell.head} {year.strip(' :')}".strip()
    return [Cell(found, f"{cell.words}{year}", cell.growth, False, cell.row, cell.label, head, cell.caption)]


def cell_of(
    piece: Piece,
    label: str,
    extra: str,
    head: str,
    caption: str,
    for_all: tuple[str, float] | None,
    whole: bool = False,
    told: tuple[str, float] | None = None,
) -> Cell | None:
    """A cell's quantity; None where it is none, or nothing tells its unit.

    ``label`` and ``extra``: the other words of its row; ``head``: its column's; ``for_all``: what the text says of all its tables;
    ``told``: what the words before the table say of its column; ``whole``: the row's numbers are all whole, and have a label.
    """
    start, _, shown = piece
    match = NUMERIC.match(shown)
    if match is None or _NOT.match(head) or _NOT.match(label):
        return None
    value = _value(match["number"])
    if len(match["number"]) > 20:
        return None
    bracketed = match["open"] is not None  # its end may stand in a cell of its own
    sign = -1.0 if match["sign"] and match["sign"] in "△▲▽▼↓−–-" else 1.0
    lead = min(match.start(part) for part in ("lead", "open", "sign", "money", "number") if match[part])
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
    if unit == "%" and value >= 1000 and (money := unit_of(caption)) is not None:
        unit, scale = money
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
    return Cell(found, words, growth, bracketed, 0, label or extra, head, caption)


def _value(number: str) -> float:
    """A number of a cell: "2 418,6" has blanks between thousands and a comma before its decimals."""
    plain = _GROUPS.sub("", number)
    return float(plain.replace(",", ".")) if plain != number and _DECIMALS.fullmatch(plain) else figure(plain)


_DECIMALS = re.compile(r"\d+,\d{1,2}")
_SPENT = re.compile(
    r"\b(?:R&D|research|funding|investments?|revenues?|sales|exports|imports|grants|spending|expenditure|capital|budget|turnover|income|costs?)\b",
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
    if sign := match["money"] or match["lead"]:
        code = CURRENCY[sign.lower()]
        units = [unit for unit in (unit_of(near), unit_in(caption, code)) if unit is not None and unit[0] == code]
        return code, max((scale for _, scale in units), default=1.0)
    if _PER_SHARE.search(near):
        money = unit_of(near) or unit_of(caption)
        return (money[0], 1.0) if money is not None else (None, 1.0)
    if bracketed is not None:
        return bracketed
    if re.search(r"%p|percentage point|\bpp\b", near):
        return "pp", 1.0
    if _KILO.search(near):
        return "L", 1e3
    if _MULTIPLE.search(near):
        return "x", 1.0
    money = unit_of(near)
    for word in near.split():
        if word in UNIT_WORDS and word not in ("%", "년") and not (money is not None and UNIT_WORDS[word][0] == "KRW"):
            return UNIT_WORDS[word]
    if money is not None and not (re.search(r"%", near) and _GROWTH.search(near)):
        return money
    named = unit_named(caption, near) if "단위" in caption else None
    if named is not None:
        return named
    rated = _RATE.search(near) or _CHANGE.search(near) or _GROWTH.search(near)
    if not rated and (only := only_unit(caption)) is not None:
        return only
    if _RATE.search(near) or _CHANGE.search(near) or (_GROWTH.search(near) and re.search(r"%|per ?cent", caption)):
        return "%", 1.0
    if _DAYS.search(near):
        return "days", 1.0
    if _LITRES.search(near):
        return "L", 1.0
    if RANK.search(near):
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
