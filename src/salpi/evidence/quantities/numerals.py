"""Numbers in figures and in words, in English and Korean."""

from __future__ import annotations

import math
import re
from itertools import pairwise

from salpi.evidence.quantities.units import KOREAN_SCALE, KOREAN_SMALL

CARDINALS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {word: 10 * (n + 2) for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])}
HUNDREDS = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "lakh": 1e5,
    "crore": 1e7,
}
ORDINALS: dict[str, int] = {
    word: value + 1
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
        ]
    )
} | {"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20}
FRACTIONS: dict[str, float] = {
    "half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4, "fifth": 1 / 5, "fifths": 1 / 5, "sixth": 1 / 6,
    "sixths": 1 / 6, "eleventh": 1 / 11, "elevenths": 1 / 11, "thirteenth": 1 / 13, "thirteenths": 1 / 13, "fifteenth": 1 / 15, "fifteenths": 1 / 15, "fourth": 1 / 4, "fourths": 1 / 4, "twelfth": 1 / 12, "twelfths": 1 / 12, "twentieth": 1 / 20, "twentieths": 1 / 20, "eighth": 1 / 8, "eighths": 1 / 8, "tenth": 1 / 10, "tenths": 1 / 10, "seventh": 1 / 7, "sevenths": 1 / 7, "ninth": 1 / 9, "ninths": 1 / 9,
}  # fmt: skip
MULTIPLES: dict[str, float] = {
    "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "twice": 2, "twofold": 2, "triple": 3, "triples": 3, "tripled": 3, "tripling": 3,
    "threefold": 3, "treble": 3, "trebled": 3, "trebling": 3, "thrice": 3, "quadruple": 4, "quadrupled": 4, "quadrupling": 4, "fourfold": 4,
    "quintuple": 5, "quintupled": 5, "fivefold": 5,     "trebles": 3, "quadruples": 4, "quintuples": 5, "quintupling": 5, "sextupled": 6, "elevenfold": 11, "twelvefold": 12,
    "thirteenfold": 13, "fifteenfold": 15, "twentyfold": 20, "thirtyfold": 30, "fortyfold": 40, "fiftyfold": 50, "sixtyfold": 60, "seventyfold": 70, "eightyfold": 80, "ninetyfold": 90, "hundredfold": 100,
    "sixfold": 6, "sevenfold": 7, "eightfold": 8, "ninefold": 9, "tenfold": 10,
    "halve": 0.5, "halved": 0.5, "halves": 0.5, "halving": 0.5,
}  # fmt: skip
_ONES: dict[str, int] = {
    "한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
    "하나": 1, "둘": 2, "셋": 3, "넷": 4,
}  # fmt: skip
_TENS: dict[str, int] = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
TEN = "(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)"
_FROM_FIVE = "다섯|여섯|일곱|여덟|아홉"
_DIGITS = "일이삼사오육칠팔구"
_BEFORE_NATIVE = "(?:[이삼사오육칠팔구]?천)?(?:[이삼사오육칠팔구]?백)?"
"""Thousands and hundreds, which are Sino-Korean also before native words: "이백서른네 곳"."""
_HUNDRED = r"(?:[이삼사오육칠팔구]?천)?[이삼사오육칠팔구]?백\s?"
NATIVE = (
    rf"(?:(?:{_HUNDRED}|{_BEFORE_NATIVE})(?:{TEN}(?:[한두세네석넉]|{_FROM_FIVE})?|스무|{_FROM_FIVE})|{_BEFORE_NATIVE}[두세네석넉]"
    r"|[이삼사오육칠팔구]?백한|한)"
)
"""Native numerals before what they count: "예순여덟 곳", "열석 달", "삼백 스물두 개"."""
NATIVE_ALONE = rf"(?:백?{TEN}(?:하나|둘|셋|넷|{_FROM_FIVE})?|하나|둘|셋|넷|{_FROM_FIVE})"
"""Native numerals that stand by themselves: "셋 중 하나", "마흔하나예요"."""
_GROUP = rf"[{_DIGITS}십백천]{{1,7}}(?:(?<=[백천])\s[{_DIGITS}]?[백십][{_DIGITS}십]{{0,3}}|(?<=십)\s[{_DIGITS}]){{0,3}}"
SINO = rf"(?:만(?:\s?{_GROUP})?|{_GROUP}(?:\s?[조억만](?:\s?{_GROUP})?){{0,3}})"
"""Sino-Korean numerals in words: "사백이십", "오십억", "이만 삼천", "일조 이천억", "천 오백"."""
SINO_REST = rf"[{_DIGITS}]?[십백천][{_DIGITS}십백천]{{0,6}}[억만]?"
"""What goes on a number in figures in words: the thousands of "3만 육천"."""
_NATIVE_PARTS = re.compile(rf"(?P<large>[이삼사오육칠팔구백천]+)?(?P<ten>{TEN}|스무)?(?P<one>.+)?")
_SINO_DIGITS = {digit: value for value, digit in enumerate(_DIGITS, 1)}


def native(text: str) -> int:
    """A numeral of native words: ``예순여덟`` → 68, ``백일흔두`` → 172; KeyError where it is none."""
    match = _NATIVE_PARTS.fullmatch(text.replace(" ", ""))
    if match is None:
        raise KeyError(text)
    large, ten, one = match.groups()
    return int(sino(large) or 0 if large else 0) + (_TENS[ten] if ten else 0) + (_ONES[one] if one else 0)


def sino(text: str) -> float | None:
    """A numeral of Sino-Korean words: ``사백이십`` → 420, ``오십억`` → 5e9; None where the words make no number."""
    total, group, digit, last, largest = 0.0, 0.0, 0, 1e4, math.inf
    for char in text.replace(" ", ""):
        if char in _SINO_DIGITS:
            if digit:
                return None
            digit = _SINO_DIGITS[char]
        elif char in KOREAN_SMALL:
            if KOREAN_SMALL[char] >= last:
                return None
            last = KOREAN_SMALL[char]
            group += (digit or 1) * last
            digit = 0
        else:
            if KOREAN_SCALE[char] >= largest:
                return None
            largest = KOREAN_SCALE[char]
            total += (group + digit or 1.0) * largest
            group, digit, last = 0.0, 0, 1e4
    return total + group + digit


_NEIGHBOURS = re.compile("|".join(f"{one}(?={two})" for one, two in pairwise(_DIGITS)))


def sino_range(text: str) -> tuple[float, float] | None:
    """Both ends of ``이삼십`` → 20 and 30: two digits that follow each other, before one magnitude."""
    pair = _NEIGHBOURS.search(text)
    if pair is None:
        return None
    low, high = sino(text[: pair.end()] + text[pair.end() + 1 :]), sino(text[: pair.start()] + text[pair.end() :])
    return (low, high) if low is not None and high is not None else None


_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)?\s?([천백십])?\s?([천백십])?\s?([조억만])?")


_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3},\d{1,2}|\d{1,3}(?:\.\d{3}){2,}")


def figure(text: str) -> float:
    """A number in figures: thousands grouped by comma, apostrophe or space, a decimal point; or ``1.234,5`` and ``9,9``."""
    odd = text[-4:-3] != "," and ("," in text or text.count(".") > 1)  # of the usual forms, groups of three and one point
    if odd and _CONTINENTAL.fullmatch(text) is not None:
        return float(text.replace(".", "").replace(",", "."))
    return float(text.replace(",", "").replace("'", "").replace(" ", ""))


def korean(text: str) -> float:
    """A compound of 조, 억, 만 with figures: ``1조 2,345억`` → 1.2345e12, ``92억 5천만`` → 9.25e9, ``11만`` → 110000; as it is said,
    ``1억 8천`` → 1.8e8.

    Raises ValueError where nothing of it can be read.
    """
    total, group, at, read = 0.0, 0.0, 0, False
    last, short = "", False
    text = text.strip()
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        match = _PART.match(text, at)
        if match is None or match.end() == at:
            at += 1
            continue
        number, small, smaller, big = match.groups()
        value = figure(number) if number else 1.0
        for word in (small, smaller):
            if word:
                value *= KOREAN_SMALL[word]
        if number is None and small is None and big is None:
            break
        if number is None and small is None and read:
            value = 0.0
        read = True
        group += value
        short = small is not None and big is None
        if big:
            total += (group or 1.0) * KOREAN_SCALE[big]
            group, last = 0.0, big
        at = match.end()
    if not read:
        raise ValueError(f"no number in {text!r}")
    if short and last in ("조", "억"):
        group *= KOREAN_SCALE["억" if last == "조" else "만"]
    return total + group


def english(words: list[str]) -> float:
    """Number words without ``and``: ``one hundred ten thousand`` → 110000, ``four fifty`` → 450 as it is said aloud.

    Raises ValueError for other words.
    """
    total, group = 0.0, 0.0
    for word in words:
        if word in CARDINALS:
            value = CARDINALS[word]
            group = group * 100 + value if 0 < group < 10 <= value else group + value
        elif word in ("hundred", "dozen"):
            group = (group or 1.0) * HUNDREDS[word]
        elif word in HUNDREDS:
            total += (group or 1.0) * HUNDREDS[word]
            group = 0.0
        elif word != "and":
            raise ValueError(f"{word!r} is no number")
    return total + group
