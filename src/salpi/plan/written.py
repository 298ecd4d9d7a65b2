"""Numbers as people write them where a plan wants plain digits: what they would be, and what to write."""

from __future__ import annotations

import re

_COMMAS = re.compile(r"[+-]?\d{1,3}(?:[,' \u00a0\u202f]\d{3})+(?:\.\d+)?")
_EITHER = re.compile(r"[+-]?\d{1,3},\d{3}")
_POINTS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL = re.compile(r"[+-]?\d+,\d+")
_WORD = re.compile(r"([+-]?\d+(?:\.\d+)?) ?(thousand|million|billion|trillion|[kmb]n?|tn)", re.IGNORECASE)
_SCALE = {"t": 10**3, "k": 10**3, "m": 10**6, "b": 10**9}
_REST = re.compile(r"[+-]?\d+(?:\.\d+)? ?[^\d\s,.;'].*")


def plainly(text: str) -> tuple[str, str] | None:
    """What a number must be without, and what to do about it; None where the text is no number that people write."""
    text = text.strip()
    if _COMMAS.fullmatch(text):
        digits = re.sub(r"[^0-9.+-]", "", text)
        either = f", or {text.replace(',', '.')} if the comma is a decimal one" if _EITHER.fullmatch(text) else ""
        return "a number without separators", f"write {digits}{either}"
    if _POINTS.fullmatch(text):
        return "a number without separators", f"write {text.replace('.', '').replace(',', '.')}"
    if _DECIMAL.fullmatch(text):
        return "a number with a decimal point", f"write {text.replace(',', '.')}"
    if (word := _WORD.fullmatch(text)) is not None:
        name = word[2].lower()
        scale = 10**12 if name in ("trillion", "tn") else _SCALE[name[0]]
        return "a number in digits", f"write {float(word[1]) * scale:.15g}"
    if _REST.fullmatch(text):
        return "a number alone", "its unit stands in `unit`"
    return None
