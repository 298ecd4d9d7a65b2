"""Finds the quantities of a text: exact spans, values in base units, ranges; English and Korean in one pass over the figures and
one over number words."""

from __future__ import annotations

import re
from bisect import bisect_right
from string import ascii_letters

from salpi.evidence.quantities import words
from salpi.evidence.quantities.exclude import CENTURIES, EMAIL, MASK_FIGURE, MASK_WORD, MASK_YEAR, list_numbers, may_mask
from salpi.evidence.quantities.found import Found as Found
from salpi.evidence.quantities.frames import has_furniture, is_frame, is_furniture, is_often, is_unit
from salpi.evidence.quantities.measured import read_unit
from salpi.evidence.quantities.nouns import counted
from salpi.evidence.quantities.numerals import figure, korean
from salpi.evidence.quantities.ranges import join_ranges, join_terms
from salpi.evidence.quantities.units import BEFORE, CURRENCY_BEFORE, LONG_SCALE, SCALE, SHORT_SCALE, may_money_before, may_scale
from salpi.evidence.tokens import Tokens, tokens

_CONTINENTAL = r"(?:[mb]n|[mb]ln|m|(?:m|b|tr)illion|tn|%|per ?cent|€|euros?|EUR)(?![A-Za-z])"
"""What follows a figure with a decimal comma, as much of Europe writes it."""
MAX_DIGITS = 16
"""Longer figures measure nothing (keys, hashes, noise)."""
_NUMBER = re.compile(
    rf"\d{{1,3}}(?:\.\d{{3}})+,\d{{1,2}}(?![\d,])|\d{{1,3}}(?:\.\d{{3}}){{2,}}(?![\d.,])|\d{{1,3}},\d{{1,2}}(?=[ ]?{_CONTINENTAL})|"
    r"\d{1,3}(?:[ ]\d{3})+(?![\d,.])(?=[ ](?:L|lit(?:re|er)s|patients|people|employees|jobs|participants|doses|euros?|EUR|SEK|kronor|units)\b)|\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d{1,2}(?:,\d\d)+,\d{3}(?!\d)(?:\.\d+)?|\d{1,3}(?:'\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?"
)
_GROUPING = ",.' \u00a0\u202f"
"""Characters that may go on a number behind its first figure, where another stands behind them."""
_KOREAN = re.compile(
    r"\d[\d,]{0,20}(?:\.\d{1,6})?[ ]?(?:[천백십][ ]?)?(?:[천백][ ]?)?(?:조|억|만|천(?!연)|백(?!신))"
    r"(?:[ ]?\d[\d,]{0,12}(?:\.\d{1,6})?(?:[ ]?(?:[천백십][ ]?){0,2}(?:조|억|만)|천(?=[ ]?\d{1,3}[ ]?(?:억|만|[가-힣]))|[ ]?(?:[천백십][ ]?){0,2}(?:(?:천|백)(?!\d|,\d)|(?![\d,천백])))(?![ ]?(?:년|월|분기))|(?<=[조억])[ ]?[천백십](?:억|만)(?![가-힣]{2}))*"
)
_KOREAN_GOES_ON = frozenset("천백십조억만,.")
_CODE_ENDS = frozenset("-/.:#_" + ascii_letters)
_CODE_BEFORE = re.compile(r"(?:[A-Za-z_]|[A-Za-z]-|(?<![A-Za-z])[A-Za-z]{1,4}\d{0,4}[-/.]|\d[/.:]|#)\Z")
_MONEY_TALK = re.compile(
    r"(?:[$€£¥₩]|\b(?:USD|EUR|GBP|CHF|DKK|SEK|JPY|CNY|INR|KRW|rev|revs|revenues?|sales|ebitda?|capex|opex|profit|loss|guid\w*|consensus|cons|raised?|R&D|FCF|cash|upfront))[^\n]{0,50}$",
    re.I,
)
"""Words after which a figure in millions is money, also in shorthand ("EBIT 94m")."""
_MINUS = re.compile(r"\b(?:[Mm]inus|[Nn]egative)[ ]$|마이너스\s?$")
_MINUS_ENDS = ("inus ", "egative ", "마이너스", "마이너스 ")
_DASHED_MONEY = re.compile(r"(?:[$€£₩¥₹]|\b[A-Z]{3})[ ]?\d[\d,.]*\s?[-–—~]\s?$")


def scan(text: str, known: Tokens | None = None) -> list[Found]:
    """All quantities of ``text`` in order, those without a unit among them (``unit`` None)."""
    known = known or tokens(text)
    masks = _masks(text, known)
    found: list[Found] = []
    last, read, at, masked = 0, 0, 0, 0
    hangul = not text.isascii()
    for start, end in known.figures:
        if start < read:
            continue  # a later part of a number
        if text[end : end + 1] in _GROUPING and text[end + 1 : end + 2].isdecimal() and (match := _NUMBER.match(text, start)):
            end = match.end()
        read = end
        if start < last:
            continue
        while at < len(masks) and masks[at][0] <= start:
            masked = masks[at][1]
            at += 1
        if start < masked:
            continue
        if (text[start] == "0" and text[start + 1 : min(end, start + 2)].isdigit()) or (
            end - start > MAX_DIGITS and (end - start > 26 or sum(char.isdigit() for char in text[start:end]) > MAX_DIGITS)
        ):
            last = end
            continue  # a code
        one = _quantity(text, start, end, hangul)
        if one is None:
            continue
        last = max(one.end, end)
        found.append(one)
    starts = [mask[0] for mask in masks]
    spoken = [word for word in words.scan(text, known) if not _masked(masks, starts, word)]
    read_all = [
        one
        for one in join_terms(text, join_ranges(text, _merge(found, spoken)))
        if not is_frame(text, one) and not is_unit(text, one)
    ]
    for one in read_all:
        if is_often(text, one):
            one.unit, one.rule = "count", "how often"
    return [one for one in read_all if not is_furniture(text, one)] if has_furniture(text) else read_all


def _masks(text: str, known: Tokens) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    last = 0
    figure_at, word_at = MASK_FIGURE.match, MASK_WORD.match
    for start in sorted([*known.masks, *may_mask(text, known.figures)]):
        if start < last:
            continue
        char = text[start]
        if char in "0123456789+'" or char.isdigit():
            found = (MASK_YEAR.match(text, start) if text[start : start + 2] in CENTURIES else None) or figure_at(text, start)
        else:
            found = word_at(text, start)
        if found is not None:
            last = found.end()
            spans.append((start, last))
    if "@" in text:
        spans += [match.span() for match in EMAIL.finditer(text)]
    spans += list_numbers(text)
    spans.sort()
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _masked(masks: list[tuple[int, int]], starts: list[int], found: Found) -> bool:
    at = bisect_right(starts, found.start) - 1
    return at >= 0 and found.start < masks[at][1]


def _merge(figures: list[Found], spoken: list[Found]) -> list[Found]:
    merged = sorted([*figures, *spoken], key=lambda one: (one.start, -one.end))
    out: list[Found] = []
    for one in merged:
        if out and one.start < out[-1].end:
            if out[-1].unit is None and one.unit is not None:
                out[-1] = one
            continue
        out.append(one)
    return out


def _quantity(text: str, start: int, end: int, hangul: bool) -> Found | None:
    """The quantity around the figure ``text[start:end]``, or None where the figure is part of a name or a code."""
    left, value, scaled, rule = start, 0.0, False, "figure"
    before = text[max(0, start - 10) : start]
    last = before[-1:]
    currency, sign, scale = None, 1.0, 1.0
    if last == "(" and text[end : end + 1] == ")":
        boxed = _boxed(text, start, end)
        if boxed is not None:
            return boxed
    money = CURRENCY_BEFORE.search(before) if may_money_before(before) else None
    core = (start, end)
    if money is not None:
        symbol = money["code"] or money["sign"] or money["letter"].rstrip()
        currency = BEFORE[symbol]
        left = start - len(before) + money.start()
        if money["minus"]:
            sign = -1.0
    elif last in _CODE_ENDS and _CODE_BEFORE.search(before):
        minus = last in "-−" and (len(before) == 1 or before[-2] in " \t\n(|/:,[=*~약")
        if not minus:
            return None
    after = text[end : end + 1]
    if after == " ":
        after = text[end + 1 : end + 2]
    compound = _KOREAN.match(text, start) if hangul and after in _KOREAN_GOES_ON else None
    if compound is not None:
        value, scaled, rule = korean(compound[0]), True, "korean compound"
        scale = value / (figure(text[start:end]) or 1.0)
        end = compound.end()
        while text[end - 1] == " ":
            end -= 1
    else:
        digits = text[start:end]
        value = float(digits) if digits.isdigit() else figure(digits.replace("\u00a0", "").replace("\u202f", ""))
        magnitude = SCALE.match(text, end) if may_scale(text, end) else None
        if magnitude is not None and _is_scale(text, magnitude, currency is not None or _DASHED_MONEY.search(before) is not None):
            word = magnitude["long"] or magnitude["short"]
            scale = LONG_SCALE[word.lower()] if magnitude["long"] else SHORT_SCALE[word.lower()]
            value *= scale
            end, scaled, rule = magnitude.end(), True, "scaled figure"
            if text[end - 1] == ".":
                end -= 1
    if (
        money is not None
        and not scaled
        and ((letter := money["letter"]) in ("N", "P") or (letter == "R" and "," not in text[start:end]))
    ):
        return None  # R2 is no amount of rand
    if last == "(" and text[end : end + 2] == ")%":
        return Found(left - 1, end + 2, -value, "%", "accounting brackets", signed=True, core=core)
    sign_at, negative = _sign(text, left) if last in _SIGNS or left != start else (left, None)
    if negative is None and before.endswith(_MINUS_ENDS) and _MINUS.search(before):
        sign = -1.0
    if negative is not None:
        left, sign = sign_at, negative
    # each in its place: names cost as much again here, where most quantities are made
    return read_unit(text, Found(left, end, sign * value, currency, rule, None, 0, scaled, negative is not None, core, scale))


def _boxed(text: str, start: int, end: int) -> Found | None:
    """``PLN (38) million``: a loss in accounting brackets between currency and magnitude."""
    lead = text[max(0, start - 11) : start - 1].rstrip()
    money = CURRENCY_BEFORE.search(lead)
    magnitude = SCALE.match(text, end + 1)
    if money is None or magnitude is None:
        return None
    word = magnitude["long"] or magnitude["short"]
    scale = LONG_SCALE[word.lower()] if magnitude["long"] else SHORT_SCALE[word.lower()]
    left = start - 1 - (len(text[max(0, start - 11) : start - 1]) - money.start())
    symbol = money["code"] or money["sign"] or money["letter"].rstrip()
    last = magnitude.end()
    return Found(
        left,
        last - (text[last - 1] == "."),
        -figure(text[start:end]) * scale,
        BEFORE[symbol],
        "accounting brackets",
        scaled=True,
        signed=True,
        core=(start, end),
        scale=scale,
    )


def _is_scale(text: str, scale: re.Match[str], money: bool) -> bool:
    """One-letter magnitudes hold with a currency only, or hard on the figure before a unit."""
    short = scale["short"]
    if not short or (len(short) > 1 and short.lower() not in ("th", "cr")):
        return True
    if money:
        return scale["gap"] == "" or len(short) > 1 or short in ("m", "b", "M", "B")
    if short in ("m", "b", "M") and scale["gap"] == "" and _MONEY_TALK.search(text[max(0, scale.start() - 60) : scale.start()]):
        return (
            re.match(r"[,.;:)(/\n-]|\s?$|\s(?:vs?\b|\(|and|from|on|in|for|of|E\b)", text[scale.end() : scale.end() + 6])
            is not None
        )
    if (
        short == "m"
        and scale["gap"] == ""
        and text[scale.end() : scale.end() + 1] == " "
        and counted(text, scale.end()) is not None
    ):
        return True  # 1.2m doses
    if short in ("k", "K", "M") and scale["gap"] == "":
        if short in ("k", "K") and re.match(r" ?(?:L\b|lit)", text[scale.end() : scale.end() + 5]):
            return True
        return text[scale.end() : scale.end() + 1] in (" ", "") and counted(text, scale.end()) is not None
    return bool(short.lower() == "cr")


_SIGNS = frozenset("+-−–△▲▽")


def _sign(text: str, left: int) -> tuple[int, float | None]:
    if left == 0:
        return left, None
    char = text[left - 1]
    if char in "+-−–△▲▽":
        outer = text[left - 2] if left > 1 else " "
        if char == "▲" or outer in " \t\n(|/:,[=*~;" or char in "△▽":
            return left - 1, 1.0 if char == "+" else -1.0
    return left, None
