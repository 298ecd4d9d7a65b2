"""Figures as other places write them, and units of which only a plan's own indicators make claims."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.catalogue import Catalogue, unit_class
from salpi.evidence.extract import extract_claims
from salpi.evidence.quantities.headers import unit_word
from salpi.evidence.quantities.scan import scan
from salpi.evidence.record import Document
from salpi.plan import load_plan
from salpi.plan.readable import READABLE
from salpi.plan.schema import Indicator


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("spent EUR 9,9 bn on it", "EUR 9,9 bn", 9.9e9, "EUR"),
        ("worth 3,25 billion euros", "3,25 billion euros", 3.25e9, "EUR"),
        ("revenue was € 1.234,5 million", "€ 1.234,5 million", 1.2345e9, "EUR"),
        ("paid € 1.234.567 for it", "€ 1.234.567", 1234567, "EUR"),
        ("rose 12,5 % to", "12,5 %", 12.5, "%"),
        ("paid $1,234 for it", "$1,234", 1234, "USD"),
        ("in 2024,5 percent", "5 percent", 5, "%"),
        ("aims at Rs 2 lakh cr by 2030", "Rs 2 lakh cr", 2e12, "INR"),
        ("₹3.4 lakh-crore", "₹3.4 lakh-crore", 3.4e12, "INR"),
        ("Rs 2 lakhs crores", "Rs 2 lakhs crores", 2e12, "INR"),
        ("a loss of EUR (12.9) million.", "EUR (12.9) million", -12.9e6, "EUR"),
        ("a 28,000 sq. m plant", "28,000 sq. m", 28000, "m2"),
        ("28,000㎡ 규모", "28,000㎡", 28000, "m2"),
        ("5,000 square metres of it", "5,000 square metres", 5000, "m2"),
        ("to 2,400 m³ in 2027", "2,400 m³", 2.4e6, "L"),
        ("120,000 tonnes of it", "120,000 tonnes", 120000, "t"),
        ("3만 톤을 만든다", "3만 톤", 30000, "t"),
    ],
)
def test_a_figure(text, span, value, unit):
    found = [one for one in scan(text) if one.unit is not None]
    assert [(text[one.start : one.end], pytest.approx(one.value), one.unit) for one in found] == [(span, value, unit)]


def claims(text: str, catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(claim.text, claim.unit) for claim in extract_claims(Document("0", "d.txt", text), catalogue)]


AREA = "The new 28,000 m² plant of 120,000 tonnes uses 45 MW and employs 300 people."


def test_areas_and_weights_are_no_claims_where_no_indicator_is_one():
    assert claims(AREA, Catalogue.of(load_plan("korea"))) == [("300", "persons")]


def test_a_plan_may_count_in_tonnes():
    wheat = Indicator.read(
        {
            "name": {"en": "Bio-naphtha", "ko": "바이오 나프타"},
            "definition": {"en": "What is made of it in a year", "ko": "한 해 생산량"},
            "unit": "t",
            "kind": "flow",
            "phrases": {"en": ["bio-naphtha production"]},
        }
    )
    catalogue = Catalogue.of_indicators({"production.naphtha": wheat})
    text = "Bio-naphtha production was 430,000 tonnes in 2025. The hall has 28,000 m²."
    found = extract_claims(Document("0", "d.txt", text), catalogue)
    assert [(claim.text, claim.unit, claim.indicator) for claim in found] == [("430,000 tonnes", "t", "production.naphtha")]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("It employed 12,300 people, up from 11,900 a year earlier.", None),
        ("It spends $2bn a year.", "per_year"),
        ("It will spend $5bn over five years.", None),
        ("It paid over $5bn.", "over"),
        ("국산 신약 2개가 허가됐다.", None),
        ("약 5건이 있다.", "about"),
        ("영업이익은 3천억원대 초반이다.", "about"),
        ("비용은 2천7백억원 남짓이다.", "over"),
        ("직원은 4,300여 명이다.", "over"),
        ("매년 3,000명을 기른다.", "per_year"),
    ],
)
def test_what_is_said_of_a_bound(text, qualifier):
    (claim, *more) = extract_claims(Document("0", "d.txt", text), Catalogue.of(load_plan("korea")))
    assert (more[0] if more and "from" in text else claim).qualifier == qualifier


def test_units_that_check_calls_readable_are_read():
    assert all(unit_class(unit) is not None for unit in READABLE)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("수출은 1억 8천 달러다", 1.8e8, "USD"),
        ("매출은 1조 2천억 원이다", 1.2e12, "KRW"),
        ("합쳐 1조 천억 원이다", 1.1e12, "KRW"),
        ("직원 3만 5천 명", 35000, "persons"),
        ("싱가포르는 3주\n", 21, "days"),
        ("40주 뒤 평균", 280, "days"),
    ],
)
def test_a_korean_figure_as_it_is_said(text, value, unit):
    assert [(one.value, one.unit) for one in scan(text) if one.unit is not None] == [(value, unit)]


@pytest.mark.parametrize("text", ["만나 본 서른다섯 살 연구원", "**둘.** 신약이 늘었다"])
def test_ages_and_heads_of_points_are_no_figures(text):
    assert [one for one in scan(text) if one.unit is not None] == []


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("생산능력(만 L)", ("L", 1e4)),
        ("의약품 수출(억 $)", ("USD", 1e8)),
        ("매출(억)", ("KRW", 1e8)),
        ("Turnover (EUR '000)", ("EUR", 1e3)),
        ("Sales (£000)", ("GBP", 1e3)),
    ],
)
def test_a_heading_names_a_unit(label, unit):
    assert unit_word(label) == unit
