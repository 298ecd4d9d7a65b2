"""Quantities in Korean words."""

from __future__ import annotations

import re

from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.numerals import (
    NATIVE,
    NATIVE_ALONE,
    SINO,
    SINO_REST,
    TEN,
    figure,
    korean,
    native,
    sino,
    sino_range,
)
from salpi.evidence.quantities.stood_for import unit_stood_for
from salpi.evidence.quantities.units import AFTER, KOREAN_SCALE, PHYSICAL, alternatives
from salpi.evidence.tokens import Tokens

_OF_ALL = "곳|명|개사|개|건|종|사람|가구|대|장|번|품목|가지"
_COUNTER = (
    r"퍼센트|배(?![가-힣]*(?:양|터))|곱절|곱(?=[을이의은으,.\s]|입)|곳|명|건|개(?:월|사|국|소)?(?!발|정|선)|가지|달(?!러|성|라)|종(?:(?![가-힣]{2})|(?=으로|이[다며고나었]|입))(?<!세종)"
    r"|동(?=[\s을이의은,.)]|$)|(?<!열)기(?=[\s를가의는,.)]|$)|표(?=[\s를로가의는,.)]|$)|해(?=\s?(?:동안|연속)|에\s걸|가\s(?:들|걸|흘))|군데|차례|품목|편|주(?:간|일)|사람"
    r"|마리|가구|(?<=\s)(?:통|대|장|석)(?=[\s을를이가의은는,.)]|$)|(?<=\s)번(?=[\s,.]|이나|이[다고며었]|넘)|(?<=\s)분(?=[\s이을은,.]|께)"
)
_THINGS = r"(?<=\s)(?:업체|공장|나라|대학|품목)(?![가-힣]{2})"
"""Nouns that a numeral above four counts without a counter; of few it only takes up those that were named ("두 회사는")."""
_MONEY = {word: unit for word, unit in AFTER.items() if "가" <= word[0] <= "힣" and len(word) > 1}
_MEASURES = {word: unit for word, unit in PHYSICAL.items() if "가" <= word[0] <= "힣"}
_SINO_UNITS = (
    r"퍼센트\s?포인트|퍼센트|프로(?=[\s가를,.]|$)|%|명(?![물소장품가예절칭단확령문암성])|곳|개(?=[\s사국소이가를의,.]|$)|개월|건(?![강물설축반립조전보기비]|의료)|종(?=[\s을이의]|$)"
    r"|배(?=[\s로를의,.]|$)|위(?=[\s로를에의,.]|$)|불(?=[\s이을에의로까,.]|$)|원(?=[\s이을에의은과도,.)]|으로|까지|대|짜리|어치|가량|정도|쯤|$)|엔(?=[\s이을에의,.]|$)"
    r"|리터|킬로리터|평(?=[\s을이의에짜,.]|$)|사람|마리|가구(?!\s?(?:공장|공단|단지|업|점|회사|산업))|가지|군데|도[즈스](?=[\s를의가는로다였씩,.]|입|$)|회분|명분|인분|바이알|병상|캡슐"
    r"|일(?=[\s을이의로,.]|$)|년(?=\s?(?:간|동안|안에|만에|이상|째)|[을이,.]|$)|주(?=\s?(?:동안|만에|이상|간의)|간(?![가-힣]))"
    rf"|{alternatives(_MONEY)}|{alternatives(word for word in _MEASURES if word != '평')}"
)
_DIGIT = "[영공일이삼사오육칠팔구]"
_SINO = (
    rf"(?:(?P<decimal>(?P<whole>영|[일이삼사오육칠팔구십백천]{{1,7}})\s?점\s?(?P<part>{_DIGIT}(?:\s?{_DIGIT}){{0,3}})(?P<big>\s?[만억조])?)|(?P<figures>\d[\d,]{{0,8}}(?:\.\d{{1,3}})?\s?(?:[천백십]?[조억만]|천(?=\s?[이삼사오육칠팔구]?백)))\s?(?P<rest>{SINO_REST})"
    rf"|(?P<number>만\s?\d천?|{SINO}))(?:(?<=[십백천만억조])여)?\s?(?P<sinounit>{_SINO_UNITS})"
)
_KOREAN = re.compile(
    r"(?P<tenth>(?<![\d.,])(?P<tenths>[1-9])할(?![\w])|(?<![\d.,])(?P<tenths2>[1-9])할(?=[을이은의가로에밖 ,.])"
    r"|(?<![가-힣\d])(?P<tenths3>[삼사오육칠팔구])\s?할(?=[\s을이은의로까,.]|$))"
    rf"|(?P<ofall>(?<![가-힣])(?P<ofn>백|열|여덟|여섯|다섯|셋|넷|스물)에\s(?P<ofm>{NATIVE_ALONE})|(?<![가-힣])(?P<ofn2>{NATIVE})\s번에\s한\s번)"
    r"|(?P<halved>반\s?토막)|(?P<half>절반|반으로|(?<![가-힣])반(?=이\s|을\s|밖에))|(?P<twice>(?<![가-힣]\s)(?:갑절|곱절)|(?:갑절|곱절)(?<!(?:두|세|네)\s곱절))"
    rf"|(?P<parts>(?P<low>\d{{1,3}})\s?분의\s?(?P<top>\d{{1,3}})|(?<![가-힣])(?P<low2>{SINO})\s?분의\s?(?P<top2>[일이삼사오육칠팔구]))"
    rf"|(?<![가-힣\d.,])(?P<among>(?P<all>{NATIVE_ALONE}|{NATIVE}|2|3|4|5|10)\s?(?:{_OF_ALL})?\s?(?:중|가운데|에서)\s(?P<some>{NATIVE_ALONE}|{NATIVE}|\d{{1,2}})(?:\s?(?:{_OF_ALL}))?)(?=[\s,.()은는이가을를의에꼴로뿐다예입]|$)"
    rf"|(?<![가-힣\d])(?P<native>{NATIVE})\s?(?:(?P<counter>{_COUNTER})(?P<more>\s반(?=[\s을이만에,.째쯤의짜]|으로))?|(?P<things>{_THINGS}))"
    r"|(?<![가-힣])(?P<days>이틀|사흘|나흘|닷새|엿새|열흘|보름)(?=[\s이간만을의에로뒤은짜,.]|$)|(?<![가-힣])(?<!같은\s)(?P<halfyear>반년)(?=째|에서|으로|이면|이내|\s안에|이\s(?:걸|지나|넘)|이다)"
    rf"|(?<![가-힣\d,.])(?<!\d\s)(?<![수몇]\s)(?P<sino>{_SINO}|(?P<won>(?:[일이삼사오육칠팔구십백천]{{1,7}}조\s?)?[일이삼사오육칠팔구십백천]{{2,7}}억|[일이삼사오육칠팔구십백천]{{2,7}}조)(?=[\s을이에의,.]|$))"
    rf"|(?<![가-힣\d])(?P<place>(?:(?P<nth>{NATIVE}|\d{{1,2}}(?=번))\s?번|(?P<nth2>첫|둘|{NATIVE_ALONE}))째)(?P<placed>이[다니며고라었]|입니다|예요|다[.\s,]|였|(?=가\s(?:됐|되|된)|까지\s|로\s|에\s|[,.\n]|\s|$))"
    r"|(?<![가-힣])(?P<hand>다섯\s손가락)(?=\s안|에\s(?:[든들]|꼽))"
    rf"|(?<![가-힣])(?P<week1>일주일)(?!에\s)|(?<![가-힣\d])(?P<alone>{NATIVE_ALONE}|영(?=이|입))"
    r"(?=[,.…)](?!\d)|$|\n|은|을|만\s|이(?!\w*[가-힣]{3})|이[고다며었라에]|으로|로\s|에\s(?:불과|그쳤|그치|이르|달|비하|견주)|가\s|를\s|['’]|에서\s|뿐|밖에|과\s|의\s|예요|네요|입니다|인데|이나|\s(?:안팎|남짓|정도|이상|가량|있[었다는어])|\s(?:중|가운데)(?:에|\s|$))"
    rf"|(?<![가-힣\d])(?P<large>백?(?:{TEN}(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)|스물|서른|마흔|쉰|예순|일흔|여든|아흔))(?=\s)"
)
_WITHOUT_SHARE = re.compile(_KOREAN.pattern.replace("(?P<among>", "(?P<among>(?!)"))
"""The same without parts of a whole: of "상위 제약사 열 곳 중 아홉 곳" each is counted."""
_KOREAN_FIGURE = re.compile(
    rf"\d{{1,3}}\s?(?:할|분의|번째|(?:{_OF_ALL})?\s?(?:중|가운데|에서)\s)|\d[\d,]{{0,8}}(?:\.\d{{1,3}})?\s?(?:[천백십]?[조억만]\s?[일이삼사오육칠팔구]?[십백천]|천\s?[이삼사오육칠팔구]?백)"
)
_GOES_ON = frozenset("할분곳명개건종사가대중에장번품천백십조억만,.")
_HALVES = re.compile(r"절반|반\s?토막|반으로|갑절|곱절")


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
        one = _korean(text, match, make)
        if one is None and match["among"]:
            match = _WITHOUT_SHARE.match(text, start)
            if match is None:
                continue
            one = _korean(text, match, make)
        last = match.end()
        if one is not None:
            out.append(one)
    return out


_KOREAN_DAYS = {"이틀": 2.0, "사흘": 3.0, "나흘": 4.0, "닷새": 5.0, "엿새": 6.0, "열흘": 10.0, "보름": 15.0}
_CERTAIN = re.compile(
    r"(?:(?:상위|주요|대형|글로벌|선두|톱|빅|이들|해당|총|전체|세계)|(?<![가-힣])[이그])\s(?:\S{1,6}\s){0,2}$|[A-Z]\s?$|\d\s?$"
)
"""Before a whole of certain members, of which one counts some: "상위 제약사 10곳 가운데 9곳"."""
_ROUND_WHOLES = frozenset({2, 3, 4, 5, 6, 10})
"""Of so many one speaks to give a share; of others, to count."""
_UNIT = {
    "퍼센트": "%", "배": "x", "곱절": "x", "곱": "x", "명": "persons", "사람": "persons", "분": "persons", "달": "months", "개월": "months", "해": "years",
}  # fmt: skip
_SINO_UNIT = {
    "프로": "%", "%": "%", "명": "persons", "사람": "persons", "개월": "months", "배": "x", "위": "rank", "불": "USD", "원": "KRW", "엔": "JPY",
    "리터": "L", "일": "days", "년": "years",
}  # fmt: skip
_SCALE_BEFORE = re.compile(r"(?:단위|기준)\s?[:：]?\s?[^\n:]{0,12}$|\($")


def _of_all(word: str) -> int:
    return int(word) if word.isdigit() else native(word)


def _korean(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    start, end = match.span()
    if match["tenth"]:
        digit = match["tenths"] or match["tenths2"]
        tenths = int(digit) if digit else sino(match["tenths3"]) or 0.0
        return make(start, end, 10.0 * tenths, "%", "tenths", core=(start, end))
    if match["days"]:
        return make(start, end, _KOREAN_DAYS[match["days"]], "days", "words", core=(start, end))
    if match["halfyear"]:
        return make(start, end, 6.0, "months", "words", core=(start, end))
    if match["sino"]:
        return _sino(text, match, make)
    if match["hand"]:
        return make(start, end, 5.0, "rank", "top group", core=(start, end))
    if match["place"]:
        return _place(text, match, make)
    if match["week1"]:
        return make(start, end, 7.0, "days", "words", core=(start, end), factor=7.0)
    if match["large"]:
        return unit_stood_for(text, start, end, native(match["large"]), make)
    if match["alone"]:
        return unit_stood_for(text, start, end, 0 if match["alone"] == "영" else native(match["alone"]), make)
    if match["ofall"]:
        share = (
            100.0 / native(match["ofn2"])
            if match["ofn2"]
            else 100.0 * native(match["ofm"]) / (100 if match["ofn"] == "백" else native(match["ofn"]))
        )
        return make(start, end, share, "%", "part of a whole", core=(start, end)) if 0 < share < 100 else None
    if match["halved"]:
        return make(start, end, 0.5, "x", "multiple in words", core=(start, end))
    if match["half"]:
        if match["half"] == "반으로" and not re.search(r"[\s]$", text[max(0, start - 1) : start]):
            return None
        return make(start, end if match["half"] != "반으로" else start + 1, 50.0, "%", "fraction in words", core=(start, end))
    if match["twice"]:
        return make(start, end, 2.0, "x", "multiple in words", core=(start, end))
    if match["parts"]:
        low = figure(match["low"]) if match["low"] else sino(match["low2"]) or 1.0
        top = figure(match["top"]) if match["top"] else sino(match["top2"]) or 1.0
        return make(start, end, 100.0 * top / max(1.0, low), "%", "fraction in words", core=(start, end))
    if match["among"]:
        whole, part = _of_all(match["all"]), _of_all(match["some"])
        if whole not in _ROUND_WHOLES or not 0 < part < whole:
            return None
        if not match["some"].endswith("하나") and _CERTAIN.search(text[max(0, start - 16) : start]):
            return None
        return make(start, end, 100.0 * part / whole, "%", "part of a whole", core=(start, end))
    return _native(text, match, make)


_RANKED = re.compile(
    r"세계\s$|(?:세계에서|순위[로는가]*|순서로[는]?|에\s이[어은]|[가-힣]\s다음|자리[는가]|놓고[는]?|놓고\s보면|따지면|나라로|도시로|국가별로[는]?|나라별로[는]?|전국|국내에서|유럽에서|아시아에서|넓히면|줄을\s세우면|위입니까\?\"?\s\((?:\S+:)?)\s?$"
)
_RANKED_AS = re.compile(
    r"로\s(?:크|큰|많|높|작|낮|넓|한\s칸|오르|올라|올랐|내려|간다|가겠|꼽)|\s(?:가는|크기|자리|정도로|규모|덩치|나라|시장|수출국)"
)


def _place(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    """``여섯째``, ``두 번째다``: a place in a ranking where it is said of what something is, or where a ranking is named."""
    start, end = match.span("place")
    word = match["nth"] or match["nth2"]
    value = 1 if word == "첫" else _of_all(word)
    ranked = _RANKED.search(text, max(0, start - 24), start) is not None
    said = bool(match["placed"]) and value > 1
    if not (said or ranked or (value > 1 and _RANKED_AS.match(text, end))):
        return None
    return make(start, end, float(value), "rank", "place in words", core=(start, end))


def _native(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    start, end = match.span()
    value, counter = float(native(match["native"])), match["counter"] or match["things"]
    if match["things"] and (value < 5 and match["things"] != "품목"):
        return None
    if value == 1 or (counter == "가지" and re.match(r"\s?(?:핵심|주요|이유|방안|측면)", text[end : end + 6])):
        return None
    unit = _UNIT.get(counter, "count")
    if counter == "번" and text.startswith("째", end):
        return None
    if counter.startswith("주"):
        return make(start, end, 7.0 * value, "days", "words", core=(start, end), factor=7.0)
    if match["more"]:
        if unit in ("count", "persons"):
            end = match.end("counter")
        else:
            value += 0.5
    return make(start, end, value, unit, "words", counted=end, core=(start, end))


_UNIT_ALONE = re.compile(r"[십백천]?[만억조]?")
"""A magnitude without a number, as a heading names the scale of its column."""
_WITH_DIGIT = frozenset({"퍼센트", "개월", "년", "프로"})
"""Units before which one digit in words is a number; "이 건" and "사 명" are others."""
_PAIRED = _WITH_DIGIT | {"명", "배", "일", "곳", "개", "건"}
_WITH_MAGNITUDE = frozenset(
    {
        "명",
        "곳",
        "개",
        "건",
        "일",
        "원",
        "달러",
        "유로",
        "리터",
        "도즈",
        "도스",
        "회분",
        "명분",
        "인분",
        "바이알",
        "병상",
        "톤",
        "평",
    }
)
"""Units before which a magnitude alone is a number: "만 명", "천 곳"."""


def _sino(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    """``사백이십 명``, ``구십 퍼센트``, ``만5천 리터``, ``3만 육천 명``, ``이 점 오 배``; a magnitude in a heading is the scale of its column."""
    start, end = match.span()
    unit = match["sinounit"]
    if match["won"]:
        value = sino(match["won"])
        if value is None or _SCALE_BEFORE.search(text, max(0, start - 18), start):
            return None
        return make(start, end, value, "KRW", "won left out", scaled=True, core=(start, end), scale=value)
    if match["decimal"]:
        return _decimal(match, make)
    if match["figures"]:
        figures, rest = match["figures"], match["rest"]
        times = KOREAN_SCALE.get(rest[-1], 1.0) if figures[-1] == "천" else 1.0  # "8천 오백억"
        larger, smaller = korean(figures) * times, sino(rest)
        smallest = times * KOREAN_SCALE.get(figures[-1], 1e3)
        if smaller is None or smaller >= smallest or (one := _measured(start, end, larger + smaller, unit, make)) is None:
            return None
        one.rule = "korean compound"
        return one
    number = match["number"]
    if "오만" in number and unit == "가지":
        return None  # of all kinds
    mixed = re.fullmatch(r"만\s?(\d)(천?)", number)
    value = 1e4 + int(mixed[1]) * (1e3 if mixed[2] else 1.0) if mixed else sino(number)
    if value is None:
        pair = sino_range(number)
        if pair is None or (len(number) == 2 and unit not in _PAIRED):
            return None
        one = _measured(start, end, pair[0], unit, make)
        if one is not None:
            one.high, one.rule = pair[1] * one.factor, "range"
        return one
    if value < 2:
        return None
    if _UNIT_ALONE.fullmatch(number) and (text.startswith(")", end) or _SCALE_BEFORE.search(text, max(0, start - 18), start)):
        return None
    if len(number) == 1 and (unit != "퍼센트" if number in "일이" else number in "삼사오육칠팔구" and unit not in _WITH_DIGIT):
        return None  # "이 건", "일 년"
    if number in ("백", "천", "만") and (unit not in _WITH_MAGNITUDE or match[0] == "만일"):
        return None
    return _measured(start, end, value, unit, make)


def _measured(start: int, end: int, value: float, word: str, make: type[Found]) -> Found | None:
    """So many of a unit; None where these are years too many for a span of time."""
    factor = 1.0
    if word in _MEASURES:
        unit, factor = _MEASURES[word]
    elif word.startswith("주"):
        unit, factor = "days", 7.0
    elif word == "킬로리터":
        unit, factor = "L", 1e3
    elif word.startswith("퍼센트"):
        unit = "pp" if word.endswith("포인트") else "%"
    else:
        unit = _MONEY.get(word) or _SINO_UNIT.get(word, "count")
    if unit == "years" and value >= 100:
        return None
    large = value >= 1e4
    rule = MEASURED if word in _MEASURES or unit == "L" else "words"
    return make(
        start, end, value * factor, unit, rule, scaled=large, core=(start, end), scale=value if large else 1.0, factor=factor
    )


MEASURED = "measured in words"
"""The rule of a number in words before a unit that can be no other word."""
_BROKEN = frozenset({"퍼센트", "%", "프로", "배", "리터", "킬로리터", "개월", "년"})
"""Units of which there are parts also without a magnitude; "이 점 이 명" is no number."""


def _decimal(match: re.Match[str], make: type[Found]) -> Found | None:
    """``영 점 오 퍼센트``, ``이십삼점칠 배``, ``일점오조 원``."""
    unit, big = match["sinounit"], (match["big"] or "").strip()
    whole = 0.0 if match["whole"] == "영" else sino(match["whole"])
    if whole is None or not (big or unit in _BROKEN or unit in _MEASURES or unit in _MONEY or unit.startswith("퍼센트")):
        return None
    digits = "".join(str("영일이삼사오육칠팔구".find(char.replace("공", "영"))) for char in match["part"] if not char.isspace())
    one = _measured(*match.span(), float(f"{whole:.0f}.{digits}") * KOREAN_SCALE.get(big, 1.0), unit, make)
    if one is not None:
        one.rule = MEASURED
    return one
