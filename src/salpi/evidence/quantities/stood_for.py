"""Korean numerals that stand for what they count: "직원은 서른둘이다", "허가는 2030년까지 셋", "순위로는 여섯째"."""

from __future__ import annotations

import re

from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.nearby import Nearby

_AGE = re.compile(r"나이[가는은도]?\s(?:\S{1,4}\s)?$|연령[이은]?\s$")
_LIST = re.compile(r"(?:^|[\n.!?])\s*$")
_TOGETHER = re.compile(
    r"을\s?(?:\S{1,5}\s)?(?:더[하한해]|합[치한하해]|합쳐|모[으은두]|놓|곱|묶|비교|견주|다\s)|이\s(?:함께|같이|서로|손)|의\s(?:차이|합|골)|은\s(?:서로|같|다르)"
)
"""Behind a small numeral that takes up those that were named: "둘을 합치면", "둘이 함께"."""
_THESE = re.compile(
    r"(?:(?<![가-힣])[이그저]|이들|(?:[A-Za-z가-힣]{2,},|[A-Za-z가-힣]{2,}[와과])\s[A-Za-z가-힣]{2,}(?<![은는이가도만로서에고까터의])|다른)\s$"
)
"""Before such a numeral: "이 둘", "머크, 다나허 넷"."""
_NAMED = re.compile(
    r"(?P<people>(?<=[\d일이삼사오육칠팔구십백천만\s])명|사람|직원|인력|일하는\s(?:사람|분|이)|연구원|박사|환자|심사관|심사원|심사역|참가자|참여자|임직원|식구|인원|의사|학생|졸업생|종사자|아이|교수|약사"
    r"|전문가|(?<=\s)이(?:는|가|들)(?=[\s은이가의])|수료생|위원|봉사자|동의자|동료|담당자|입학생|신입)"
    r"|(?:(?<=[\d\s한두세네섯곱덟홉열])(?:개|건|곳|종|품목)|회사|업체|기업|공장|의약품|치료제|시밀러|후보|클러스터|임상|나라|허가|승인|제품|블록버스터|배양기|제약사|병원|단지|계약|신약|특허"
    r"|물질|벤처|기관|대학|국가|센터|연구소|과제|고객|협력사|백신|신청|상장)"
)
_YEARS_OLD = re.compile(r"\s?살")
_ITEM = re.compile(r"(?:^|\n)\s*(?:\*\*)?$")
_REACH = 140


def unit_stood_for(text: str, start: int, end: int, value: int, make: type[Found]) -> Found | None:
    """A numeral without a counter: people where these were named last before it, years where it is an age, else things."""
    before = text[max(0, start - 40) : start]
    if _AGE.search(before):
        return make(start, end, float(value), "years", "age in words", core=(start, end))
    if value == 1 or _YEARS_OLD.match(text, end) is not None or (_ITEM.search(before) and text[end : end + 1] == "."):
        return None
    if value < 10 and (
        (_LIST.search(before) and (text[end : end + 1] in ".,)")) or _TOGETHER.match(text, end) or _THESE.search(before)
    ):
        return None
    unit = "count"
    for named in _NAMED.finditer(text, max(0, start - _REACH), start):
        unit = "persons" if named["people"] else "count"
    return make(start, end, float(value), unit, "numeral for what it counts", counted=end, core=(start, end))


_GOES_ON = re.compile(
    r"(?:이다|인데|이고|이며|입니다|예요|이에요|이었|으로|로\s|이\s|을\s|은\s|에\s|이나|[,.)](?!\d)|\s(?:안팎|남짓|정도|이상|·))"
)


def korean_sum(text: str, one: Found, near: Nearby) -> bool:
    """Tens of thousands without a counter: people or things as they were named in the sentence: "일하는 분이 6만2천인데"."""
    if one.rule != "korean compound" or _GOES_ON.match(text, one.end) is None:
        return False
    named = next(reversed([*_NAMED.finditer(text, max(near.start, one.start - 60), one.start)]), None)
    if named is None or any(other.start > named.start() for other in near.same):
        return False
    if near.money and not named["people"]:
        return False
    one.unit, one.rule = "persons" if named["people"] else "count", "numeral for what it counts"
    return True
