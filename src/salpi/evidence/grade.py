"""How far a document's source is trusted: never on the document's own word.

The grade comes from the publisher that the user names, else from the host that the document was read from, where the plan has
sources of it. A publisher that only the document itself names gives it that name, and the grade of an unknown source.
"""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from salpi.evidence.reconcile.known import Known
from salpi.plan.model import Plan
from salpi.plan.schema import Grade


def graded(known: Known, publisher: str | None, host: str | None, other: Grade) -> tuple[Grade, str]:
    """Quality and kind of a source, by the publisher that was given, else by the host; ``other`` is an unknown one's quality."""
    found = known.grade(publisher) if publisher is not None else by_host(known.plan, host) if host else None
    return found or (other, "press")


def host_of(url: str | None) -> str | None:
    """The host of an address."""
    return _host(url) or None if url else None


def by_host(plan: Plan, host: str) -> tuple[Grade, str] | None:
    """The lowest quality that the plan gives sources of a host, and their most frequent kind; None where it has none."""
    name = _host(f"//{host}")
    rows = [source for source in plan.sources.values() if source.url and _host(source.url) == name]
    if not name or not rows:
        return None
    kinds = Counter(source.kind for source in rows)
    return max(source.quality for source in rows), max(sorted(kinds), key=lambda kind: kinds[kind])


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
