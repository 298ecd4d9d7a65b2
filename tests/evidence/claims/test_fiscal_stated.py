"""Fiscal years that a text explains itself."""

from __future__ import annotations

from datetime import date

import pytest

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.claims.fiscal import stated_fiscal
from salpi.evidence.claims.page import Page
from salpi.evidence.claims.periods import Anchor, mentions
from salpi.plan import load_plan


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Forecast for FY2026 (April 1, 2026 to March 31, 2027)", (4, "start")),
        ("FY2026 (1 October 2025 to 30 September 2026)", (10, "end")),
        ("In 2025/26 (1 September 2025 to 31 August 2026)", (9, "end")),
        ("Its financial year ends on 30 June.", (7, "end")),
        ("fiscal year 2025, which ended September 30, 2025", (10, "end")),
        ("The fiscal year ended December 31.", (1, "end")),
        ("(The Egyptian fiscal year begins on 1 July and ends on 30 June.)", (7, "end")),
        ("6월 결산 법인", (7, "end")),
        ("2024-25 회계연도(4월~이듬해 3월)", (4, "end")),
        ("One's fiscal year ends in June, the other's financial year ended in March.", None),
        ("Sales rose in 2025.", None),
    ],
)
def test_a_text_may_say_when_its_year_begins(text, stated):
    assert stated_fiscal(text, "end") == stated


def test_what_a_text_says_goes_before_what_its_country_does():
    text = "COPENHAGEN, 20 May 2026. In 2025/26 (1 September 2025 to 31 August 2026) Danish revenue was DKK 30bn."
    page = Page(text, Catalogue.of(load_plan("korea")))
    assert next(mention.period for mention in page.times if mention.kind == "point") == "2025-09/2026-08"


TOKYO = Anchor(date(2026, 11, 1), 2026, 4, "start", True)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("in the first half of fiscal 2026", "2026-04/2026-09"),
        ("for H1 FY2026", "2026-04/2026-09"),
        ("financial 2025", "2025-04/2026-03"),
        ("first-half fiscal 2025", "2025-04/2025-09"),
        ("2H FY2025", "2025-10/2026-03"),
        ("first half of the year ending March 2027", "2026-04/2026-09"),
        ("second half of the fiscal year ended 31 December 2025", "2025-H2"),
        ("Q1–Q3 2026", "2026-01/2026-09"),
        ("Q1-Q2 of 2026", "2026-H1"),
        ("full-year sales", "2026-04/2027-03"),
        ("'26.8월", "2026-08"),
        ("'25.1~8월", "2025-01/2025-08"),
        ("'24.3분기", "2024-Q3"),
    ],
)
def test_parts_of_fiscal_years(text, period):
    assert [mention.period for mention in mentions(text, TOKYO)] == [period]
