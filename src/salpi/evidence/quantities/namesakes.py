"""Currencies that share a name: dollars, crowns and dinars of several countries."""

from __future__ import annotations

import re

from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.units import BEFORE

_DOLLARS = frozenset({"USD", "AUD", "CAD", "SGD", "HKD", "TWD", "NZD"})


_BARE_AT_HOME = frozenset({"AUD", "CAD", "NZD", "SGD"})
"""Dollars that are written with a bare sign at home; Hong Kong and Taiwan write HK$ and NT$ throughout."""
_SAID = re.compile(
    r"\b(?:in|are|means?|=)[ ](?P<land>Australian|Canadian|New Zealand|Singapore|Hong Kong|New Taiwan)[ ]dollars\b", re.I
)
_OF_LAND = {
    "australian": "AUD",
    "canadian": "CAD",
    "new zealand": "NZD",
    "singapore": "SGD",
    "hong kong": "HKD",
    "new taiwan": "TWD",
}
_ALL_SUMS = re.compile(r"\b(?:all|dollars?|amounts?|figures?|sums?|values?|prices?)\b[^.\n]{0,40}$", re.I)


_AMERICAN = re.compile(r"US ?\$|USD|\$US|U\.S\. ?\$|\b(?:U\.S\.|US|American) dollars?\b")
_ALL_IN = re.compile(
    r"\b[Aa]ll(?: (?:figures|amounts|sums|values|prices|money))?(?: (?:is|are))?(?: in)? (?P<sign>AU?\$|CA?\$|NZ\$|S\$)(?![\d\s])"
)
_LOCAL = (" A$", " AU$", " C$", " CA$", " NZ$", " S$")
"""How what ``_ALL_IN`` finds ends."""
_LISTED = re.compile(r"\((?P<exchange>ASX|NZX|TSX|SGX):\s?[A-Z0-9]{2,5}\)")
_EXCHANGES = {"ASX": "AUD", "NZX": "NZD", "TSX": "CAD", "SGX": "SGD"}


def _declared(text: str) -> str | None:
    """The dollars in which a text says that its amounts are stated ("All amounts are in Australian dollars", "all A$"), or those of
    the one exchange on which its companies are listed, where it names no American ones.
    """
    if any(map(text.__contains__, _LOCAL)) and (all_in := _ALL_IN.search(text)) is not None:
        return BEFORE[all_in["sign"]]
    if (
        (listed := {match["exchange"] for match in _LISTED.finditer(text)})
        and len(listed) == 1
        and _AMERICAN.search(text) is None
    ):
        return _EXCHANGES[listed.pop()]
    if "ollars" not in text:
        return None
    for match in _SAID.finditer(text):
        if _ALL_SUMS.search(text[max(0, match.start() - 60) : match.start()]):
            return _OF_LAND[match["land"].lower()]
    return None


_AT_HOME = {
    "CAD": re.compile(r"\b(?:Canad(?:a|ian)s?|Ottawa|Ontario|Qu[eé]bec|Toronto|Montr[eé]al|Vancouver|Mississauga|Calgary)\b"),
    "SGD": re.compile(r"\bSingapore(?:ans?)?\b"),
    "AUD": re.compile(r"\b(?:Australians?|Australia|Canberra|Melbourne|Sydney|Queensland|Brisbane|Adelaide)\b"),
    "NZD": re.compile(r"\b(?:New Zealand(?:ers?)?|Wellington|Auckland|Kiwis?)\b"),
}
_STATE = re.compile(
    r"\b(?:Government of (?:Canada|Singapore|Australia|New Zealand)|(?:Canadian|Australian|New Zealand|Commonwealth|[Ff]ederal) (?:[Gg]overnment|budget|funds|purse|funding)|the Republic['’]s|Singaporeans|(?:Ottawa|Canberra|Wellington) (?:has|will|is|plans|spends|gives|pays))"
)
_STATE_WORDS = (
    "Canad",
    "Ottawa",
    "Singapore",
    "Austral",
    "Canberra",
    "New Zealand",
    "Wellington",
    "ommonwealth",
    "ederal",
    "Republic",
)
"""Words of which ``_STATE`` holds one."""
_HEAD = 500


def _at_home(text: str) -> str | None:
    """The dollars of the country in which a text is written and whose state it speaks of, where it names no American ones."""
    if not any(map(text.__contains__, _STATE_WORDS)) or _STATE.search(text) is None or _AMERICAN.search(text) is not None:
        return None
    named = {unit: len(places.findall(text)) for unit, places in _AT_HOME.items() if places.search(text, 0, _HEAD)}
    unit = max(named, key=lambda one: named[one], default=None)
    if unit is None or named[unit] < 3:
        return None
    return unit


def settle_dollars(text: str, found: list[Found]) -> bool:
    """Where a text declares its own dollars, a bare "$" means these; whether it does.

    It declares them in a sentence, or in its first amounts: "NZ$122 million", and from there on "$3m". Where prefixed and bare
    amounts alternate the writer keeps two currencies apart.
    """
    dollars = [
        (one, text[one.start] == "$" and text[one.start : one.start + 3] not in ("$US",)) for one in found if one.unit in _DOLLARS
    ]
    bare = [one for one, plain in dollars if plain and one.unit == "USD"]
    cents = [one for one, _ in dollars if one.unit == "USD" and one.factor == 0.01 and text[one.end - 6 : one.end] == " cents"]
    if not bare:
        homes = {one.unit for one, plain in dollars if not plain and one not in cents}
        if cents and len(homes) == 1 and (home := homes.pop()) in _BARE_AT_HOME:
            for one in cents:
                one.unit = home
        return False
    local = _declared(text) or _at_home(text)
    if local is None:
        prefixed = [one for one, plain in dollars if not plain and one.unit != "USD"]
        if (
            not prefixed
            or prefixed[0].unit not in _BARE_AT_HOME
            or len({one.unit for one in prefixed}) > 1
            or prefixed[-1].start > bare[0].start
            or len(prefixed) > len(bare)
        ):
            return False
        local = prefixed[0].unit
    for one in [*bare, *[one for one in cents if text[one.end - 9 : one.end - 6] not in ("US", ".S.")]]:
        one.unit = local
    return True


NAMESAKES = {
    "crowns": ("DKK", "SEK", "NOK", "CZK", "ISK"),
    "dinars": ("JOD", "KWD", "BHD", "TND", "RSD"),
    "riyals": ("SAR", "QAR", "OMR", "IRR"),
    "dirhams": ("AED", "MAD"),
    "pesos": ("MXN", "PHP", "ARS", "CLP", "COP", "UYU"),
    "rupees": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "shillings": ("KES", "UGX", "TZS"),
}
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
    "SAR": r"\b(?:Saudi\w*|Riyadh|SFDA)\b",
    "QAR": r"\b(?:Qatar\w*|Doha)\b",
    "OMR": r"\b(?:Oman\w*|Muscat)\b",
    "IRR": r"\b(?:Iran\w*|Tehran)\b",
    "AED": r"\b(?:Emirat\w*|UAE|Dubai|Abu Dhabi)\b",
    "MAD": r"\b(?:Morocc\w*|Casablanca|Rabat)\b",
    "MXN": r"\b(?:Mexic\w*|Cofepris)\b",
    "PHP": r"\b(?:Philippine\w*|Filipin\w*|Manila)\b",
    "ARS": r"\b(?:Argentin\w*|Buenos Aires)\b",
    "CLP": r"\b(?:Chile\w*|Santiago)\b",
    "COP": r"\b(?:Colombia\w*|Bogot\w+)\b",
    "UYU": r"\b(?:Uruguay\w*|Montevideo)\b",
    "INR": r"\b(?:India\w*|Mumbai|Hyderabad|Delhi|Bengaluru)\b",
    "PKR": r"\b(?:Pakistan\w*|Karachi|Islamabad|Lahore)\b",
    "LKR": r"\b(?:Sri Lanka\w*|Colombo)\b",
    "NPR": r"\b(?:Nepal\w*|Kathmandu)\b",
    "MUR": r"\bMauriti\w+\b",
    "KES": r"\b(?:Kenya\w*|Nairobi)\b",
    "UGX": r"\b(?:Uganda\w*|Kampala)\b",
    "TZS": r"\b(?:Tanzania\w*|Dodoma)\b",
}


def settle_namesakes(text: str, found: list[Found]) -> bool:
    """Crowns and dinars are those of the country whose money the text names beside them; of no country they are no amount.

    Says whether there were any.
    """
    changed = False
    if NAMESAKES.keys().isdisjoint(one.unit for one in found):
        return changed
    for name, codes in NAMESAKES.items():
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


_RUPEES_ABROAD = ("Pakistan", "Karachi", "Islamabad", "Lahore", "Lanka", "Colombo", "Nepal", "Kathmandu", "Mauriti")
"""How the other countries of rupees, or their towns, are named in ``_LANDS``."""


def settle_rupees(text: str, found: list[Found]) -> None:
    """ "Rs" are Indian rupees, but in a text that speaks more of another country of rupees."""
    mine = [one for one in found if one.unit == "INR" and text.startswith("Rs", one.start)]
    if not mine or not any(map(text.__contains__, _RUPEES_ABROAD)):
        return
    named = {code: len(re.findall(_LANDS[code], text)) for code in NAMESAKES["rupees"]}
    home = max(named, key=lambda code: named[code])  # the first of equals: India
    if home != "INR":
        for one in mine:
            if "crore" not in text[one.start : one.end] and "lakh" not in text[one.start : one.end]:
                one.unit = home
