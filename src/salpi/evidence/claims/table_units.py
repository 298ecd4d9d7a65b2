"""Units of a table's figures that its caption, or the words around it, give in part: the scale alone, several, those of some columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from salpi.evidence.claims.table_rows import NUMERIC, SIGNS, Piece
from salpi.evidence.quantities.headers import CURRENCY, UNIT_WORDS, unit_of
from salpi.evidence.quantities.numerals import figure

_TOLD = re.compile(
    r"\b(?P<word>[A-Za-z]{3,14}) (?:are )?in (?P<unit>(?:thousand )?lit(?:re|er)s|kL|days|months|per ?cent|%|thousands?)(?=[.,;)\n]|$)"
)
_TOLD_UNITS = {"l": ("L", 1.0), "k": ("L", 1e3), "d": ("days", 1.0), "m": ("months", 1.0), "p": ("%", 1.0), "%": ("%", 1.0)}


def told_by(before: str) -> dict[str, tuple[str, float]]:
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


_IN_MONEY = re.compile(
    r"(?:\bin |\()(?P<unit>(?:thousands|millions|billions|trillions|crores?|lakhs?) of [A-Za-z.]+(?: dollars| francs| kroner| kronor)?"
    r"|(?:USD|US\$|KRW|EUR|JPY|CHF|GBP|INR|Rs\.?|[$€£₩¥₹]) (?:in )?(?:crores?|lakhs?|thousand|million|billion|trillion|bn|mn|m|tn)|[가-힣]{0,3}(?:조|억|만)\s?(?:원|달러))(?![A-Za-z])"
)
_SCALE_SAID = re.compile(r"\b(?:amounts|figures|values|numbers) (?:are )?in (?P<scale>thousands|millions|billions)\b")
_CURRENCY_SAID = re.compile(r"\b[Cc]urrency (?:is|:) ?(?:the )?(?P<money>US dollar|euro|pound)\b")
_NEAR = 160
_SENTENCE = 300
"""Characters before a table in which a sentence may give the unit of its figures."""


_DAYS_SAID = re.compile(r"\b(?:in|calendar|working) days\b(?=[.,;:)\n]|$)")


def unit_before(text: str, begin: int) -> tuple[str, float] | None:
    """The unit in which the words right before a table state its figures: "Sales and operating result in billions of won"."""
    low = max(0, begin - _SENTENCE)
    found = [*_IN_MONEY.finditer(text, low, begin)]
    if found:
        return unit_of(found[-1]["unit"]) if text.count("\n\n", found[-1].end(), begin) < 2 else None
    scale, currency = _SCALE_SAID.search(text, low, begin), _CURRENCY_SAID.search(text, low, begin)
    if scale is not None and currency is not None:
        return unit_of(f"{scale['scale']} of {currency['money']}s")
    days = _DAYS_SAID.search(text, max(low, begin - _NEAR), begin)
    return ("days", 1.0) if days is not None and text.count("\n\n", days.end(), begin) < 2 else None


_PER_SHARE = re.compile(r"(?:,|;)?\s?(?:and\s|but\s)?except\s(?:for\s)?(?:per[- ]|share|earnings|where)[^)/\n]*", re.I)


def without_per_share(caption: str) -> str:
    """A caption without what it excepts: "in millions, except per share amounts"."""
    return _PER_SHARE.sub("", caption)


SCALE = re.compile(
    r"(?<![A-Za-z])(?:in|figures|amounts|expressed in|[(\[])\s?(?P<scale>thousands|millions|billions|crores?|lakhs?|['’]?000s?)(?=[\s,;.)\]]|$)",
    re.I,
)
_SIGN = re.compile(
    r"(?:US|HK|NT|NZ|MX|CA?|AU?|S|R)?\$|[€£¥₩₹]|(?<![A-Za-z])(?:Rs\.?|CHF|DKK|SEK|NOK|USD|EUR|GBP|KRW|JPY|INR)(?=[\s\d])"
)
_LOOK_BACK = 3000
"""Characters before a table in which the currency of its figures may be named."""


def with_currency(caption: str, text: str, rows: Sequence[list[Piece]], begin: int) -> str:
    """A caption that does not give the currency of its figures, or only their scale ("in millions"), with that of their cells; that
    of a scale else with the last one before the table.
    """
    if unit_of(caption) is not None:
        return caption
    scale = SCALE.search(caption)
    shown = {piece[2] for row in rows for piece in row if piece[2] in SIGNS}
    if scale is not None:
        shown |= {match["money"] or match["lead"] or "" for row in rows for piece in row if (match := NUMERIC.match(piece[2]))}
    signs = [sign for sign in shown if sign]
    if not signs and scale is not None:
        signs = [match[0] for match in _SIGN.finditer(text, max(0, begin - _LOOK_BACK), begin)][-1:]
    codes = {CURRENCY.get(sign.lower().rstrip(".")) for sign in signs}
    if len(codes) != 1:
        return caption
    said = f"({codes.pop()} {scale['scale'].lower() if scale is not None else ''}".rstrip() + ")"
    return f"{caption} {said}" if caption else said


_UNITS = re.compile(r"(?:단위\s?[:：]\s?|[Uu]nits?\s?[:：]\s?|\()(?P<said>[^()\n/]{2,60})")
_LARGE = 1000.0
"""A column that reaches so far is counted in the smaller of two units."""
_RATES = ("%", "%p", "pp", "％")


@lru_cache(maxsize=64)
def units_said(caption: str) -> tuple[str, ...]:
    """The units that a caption lists after a word for it: "(단위: 백만 달러, %)"."""
    said = _LISTED.search(caption)
    return tuple(part.strip() for part in re.split(r"[,·]", said["said"]) if part.strip()) if said is not None else ()


_LISTED = re.compile(r"(?:단위|[Uu]nits?\s?[:：])\s?[:：]?\s?(?P<said>[^()\n/.;]{1,60})")


@lru_cache(maxsize=64)
def only_unit(caption: str) -> tuple[str, float] | None:
    """The unit that a caption says all figures to be in, but for rates: "단위: 백만 원, %", "단위: 만 리터"."""
    amounts = [part for part in units_said(caption) if part not in _RATES]
    if len(amounts) != 1:
        return None
    return UNIT_WORDS.get(amounts[0]) or UNIT_WORDS.get(amounts[0].replace(" ", "")) or unit_of(amounts[0])


def by_place(caption: str, body: Sequence[list[Piece]]) -> dict[int, str]:
    """Place in a row → the unit of that column, where no head names the columns and the caption lists as many units."""
    units = units_said(caption)
    width = max(map(len, body))
    return dict(enumerate(units, 1)) if len(units) > 1 and len(units) == width - 1 else {}


_ABROAD = re.compile(r"수출|수입|수지|무역|\bexports?\b|\bimports?\b|\btrade\b", re.I)
_AT_HOME = re.compile(r"생산|시장|매출|내수|판매|\bproduction\b|\boutput\b|\bmarket\b|\bsales\b", re.I)


def by_sense(caption: str, near: str) -> str | None:
    """Of a caption's two units of money, won and another's, that of a cell: trade is counted in the other's, what is made and sold at
    home in won. None where the words beside and over it say neither or both.
    """
    units = [(unit, part) for part in units_said(caption) if (unit := unit_of(part)) is not None]
    abroad, home = _ABROAD.search(near) is not None, _AT_HOME.search(near) is not None
    if len(units) != 2 or abroad == home or sum(unit[0] == "KRW" for unit, _ in units) != 1:
        return None
    return next(part for unit, part in units if (unit[0] == "KRW") == home)


def by_size(caption: str, body: Sequence[list[Piece]]) -> dict[int, str]:
    """Place in a row → the unit of that column, where a caption gives two of money and says not which is whose: "조원, 백만달러".

    What is counted in trillions stays below a thousand; what reaches it is counted in the smaller unit.
    """
    for said in _UNITS.finditer(caption):
        parts = [(unit, part.strip()) for part in said["said"].split(",") if (unit := unit_of(part)) is not None]
        if len(parts) == 2 and parts[0][0][0] != parts[1][0][0] and parts[0][0][1] != parts[1][0][1]:
            break
    else:
        return {}
    large, small = sorted(parts, key=lambda part: -part[0][1])
    most: dict[int, float] = {}
    for row in body:
        for at, (_, _, words) in enumerate(row):
            match = NUMERIC.match(words)
            if match is not None and at and not (match["mark"] or match["inside"]):
                most[at] = max(most.get(at, 0.0), figure(match["number"]))
    return {at: small[1] if value >= _LARGE else large[1] for at, value in most.items()}


_AMOUNT_OF_CHANGE = re.compile(r"(?:.*\s)?(?:증감|증감액|증감분|(?:net )?change)\s?(?:\([^()%]*\))?", re.I)
_RATE_OF_CHANGE = re.compile(r"증감률|증감율|증가율|%|\brate\b", re.I)


def of_changes(caption: str, heads: Sequence[str]) -> dict[int, str]:
    """Place in a row → the unit of a column of changes beside one of their rates: "증감 | 증감률" under "단위: 천 명, %"."""
    units = [unit for unit in units_said(caption) if unit not in _RATES]
    if not units or not any(_RATE_OF_CHANGE.search(head) for head in heads):
        return {}
    return {at: units[0] for at, head in enumerate(heads) if _AMOUNT_OF_CHANGE.fullmatch(head)}
