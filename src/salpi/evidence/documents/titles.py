"""The title of a document: its own field, a heading, or the line of its head that is no letterhead, form, menu or byline."""

from __future__ import annotations

import re

from salpi.evidence.documents.head import Line, head, is_release, is_subtitle, letterhead, letters
from salpi.evidence.documents.organisations import key, known

TITLE = 300
WORDS, WORDS_KOREAN = 4, 3
"""The first line of so many words is a headline; shorter ones before it are a masthead or a menu."""
_HANGUL = re.compile("[가-힣]")
_LETTER = re.compile(r"[A-Za-z가-힣]")
_FILE = re.compile(
    r"(?:Microsoft (?:Word|PowerPoint) - .*|[^\s_]+_\S*|.*\.(?:hwpx?|docx?|pptx?|xlsx?|pdf|indd|ai|html?|txt))", re.IGNORECASE
)
_EMPTY = re.compile(
    r"(?:제목\s?없음|무제|untitled(?:\s?document)?|document\s?\d*|slide\s?\d+|슬라이드\s?\d+|powerpoint (?:프레젠테이션|presentation)|새 문서|빈 문서\s?\d*"
    r"|home|index|notice|news|뉴스|공지사항|알림|소식|상세(?:보기)?|보기|기사\s?본문|본문|뷰|view|보도자료\s?(?:상세(?:보기)?|보기|목록)|press releases?|newsroom|뉴스룸)",
    re.IGNORECASE,
)
_BARS = re.compile(r"\s+[|<>–—-]+\s+|\s*[|<>]\s*|\s::\s")


def title(text: str) -> str | None:
    """The title that a text carries in its head."""
    lines = head(text)
    for line in lines[:12]:
        found = re.match(r"#{1,3}\s+(\S.*)", line.said)
        if found and not says_nothing(found[1]):
            return found[1].strip()[:TITLE]
    return _headline(lines)


def says_nothing(name: str, publisher: str | None = None) -> bool:
    """Whether a title only says what a document is, or whose."""
    bare = name.strip(" []<>|·-–—")
    if not _LETTER.search(bare) or _FILE.fullmatch(bare) or _EMPTY.fullmatch(bare) or letterhead(bare) is not None:
        return True
    return known(bare) is not None or (publisher is not None and key(bare) == key(publisher))


def without_site(name: str, publisher: str | None) -> tuple[str, str | None]:
    """A page's title without the name of its site at the end, and that name where it is the publisher's or a known one."""
    cut = [*_BARS.finditer(name)]
    for bar in reversed(cut):
        last = name[bar.end() :].strip()
        who = known(re.sub(r"\s*\([^()]*\)$", "", last))
        if (publisher and key(last).startswith(key(publisher)) and key(publisher)) or (who and who.kind in ("agency", "press")):
            return _sections(name[: bar.start()]).strip(), re.sub(r"\s*\([^()]*\)$", "", last)
    return name, None


def _sections(name: str) -> str:
    """``Headline < Industry < Article`` without the way to it."""
    return re.split(r"\s<\s", name)[0]


def _headline(lines: tuple[Line, ...]) -> str | None:
    said = [line for line in _told(lines) if len(line.said) <= TITLE and len(_LETTER.findall(line.said)) >= 4]
    body = next((at for at, line in enumerate(said) if line.role == "body"), len(said))
    plain = [line for at, line in enumerate(said[:body]) if line.role == "text" and not (at and is_subtitle(line.said))]
    for line in plain:
        if len(line.said.split()) >= (WORDS_KOREAN if _HANGUL.search(line.said) else WORDS):
            return line.said
    if plain:
        return plain[0].said
    if said and said[0] is lines[0] and said[0].role in ("date", "byline") and letters(said[0].said) >= 2:
        return said[0].said
    for roles in (("date", "byline"), ("body", "item", "text"), ("name", "kind", "menu", "form")):
        if found := next((line.said for line in said if line.role in roles and letters(line.said) >= 4), None):
            return found
    return None


def _told(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Of a release with a form, what stands between the form and the text: a slogan may stand before it."""
    body = next((at for at, line in enumerate(lines) if line.role == "body"), len(lines))
    first = next((at for at, line in enumerate(lines[:4]) if line.role == "kind"), None)
    if first is None or not is_release(lines):
        return lines
    last = -1
    texts = 0
    for at, line in enumerate(lines[:body]):
        texts += line.role == "text" and at > first
        if line.role == "form" and texts <= 1 and not line.said.isascii():
            last = at
    rest = lines[last + 1 : body]
    told = next((line.role for line in rest if line.role in ("text", "item")), None)
    return (*rest, *lines[body:]) if told == "text" else lines
