"""Series whose periods stand in brackets before their figures."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.claims.page import Page
from salpi.plan import load_plan


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "* 바이오헬스 수출(억 달러, 증감률): ('26.8월) 12.9(△3.1%) → (9월) 16.9(+7.2%) → (10월) 15.1(+4.4%)",
            [(1.29e9, "USD"), (-3.1, "%"), (1.69e9, "USD"), (7.2, "%"), (1.51e9, "USD"), (4.4, "%")],
        ),
        ("증감률(%): (9월) 7.2 → (10월) △4.4", [(7.2, "%"), (-4.4, "%")]),
        (
            "추이(억 달러, %): ('23) 133.3(△18.6) → ('24) 151.0(13.3)",
            [(1.333e10, "USD"), (-18.6, "%"), (1.51e10, "USD"), (13.3, "%")],
        ),
        ("2. 부족 인원(명)\n   ('22년) 1,840 → ('23년) 2,015", [(1840, "persons"), (2015, "persons")]),
        ("For medicines alone, in billions of dollars: (Aug) 0.81, (Sep) 1.12", [(8.1e8, "USD"), (1.12e9, "USD")]),
        ("Medicines, CHF billion: (Q3 25) 24.9; (Q4 25) 26.2.", [(2.49e10, "CHF"), (2.62e10, "CHF")]),
        ("Figures, $ million:\n   exports  (Apr) 178 · (May) 171", [(1.78e8, "USD"), (1.71e8, "USD")]),
        (" - (5월) 3.61 (6월) 3.88, 단위 억 달러", [(3.61e8, "USD"), (3.88e8, "USD")]),
        ("승인: (1월) 71건 → (2월) 64건", [(71, "count"), (64, "count")]),
    ],
)
def test_figures_take_the_unit_of_their_heading(text, values):
    page = Page(text, Catalogue.of(load_plan("korea")))
    assert [(pytest.approx(one.value), one.unit) for one in page.found] == values


@pytest.mark.parametrize(
    "text", ["In (2024) 12 firms and (2025) more", "The plant (Q3) 12 came first", "Sales, $ million: (Aug) 5"]
)
def test_what_is_no_series_stays_as_it_is(text):
    page = Page(text, Catalogue.of(load_plan("korea")))
    assert all(one.rule != "unit of its series" for one in page.found)
