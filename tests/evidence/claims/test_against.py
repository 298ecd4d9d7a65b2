"""A change against the quarter or the month before is told from one against the year before."""

from __future__ import annotations

import pytest

from salpi.evidence.extract import extract_claims
from salpi.evidence.record import Document

QUARTER, MONTH = "against the quarter before", "against the month before"


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        (
            "Aug. 5, 2025. Celltrion's second-quarter sales of 961.5 billion won were up 9.9 percent on year and 14.2 percent "
            "from the previous quarter.",
            {"9.9 percent": None, "14.2 percent": QUARTER},
        ),
        (
            "Revenue of Lonza in the first quarter of 2025 (QoQ +3.1%, YoY +8.0%) beat forecasts.",
            {"+3.1%": QUARTER, "+8.0%": None},
        ),
        ("In July 2025 Korea's pharmaceutical exports fell 4.2 percent month-on-month.", {"4.2 percent": MONTH}),
        ("Celltrion's revenue rose 12 percent last year.", {"12 percent": None}),
        (
            "2025년 8월 5일\n셀트리온의 2분기 매출은 9,615억 원으로 전년 동기 대비 9.9%, 전분기 대비 14.2% 늘었다.",
            {"9.9%": None, "14.2%": QUARTER},
        ),
        (
            "2025년 8월 1일\n7월 의약품 수출은 전월보다 3.2% 줄고 지난해 같은 달보다 8.1% 늘었다.",
            {"3.2%": MONTH, "8.1%": None},
        ),
    ],
)
def test_the_base_of_a_change_is_noted_where_it_is_no_year(catalogue, text, bases) -> None:
    found = {claim.text: claim.rules.get("against") for claim in extract_claims(Document("0" * 64, "d.txt", text), catalogue)}
    assert {text: found[text] for text in bases} == bases


def test_only_changes_have_a_base(catalogue) -> None:
    text = "Celltrion's sales came to 961.5 billion won, more than in the previous quarter."
    (claim,) = extract_claims(Document("0" * 64, "d.txt", text), catalogue)
    assert "against" not in claim.rules
