"""Currencies that share a name: dollars, crowns and dinars of several countries."""

from __future__ import annotations

import re

from salpi.evidence.quantities.found import Found

_DOLLARS = frozenset({"USD", "AUD", "CAD", "SGD", "HKD", "TWD", "NZD"})


def settle_dollars(text: str, found: list[Found]) -> bool:
    """Where a text declares its own dollars ("A$1.2bn"), a bare "$" after that means its own; whether it does."""
    local: str | None = None
    changed = False
    for one in found:
        if one.unit not in _DOLLARS:
            continue
        lead = text[one.start : one.start + 4]
        if local is None and lead[0] == "$":
            return False  # the plain sign came first: it is the American one
        if one.unit != "USD":
            local = one.unit if local in (None, one.unit) else ""
        elif local and lead[0] == "$":
            one.unit, changed = local, True
    return changed


_NAMESAKES = {"crowns": ("DKK", "SEK", "NOK", "CZK", "ISK"), "dinars": ("JOD", "KWD", "BHD", "TND", "RSD")}
_LANDS = {
    "DKK": r"\b(?:Danish|Denmark|Copenhagen)\b",
    "SEK": r"\b(?:Swedish|Sweden|Stockholm)\b",
    "NOK": r"\b(?:Norwegian|Norway|Oslo)\b",
    "CZK": r"\b(?:Czech\w*|Prague)\b",
    "ISK": r"\b(?:Iceland\w*|Reykjav\w+)\b",
    "JOD": r"\b(?:Jordan\w*|Amman)\b",
    "KWD": r"\bKuwait\w*\b",
    "BHD": r"\bBahrain\w*\b",
    "TND": r"\b(?:Tunisia\w*|Tunis)\b",
    "RSD": r"\b(?:Serbia\w*|Belgrade)\b",
}


def settle_namesakes(text: str, found: list[Found]) -> bool:
    """Crowns and dinars are those of the country whose money the text names beside them; of no country they are no amount.

    Says whether there were any.
    """
    changed = False
    for name, codes in _NAMESAKES.items():
        mine = [at for at, one in enumerate(found) if one.unit == name]
        if not mine:
            continue
        changed = True
        known = [at for at, one in enumerate(found) if one.unit in codes]
        named = {code: len(re.findall(word, text)) for code, word in _LANDS.items() if code in codes}
        home = max(named, key=lambda code: named[code]) if any(named.values()) else None
        for at in mine:
            earlier = [other for other in known if other < at]
            found[at].unit = found[earlier[-1] if earlier else known[0]].unit if known else home
    return changed
