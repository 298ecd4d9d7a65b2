"""``salpi review``: what waits for a person, and what the person decides."""

from __future__ import annotations

import json as json_module
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from salpi.cli.evidence import Stop, cell_line, faults, now, plan_of, user, value
from salpi.cli.output import say
from salpi.cli.wanted import check_indicator


def review_command(
    accept: Sequence[int] = (),
    reject: Sequence[int] = (),
    correct: int | None = None,
    indicator: str | None = None,
    subject: str | None = None,
    period: str | None = None,
    amount: float | str | None = None,
    unit: str | None = None,
    status: str | None = None,
    qualifier: str | None = None,
    new_subject: bool = False,
    reason: str = "",
    actor: str | None = None,
    limit: int = 20,
    plan: str = "korea",
    ledger: str | None = None,
    json: bool = False,
    again: bool = False,
    rules: Path | None = None,
) -> int:
    """List the claims that wait for review, or decide about some, or have them judged again.

    Without a decision: the queue, with the words around each claim and why it waits. --accept makes a claim an observation (with
    --indicator, on that definition), --correct does so with other values, --reject leaves it out; who, when and --reason are
    kept, and nothing is overwritten. An --amount is the value itself, unless --qualifier says otherwise; a --subject that neither
    plan nor ledger has is refused without --new-subject. If one decision cannot be taken, none is.

    --again judges what waits, and what the plan did not measure when it came in and does now, against the plan, the ledger and
    the rules as they are: where that says something else, a decision is written on top. What a person decided stays. With
    --indicator, --subject: only those. It ends with what became of the claims and the targets whose latest value or chance moved;
    run again, it finds nothing to do, and after an interruption it completes the work.

    Examples:

        salpi review
        salpi review --accept 17 --accept 18 --reason "checked against the ministry's table"
        salpi review --accept 21 --indicator exports.biopharma@khidi2022
        salpi review --correct 22 --amount 15.09e9 --unit USD --reason "misprint in the release"
        salpi review --reject 23 --reason "all industries, not bio"
        salpi review --again --plan my-country --reason "new definition of exports"

    Returns 0, or 2 for bad input.
    """
    with faults("review") as code:
        changes = {"indicator": indicator, "subject": subject, "period": period, "value": _number(amount), "unit": unit}
        changes |= {"status": status, "qualifier": qualifier}
        deciding = bool(accept or reject or correct is not None)
        _check(accept, reject, correct, changes)
        _check_again(again, deciding, changes, rules)
        from salpi.evidence.ledger import Ledger

        with Ledger.open(ledger, create=False) as opened:
            if again:
                with opened.reading() as c:
                    check_indicator(c, indicator, plan)
                from salpi.cli.again import again as judge_again

                return judge_again(opened, plan, rules, indicator, subject, reason, actor or user(), json)
            if not deciding:
                return _queue(opened, indicator, subject, limit, json)
            return _decide(opened, plan_of(plan), accept, reject, correct, changes, new_subject, reason, actor or user(), json)
    return code()


def _number(amount: float | str | None) -> float | None:
    try:
        return None if amount is None else float(amount)
    except ValueError:
        raise Stop(f"--amount {amount!r} is no number: write it without words and commas, e.g. 4.71e9") from None


def _check(accept: Sequence[int], reject: Sequence[int], correct: int | None, changes: dict[str, Any]) -> None:
    twice = (set(accept) & set(reject)) | ({correct} & {*accept, *reject})
    if twice:
        raise Stop(f"claim {min(filter(None, twice))}: one decision a claim")
    other = [name for name, given in changes.items() if given is not None and name != "indicator"]
    if correct is not None and not other and changes["indicator"] is None:
        raise Stop(
            "--correct needs what is to be corrected: --amount, --unit, --indicator, --subject, --period, --qualifier or --status"
        )
    if accept and other:
        raise Stop(f"--{'amount' if other[0] == 'value' else other[0]} changes the claim: use --correct")


def _check_again(again: bool, deciding: bool, changes: dict[str, Any], rules: Path | None) -> None:
    if not again:
        if rules is not None:
            raise Stop("--rules says how claims are judged: use it with --again")
        return
    if deciding:
        raise Stop("--again lets the rules decide: leave out --accept, --correct and --reject")
    other = [name for name in ("period", "value", "unit", "status", "qualifier") if changes[name] is not None]
    if other:
        raise Stop(f"--{'amount' if other[0] == 'value' else other[0]} is no filter of --again: use --indicator or --subject")


def _decide(
    ledger: Any,
    plan: Any,
    accept: Sequence[int],
    reject: Sequence[int],
    correct: int | None,
    changes: dict[str, Any],
    new_subject: bool,
    reason: str,
    actor: str,
    json: bool,
) -> int:
    from salpi.evidence.review import Decision, Reviewer, ReviewFault, decide

    decisions = [Decision(claim, True, {"indicator": changes["indicator"]}) for claim in accept]
    decisions += [Decision(correct, True, changes, new_subject)] if correct is not None else []
    decisions += [Decision(claim, False) for claim in reject]
    try:
        decided = decide(ledger, plan, decisions, Reviewer(actor, now, reason))
    except ReviewFault as fault:
        raise Stop(*fault.lines) from None
    done: list[dict[str, Any]] = []
    for one, row in zip(decisions, decided.observations, strict=True):
        done.append({"claim": one.claim, "verdict": one.verdict, "observation": row.plain() if row is not None else None})
    again = [
        {"claim": one.claim, **{name: getattr(one.finding, name) for name in ("verdict", "rule", "reason")}}
        for one in decided.again
    ]
    if json:
        print(json_module.dumps({"decisions": done, "judged_again": again}, ensure_ascii=False, indent=2))
        return 0
    for item in done:
        row = item["observation"]
        about = "" if row is None else f": {row['indicator']}, {row['subject']}, {row['period'] or 'no date'}, {value(row)}"
        say(f"claim {item['claim']} {item['verdict']}{about}")
    for item in again:
        say(f"claim {item['claim']} was judged again: {item['verdict']}, {item['reason']}")
    return 0


def _queue(ledger: Any, indicator: str | None, subject: str | None, limit: int, json: bool) -> int:
    from salpi.evidence.ledger import Filter, query
    from salpi.evidence.ledger.cells import Cells
    from salpi.evidence.ledger.trail import around

    with ledger.reading() as c:
        check_indicator(c, indicator)
        records = query.claims(c, Filter(indicator, subject, verdict="waiting"), max(limit, 1))
        found = query.conflicts(c, ids=tuple(record["id"] for record in records)) if records else []
        cells = Cells(c)
        for record in records:
            step = around(c, record["id"], cells)
            record["cell"] = step.cell if step else None
            record["before"], record["after"] = (step.before, step.after) if step else ("", "")
            record["conflicts"] = [item for item in found if item["claim"] == record["id"]]
    if json:
        print(json_module.dumps({"waiting": records}, ensure_ascii=False, indent=2))
        return 0
    for record in records:
        about = " · ".join(filter(None, (record["definition"] or record["indicator"], record["subject"], record["period"])))
        say(f"{record['id']}  {about}  {value(record)} ({record['status']}, score {record['score']:.3f})")
        before, text, after = (" ".join(record[side].split()) for side in ("before", "text", "after"))
        say(f"    … {before[-70:]} «{text}» {after[:70]} …  ({record['doc']})")
        if record["cell"] and (line := cell_line(record["cell"])):
            say(f"    {line}")
        say(f"    {record['rule']}: {record['reason']}")
        for item in record["conflicts"]:
            say(f"    {item['kind']}: {item['explanation']}")
    say("nothing waits" if not records else f"{len(records)} shown; decide with --accept, --correct or --reject")
    return 0
