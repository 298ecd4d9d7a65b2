"""What a document is called and says of itself, as every ledger can hold it: no zero bytes, no halves of characters, a date that
can be one.
"""

from __future__ import annotations

import re
from datetime import date

YEARS = 1900, 2200
"""A document that says it is of another year says nothing: files have 1601, 0001 and 9999 where nobody set a date."""

_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def written_out(name: str) -> str:
    """The name of a file with the bytes that are not UTF-8 written out: ``b\\xff.txt``."""
    return _HALF.sub(_written, name)


def _written(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def clean(text: str | None) -> str | None:
    """A title or a publisher without control characters and halves of characters; None where nothing is left."""
    return (_CONTROL.sub(" ", text).strip() or None) if text else None


def plausible(day: date | None) -> date | None:
    """A date if a document can be of that day, else None."""
    return day if day is not None and YEARS[0] <= day.year <= YEARS[1] else None
