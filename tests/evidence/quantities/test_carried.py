"""Quantities that say less than they mean: units carried over, money of other countries, places, people, and frames of time.

All sentences are made up, as are their figures.
"""

from __future__ import annotations

import pytest

from salpi.evidence.claims.tables import tables
from salpi.evidence.quantities.bare import settle
from salpi.evidence.quantities.scan import scan
from salpi.evidence.sentences import sentences


def read(text: str) -> list[tuple[str, float, str | None]]:
    return [(text[one.start : one.end], round(one.value, 6), one.unit) for one in settle(text, scan(text), sentences(text))]


def last(text: str) -> tuple[float, str | None]:
    found = read(text)
    assert found, text
    return found[-1][1:]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The plant in Durban cost R3.4 billion.", 3.4e9, "ZAR"),
        ("The firm in Izmir sold TL 7 billion of vaccines.", 7e9, "TRY"),
        ("Jakarta sets aside Rp 2 trillion.", 2e12, "IDR"),
        ("The fund of Suzhou holds Rmb 4 billion.", 4e9, "CNY"),
        ("In Manila the budget is 6 billion pesos.", 6e9, "PHP"),
        ("Building the hall costs CHF 310 m.", 310e6, "CHF"),
        ("The donor pays 12 US cents.", 0.12, "USD"),
        ("Small firms get 31 pence in the pound.", 31.0, "%"),
        ("A rate of 12.5pc applies.", 12.5, "%"),
        ("It did $4.1 billion in copies.", 4.1e9, "USD"),
        ("It made one point oh four billion dollars.", 1.04e9, "USD"),
    ],
)
def test_money_of_many_countries(text: str, value: float, unit: str) -> None:
    assert last(text) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    "text", ["R&D at site R2 went on.", "See question S7W-24117 of the member.", "Under HS code 3004 nothing changed."]
)
def test_codes_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_a_bare_dollar_is_the_american_one_unless_the_text_says_otherwise() -> None:
    assert read("Taipei spends NT$9 billion. In US money that is $300 million.")[-1][2] == "USD"
    assert read("NZ$40 million goes to labs, and $5m less to the rest.")[-1][2] == "NZD"
    assert read("Sales were $50 million. All amounts are in Canadian dollars.")[0][2] == "CAD"
    assert read("OTTAWA, May 3\nThe Government of Canada gives $40 million to Canadian labs. Canada needs them.")[-1][2] == "CAD"
    assert read("Canada, US$3 million. The Government of Canada gives $4 million to Canada.")[-1][2] == "USD"
    assert read("Profit was A$51m. The dividend is 14 cents.")[-1][2] == "AUD"
    assert read("A$4 billion was spent. The deal is $2 billion. Labs get A$1 billion.")[1][2] == "USD"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Oslo sits 14th in the league.", 14),
        ("The ministry wants fourth by 2031.", 4),
        ("Ghent became the city's number two.", 2),
        ("The country went from sixth to ninth in late-stage work.", 9),
        ("It is the seventh exporter of them in the world.", 7),
        ("The firm is to win a place among the world's top ten contract makers.", 10),
    ],
)
def test_places_without_a_noun_behind_them(text: str, value: int) -> None:
    assert last(text) == (value, "rank")


@pytest.mark.parametrize(
    "text",
    ["We met on the 4th.", "It was their third in a row.", "First, we wait; third, we ask.", "By then the fifth was built."],
)
def test_ordinals_that_are_no_places(text: str) -> None:
    assert all(unit != "rank" for _, _, unit in read(text))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The agency needs 300 days; the median in Hungary is 210.", 210, "days"),
        ("Review takes 95 working days, and the law allows 60.", 60, "days"),
        ("Makers cover 40 percent of packs and covered 75 in 1995.", 75, "%"),
        ("It licensed 61 medicines last year, against Norway's 44.", 44, "count"),
        ("Output grew 4.1 per cent; in the south it was 6.3.", 6.3, "%"),
        ("The hall costs 90 billion won, of which 35 this year.", 35e9, "KRW"),
        ("Growth will be 5 percent, after it had promised 7 to 8.", 7, "%"),
        ("The number of biotech tenants rose to 340.", 340, "count"),
        ("Staff 410, all in one town.", 410, "persons"),
        ("Two halls and a workforce of 1,900.", 1900, "persons"),
        ("A firm 2,300 strong.", 2300, "persons"),
        ("The school put 4,100 learners through its doors.", 4100, "persons"),
        ("Of those asked, one in nine agreed.", 100 / 9, "%"),
        ("Every fourth trial ran there.", 25, "%"),
        ("They spent $100 million and seven to eight years.", 7, "years"),
    ],
)
def test_units_that_are_carried_or_meant(text: str, value: float, unit: str) -> None:
    assert last(text) == (pytest.approx(value, rel=1e-5), unit)


@pytest.mark.parametrize(
    "text",
    [
        "Exports in the same eight months were flat.",
        "Over the past five years it grew.",
        "Sales in the ten months to October rose.",
        "The ten-year average is higher.",
        "Two winters ago it was let in.",
        "They went to the capital twice this winter.",
    ],
)
def test_frames_and_events_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_a_term_that_is_planned_is_a_quantity() -> None:
    assert last("The programme runs over the next five years.") == (5, "years")


def test_whole_numbers_of_a_table_without_units_are_counts() -> None:
    table = tables("| Home | Licensed | Marketed |\n|---|---|---|\n| Norway | 12 | 7 |\n| Chile | 4 | 3 |\n")[0]
    assert [(cell.found.value, cell.found.unit) for cell in table.cells] == [
        (12, "count"),
        (7, "count"),
        (4, "count"),
        (3, "count"),
    ]


def test_a_unit_declared_for_all_holds_for_rows_without_one() -> None:
    text = (
        "(Rs crore unless stated)\n\n| | FY1 | FY2 |\n|---|---|---|\n| Revenue | 1,200 | 1,500 |\n| Margin, % | 24.1 | 26.0 |\n"
    )
    assert {(cell.found.value, cell.found.unit) for cell in tables(text)[0].cells} == {
        (1.2e10, "INR"),
        (1.5e10, "INR"),
        (24.1, "%"),
        (26.0, "%"),
    }
