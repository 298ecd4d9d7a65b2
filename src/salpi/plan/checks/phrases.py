"""Phrases by which texts speak of indicators: not blank, of one indicator each, not too common, in units that are read."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context, known_unit
from salpi.plan.problems import Problem
from salpi.plan.readable import is_readable, readable
from salpi.plan.schema import Indicator
from salpi.units import currency, same_dimension

COMMON = frozenset((
    "amount", "area", "consumption", "cost", "costs", "demand", "exports", "growth", "imports", "income", "jobs", "market",
    "number", "output", "price", "prices", "production", "rate", "share", "spending", "supply", "trade", "value", "volume",
    "가격", "공급", "규모", "면적", "무역", "물량", "비율", "비중", "생산", "성장", "수", "수요", "수입", "수출", "시장",
))  # fmt: skip
"""Words that alone say too little: texts have them beside figures of everything."""


def check_phrases_blank(c: Context) -> Iterator[Problem]:
    """Phrases by which an indicator is found in texts are not blank."""
    for id, indicator in c.plan.indicators.items():
        for lang, phrases in indicator.phrases.items():
            if not phrases:
                what = f"`phrases.{lang}` is empty"
                yield c.problem(("indicator", id), ("phrases", lang), what, "", "add one, or remove the key")
            for at, phrase in enumerate(phrases):
                if not phrase.strip():
                    here = ("phrases", lang, at)
                    yield c.problem(("indicator", id), here, "a blank phrase", "it would match anything", "remove it")


def check_phrases_common(c: Context) -> Iterator[Problem]:
    """No phrase is one common word, unless the indicator is just that."""
    for id, lang, at, phrase in _spoken(c):
        name = c.plan.indicators[id].name
        if phrase in COMMON and phrase not in (name.en.casefold(), (name.ko or "").casefold()):
            what, why = f"phrase '{phrase}' is one common word", "figures of anything else would be taken for it"
            yield c.problem(("indicator", id), ("phrases", lang, at), what, why, "say what it is of", level="warning")


def check_phrases_once(c: Context) -> Iterator[Problem]:
    """No phrase speaks of two families, where their units do not tell them apart."""
    first: dict[tuple[str, str], list[str]] = {}
    for id, lang, at, phrase in _spoken(c):
        others = first.setdefault((lang, phrase), [])
        rival = next((other for other in others if _rivals(c, id, other)), None)
        if rival is not None:
            what, why = f"phrase '{phrase}' speaks of '{rival}' too", "a claim would go to either"
            mend = "leave it to one of them, or say more in it"
            yield c.problem(("indicator", id), ("phrases", lang, at), what, why, mend, level="warning")
        others.append(id)


def check_phrases_readable(c: Context) -> Iterator[Problem]:
    """An indicator that texts speak of is in a unit in which figures of texts are read."""
    for id in dict.fromkeys(id for id, *_ in _spoken(c)):
        unit = c.plan.indicators[id].unit
        if known_unit(unit) and not is_readable(unit):
            what, why = f"phrases, but no text is read in '{unit}'", "no claim will be found"
            mend = f"give the indicator in {readable()}, or remove `phrases`"
            yield c.problem(("indicator", id), ("unit",), what, why, mend, level="warning")


def _spoken(c: Context) -> Iterator[tuple[str, str, int, str]]:
    """Indicator, language, place and phrase, of all under which claims are given."""
    listed = frozenset(c.plan.meta.claims)
    for id, indicator in c.plan.indicators.items():
        if not listed or listed & _claims(id, indicator):
            for lang, phrases in indicator.phrases.items():
                for at, phrase in enumerate(phrases):
                    yield id, lang, at, " ".join(phrase.casefold().split())


def _claims(id: str, indicator: Indicator) -> set[str]:
    """The ids under which claims of an indicator are given."""
    return set(indicator.aliases or (id.partition("@")[0],))


def _rivals(c: Context, id: str, other: str) -> bool:
    one, two = c.plan.indicators[id], c.plan.indicators[other]
    if _claims(id, one) & _claims(other, two) or not (known_unit(one.unit) and known_unit(two.unit)):
        return False
    return same_dimension(one.unit, two.unit) or bool(currency(one.unit) and currency(two.unit))
