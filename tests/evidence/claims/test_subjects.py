"""Whom numbers are about: companies that no table knows, what pronouns stand for, places, and who holds a number."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.entities import short_forms, without_legal
from salpi.evidence.claims.korean_spelling import korean_name, romanised
from salpi.evidence.claims.organisations import organisations
from salpi.evidence.claims.page import Page
from salpi.evidence.extract import extract_claims
from salpi.evidence.record import Document


def claims(catalogue, text):
    return extract_claims(Document("0" * 64, "note", text), catalogue)


def subjects(catalogue, text):
    return [(claim.indicator, claim.subject) for claim in claims(catalogue, text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Quillmoor, a Danish biotech, had revenue of EUR 40 million in 2024.", "Quillmoor"),
        ("Shares rose after Quillmoor, which sells vaccines, reported revenue of EUR 40 million.", "Quillmoor"),
        ("Analysts like the drugmaker Quillmoor for its revenue of EUR 40 million.", "Quillmoor"),
        ("Quillmoor's revenue was EUR 40 million.", "Quillmoor"),
        ("Quillmoor 3Q24: rev EUR 40m", "Quillmoor"),
        ("Fribourg-based Quillmoor reported revenue of EUR 40 million.", "Quillmoor"),
        ("QUILLMOOR (LSE: QLM) HAD REVENUE OF EUR 40 MILLION", "Quillmoor"),
        ("Quillmoor will invest EUR 40 million in a plant.", "Quillmoor"),
    ],
)
def test_a_company_that_no_table_knows_is_seen_by_form_and_place(catalogue, text, name):
    assert claims(catalogue, text)[0].subject == name


def test_the_company_stands_for_the_one_in_focus(catalogue):
    text = "Quillmoor plc raises guidance\n\nQuillmoor said sales rose 8 %.\n\n"
    text += "The company employs 900 people. It bought Lonza's site.\n"
    assert ("jobs.bio", "Quillmoor") in subjects(catalogue, text)
    text = "유한양행 실적\n\n유한양행은 3분기 매출 5,700억 원을 올렸다.\n\n동사는 오창 공장에 300억 원을 투자한다.\n"
    assert ("capex", "Yuhan") in subjects(catalogue, text)


def test_rows_of_a_table_are_companies_where_they_stand_side_by_side(catalogue):
    text = (
        "Peers\n\nCompany        Sales 2023 (USD m)   Sales 2024 (USD m)\n"
        "Marrowick       120      140\nHelmsford       80       95\n"
        "Lonza           6,000    6,500\n"
    )
    assert {subject for _, subject in subjects(catalogue, text)} == {"Marrowick", "Helmsford", "Lonza"}


def test_a_name_that_holds_a_number_owns_it(catalogue):
    text = "한국의 FDA 바이오시밀러 허가는 22개로 미국(28개)에 이어 2위다."
    assert subjects(catalogue, text) == [
        ("approvals.biosimilar.fda", "South Korea"),
        ("approvals.biosimilar.fda", "United States"),
        ("approvals.biosimilar.fda.rank", "South Korea"),
    ]


WHOSE: list[tuple[str, list[tuple[str, str]]]] = [
    ("미국에서 지금까지 승인된 바이오시밀러는 모두 70개다.", [("approvals.biosimilar.fda", "World")]),
    (
        "Quillmoor plc agreed to pay $30 million upfront for rights to a kidney drug from Tarn Bio, a Boston start-up.",
        [("deal.upfront", "Tarn Bio")],
    ),
    (
        "In May Quillmoor Therapeutics received an upfront payment of $30 million from Chugai under a licence agreement.",
        [("deal.upfront", "Quillmoor Therapeutics")],
    ),
    ("중국은 크게 투자한다. 인도 정부는 바이오 예산으로 1,500억 루피를 배정했다.", [("budget.bio", "India")]),
    ("Denmark exported medicines worth $24 billion in 2024.", [("exports.pharma", "Denmark")]),
    ("셀트리온의 2024년 매출은 3조 5,573억 원이었다.", [("revenue", "Celltrion")]),
    ("Global biosimilar sales reached $35 billion in 2024.", [("market.biosimilar", "World")]),
]


MISJUDGED = {WHOSE[0][0], WHOSE[1][0]}
"""What the present weights get wrong: strict, so that weights that get one right are noticed."""


def _marked(text):
    return pytest.mark.xfail(strict=True, reason="the present weights misjudge it") if text in MISJUDGED else ()


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, expected, marks=_marked(text)) for text, expected in WHOSE])
def test_whose_numbers_are(catalogue, text, expected):
    assert subjects(catalogue, text) == expected


def test_a_region_in_the_first_line_has_its_own_figures(catalogue):
    assert subjects(catalogue, "Scotland's life sciences\n\nThe sector employs 46,700 people.") == [("jobs.bio", "Scotland")]


def test_bodies_and_laws_are_no_companies():
    text = "Irish Life Sciences Council said so. The biotech Act, a firm step, passed."
    assert [entity.name for _, _, entity in organisations(text)] == []


def test_korean_names_are_spelled_out_where_nothing_better_is_known():
    assert romanised("한빛") == "Hanbit"
    assert korean_name("한빛제약") == "Hanbit Pharmaceutical"
    assert korean_name("가온바이오") == "Gaon Bio"
    (found,) = organisations("다온생명과학(Daon Life Sciences)은 10억 원을 투자한다.")[:1]
    assert found[2].name == "Daon Life Sciences"


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("솔라진테라퓨틱스", "Solagene Therapeutics"),  # one l for two, the gene at the end
        ("메디로백스", "Medirovax"),
        ("에스디케이바이오", "SDK Bio"),  # letters by their names
        ("네오릭스", "Neorix"),
        ("AB온콜로지", "AB Oncology"),
        ("가온셀", "Gaoncell"),
    ],
)
def test_borrowed_words_are_spelled_as_where_they_come_from(word, name):
    assert korean_name(word) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("부산의 백신 기업 가온백스는 공장을 짓는다. 가온백스의 매출은 늘었다.", ["Gaonvax", "Gaonvax"]),
        ("경쟁사인 영국 웨스트필드도 늘린다.", ["Westfield"]),
        ("김가온 노바스틴 대표는 웃었다.", ["Novastin"]),
        ("바이오 기업 가운데 하나다. 기업 투자는 늘고 업체 관계자는 웃었다.", []),
    ],
)
def test_korean_companies_are_told_by_their_kind_or_their_chief(text, names):
    assert [entity.name for _, _, entity in organisations(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Quillmoor & Tarn's sales rose. Then Tarn's profit fell.", ["Quillmoor & Tarn", "Quillmoor & Tarn"]),
        ("BRIEF-Quillmoor Pharma lifts its forecast.", ["Quillmoor Pharma"]),
        ("Consider Quillmoor Life Sciences.", ["Quillmoor Life Sciences"]),
        ("Commissioner Ada Quill said so. Park Ga-on said so. Fourteen said no.", []),
    ],
)
def test_companies_have_their_whole_name_and_people_are_none(text, names):
    assert [entity.name for _, _, entity in organisations(text)] == names


def test_a_piece_of_a_longer_korean_word_is_no_place_and_no_other_company(catalogue):
    page = Page("도라바레인은 주영국 대사관에 에이프릴바이오로직스를 소개했다.", catalogue)
    assert {hit.value.name for hit in page.hits if hit.kind == "entity"} == {"United Kingdom", "April Biologics"}


def test_a_group_stands_for_the_one_of_its_companies_that_makes_drugs():
    assert short_forms()["Lotte"].name == "Lotte Biologics"
    assert "Novo" not in short_forms()


@pytest.mark.parametrize(
    "name", ["Quillmoor OYJ", "Quillmoor plc", "Quillmoor S.p.A.", "Quillmoor A/S", "Quillmoor Co., Ltd.", "Quillmoor KGaA"]
)
def test_legal_forms_are_left_off(name):
    assert without_legal(name).rstrip(",") == "Quillmoor"
