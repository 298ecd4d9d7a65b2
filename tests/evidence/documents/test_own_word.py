"""No document grades itself: the grade of a source comes from the user or from the host, never from the document's text."""

from __future__ import annotations

import pytest

from salpi.evidence.documents import Given, Raw, read
from salpi.evidence.grade import by_host, graded
from salpi.evidence.ledger import Filter, Ledger, described, query
from salpi.evidence.reconcile.known import Known

RANK = "Trial statistics\n{head}\nPublished: 2026-11-05\nRank 5 [trials.country_rank|South Korea|2025|rank|actual] now.\n"


@pytest.mark.parametrize("head", ["Source: MFDS", "출처: MFDS", "Publisher: MFDS", "발행처: MFDS"])
def test_a_publisher_of_the_documents_own_naming_is_an_unknown_source(take, ledger: Ledger, head: str) -> None:
    take(ledger, RANK.format(head=head), quality=None)
    with ledger.reading() as c:
        (claim,) = query.claims(c, Filter())
        (source,) = described.sources(c).values()
    assert (claim["verdict"], claim["rule"]) == ("waiting", "quality")
    assert source.quality == "C"
    assert source.publisher == ("unknown" if head.startswith(("Source", "출처")) else "MFDS")


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ("식품의약품안전처 보도자료", "MFDS"),
        ("Ministry of Food and Drug Safety\nPress release", "MFDS"),
        ("(서울=연합뉴스) 홍길동 기자 = 순위가 올랐다.", "Yonhap"),
        ("저작권자 ⓒ 약업신문 무단전재 금지", "Yakup"),
    ],
)
def test_a_letterhead_is_named_as_the_plan_does_and_grades_nothing(take, ledger: Ledger, head: str, named: str) -> None:
    take(ledger, RANK.format(head=head), quality=None)
    with ledger.reading() as c:
        (claim,) = query.claims(c, Filter())
        (source,) = described.sources(c).values()
    assert (claim["verdict"], claim["rule"]) == ("waiting", "quality")
    assert (source.quality, source.kind, source.publisher) == ("C", "press", named)


def test_a_publisher_that_the_user_names_has_its_grade(take, ledger: Ledger) -> None:
    take(ledger, RANK.format(head="Source: somebody"), quality=None, given=Given(publisher="MFDS"))
    with ledger.reading() as c:
        (claim,) = query.claims(c, Filter())
    assert (claim["verdict"], claim["publisher"]) == ("accepted", "MFDS")


def test_a_publisher_that_the_user_names_in_other_words_has_its_grade_too(take, ledger: Ledger) -> None:
    take(ledger, RANK.format(head="Source: somebody"), quality=None, given=Given(publisher="식품의약품안전처"))
    with ledger.reading() as c:
        (claim,) = query.claims(c, Filter())
    assert (claim["verdict"], claim["publisher"]) == ("accepted", "식품의약품안전처")


def test_a_credited_source_is_no_publisher() -> None:
    document = read(Raw("a.txt", b"Source: MFDS\nA headline of five words\nText."))
    assert (document.publisher, document.title) == (None, "A headline of five words")


def test_a_host_has_the_lowest_grade_that_the_plan_gives_its_sources(korea) -> None:
    assert by_host(korea, "www.khidi.or.kr") == by_host(korea, "khidi.or.kr")
    assert by_host(korea, "khidi.or.kr")[0] == "A"
    assert by_host(korea, "biz.chosun.com")[0] == "C"
    assert by_host(korea, "khidi.or.kr.example.com") is None
    known = Known.of(korea)
    assert graded(known, None, "khidi.or.kr", "C")[0] == "A"
    assert graded(known, "Somebody", "khidi.or.kr", "C") == ("C", "press")
    assert graded(known, None, None, "D") == ("D", "press")
