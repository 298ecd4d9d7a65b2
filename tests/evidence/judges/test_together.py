"""How many numbers are looked at together is nobody's business: the claims are the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from salpi.evidence import extract
from salpi.evidence.extract import extract_claims
from salpi.evidence.record import Document

TEXT = """Halvar Biologics raised its sales to $420 million in 2024, up 12 percent; exports were 60 percent of them.

The agency cleared 38 medicines last year, against 31 in 2023. A review took 310 days; abroad, 287. Of its 640 people, 95 review.

매출은 4,200억 원으로 전년보다 12% 늘었다. 영업이익은 310억 원, 직원은 1,250명이다. 2030년까지 수출 10억 달러를 목표로 한다.
"""


@pytest.mark.uncompiled
@pytest.mark.parametrize("together", [1, 2, 7])
def test_claims_do_not_depend_on_how_many_numbers_are_looked_at_together(catalogue, monkeypatch, together):
    document = Document("0", "note", TEXT, published=date(2025, 2, 3))
    whole = extract_claims(document, catalogue)
    monkeypatch.setattr(extract, "TOGETHER", together)
    found = extract_claims(document, catalogue)
    assert len(found) > 12
    assert [replace(claim, score=0.0) for claim in found] == [replace(claim, score=0.0) for claim in whole]
    assert [claim.score for claim in found] == pytest.approx([claim.score for claim in whole], abs=0.002)
