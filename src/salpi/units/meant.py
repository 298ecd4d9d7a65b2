"""What people write for a unit, and the unit that is meant: words, signs of currencies, other spellings."""

from __future__ import annotations

MEANT = {
    "litre": "L", "litres": "L", "liter": "L", "liters": "L", "l": "L", "kilolitres": "kL", "millilitres": "mL",
    "tonne": "t", "tonnes": "t", "ton": "t", "tons": "t", "kilogram": "kg", "kilograms": "kg", "kilo": "kg", "kilos": "kg",
    "hectare": "ha", "hectares": "ha", "metre": "m", "metres": "m", "meter": "m", "meters": "m",
    "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km",
    "m²": "m2", "m^2": "m2", "sqm": "m2", "square metres": "m2", "square meters": "m2", "m³": "m3", "m^3": "m3", "cbm": "m3",
    "cubic metres": "m3", "cubic meters": "m3", "km²": "km2", "square kilometres": "km2", "square kilometers": "km2",
    "megawatt": "MW", "megawatts": "MW", "mw": "MW", "mwh": "MWh", "megawatt hours": "MWh", "gigawatts": "GW",
    "employees": "persons", "jobs": "persons", "workers": "persons", "patients": "persons", "headcount": "persons",
    "doses": "count", "units": "count", "pieces": "count", "cases": "count", "number": "count",
    "percentage": "%", "pct": "%", "per cent": "%", "pp": "points", "percentage points": "points", "times": "x",
    "$": "USD", "us$": "USD", "dollar": "USD", "dollars": "USD", "r$": "BRL", "real": "BRL", "reais": "BRL", "€": "EUR",
    "euro": "EUR", "euros": "EUR", "£": "GBP", "pound": "GBP", "pounds": "GBP", "¥": "JPY", "yen": "JPY", "₩": "KRW",
    "won": "KRW", "yuan": "CNY", "rmb": "CNY", "renminbi": "CNY", "₹": "INR", "rs": "INR", "rupee": "INR", "rupees": "INR",
    "a$": "AUD", "c$": "CAD", "nt$": "TWD", "hk$": "HKD", "s$": "SGD", "zł": "PLN", "zloty": "PLN", "₺": "TRY", "lira": "TRY",
    "₽": "RUB", "rouble": "RUB", "roubles": "RUB", "฿": "THB", "baht": "THB", "₫": "VND", "dong": "VND", "₱": "PHP", "rm": "MYR",
    "ringgit": "MYR", "rp": "IDR", "rupiah": "IDR", "rand": "ZAR", "₦": "NGN", "naira": "NGN", "₪": "ILS", "shekel": "ILS",
    "franc": "CHF", "francs": "CHF",
}  # fmt: skip
"""In lower case, as written; a word that is a unit already stands in ``definitions.py``."""


def meant(unit: str) -> str | None:
    """The unit that is meant by what somebody wrote, word by word where it holds more than one; None where nobody can say."""
    whole = MEANT.get(unit.strip().casefold())
    if whole is not None:
        return whole
    words = unit.split()
    found = [MEANT.get(word.casefold(), word) for word in words]
    return " ".join(found) if found != words else None
