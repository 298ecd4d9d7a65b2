"""Claims against what is known: repeated, conflicting, taken in or waiting, each by a rule that it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.evidence.reconcile.finding import Case, Context
from salpi.evidence.reconcile.judge import judge
from salpi.evidence.reconcile.known import Known
from salpi.evidence.reconcile.rules import Rules, RulesFault
from salpi.evidence.reconcile.together import judge_document
from salpi.evidence.record import Claim
from salpi.plan.compare import family
from salpi.plan.model import POINT

RULES = Rules()
GOOD = Context("ledger-x-2026-0", "A", "A ministry", date(2026, 11, 5), "")


@pytest.fixture
def known(korea) -> Known:
    return Known.of(korea)


def claim(indicator, subject, period, value, unit, status="actual", **more) -> Claim:
    return Claim(
        "d.txt", (0, 3), "x", value, unit, indicator=indicator, subject=subject, period=period, status=status, score=0.999, **more
    )


def finding(known, one: Claim, context: Context = GOOD, rules: Rules = RULES):
    return judge(Case(one, context), known, rules)


def sides(conflict):
    return [(side.value, side.unit) for side in conflict.sides]


@pytest.mark.parametrize(
    ("one", "definition"),
    [
        (claim("exports.biopharma", "South Korea", "2025", 6.52e9, "USD"), "exports.biopharma@khidi2022"),
        (claim("exports.biopharma", "South Korea", "2025", 6.5e9, "USD"), "exports.biopharma@khidi2022"),
        (claim("exports.biohealth", "south korea", "2025", 16.3e9, "USD"), "exports.biohealth@motie"),
        (claim("revenue", "Samsung Bioepis", "2024", 1.1e9, "USD"), "revenue"),
        (claim("companies.biotech", "South Korea", "2024", 1000, "count", qualifier="over"), "companies.biotech"),
        (claim("exports.biopharma", "South Korea", "2030", 2, "x", "target"), "exports.biopharma@plan2025"),
        (claim("localisation.rate", "South Korea", "2030", 15, "%", "target"), "localisation.rate"),
        (claim("trials.city_rank", "Seoul", "2022", 1, "rank"), "trials.city_rank"),
    ],
)
def test_what_is_known_is_repeated_on_the_definition_that_it_agrees_with(known, one, definition):
    found = finding(known, one)
    assert (found.verdict, found.rule, found.indicator) == ("repeated", "known", definition)


def test_every_point_value_of_the_plan_is_repeated_or_disputed_by_the_plan_itself(korea, known):
    """The first layer never makes news of itself."""
    for row in korea.observations:
        if row.period is None or row.status != "actual" or row.qualifier not in POINT or row.indicator.startswith("fx."):
            continue
        one = claim(row.indicator, row.subject, row.period, row.value, row.unit)
        found = finding(known, one)
        assert found is not None
        assert found.verdict == "repeated", (row.indicator, row.subject, row.period, found.reason)


@pytest.mark.parametrize(
    ("one", "kind", "other"),
    [
        (claim("exports.biohealth", "South Korea", "2025", 17.9e9, "USD"), "vintage", (16.3e9, "USD")),
        (claim("exports.biohealth", "South Korea", "2025", 21e9, "USD"), "contradiction", (16.3e9, "USD")),
        (claim("orders.cdmo", "Samsung Biologics", "2024", 3.3e9, "USD"), "currency", (5.4035e12, "KRW")),
        (claim("exports.biopharma", "South Korea", "2024", 5.0e9, "USD"), "definition", (5.8e9, "USD")),
        (claim("trials.country_rank", "South Korea", "2024", 3, "rank"), "contradiction", (6, "rank")),
        (claim("localisation.rate", "South Korea", "2030", 25, "%", "target"), "vintage", (15, "%")),
    ],
)
def test_what_differs_is_a_typed_conflict_with_both_sides(known, one, kind, other):
    found = finding(known, one)
    assert (found.verdict, found.rule) == ("waiting", "conflict")
    conflict = next(item for item in found.conflicts if item.kind == kind)
    assert sides(conflict)[0] == (one.value, one.unit)
    assert other in sides(conflict)[1:]
    assert conflict.explanation.en
    assert conflict.explanation.ko


def test_a_changed_figure_is_a_new_conflict(known):
    told = claim("exports.biohealth", "South Korea", "2024-01/2024-09", 11.2e9, "USD")
    assert finding(known, told).verdict == "repeated"
    changed = finding(known, replace(told, value=12.9e9))
    assert changed.verdict == "waiting"
    assert sides(changed.conflicts[0]) == [(12.9e9, "USD"), (11.15e9, "USD")]


def test_what_is_new_and_trusted_is_taken_in(known):
    found = finding(known, claim("exports.biohealth", "South Korea", "2026-10", 1.5e9, "USD"))
    assert (found.verdict, found.rule) == ("accepted", "new")
    row = found.row
    assert (row.indicator, row.period, row.value, row.as_of, row.source) == (
        "exports.biohealth@motie",
        "2026-10",
        1.5e9,
        "2026-11-05",
        GOOD.source,
    )


@pytest.mark.parametrize(
    ("one", "context", "rule"),
    [
        (claim("exports.biohealth", "South Korea", "2026-10", 1.5e9, "USD"), replace(GOOD, quality="C"), "quality"),
        (replace(claim("exports.biohealth", "South Korea", "2026-10", 1.5e9, "USD"), score=0.9), GOOD, "score"),
        (claim("exports.biohealth", "South Korea", "2026-10", 1.5e9, "USD"), replace(GOOD, published=None), "document"),
        (claim("exports.biohealth", "South Korea", "2026-11", 1.5e9, "USD"), GOOD, "future"),
        (claim("exports.biohealth", "South Korea", "2026-10", 1.5e9, "USD", qualifier="over"), GOOD, "bound"),
        (claim("exports.biohealth", "South Korea", "2026-10", 1.4e9, "USD", high=1.6e9), GOOD, "bound"),
        (claim("exports.biohealth", "South Korea", "2026-10", 1.5e9, "USD", warnings=("two readings",)), GOOD, "warning"),
        (claim("exports.biohealth", "South Korea", None, 1.5e9, "USD"), GOOD, "undated"),
        (claim("exports.biohealth", "South Korea", "2029", 30e9, "USD", "target"), GOOD, "status"),
        (claim("exports.biohealth", "South Korea", "soon", 1.5e9, "USD"), GOOD, "period"),
        (claim("exports.biohealth", "South Korea", "2026-10", 1.5e9, "days"), GOOD, "unit"),
        (claim("exports.biopharma", "South Korea", "2026-H1", 3.5e9, "USD"), GOOD, "definition"),
    ],
)
def test_what_is_new_but_not_sure_waits_and_says_why(known, one, context, rule):
    found = finding(known, one, context)
    assert (found.verdict, found.rule) == ("waiting", rule)
    assert "\n" not in found.reason


def test_a_claim_about_what_the_plan_does_not_measure_is_kept_without_a_decision(known):
    assert finding(known, claim(None, "South Korea", "2024", 5, "count")) is None
    assert finding(known, claim("steel.output", "South Korea", "2024", 5, "count")) is None


def test_the_publisher_tells_the_definition(korea, known):
    """A publisher from whom the plan takes one definition speaks of that one."""
    one = claim("deals.licenceout.count", "South Korea", "2026-Q3", 9, "count")
    assert finding(known, one).indicator == "deals.licenceout.count", "the only one with values of late"
    for publisher in ("Kuki (KDRA)", "KDRA", "kdra"):
        assert finding(known, one, replace(GOOD, publisher=publisher)).indicator == "deals.licenceout.count@kdra"


def test_the_same_figure_again_in_a_document_is_a_mention(known):
    one = claim("orders.cdmo", "Samsung Biologics", "2024", 3.3e9, "USD")
    first, again = judge_document([Case(one, GOOD), Case(one, GOOD)], known, RULES)
    assert first.rule == "conflict"
    assert (again.verdict, again.rule, again.conflicts) == ("repeated", "mention", ())


def test_a_document_that_contradicts_itself_is_found(known):
    one = claim("exports.biohealth", "South Korea", "2026-10", 1.5e9, "USD")
    first, other = judge_document([Case(one, GOOD), Case(replace(one, value=1.9e9), GOOD)], known, RULES)
    assert first.verdict == "accepted"
    assert other.verdict == "waiting"
    assert sides(other.conflicts[0]) == [(1.9e9, "USD"), (1.5e9, "USD")]


def test_a_verdict_that_stands_is_kept_and_nothing_is_made_of_it(known):
    """Rejected, a value is not known to what follows, in its own document or another."""
    one = claim("exports.biohealth", "South Korea", "2026-10", 1.5e9, "USD")
    cases = [Case(one, GOOD), Case(replace(one, value=1.9e9), GOOD)]
    first, other = judge_document(cases, known, RULES, {0: "rejected"})
    assert first.verdict == "rejected"
    assert other.verdict == "accepted"
    assert [fact.row.value for fact in known.facts("exports.biohealth@motie", "South Korea") if fact.layer == "ledger"] == [1.9e9]


@pytest.mark.parametrize(
    ("stands", "verdict"),
    [
        ("accepted", "repeated"),
        ("corrected", "repeated"),
        ("repeated", "repeated"),
        ("rejected", "waiting"),
        ("waiting", "waiting"),
    ],
)
def test_a_second_reading_goes_by_the_verdict_that_stands_on_the_first(known, stands, verdict):
    _, second = judge_document(_pair(1.3e12, 943e6, 2024), known, RULES, {0: stands})
    assert (second.verdict, second.rule) == (verdict, "reading")


# --- plausibility ---------------------------------------------------------------------------------------------------


def _pair(first: float, second: float, year: int):
    one = replace(claim("tradefinance", "Some exporters", str(year), first, "KRW", "announced"), span=(0, 14))
    two = replace(one, value=second, unit="USD", span=(16, 28))
    context = replace(GOOD, published=date(year, 6, 1))
    return [Case(one, context), Case(two, context)]


@pytest.mark.parametrize(
    ("won", "dollars", "fits"), [(1.3e12, 943e6, True), (90e12, 69.2e9, True), (1.3e12, 1.2e9, False), (1.3e12, 94.3e6, False)]
)
def test_two_currencies_must_agree_with_the_years_rate(known, won, dollars, fits):
    first, second = judge_document(_pair(won, dollars, 2024 if won == 1.3e12 else 2023), known, RULES)
    assert first.rule == "status"
    assert second.rule == ("reading" if fits else "rate")
    assert [item.kind for item in second.conflicts] == ([] if fits else ["currency"])


def test_more_money_than_any_target_is_of_a_larger_whole(known):
    """Trade finance of a whole economy beside export targets of one industry."""
    found = finding(known, claim("tradefinance", "South Korea", "2027", 410e12, "KRW", "announced"))
    assert found.rule == "implausible"
    (conflict,) = found.conflicts
    assert (conflict.kind, conflict.id.split(".")[-2]) == ("scope", "magnitude")
    assert sides(conflict)[1:] == [(100e12, "KRW"), (50e9, "USD")]
    assert finding(known, claim("tradefinance", "South Korea", "2027", 0.4e12, "KRW", "announced")).rule == "status"


def test_the_same_amount_of_another_subject_is_asked_about(known):
    found = finding(known, claim("tradefinance", "South Korea", None, 360e12, "KRW", "announced"))
    marks = {item.id.split(".")[-2]: item for item in found.conflicts}
    assert set(marks) == {"magnitude", "subject"}
    assert "All industries" in {
        row.subject for row in known.plan.observations if (row.value, row.unit) in sides(marks["subject"])
    }


def test_a_jump_is_looked_at_first(known):
    for value, jumps in ((1.5e9, False), (3.0e9, False), (6.0e9, True), (1.5e12, True), (0.2e9, True)):
        found = finding(known, claim("exports.biohealth", "South Korea", "2026-10", value, "USD"))
        assert (found.rule == "implausible") == jumps, value
        marks = [item.id.split(".")[-2] for item in found.conflicts]
        assert marks == ([*(["magnitude"] if value > 1e12 else []), "jump"] if jumps else [])


def test_a_longer_period_holds_no_less_than_a_shorter_one_within(known):
    found = finding(known, claim("investment.bio", "South Korea", "2020/2022", 2.9e9, "USD"))
    assert [(item.kind, item.id.split(".")[-2]) for item in found.conflicts] == [("contradiction", "within")]
    assert sides(found.conflicts[0])[1] == (4125500000000.0, "KRW")


def test_a_part_is_no_larger_than_its_whole(known):
    whole = next(row for row in known.plan.observations if row.indicator == "exports.pharma@khidi2022" and row.period == "2025")
    part = claim("exports.vaccine", "South Korea", "2025", whole.value * 1.2, "USD")
    marks = {item.id.split(".")[-2] for item in finding(known, part).conflicts}
    assert "whole" in marks


@pytest.mark.parametrize(
    ("sentence", "flagged"),
    [
        ("Bio exports reached a record 15 billion dollars.", True),
        ("올해 바이오헬스 수출은 역대 최대인 150억 달러로 예상된다.", True),
        ("Exports reached 15 billion dollars, an all-time high.", True),
        ("Exports reached 15 billion dollars, officials put on record.", False),
        ("The ministry with its long track record expects 15 billion dollars.", False),
        ("Exports reached 15 billion dollars.", False),
    ],
)
def test_a_record_that_is_none(known, sentence, flagged):
    one = claim("exports.biohealth", "South Korea", "2024", 15e9, "USD", "forecast")
    found = finding(known, one, replace(GOOD, sentence=sentence))
    records = [item for item in found.conflicts if item.id.split(".")[-2] == "record"]
    assert bool(records) == flagged
    if flagged:
        assert sides(records[0]) == [(15e9, "USD"), (16.3e9, "USD")]


def test_one_number_with_two_denominators(known):
    found = finding(known, claim("exports.biohealth", "South Korea", "2030", 50e9, "USD", "target"))
    twins = [item for item in found.conflicts if item.id.split(".")[-2] == "same-number"]
    assert {side.indicator for side in twins[0].sides} == {"exports.biohealth@motie", "exports.bio@usd"}


def test_a_target_that_a_later_one_replaced(known):
    found = finding(known, claim("review.biosimilar.days", "South Korea", None, 295, "days", "target"))
    assert [(item.kind, sides(item)) for item in found.conflicts if item.kind == "vintage"] == [
        ("vintage", [(295, "days"), (240, "days")])
    ]


def test_a_figure_taken_for_another(known):
    found = finding(known, claim("orders.cdmo", "Samsung Biologics", "2024", 3.3e9, "USD"))
    like = next(item for item in found.conflicts if item.id.split(".")[-2] == "like")
    assert {family(side.indicator) for side in like.sides} == {"orders.cdmo", "revenue"}


# --- the numbers that it goes by ------------------------------------------------------------------------------------


def test_rules_can_be_set_in_a_file(tmp_path):
    (tmp_path / "rules.yaml").write_text("least_score: 0.95\nleast_quality: A\n")
    rules = Rules.read(tmp_path / "rules.yaml")
    assert (rules.least_score, rules.least_quality, rules.jump) == (0.95, "A", 3.0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("least_scores: 1", r"there is no rule 'least_scores' \(did you mean 'least_score'\?\)"),
        ("least_quality: Z", "least_quality must be A, B, C or D, not 'Z'"),
        ("jump: many", "jump must be a number from 0, not 'many'"),
        ("- 1", "must hold names with values"),
        ("a: [", "is no YAML"),
    ],
)
def test_rules_that_cannot_be_used(tmp_path, text, why):
    (tmp_path / "rules.yaml").write_text(text)
    with pytest.raises(RulesFault, match=why) as caught:
        Rules.read(tmp_path / "rules.yaml")
    assert "\n" not in str(caught.value)


@given(
    st.sampled_from(
        ["exports.biohealth", "exports.biopharma", "revenue", "trials.country_rank", "tradefinance", "localisation.rate", "x.y"]
    ),
    st.sampled_from(["South Korea", "World", "Celltrion", "Nobody", ""]),
    st.sampled_from([None, "2024", "2025-03", "2020/2024", "2026-Q4", "2199", "nonsense", "2024-01/2024-09"]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["USD", "KRW", "%", "rank", "x", "days", "pp", "count", "no unit", "EUR"]),
    st.sampled_from(["actual", "target", "forecast", "announced"]),
    st.sampled_from([None, "over", "about", "up_to", "per_year"]),
)
def test_no_claim_breaks_it(korea, indicator, subject, period, value, unit, status, qualifier):
    known = Known.of(korea) if not hasattr(test_no_claim_breaks_it, "known") else test_no_claim_breaks_it.known
    test_no_claim_breaks_it.known = known
    one = claim(indicator, subject, period, value, unit, status, qualifier=qualifier)
    found = finding(known, one, replace(GOOD, sentence="a record high"))
    if found is not None:
        assert found.verdict in ("accepted", "repeated", "waiting")
        assert found.reason
        for item in found.conflicts:
            assert len(item.sides) >= 2
            assert 0 <= item.gap <= 1
