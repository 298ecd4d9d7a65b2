"""The lines of a document's head and what each is: a letterhead, a row of a form, a menu, a byline, or what the text says."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from salpi.evidence.documents.days import days, short_days
from salpi.evidence.documents.organisations import office

HEAD_LINES = 30
Role = Literal["kind", "form", "menu", "byline", "date", "name", "page", "item", "body", "text"]

KIND = (
    r"(?:보도\s?(?:참고|설명|해명)?\s?자료|(?:정책\s?)?(?:설명|해명|참고)\s?자료|언론\s?보도\s?자료|이슈\s?브리핑|이슈\s?페이퍼"
    r"|(?:press|news|media)\s(?:release|statement))"
)
"""What a document is called that an office or a company hands to the press."""
_OWN_KIND = r"(?:보도\s?(?:참고|설명|해명)?\s?자료|언론\s?보도\s?자료|이슈\s?브리핑|(?:press|news|media)\s(?:release|statement))"
"""The same, where the name of an office may stand beside it."""
_KIND_ALONE = re.compile(rf"[\s\[(<【■▣]*(?:{KIND}|for immediate release)[\s\])>】]*(?:\([^()]{2, 30}\))?", re.IGNORECASE)
_NOTICE = re.compile(r"(?P<who>[가-힣]{2,15})\s(?:공고|고시|훈령|예규)\s?제\s?\d{4}\s?-\s?\d+\s?호")
"""An office's notice, by its number."""
_SPACED = re.compile(r"(?<![가-힣])[가-힣](?:[ \u3000]{1,3}[가-힣])+(?![가-힣])")
_FORM = re.compile(
    r"[\s<(\[※■□○◦ㅇ·*-]*(?:"
    r"(?:보도\s?(?:시점|일시|일자)|배포\s?(?:일시|일자|시점|일)|담당\s?(?:부서|자|과)|책임\s?자|문의\s?처?|연락\s?처|기자\s?명|조회\s?수?|글자\s?크기"
    r"|작성\s?자|작성\s?일자?|등록\s?일자?|게시\s?일|공표\s?일|발행\s?일자?|발행\s?날짜|최종\s?수정|매\s?수|엠바고|첨부\s?파일?|비\s?고|주\s?관|수\s?신|발\s?신|참\s?조)"
    r"(?=[\s:：|\t(]|$|\d)"
    r"|(?:배포|입력|수정|승인|등록|송고|발행|게재|기사입력|댓글|공유|사진|담당|출처|자료|온라인|지면|조간|석간)\)?(?:\s*[:：|\t]|\s*['’]?\d|$|\s즉시)"
    r"|총\s?\d+\s?[매쪽]|(?:date|contacts?|embargo(?:ed)?|tel|e-?mail|media contact|for immediate release|for more information|division|published|posted|updated|released|source|category"
    r"|share|tags?|reading time)\b\s*(?:[:：|]|until\b|on\b|$|(?=\d|[a-z]{3,9}\.? \d))"
    r")",
    re.IGNORECASE,
)
_ASKED = re.compile(r"보도(?:하여|해)\s?주시기|보도\s?가능|보도할 수 있|배포 즉시 보도|즉시\s?보도|\s(?:담당자|책임자)\s")
_SECTION = re.compile(
    r"홈|home|뉴스|news|전체메뉴|전체기사|메뉴|menu|로그인|회원가입|구독|구독신청|검색|search|본문바로가기|바로가기|정책|제약|바이오|병원|의원|유통"
    r"|약국|약사|한의약|의료기기|정치|경제|사회|문화|국제|글로벌|it|과학|산업|증권|금융|부동산|연예|스포츠|오피니언|칼럼|사설|인터뷰"
    r"|포토|영상|지역|전국|학술|개원가|기획|특집|라이프|생활|건강|의료|보건|행정|단체|인사|부고|피플|people|login|sign|in"
    r"|subscribe|markets|health|biotech|pharma|about|contact|topics|알림|소식|공지|공지사항|보도자료|알림소식|정책자료|참여마당|기관소개|share|print|font|size|facebook"
    r"|twitter|공유|인쇄|목록|이전|다음"
)
"""Words of menus."""
_BREAD = re.compile(r"(?:홈|home)\s*[>›»]", re.IGNORECASE)
_STROKES = re.compile(r"\s*[|·>›»/\t]\s*|\s+")
_REPORTER = r"(?:기자|특파원|통신원|논설위원|전문위원|인턴기자)"
_BYLINE = re.compile(
    rf"(?:기자명\s*)?(?:[가-힣A-Za-z]{{1,12}}\s?=\s?)?[가-힣]{{2,4}}\s?(?:선임|객원|수습|인턴|의학전문|전문)?\s?{_REPORTER}(?![가-힣])[^.]{{0,60}}"
    rf"|.{{0,50}}\s[가-힣]{{2,4}}\s?{_REPORTER}(?:\s*[(\[]?\S*@\S*)?|by\s(?-i:[A-Z])[^.!?]{{2,70}}",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    rf"[(\[【<〈][^)\]】>〉\n]{{1,40}}(?:=[^)\]】>〉\n]{{2,30}}|[\s/][가-힣]{{2,4}}\s?{_REPORTER})[)\]】>〉]"
    r"|[A-Z][A-Za-z .,'-]{2,40}(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s(?:19|20)\d\d)?)?\s*(?:\([A-Z][^():]{1,30}\)|/[A-Z][\w -]{3,24}/)\s*(?:--|[-–—])"
)
_RUNNING = re.compile(r"[가-힣](?:다|요|까)[.…][\"”’)]?$|.{80,}[가-힣]다$|[a-z)%][.]\s+[A-Z].*[.]$")
_BULLET = re.compile(r"[□○◦ㅇ▶▷◆◇■●•ㅁ]\s")
_JOINT = re.compile(r"(?:관계부처|정부|관계기관)\s?합동")
_POINT = re.compile(r"\(?(?:\d{1,2}|[가-힣])[.)]\s")
_SUBTITLE = re.compile(r"[-–—<(]\s?.*[-–—>)]|[-–—]\s?\S.*")
_MEETING = re.compile(r"제\s?\d+\s?(?:차|회)\s.{2,30}(?:회의|위원회|간담회)|\((?:공개|비공개|대외주의)\)")
_HANGUL = re.compile("[가-힣]")
_LETTER = re.compile(r"[A-Za-z가-힣]")
_TAGS = re.compile(r"<[!/a-zA-Z][^<>]*>")
_PLACED = re.compile(r"[(\[]?[A-ZÀ-Þ][\w.'-]+(?:[ ,/]{1,3}[A-ZÀ-Þ][\w.'-]+){0,4}(?:,\s+|\s[–—-]+\s)?")
_CRUMBS = re.compile(r"[^|>›»]{1,25}(?:\s*[>›»]\s*[^|>›»]{1,25})+")
_CRUMBS_KOREAN = re.compile(r"[가-힣A-Za-z·&]{2,10}(?:\s*[|>›»]\s*[가-힣A-Za-z·&]{2,10})+")
_TIME = re.compile(r"(?:오전|오후)|\d{1,2}:\d\d(?::\d\d)?|\(?[월화수목금토일]\)|[월화수목금토일]요일|조간|석간|부터|이후")
_LONG = 120
_HEADLINE = 5
_LITTLE = 8
_SECTIONS = 0.6
"""A line is a menu where so large a share of its words are words of menus."""


@dataclass(frozen=True)
class Line:
    """A line of the head; ``plain`` has Korean words that are spaced letter by letter closed up."""

    said: str
    plain: str
    role: Role


def head(text: str) -> tuple[Line, ...]:
    """The first lines that are not empty, with what each is."""
    return _head(text[:8_000])


@lru_cache(maxsize=64)
def _head(text: str) -> tuple[Line, ...]:
    out: list[Line] = []
    for raw in text.splitlines():
        said = raw.strip().strip("\ufeff").strip()
        if said[:1] == "<":
            said = html.unescape(_TAGS.sub("", said)).strip()
        if said and said != "---":
            plain = closed(said)
            out.append(Line(said, plain, _role(plain, first=not out)))
            if len(out) == HEAD_LINES:
                break
    return tuple(out)


def closed(line: str) -> str:
    """``보 도 자 료`` as ``보도자료``."""
    return _SPACED.sub(lambda found: re.sub(r"\s", "", found[0]), line)


def is_release(lines: tuple[Line, ...]) -> bool:
    """Whether a head is that of a release: it says so, or says when it may be printed."""
    return any(line.role == "kind" or re.match(r"보도\s?(?:시점|일시)", line.plain) for line in lines[:12])


def _role(line: str, first: bool) -> Role:
    if len(_LETTER.findall(line)) < 2 or _MEETING.fullmatch(line):
        return "date" if any(days(line)) or any(short_days(line)) else "page"
    if _FORM.match(line) or (_ASKED.search(line) and len(line) <= _LONG):
        return "form"
    if len(line) > 2 * _LONG:
        return "body"
    if found := _BRACKETED.match(line):
        rest = line[found.end() :]
        if len(line) > _LONG or _RUNNING.search(line):
            return "body"
        told = len(rest.split()) >= 3 and (first or found[0][0] in "([【<〈")
        return "text" if told and not _is_date(rest) and not _BYLINE.fullmatch(rest.strip()) else "byline"
    if _BREAD.match(line) or _is_menu(line) or _is_way(line):
        return "menu"
    if letterhead(line) is not None:
        return "kind"
    if _JOINT.match(line) and len(line) <= 24:
        return "name"
    if len(line) <= 90 and office(line) is not None:
        return "name"
    if len(line) <= _LONG and not _RUNNING.search(line):
        if _BYLINE.fullmatch(line):
            return "byline"
        if _is_date(line) or (not first and _has_dated_part(line)):
            return "date"
    if _RUNNING.search(line):
        return "body"
    return "item" if not first and (_BULLET.match(line) or is_point(line)) else "text"


def letterhead(line: str) -> str | None:
    """What stands beside "Press release" in a letterhead, the empty text where nothing does; None for a line that is none."""
    if _KIND_ALONE.fullmatch(line):
        return ""
    if found := _NOTICE.fullmatch(line):
        return found["who"]
    bare = undated(line.strip("[]<>【】■▣ "))
    found = re.fullmatch(rf"(?P<who>[^|\t:：>›»/]{{2,60}}?)\s*[|\t:：/–—-]?\s*{_OWN_KIND}", bare, re.IGNORECASE)
    found = found or re.fullmatch(rf"{_OWN_KIND}\s*[|\t:：–—/-]\s*(?P<who>[^|\t:：]{{2,40}})", bare, re.IGNORECASE)
    if found:
        who = found["who"].strip(" []<>|")
        words = who.split()
        return None if re.search(r"\d", who) or len(words) > (3 if _HANGUL.search(who) else 7) else who
    return "" if _KIND_ALONE.fullmatch(bare.strip(" |/·,–—-")) else None


def undated(line: str) -> str:
    """A line without the day and what follows it: ``Office press release / 2025. 3. 20. / Contact: ...``."""
    found = min((*days(line), *short_days(line)), key=lambda day: day.start, default=None)
    return line[: found.start].rstrip(" \t|/·,–—(['’") if found else line


def _is_menu(line: str) -> bool:
    words = [word for word in _STROKES.split(line.casefold()) if word]
    if not words or _KIND_ALONE.fullmatch(line):
        return False
    return sum(_SECTION.fullmatch(word) is not None for word in words) >= _SECTIONS * len(words)


def _is_way(line: str) -> bool:
    """Whether a line is the way to a page: ``Paper > Section``, ``Paper | Section``."""
    return (
        len(line) <= 60
        and "<" not in line
        and (_CRUMBS.fullmatch(line) or _CRUMBS_KOREAN.fullmatch(line)) is not None
        and letterhead(line) is None
    )


def _is_date(line: str) -> bool:
    """Whether a line holds little but a day."""
    rest = line
    for day in sorted((*days(line), *short_days(line)), key=lambda day: -day.start):
        rest = rest[: day.start] + rest[day.end :]
    placed = _PLACED.match(line)
    return rest != line and (
        len(_LETTER.findall(_TIME.sub("", rest))) < _LITTLE or (placed is not None and placed[0].strip() == rest.strip(" ."))
    )


def _has_dated_part(line: str) -> bool:
    """Whether a short line is of parts between strokes, one of them a day: ``Office | 2022. 5. 17. | morning papers``."""
    parts = re.split(r"\s*[|/·•]\s+|\s+[|/·•–—-]\s*", line)
    rest = [part for part in parts if not _is_date(part)]
    return len(line) <= 80 and len(rest) < len(parts) > 1 and all(len(part.split()) < _HEADLINE for part in rest)


def letters(line: str) -> int:
    """The letters of a line beside its days."""
    for day in sorted((*days(line), *short_days(line)), key=lambda day: -day.start):
        line = line[: day.start] + line[day.end :]
    return len(_LETTER.findall(line))


def is_point(line: str) -> bool:
    """A numbered point: ``1. ...``, ``가. ...``."""
    return _POINT.match(line) is not None


def is_subtitle(line: str) -> bool:
    """A line between dashes or brackets, under a headline."""
    return _SUBTITLE.fullmatch(line) is not None
