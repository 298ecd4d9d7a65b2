"""Claims: what a number is about, and that no text breaks the way to it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.extract import extract_claims
from salpi.evidence.record import Document
from salpi.plan import load_plan
from salpi.plan.schema import Indicator

HEAD = "SEOUL, Feb. 3, 2025 -- "


def claims(catalogue, text, name="note"):
    return extract_claims(Document("0" * 64, name, text), catalogue)


def one(catalogue, text):
    found = claims(catalogue, text)
    assert len(found) == 1, [claim.text for claim in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "indicator", "period", "status", "value"),
    [
        ("Pharmaceutical exports came to $9.2 billion in 2024.", "exports.pharma", "2024", "actual", 9.2e9),
        ("Shipments of biologics fell 4 percent in 2024.", "exports.biopharma.growth", "2024", "actual", -4),
        ("The government aims to raise pharmaceutical exports to $16 billion by 2027.", "exports.pharma", "2027", "target", 16e9),
        (
            "Trade finance of 1 trillion won will be offered in the first half.",
            "tradefinance",
            "2025-H1",
            "announced",
            1e12,
        ),
        ("지난해 의약품 수출은 92억 달러였다.", "exports.pharma", "2024", "actual", 9.2e9),
        ("의료기기 수출은 2024년 0.4% 감소했다.", "exports.meddevice.growth", "2024", "actual", -0.4),
        ("정부는 2027년까지 바이오헬스 인재 11만 명을 양성한다.", "talent.trained", "2027", "target", 110000),
        ("바이오시밀러 허가 심사 기간은 현재 406일이다.", "review.biosimilar.days", None, "actual", 406),
    ],
)
def test_indicator_period_and_status(catalogue, text, indicator, period, status, value):
    found = one(catalogue, HEAD + text if text.isascii() else "2025. 2. 3. (월)\n\n" + text)
    assert (found.indicator, found.period, found.status, found.value) == (indicator, period, status, value)
    assert found.subject == "South Korea"
    assert set(found.rules) == {"quantity", "indicator", "subject", "period", "status"}
    assert 0 < found.score <= 1


def test_neighbouring_definitions_stay_apart(catalogue):
    text = (
        HEAD + "Bio-health exports were $15 billion, pharmaceutical exports $9 billion and biopharmaceutical exports $6 billion."
    )
    assert [claim.indicator for claim in claims(catalogue, text)] == ["exports.biohealth", "exports.pharma", "exports.biopharma"]


def test_respectively_gives_each_its_own(catalogue):
    text = "2025. 2. 3.\n\n2024년 의약품과 의료기기 수출은 각각 92억 달러, 58억 달러였다."
    assert [claim.indicator for claim in claims(catalogue, text)] == ["exports.pharma", "exports.meddevice"]


def test_from_to_keeps_the_baseline(catalogue):
    first, second = claims(catalogue, HEAD + "Review of biosimilars is to be cut from 406 to 295 days.")
    assert (first.status, second.status, second.baseline) == ("actual", "target", 406)


def test_what_is_denied_has_no_indicator(catalogue):
    assert one(catalogue, HEAD + "Celltrion denied that its revenue would fall to 2 trillion won.").indicator is None


def test_an_amount_repeated_in_another_currency_is_the_same_claim_and_is_checked(catalogue):
    won, dollars = claims(catalogue, HEAD + "Samsung Biologics posted revenue of 4.5 trillion won ($3.3 billion) in 2024.")
    assert (won.indicator, won.subject, won.period) == (dollars.indicator, dollars.subject, dollars.period)
    assert not dollars.warnings
    _, wrong = claims(catalogue, HEAD + "Samsung Biologics posted revenue of 4.5 trillion won ($9.9 billion) in 2024.")
    assert "KRW per USD" in wrong.warnings[0]


def test_table_cells_take_unit_and_scale_from_their_header(catalogue):
    rows = ["| CHF million | 2023 | 2024 |", "|---|---|---|", "| Revenue | 1,234 | 1,300 |", "| Operating result | (12) | 45 |"]
    text = "Celltrion, 3 February 2025\n\n" + "\n".join(rows) + "\n"
    found = claims(catalogue, text)
    assert [(claim.value, claim.unit, claim.period) for claim in found] == [
        (1.234e9, "CHF", "2023"), (1.3e9, "CHF", "2024"), (-1.2e7, "CHF", "2023"), (4.5e7, "CHF", "2024"),
    ]  # fmt: skip
    assert [claim.indicator for claim in found] == ["revenue", "revenue", "profit.operating", "profit.operating"]


def test_spans_are_offsets_into_the_raw_text_with_its_tags(catalogue):
    raw = "<p>Published 3 February 2025</p><p>Celltrion&rsquo;s revenue was <b>US$1.2&nbsp;billion</b> in 2024.</p>"
    found = one(catalogue, raw)
    assert raw[slice(*found.span)] == found.text == "US$1.2&nbsp;billion"
    assert found.value == 1.2e9


def test_the_same_text_gives_the_same_claims(catalogue):
    text = HEAD + "Exports of medicines rose 8 percent to $672 million in January."
    assert claims(catalogue, text) == claims(catalogue, text)


def test_another_catalogue_needs_no_code():
    phrases = {"en": ("exports of software",), "ko": ("소프트웨어 수출",)}
    name = {"en": "Software exports", "ko": "소프트웨어 수출"}
    indicator = Indicator(name=name, unit="USD", kind="flow", price="nominal", definition=name, phrases=phrases)
    own = Catalogue.of_indicators({"exports.software": indicator})
    found = claims(own, "Dublin, 3 February 2025. Ireland's exports of software came to $9 billion in 2024.")
    assert [(claim.indicator, claim.subject, claim.period) for claim in found] == [("exports.software", "Ireland", "2024")]


def test_every_claim_id_of_the_plan_is_known(catalogue):
    assert set(load_plan("korea").meta.claims) == set(catalogue.ids)


TEXT = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from(
            [
                "수출 ", "매출 ", "exports ", "rose ", "5%", " to ", "$3 billion", "(", ")", "지난해 ", "2030년까지 ", "각각 ",
                "respectively", ". ", "\n", "| ", "Celltrion ",
                "삼성바이오로직스는 ", "3위", "from ", "<td>", "</table>", "&amp;", "by 2030 ", "12", "\t", "명", "  ",
            ]
        ),
        max_size=60,
    ).map("".join),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_no_text_breaks_extraction(catalogue, text):
    for claim in claims(catalogue, text):
        start, end = claim.span
        assert text[start:end] == claim.text
        assert claim.text
        json.dumps(claim.value, allow_nan=False)


@pytest.mark.parametrize(
    "text", ["수출 5% " * 400, "| 1 " * 1_000, "<td>" * 5_000, "exports rose 5 percent, " * 200, "a" * 500_000]
)
def test_endless_documents_end(catalogue, text):
    assert isinstance(claims(catalogue, text), tuple)


def test_pesos_in_the_head_of_a_table_are_those_of_the_country_named(catalogue):
    text = (
        "MEXICO CITY, 3 May 2025\n\nMexico's makers promise this:\n\n"
        "| Firm | Amount (million pesos) | New jobs |\n|---|---|---|\n| Aar | 1,200 | 45 |\n| Bell | 900 | 80 |\n"
    )
    assert [(claim.value, claim.unit) for claim in claims(catalogue, text)] == [
        (1.2e9, "MXN"),
        (45, "persons"),
        (900e6, "MXN"),
        (80, "persons"),
    ]
