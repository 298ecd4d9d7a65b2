"""What numbers measure: neighbours that differ by actor, verb or whole, and what no id covers."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.forms import change
from salpi.evidence.claims.page import Page
from salpi.evidence.extract import extract_claims
from salpi.evidence.record import Document


def indicators(catalogue, text):
    return [claim.indicator for claim in extract_claims(Document("0" * 64, "note", text), catalogue)]


NEIGHBOURS: list[tuple[str, list[str | None]]] = [
    ("The Indian government will spend Rs 500 crore on a biotech programme.", ["budget.bio"]),
    ("Quillmoor Pharma will spend $50 million on a new plant.", ["capex"]),
    ("Quillmoor Pharma raised its research budget to $50 million.", ["rnd.spend"]),
    ("Quillmoor Pharma spends 14% of sales on research.", ["rnd.intensity"]),
    ("한미약품은 연구개발에 매출의 14%를 쓴다.", ["rnd.intensity"]),
    (
        "Quillmoor Pharma received $40 million at closing and up to $600 million in total under the licence.",
        ["deal.upfront", "deal.value"],
    ),
    ("셀트리온은 신약 후보를 기술수출하며 계약금 100억 원, 총액 2,000억 원에 서명했다.", ["deal.upfront", "deal.value"]),
    ("Quillmoor Pharma may receive $300 million in sales milestones.", [None]),
    ("Vexor Bio listed on Kosdaq last year, raising 30 billion won.", ["ipo.proceeds"]),
    ("Global biosimilar sales reached $35 billion in 2024.", ["market.biosimilar"]),
    ("Only 30% of vaccines are made domestically in Canada.", ["localisation.rate"]),
    ("In Canada 85% of medicines are imported.", [None]),
    ("원료의약품은 80%를 수입에 의존한다.", [None]),
    ("The regulator used to take 60 days to decide on a clinical trial application.", ["review.trial.days"]),
    ("Biotech start-ups in Korea get grants of 100 million won apiece.", [None]),
    ("제약·바이오 인력은 5만 명이 부족하다.", [None]),
    ("바이오 기업 300개사를 설문한 결과다.", [None]),
    ("The biobank has gathered the genomes of 500,000 people in Korea.", ["biodata.participants"]),
    ("Quillmoor Pharma hired 300 people.", ["jobs.created"]),
    ("글로벌 협력 예산은 5,000억 원이 아니라 864억 원이다.", [None, "budget.bio"]),
    ("Of 500 drug programmes in development, 41% are in oncology.", ["pipeline.active", "pipeline.share"]),
    ("한국의 전체 수출은 600억 달러였다.", [None]),
]


MISJUDGED = {
    "Biotech start-ups in Korea get grants of 100 million won apiece.",
}
"""What the present weights get wrong: strict, so that weights that get one right are noticed."""


def _marked(text):
    return pytest.mark.xfail(strict=True, reason="the present weights misjudge it") if text in MISJUDGED else ()


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(text, expected, marks=_marked(text)) for text, expected in NEIGHBOURS]
)
def test_neighbours(catalogue, text, expected):
    assert indicators(catalogue, text) == expected


def test_reports_that_a_text_sets_right_have_no_indicator(catalogue):
    reported = "< 보도 내용 >\n ▪ 정부가 바이오 예산으로 5,000억 원을 편성했다고 보도\n\n"
    text = "설명자료\n\n" + reported + "< 정부 입장 >\n ▪ 바이오 예산은 864억 원입니다.\n"
    assert indicators(catalogue, text) == [None, "budget.bio"]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("imports exceeded exports by a third", "tradebalance"),
        ("the top line grew", "revenue"),
        ("an accumulated deficit", "netprofit"),
        ("patients at 94 clinical trial sites", "beds"),
        ("used half of its installed capacity", "utilisation"),
        ("공사비는 2천억 원이다", "capex"),
        ("영업 이익은 1조 원이다", "profit"),
        ("해외에서 사들인 약", "imports"),
        ("공모 사업에 선정됐다", "budget"),
        ("펀드 약정액", "fund"),
    ],
)
def test_rewordings_are_the_concept_and_not_the_words_in_them(catalogue, text, concept):
    found = [hit.value for hit in catalogue.vocabulary.hits(text) if hit.kind in ("measure", "block")]
    assert concept in found
    assert not {"exports", "trials", "capacity", "ipo"} & set(found)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Expense was $80 million. The decrease of $26 million reflects a trial.", -1),
        ("Revenue fell $40 million as a patent ended.", -1),
        ("Public funding (up about $12 million) helped.", 1),
        ("Exports rose to $40 million.", None),
        ("Deals added up to $40 million.", None),
        ("The state put up $40 million.", None),
        ("생산이 한 해 사이 2조 원 쪼그라들었다.", -1),
        ("생산이 2조 원으로 쪼그라들었다.", None),
    ],
)
def test_a_difference_is_told_from_a_level(catalogue, text, sign):
    sentence = Page(text, catalogue).sentences()[-1]
    assert change(sentence, sentence.found[-1]) == sign
