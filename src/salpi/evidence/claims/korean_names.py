"""Korean names of companies that no table knows, and how they are written in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from salpi.evidence.claims.entities import Entity, without_legal
from salpi.evidence.claims.korean_spelling import SUFFIXES, korean_name, spelled
from salpi.evidence.claims.name_forms import ORGANISATION
from salpi.evidence.standing import each, places

_LONGEST_FIRST = sorted(SUFFIXES, key=len, reverse=True)

_HANGUL_NAME = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>(?:[가-힣]{2,7}|[A-Z]{2,4}[가-힣]{0,5}?)(?:바이오로직스|바이오사이언스|바이오텍|바이오팜|바이오파마|바이오|테라퓨틱스|테라퓨틱|제약|약품|파마|생명과학|사이언스|헬스케어|메디칼|메디컬|로직스|홀딩스|케미칼))"
    r"(?=(?:은|는|이|가|의|과|와|도|에|으로|측|을|를)?(?:[\s,·(:…'’]|$))"
)
_HANGUL_GLOSSED = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{2,12})\s?\((?P<english>[A-Z][A-Za-z0-9&. -]{2,30})\)(?=(?:은|는|이|가|의|과|와|도|에|으로|측)?[\s,·])"
)
_HANGUL_LED = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{2,10})\s?\((?:대표(?:이사)?|사장|회장|코스닥|코스피|종목코드|\d{6})[^()]{0,20}\)"
)
_NO_NAME = frozenset(["국내", "해외", "글로벌", "미국", "중국", "일본", "유럽", "한국", "인도", "세계", "다국적", "대형", "중소", "국산", "토종", "전통", "상위", "주요", "일부", "신생", "벤처", "합성", "바이오", "혁신", "개량", "전문", "일반", "원료", "의", "생물", "동물", "화학", "복제", "케이", "첨단", "스마트", "모바일", "데이터", "인공지능", "재생", "원격", "동네", "개인", "정부", "공공", "민간", "소재", "그린", "레드", "화이트", "디지털", "국가", "차세대", "정밀", "해양"])  # fmt: skip


HANGUL_PRODUCT = re.compile(
    r"(?:치료제|신약|백신|항암제|시밀러|톡신|제제|주사제|의약품|복합제|진통제|수면제|독감백신|제품|브랜드)(?:인)?\s?['‘\"“](?P<name>[가-힣A-Za-z]{2,10}(?:정|주)?)(?:\([^()]{1,30}\))?['’\"”]"
)


_TRADE = re.compile("바이오|테라퓨틱|제약|약품|파마|생명과학|사이언스|헬스케어|메디칼|메디컬|로직스|홀딩스|케미칼")


def _run_start(text: str, at: int) -> int:
    """Where the run of letters begins in which a place lies; no further back than a name is long."""
    stop = max(0, at - 16)
    while at > stop and _is_letter(text[at - 1]):
        at -= 1
    return at


def _is_letter(char: str) -> bool:
    return "가" <= char <= "힣" or (char.isascii() and char.isalpha())


def korean_companies(text: str) -> Iterator[tuple[int, int, Entity]]:
    """Korean names of companies that no table knows: by the word for a trade at their end, an English gloss, a chief executive."""
    glossed = sorted({_run_start(text, at - text[at - 1 : at].isspace()) for at in places(text, "(")})
    traded = sorted({_run_start(text, trade.start()) for trade in _TRADE.finditer(text)})
    for pattern, starts in ((_HANGUL_GLOSSED, glossed), (_HANGUL_LED, glossed), (_HANGUL_NAME, traded)):
        for match in each(pattern, text, starts):
            name = match["name"]
            stem = name
            for suffix in _LONGEST_FIRST:
                if name.endswith(suffix):
                    stem = name[: -len(suffix)]
                    break
            if not stem or stem in _NO_NAME or stem.endswith("의") or (pattern is _HANGUL_NAME and len(stem) < 2):
                continue
            if pattern is _HANGUL_GLOSSED:
                english = match["english"].strip()
                if (english.isupper() and len(english) <= 5) or not ORGANISATION.match(english + " "):
                    continue  # an abbreviation, a molecule, an agency
                yield match.start("name"), match.end("name"), Entity(without_legal(english), "company")
            else:
                yield match.start("name"), match.end("name"), Entity(korean_name(name), "company", "")
