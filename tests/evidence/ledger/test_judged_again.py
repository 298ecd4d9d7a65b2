"""What waits is judged again by a plan that has changed: as if it came in now, once, and nothing that a person decided."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from evidence_helpers import clock, counts, marked
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from salpi.evidence.again import Options, judge_again
from salpi.evidence.cases import as_cases, cases
from salpi.evidence.documents import Limits
from salpi.evidence.documents.read import Raw
from salpi.evidence.extraction import extract
from salpi.evidence.ingest import default_extractor, ingest
from salpi.evidence.ledger import Filter, Ledger, query, waiting
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.pen import Pen
from salpi.evidence.options import Options as Taking
from salpi.evidence.reconcile.known import names
from salpi.evidence.reconcile.rules import Rules
from salpi.evidence.review import Reviewer, accept, reject
from salpi.plan.schema import Indicator, Observation, Text

NOTHING = Rules(least_score=2.0)
"""By these rules nothing is accepted: scores end at 1."""
RELEASE = (
    "Release of the ministry on exports\nPublished: 2026-11-05\n"
    "Exports of 1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual], revenue of 7.77e12 [revenue|Newco|2024|KRW|actual], "
    "a rise of 12 [exports.biohealth.growth|South Korea|2026-10|%|actual] and 7 [revenue|Newco|2024|persons|actual] people.\n"
)


def _run(ledger, plan, **more):
    return judge_again(ledger, plan, lambda: "2026-11-27T09:00:00Z", Options(actor="judge", **more))


def _changed(plan, *rows, hash="another", **indicators):
    """The plan with more observations and indicators."""
    return replace(plan, hash=hash, observations=(*plan.observations, *rows), indicators={**plan.indicators, **indicators})


def _row(indicator, subject, period, value, unit) -> Observation:
    source = "dailypharm-2023-korean-biosimilars-us-europe"
    fields = {"indicator": indicator, "subject": subject, "period": period, "value": value, "unit": unit, "source": source}
    return Observation(**fields, status="actual", as_of="2026-11-01", as_of_basis="published", basis="sourced", confidence="high")


def _growth() -> Indicator:
    words = Text(en="Growth of bio-health exports", ko="바이오헬스 수출 증가율")
    return Indicator(name=words, unit="%", kind="rate", direction="up", definition=words)


def _verdicts(ledger, **want) -> list[str | None]:
    with ledger.reading() as c:
        return [claim["verdict"] for claim in reversed(query.claims(c, Filter(**want)))]


def _rows(ledger) -> dict[str, int]:
    with ledger.reading() as c:
        return counts(c)


def _stands(ledger) -> list[tuple[object, ...]]:
    """All that stands, without the ids and entries: it is the same however it came about."""
    names = ("indicator", "subject", "period", "value", "unit", "definition", "verdict", "rule", "reason")
    with ledger.reading() as c:
        claims = [(*(claim[name] for name in names), claim["document"]) for claim in query.claims(c, Filter(), None)]
        rows = sorted(repr(row) for _, row in query.observations(c))
        conflicts = sorted(repr({**item, "sides": item["sides"]}) for item in query.conflicts(c))
    return [*claims, *rows, *conflicts]


def test_what_waits_is_decided_by_the_plan_as_it_is_now_and_only_once(any_ledger, take, korea):
    take(any_ledger, RELEASE, rules=NOTHING)
    assert _verdicts(any_ledger) == ["waiting", "waiting", None, "waiting"]
    now = _changed(korea, _row("revenue", "Newco", "2024", 9e12, "KRW"), **{"exports.biohealth.growth": _growth()})
    summary = _run(any_ledger, now, reason="the new plan")
    assert _verdicts(any_ledger) == ["accepted", "waiting", "accepted", "waiting"]
    assert {kind: summary.first(kind) for kind in summary.claims} == {
        "accepted": [1, 3],
        "repeated": [],
        "waiting": [2, 4],
        "conflicting": [2],
        "renewed": [1, 2, 3],
    }
    with any_ledger.reading() as c:
        assert [row.value for _, row in query.observations(c)] == [1.51e9, 12]
        (found,) = query.conflicts(c)
        assert [side["value"] for side in found["sides"]] == [7.77e12, 9e12]
        first, second = query.history(c, 2)
        assert (first["rule"], second["rule"], second["actor"]) == ("score", "conflict", "judge")
        assert second["note"] == f"judged again: plan korea {korea.meta.version} (another); the new plan"
        assert c.execute(select(t.decisions.c.supersedes).where(t.decisions.c.id == second["id"])).scalar_one() == first["id"]
        assert query.conflicts(c, as_of="2026-11-26") == []
    rows = _rows(any_ledger)
    assert _run(any_ledger, now).counts() == {"waiting": 2, "conflicting": 1, "accepted": 0, "repeated": 0, "renewed": 0}
    assert _rows(any_ledger) == rows, "a second run writes nothing, not even an entry"


def test_a_conflict_that_is_none_any_more_is_closed_and_kept(any_ledger, take, korea):
    take(any_ledger, RELEASE.replace("Newco|2024", "Celltrion|2024"))
    with any_ledger.reading() as c:
        (before,) = query.conflicts(c)
    rows = tuple(row for row in korea.observations if (row.indicator, row.subject) != ("revenue", "Celltrion"))
    _run(any_ledger, replace(korea, hash="without", observations=rows))
    with any_ledger.reading() as c:
        assert query.conflicts(c) == []
        (after,) = query.conflicts(c, closed=True)
        assert (after["id"], after["open"], before["open"]) == (before["id"], False, True)
        assert query.conflicts(c, as_of="2026-11-26") == [before]


def test_what_a_person_decided_stays(any_ledger, take, korea):
    take(any_ledger, RELEASE, rules=NOTHING)
    by = Reviewer("person", clock, "looked at")
    reject(any_ledger, 1, by)
    accept(any_ledger, korea, 2, by, {"value": 6e12})
    before = [_history(any_ledger, claim) for claim in (1, 2)]
    _run(any_ledger, _changed(korea))
    assert [_history(any_ledger, claim) for claim in (1, 2)] == before
    with any_ledger.reading() as c:
        assert [row.value for _, row in query.observations(c)] == [6e12]


def _history(ledger, claim):
    with ledger.reading() as c:
        return query.history(c, claim)


@pytest.mark.parametrize(
    ("which", "renewed"),
    [({"indicator": "exports"}, [1]), ({"subject": "Newco"}, [2]), ({"indicator": "exports", "subject": "Newco"}, [])],
)
def test_only_what_is_asked_for(ledger, take, korea, which, renewed):
    take(ledger, RELEASE, rules=NOTHING)
    assert _run(ledger, _changed(korea), **which).first("renewed") == renewed
    with ledger.reading() as c:
        assert waiting.of_another_state(c, _changed(korea)) == 3 - len(renewed)


def test_other_rules_decide_otherwise_and_are_named(ledger, take, korea):
    take(ledger, RELEASE)
    assert _verdicts(ledger) == ["accepted", "accepted", None, "waiting"]
    other = RELEASE.replace("2026-10", "2026-09").replace("Newco", "Twoco").replace("7.77e12", "8.88e12")
    take(ledger, other, rules=NOTHING)
    assert _run(ledger, korea, rules=NOTHING).counts()["renewed"] == 0
    assert _run(ledger, korea, rules=Rules(jump=2.5)).first("accepted") == [5, 6]
    assert _history(ledger, 5)[-1]["note"].endswith("; rules jump 2.5")


def test_versions_that_were_replaced_stay_as_they_are(any_ledger, take, korea):
    take(any_ledger, RELEASE, names=["page.txt"], rules=NOTHING)
    take(any_ledger, RELEASE.replace("1.51e9", "1.52e9"), names=["page.txt"], rules=NOTHING)
    _run(any_ledger, _changed(korea, **{"exports.biohealth.growth": _growth()}))
    assert _verdicts(any_ledger) == [
        "superseded",
        "superseded",
        None,
        "superseded",
        "accepted",
        "accepted",
        "accepted",
        "waiting",
    ]


def test_what_another_plan_judged_is_left_to_it(ledger, take, korea):
    take(ledger, RELEASE, rules=NOTHING)
    other = replace(korea, id="elsewhere")
    summary = _run(ledger, other)
    assert (summary.judged, summary.others) == (0, 3)
    assert _verdicts(ledger) == ["waiting", "waiting", None, "waiting"]


def test_what_was_taken_in_on_a_definition_that_this_plan_has_not_is_not_known_to_it(ledger, take, korea):
    """As in the scorecard. Another subject's claim of the same amount would be set beside it."""
    take(ledger, RELEASE, rules=NOTHING)
    mine = {"exports.biohealth@mine": korea.indicators["exports.biohealth@motie"]}
    accept(ledger, _changed(korea, **mine), 1, Reviewer("person", clock), {"indicator": "exports.biohealth@mine"})
    other = RELEASE.replace("South Korea", "Japan").replace("Newco", "Twoco").replace("7.77e12", "8.88e12")
    take(ledger, other, rules=NOTHING)
    assert _run(ledger, korea).judged == 5
    with ledger.reading() as c:
        assert "exports.biohealth@mine" not in {side["indicator"] for item in query.conflicts(c) for side in item["sides"]}


def test_what_the_plan_does_not_measure_any_more_goes_on_waiting(ledger, take, korea):
    take(ledger, RELEASE, rules=NOTHING)
    without = {id: one for id, one in korea.indicators.items() if id.partition("@")[0] != "revenue"}
    summary = _run(ledger, replace(korea, hash="without", indicators=without))
    assert summary.unmeasured == {2, 4}
    assert _verdicts(ledger) == ["accepted", "waiting", None, "waiting"]


def test_who_waits_as_another_state_of_the_plan_judged_is_known(any_ledger, take, korea):
    take(any_ledger, RELEASE, rules=NOTHING)
    one, two = _changed(korea, hash="one"), _changed(korea, hash="two")

    def number(plan):
        with any_ledger.reading() as c:
            return waiting.of_another_state(c, plan)

    assert (number(korea), number(one), number(replace(korea, id="elsewhere"))) == (0, 3, 0)
    _run(any_ledger, one, rules=NOTHING)  # nothing is decided otherwise, and yet it was judged
    assert (number(korea), number(one), number(two)) == (3, 0, 3)
    take(any_ledger, RELEASE.replace("Newco", "Twoco"), rules=NOTHING)
    assert (number(korea), number(one), number(two)) == (3, 3, 6)
    _run(any_ledger, two, rules=NOTHING)
    assert (number(korea), number(one), number(two)) == (6, 6, 0)


def test_what_comes_in_beside_is_not_taken_for_judged(ledger, take, korea):
    take(ledger, RELEASE, rules=NOTHING)
    now = _changed(korea)

    def beside(done, total):
        take(ledger, RELEASE.replace("Newco", "Twoco").replace("2026-10", "2026-08"), rules=NOTHING)

    judge_again(ledger, now, clock, Options(rules=NOTHING), beside)
    with ledger.reading() as c:
        assert waiting.of_another_state(c, now) > 0
    _run(ledger, now, rules=NOTHING)
    with ledger.reading() as c:
        assert waiting.of_another_state(c, now) == 0


FIGURE = st.tuples(
    st.sampled_from([f"exports.biohealth|South Korea|2026-{month}|USD" for month in ("09", "10")] + ["revenue|Newco|2024|KRW"]),
    st.sampled_from(["1e9", "1.5e9", "1.51e9", "9e9", "2e12", "2.01e12"]),
    st.sampled_from(["actual", "actual", "actual", "target"]),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(FIGURE, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_waited_ends_where_it_would_be_had_it_come_in_now(korea, tmp_path_factory, documents):
    """Taken in by rules that accept nothing and judged again by the usual ones, or taken in by those at once."""
    folder = tmp_path_factory.mktemp("in")
    for at, figures in enumerate(documents):
        said = " and ".join(f"{value} [{about}|{status}]" for about, value, status in figures)
        (folder / f"{at}.txt").write_text(f"Release {at}\nPublished: 2026-11-05\nThere were {said}.\n")
    ends = []
    for name, rules in (("late", NOTHING), ("now", Rules())):
        with Ledger.open(str(folder / f"{name}.sqlite")) as ledger:
            places = [str(path) for path in sorted(folder.glob("*.txt"))]
            ingest(ledger, korea, places, clock, marked, Taking(quality="A", rules=rules, jobs=1))
            _run(ledger, korea)
            rows = _rows(ledger)
            _run(ledger, korea)
            assert _rows(ledger) == rows
            ends.append(_stands(ledger))
    assert ends[0] == ends[1]


PAGE = """<html><head><title>Exports</title><meta property="article:published_time" content="2026-11-05"></head>
<body><article>
<h1>Exports of October</h1><p>Bio-health exports hit a record of <b>$1.51</b> billion in October&nbsp;2026 &amp; more.</p>
<p>Celltrion&#8217;s revenue was 3.6 trillion won in 2024. It was the company's best.</p>
<ul><li>Exports: 5&#46;5 billion dollars</li></ul>
<table><tr><th>Year</th><th>Exports, million dollars</th></tr>
<tr><td>2024</td><td>15,100</td></tr></table></article></body></html>
"""


def test_what_is_judged_again_is_what_was_judged(korea, tmp_path):
    """Claims, sentences, source and date as the ledger gives them are those that the extractor gave."""
    gold = Path(__file__).parents[2] / "gold" / "practice"
    paths = [*sorted(gold.glob("*.txt"))[:4], tmp_path / "page.html"]
    paths[-1].write_text(PAGE, encoding="utf-8")
    extractor = default_extractor(korea)
    want = waiting.Want(korea, names(korea))
    compared = 0
    with Ledger.open(str(tmp_path / "again.sqlite")) as ledger:
        ingest(ledger, korea, [str(path) for path in paths], clock, extractor, Taking(rules=NOTHING, jobs=1))
        with ledger.reading() as c:
            held = {one.document.name: one for one in waiting.held(c, waiting.documents(c, want), want)}
    assert "page.html" in held
    for path in paths:
        found = extract(Raw(path.name, path.read_bytes(), str(path)), extractor, limits=Limits())
        if (one := held.get(path.name)) is not None:
            assert cases(one) == as_cases(found.document, found.claims, found.sentences, one.source_id, one.source)
            assert one.document == replace(found.document, places=(), origin=one.document.origin)
            compared += len(one.claims)
    assert compared > 20


@pytest.mark.skipif(sys.platform != "linux", reason="kills forked processes, which other systems do not allow")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_at_any_statement_the_same_command_completes_it(kind, korea, tmp_path, request, monkeypatch):
    monkeypatch.setattr("salpi.evidence.again.TOGETHER", 2)
    folder = tmp_path / "in"
    folder.mkdir()
    for at in range(5):
        text = RELEASE.replace("Newco", f"Newco {at}").replace("2026-10", f"2026-0{at + 1}")
        (folder / f"{at}.txt").write_text(text, encoding="utf-8")
    now = _changed(korea, _row("revenue", "Newco 3", "2024", 9e12, "KRW"), **{"exports.biohealth.growth": _growth()})
    url = str(tmp_path / "killed.sqlite") if kind == "sqlite" else request.getfixturevalue("postgres")
    for address in (url, str(tmp_path / "whole.sqlite")):
        with Ledger.open(address) as ledger:
            ingest(ledger, korea, [str(folder)], clock, marked, Taking(quality="A", rules=NOTHING, jobs=1))
    kills = 0
    while _killed(url, now, kills + 1):
        kills += 1
    with Ledger.open(url) as killed, Ledger.open(str(tmp_path / "whole.sqlite")) as whole:
        _run(whole, now)
        assert _stands(killed) == _stands(whole)
        assert _rows(killed) == _rows(whole), "nothing is double, entries of the journal included"
        with killed.reading() as c:
            assert c.execute(select(func.max(t.entries.c.id), func.count(t.entries.c.id))).one() == (9, 9)
    assert kills >= 4


def _killed(url: str, plan, after: int) -> bool:
    """Judge again in a process that is killed at a statement that writes, the later the more often it was; whether it was."""
    pid = os.fork()
    if pid == 0:  # nothing of the parent's test run may be continued here
        try:
            left = [after]
            put = Pen.put

            def counted(pen, insert, rows):
                put(pen, insert, rows)
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            Pen.put = counted  # type: ignore[method-assign]
            with Ledger.open(url) as ledger:
                _run(ledger, plan)
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), "judging again failed by itself"
    return code != 0
