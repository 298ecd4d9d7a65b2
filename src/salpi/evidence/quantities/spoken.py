"""Quantities in Korean words."""

from __future__ import annotations

import re

from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.numerals import KOREAN_NATIVE, KOREAN_NOUNS, figure, korean
from salpi.evidence.quantities.places import alternatives
from salpi.evidence.tokens import Tokens

_NATIVE = alternatives(KOREAN_NATIVE)
_NOUNS = alternatives(KOREAN_NOUNS | KOREAN_NATIVE)
_KOREAN = re.compile(
    rf"(?P<tenth>(?<![\d.,])(?P<tenths>[1-9])할(?![\w])|(?<![\d.,])(?P<tenths2>[1-9])할(?=[을이은의가로에 ,.]))|(?P<ofall>(?<![가-힣])(?P<ofn>열|다섯|셋|넷|스물)에\s(?P<ofm>하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉))|(?P<half>절반|반토막|반으로)|(?P<twice>(?<![가-힣]\s)(?:갑절|곱절)|(?:갑절|곱절)(?<!(?:두|세|네)\s곱절))|(?P<parts>(?P<low>\d{{1,3}})\s?분의\s?(?P<top>\d{{1,3}}))"
    rf"|(?<![가-힣\d.,])(?P<among>(?P<all>둘|셋|넷|다섯|열|두|세|네|2|3|4|5|10)\s?(?:곳|명|개사|개|건|종|사람|가구|대)?\s?(?:중|가운데|에서)\s(?P<some>{_NOUNS}|\d{{1,2}})\s?(?:곳|명|개사|개|건|종|사람|가구|대)?)(?=[\s,.은는이가을를의꼴로]|$)"
    rf"|(?<![가-힣\d])(?P<native>{_NATIVE})\s?(?P<counter>배(?![가-힣]*(?:양|터))|곱절|곳|명|건|개(?:월|사|국|소)?(?!발|정|선)|가지|달(?!러|성|라)|종(?![가-힣]{{2}})(?<!세종)|동(?=[\s을이의은,.)]|$)|(?<!열)기(?=[\s를가의는,.)]|$)|표(?=[\s를로가의는,.)]|$)|해(?=\s?(?:동안|연속))|군데|차례|품목|편|주(?:간|일)|사람)"
    rf"|(?<![가-힣])(?P<days>이틀|사흘|나흘|닷새|엿새|열흘|보름)(?=[\s이간만을의에로뒤,.]|$)|(?<![가-힣])(?P<halfyear>반년)(?=[\s이만을의에,.]|$)"
    rf"|(?<![가-힣\d,.])(?<!\d\s)(?P<great>[천백십]만|[천백]억|만|천|백|천\s?만|백\s?만)\s?(?P<greatunit>명|개(?=[\s사이가를의,.])|곳|건|달러|원(?=[\s이을에의,.])|유로|리터)"
    rf"|(?<![가-힣])(?P<week1>일주일)(?!에\s)|(?P<some2>둘|셋|넷|다섯|여섯|일곱|여덟|아홉)(?=이[고다며었\s]|을\s|은\s|만\s)"
)
_KOREAN_FIGURE = re.compile(r"\d{1,3}\s?(?:할|분의|(?:곳|명|개사|개|건|종|사람|가구|대)?\s?(?:중|가운데|에서)\s)")
_GOES_ON = frozenset("할분곳명개건종사가대중에")
_HALVES = re.compile(r"절반|반토막|반으로|갑절|곱절")


def scan_korean(text: str, known: Tokens, make: type[Found]) -> list[Found]:
    """Numbers in Korean words: at words that may begin one, at figures that may, and halves inside words."""
    places = [*known.hangul, *(match.start() for match in _HALVES.finditer(text))]
    places += [
        start
        for start, end in known.figures
        if end - start < 4
        and (text[end + 1 : end + 2] if text[end : end + 1].isspace() else text[end : end + 1]) in _GOES_ON
        and _KOREAN_FIGURE.match(text, start) is not None
    ]
    out: list[Found] = []
    last = 0
    for start in sorted(set(places)):
        if start < last or (match := _KOREAN.match(text, start)) is None:
            continue
        last = match.end()
        one = _korean(text, match, make)
        if one is not None:
            out.append(one)
    return out


_KOREAN_DAYS = {"이틀": 2.0, "사흘": 3.0, "나흘": 4.0, "닷새": 5.0, "엿새": 6.0, "열흘": 10.0, "보름": 15.0}
_CERTAIN = re.compile(r"(?:상위|주요|대형|글로벌|선두|톱|빅|이들|해당|이|그|총|전체|세계)\s(?:\S{1,6}\s){0,2}$|[A-Z]\s?$|\d\s?$")
"""Before a whole of certain members, of which one counts some: "상위 제약사 10곳 가운데 9곳"."""
_ROUND_WHOLES = frozenset({2, 3, 4, 5, 10})
"""Of so many one speaks to give a share; of others, to count."""


def _native(word: str) -> int:
    if word.isdigit():
        return int(word)
    return KOREAN_NOUNS.get(word) or KOREAN_NATIVE[word]


def _korean(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    start, end = match.span()
    if match["tenth"]:
        return make(start, end, 10.0 * int(match["tenths"] or match["tenths2"]), "%", "tenths", core=(start, end))
    if match["days"]:
        return make(start, end, _KOREAN_DAYS[match["days"]], "days", "words", core=(start, end))
    if match["halfyear"]:
        return make(start, end, 6.0, "months", "words", core=(start, end))
    if match["great"]:
        value = korean("1" + match["great"].replace(" ", ""))
        if value < 1000 or re.search(r"(?:단위|기준)\s?[:：]?\s?$|\($", text[max(0, start - 6) : start]):
            return None  # a scale, not an amount
        named = {"명": "persons", "달러": "USD", "원": "KRW", "유로": "EUR", "리터": "L"}.get(match["greatunit"], "count")
        return make(start, end, value, named, "words", scaled=True, core=(start, end), scale=value)
    if match["week1"]:
        return make(start, end, 7.0, "days", "words", core=(start, end), factor=7.0)
    if match["some2"]:
        if not re.search(r"(?:그중|그\s중|중|가운데|누적으로|까지)\s$", text[max(0, start - 5) : start]):
            return None
        return make(match.start("some2"), end, float(_native(match["some2"])), "count", "words", counted=end, core=(start, end))
    if match["ofall"]:
        return make(start, end, 100.0 * _native(match["ofm"]) / _native(match["ofn"]), "%", "part of a whole", core=(start, end))
    if match["half"]:
        if match["half"] == "반으로" and not re.search(r"[\s]$", text[max(0, start - 1) : start]):
            return None
        if match["half"] == "반토막":
            return make(start, end, 0.5, "x", "multiple in words", core=(start, end))
        return make(start, end if match["half"] != "반으로" else start + 1, 50.0, "%", "fraction in words", core=(start, end))
    if match["twice"]:
        return make(start, end, 2.0, "x", "multiple in words", core=(start, end))
    if match["parts"]:
        return make(
            start, end, 100.0 * figure(match["top"]) / max(1.0, figure(match["low"])), "%", "fraction in words", core=(start, end)
        )
    if match["among"]:
        whole, part = _native(match["all"]), _native(match["some"])
        if whole not in _ROUND_WHOLES or not 0 < part < whole or _CERTAIN.search(text[max(0, start - 16) : start]):
            return None
        return make(start, end, 100.0 * part / whole, "%", "part of a whole", core=(start, end))
    value, counter = KOREAN_NATIVE[match["native"]], match["counter"]
    if value == 1 or (counter == "가지" and re.match(r"\s?(?:핵심|주요|이유|방안|측면)", text[end : end + 6])):
        return None
    unit = {"배": "x", "곱절": "x", "명": "persons", "사람": "persons", "달": "months", "개월": "months", "해": "years"}.get(
        counter, "count"
    )
    if counter.startswith("주"):
        return make(start, end, 7.0 * value, "days", "words", core=(start, end), factor=7.0)
    return make(start, end, float(value), unit, "words", counted=end, core=(start, end))
