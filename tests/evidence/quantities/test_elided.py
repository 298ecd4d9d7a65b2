"""Numbers of spoken and plain English: units that talk leaves out, numbers as they are said.

All sentences are made up, as are their figures.
"""

from __future__ import annotations

import pytest

from salpi.evidence.quantities.bare import settle
from salpi.evidence.quantities.scan import scan
from salpi.evidence.sentences import sentences


def read(text: str) -> list[tuple[str, float, str | None]]:
    return [(text[one.start : one.end], round(one.value, 6), one.unit) for one in settle(text, scan(text), sentences(text))]


def last(text: str) -> tuple[str, float, str | None]:
    found = read(text)
    assert found, text
    return found[-1]


@pytest.mark.parametrize(
    ("text", "said", "value", "unit"),
    [
        ("The state adds a billion and a half euros.", "a billion and a half euros", 1.5e9, "EUR"),
        ("They hope for a million and a quarter donors.", "a million and a quarter", 1.25e6, "persons"),
        ("Patients wait a year and a half for it.", "a year and a half", 1.5, "years"),
        ("The hall has three or four hundred seats.", "three or four hundred", 300, "count"),
        ("Three thousand, two hundred people work there.", "Three thousand, two hundred", 3200, "persons"),
        ("Its answer reaches one in thirty-five days.", "thirty-five days", 35, "days"),
        ("Lyon is twenty-third among cities.", "twenty-third", 23, "rank"),
        ("The plan is a seventyfold rise.", "seventyfold", 70, "x"),
        ("It owns nine billion-dollar brands.", "nine", 9, "count"),
        ("The state lends P3.1 billion.", "P3.1 billion", 3.1e9, "PHP"),
        ("Imports rose to N640 billion.", "N640 billion", 640e9, "NGN"),
        ("The kingdom spends SR18 billion.", "SR18 billion", 18e9, "SAR"),
        ("It took a 2.4 billion pound loan.", "2.4 billion pound", 2.4e9, "GBP"),
        ("Nagoya occupies place 17 of the list.", "17", 17, "rank"),
        ("The day saw 31 memoranda signed.", "31", 31, "count"),
        ("Since May 240 Ugandans have been trained.", "240", 240, "persons"),
    ],
)
def test_numbers_as_they_are_said(text: str, said: str, value: float, unit: str) -> None:
    assert last(text) == (said, pytest.approx(value), unit)


def test_a_span_before_a_part_of_a_whole_stays_one() -> None:
    assert read("It kept to eight months in three cases out of five.") == [
        ("eight months", 8, "months"),
        ("three cases out of five", 60, "%"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "On the twenty-third of May it rained.",
        "In the twenty-first century all is well.",
        "It was the worst market in a decade.",
        "READ NEXT: 7 stocks to watch",
        "Subscribe for W8,800 a month",
        "Join 64,000 readers!",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("How many families joined?\n\nThree thousand nine hundred.", 3900, "count"),
        ("**How many patients were treated?**\n\nSince launch, 377.", 377, "persons"),
        ("Q. How many days did it take?\nA. Ninety.", 90, "days"),
        ("And the jobs?\n\nMINISTER: 64,000 in all.", 64000, "persons"),
        ("How many plants do you own?\n\nSo far, six.", 6, "count"),
    ],
)
def test_an_answer_takes_the_noun_that_was_asked_for(text: str, value: float, unit: str) -> None:
    assert last(text)[1:] == (value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Today we're 740, in two towns.", 740, "persons"),
        ("There are 2,310 of us.", 2310, "persons"),
        ("Orla is a company of 52, with no product.", 52, "persons"),
        ("Large firms deduct 12 percent, small ones 20.", 20, "%"),
        ("Its share was 9 percent. Now it is 14.", 14, "%"),
        ("We wanted ninety million euros. We got sixty.", 60e6, "EUR"),
        ("The round was to be $90 million and ended at 35.", 35e6, "USD"),
        ("Net sales were EUR 212.5 million (187.3).", 187.3e6, "EUR"),
        ("Sales PLN 44 million (previous quarter 39.5).", 39.5e6, "PLN"),
        ("In euros we grew: 31 billion.", 31e9, "EUR"),
        ("There are 14 trials. Three more start in May.", 3, "count"),
        ("In 2020 they made 12 percent of our medicines. Now it's 31.", 31, "%"),
        ("The state allows 180 percent instead of 140.", 140, "%"),
        ("Twelve million dollars now, up to three hundred and forty if it works.", 340e6, "USD"),
        ("It lent 40 billion won, which is $30 million. We got 15 billion as a loan.", 15e9, "KRW"),
        ("Local plants, 37 at the last count, are full.", 37, "count"),
        ("Quarter: new projects 48, orders thin.", 48, "count"),
        ("Start-ups, of which the ministry lists 151, are poor.", 151, "count"),
        ("Headcount is 640, 35% of it in quality.", 640, "persons"),
        ("The population is 61 million.", 61e6, "persons"),
        ("There are 30 jobs here. 400 new ones were promised.", 400, "persons"),
        ("It opened 60 training places.", 60, "persons"),
        ("Seoul runs 512 trials to the rival's 477.", 477, "count"),
        ("Japan has two drugs of the kind; Oman has one.", 1, "count"),
        ("Only one developer went public.", 1, "count"),
        ("The halls hold 20,000 litres; 5,000 more come in May.", 5000, "L"),
    ],
)
def test_units_left_out(text: str, value: float, unit: str) -> None:
    found = read(text)
    assert (pytest.approx(value), unit) in [one[1:] for one in found], found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("China is first. Nobody else is near.", 1),
        ("Boston was first in clinical sites.", 1),
        ("Peru's market, the second in Latin America, grew.", 2),
        ("Vietnam was the third supplier after Malta.", 3),
        ("We were ninth five years earlier.", 9),
        ("Nairobi took second, and Cairo was poor.", 2),
        ("It wants to be among the top six life science regions.", 6),
        ("The plan is to be among the first five by 2035.", 5),
        ("It should join the leading seven nations.", 7),
    ],
)
def test_places(text: str, value: float) -> None:
    assert (value, "rank") in [one[1:] for one in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It was first approved in May.",
        "The first in a series of talks was dull.",
        "One of them left.",
        "At least one product is tied to it.",
    ],
)
def test_no_places_and_no_counts(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Swiss firms have 14, or 23% of the total; Basel has eight.", "eight"),  # of a number, of which that was the share
        ("Net sales were EUR 212.5 million (2019).", "2019"),
    ],
)
def test_units_not_carried_over(text: str, said: str) -> None:
    assert not any(one[0] == said and one[2] in ("%", "EUR") for one in read(text))
