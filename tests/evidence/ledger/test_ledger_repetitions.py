"""What repeats a value that stands no longer is judged again: no value is lost, and no rule undoes what a person decided."""

from __future__ import annotations

from dataclasses import replace

from evidence_helpers import clock
from sqlalchemy import func, select

from salpi.evidence.again import Options, judge_again
from salpi.evidence.ledger import Filter, query
from salpi.evidence.ledger import tables as t
from salpi.evidence.review import Reviewer, accept, reject

KIM = Reviewer("kim", clock, "all industries")
HEAD = "Release of the ministry on exports\nPublished: 2026-11-05\n"
FIGURE = "1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual] dollars.\n"


def _both(take, ledger) -> None:
    """``a.txt`` is accepted, ``b.txt`` repeats it, with another figure; both are known at the end."""
    take(ledger, HEAD + "Exports " + FIGURE, names=["a.txt"])
    take(ledger, HEAD + "Also: exports " + FIGURE + "5 [trials.country_rank|France|2025|rank|actual].", names=["b.txt"])
    assert _stands(ledger) == [("accepted", "new"), ("repeated", "known"), ("accepted", "new")]


def _stands(ledger) -> list[tuple[str | None, str | None]]:
    with ledger.reading() as c:
        return [(claim["verdict"], claim["rule"]) for claim in reversed(query.claims(c, Filter()))]


def _values(ledger) -> list[float]:
    with ledger.reading() as c:
        return [row.value for _, row in query.observations(c)]


def _entries(ledger) -> int:
    with ledger.reading() as c:
        return c.execute(select(func.count()).select_from(t.entries)).scalar_one()


def _again(ledger, plan):
    return judge_again(ledger, plan, clock, Options("judge"))


def test_a_repetition_is_accepted_when_the_page_that_it_repeats_says_it_no_more(any_ledger, take, korea):
    _both(take, any_ledger)
    summary = take(any_ledger, HEAD + "This page has moved.", names=["a.txt"])
    assert _stands(any_ledger) == [("superseded", "version"), ("accepted", "new"), ("accepted", "new")]
    assert sorted(_values(any_ledger)) == [5, 1.51e9]
    assert summary.ids == {"superseded": [1], "new": [2]}
    entries = _entries(any_ledger)
    assert _again(any_ledger, korea).judged == 0
    assert _entries(any_ledger) == entries


def test_a_repetition_is_set_beside_what_the_new_version_says(any_ledger, take):
    _both(take, any_ledger)
    take(any_ledger, HEAD + "Exports " + FIGURE.replace("1.51e9", "1.71e9"), names=["a.txt"])
    assert _stands(any_ledger)[1] == ("waiting", "conflict")
    with any_ledger.reading() as c:
        assert [side["value"] for side in query.conflicts(c)[0]["sides"]] == [1.51e9, 1.71e9]


def test_a_repetition_of_what_the_new_version_says_again_is_one(any_ledger, take):
    _both(take, any_ledger)
    take(any_ledger, HEAD + "Exports were " + FIGURE, names=["a.txt"])
    assert _stands(any_ledger) == [("superseded", "version"), ("repeated", "known"), ("accepted", "new"), ("accepted", "new")]


def test_what_repeats_a_rejected_value_waits_for_a_person(any_ledger, take, korea):
    _both(take, any_ledger)
    reject(any_ledger, 1, KIM, korea)
    assert _stands(any_ledger) == [("rejected", "person"), ("waiting", "fallen"), ("accepted", "new")]
    with any_ledger.reading() as c:
        assert query.history(c, 2)[-1]["reason"] == "repeats what a person took back (claim 1)"
    entries = _entries(any_ledger)
    assert _again(any_ledger, korea).counts()["waiting"] == 1
    assert (_entries(any_ledger), _stands(any_ledger)[1]) == (entries, ("waiting", "fallen"))
    accept(any_ledger, korea, 2, KIM)
    assert sorted(_values(any_ledger)) == [5, 1.51e9]


def test_what_repeats_a_corrected_value_is_set_beside_the_correction(any_ledger, take, korea):
    _both(take, any_ledger)
    accept(any_ledger, korea, 1, KIM, {"value": 1.31e9})
    assert _stands(any_ledger)[:2] == [("corrected", "person"), ("waiting", "conflict")]


def test_a_correction_of_the_period_leaves_the_repetition_to_a_person(any_ledger, take, korea):
    _both(take, any_ledger)
    accept(any_ledger, korea, 1, KIM, {"period": "2026-09"})
    assert _stands(any_ledger)[:2] == [("corrected", "person"), ("waiting", "fallen")]
    accept(any_ledger, korea, 1, KIM, {"period": "2026-10"})
    _again(any_ledger, korea)
    assert _stands(any_ledger)[1] == ("repeated", "known")


def test_judging_again_finds_what_was_left_behind(any_ledger, take, korea):
    """Who rejected gave no plan by which to judge."""
    _both(take, any_ledger)
    reject(any_ledger, 1, KIM)
    assert _stands(any_ledger)[1] == ("repeated", "known")
    assert _again(any_ledger, korea).first("renewed") == [2]
    assert _stands(any_ledger)[1] == ("waiting", "fallen")


def test_what_repeats_a_row_that_the_plan_has_no_more_is_judged_again(any_ledger, take, korea):
    row = next(row for row in korea.series("revenue", "Celltrion") if row.period == "2024")
    take(any_ledger, HEAD + f"Revenue of {row.value:.0f} [revenue|Celltrion|2024|KRW|actual] won.", names=["a.txt"])
    assert _stands(any_ledger) == [("repeated", "known")]
    assert _again(any_ledger, korea).judged == 0
    rows = tuple(one for one in korea.observations if (one.indicator, one.subject) != ("revenue", "Celltrion"))
    without = replace(korea, hash="without", observations=rows)
    assert _again(any_ledger, without).first("accepted") == [1]
    assert _values(any_ledger) == [row.value]
    entries = _entries(any_ledger)
    _again(any_ledger, without)
    assert _entries(any_ledger) == entries


def test_what_goes_on_repeating_the_plan_is_not_told_and_looked_at_once(any_ledger, take, korea):
    row = next(row for row in korea.series("revenue", "Celltrion") if row.period == "2024")
    take(any_ledger, HEAD + f"Revenue of {row.value:.0f} [revenue|Celltrion|2024|KRW|actual] won.", names=["a.txt"])
    for number in (2, 2):
        assert _again(any_ledger, replace(korea, hash="another")).judged == 0
        assert _entries(any_ledger) == number
