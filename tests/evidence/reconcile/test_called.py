"""A publisher is called as the plan's sources name it, in whichever language it names itself."""

from __future__ import annotations

import pytest

from salpi.evidence.reconcile.known import Known


@pytest.fixture(scope="module")
def known(korea) -> Known:
    return Known.of(korea)


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("식품의약품안전처", "MFDS"),
        ("Ministry of Trade, Industry and Energy", "MOTIE"),
        ("산업통상부", "MOTIE"),
        ("연합뉴스", "Yonhap"),
        ("Korea Health Industry Development Institute", "KHIDI"),
        ("셀트리온", "Celltrion"),
        ("Somebody", "Somebody"),
        ("관계부처 합동", "관계부처 합동"),
    ],
)
def test_a_publisher_is_called_as_the_plan_does(known: Known, said: str, called: str) -> None:
    assert known.called(said) == called
    assert known.grade(said) == known.grade(called)


def test_a_publisher_by_another_name_uses_what_it_uses(known: Known) -> None:
    used = [id for id in known.plan.indicators if known.uses("KVCA", id)]
    assert used
    assert all(known.uses("한국벤처캐피탈협회", id) for id in used)
