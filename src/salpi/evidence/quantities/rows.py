"""Figures of lists and fact sheets: a name and a number side by side, under a heading that says what all of them are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from salpi.evidence.quantities.cues import last_noun
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.headers import unit_of, unit_word
from salpi.evidence.quantities.nearby import UNITS

_MARK = r"\s*(?:[-–—*•·>○▪]\s*)?"
_NAME = re.compile(
    rf"(?:{_MARK})(?P<name>(?:[IVX]{{1,4}}|Q[1-4](?:['’]?\d\d)?|[A-Z][\w&'’.()-]*(?:[ ](?:of|and|the|de|incl\.|[A-Z&][\w&'’.()-]*)){{0,4}}))$"
)
"""A name as a list sets it before its number; nothing else stands in its piece of the line."""
_LABEL = re.compile(rf"{_MARK}(?P<name>[^\W\d_](?:[^\n\d:;|]|(?<=[A-Za-z ])\d(?=['’ ])|(?:19|20)\d\d){{0,46}}?)\s*$")
"""A label of a fact sheet, set apart from its number by a gap, dots or a colon."""
_GAP = re.compile(r"(?:[ ]{3,}|\t|[ ]?\.{3,}[ ]?|[ ]?(?:\.[ ]){3,})$")
_GAP_ENDS = ("   ", "\t", ".", ". ")
"""How what ``_GAP`` finds ends."""
_LEADER = re.compile(r"[ .]*\.{3,}$|:$")
_PIECES = re.compile(r"[;|/]|,(?=\s)|:(?=\s)|\t|[ ]{2,}")
_CLOSES = re.compile(r"\s*(?:$|\n|[;|/,)\t]|\(|[ ]{2,}|[—–-][ ]|\.(?!\d))")
_NUMBERED = re.compile(
    r"(?:Phase|Plant|Page|Chapter|Article|Section|Stage|Line|Room|Level|Fund|Series|No\.?|Vol\.?|Volume|Annex|Appendix|Table|Figure|Fig\.|Note|Item|Part|Issue|Tel\.?|Fax|Unit|Hall|Building|Floor|Booth|Version|Covid|COVID|January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$"
)
_NO_SHEET = re.compile(
    r"\b(?:[Ff]ounded|[Ee]stablished|[Ii]ncorporated|[Ss]ince|[Cc]ode|[Tt]icker|[Nn]o\.|[Nn]umber|[Tt]el|TEL|[Ff]ax|[Pp]hone|ID|[Pp]age|[Dd]ate|[Yy]ear|[Vv]ersion|[Pp]ost ?code|ZIP|[Rr]egistration|ISIN|[Cc]omments|[Vv]iews|[Hh]its|[Uu]pdated|[Rr]ank|[Pp]rice|[Ii]ndex|[Ss]core|[Rr]ating)\b"
)
_TIMES = re.compile(r"\b(?P<unit>days|months)\b")
_SAME = re.compile(r"\b(?:same|ditto|idem)\b", re.I)
_HOW_MANY = re.compile(r"\b[Hh]ow many\b[^?]*\?|\b[Nn]umber of\b")
_PIECE = 60
"""A part of a line before its figure is looked at so far back."""
_MAX_UP = 8
"""So many rows above a row belong to its list at most."""


def settle_rows(text: str, found: Sequence[Found]) -> None:
    """Gives the bare figures of lists and fact sheets the unit that their heading or the other members of the list have."""
    if not any(_may_stand(text, one) for one in filter(_open, found)):
        return
    lines = _by_line(text, found)
    said: tuple[str, float] | None = None
    for at, (start, _, mine) in enumerate(lines):
        if any(map(_open, mine)) and (named := [one for one in mine if _named(text, start, one)]):
            _inline(text, start, named)
            said = _under_heading(text, lines, at, named, said)
    for at, (start, _, mine) in enumerate(lines):
        if len(mine) and _open(mine[0]):
            _sheet(text, lines, at, start, mine[0])


def _may_stand(text: str, one: Found) -> bool:
    """Whether a figure may stand in a list or a fact sheet, by what is beside it."""
    if _CLOSES.match(text, one.end) is None:
        return False
    low = max(0, one.start - _PIECE)
    return text.endswith(_GAP_ENDS, low, one.start) or _named(text, max(low, text.rfind("\n", low, one.start) + 1), one)


Line = tuple[int, int, list[Found]]


def _by_line(text: str, found: Sequence[Found]) -> list[Line]:
    """The lines that hold figures: start, end, the figures."""
    out: list[Line] = []
    for one in found:
        if out and one.start < out[-1][1]:
            out[-1][2].append(one)
            continue
        start = text.rfind("\n", 0, one.start) + 1
        end = text.find("\n", one.start)
        out.append((start, len(text) if end < 0 else end, [one]))
    return out


def _open(one: Found) -> bool:
    return one.unit is None and one.rule in ("figure", "scaled figure", "words", "range")


def _piece(text: str, start: int, one: Found) -> str:
    """What stands before a figure in its part of the line, without the gap between."""
    lead = text[max(start, one.start - _PIECE) : one.start].rstrip(" \t")
    if lead[-1:] in (".", ":", "\n"):
        lead = _LEADER.sub("", lead)
    last = None
    for last in _PIECES.finditer(lead):  # noqa: B007
        pass
    return lead[last.end() if last is not None else 0 :].strip()


def _named(text: str, start: int, one: Found) -> bool:
    """Whether a name alone stands before a figure and nothing but the end of its part of the list behind it."""
    if _CLOSES.match(text, one.end) is None:
        return False
    name = _NAME.fullmatch(_piece(text, start, one))
    return name is not None and _NUMBERED.search(name["name"]) is None


def _inline(text: str, start: int, named: list[Found]) -> None:
    """A list in a line with its heading before a colon: "Tanks: Osong I 100,000, II 90,000, Iksan 66,000 litres"."""
    if len(named) < 2:
        return
    head = text[start : named[0].start]
    colon = head.rfind(": ")
    unit = (_of_heading(head[:colon]) if colon > 0 else None) or _of_others(named)
    if unit is not None:
        _give(named, unit)


def _under_heading(
    text: str, lines: list[Line], at: int, named: list[Found], said: tuple[str, float] | None
) -> tuple[str, float] | None:
    """Rows under a line that says what they are: "Studies begun" over "Spain 561"; hands on the unit for "same measure"."""
    open_ones = [one for one in named if _open(one)]
    if not open_ones:
        return said
    rows, first = [at], at
    while first > 0 and lines[first - 1][1] + 1 == lines[first][0] and len(rows) <= _MAX_UP and _is_row(text, lines[first - 1]):
        first -= 1
        rows.append(first)
    last = at
    while last + 1 < len(lines) and lines[last + 1][0] == lines[last][1] + 1 and _is_row(text, lines[last + 1]):
        last += 1
        rows.append(last)
    above = lines[first][0] - 1
    heading = text[text.rfind("\n", 0, max(0, above)) + 1 : max(0, above)].strip() if above > 0 else ""
    if not heading or len(heading) > 120 or heading.endswith((".", ",")) or len(open_ones) + len(rows) < 3:
        return said
    others = [one for row in rows for one in lines[row][2][:1] if one.rule != "rows"]
    unit = said if said and _SAME.search(heading) else _of_heading(heading) or _of_others(others)
    if unit is not None:
        _give(open_ones, unit)
    return unit or said


def _is_row(text: str, line: Line) -> bool:
    return any(_named(text, line[0], one) or one.rule == "rows" for one in line[2])


def _of_heading(heading: str) -> tuple[str, float] | None:
    """The unit that a heading names: in brackets, as money and its magnitude, as days, or by its noun."""
    known = unit_word(heading)
    if known is not None:
        return known
    money = unit_of(heading)
    if money is not None and money[1] > 1.0:
        return money
    if (times := _TIMES.search(heading)) is not None:
        return times["unit"], 1.0
    if heading.startswith("From "):
        return None
    noun = last_noun(heading, 0, len(heading))
    if noun is None:
        return None
    return ("persons" if noun["people"] else "L" if noun["volume"] else "count"), 1.0


def _of_others(ones: Sequence[Found]) -> tuple[str, float] | None:
    """The unit of most of the other members of a list that have one; no money, whose magnitude each would have to say."""
    units = Counter(
        one.unit for one in ones if one.unit in UNITS and one.unit not in ("years", "rank") and one.rule != "counted noun"
    )
    if not units:
        return None
    unit, _ = units.most_common(1)[0]
    return (unit, 1.0) if unit is not None else None


def _give(ones: Sequence[Found], unit: tuple[str, float]) -> None:
    for one in ones:
        if one.unit is not None or not _open(one):
            continue
        if unit[0] == "%" and abs(one.value) > 100:
            continue
        one.unit = unit[0]
        if not one.scaled and unit[1] != 1.0:
            one.scale = unit[1]
            one.multiply(unit[1])
        one.rule = "rows"


def _sheet(text: str, lines: list[Line], at: int, start: int, one: Found) -> None:
    """A line of a fact sheet, its label set apart from a whole number by a wide gap: what its label counts, else a count."""
    lead = text[start : one.start]
    if one.value != int(one.value) or one.scaled or one.signed or _GAP.search(lead) is None or len(lead) > 90:
        return
    digits = text[one.core[0] : one.core[1]]
    if 1900 <= one.value <= 2100 and "," not in digits:
        return
    label = _LABEL.fullmatch(_GAP.sub("", lead))
    if label is None or _NO_SHEET.search(label["name"]) or _CLOSES.match(text, one.end) is None:
        return
    beside = [lines[near] for near in (at - 1, at + 1) if 0 <= near < len(lines)]
    if not any(_GAP.search(text[line[0] : line[2][0].start]) and len(line[2]) <= 2 for line in beside):
        return
    if len(lines[at][2]) > 2:
        return  # a table
    one.rule = "line of a sheet"
    if (said := unit_word(label["name"])) is not None:
        one.unit, one.scale = said
        one.multiply(said[1])
        return
    noun = last_noun(label["name"], 0, len(label["name"]))
    one.unit = "persons" if noun is not None and noun["people"] else "L" if noun is not None and noun["volume"] else "count"
