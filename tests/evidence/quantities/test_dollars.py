"""Whose dollars a "$" means: as a text says, by its letters, by the word behind, by exchange, authority and country.

All sentences are made up, as are their figures.
"""

from __future__ import annotations

import pytest

from salpi.evidence.quantities.bare import settle
from salpi.evidence.quantities.scan import scan
from salpi.evidence.sentences import sentences


def money(text: str) -> list[str]:
    found = settle(text, scan(text), sentences(text))
    return [one.unit or "" for one in found if one.unit and len(one.unit) == 3 and one.unit.isupper()]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It cost CAD$5 million.", "CAD"),
        ("It cost Cdn$5 million.", "CAD"),
        ("It cost $5 million CAD.", "CAD"),
        ("It cost $3.2M AUD in all.", "AUD"),
        ("It cost $45 million (NZD).", "NZD"),
        ("It cost $20 million Canadian.", "CAD"),
        ("It cost $30 million Mexican pesos.", "MXN"),
        ("In Mexico it cost $4,200 million pesos.", "MXN"),
        ("In Mexico it cost Ps. 4,200 million.", "MXN"),
        ("It cost AR$500 million.", "ARS"),
        ("It cost R$500 million.", "BRL"),
        ("It cost J$40 million.", "JMD"),
        ("It cost $US5 million.", "USD"),
        ("비용은 30억 뉴질랜드 달러다.", "NZD"),
    ],
)
def test_letters_and_words_beside_the_sign(text: str, unit: str) -> None:
    assert money(text) == [unit]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("All amounts are in Canadian currency. Cash was $18 million.", "CAD"),
        ("Reporting currency: AUD. Revenue $12.4m.", "AUD"),
        ("The presentation currency is the New Zealand dollar. Sales were $5.2m.", "NZD"),
        ("Note: S$ unless stated. Revenue of $88.1m was up.", "SGD"),
        ("Results for the year (A$ million): revenue $310 million.", "AUD"),
        ("(Expressed in Mexican pesos)\nRevenue was $84 million.", "MXN"),
        ('References to "$" are to Canadian dollars. The loan is $14 million.', "CAD"),
        ("All sums in Canadian dollars. It cost 14 million dollars.", "CAD"),
        ("모든 금액은 캐나다 달러 기준이다. 매출은 300만 달러다.", "CAD"),
        ("NORVEX (TSX-V: NVX) raised $25 million.", "CAD"),
        ("The ASX-listed firm made $210 million.", "AUD"),
        ("Orchid, which is listed on the Singapore Exchange, made $61 million.", "SGD"),
        ("Health Canada said yes. Toronto-based Trill will spend $9 million.", "CAD"),
    ],
)
def test_a_text_says_whose_its_dollars_are(text: str, unit: str) -> None:
    assert money(text) == [unit]


def test_a_text_that_marks_american_dollars_means_its_own_by_the_others() -> None:
    text = "SINGAPORE – Raintree will invest $220 million, it said. An analyst in Singapore put the order at US$150 million."
    assert money(text) == ["SGD", "USD"]
    assert money("SINGAPORE – It paid US$20 million in Singapore, and $3 million later.") == ["USD", "USD"]


@pytest.mark.parametrize(
    "text",
    [
        "The firm trades on Nasdaq and the TSX; sales were $90 million.",
        "All amounts in US dollars. The firm (TSX: LVP) had sales of $55 million.",
        "The value of the Canadian dollar fell. Sales were $90 million.",
        "Amounts were converted to Canadian dollars at the rate of the day. Sales were $90 million.",
        "Pfizer expects $600 million; Health Canada cleared the drug.",
        "A Seoul firm pays $80 million for a laboratory in Sydney, or 110 billion won.",
        "He says that of every ten pesos seven are the state's. In Mexico the market is $420 million.",
    ],
)
def test_without_such_a_sign_they_are_american(text: str) -> None:
    assert "USD" in money(text)
