"""What a page's head says of it: title, publisher, date, by its meta tags, its linked data (JSON-LD) and its headings."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from salpi.evidence.documents.days import first_date
from salpi.evidence.documents.publisher import named
from salpi.evidence.documents.titles import says_nothing, without_site

READ = 500_000
"""Characters of a page in which its facts are looked for."""
DEEP = 6
"""Linked data is looked into so far."""
SCRIPTS = 20
"""So many pieces of linked data are read."""
_ATTRIBUTE = re.compile(r"([a-zA-Z:_-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TITLES = ("og:title", "twitter:title", "title", "dc.title")
_PUBLISHERS = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "article:publisher", "application-name")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "pubdate",
    "publishdate",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
)
_LINKED = re.compile(r"<script\b[^>]{0,300}application/ld\+json[^>]{0,300}>", re.IGNORECASE)
_HEADING = re.compile(r"<h([1-3])\b[^>]{0,500}>((?:[^<]|<(?!/?h[1-6]\b)){1,1000})</h\1\s*>", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,500}>")
_CARRIED = re.compile(r"(?P<who>[^|]{2,40}?)\s*\|\s*(?:네이버|다음|naver|daum)\b.*", re.IGNORECASE)
"""As portals name whose text they show."""


@dataclass(frozen=True)
class PageFacts:
    """What is not said is None."""

    title: str | None
    publisher: str | None
    published: date | None


def page_facts(text: str, regions: Sequence[tuple[int, int]]) -> PageFacts:
    """The facts of a page; headings count where they stand in its article."""
    text = text[:READ]
    metas = _metas(text)
    linked = list(_linked(text))
    publisher = next((name for said in _publishers(metas, linked) if (name := named(said))), None)
    title: str | None = None
    for said in (*(metas.get(name) for name in _TITLES), _title(text), *_headings(text, regions)):
        if not said:
            continue
        bare, site = without_site(said, publisher)
        publisher = publisher or named(site)
        if bare and not says_nothing(bare, publisher):
            title = bare[:300]
            break
    return PageFacts(title, publisher, _published(text, metas))


def _metas(text: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for found in re.finditer(r"<meta\b([^>]{1,2000})>", text, re.IGNORECASE):
        pairs = {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(found[1])}
        name = (pairs.get("property") or pairs.get("name") or pairs.get("itemprop") or "").lower()
        if name and pairs.get("content", "").strip():
            out.setdefault(name, " ".join(pairs["content"].split())[:300])
    return out


def _publishers(metas: dict[str, str], linked: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Names that a page gives its publisher: the paper whose text a portal shows, then its own."""
    if (found := _CARRIED.fullmatch(metas.get("og:article:author", ""))) is not None:
        yield found["who"]
    for one in linked:
        said = one.get("publisher")
        said = said[0] if isinstance(said, list) and said else said
        name = said.get("name") if isinstance(said, dict) else said
        if isinstance(name, str):
            yield " ".join(html.unescape(name).split())
    yield from (metas[name] for name in _PUBLISHERS if name in metas)
    if (rights := metas.get("copyright")) and len(rights) <= 60:
        yield rights


def _linked(text: str) -> Iterator[dict[str, Any]]:
    for found in islice(_LINKED.finditer(text), SCRIPTS):
        end = text.find("</", found.end())
        while end >= 0 and text[end + 2 : end + 8].lower() != "script":
            end = text.find("</", end + 2)
        try:
            data = json.loads(text[found.end() : end])
        except (ValueError, RecursionError):
            continue
        yield from _objects(data, DEEP)


def _objects(data: Any, deep: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict) and deep:
        yield data
        yield from _objects(data.get("@graph"), deep - 1)
    elif isinstance(data, list) and deep:
        for one in data[:50]:
            yield from _objects(one, deep - 1)


def _title(text: str) -> str | None:
    found = re.search(r"<title[^>]{0,500}>([^<]{1,2000})", text, re.IGNORECASE)
    return " ".join(html.unescape(found[1]).split())[:300] or None if found else None


def _headings(text: str, regions: Sequence[tuple[int, int]]) -> Iterator[str]:
    for found in _HEADING.finditer(text):
        if any(start < found.end() and found.start() < end for start, end in regions):
            yield " ".join(html.unescape(_TAGS.sub(" ", found[2])).split())[:300]


def _published(text: str, metas: dict[str, str]) -> date | None:
    stated = next((metas[name] for name in _DATES if name in metas), None)
    if stated and (at := first_date(stated)):
        return at
    for found in re.finditer(r"\"datePublished\"\s*:\s*(\"[^\"\n]{8,40}\")", text):
        try:
            if at := first_date(json.loads(found[1])):
                return at
        except ValueError:
            continue
    timed = re.search(r"<time\b[^>]{0,500}\bdatetime\s*=\s*[\"']([^\"']{8,40})", text, re.IGNORECASE)
    return first_date(timed[1]) if timed else None
