"""A Korean name that nothing gives in English is spelled as it sounds; the claim says so and is less sure."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.extract import extract_claims
from salpi.evidence.judges.court import SOUNDED
from salpi.evidence.record import Claim, Document
from salpi.plan import load_plan


def claimed(name: str) -> Claim:
    text = f"2025년 5월 2일\n\n{name}는 1분기 매출이 312억 원이라고 밝혔다."
    (claim,) = extract_claims(Document("0", "a.txt", text), Catalogue.of(load_plan("korea")))
    return claim


@pytest.mark.parametrize(
    ("name", "sounded"), [("카이로스파마", True), ("카이로스파마(Kairos Pharma)", False), ("셀트리온제약", False)]
)
def test_the_claim_says_that_a_name_is_spelled_as_it_sounds(name: str, sounded: bool) -> None:
    assert claimed(name).rules["subject"].endswith(SOUNDED) == sounded


def test_a_name_by_its_sound_is_less_sure() -> None:
    assert claimed("카이로스파마").score < claimed("카이로스파마(Kairos Pharma)").score
