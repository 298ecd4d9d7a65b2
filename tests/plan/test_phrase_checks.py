"""Phrases of indicators: blank, common, of two families, in units that no text is read in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salpi.plan.readable import READABLE
from salpi.units import check as check_unit

Changed = Callable[..., list[str]]


def more(id: str, unit: str, *phrases: str) -> tuple[str, str, str]:
    price = "  price: nominal\n" if unit in ("USD", "KRW") else ""
    body = f"  name: {{en: Some {id}, ko: 지표}}\n  unit: '{unit}'\n{price}  kind: flow\n  definition: {{en: x, ko: x}}\n"
    return "indicators.yaml", "", f"{id}:\n{body}  phrases: {{en: [{', '.join(phrases)}], ko: [{id} 한국어]}}\n"


def test_one_common_word(changed: Changed) -> None:
    assert changed(more("ethanol", "L", "ethanol output", "Production")) == [
        "indicators.yaml:34: warning: phrase 'production' is one common word: figures of anything else would be taken for it; "
        "say what it is of"
    ]


def test_an_indicator_of_that_name_may_be_called_so(changed: Changed) -> None:
    named = ("indicators.yaml", "en: Some production,", "en: Production,")
    assert changed(more("production", "L", "production"), named) == []


def test_one_phrase_for_two_families(changed: Changed) -> None:
    assert changed(more("exports.other", "USD", "Bio  exports")) == [
        "indicators.yaml:35: warning: phrase 'bio exports' speaks of 'exports.bio@agency' too: a claim would go to either; "
        "leave it to one of them, or say more in it"
    ]


@pytest.mark.parametrize("one", [more("exports.bio@other", "USD", "bio exports"), more("exporters", "count", "bio exports")])
def test_two_definitions_of_one_family_and_two_units_are_told_apart(changed: Changed, one: tuple[str, str, str]) -> None:
    assert changed(one) == []


def test_ids_under_which_no_claim_is_given_are_left_alone(changed: Changed) -> None:
    claims = ("plan.yaml", "seed: 7", "seed: 7\nclaims: [exports.bio]")
    assert changed(claims, more("exports.other", "USD", "bio exports", "exports"), more("tax", "count/yr", "tax")) == []


def test_a_unit_that_no_text_is_read_in(changed: Changed) -> None:
    (line,) = changed(more("tax", "count/yr", "approvals a year"))
    assert line.startswith(
        "indicators.yaml:31: warning: phrases, but no text is read in 'count/yr': no claim will be found; give"
    )
    assert "or remove `phrases`" in line


@pytest.mark.parametrize("unit", ["t", "kg", "m2", "m3", "ha", "km", "MW", "MWh", "L", "persons", "days", "%"])
def test_units_that_texts_are_read_in(changed: Changed, unit: str) -> None:
    assert changed(more("amount", unit, "amount of it")) == []


def test_every_unit_that_is_read_is_one_of_a_plan() -> None:
    for unit in READABLE:
        assert check_unit(unit) == unit
