"""The units of salpi, in pint's own definition language; small, so that the registry is built in milliseconds.

Money is physical here: each currency is a dimension of its own (``[currency_KRW]``), so that won and dollars never
add up without a rate. Things that are counted (persons, assets, plants) are dimensions as well: a litre is no person.
"""

from __future__ import annotations

_ISO = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES
VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""

CURRENCIES = tuple(_ISO.split())
"""ISO 4217 codes in use. Source: ISO 4217."""

COUNTED = {
    "person": "persons people FTE",
    "asset": "assets",
    "product": "products",
    "trial": "trials",
    "plant": "plants",
    "company": "companies firm firms entrant entrants",
    "patent": "patents",
    "molecule": "molecules",
    "deal": "deals",
    "project": "projects",
    "site": "sites",
    "count": "counts",
    "rank": "ranks",
    "flag": "flags",
    "logit": "logits",
}
"""Things counted, each a dimension; then its other names."""

DIMENSIONLESS = {
    "ratio": "1",
    "probability": "1",
    "x": "1",
    "log": "1",
    "elasticity": "1",
    "weight": "1",
    "share": "1",
    "index": "1",
    "point": "0.01 = points",
    "percent": "0.01",
    "thousand": "1e3",
    "million": "1e6",
    "billion": "1e9",
    "trillion": "1e12",
}

PHYSICAL = """
day = [time] = days
week = 7 * day = weeks
yr = 365.25 * day = year = years
month = yr / 12 = months
quarter = yr / 4 = quarters
hour = day / 24 = hours
m = [length]
km = 1000 * m
m2 = m ** 2
m3 = m ** 3
ha = 10000 * m2
km2 = 1000000 * m2
L = m3 / 1000
mL = L / 1000
kL = 1000 * L
t = [mass]
kg = t / 1000
g = kg / 1000
mg = g / 1000
MW = [power]
kW = MW / 1000
GW = 1000 * MW
MWh = MW * hour
kWh = MWh / 1000
GWh = 1000 * MWh
"""


def lines() -> list[str]:
    """All definitions as lines of pint's language."""
    out = [f"{code} = [currency_{code}]" for code in CURRENCIES]
    for name, others in COUNTED.items():
        out.append(" = ".join([name, f"[{name}]", *(["_", *others.split()] if others else [])]))
    out += [f"{name} = {value}" for name, value in DIMENSIONLESS.items()]
    out += [line for line in PHYSICAL.splitlines() if line]
    return out
