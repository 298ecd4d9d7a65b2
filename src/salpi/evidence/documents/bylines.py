"""The paper or agency of a text by its reporter's dateline, by a line of its name and a day, or by its note of copyright."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from salpi.evidence.documents.days import days, short_days
from salpi.evidence.documents.head import head
from salpi.evidence.documents.organisations import key, known

_REPORTER = r"(?:기자|특파원|통신원|논설위원|전문위원)"
_NAMED = re.compile(rf"[가-힣]{{2,4}}\s?(?:선임|객원|수습|인턴|의학전문|전문)?\s?{_REPORTER}")
_PRESS = re.compile(
    r"(?:뉴스|신문|일보|타임[즈스]|경제|데일리|투데이|저널|미디어|방송|통신|헤럴드|매거진|포스트|프레스|와이어|메디|팜|TV|비즈|리뷰|타임스)"
)
_PRESS_END = re.compile(r"(?:뉴스|신문|일보|타임[즈스]|데일리|투데이|저널|헤럴드|매거진|포스트|프레스|미디어|와이어|TV)$")
_ABOUT_OFFICE = re.compile(
    r"기사|기자|출입|인용|따르면|관련|공동|합동|자료\s?[:：]|출처|\b(?:source|data|joint|according)\b", re.IGNORECASE
)
"""What a line holds that names an office and is no letterhead of it."""
_CREDIT = re.compile(r"(?:사진|자료|제공|출처|이미지|그래픽|표|영상|편집|글|번역|정리|취재)$")
_EQUAL = re.compile(
    r"^[(\[【<〈]\s*(?P<left>[^=)\]】>〉\n]{1,24}?)\s*=\s*(?P<right>[^)\]】>〉\n]{2,30}?)\s*[)\]】>〉](?P<rest>[^\n]{0,24})",
    re.MULTILINE,
)
_SPACE = re.compile(
    rf"^[(\[【<〈]\s*(?P<left>[^=\s/)\]】>〉\n]{{2,15}})[\s/|]+[가-힣]{{2,4}}\s?(?:선임|객원|인턴|의학전문|전문)?\s?{_REPORTER}\s*[)\]】>〉]",
    re.MULTILINE,
)
_BARE = re.compile(r"^\[(?P<left>[^\]\n=]{2,15})\](?=\s*\S)", re.MULTILINE)
_WIRE = re.compile(
    r"^(?P<place>[A-Z][A-Za-z .'-]{2,30}(?:,\s(?:[A-Z][A-Za-z .]{2,20},\s)?)?(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s(?:19|20)\d\d)?)?)\s*"
    r"\((?P<who>[A-Z][\w .&'-]{1,30})\)\s*(?:--|[-–—,])",
    re.MULTILINE,
)
_ENGLISH_PRESS = re.compile(
    r"\b(?:News|Wire|Press|Report|Times|Post|Monitor|Daily|Agency|Herald|Journal|Gazette|Tribune|Newswires?)$"
)
_COPYRIGHT = re.compile(
    r"(?:저작권자|copyrights?|\(c\)|[ⓒ©])[\s()ⓒ©c:：]*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?[.,]?\s*)?(?:by\s)?(?P<who>[^\s,.|()ⓒ©<>][^,.|()ⓒ©<>\n]{1,40}?)"
    r"\s*(?:[.,|(>]|무단|all rights|$)",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"저작권자|무단\s?(?:전재|복제|배포)|all rights reserved", re.IGNORECASE)
_HOUR = re.compile(r"\(?[월화수목금토일]요?일?\)|(?:오전|오후)?\s?\d{1,2}:\d\d(?::\d\d)?")
OPENING = 12
"""Lines among which a reporter's dateline stands."""


def by_dateline(text: str) -> str | None:
    """Of a digest with several, none."""
    opening = "\n".join(line.said for line in head(text)[:OPENING])
    first = next(_datelines(opening), None)
    if first is None:
        return _by_dated_line(text)
    return first if len({known(name) or key(name) for name in _datelines(text[:100_000])}) == 1 else None


def _datelines(text: str) -> Iterator[str]:
    found: list[tuple[int, str]] = []
    for match in _EQUAL.finditer(text):
        if who := _of_two(match["left"].strip(), match["right"].strip(), match["rest"]):
            found.append((match.start(), who))
    for match in _SPACE.finditer(text):
        if _is_press(match["left"]):
            found.append((match.start(), match["left"]))
    for match in _BARE.finditer(text):
        if (who_ := known(match["left"])) is not None and who_.kind == "press":
            found.append((match.start(), match["left"]))
    for match in _WIRE.finditer(text):
        who_ = known(match["who"])
        if who_.kind == "press" if who_ is not None else _ENGLISH_PRESS.search(match["who"]) and " " in match["who"]:
            found.append((match.start(), match["who"]))
    return iter([name for _, name in sorted(found)])


def _of_two(left: str, right: str, rest: str) -> str | None:
    """Which side of ``place=agency`` or ``paper=reporter`` is the publisher."""
    if _CREDIT.search(left):
        return None
    if _NAMED.fullmatch(right):
        name = re.split(r"[·ㆍ/]", left)[0].strip()
        return name if _is_press(name) else None
    if _is_press(left):
        return left if known(right) is None and re.fullmatch("[가-힣]{2,4}", right) else None
    reported = re.match(rf"\s*(?:{_NAMED.pattern}|[가-힣]{{2,4}}\s*=)", rest) is not None
    return right if _is_press(right) and " " not in right.strip() and (reported or known(right)) else None


def _is_press(name: str) -> bool:
    who = known(name)
    if who is not None:
        return who.kind == "press"
    found = _PRESS.search(name)
    return found is not None and found[0] != name and _CREDIT.search(name) is None


def _by_dated_line(text: str) -> str | None:
    """A paper or an office by a line of the head that holds its name, a day and at most a reporter."""
    for line in head(text)[:4]:
        found = min((*days(line.said), *short_days(line.said)), key=lambda day: day.start, default=None)
        if found is None or len(line.said) > 90:
            continue
        sides = _HOUR.sub("", line.said[: found.start]), _HOUR.sub("", line.said[found.end :])
        parts = [part.strip(" ()[].,'’") for side in sides for part in re.split(r"\s*[|/·]\s+|\s+[|/·–—-]\s*|\s{2,}", side)]
        names = [name for part in parts if (name := _placed(part) if "=" in part else part) and _stands_alone(name, line.said)]
        if len(names) == 1:
            return names[0]
    return None


def _placed(part: str) -> str:
    """The agency in ``place=agency reporter``."""
    right = part.rpartition("=")[2].strip(" ()[]")
    name = right.split()[0] if right and _NAMED.fullmatch(right.partition(" ")[2].strip()) else right
    return name if _is_press(name) else ""


def _stands_alone(part: str, line: str) -> bool:
    who = known(part)
    if who is not None:
        named = len(part) > 3 or not part.isascii()
        return named and (who.kind == "press" or (who.kind == "agency" and _ABOUT_OFFICE.search(line) is None))
    if f"={part}" in re.sub(r"\s*=\s*", "=", line):
        return " " not in part and _is_press(part)
    return " " not in part and 4 <= len(part) <= 15 and _PRESS_END.search(part) is not None


def by_copyright(text: str) -> str | None:
    """Whose rights the foot reserves."""
    names: dict[object, str] = {}
    for line in [line.strip() for line in text[-3_000:].splitlines() if line.strip()][-12:]:
        line = html.unescape(line)
        if _RESERVED.search(line) is None or re.search(r"사진|\b(?:photo|image|caption)", line, re.IGNORECASE):
            continue
        found = _COPYRIGHT.search(line)
        name = re.sub(r"\s(?:19|20)\d\d$", "", found["who"].strip(" '\"‘’")) if found else ""
        if (
            len(name) >= 2
            and re.search("[A-Za-z가-힣]", name)
            and not re.search(r"^(?:all rights|무단)|(?:팀|기자|편집부)$", name, re.IGNORECASE)
        ):
            names.setdefault(known(name) or key(name), name)
    return next(iter(names.values())) if len(names) == 1 else None
