"""Words for currencies, magnitudes and units in English and Korean, as data."""

from __future__ import annotations

import re
from collections.abc import Iterable

BEFORE: dict[str, str] = {
    "US$": "USD", "U.S.$": "USD", "$US": "USD", "USD": "USD", "$": "USD", "미화": "USD", "S$": "SGD", "SGD": "SGD", "HK$": "HKD", "HKD": "HKD",
    "A$": "AUD", "AU$": "AUD", "$A": "AUD", "AUD": "AUD", "C$": "CAD", "CA$": "CAD", "CAD": "CAD", "NT$": "TWD", "TWD": "TWD", "NZ$": "NZD",
    "R$": "BRL", "BRL": "BRL", "MX$": "MXN", "€": "EUR", "EUR": "EUR", "Euro": "EUR", "Euros": "EUR", "Yen": "JPY", "Rupees": "INR", "£": "GBP", "GBP": "GBP", "¥": "JPY", "JPY": "JPY", "JP¥": "JPY",
    "CN¥": "CNY", "CNY": "CNY", "RMB": "CNY", "₩": "KRW", "KRW": "KRW", "W": "KRW", "CHF": "CHF", "SFr": "CHF", "Fr.": "CHF",
    "DKK": "DKK", "SEK": "SEK", "NOK": "NOK", "ISK": "ISK", "PLN": "PLN", "CZK": "CZK", "HUF": "HUF", "Rs.": "INR", "Rs": "INR", "₹": "INR",
    "INR": "INR", "₪": "ILS", "NIS": "ILS", "ILS": "ILS", "AED": "AED", "SAR": "SAR", "ZAR": "ZAR", "THB": "THB", "VND": "VND", "MYR": "MYR",
    "RM": "MYR", "IDR": "IDR", "PHP": "PHP", "₱": "PHP", "TRY": "TRY", "₺": "TRY", "RUB": "RUB", "₽": "RUB", "ARS": "ARS", "CLP": "CLP",
    "kr": "crowns", "Kr": "crowns", "Sfr": "CHF", "SFR": "CHF", "JOD": "JOD", "JD": "JOD", "RWF": "RWF", "Rwf": "RWF", "KES": "KES", "KSh": "KES", "NGN": "NGN", "₦": "NGN", "GHS": "GHS", "EGP": "EGP",
    "MAD": "MAD", "TND": "TND", "ETB": "ETB", "UGX": "UGX", "TZS": "TZS", "XOF": "XOF", "PKR": "PKR", "BDT": "BDT", "LKR": "LKR",
    "KWD": "KWD", "QAR": "QAR", "OMR": "OMR", "BHD": "BHD", "IRR": "IRR", "KZT": "KZT", "UZS": "UZS", "UAH": "UAH", "₴": "UAH", "RON": "RON",
    "BGN": "BGN", "RSD": "RSD", "UYU": "UYU", "MXN": "MXN", "KHR": "KHR", "MNT": "MNT",
    "Rmb": "CNY", "Rp.": "IDR", "Rp": "IDR", "TL": "TRY", "Tk": "BDT", "Tk.": "BDT", "Dhs": "AED", "Dh": "AED", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "฿": "THB", "₫": "VND",
    "NZD": "NZD", "Ksh": "KES", "R": "ZAR", "N": "NGN", "P": "PHP", "Php": "PHP", "PhP": "PHP", "SR": "SAR",
    "COP": "COP", "PEN": "PEN", "S/": "PEN", "HRK": "HRK", "DZD": "DZD", "XAF": "XAF", "CFA": "XOF", "FCFA": "XOF", "GH₵": "GHS", "GH¢": "GHS", "TSh": "TZS", "USh": "UGX", "NPR": "NPR",
    "MUR": "MUR", "ZMW": "ZMW", "GEL": "GEL", "AZN": "AZN", "BYN": "BYN", "AMD": "AMD", "MMK": "MMK", "LAK": "LAK", "LBP": "LBP", "IQD": "IQD", "BOB": "BOB", "CRC": "CRC", "DOP": "DOP",
    **{f"{code}$": code for code in ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS")}, "$USD": "USD", "$CAD": "CAD", "$AUD": "AUD", "$NZD": "NZD", "$NZ": "NZD",
    **dict.fromkeys(("Cdn$", "CDN$", "Can$", "CAN$"), "CAD"), "NTD": "TWD", "NTD$": "TWD", "Mex$": "MXN", "AR$": "ARS", "Ps.": "pesos", "Ps": "pesos", "RD$": "DOP", "J$": "JMD", "TT$": "TTD", "BDS$": "BBD",
    "FJ$": "FJD", "N$": "NAD", "EC$": "XCD",
}  # fmt: skip
"""Written before the number. One-letter codes hold only where the number follows at once."""

AFTER: dict[str, str] = {
    "싱가포르 달러": "SGD", "싱가포르달러": "SGD", "홍콩 달러": "HKD", "홍콩달러": "HKD", "호주 달러": "AUD", "호주달러": "AUD", "캐나다 달러": "CAD",
    "캐나다달러": "CAD", "대만 달러": "TWD", "대만달러": "TWD", "미국 달러": "USD", "미 달러": "USD", "달러": "USD", "불": "USD", "弗": "USD", "원": "KRW",
    "유로": "EUR", "파운드": "GBP", "엔": "JPY", "위안": "CNY", "루피": "INR", "스위스 프랑": "CHF", "스위스프랑": "CHF", "프랑": "CHF",
    "덴마크 크로네": "DKK", "덴마크크로네": "DKK", "크로네": "DKK", "크로나": "SEK", "즈워티": "PLN", "포린트": "HUF", "리얄": "SAR", "디르함": "AED", "링깃": "MYR", "페소": "MXN", "랜드": "ZAR", "스웨덴 크로나": "SEK", "헤알": "BRL", "바트": "THB", "루피아": "IDR", "셰켈": "ILS",
    "뉴질랜드 달러": "NZD", "뉴질랜드달러": "NZD", "멕시코 페소": "MXN", "필리핀 페소": "PHP", "아르헨티나 페소": "ARS", "칠레 페소": "CLP", "콜롬비아 페소": "COP",
    "u.s. dollars": "USD", "us dollars": "USD", "american dollars": "USD", "singaporean dollars": "SGD", "taiwan dollars": "TWD", "taiwanese dollars": "TWD", "nt dollars": "TWD", "jamaican dollars": "JMD", "namibian dollars": "NAD",
    "fijian dollars": "FJD", "nzd": "NZD", "ntd": "TWD", "uruguayan pesos": "UYU", "dominican pesos": "DOP", "singapore dollars": "SGD", "hong kong dollars": "HKD", "australian dollars": "AUD",
    "canadian dollars": "CAD", "dollars": "USD", "dollar": "USD", "won": "KRW", "euros": "EUR", "euro": "EUR", "pounds": "GBP", "pound": "GBP", "sterling": "GBP",
    "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "indian rupees": "INR", "swiss francs": "CHF", "francs": "CHF",
    "danish kroner": "DKK", "danish crowns": "DKK", "kroner": "DKK", "swedish kronor": "SEK", "swedish crowns": "SEK", "kronor": "SEK",
    "reais": "BRL", "reals": "BRL", "shekels": "ILS", "zloty": "PLN", "zlotys": "PLN", "forint": "HUF", "forints": "HUF", "rubles": "RUB", "roubles": "RUB", "lira": "TRY", "baht": "THB", "ringgit": "MYR", "rand": "ZAR", "norwegian kroner": "NOK", "norwegian crowns": "NOK", "czech crowns": "CZK", "crowns": "crowns", "dinars": "dinars",
    "turkish lira": "TRY", "turkish liras": "TRY", "liras": "TRY", "rupiah": "IDR", "dong": "VND", "bahts": "THB", "ringgits": "MYR", "rands": "ZAR",
    "riyal": "riyals", "saudi riyals": "SAR", "riyals": "riyals", "rials": "riyals", "dirham": "dirhams", "dirhams": "dirhams", "moroccan dirhams": "MAD", "pesos": "pesos", "mexican pesos": "MXN", "philippine pesos": "PHP",
    "argentine pesos": "ARS", "chilean pesos": "CLP", "colombian pesos": "COP", "rupees": "rupees", "pakistani rupees": "PKR", "shillings": "shillings", "new zealand dollars": "NZD", "new taiwan dollars": "TWD",
    "krona": "SEK", "krone": "crowns", "brazilian reais": "BRL", "hryvnia": "UAH", "hryvnias": "UAH", "tenge": "KZT", "lei": "RON", "birr": "ETB", "cedis": "GHS",
    "icelandic kronur": "ISK", "kenyan shillings": "KES", "egyptian pounds": "EGP", "naira": "NGN", "taka": "BDT", "soums": "UZS", "soum": "UZS", "cfa francs": "XOF", "kuna": "HRK", "guarani": "PYG", "guaranies": "PYG", "soles": "PEN",
    "cop": "COP", "pkr": "PKR", "lkr": "LKR", "uzs": "UZS", "kzt": "KZT", "xof": "XOF", "ngn": "NGN", "kes": "KES", "egp": "EGP", "mxn": "MXN", "clp": "CLP", "ars": "ARS", "php": "PHP", "vnd": "VND", "huf": "HUF", "czk": "CZK", "ron": "RON",
    "usd": "USD", "krw": "KRW", "eur": "EUR", "gbp": "GBP", "jpy": "JPY", "cny": "CNY", "rmb": "CNY", "chf": "CHF", "dkk": "DKK", "sek": "SEK",
    "sgd": "SGD", "inr": "INR", "sar": "SAR", "aed": "AED", "zar": "ZAR", "pln": "PLN", "nok": "NOK", "aud": "AUD", "cad": "CAD", "hkd": "HKD", "twd": "TWD", "thb": "THB", "myr": "MYR", "idr": "IDR", "brl": "BRL", "€": "EUR", "£": "GBP", "$": "USD",
}  # fmt: skip

MINOR: dict[str, tuple[str, float]] = {
    "us cents": ("USD", 0.01), "u.s. cents": ("USD", 0.01), "cents": ("USD", 0.01), "euro cents": ("EUR", 0.01), "eurocents": ("EUR", 0.01),
    "pence": ("GBP", 0.01), "paise": ("INR", 0.01),
}  # fmt: skip
"""Parts of a currency, and how much of it they are."""

LONG_SCALE: dict[str, float] = {
    **{f"{lakh}{gap}{crore}": 1e12 for lakh in ("lakh", "lakhs") for gap in (" ", "-") for crore in ("crore", "crores", "cr")}, "라크": 1e5, "크로르": 1e7, "trillion": 1e12, "billion": 1e9, "million": 1e6, "thousand": 1e3, "crores": 1e7, "crore": 1e7, "lakhs": 1e5, "lakh": 1e5,
}  # fmt: skip
SHORT_SCALE: dict[str, float] = {
    "tn": 1e12, "tr": 1e12, "trn": 1e12, "tln": 1e12, "bn": 1e9, "bln": 1e9, "mn": 1e6, "mln": 1e6, "mm": 1e6, "cr": 1e7, "mil": 1e6, "bil": 1e9, "th": 1e3, "k": 1e3,
    "m": 1e6, "b": 1e9, "t": 1e12, "lk": 1e5,
}  # fmt: skip
KOREAN_SCALE: dict[str, float] = {"조": 1e12, "억": 1e8, "만": 1e4}
KOREAN_SMALL: dict[str, float] = {"천": 1e3, "백": 1e2, "십": 1e1}

LITRES: dict[str, float] = {
    "l": 1, "ℓ": 1, "리터": 1, "ℓ급": 1, "litres": 1, "liters": 1, "litre": 1, "liter": 1, "kl": 1e3, "㎘": 1e3, "킬로리터": 1e3,
    "kilolitres": 1e3, "kiloliters": 1e3, "ml/l": 0,
}  # fmt: skip
PHYSICAL: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("m²", "m2", "㎡", "sqm", "sq m", "sq. m", "sq.m", "square metres", "square meters", "square metre", "square meter", "제곱미터", "평방미터"), ("m2", 1.0)),
    **dict.fromkeys(("sq ft", "sq. ft", "sqft", "square feet", "square foot"), ("m2", 0.09290304)), "평": ("m2", 3.305785),
    **dict.fromkeys(("hectares", "hectare", "ha", "헥타르"), ("ha", 1.0)), **dict.fromkeys(("acres", "acre"), ("ha", 0.40468564224)),
    **dict.fromkeys(("km²", "km2", "sq km", "square kilometres", "square kilometers"), ("km2", 1.0)),
    **dict.fromkeys(("m³", "m3", "㎥", "cubic metres", "cubic meters", "cubic metre", "cubic meter", "세제곱미터"), ("L", 1e3)),
    **dict.fromkeys(("tonnes", "tonne", "metric tons", "metric tonnes", "tons", "ton", "톤"), ("t", 1.0)), "kilotonnes": ("t", 1e3),
    **dict.fromkeys(("kg", "kilos", "kilograms", "kilogrammes", "킬로그램"), ("kg", 1.0)), "mg": ("mg", 1.0),
    **dict.fromkeys(("km", "kilometres", "kilometers", "킬로미터"), ("km", 1.0)), "miles": ("km", 1.609344),
    **{unit: (unit, 1.0) for unit in ("kW", "MW", "GW", "kWh", "MWh", "GWh")}, "TWh": ("GWh", 1e3), "MWp": ("MW", 1.0), "GWp": ("GW", 1.0),
}  # fmt: skip
"""Units of areas, weights, lengths, power and energy, with what a plan calls them."""
TIMES: dict[str, tuple[str, float]] = {
    "day": ("days", 1), "week": ("days", 7), "fortnight": ("days", 14), "month": ("months", 1), "year": ("years", 1), "yr": ("years", 1),
    "일": ("days", 1), "주": ("days", 7), "개월": ("months", 1), "달": ("months", 1), "년": ("years", 1),
}  # fmt: skip
COUNTERS: dict[str, str] = {
    "여 명": "persons", "명": "persons", "인": "persons",
    "개사": "count", "개국": "count", "개소": "count", "개월": "months", "개": "count", "건": "count", "곳": "count", "종": "count", "사": "count",
    "가지": "count", "품목": "count", "편": "count", "기": "count", "척": "count", "동": "count", "회": "count", "차례": "count", "곡": "count",
    "위": "rank", "배": "x",
}  # fmt: skip

PERSONS = frozenset(
    [
        "people",
        "persons",
        "person",
        "employees",
        "employee",
        "workers",
        "worker",
        "jobs",
        "job",
        "posts",
        "positions",
        "staff",
        "staffers",
        "participants",
        "participant",
        "patients",
        "patient",
        "specialists",
        "researchers",
        "researcher",
        "scientists",
        "professionals",
        "experts",
        "graduates",
        "students",
        "volunteers",
        "reviewers",
        "individuals",
        "adults",
        "engineers",
        "inspectors",
        "citizens",
        "residents",
        "recipients",
        "trainees",
        "personnel",
        "headcount",
        "fte",
        "ftes",
        "phds",
        "souls",
        "colleagues",
        "guests",
        "listeners",
        "subjects",
        "post-docs",
        "pharmacists",
        "layoffs",
        "redundancies",
        "clinicians",
        "chemists",
        "biologists",
        "professors",
        "apprentices",
        "interns",
        "managers",
        "inhabitants",
        "recruits",
        "newcomers",
        "technologists",
        "operators",
        "trialists",
        "respondents",
        "assessors",
        "population",
        "payroll",
        "payrolls",
        "work force",
        "pensioners",
        "taxpayers",
        "immigrants",
        "lecturers",
        "doctors",
        "nurses",
        "physicians",
        "attendees",
        "visitors",
        "delegates",
        "talents",
        "officials",
        "workforce",
        "hires",
        "staffers",
        "examiners",
        "technicians",
        "children",
        "women",
        "men",
        "donors",
        "households",
        "koreans",
        "britons",
        "danes",
        "indians",
        "japanese",
        "brazilians",
        "employment",
        "members",
        "scholars",
        "postdocs",
        "fellows",
        "roles",
        "vacancies",
        "headcount",
        "learners",
        "analysts",
        "coordinators",
        "outpatients",
        "inpatients",
        "infants",
        "babies",
        "mothers",
        "servants",
        "earners",
        "joiners",
        "livelihoods",
        "allocators",
        "economists",
        "equivalents",
        "openings",
        "builders",
        "heads",
        "teachers",
        "leavers",
        "physicists",
        "biotechnologists",
        "technologists",
        "bioinformaticians",
        "statisticians",
        "academics",
        "teachers",
        "trainers",
        "instructors",
        "mentors",
        "kiwis",
        "newborns",
        "smokers",
        "diabetics",
        "voters",
        "farmers",
        "pupils",
        "undergraduates",
        "postgraduates",
        "alumni",
        "executives",
        "directors",
        "consultants",
        "investigators",
        "genomes",
        "hands",
        "intake",
        "enrolment",
        "enrollment",
        "labourers",
        "laborers",
        "enrollees",
        "enrolees",
        "shareholders",
        "payers",
        "reps",
        "recruitments",
        "leavers",
        "starters",
        "mathematicians",
        "programmers",
        "welders",
        "electricians",
        "midwives",
        "retirees",
        "officers",
        "compatriots",
        "countrymen",
        "islanders",
        "negotiators",
        "founders",
        "co-founders",
        "entrepreneurs",
        "carers",
        "survivors",
        "sufferers",
        "teenagers",
        "toddlers",
        "soldiers",
        "surgeons",
        "dentists",
        "oncologists",
        "geneticists",
        "toxicologists",
        "microbiologists",
        "virologists",
        "immunologists",
        "cardiologists",
        "foreigners",
        "migrants",
        "expatriates",
        "returnees",
        "advisers",
        "advisors",
        "lawyers",
    ]
) - {"households", "members"}
"""Nouns that make the numeral before them a number of people."""


def alternatives(words: Iterable[str]) -> str:
    """A pattern of the words, the longest first; parted by their first characters, so that few of many are tried at a place."""
    by: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by.items())


LETTERS = frozenset({"W", "R", "N", "P"})
"""Signs of one letter: they hold where no letter or figure stands before them."""
_CODE = [code for code in BEFORE if code[-1].isalpha() and len(code) > 1]
_SIGN = [sign for sign in BEFORE if sign not in _CODE and sign not in LETTERS and not sign[0].isalpha()]
_LETTERED = [sign for sign in BEFORE if sign not in _CODE and sign not in LETTERS and sign[0].isalpha()]
CURRENCY_BEFORE = re.compile(
    rf"(?:(?<![^\W\d_])(?P<code>{alternatives(_CODE)})[ ]?|(?P<sign>(?<![A-Z])(?:{alternatives(_LETTERED)})|{alternatives(_SIGN)})[ ]?|(?<![^\W_])(?P<letter>W[ ]?|(?<![&'’.-])[RNP]))(?P<minus>[-−])?$"
)
"""Matched against the few characters before a number."""
CURRENCY_AFTER = re.compile(rf"[ -]?(?P<word>{alternatives(AFTER)})(?![a-z])", re.I)
MINOR_AFTER = re.compile(
    rf"[ -](?P<word>{alternatives(MINOR)})(?P<of>[ ](?:in|on|of|from)[ ](?:the|every|each|a)[ ](?:[A-Za-z-]{2, 14}[ ])?(?:dollar|euro|pound|rupee))?(?![A-Za-z])",
    re.I,
)
_MONEY_ENDS = frozenset(word[-2:] for word in BEFORE)
"""How the words end that a currency before its number is written with; signs of one letter among them."""
_MONEY_BEGINS = frozenset(word[:2] for word in AFTER)
_MONEY_ALONE = frozenset(word for word in AFTER if len(word) == 1)
_SCALE_BEGINS = frozenset(word[:2] for word in (*LONG_SCALE, *SHORT_SCALE))
_SCALE_ALONE = frozenset(word for word in SHORT_SCALE if len(word) == 1)
"""How words begin that a currency behind its number, and a magnitude, are written with; those of one letter end there."""


def _two(text: str, end: int) -> str:
    """The two characters behind a figure, past a space or a hyphen, in small letters."""
    after = text[end : end + 2]
    return text[end + 1 : end + 3].casefold() if after[:1] in (" ", "-") else after.casefold()


_MINOR_BEGINS = frozenset(word[:2] for word in MINOR)


def may_minor(text: str, end: int) -> bool:
    """Whether ``MINOR_AFTER`` may match behind a figure."""
    return _two(text, end) in _MINOR_BEGINS


def may_money_before(before: str) -> bool:
    """Whether ``CURRENCY_BEFORE`` may match before a figure."""
    ended = before.rstrip(" -−")
    return ended[-2:] in _MONEY_ENDS or ended[-1:] in _MONEY_ENDS


def may_money(text: str, end: int) -> bool:
    """Whether ``CURRENCY_AFTER`` may match behind a figure."""
    two = _two(text, end)
    return two in _MONEY_BEGINS or two[:1] in _MONEY_ALONE


def may_scale(text: str, end: int) -> bool:
    """Whether ``SCALE`` may match behind a figure."""
    two = _two(text, end)
    return two in _SCALE_BEGINS or (two[:1] in _SCALE_ALONE and not (len(two) == 2 and "a" <= two[1] <= "z"))


SCALE = re.compile(
    rf"(?:[ -]?(?P<long>{alternatives(LONG_SCALE)})|(?P<gap> ?)(?P<short>{alternatives(SHORT_SCALE)}))(?![A-Za-z])\.?(?![A-Za-z0-9])",
    re.I,
)
_PHYSICAL_WORDS = alternatives(PHYSICAL)
PHYSICAL_AFTER = re.compile(rf"\s?(?P<word>{_PHYSICAL_WORDS})(?![A-Za-z0-9²³]|(?<=평)[가-힣])")
_PHYSICAL_BEGINS = frozenset(word[0] for word in PHYSICAL)


def physical_after(text: str, end: int) -> re.Match[str] | None:
    """The unit of an area, a weight or a length behind a figure."""
    after = text[end : end + 1]
    if after.isspace():
        after = text[end + 1 : end + 2]
    return PHYSICAL_AFTER.match(text, end) if after in _PHYSICAL_BEGINS else None
