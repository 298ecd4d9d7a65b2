"""What a figure measures: the unit, currency or noun behind it, its label before it."""

from __future__ import annotations

import re

from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.headers import unit_word
from salpi.evidence.quantities.nouns import counted
from salpi.evidence.quantities.places import ordinal, top
from salpi.evidence.quantities.units import (
    AFTER,
    CURRENCY_AFTER,
    LITRES,
    MINOR,
    MINOR_AFTER,
    PHYSICAL,
    may_minor,
    may_money,
    physical_after,
)
from salpi.evidence.quantities.won import LEFT_OUT

_UNIT = re.compile(
    r"(?P<gap>\s?)(?:"
    r"(?P<pp>%\s?p(?![a-z])|%\s?포인트|퍼센트\s?포인트|[ -]?percentage[ -]points?|[ -]?per[ -]?cent[ -]points?|pp(?![a-z])|ppts?(?![a-z])|p\.p\.|%-points?|pts?(?![a-z])|%pt|-points?(?=[ ](?:gain|rise|drop|fall|increase|decrease|decline|jump|cut|improvement|swing)))"
    r"|(?P<bp>bps?(?![a-z])|basis points?)"
    r"|(?P<pct>%|[- ]?percent(?![a-z])|[- ]?per cent(?![a-z])|pct(?![a-z])|p\.?c\.?(?![A-Za-z])|PCT(?![A-Za-z])|퍼센트|프로(?=[\s가를,]|$)|percent)"
    r"|(?P<litre>(?:백만\s?|여\s?)?(?:리터|ℓ|㎘|킬로리터)|[kK]?L(?![A-Za-z])|-?(?:kilo)?lit(?:re|er)s?(?![a-z])|kl(?![a-z])|l(?![a-z']))"
    r"|(?P<day>-?(?:(?:business|working|calendar|fewer working|more working)[ -])?days?(?![a-z])|영업일|근무일|일(?=\s?(?:이내|이면|이며|이고|이나|인데|이\s|쯤|정도|가량|입니다|이에|이죠|은|는|씩|째|에|룰|안팎|남짓|면|간|내|로|에서|까지|만에|이상|걸|소요|짜리|이지만|이라|…|[가-힣]{0,3}\s?단축|,|\.|\)|\s|이던|이었|이다|였|의|을|보다|[→~(]|$)))"
    r"|(?P<week>-?weeks?(?![a-z])|주(?:간|일)(?!\s?거래)|주(?=\s?(?:가\s걸|면|짜리|남짓|만에|이내|안에|동안|걸|정도|쯤|투여|뒤|후|[,.)]|\n|$|차\s?투여|로\s(?:줄|단축))))"
    r"|(?P<fortnight>fortnights?)"
    r"|(?P<month>-?months?(?![a-z])|-?mos?(?![a-z])|개월|달(?=[\s을이간,.]|$)(?!러))"
    r"|(?P<year>-?years?(?!-old|[a-z]| old)|-?yrs?(?![a-z])|년(?<=\.\d년)|년(?=\s?(?:간|만|동안|이상|이내|연속|짜리|늘리|에\s(?:나눠|걸쳐)|에서\s\d|앞당|단축|늦|연장|넘|가까|정도|[가-힣]?\s?걸|은|도\s|입니다|이에|에서\s|으로|과\s|째|[\"”’'](?:이|라)|,|\.|\)|\s|이|을|의|내|치|씩|물)))"
    r"|(?P<person>여?\s?명|분(?=\s(?:감사|덕|께|이\s?(?:참|응답|답))|께서)|인(?=[\s,이은을의가.)]|$)(?!\s?(?:당|허|증)))"
    r"|(?P<rank>등(?=[\s,.?!)]|인|이래|은\s|이[었다에고며]|에\s|을\s|으로|일까|$)|위(?!원|안|탁|험|해|생|치|기|성|주|반|장|한|축|협|상|암)|대(?=\s?(?:[가-힣A-Za-z·-]{0,12}\s?){0,2}(?:강국|선진국|대국|허브|수출국|시장|제약사|국가|클러스터로)))"
    r"|(?P<times>배(?!양|터|경|출|당|포|분|송|정|합|수|치|제|상|워|지|란|우|기|럭)|-?fold(?![a-z])|[x×](?!\s?\d|[A-Za-z])|대\s?1(?![\d.,만억조:])(?=[\s로을의이였,.)]|$)|-?times(?=[ ,.)](?!a |per |in a |each |every )|$))"
    r"|(?P<count>여?\s?(?:개(?:사|국|소|사업|사가|품목|기업|기관|부처|제품|업체|병원|대학|과제|공장|지역|도시|시도|社)?(?!월|발|정|선|시|최|편|막|방|인(?!데|지|가|만)|념|설|통|입(?!니다)|혁|년)|건(?!강|물|설|조|전|보|의료|비)|곳|종(?=[\s,의을이은으로.)의]|$)|사(?=[\s,의을이은가와는.)]|$)(?!\s?(?:업|의견))|가지|마리|가구(?![가-힣]{2})|여\s?곳|편(?=[\s,의을이.)])|기(?=[\s,의를가는]|$)|회(?!분|사|의|원|복|계|담|장|수|차|피|로)|차례|개여|품목|社|군데|도[즈스]|바이알|병상|캡슐|회분|명분|인분|갑(?=[\s,.을이의]|$)|표(?=[\s,.를로가의]|$)|주(?=[\s]?(?:를|의|가)\s)|여\s?대(?=[\s,.를의]|$)|대(?=[,의를가]|\s(?:도입|증설|설치|추가|규모|구축|운영|보유)|$)))"
    r")"
)
_CODE_AFTER = re.compile(r"[A-Za-z]{1,3}\d|[A-Za-z]+-[A-Z]{2}|[a-z](?![a-z])\w*\d")
_QUOTED = re.compile(
    r"(?:Nifty|Sensex|KOSPI|KOSDAQ|Kospi|Kosdaq|Nasdaq|NASDAQ|Nikkei|DAX|FTSE|S&P|Hang Seng|Topix|CAC|STOXX|SMI|코스피|코스닥|나스닥|환율|FX)\b[^\n.]{0,60}$"
    r"|\b(?:euro|dollar|won|yen|yuan|pound|franc|rupee|real|krone)s?\b[^\n.;]{0,30}\b(?:traded?|trading|fetched|bought|changed hands|quoted|stood|fixed)(?: at)? $"
    r"|\b(?:dollar|euro|yen|yuan|pound)s? (?:climbed|rose|fell|slipped|weakened|strengthened|jumped|dropped|firmed|eased|surged)[^\n.;$]{0,24} $"
    r"|[A-Z]{3}/$|[A-Z]{3}/[A-Z]{3} ?(?:at )?(?:[A-Z]{3} )?$|(?:달러|유로|엔|위안|루피)\s?(?:당|=|\s)\s?(?:약\s)?$"
    r"|\b(?:exchange rates?|spot rate|closed at|trades? at|at a rate of|at the rate of)[ ][^\n.]{0,24}$"
)
_BODY = re.compile(r"\b(?:committee|board|panel|council|commission|team|jury|task force)\b", re.I)
_LASTS = re.compile(
    r"\s?(?:인데|입니다|이었|이다|이에|로\s?(?:당|짧|줄|단축|앞)|까지\s?(?:내려|줄|단축|짧)|이\s(?:걸|지나|소요|넘)|\((?:근무|영업)일|보다\s(?:빨|짧|길|늦)|로\s?$|,\s[가-힣]{1,6}[은는]\s\d)"
)
_TERM = re.compile(r"기한|기간|심사|처리|소요|걸리|걸렸|평균|단축|승인까지|허가까지|영업일|근무일")
_ANOTHER = re.compile(r"(?<!\d[월일])(?:[가-힣](?:은|는|엔)|\d분기)\s$")
_ENDED = re.compile(r"[.,…](?!\d)|[도은]\s법정")
_LASTED = re.compile(r"걸렸|걸리|걸린|소요|(?:심사|처리|승인)\s?(?:기간|일수)|처리일|임상시험 심사")
"""Around a term that is set beside another: "31일 걸렸습니다. 작년엔 27일." """
_DAY_OF = re.compile(r"(?:\d월|지난|이달|오는|현지시간|이날|당일|내달)\s?$")
_JOBS = re.compile(
    r"(?:일자리|새로 생[긴길] (?:일)?자리|고용)(?:[은는이가를도만]|\s)?\s?(?:['’]?\d{2,4}년(?:까지|에|엔)?\s)?(?:약|모두|최대|총|무려|연간|연)?\s?$"
)
_JOBS_AFTER = re.compile(r"의?\s(?:새\s|양질의\s|신규\s)?일자리")
_RATE_AFTER = re.compile(
    r"\s?(?:=|당\s|/\s?(?:달러|유로|USD|EUR|\$|€)|(?:per|to the|against the) (?:US )?(?:dollar|euro|pound)\b)"
)
_SUFFIX = re.compile(r"(?:st|nd|rd|th)(?![a-z])", re.I)
_FACTOR = re.compile(r"\bfactor of (?:about |nearly |around |over )?$")
_SAMPLE = re.compile(r"\bn\s?=\s?$")
_NAMED_UNIT = re.compile(r"\([^()\n]{1,12}\)\s?[:：]\s?$")
_UNIT_LABEL = re.compile(r"(?:,|\bin)\s(?P<unit>days|months|persons|percent|per cent|%|lit(?:re|er)s|L)\s?:\s?$")
_PER_CURRENCY = re.compile(r"/(?:USD|EUR|KRW|JPY|GBP|CHF|CNY)(?![A-Za-z])")
_EQUATED = re.compile(r"(?<![\d.,])1(?:\.0{1,2})?\s?[A-Za-z]{0,7}\s?=\s?$")
_RANK_ENDS = ("place", "No.", "No", "no.", "umber", "#", "№", "ank", "anked", "anks", "anking")
"""How the words of ``_NO_RANK`` end."""
_NO_RANK = re.compile(
    r"(?:No\.|No|no\.|Number|#|№|\b[Rr]ank(?:ed|s|ing)?|(?:^|\b(?:is|are|was|were|be|being|become|became|remain\w*|stay\w*|still|now|as|at|at present|currently|the|to|from|a|rank\w*|globally|world's)|,)[ ]number|\b(?:occup\w+|tak(?:es?|ing)|took|holds?|held|in|on|to|from|at|now) place)[ ]?$"
)


_UNIT_BEGINS = frozenset("-%퍼pPb프백여리ℓ㎘킬kKLld영근일주wcf달개my년명분인등위대배xX×t건곳종사가마편기회차품社군도바병캡갑표")


def _may_unit(text: str, end: int) -> bool:
    """Whether ``_UNIT`` may match behind a figure: by the character there, past a space."""
    after = text[end : end + 1]
    if after.isspace():
        after = text[end + 1 : end + 2]
    return after in _UNIT_BEGINS or after.isspace()


def _is_percent(text: str, end: int) -> bool:
    """Whether a sign of per cent stands behind a figure that cannot be one of points."""
    if text[end : end + 1] != "%":
        return False
    after = text[end + 1 : end + 2]
    return (text[end + 2 : end + 3] if after.isspace() else after) not in _POINTS_BEGIN


_POINTS_BEGIN = frozenset("p포-")
_GAPS = frozenset(" -")
"""What stands between a figure and a minor coin."""


def read_unit(text: str, one: Found) -> Found | None:
    """Reads the unit after the figure; a currency before it stays."""
    if one.unit is not None:
        if one.scale == 1.0 and _QUOTED.search(text[max(0, one.start - 70) : one.start]):
            return None  # one of a row of market quotations
        if text[one.end : one.end + 1] == "/" and _PER_CURRENCY.match(text, one.end, one.end + 5):
            return None  # an exchange rate
        if one.scale == 1.0 and _is_parity(text, one):
            return None
        after = CURRENCY_AFTER.match(text, one.end) if may_money(text, one.end) else None
        if after is not None and AFTER[after["word"].lower()] == one.unit:
            one.end = after.end()
        elif one.unit == "USD" and text[one.start] == "$" and not text.startswith("$US", one.start):
            _read_land(text, one)
        return one
    end = one.end
    if _is_percent(text, end):
        one.unit, one.end = "%", end + 1
        return one
    after = CURRENCY_AFTER.match(text, end) if may_money(text, end) else None
    if after is not None and not _false_currency(text, after, one):
        if one.scale == 1.0 and abs(one.value) < 5000 and (_is_rate(text, one.start, after.end()) or _is_parity(text, one)):
            return None
        one.unit, one.end = AFTER[after["word"].lower()], after.end()
        return one
    if text[end : end + 1] in _GAPS and may_minor(text, end) and read_minor(text, one):
        return one
    physical = physical_after(text, end)
    if physical is not None:
        one.unit, one.factor = PHYSICAL[physical["word"]]
        one.value, one.end = one.value * one.factor, physical.end()
        return one
    match = _UNIT.match(text, end) if _may_unit(text, end) else None
    if match is not None:
        return _named_unit(text, one, match)
    if one.scaled and one.rule == "korean compound" and text[one.core[0] : one.end].rstrip()[-1] in "조억":
        one.unit, one.rule = "KRW", LEFT_OUT
        return one
    return _bare(text, one)


def read_minor(text: str, one: Found) -> bool:
    """``10 US cents`` in dollars; of each dollar or pound ("27 pence in the pound") they are a share of it. Says whether there are any."""
    part = MINOR_AFTER.match(text, one.end)
    if part is None or one.scaled:
        return False
    one.end = part.end()
    if part["of"]:
        one.unit, one.rule = "%", "part of a whole"
        return True
    one.unit, one.factor = MINOR[part["word"].lower()]
    one.value *= one.factor
    return True


_OF_LAND = re.compile(
    r"[ ]\(?(?:(?P<code>CAD|AUD|NZD|SGD|HKD|TWD|NTD|MXN|CLP|COP|ARS|Cdn|CDN)|(?P<word>(?:(?:Mexican|Chilean|Colombian|Argentine|Uruguayan|Philippine|Dominican)[ ])?pesos|(?P<land>(?:Canadian|Australian)(?=[,.;)]|$|[ ](?:in|to|for|from|and|over|on|of|at|per|a|by|this|last|with|worth)[ ])|(?:Canadian|Australian|New Zealand|Singapore|Hong Kong|(?:New )?Taiwan)(?=[ ]dollars))(?:[ ]dollars)?))(?![A-Za-z])\)?(?![ ]?\d)"
)


def _read_land(text: str, one: Found) -> None:
    """``$5 million CAD``, ``$20 million Canadian``, ``$4,200 million pesos``: the country of a sign stands behind the figure."""
    match = _OF_LAND.match(text, one.end)
    if match is None:
        return
    code = match["code"]
    word = f"{match['land']} dollars" if match["land"] else match["word"]
    one.unit = {"NTD": "TWD", "CDN": "CAD"}.get(code.upper(), code) if code else AFTER[word.lower()]
    one.end = match.end()


def _is_rate(text: str, start: int, end: int) -> bool:
    """Whether a small amount is one side of an exchange rate: ``1달러=1,392원``, ``1,392원/달러``, "the euro traded at 1.08 dollars"."""
    return _RATE_AFTER.match(text, end) is not None or _QUOTED.search(text[max(0, start - 70) : start]) is not None


def _is_parity(text: str, one: Found) -> bool:
    """Whether an amount is a side of an equation of currencies: ``(EUR 1 = USD 1.071)``, ``W1,261 to US$1.00``."""
    if abs(one.value) == 1.0 and (
        re.match(r"\s?(?:=|:|equals)\s?", text[one.end : one.end + 8])
        or re.search(r"\d to $|\bper $", text[max(0, one.start - 5) : one.start])
    ):
        return True
    before = text[max(0, one.start - 16) : one.start]
    return "=" in before and _EQUATED.search(before) is not None


def _false_currency(text: str, after: re.Match[str], one: Found) -> bool:
    word = after["word"]
    if word == "불" and text[after.end() : after.end() + 2] in ("었다", "었습", "었고", "어난", "어났"):
        return True  # the verb: it swelled
    if word == "원" or word == "불":
        return text[after.end() : after.end() + 1] in tuple("격칙자주료균법안산천장래문형전면")
    if word.lower() in ("dong", "lei", "taka", "pound") and not one.scaled:
        return True
    if word == "won":
        return not one.scaled and re.match(r" (?:the|a|an|by)\b", text[after.end() : after.end() + 5]) is not None
    return word in ("$", "€", "£") and text[after.end() : after.end() + 1].isdigit()


def _named_unit(text: str, one: Found, match: re.Match[str]) -> Found | None:
    kind = match.lastgroup or ""
    end = match.end()
    if kind == "gap":
        return _bare(text, one)
    if kind in ("pp", "pct", "litre", "fortnight", "rank", "times"):
        unit = {"pp": "pp", "pct": "%", "litre": "L", "fortnight": "days", "rank": "rank", "times": "x"}[kind]
        if kind == "litre":
            word = match["litre"].lower().lstrip("-")
            if word == "l" and match["gap"] == " " and match["litre"] == "l" and one.value < 1000:
                return _bare(text, one)
            one.factor = (
                1e6
                if word.startswith("백만")
                else LITRES.get(word, 1e3 if word.startswith(("kl", "㎘", "kilo", "킬로")) else 1.0)
            )
        if kind == "fortnight":
            one.factor = 14.0
        one.value *= one.factor
        if unit == "rank" and match["rank"] == "등" and one.value > 200:
            return None  # "and the like" behind a code
        one.unit, one.end = unit, end
        return one
    if kind == "bp":
        one.unit, one.end, one.value, one.factor = "pp", end, one.value / 100, 0.01
        return one
    if kind == "day":
        word = match["day"]
        if word == "일" and not _days_korean(text, one, end):
            return None
        one.unit, one.end = "days", end
        return one
    if kind == "week":
        if match["week"] == "주" and (one.value > 104 or one.scaled):
            one.unit, one.end = "count", end  # shares
            return one
        one.unit, one.end, one.value, one.factor = "days", end, one.value * 7, 7.0
        return one
    if kind in ("month", "year") and one.scale >= 1e5:
        return _bare(text, one)
    if kind in ("month", "year"):
        if kind == "year" and one.value >= 100 and not one.scaled:
            return None
        if (
            kind == "year"
            and match["year"] == "년"
            and one.value > 19
            and not re.match(r"\s?(?:간|만에|동안|이상|연속|걸|이\s?(?:걸|소요|넘))", text[end : end + 4])
        ):
            return None
        if (
            kind == "year"
            and match["year"] == "년"
            and re.match(r"\s?(?:차(?=[\s의인에,.)]|$)|새(?![가-힣]))", text[end : end + 3])
        ):
            return None
        if kind == "year" and re.match(r"[ -](?:[Pp]lan|of [A-Z])", text[end : end + 6]):
            return None
        one.unit, one.end = ("months" if kind == "month" else "years"), end
        return one
    if kind == "person":
        one.unit, one.end = "persons", end
        return one
    if kind == "count":
        word = match["count"]
        one.unit = (
            "persons"
            if word.strip().removeprefix("여").strip() == "개"
            and (_JOBS.search(text[max(0, one.start - 24) : one.start]) or _JOBS_AFTER.match(text, match.end()))
            else "count"
        )
        one.end = (
            end
            if word.strip()[-1:] not in "업관처품체원학제장역시도" or len(word.strip()) < 3
            else match.start("count") + word.index("개") + 1
        )
        if word.strip().startswith("여"):
            one.end = end
        return one
    return _bare(text, one)


def _days_korean(text: str, one: Found, end: int) -> bool:
    """Whether ``22일`` is a span of days: a day of the month is one to 31 and is not said to last."""
    if one.scaled or abs(one.value) > 31 or one.value != int(one.value):
        return True
    after = text[end : end + 8]
    if re.match(
        r"\s?(?:이내|간|짜리|도\s법정|이\s(?:걸|소요|지나면)|을\s(?:더|덜|넘)|넘기|로\s좁|만으로|내(?=[\s에로,.)]|$)|만에|이상|걸|쯤|남짓|안팎|룰|소요|단축|영업|안에|많|적(?!용)|길|짧|늘|줄|빨|빠르|늦|앞당|더\s|덜\s)|면\s|이면|(?:로|까지|에서|을|이던)\s?(?:\S{1,4}\s)?(?:단축|줄|앞당|당기|감축|걸|소요)|에서\s?\d",
        after,
    ):
        return True
    before = text[max(0, one.start - 14) : one.start]
    if (
        _LASTS.match(text, end)
        and not _DAY_OF.search(before)
        and _TERM.search(text, max(0, one.start - 60), min(len(text), end + 24)) is not None
    ):
        return True
    if _ANOTHER.search(before) and _ENDED.match(text, end) and _LASTED.search(text, max(0, one.start - 90), one.start):
        return True
    return (
        re.search(
            r"일에서\s?$|기간[은을이도]?\s(?:\S{0,6}\s)?$|(?:일수|소요일)[는은이가도]?\s(?:\S{0,6}\s)?$|보다\s?$|평균\s?$|영업\s?$|목표\s?$|법정\s?$|기한\s?$|중앙값\s?$|(?:\d일|[나사]흘|닷새|열흘|보름|이틀),\s[가-힣]{1,6}[은는]\s?$|[→~]\s?\d*$|심사[는은]?\s$",
            before,
        )
        is not None
    )


def _bare(text: str, one: Found) -> Found | None:
    """A figure without unit: what it counts, a rank, or nothing yet."""
    before = text[max(0, one.core[0] - 18) : one.core[0]]
    suffix = _SUFFIX.match(text, one.end)
    if suffix is not None:
        return ordinal(text, one.start, suffix.end(), int(one.value), Found)
    if one.value <= 200 and before.rstrip(" \n").endswith(_RANK_ENDS) and _NO_RANK.search(before):
        one.unit, one.rule = "rank", "numbered place"
        return one
    if before.rstrip(" -").endswith(("top", "Top", "TOP", "톱", "상위")):
        return top(text, one.start, one.end, one.value, Found)
    if "actor of " in before and _FACTOR.search(before):
        one.unit, one.rule = "x", "factor"
        return one
    if "=" in before and _SAMPLE.search(before):
        one.unit, one.rule = "persons", "size of a sample"
        return one
    named = _NAMED_UNIT.search(before) if ")" in before else None
    if named is not None and (unit := unit_word(named[0])) is not None:
        one.unit, one.value, one.rule = unit[0], one.value * unit[1], "unit of its label"
        return one
    label = _UNIT_LABEL.search(before) if ":" in before else None
    if label is not None:
        word = label["unit"]
        one.unit = "L" if word[0] in "lL" else "%" if word[0] in "p%" and word != "persons" else word
        one.rule = "unit of its label"
        return one
    if one.scaled and (sized := _SIZE_OF.match(text, one.end)) is not None:
        one.unit, one.rule = "persons" if sized["people"] else "count", "number in a compound"
        return one
    if _CODE_AFTER.match(text, one.end) or (text[one.end : one.end + 1].isalpha() and text[one.end : one.end + 1].isascii()):
        return None
    if _STRONG.match(text, one.end) is not None or (one.value >= 2 and text.startswith(" who ", one.end)):
        one.unit, one.rule = "persons", "number of people"
        return one
    if before.endswith("(") and _READERS.search(text, max(0, one.start - 16), one.start):
        return None  # page furniture
    noun = counted(text, one.end + 1 if text[one.end : one.end + 2] == "+ " else one.end)
    if noun is not None and _GONE_BY.match(text, noun[1]):
        return None  # a point in time
    if noun is not None:
        if text[noun[1] - 7 : noun[1]] == "members" and _BODY.search(text[max(0, one.start - 60) : one.start]):
            noun = ("persons", noun[1])
        _count(one, noun)
    return one


_SIZE_OF = re.compile(r"-(?:(?P<people>person|patient)|dose|vial|unit|tablet|sample|syringe|ampoule)(?![a-z])")
_STRONG = re.compile(r"[ -]strong(?=[ ][a-z]|[.,;:)]|$)")
_READERS = re.compile(r"\b(?:[Cc]omments?|Replies|Reviews|Likes?|Shares?|Reactions|Tweets?|Jobs|[Aa]ttachments?) \($")
_GONE_BY = re.compile(r"[ ]ago(?![a-z])")


def _count(one: Found, noun: tuple[str, int]) -> None:
    kind, one.counted = noun
    one.rule = "counted noun"
    one.unit = kind
    if kind == "decades":
        one.unit, one.value, one.factor = "years", one.value * 10, 10.0
    if kind in ("weeks", "fortnights"):
        one.factor = 7.0 if kind == "weeks" else 14.0
        one.unit, one.value = "days", one.value * one.factor
