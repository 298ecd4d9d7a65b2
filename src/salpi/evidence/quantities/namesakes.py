"""Currencies that share a name: dollars, crowns and dinars of several countries."""

from __future__ import annotations

import re

from salpi.evidence.occurrences import at_words
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.units import BEFORE

_DOLLARS = frozenset({
    "USD", "AUD", "CAD", "SGD", "HKD", "TWD", "NZD", "MXN", "CLP", "COP", "ARS", "UYU", "JMD", "TTD", "NAD", "FJD", "XCD", "DOP", "pesos",
})  # fmt: skip
"""Currencies whose sign is "$", most often with the letters of its country."""
_BARE_AT_HOME = _DOLLARS - {"USD", "HKD", "TWD"}
"""Those that are written with a bare sign at home; Hong Kong and Taiwan write HK$ and NT$ throughout."""
_LANDS_OF_DOLLARS = {
    "australian": "AUD", "canadian": "CAD", "new zealand": "NZD", "singapore": "SGD", "singaporean": "SGD", "hong kong": "HKD", "new taiwan": "TWD", "taiwan": "TWD",
    "mexican": "MXN", "chilean": "CLP", "colombian": "COP", "argentine": "ARS", "uruguayan": "UYU", "jamaican": "JMD", "namibian": "NAD", "fijian": "FJD", "us": "USD",
    "u.s.": "USD", "united states": "USD", "american": "USD", "캐나다": "CAD", "호주": "AUD", "뉴질랜드": "NZD", "싱가포르": "SGD", "홍콩": "HKD", "대만": "TWD", "멕시코": "MXN", "미국": "USD",
}  # fmt: skip
_LAND = "|".join(land.replace(".", r"\.") for land in _LANDS_OF_DOLLARS if land.isascii())
_CODE = r"USD|CAD|AUD|NZD|SGD|HKD|TWD|NTD|MXN|CLP|COP|ARS|(?:US|HK|NT|NZ|MX|Cdn|AU?|CA?|S)\$"
_SAID = re.compile(
    rf"\b(?:in[ ](?:(?:thousands|millions|billions)[ ]of[ ])?|(?:are|is|means?|=|as|denotes?|to)[ ])(?P<land>{_LAND})[ ](?:dollars|pesos|currency|funds)\b",
    re.I,
)
_ALL_SUMS = re.compile(
    r"(?:\b(?:all|dollars?|amounts?|figures?|sums?|values?|prices?|references|statements|expressed|presented)\b|\"?\$[\"”])(?![^.\n]*\b(?:convert|translat|equivalent|exchange))[^.\n]{0,50}$",
    re.I,
)
_CURRENCY_IS = re.compile(
    rf"\b(?:reporting|presentation|functional|base)[ ]currency(?:[ ]of[ ][^.\n]{{1,40}}?)?[ ](?:is|:)[ ](?:the[ ])?(?P<land>{_LAND})[ ](?:dollar|peso)s?\b",
    re.I,
)
_HEADED = re.compile(
    rf"(?:\(|^|\n)[ ]*(?:[Uu]naudited[;,–—-]?[ ])?(?:[Aa]ll[ ])?(?:(?:[Ee]xpressed|[Pp]resented|[Ss]tated|[Rr]eported|[Ff]igures|[Aa]mounts)[ ])?(?:[Ii]n[ ])?(?:(?:[Tt]housands|[Mm]illions|[Bb]illions)[ ]of[ ])?(?P<land>{_LAND})[ ](?:dollars|pesos)(?=[ ]in[ ]|[,;)]|[ ]?\n|$|[ ][Uu]nless)",
    re.I,
)
"""At the head of a text or a table: "(Canadian dollars in thousands)"."""
_CODE_SAID = re.compile(
    rf"(?:\b(?:[Cc]urrency|[Aa]mounts?|[Ff]igures?|[Ss]ums?|[Vv]alues?|[Pp]rices?|[Rr]esults|[Dd]ollars?|[Aa]ll)|\$[\"”]?)(?:[ ](?:is|are|in|stated|expressed|presented|reported|shown|given|quoted|all|refers?|means|denotes?|signs?|to|amounts|figures|sums|values|prices|money)|[ ]?[:=])+[ ](?P<code>{_CODE})(?![\w$]|[ ]?\d)"
    rf"|(?<![\w$])(?P<unless>{_CODE})(?:[ ]?(?:m|bn|million|billion|thousands?|['’]?000))?,?[ ](?:(?:is|are)[ ])?(?:meant[ ])?unless[ ](?:otherwise[ ])?(?:stated|noted|indicated|specified|marked|said)"
)
_SUMS = (
    "$",
    *(
        letter + word[1:]
        for word in ("Currency", "Amount", "Figure", "Sum", "Value", "Price", "Results", "Dollar", "All")
        for letter in (word[0], word[0].lower())
    ),
)
"""The words with which ``_CODE_SAID`` begins, but for a code."""
_CODE_HEADED = re.compile(
    rf"\((?:[Ii]n[ ])?(?P<code>{_CODE})[ ]?(?:['’]?000s?|mn?|bn|millions?|billions?|thousands?)?(?:,[ ][^()\n]{{1,30}})?\)"
)
"""The unit of a table or a list in a text's head: "(A$ million)"."""
_KOREAN_SAID = re.compile(
    r"(?:금액|수치|단위|통화|달러|모두)[^.\n\d억만조]{0,20}?(?P<land>캐나다|호주|뉴질랜드|싱가포르|홍콩|대만|멕시코|미국)\s?(?:달러|페소)(?=\s?(?:기준|\)|이다|입니다|임|로\s(?:표[시기]|적))|[,.\n]|$)"
)
_AMERICAN = re.compile(r"US ?\$|USD|\$US|U\.S\. ?\$|\b(?:U\.S\.|US|American) dollars?\b")
_EXCHANGES = {"ASX": "AUD", "NZX": "NZD", "TSX": "CAD", "TSXV": "CAD", "CSE": "CAD", "SGX": "SGD"}
_LISTED = re.compile(
    r"\((?P<exchange>ASX|NZX|TSX|TSX-?V|TSX\.V|CSE|SGX)\s?:\s?[A-Z0-9.]{1,6}(?=\)|[;,] ?(?:OTC|FSE|FRA|Frankfurt))"
)
_TRADED = re.compile(
    r"\b(?P<exchange>ASX|NZX|TSX|SGX)[- ](?:listed|quoted|traded)\b|\b(?:[Ll]isted|[Qq]uoted|[Tt]rad(?:es|ed|ing)|[Ff]loated|[Ss]hares) on (?:the )?(?:[Mm]ain ?[Bb]oard of (?:the )?|Catalist (?:board )?of (?:the )?)?(?:(?P<short>ASX|NZX|TSX|SGX)\b"
    r"|(?P<long>Australian (?:Securities|Stock) Exchange|Toronto Stock Exchange|TSX Venture Exchange|Singapore Exchange|New Zealand(?:['’]s)? (?:[Ss]tock )?[Ee]xchange))"
)
_ABROAD = re.compile(r"\b(?:NASDAQ|Nasdaq|NYSE|New York Stock Exchange|London Stock Exchange|Hong Kong Stock Exchange)\b")
_STATES = re.compile(r"\b(?:FDA|U\.S\.|United States|USA)(?![A-Za-z])")
_LONG = {"Aus": "AUD", "Tor": "CAD", "TSX": "CAD", "Sin": "SGD", "New": "NZD"}
"""How exchanges begin that are named in full."""
_NAMED = re.compile(rf"(?:{_LAND})[ ]d?p?c?f?\Z", re.I)
"""A country, and how the last word begins before what ``_NAMES`` holds of it: dollars, pesos, currency, funds."""
_NAMES = ("ollar", "OLLAR", "urrency", "URRENCY", "esos", "ESOS", "unds")
"""Of all that ``_HEADED``, ``_CURRENCY_IS`` and ``_SAID`` find, the last word holds one of these."""
_SIGNED = re.compile(r"\$(?<=[A-Zn]\$)(?![\w$]|[ ]?\d)")
"""A country's sign without an amount: "A$"; a text that has none declares none by it."""
_CODES = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "NTD", "MXN", "CLP", "COP", "ARS")


def _names_dollars(text: str) -> bool:
    """Whether a text names the dollars of a country."""
    for word in _NAMES:
        at = text.find(word)
        while at >= 0:
            if _NAMED.search(text[max(0, at - 16) : at]) is not None:
                return True
            at = text.find(word, at + 1)
    return False


def _declared(text: str) -> str | None:
    """The dollars in which a text says that its amounts are stated: "All amounts are in Australian dollars", "Currency: CAD", "($ = NZD)"."""
    if _names_dollars(text):
        if (named := _HEADED.search(text) or _CURRENCY_IS.search(text)) is not None:
            return _LANDS_OF_DOLLARS[named["land"].lower()]
        for match in _SAID.finditer(text):
            if _ALL_SUMS.search(text, max(0, match.start() - 60), match.start()):
                return _LANDS_OF_DOLLARS[match["land"].lower()]
    if any(map(text.__contains__, _CODES)) or _SIGNED.search(text) is not None:
        if (said := _code_said(text)) is not None:
            code: str = said["code"] or said["unless"]
            return BEFORE[code]
        if (said := _CODE_HEADED.search(text, 0, _HEAD)) is not None and _AMERICAN.search(text) is None:
            return BEFORE[said["code"]]
    if "달러" in text and (korean := _KOREAN_SAID.search(text)) is not None:
        return _LANDS_OF_DOLLARS[korean["land"]]
    return None


def _code_said(text: str) -> re.Match[str] | None:
    """The first place at which a text says a code for its sums."""
    return _CODE_SAID.search(text) if "unless" in text else next(at_words(_CODE_SAID, text, _SUMS), None)


def _foreign(text: str, found: list[Found]) -> bool:
    """Whether a text speaks of America or of money that is in no dollars, so that its bare dollars may be anybody's."""
    return any(search(text) is not None for search in (_AMERICAN.search, _ABROAD.search, _STATES.search)) or _other_money(found)


def _other_money(found: list[Found]) -> bool:
    return any(one.unit is not None and len(one.unit) == 3 and one.unit.isupper() and one.unit not in _DOLLARS for one in found)


def _listed(text: str, found: list[Found]) -> str | None:
    """The dollars of the one exchange on which a text's companies are listed, where it names no American ones."""
    if not any(map(text.__contains__, ("ASX", "NZX", "TSX", "SGX", "CSE", "xchange"))) or _AMERICAN.search(text) is not None:
        return None
    listed = {_EXCHANGES[match["exchange"].replace("-", "").replace(".", "")] for match in _LISTED.finditer(text)}
    if not listed and not _foreign(text, found):
        listed = {
            _LONG[match["long"][:3]] if match["long"] else _EXCHANGES[match["exchange"] or match["short"]]
            for match in _TRADED.finditer(text)
        }
    return listed.pop() if len(listed) == 1 else None


_AT_HOME = {
    "CAD": re.compile(
        r"\b(?:Canad(?:a|ian)s?|Ottawa|Ontario|Qu[eé]bec|Toronto|Montr[eé]al|Vancouver|Mississauga|Calgary|Saskat\w+|Alberta|Manitoba|Winnipeg|Edmonton|Halifax|CANADA|OTTAWA|TORONTO|MONTR[EÉ]AL|VANCOUVER|CALGARY)\b"
    ),
    "SGD": re.compile(r"\b(?:Singapore(?:ans?)?|SINGAPORE|S['’]pore)\b"),
    "AUD": re.compile(
        r"\b(?:Australians?|Australia|Canberra|Melbourne|Sydney|Queensland|Brisbane|Adelaide|NSW|New South Wales|Perth|Hobart|AUSTRALIA|CANBERRA|MELBOURNE|SYDNEY|BRISBANE|ADELAIDE|PERTH)\b"
    ),
    "NZD": re.compile(
        r"\b(?:New Zealand(?:ers?)?|Wellington|Auckland|Kiwis?|Christchurch|Dunedin|Medsafe|Pharmac|NEW ZEALAND|WELLINGTON|AUCKLAND|CHRISTCHURCH)\b"
    ),
}
_REGULATORS = {
    "CAD": re.compile(r"\bHealth Canada\b"),
    "AUD": re.compile(r"\b(?:Therapeutic Goods Administration|TGA|Pharmaceutical Benefits Scheme|PBS)\b"),
    "NZD": re.compile(r"\b(?:Medsafe|Pharmac)\b"),
    "SGD": re.compile(r"\b(?:Health Sciences Authority|HSA|EDB)\b"),
}
_AUTHORITY_WORDS = (
    "Health Canada",
    "Statistics Canada",
    "Commonwealth of Australia",
    "Hansard",
    "Medsafe",
    "Pharmac ",
    "Pharmac'",
    "Pharmac’",
    "Health Sciences",
    "Therapeutic Goods",
    "TGA",
    "PBS",
    "HSA",
    "EDB",
)
"""How ``_AUTHORITIES`` and ``_REGULATORS`` begin."""
_OF_TOWN = (
    r"(?:-based\b| (?:firm|company|biotech|start-?up|maker|manufacturer|group|drugmaker|laboratory|institute|university)\b)"
)
_STATE = re.compile(
    r"\b(?:Government of (?:Canada|Singapore|Australia|New Zealand)|(?:Canadian|Australian|New Zealand|Commonwealth|[Ff]ederal) (?:[Gg]overnment|budget|funds|purse|funding)|the Republic['’]s|Singaporeans|(?:Ottawa|Canberra|Wellington) (?:has|will|is|plans|spends|gives|gave|pays|paid))\b"
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
_AUTHORITIES = re.compile(r"\b(?:Health Canada|Statistics Canada|Commonwealth of Australia|Hansard|Medsafe|Pharmac)\b")
_HEAD = 500


def _at_home(text: str) -> str | None:
    """The dollars of the country in which a text is written and whose state it speaks of, where it names no American ones."""
    if not any(map(text.__contains__, _STATE_WORDS)) or _STATE.search(text) is None or _AMERICAN.search(text) is not None:
        return None
    return _home(text, 3)


def _of_authorities(text: str) -> str | None:
    """The same where it names none but authorities of the state."""
    return _home(text, 3) if _AUTHORITIES.search(text) is not None and _AMERICAN.search(text) is None else None


def _home(text: str, least: int) -> str | None:
    """The dollars of the country that is named in the head of a text and at least so often in all of it."""
    named = {unit: len(places.findall(text)) for unit, places in _AT_HOME.items() if places.search(text, 0, _HEAD)}
    unit = max(named, key=lambda one: named[one], default=None)
    return unit if unit is not None and named[unit] >= least else None


_MARKED = ("US$", "US $", "U.S.$", "U.S. $", "$US")


def _kept_apart(text: str, found: list[Found], dollars: list[Found]) -> str | None:
    """The dollars of a text's country where it marks the American ones, behind others that it leaves unmarked."""
    if dollars[0].unit == "USD" and text.startswith(_MARKED, dollars[0].start):
        return None
    if not any(one.unit == "USD" and text.startswith(_MARKED, one.start) for one in dollars) or _other_money(found):
        return None
    return _home(text, 2)


def _regulated(text: str, found: list[Found]) -> str | None:
    """The dollars of a country whose regulator a text names, and one of whose towns is the home of somebody in it."""
    if _foreign(text, found):
        return None
    homes = [
        unit
        for unit, regulator in _REGULATORS.items()
        if regulator.search(text) is not None
        and re.search(
            rf"(?:{_AT_HOME[unit].pattern}){_OF_TOWN}|\b(?:based|headquartered) in (?:[A-Z]\w+, )?{_AT_HOME[unit].pattern}|^{_AT_HOME[unit].pattern}(?:, [^\n]{{1,30}})? ?[–—-]",
            text,
        )
    ]
    return homes[0] if len(homes) == 1 else None


_OWN_WORD = re.compile(r"(?:US|U\.S\.|American|미국?)\s?(?:dollars|달러)\Z|\A(?:미화|US)", re.I)
"""American dollars, said to be such."""


def _marked_first(text: str, found: list[Found], dollars: list[Found], prefixed: list[Found]) -> str | None:
    """The unit of the first marked amounts, where the bare ones after them may be the same: "NZ$122 million", and from there on "$3m"."""
    first = prefixed[0]
    if first.unit not in _BARE_AT_HOME or len({one.unit for one in prefixed}) > 1:
        return None
    if first.unit not in _AT_HOME and ("$" not in text[first.start : first.end] or _AMERICAN.search(text) is not None):
        return None
    if _other_money(found) and any(one.unit == "USD" and text.startswith(_MARKED, one.start) for one in dollars):
        return None
    return first.unit


def settle_dollars(text: str, found: list[Found]) -> bool:
    """Where a text declares its own dollars, a bare "$" means these; whether it does.

    It declares them in a sentence, by the exchange or the state of which it speaks, or in its first amounts: "NZ$122 million", and from there on "$3m". Where prefixed and bare
    amounts alternate the writer keeps two currencies apart.
    """
    dollars = [one for one in found if one.unit in _DOLLARS]
    bare = [one for one in dollars if one.unit == "USD" and text[one.start] == "$" and not text.startswith("$US", one.start)]
    cents = [one for one in dollars if one.unit == "USD" and one.factor == 0.01 and text[one.end - 6 : one.end] == " cents"]
    spoken = [
        one
        for one in dollars
        if one.unit == "USD"
        and text[one.end - 7 : one.end].endswith(("dollars", "달러"))
        and not _OWN_WORD.search(text[one.start : one.end])
    ]
    prefixed = [one for one in dollars if one.unit != "USD"]
    if not bare and not spoken:
        minor = {id(one) for one in cents}
        homes = {one.unit for one in dollars if id(one) not in minor}
        if cents and len(homes) == 1 and (home := homes.pop()) in _BARE_AT_HOME:
            for one in cents:
                one.unit = home
        return False
    local = _declared(text)
    if local == "USD":
        return False
    local = local or _listed(text, found) or _at_home(text)
    mixed = bool(prefixed and bare and prefixed[-1].start > bare[0].start)  # the writer keeps two currencies apart
    if local is None and not mixed and len(prefixed) <= len(bare):
        if any(map(text.__contains__, _AUTHORITY_WORDS)):
            local = _of_authorities(text) or _regulated(text, found)
        local = local or _kept_apart(text, found, dollars)
        if local is None and bare and prefixed:
            local, spoken = _marked_first(text, found, dollars, prefixed), []
    if local is None:
        return False
    for one in [*bare, *spoken, *[one for one in cents if text[one.end - 9 : one.end - 6] not in ("US", ".S.")]]:
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
    if not any(one.unit in NAMESAKES for one in found):
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
