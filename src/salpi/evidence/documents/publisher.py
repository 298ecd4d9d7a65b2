"""Who published a document, as far as its text says so beyond doubt; where two may be meant, nobody.

In order: a field, a reporter's dateline, a letterhead, the office that a release asks to be called, the company that a release is
about, a note of copyright. Whom a text credits or quotes is no publisher of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from salpi.evidence.documents.bylines import by_copyright, by_dateline
from salpi.evidence.documents.head import Line, head, is_release, letterhead, undated
from salpi.evidence.documents.organisations import key, known, office, spelled

LONGEST = 80
_JOINT = re.compile(r"관계부처\s?합동|정부\s?합동|관계기관\s?합동")
_SHARED = re.compile(
    r"공동|합동|[가-힣]\s?[·ㆍ,&]\s?[가-힣]|[가-힣][와과]\s|\sand\s(?:the\s)?(?:Ministry|Department)|\bjoint\b", re.IGNORECASE
)
"""A letterhead of several: it is nobody's alone."""
_SEVERAL = re.compile(r"[·ㆍ,&/]|공동|합동|\s및\s|\sand\s|[가-힣][와과]\s")
_NOBODY = re.compile(
    r"정부|합동|관계부처|공동|오늘|금일|주요|최근|기업|회사|당사|즉시|배포|정책|언론|관련|해외|국내|일일|주간|월간|긴급|참고|첨부|붙임|별첨"
    r"|이|본|the|our|joint|official|corporate|company|latest|earnings|financial|draft|all|more|related|recent|today",
    re.IGNORECASE,
)
"""Words that stand before "Press release" and are no name."""
_GENERIC = re.compile(r"n/?a|none|unknown|없음|미상|관리자|admin(?:istrator)?|편집부|운영자", re.IGNORECASE)
_ADDRESS = re.compile(r"://|^www\.|@|^/|^\d+$")
_OFFICE = re.compile(
    r"[가-힣]+(?:부|처|청|원|회|단|공단|공사|재단|협회|센터|은행|대학교?|시|도|군|구|그룹|병원|연구소|약품|제약)$"
)
_ASK = re.compile(r"[\s<(\[※■□○·*-]*(?:담당\s?부서|소관\s?부서|담당\s?자|담당|문의\s?처?)(?=[\s:：|\t(]|$)")
_LED = re.compile(
    r"([가-힣A-Za-z0-9·&]{2,20})\((?:부총리|장관|처장|청장|원장|위원장|이사장|회장|단장|대표(?:이사)?|사장|총장|병원장|시장|도지사)[\s·:]?[^()]{0,24}\)"
)
_ABOUT = re.compile(r"^#{0,4}\s*\**About ((?!the\b|this\b|our\b|us\b)[A-Z][\w&.'’ -]{1,48}?)\**:?\s*$", re.MULTILINE)
_WIRED = re.compile(
    r"/(?:PRNewswire|PR Newswire)[^/]*/|\((?:GLOBE NEWSWIRE|BUSINESS WIRE)\)|--\(BUSINESS WIRE\)--", re.IGNORECASE
)


def publisher(text: str) -> str | None:
    """The name as the text writes it, or None."""
    lines = head(text)
    if any(line.role == "kind" and _SHARED.search(undated(line.plain)) for line in lines[:8]):
        return by_dateline(text)
    return (
        by_dateline(text) or _by_letterhead(lines) or _by_contacts(text, lines) or _by_company(text, lines) or by_copyright(text)
    )


def named(name: str | None) -> str | None:
    """A name that metadata or a field give, if it is one: no address, no portal, no wire; without notes of copyright."""
    if not name or len(name) > 4 * LONGEST:
        return None
    name = " ".join(name.split())
    name = re.sub(r"^(?:copyright|\(c\)|[ⓒ©]|저작권자?)[\s\d()cⓒ©,.:–-]*", "", name.strip(), flags=re.IGNORECASE)
    name = re.sub(r"[.,]?\s*(?:all rights? reserved|무단\s?전재.*)\.?$", "", name, flags=re.IGNORECASE).strip(" \"'*|,;")
    name = _office_of(name)
    who = known(name)
    if not 2 <= len(name) <= LONGEST or _ADDRESS.search(name) or _GENERIC.fullmatch(name) or not key(name):
        return None
    return None if who is not None and who.kind in ("wire", "portal") else name


def _office_of(name: str) -> str:
    """``Office Division (phone)`` as the office, where that is a known one."""
    name = re.sub(r"\s*\(?\d{2,4}-\d{3,4}-\d{4}.*$", "", name)
    first, _, rest = name.partition(" ")
    who = known(first)
    return (
        first
        if rest and who is not None and who.kind == "agency" and re.search(r"(?:과|국|실|단|팀|센터|관|담당관)$", rest)
        else name
    )


def _one(names: Iterable[str]) -> str | None:
    """The only one that is meant; organisations of several names count once."""
    found: dict[object, str] = {}
    for name in names:
        found.setdefault(known(name) or key(name), name)
    return spelled(next(iter(found.values()))) if len(found) == 1 else None


def _by_letterhead(lines: tuple[Line, ...]) -> str | None:
    if any(_JOINT.fullmatch(line.plain) for line in lines[:12]):
        return "관계부처 합동"
    beside = [who for line in lines[:8] if line.role != "menu" and (who := _beside_kind(line.plain))]
    if beside:
        return _one(beside)
    release = is_release(lines)
    text = next((at for at, line in enumerate(lines) if line.role in ("text", "body")), len(lines))
    dated = {at + side for at, line in enumerate(lines[:12]) if line.role == "date" for side in (-1, 1)}
    alone = [who for at, line in enumerate(lines[:12]) if (who := _alone(line, release, at < text or at in dated))]
    return _one(alone) if alone else _over_kind(lines)


def _over_kind(lines: tuple[Line, ...]) -> str | None:
    """A company's name in the first line, with nothing but "Press release" under it."""
    if len(lines) < 2 or lines[0].role != "text" or letterhead(lines[1].plain) != "":
        return None
    name = lines[0].plain
    return (
        name
        if re.fullmatch(r"[가-힣A-Za-z&]{2,15}", name) and re.search("[가-힣]", name) and not _NOBODY.fullmatch(name)
        else None
    )


def _beside_kind(line: str) -> str | None:
    who = letterhead(line) or ""
    who = office(who) or who
    if not who or _NOBODY.fullmatch(who) or letterhead(who) is not None or re.search(r"\brelease$", who, re.IGNORECASE):
        return None
    if known(who) is not None:
        return named(who)
    if _SEVERAL.search(who) or any(_NOBODY.fullmatch(word) for word in who.split()) or re.search(r"\d|[\"“'‘<「(]", who):
        return None
    words = who.split()
    if re.search("[가-힣]", who):
        return who if len(words) == 1 or (len(words) <= 3 and _OFFICE.search(who)) else None
    apart = re.search(r"[|\t:：/–—-]", line) is not None and len(words) == 1
    return (
        who
        if not apart and len(words) <= 6 and all(word[:1].isupper() or word in ("of", "and", "for", "the") for word in words)
        else None
    )


def _alone(line: Line, release: bool, top: bool) -> str | None:
    """A line that is a known name and nothing else; an office's under a headline may be whom the text is about where no day stands
    beside it, and short forms of three letters are too many things.
    """
    bare = office(line.plain)
    who = known(bare) if bare else None
    if bare is None or who is None:
        return bare if release else None
    if who.kind not in ("agency", "press") or (who.kind == "agency" and not (release or top)):
        return None
    return bare if len(bare) > 3 or not bare.isascii() else None


def _by_contacts(text: str, lines: tuple[Line, ...]) -> str | None:
    """Of a release: the office in the rows that say whom to ask, or the one whose head is named after it."""
    if not is_release(lines):
        return None
    rows = [line.strip() for line in (*text[:8_000].splitlines()[:60], *text[-4_000:].splitlines()[-60:]) if line.strip()]
    asked: list[str] = []
    leading: list[str] = []
    for at, row in enumerate(rows):
        if found := _ASK.match(row):
            cells = [row[found.end() :], *(rows[at + 1 : at + 2] if found.end() == len(row) else ())]
            offices = [word for cell in cells for word in re.split(r"[\s:：|\t<>(),]+", cell) if _is_agency(word)]
            asked += offices
            leading += offices if "총괄" in row else ()
    if asked:
        return _one(leading) or _one(asked)
    return _one(found[1] for found in _LED.finditer(text[:3_000]) if _is_agency(found[1]) or _OFFICE.search(found[1]))


def _is_agency(word: str) -> bool:
    who = known(word) if len(word) > 2 else None
    return who is not None and who.kind == "agency"


def _by_company(text: str, lines: tuple[Line, ...]) -> str | None:
    """Of a release: the one company that it describes at its end and names in its head."""
    said = " ".join(line.said for line in lines[:8])
    if not (any(line.role == "kind" for line in lines[:4]) or _WIRED.search(said)):
        return None
    about = {found[1].strip() for found in _ABOUT.finditer(text[-20_000:])}
    names = [name for name in about if name.casefold() in said.casefold()]
    return names[0] if len(about) == 1 and names else None
