"""Units named apart from their figures: in a table's head or caption, in brackets behind a label, or once for all figures."""

from __future__ import annotations

import re

from salpi.evidence.occurrences import at_words
from salpi.evidence.quantities.found import Found

CURRENCY = {
    "usd": "USD", "us$": "USD", "$": "USD", "dollars": "USD", "달러": "USD", "불": "USD", "eur": "EUR", "€": "EUR", "euro": "EUR", "euros": "EUR",
    "유로": "EUR", "krw": "KRW", "won": "KRW", "₩": "KRW", "원": "KRW", "jpy": "JPY", "yen": "JPY", "엔": "JPY", "cny": "CNY", "rmb": "CNY", "yuan": "CNY",
    "위안": "CNY", "chf": "CHF", "francs": "CHF", "gbp": "GBP", "£": "GBP", "dkk": "DKK", "sek": "SEK", "nok": "NOK", "sgd": "SGD", "s$": "SGD", "inr": "INR",
    "rs": "INR", "w": "KRW", "¥": "JPY", "₹": "INR", "rupees": "INR", "brl": "BRL", "r$": "BRL", "r": "ZAR", "hkd": "HKD", "aud": "AUD", "cad": "CAD", "twd": "TWD", "ils": "ILS",
    "hk$": "HKD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nt$": "TWD", "nz$": "NZD", "nzd": "NZD", "mx$": "MXN", "sar": "SAR", "aed": "AED", "zar": "ZAR", "thb": "THB",
    "myr": "MYR", "rm": "MYR", "idr": "IDR", "rp": "IDR", "php": "PHP", "pln": "PLN", "czk": "CZK", "huf": "HUF", "try": "TRY", "tl": "TRY", "mxn": "MXN", "nis": "ILS", "vnd": "VND",
    "isk": "ISK", "egp": "EGP", "rub": "RUB", "bdt": "BDT", "tk": "BDT", "pkr": "PKR", "ngn": "NGN", "kes": "KES", "ars": "ARS", "clp": "CLP", "qar": "QAR", "kwd": "KWD", "jod": "JOD", "n": "NGN", "₦": "NGN", "cop": "COP", "pen": "PEN", "xof": "XOF", "cfa": "XOF", "kzt": "KZT", "uzs": "UZS", "uah": "UAH", "ron": "RON", "ghs": "GHS", "dzd": "DZD", "lkr": "LKR",
    "mad": "MAD", "riyals": "SAR", "baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "zloty": "PLN", "zlotys": "PLN", "forints": "HUF", "lira": "TRY", "reais": "BRL", "rand": "ZAR",
    "us dollars": "USD", "canadian dollars": "CAD", "australian dollars": "AUD", "singapore dollars": "SGD", "hong kong dollars": "HKD", "new taiwan dollars": "TWD", "new zealand dollars": "NZD", "mexican pesos": "MXN", "chilean pesos": "CLP", "colombian pesos": "COP", "argentine pesos": "ARS",
    "pounds": "GBP", "pounds sterling": "GBP", "sterling": "GBP", "swiss francs": "CHF", "danish kroner": "DKK", "swedish kronor": "SEK",
    "파운드": "GBP", "루피": "INR", "프랑": "CHF", "크로네": "DKK", "크로나": "SEK", "링깃": "MYR", "바트": "THB", "루피아": "IDR", "리얄": "SAR", "헤알": "BRL", "즈워티": "PLN", "셰켈": "ILS",
    "pesos": "pesos", "kroner": "crowns", "kronor": "SEK", "dirhams": "dirhams", "dinars": "dinars", "shillings": "shillings", "tenge": "KZT", "naira": "NGN",
}  # fmt: skip
_SCALES = {
    "trillion": 1e12, "tn": 1e12, "billion": 1e9, "bn": 1e9, "b": 1e9, "million": 1e6, "mn": 1e6, "m": 1e6, "millions": 1e6, "billions": 1e9, "thousand": 1e3,
    "thousands": 1e3, "trillions": 1e12, "k": 1e3, "000": 1e3, "crore": 1e7, "crores": 1e7, "cr": 1e7, "lakh": 1e5, "lakhs": 1e5, "조": 1e12, "천억": 1e11, "백억": 1e10, "십억": 1e9, "억": 1e8, "천만": 1e7, "백만": 1e6,
    "십만": 1e5, "만": 1e4, "천": 1e3, "": 1.0,
}  # fmt: skip
_MONEY = re.compile(
    r"(?<![A-Za-z가-힣])(?P<code>USD|US\$|EUR|KRW|JPY|CNY|RMB|CHF|GBP|DKK|SEK|NOK|SGD|S\$|INR|Rs\.?|BRL|R\$|HKD|AUD|CAD|TWD|ILS|HK\$|AU?\$|CA?\$|NT\$|NZ\$|MX\$|NZD|SAR|AED|ZAR|THB|MYR|RM|IDR|Rp|PHP|PLN|CZK|HUF|TRY|TL|MXN|NIS|VND|ISK|EGP|RUB|BDT|Tk|PKR|NGN|KES|ARS|CLP|QAR|KWD|JOD|MAD|COP|PEN|XOF|CFA|KZT|UZS|UAH|RON|GHS|DZD|LKR|₦|N(?=['’]?\s?(?:million|billion|bn\b))|R(?=\s(?:million|billion)\b)|W(?=\s?(?:tn|bn|mn|trillion|billion|million)\b)|[$€£₩₹¥])['’]?\s?(?:in\s)?(?P<times>(?:1,?000|100|10)(?=\s?(?:million|thousand|billion|mn?\b|bn\b|[),/]|$))\s?)?(?P<scale>trillion|billions?|millions?|thousands?|crores?|lakhs?|tn|bn|mn|cr|m|b|k|['’]?000s?(?!\d))?(?![A-Za-z])"
    r"|(?<![A-Za-z])(?P<times2>(?:1,?000|100|10)\s)?(?P<scale2>trillion|billions?|millions?|thousands?|crores?|lakhs?|tn|bn|mn)\s(?:of\s)?(?P<word>(?:US|HK|NT|NZ|MX|AU?|CA?|S|R)\$|[$€£₩₹¥]|(?:U\.S\.|US|Canadian|Australian|New Zealand|Singapore|Hong Kong|New Taiwan) dollars|(?:Mexican|Chilean|Colombian|Argentine) pesos|pounds(?: sterling)?|sterling|Swiss francs|Danish kroner|Swedish kronor|(?:Korean |South Korean )?won|riyals|baht|ringgit|rupiah|zlotys?|forints|lira|reais|rand|pesos|kroner|kronor|dirhams|dinars|shillings|tenge|naira|yen|yuan|dollars|euros?|rupees|francs|USD|EUR|KRW|CHF|GBP|DKK|SGD|INR|JPY)(?![A-Za-z])"
    r"|(?<![A-Za-z])(?P<word3>(?:US|U\.S\.|Canadian|Australian|New Zealand|Singapore|Hong Kong|New Taiwan) dollars|(?:Mexican|Chilean|Colombian|Argentine) pesos|dollars|euros?|pounds(?: sterling)?|won|yen|yuan|Swiss francs|rupees|USD|EUR|KRW|JPY|GBP|CHF)(?:,)? in (?P<scale3>trillions|billions|millions|thousands|crores?|lakhs?)(?![a-z])"
    r"|(?P<kscale2>조|천억|백억|십억|억|천만|백만|만|천)\s?(?P<kcode>\$|€|£|¥|USD|EUR|JPY|GBP|CNY|CHF)(?![A-Za-z])"
    r"|(?P<kscale>조|천억|백억|십억|억|천만|백만|만|천)?\s?(?P<kword>원|달러|불|유로|엔|위안|파운드|루피|프랑|크로네|크로나|링깃|바트|루피아|리얄|헤알|즈워티|셰켈)(?![가-힣])",
    re.I,
)
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:19|20)\d\d\s{1,3}$")
_IN_WORD = re.compile(r"[가-힣]{1,12}(?:원|달러|불|유로|엔|위안)$")
_SIGNS = frozenset("$€£₩₹¥")
_UNIT_SAID = re.compile(r"(?:단위\s?[:：=]?|\(|in|units?\s?:?|figures in|amounts in)\s?$", re.I)
UNIT_WORDS = {
    "건": ("count", 1.0), "개": ("count", 1.0), "곳": ("count", 1.0), "개사": ("count", 1.0), "개소": ("count", 1.0), "명": ("persons", 1.0), "위": ("rank", 1.0),
    "일": ("days", 1.0), "배": ("x", 1.0), "만 L": ("L", 1e4), "만L": ("L", 1e4), "천 L": ("L", 1e3), "천L": ("L", 1e3), "만 리터": ("L", 1e4),
    "천 리터": ("L", 1e3), "억": ("KRW", 1e8), "조": ("KRW", 1e12), "십억": ("KRW", 1e9), "리터": ("L", 1.0), "L": ("L", 1.0), "kL": ("L", 1e3), "만명": ("persons", 1e4), "천명": ("persons", 1e3),
    "persons": ("persons", 1.0), "days": ("days", 1.0), "count": ("count", 1.0), "개월": ("months", 1.0), "%": ("%", 1.0), "퍼센트": ("%", 1.0), "%p": ("pp", 1.0), "%포인트": ("pp", 1.0),
    **dict.fromkeys(("thousand litres", "thousand liters", "thousand L", "'000 litres", "'000 liters", "'000 L", "kl"), ("L", 1e3)),
    **dict.fromkeys(("litres", "liters"), ("L", 1.0)), **dict.fromkeys(("million litres", "million liters"), ("L", 1e6)),
    **dict.fromkeys(("thousand people", "thousand persons", "thousand jobs", "thousands of people", "'000 people"), ("persons", 1e3)),
    "년": ("years", 1.0), "percent": ("%", 1.0), "per cent": ("%", 1.0),
}  # fmt: skip


def unit_of(words: str) -> tuple[str, float] | None:
    """Currency and scale that a header names: ``CHF thousand``, ``단위: 백만원``, ``USD bn``."""
    match = None
    for one in _MONEY.finditer(words):
        # an amount of money names no unit for others, and "약원" ends another word
        if (
            (words[: one.start()].rstrip()[-1:].isdigit() and _YEAR_BEFORE.search(words, 0, one.start()) is None)
            or words[one.end() : one.end() + 1].isdigit()
            or (one["kword"] and not one["kscale"] and _IN_WORD.search(words[: one.end()]))
        ):
            continue
        said = _UNIT_SAID.search(words[max(0, one.start() - 24) : one.start()])
        if one["times"] and one["code"] in _SIGNS and said is None:
            continue  # €10 bn
        match = one
        if said is not None:
            break
    if match is None:
        return None
    code = match["code"] or match["word"] or match["word3"] or match["kcode"] or match["kword"]
    scale = match["scale"] or match["scale2"] or match["scale3"] or match["kscale2"] or match["kscale"] or ""
    times = float((match["times"] or match["times2"] or "1").strip().replace(",", ""))
    return CURRENCY[
        code.lower().rstrip(".").replace("u.s.", "us").removeprefix("south ").removeprefix("korean ")
    ], times * _SCALES[scale.lower().strip("'’").removesuffix("s") if "000" in scale else scale.lower()]


def unit_in(words: str, currency: str) -> tuple[str, float] | None:
    """The unit of a currency among several that a header names: "millions of Korean won and thousands of U.S. dollars"."""
    found = (unit_of(match[0]) for match in _MONEY.finditer(words))
    return next((unit for unit in found if unit is not None and unit[0] == currency), None)


_BRACKETED = re.compile(r"\(([^()\n]{1,24})\)")
_FOR_ALL = re.compile(
    r"(?:[Ff]igures|[Aa]mounts|[Vv]alues|[Ss]ums|[Dd]ata|\b[Mm]oney)\s(?:are\s|shown\s|stated\s|given\s|expressed\s|reported\s)*in\s(?P<en>[^.;\n|]{2,40})"
    r"|\b[Cc]urrency\s?[:：]\s?(?P<money>[^.;\n|]{2,24})|(?:단위|금액\s?단위)\s?[:：]\s?(?P<ko>[^)\n|]{1,24})"
)


_ALL = (
    "Figures",
    "figures",
    "Amounts",
    "amounts",
    "Values",
    "values",
    "Sums",
    "sums",
    "Data",
    "data",
    "Money",
    "money",
    "Currency",
    "currency",
    "단위",
    "금액",
)
"""The words with which ``_FOR_ALL`` begins."""


_UNLESS = re.compile(
    r"(?P<words>[^.;:,()\n|]{2,40}),? [Uu]nless (?:otherwise )?(?:stated|noted|indicated|specified|marked|said)(?: otherwise)?"
)


_HEAD = 400
"""The head of a text reaches so far at most."""
_IN_HEAD = re.compile(
    r"[(;,—–][ ]?(?P<words>(?:USD|US\$|EUR|KRW|JPY|CNY|RMB|CHF|GBP|DKK|SEK|NOK|SGD|INR|BRL|R\$|NT\$|[$€£₩₹¥])(?:\s?(?:trillion|billion|million|tn|bn|mn|m))?)(?=\)|;|,\s[a-z]|\n)"
)
"""A currency alone between the marks of a bracket, or at the end of a line, in a text's head: "(from filings; ₩bn; a year before in brackets)"."""


def unit_word(label: str) -> tuple[str, float] | None:
    """The unit that stands in brackets in a label: ``자기자본대비(%)``, ``참석(명)``, ``Revenue (USD million)``; the last one holds."""
    for inside in _BRACKETED.findall(label)[::-1]:
        for part in re.split(r"[,/;]\s?", inside)[::-1]:
            known = UNIT_WORDS.get(part.strip()) or UNIT_WORDS.get(part.replace(" ", "")) or unit_of(part)
            if known is not None:
                return known
    return None


_UNITS_SAID = re.compile(r"단위\s?[:：]\s?(?P<said>[^()\n]{3,90})")
_OF_NAMES = re.compile(
    r"(?P<names>[가-힣A-Za-z&]{2,12}(?:[·ㆍ,]\s?[가-힣A-Za-z&]{2,12}){0,5})[\s은는]{1,2}(?P<unit>\S[^/;]{0,12})"
)


def unit_named(caption: str, near: str) -> tuple[str, float] | None:
    """The unit that a caption names for the columns of some names: "단위: 수출·수입 백만 달러 / 생산 억 원"."""
    said = _UNITS_SAID.search(caption)
    if said is None:
        return None
    for part in re.split(r"\s?[/;]\s?|,\s", said["said"]):
        match = _OF_NAMES.fullmatch(part.strip())
        if match is None or (unit := UNIT_WORDS.get(match["unit"].strip()) or unit_of(match["unit"])) is None:
            continue
        if any(name.strip() in near for name in re.split(r"[·ㆍ,]", match["names"])):
            return unit
    return None


def declared(text: str) -> list[tuple[int, tuple[str, float]]]:
    """The currencies and scales that a text declares for its figures, and where: "All values in KRW 100 million"."""
    found = [(match.end(), match["en"] or match["money"] or match["ko"]) for match in at_words(_FOR_ALL, text, _ALL)]
    if "nless " in text:
        found += [(match.end(), match["words"]) for match in _UNLESS.finditer(text)]
    found += [(match.end(), match["words"]) for match in _IN_HEAD.finditer(text, 0, _HEAD)]
    return [(end, known) for end, words in sorted(found) if (known := unit_of(words)) is not None]


_SUM_SAID = re.compile(
    r"(?:\b(?:revenues?|sales|turnover|profit|income|loss|EBITDA?|ebitda?|capex|expenditure|expenses|cash|debt|orders|backlog|exports|imports|production|forecast|guidance|estimate)"
    r"(?: \([^()\n]{1,20}\))?)(?:,| (?:of|was|were|is|at|to|came to|reached|totall?ed|will be|had been|about|of about))*:? $"
)


def settle_declared(text: str, found: list[Found]) -> None:
    """Sums without a currency where the text has said in which it states them: "revenue 93,000" in millions of yen."""
    sums = [
        one
        for one in found
        if one.unit is None
        and one.rule == "figure"
        and text[one.end : one.end + 1] not in ("%", "-")
        and _SUM_SAID.search(text, max(0, one.start - 60), one.start) is not None
    ]
    said = declared(text) if sums else []
    for one in sums:
        unit, scale = next((known for at, known in reversed(said) if at <= one.start), (None, 1.0))
        if scale > 1.0:
            one.unit, one.value, one.scale, one.rule = unit, one.value * scale, scale, "declared currency"
