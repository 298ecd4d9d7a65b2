"""Capitalised runs that may be names no table knows, with the longer forms that they stand for."""

from __future__ import annotations

import re
from collections import Counter

from salpi.evidence.claims.entities import _NOT_ORG as NO_NAME
from salpi.evidence.claims.entities import Entity, without_legal
from salpi.evidence.claims.page import Page
from salpi.evidence.claims.vocabulary import Hit

_WORD = r"(?:[A-Z][\w’'&.-]*\w|[A-Z]|[a-z]?[A-Z][\w-]+)"
_RUN = re.compile(
    rf"(?<![\w@/.-]){_WORD}"
    rf"(?:(?:[ ](?:of|de|du|von|van|del|for|the)(?:[ ]the)?)?[ &-]+(?:&[ ])?(?:{_WORD}|\d{{1,3}}(?![\d,.%])))*"
)
_CALENDAR = frozenset(  # words that begin with a capital and are no names
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ]
)
_PLAIN = NO_NAME | frozenset(
    [
        "from",
        "with",
        "mr",
        "ms",
        "dr",
        "mrs",
        "ceo",
        "cfo",
        "chief",
        "photo",
        "tel",
        "fax",
        "phone",
        "email",
        "contact",
        "phase",
        "plant",
        "usd",
        "krw",
        "eur",
        "won",
        "inc",
        "ltd",
        "co",
        "corp",
        "q1",
        "q2",
        "q3",
        "q4",
        "h1",
        "h2",
        "fy",
        "yoy",
        "after",
        "before",
        "since",
        "until",
        "all",
        "also",
        "among",
        "about",
        "group",
        "board",
        "figure",
    ]
)
_OFFICES = frozenset(["Mr", "Ms", "Mrs", "Dr", "Prof", "Professor", "CEO", "CFO", "Minister", "Senator"])
_PERSON = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Prof|Professor|CEO|CFO|Minister|Senator|President|Chairman|Chairwoman|Director)\.?[ ]$"
    r"|(?:^|\n)[^\w\n]{0,3}(?:Reporting|Written|Interview) by[ ]$"
)
"""What stands before the name of a person."""
_LINKS = frozenset(["of", "the", "&"])
_LOWER = re.compile(r"(?<![A-Za-z])[a-z][a-z-]+")


def canonical(name: str) -> str:
    """A name without its legal suffix; one in capitals as it is usually written."""
    name = without_legal(name)
    if name.isupper() and len(name) > 5 and " " in name:
        name = " ".join(word if len(word) <= 3 else word.capitalize() for word in name.split(" "))
    return name


def runs(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Start, end and words of what may be a name and lies in no stretch of ``taken``."""
    lower: set[str] | None = None
    held = sorted(taken)
    out = []
    at = 0
    for match in _RUN.finditer(text):
        start, words = match.start(), match[0].split(" ")
        byline = words[0] == "By" and text[max(0, start - 1) : start] in ("", "\n")
        if byline or words[0] in _OFFICES or _PERSON.search(text[max(0, start - 20) : start]):
            continue
        while words and (words[0].rstrip(".").lower() in _PLAIN or words[0] in _CALENDAR):
            start += len(words[0]) + 1
            words = words[1:]
        while words and _no_end(words[-1]):
            words = words[:-1]
        name = re.sub(r"['’]s$", "", " ".join(words).strip(" .,'’"))
        if len(name) < 2 or (len(words) == 1 and len(name) < 3):
            continue
        if len(words) == 1:
            lower = set(_LOWER.findall(text)) if lower is None else lower
            if name.lower() in lower:
                continue
        end = start + len(name)
        while at < len(held) and held[at][1] <= start:
            at += 1
        if any(
            (low <= start and end <= high) or (start <= low and high <= end and high - low >= 0.6 * (end - start))
            for low, high in held[at : at + 4]
        ):
            continue
        out.append((start, end, name))
    return out


def _no_end(word: str) -> bool:
    return word.rstrip(".'").lower() in _PLAIN or word.strip(".") in _CALENDAR or word.isdigit() or word in _LINKS


def linked(names: Counter[str]) -> dict[str, str]:
    """Each name → the longest one that begins with it or whose initials it is."""
    longest = sorted(names, key=lambda name: (-len(name), name))
    out = {}
    for name in names:
        out[name] = name
        for full in longest:
            if len(full) <= len(name):
                break
            begins = full.lower().startswith((name.lower() + " ", name.lower() + "-"))
            initials = "".join(word[0] for word in re.split(r"[ -]", full) if word[:1].isupper())
            if begins or (name.isupper() and 2 <= len(name) <= 6 and initials == name):
                out[name] = full
                break
    return out


def unknown(page: Page) -> list[Hit]:
    """The possible names of a page that are in no table, in order; those of a known company under its entity."""
    taken = [(hit.start, hit.end) for hit in page.hits if hit.kind in ("entity", "area")]
    taken += [(mention.start, mention.end) for mention in page.times]
    plain: dict[int, int] = {}
    for hit in page.hits:
        if hit.kind in ("measure", "domain", "block", "cue", "id"):
            plain[hit.start] = max(plain.get(hit.start, 0), hit.end)
    found = [each for each in runs(page.text, taken) if not _of_plain_words(page.text, each[0], each[1], plain)]
    links = linked(Counter(canonical(name) for _, _, name in found))
    known = {hit.value.name.lower(): hit.value for hit in page.hits if hit.kind == "entity" and hit.value.kind == "company"}
    out = []
    for start, end, name in found:
        full = links[canonical(name)]
        out.append(Hit(start, end, "entity", known.get(full.lower()) or Entity(full, "run")))
    return out


def _of_plain_words(text: str, start: int, end: int, plain: dict[int, int]) -> bool:
    """Whether a run is made of the field's plain words alone: "Outlook", "Operating Profit"."""
    at = start
    while at < end:
        until = plain.get(at, 0)
        if not until or until > end:
            return False
        at = until
        while at < end and text[at] in " -'’s&":
            at += 1
    return True
