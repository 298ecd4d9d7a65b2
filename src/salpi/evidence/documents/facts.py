"""What a document says of itself: title, publisher, date. Found by stated rules, absent where none applies.

A date counts where a cue stands before it ("Published", "입력", "Date:"), where a line of the head or foot, or a part of it
between strokes, holds little else than a date, or where a dateline opens the text ("SEOUL, Oct. 31, 2024"). A date in a running
sentence is no publication date.
"""

from __future__ import annotations

import re
from datetime import date

HEAD_LINES, FOOT_LINES = 12, 6
"""Lines in which a document speaks of itself."""
_MONTHS = {
    name: at
    for at, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
_YEAR = r"((?:19|20)\d\d)"
_DATE = re.compile(
    rf"(?<![\d.]){_YEAR}\s?(?:[-./]|년)\s?(\d{{1,2}})\s?(?:[-./]|월)\s?(\d{{1,2}})(?!\d)(?:\s?일|\.)?"
    rf"|\b{_MONTH}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)"
    rf"|(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\.?,?\s+{_YEAR}(?!\d)"
    rf"|(?<![\d.])(\d{{1,2}})[-./](\d{{1,2}})[-./]{_YEAR}(?!\d)",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?:\b(?:published|posted|released?|release date|date|updated|issued)\b"
    r"|입력|승인|등록|발행|배포|보도일시|게재|작성일|일자|날짜)"
    r"[\s:：|]*(?:on|at|일시|일자|일|시간)?[\s:：|]*$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^\s*(?:\*\*)?(title|publisher|source|date|published|제목|출처|발행처|발행|보도기관|배포처|날짜|일자|보도일시)(?:\*\*)?\s*[:：]\s*(.+?)\s*$",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"[가-힣]다[.…]?$|까지|부터|이후|예정|기한|만료|납입일|기준|현재"
    r"|\b(?:by|until|from|since|ends?|ending|ended|expires?|due|will|was|were|is|through|as of)\b",
    re.IGNORECASE,
)
"""What a line holds beside its date where it tells of that day, and was not written on it."""
_KEYS = {
    "title": "title",
    "제목": "title",
    "publisher": "publisher",
    "발행처": "publisher",
    "보도기관": "publisher",
    "배포처": "publisher",
}
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_LETTERS = re.compile(r"[A-Za-z\uac00-\ud7a3]+")
_LETTER = re.compile(r"[A-Za-z\uac00-\ud7a3]")
LITTLE_ELSE = 40
"""Characters beside the date in a line that is a date line: a time, a place, an author."""
HEADLINE_WORDS = 4
"""The first line of so many words is a headline; shorter ones before it are a masthead or a menu."""
KOREAN_SHARE = 0.2
"""Of the letters; a Korean syllable says as much as two to three Latin letters."""


def language(text: str) -> str:
    """``ko`` where at least a fifth of the letters are Hangul, else ``en``."""
    if text.isascii():
        return "en"
    sample = text[:200_000]
    letters = sum(map(len, _LETTERS.findall(sample)))
    return "ko" if letters and sum(map(len, _HANGUL.findall(sample))) >= KOREAN_SHARE * letters else "en"


def first_date(text: str) -> date | None:
    """The first whole date in a text, or None."""
    for found in _DATE.finditer(text):
        at = _date(found)
        if at is not None:
            return at
    return None


def _date(found: re.Match[str]) -> date | None:
    y, m, d, month, day, year, day2, month2, year2, one, two, year3 = found.groups()
    try:
        if one:  # 24-07-2023 can only be read one way, 04-07-2023 in two: then it is no date
            day_, month_ = sorted((int(one), int(two)), reverse=True)
            return date(int(year3), month_, day_) if day_ > 12 or one == two else None
        if y:
            return date(int(y), int(m), int(d))
        if month:
            return date(int(year), _MONTHS[month[:3].lower()], int(day))
        return date(int(year2), _MONTHS[month2[:3].lower()], int(day2))
    except ValueError:
        return None


def published(text: str) -> date | None:
    """The date on which a document says it was published (see above); the first rule that applies decides."""
    lines = [line.strip()[:400] for line in text[:20_000].splitlines() if line.strip()]
    foot = [line.strip()[:400] for line in text[-4_000:].splitlines() if line.strip()][-FOOT_LINES:]
    head = lines[:HEAD_LINES]
    for line in (*head, *foot):
        for found in _DATE.finditer(line):
            if _CUE.search(line[: found.start()]) and (at := _date(found)):
                return at
    for line in (*head, *foot):
        for part in re.split(r"\s+[/|·–—-]+\s+", line):
            found_ = _DATE.search(part)
            if found_ is None or len(part) - len(found_[0]) > LITTLE_ELSE:
                continue
            if _RUNNING.search(part[: found_.start()] + part[found_.end() :]) is None and (at := _date(found_)):
                return at
    for line in head:
        opening = re.match(r"^[(\[]?[A-Z][A-Za-z .\-]{1,30},\s+", line)
        found_ = _DATE.match(line, opening.end()) if opening else None
        if found_ and (at := _date(found_)):
            return at
    return None


def fields(text: str) -> dict[str, str]:
    """``title`` and ``publisher`` from ``Key: value`` lines of the head (front matter, a release's header). A ``Source:`` is whom
    a document credits, no publisher of it.
    """
    out: dict[str, str] = {}
    for line in text[:8_000].splitlines()[:HEAD_LINES]:
        found = _FIELD.match(line)
        key = _KEYS.get(found[1].lower()) if found else None
        if found and key:
            out.setdefault(key, found[2].strip("\"' *")[:300])
    return out


def title(text: str) -> str | None:
    """A field ``Title:``, a Markdown heading, or else the first line of four words, or else the first that holds letters."""
    named = fields(text).get("title")
    if named:
        return named
    lines = [line.strip() for line in text[:8_000].splitlines() if line.strip()][:HEAD_LINES]
    for line in lines:
        if re.match(r"#{1,3}\s+\S", line):
            return line.lstrip("#").strip()[:300]
    first = None
    for line in lines:
        if len(line) <= 300 and len(_LETTER.findall(line)) >= 4 and not _FIELD.match(line):
            if len(line.split()) >= HEADLINE_WORDS:
                return line
            first = first or line
    return first
