"""Korean names of companies that no table knows, and how they are written in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from salpi.evidence.claims.entities import Entity, country_words, without_legal
from salpi.evidence.claims.korean_spelling import LONGEST_FIRST, borrowed, korean_name
from salpi.evidence.claims.name_forms import ORGANISATION
from salpi.evidence.occurrences import each, places

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
_GLOSS = re.compile(r"\((?:(?<=[가-힣]\()|(?<=[가-힣]\s\())(?:[A-Z]|대표|사장|회장|코스닥|코스피|종목코드|\d{6})")
"""The bracket of the two before, with what it begins with."""
_NO_NAME = frozenset(["국내", "해외", "글로벌", "미국", "중국", "일본", "유럽", "한국", "인도", "세계", "다국적", "대형", "중소", "국산", "토종", "전통", "상위", "주요", "일부", "신생", "벤처", "합성", "바이오", "혁신", "개량", "전문", "일반", "원료", "의", "생물", "동물", "화학", "복제", "케이", "첨단", "스마트", "모바일", "데이터", "인공지능", "재생", "원격", "동네", "개인", "정부", "공공", "민간", "소재", "그린", "레드", "화이트", "디지털", "국가", "의약", "차세대", "정밀", "해양"])  # fmt: skip


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


_KINDS = ("기업", "업체", "회사", "제약사", "개발사", "제조사", "바이오텍", "벤처", "스타트업", "경쟁사", "계열사", "관계사", "생산사", "수탁사", "협력사", "파트너사", "고객사", "CDMO", "CMO", "CRO")  # fmt: skip
_OFFICE = re.compile(" (?:대표|회장|사장|부사장|최고경영자|연구소장|CEO)")
_APPOSED = re.compile(rf"(?:{'|'.join(_KINDS)})(?:인|이자)? [‘']?(?P<name>[가-힣]{{2,12}})(?: (?P<later>[가-힣]{{3,12}}))?")
"""A company told by its kind: 백신 기업 가온백스는, 경쟁사인 영국 웨스트필드도."""
_OFFICED = re.compile(
    r"(?<![가-힣])(?P<name>[가-힣]{3,12}) (?=(?:대표|대표이사|회장|사장|부사장|최고경영자|연구소장|CEO)(?:은|는|이|가|의|와|과|도)?[\s,\"“(]|$)"
)
"""A company told by who leads it: 노바스틴 대표."""
_PARTICLE = re.compile(
    r"(?<=[가-힣]{2})(?:이라는|라는|에서는|에서|에게|에는|까지|부터|보다|이다|으로|은|는|이|가|도|의|와|과|을|를|에|로|다)$"
)
PARTICLES = "(?:은|는|이|가|의|과|와|도|에|에서|에게|으로|로|측|을|를|만|보다|에는|에서는|까지|부터|마저|로부터|이다|라는)"
"""What Korean writes to a name without a blank; what is cut off one whose end nothing else tells is ``_PARTICLE``, which is stricter."""
_ENDS = re.compile(f"{PARTICLES}?(?![가-힣A-Za-z])")
"""What may follow a name."""
_LOANS = re.compile(
    "투자|이니셔티브|가이던스|시밀러|컨소시엄|프로젝트|플랫폼|파트너|파이프라인|클러스터|포트폴리오|트렌드|프리미엄|스타트업|리스트|인센티브|인프라|네트워크|시스템|서비스|센터|그룹|펀드|테마|단지|의약품|치료제|백신|신약|협회|공장|허브|모델|마케팅|컨설팅|매니저|디렉터|라이선스|로열티|코스닥|코스피|스톡|리더|트랙|스마트|글로벌|기술|산업|기업|업체|제약사|바이오벤처|테스트|프로그램|데이터|오픈|키트|브랜드|캠퍼스|그린바이오|레드바이오"
)
"""Borrowed words that are common ones."""


def _told(text: str) -> Iterator[tuple[int, int, str]]:
    """Names of companies that are told by their kind or their chief, borrowed words as such names mostly are."""
    for match in _APPOSED.finditer(text):
        yield from _borrowed_name(
            match, "later" if match["later"] and match["name"].removesuffix("의") in country_words() else "name"
        )
    for match in each(_OFFICED, text, sorted({_run_start(text, office.start()) for office in _OFFICE.finditer(text)})):
        yield from _borrowed_name(match, "name")


def _borrowed_name(match: re.Match[str], group: str) -> Iterator[tuple[int, int, str]]:
    """A name without its particle, if it is a borrowed word that is no common one."""
    name = _PARTICLE.sub("", match[group])
    if len(name) > 2 and borrowed(name) and not _LOANS.search(name):
        yield match.start(group), match.start(group) + len(name), name


def _again(text: str, found: list[tuple[int, int, Entity]]) -> Iterator[tuple[int, int, Entity]]:
    """The other places of the names that were recognised somewhere."""
    names = {text[start:end]: entity for start, end, entity in found if end - start > 2}
    if not names or len(names) > _MOST_NAMES:
        return
    taken = {start for start, _, _ in found}
    for name, entity in sorted(names.items(), key=lambda item: -len(item[0])):
        for start in places(text, name):
            end = start + len(name)
            if start not in taken and not (start and _is_letter(text[start - 1])) and _ENDS.match(text, end):
                taken.add(start)
                yield start, end, entity


_MOST_NAMES = 40
"""A text with more names than this is a list of them."""


def korean_companies(text: str) -> Iterator[tuple[int, int, Entity]]:
    """Korean names of companies that no table knows, each wherever it stands."""
    found = list(_named(text))
    seen = {start for start, _, _ in found}
    for start, end, name in _told(text):
        if start not in seen:
            found.append((start, end, Entity(korean_name(name), "company", sounded=True)))
    yield from found
    yield from _again(text, found)


def _named(text: str) -> Iterator[tuple[int, int, Entity]]:
    """Korean names of companies that no table knows: by the word for a trade at their end, an English gloss, a chief executive."""
    glossed = sorted({_run_start(text, gloss.start() - text[gloss.start() - 1].isspace()) for gloss in _GLOSS.finditer(text)})
    traded = sorted({_run_start(text, trade.start()) for trade in _TRADE.finditer(text)})
    for pattern, starts in ((_HANGUL_GLOSSED, glossed), (_HANGUL_LED, glossed), (_HANGUL_NAME, traded)):
        for match in each(pattern, text, starts):
            name = match["name"]
            stem = name
            for suffix in LONGEST_FIRST:
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
                yield match.start("name"), match.end("name"), Entity(korean_name(name), "company", sounded=True)
