"""What goes in comes out, on both databases: documents, versions, claims, decisions; now and as of a date."""

from __future__ import annotations

import json

import pytest
from evidence_helpers import clock, counts, marked
from sqlalchemy import func, inspect, select, text

from salpi.evidence.documents import Given, Limits
from salpi.evidence.ingest import ingest
from salpi.evidence.layered import with_ledger
from salpi.evidence.ledger import Filter, Ledger, query, store, trail
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.export import safe_cell, to_csv, to_jsonl
from salpi.evidence.ledger.migrate import config
from salpi.evidence.options import Options
from salpi.evidence.review import Reviewer, ReviewFault, accept, reject
from salpi.evidence.search import fts5, phrases, terms, tsquery, tsvector

FIRST = (
    "Release of the ministry on exports\nPublished: 2026-11-05\n바이오의약품 수출을 늘렸다. 2026년 10월 수출은 "
    "1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual] 달러였다.\n"
    "Revenue of 4.4e12 [revenue|Celltrion|2024|KRW|actual] won and 300 [|South Korea||persons|actual] visitors.\n"
)
SECOND = FIRST.replace("1.51e9", "1.52e9")


def _claims(ledger, **want):
    with ledger.reading() as c:
        return query.claims(c, Filter(**want))


def test_a_document_goes_in_with_all_that_follows_from_it(any_ledger, take, korea):
    summary = take(any_ledger, FIRST)
    assert summary.documents["new"] == 1
    assert {name: summary.claims[name] for name in ("found", "new", "repeated", "conflicting", "waiting")} == {
        "found": 3,
        "new": 1,
        "repeated": 0,
        "conflicting": 1,
        "waiting": 1,
    }
    people, revenue, exports = _claims(any_ledger)
    assert (exports["value"], exports["unit"], exports["period"], exports["verdict"]) == (1.51e9, "USD", "2026-10", "accepted")
    assert exports["definition"] == "exports.biohealth@motie"
    assert revenue["verdict"] == "waiting"
    assert people["verdict"] is None
    with any_ledger.reading() as c:
        body = c.execute(select(t.documents.c.text)).scalar_one()
        for claim in (people, revenue, exports):
            assert body[claim["span"][0] : claim["span"][1]] == claim["text"]
        (entry,) = c.execute(select(t.entries)).all()
        assert (entry.at, entry.actor, entry.action) == (clock(), "tester", "ingest-graded")
        assert entry.plan == f"korea@{korea.hash}"
        assert query.observations(c)[0][1].value == 1.51e9


def test_a_ledger_does_not_depend_on_how_many_documents_share_a_transaction(korea, tmp_path, monkeypatch):
    """Known documents, new versions and the same bytes under two names among them."""
    folder = tmp_path / "in"
    folder.mkdir()
    texts = {f"{at:02d}.txt": FIRST.replace("1.51e9", f"1.{50 + at}e9") for at in range(12)}
    texts["99.txt"] = texts["03.txt"]
    ledgers = []
    for together in (1, 5, 16):
        monkeypatch.setattr("salpi.evidence.ingest.TOGETHER", together)
        with Ledger.open(str(tmp_path / f"{together}.sqlite")) as ledger:
            for part in ({"04.txt": FIRST.replace("4.4e12", "4.5e12"), "07.txt": texts["07.txt"]}, texts):
                for name, body in part.items():
                    (folder / name).write_text(body, encoding="utf-8")
                summary = ingest(ledger, korea, [str(folder)], clock, marked, Options(quality="A", actor="tester", jobs=2))
            assert summary.documents == {"new": 11, "version": 1, "known": 2}
            with ledger.reading() as c:
                rows = {table.name: sorted(map(repr, c.execute(select(table)))) for table in t.ORDER}
                found = c.execute(text("SELECT rowid FROM passage_words WHERE passage_words MATCH 'celltrion'")).all()
            ledgers.append((rows, found))
        for file in folder.iterdir():
            file.unlink()
    assert ledgers[0] == ledgers[1] == ledgers[2]


def test_the_same_bytes_twice_are_one_document(any_ledger, take):
    take(any_ledger, FIRST, names=["a.txt"])
    again = take(any_ledger, FIRST, names=["copy.txt"])
    assert dict(again.documents) == {"known": 1}
    assert len(_claims(any_ledger)) == 3


def test_a_new_version_supersedes_the_old_and_keeps_it(any_ledger, take, korea):
    take(any_ledger, FIRST, names=["page.txt"])
    summary = take(any_ledger, SECOND, names=["page.txt"])
    assert summary.documents["version"] == 1
    assert summary.claims["superseded"] == 2
    assert summary.claims["new"] == 1, "the value of the new version is taken in, not compared with the one that it replaces"
    assert [claim["verdict"] for claim in _claims(any_ledger)] == [None, "waiting", "accepted", None, "superseded", "superseded"]
    with any_ledger.reading() as c:
        assert [row.value for _, row in query.observations(c)] == [1.52e9]
        assert [(row.number, row.supersedes) for row in c.execute(select(t.versions).order_by(t.versions.c.id))] == [
            (1, None),
            (2, 1),
        ]
        history = query.history(c, 1)
    assert [(item["verdict"], item["actor"]) for item in history] == [("accepted", "tester"), ("superseded", "tester")]


def test_a_page_that_goes_back_to_an_earlier_version(any_ledger, take):
    for body in (FIRST, SECOND, FIRST):
        take(any_ledger, body, names=["page.txt"])
    with any_ledger.reading() as c:
        assert [row.value for _, row in query.observations(c)] == [1.51e9]
        assert [row.document for row in c.execute(select(t.versions.c.document).order_by(t.versions.c.number))] == [1, 2, 1]
        assert [item["verdict"] for item in query.history(c, 1)] == ["accepted", "superseded", "accepted"]
        assert [item["verdict"] for item in query.history(c, 4)] == ["accepted", "superseded"]
    assert dict(take(any_ledger, FIRST, names=["page.txt"]).documents) == {"known": 1}


def _take_at(ledger, plan, tmp_path, body, at):
    path = tmp_path / "page.txt"
    path.write_text(body)
    ingest(ledger, plan, [str(path)], lambda: at, marked, Options(quality="A", jobs=1))


def test_as_of_a_date_the_ledger_is_what_it_was(any_ledger, korea, tmp_path):
    _take_at(any_ledger, korea, tmp_path, FIRST, "2026-11-05T08:00:00Z")
    _take_at(any_ledger, korea, tmp_path, SECOND, "2026-11-20T08:00:00Z")
    reject(any_ledger, 4, Reviewer("tester", lambda: "2026-11-25T08:00:00Z", "wrong"))
    verdicts = {
        day: [c["verdict"] for c in _claims(any_ledger, as_of=day)] for day in ("2026-10", "2026-11-05", "2026-11-20", "2026-11")
    }
    assert verdicts["2026-10"] == []
    assert verdicts["2026-11-05"] == [None, "waiting", "accepted"]
    assert verdicts["2026-11-20"] == [None, "waiting", "accepted", None, "superseded", "superseded"]
    assert verdicts["2026-11"] == [None, "waiting", "rejected", None, "superseded", "superseded"]
    with any_ledger.reading() as c:
        assert [row.value for _, row in query.observations(c, "2026-11-10")] == [1.51e9]
        assert [row.value for _, row in query.observations(c, "2026-11-21")] == [1.52e9]
        assert query.observations(c) == []


def test_an_entry_is_never_earlier_than_the_one_before(any_ledger, korea, tmp_path):
    _take_at(any_ledger, korea, tmp_path, FIRST, "2026-11-20T08:00:00Z")
    _take_at(any_ledger, korea, tmp_path, SECOND, "2026-11-05T08:00:00Z")
    with any_ledger.reading() as c:
        assert [row.at for row in c.execute(select(t.entries.c.at).order_by(t.entries.c.id))] == ["2026-11-20T08:00:00Z"] * 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("수출", 1),
        ("바이오의약품", 1),
        ("바이오의약품 수출", 1),
        ('"수출을 늘렸다"', 1),
        ("의약", 1),
        ("반도체", 0),
        ("달러", 1),
        ("visitor", 2),
        ("VISITORS", 2),
        ('"of won"', 0),
        ("celltrion", 2),
        ("reven*", 2),
        ("bio", 0),
        ("수출 visitors", 0),
        ("'; DROP TABLE claims; --", 0),
        ('"unclosed', 0),
        ("NEAR(a b) OR *", 0),
        ("300", 2),
    ],
)
def test_words_are_found_in_korean_and_english(any_ledger, take, words, found):
    take(any_ledger, FIRST)
    assert len(_claims(any_ledger, text=words)) == found


def test_a_query_without_words_says_so(any_ledger, take):
    take(any_ledger, FIRST)
    with pytest.raises(ValueError, match="nothing to look for in '!!'"):
        _claims(any_ledger, text="!!")


def test_terms_are_pairs_of_syllables_and_folded_words():
    assert terms("바이오의약품 수출을 R&D 3상 Exports, companies ÉTUDE 원") == [
        "바이",
        "이오",
        "오의",
        "의약",
        "약품",
        "수출",
        "출을",
        "r",
        "d",
        "3",
        "상",
        "export",
        "company",
        "etude",
        "원",
    ]
    assert phrases('수출 "bio exports" tri*') == [(["수출"], False), (["bio", "export"], False), (["tri"], True)]
    assert fts5("수출을 tri*") == '"수출" + "출을" AND "tri" *'
    assert tsquery("수출을 tri*") == "('수출' <-> '출을') & ('tri':*)"
    assert tsvector(["a", "b", "a"]) == "'a':1,3 'b':2"


@pytest.mark.parametrize(
    ("want", "ids"),
    [
        ({"indicator": "exports"}, [1]),
        ({"indicator": "export"}, []),
        ({"indicator": "exports.biohealth"}, [1]),
        ({"subject": "Celltrion"}, [2]),
        ({"period": "2024"}, [2]),
        ({"status": "target"}, []),
        ({"verdict": "waiting"}, [2]),
        ({"ids": (3,)}, [3]),
        ({"document": "a.txt"}, [3, 2, 1]),
        ({"document": "b.txt"}, []),
        ({"indicator": "revenue", "text": "won"}, [2]),
    ],
)
def test_filters(any_ledger, take, want, ids):
    take(any_ledger, FIRST, names=["a.txt"])
    assert [claim["id"] for claim in _claims(any_ledger, **want)] == ids


def test_conflicts_have_both_sides_and_the_span(any_ledger, take):
    take(any_ledger, FIRST, names=["a.txt"])
    with any_ledger.reading() as c:
        (found,) = query.conflicts(c)
    own, other = found["sides"]
    assert found["kind"] == "contradiction"
    assert (own["value"], other["value"]) == (4.4e12, 3557800000000.0)
    assert FIRST[own["span"][0] : own["span"][1]] == "4.4e12"
    assert own["doc"] == "a.txt"
    assert found["id"] == "revenue.celltrion.2024.contradiction.2"
    assert "Celltrion, 2024" in found["explanation"]


def test_a_person_accepts_corrects_rejects_and_nothing_is_overwritten(any_ledger, take, korea):
    take(any_ledger, FIRST)
    by = Reviewer("kim", clock, "checked the filing")
    row = accept(any_ledger, korea, 2, by)
    assert (row.indicator, row.value, row.note) == ("revenue", 4.4e12, "claim 2")
    with pytest.raises(ReviewFault, match="claim 2: is accepted already"):
        accept(any_ledger, korea, 2, by)
    assert accept(any_ledger, korea, 2, by, {"value": 4.5e12}).value == 4.5e12
    with any_ledger.reading() as c:
        assert [row.value for _, row in query.observations(c) if row.indicator == "revenue"] == [4.5e12]
        assert c.execute(select(func.count()).select_from(t.observations)).scalar_one() == 3
        assert [item["verdict"] for item in query.history(c, 2)] == ["waiting", "accepted", "corrected"]
        assert query.history(c, 2)[-1]["reason"] == "checked the filing"
        assert query.conflicts(c) == [], "who decides about a claim settles its conflicts"
        assert len(query.conflicts(c, closed=True)) == 1
    reject(any_ledger, 2, by)
    with any_ledger.reading() as c:
        assert [row for _, row in query.observations(c) if row.indicator == "revenue"] == []


@pytest.mark.parametrize(
    ("claim", "changes", "why"),
    [
        (99, {}, "there is none of that number"),
        (3, {}, "is about nothing that the plan measures; say which with --indicator"),
        (3, {"indicator": "jobs.boi"}, r"the plan has no indicator 'jobs.boi' \(did you mean 'jobs.bio'\?\)"),
        (2, {"unit": "days"}, "days is no unit of revenue, which is counted in KRW"),
        (2, {"period": "last year"}, "'last year' is no period"),
    ],
)
def test_decisions_that_cannot_be_taken(ledger, take, korea, claim, changes, why):
    take(ledger, FIRST)
    with pytest.raises(ReviewFault, match=why):
        accept(ledger, korea, claim, Reviewer("kim", clock), changes)
    with ledger.reading() as c:
        assert c.execute(select(func.count()).select_from(t.entries)).scalar_one() == 1, "nothing half-written"


def test_accepted_claims_flow_into_the_plan_and_mark_it(any_ledger, take, korea):
    assert with_ledger(korea, any_ledger) is korea
    summary = take(
        any_ledger,
        FIRST.replace("exports.biohealth|South Korea|2026-10|USD", "trials.country_rank|South Korea|2025|rank").replace(
            "1.51e9", "5"
        ),
    )
    after = with_ledger(korea, any_ledger)
    assert after.hash != korea.hash
    assert after.latest("trials.country_rank").value == 5
    assert [(item.target, item.before.value, item.after.value) for item in summary.moved] == [
        ("kbio2025.trials.country_rank.2030", 6.0, 5.0)
    ]


def test_the_trail_leads_to_the_characters(any_ledger, take):
    take(any_ledger, FIRST, names=["a.txt"])
    (step,) = trail(any_ledger, "exports.biohealth@motie", "South Korea", "2026-10")
    assert (step.text, step.value, step.name, step.verdict) == ("1.51e9", 1.51e9, "a.txt", "accepted")
    assert step.before.endswith("2026년 10월 수출은 ")
    assert step.after.startswith(" [exports")
    assert FIRST[step.span[0] : step.span[1]] == step.text
    assert step.origin.endswith("a.txt")
    assert [item["actor"] for item in step.decisions] == ["tester"]
    assert trail(any_ledger, "exports.biohealth", "South Korea", "2026-10") == (step,)
    assert trail(any_ledger, "exports.biohealth@motie-early", "South Korea", "2026-10") == ()


def test_a_page_of_html_keeps_its_raw_text_and_its_trail_is_plain(ledger, take):
    page = (
        "<html><head><title>Exports of the year</title></head><body><p>Published: 2026-11-05</p><p>Exports &amp; more reached "
        "<b>1.51e9</b> [exports.biohealth|South Korea|2026-10|USD|actual] in total.</p></body></html>"
    )
    take(ledger, page.replace("<b>1.51e9</b>", "<b>1.51e9</b>"), names=["a.html"])
    with ledger.reading() as c:
        assert c.execute(select(t.documents.c.text)).scalar_one() == page
    (step,) = trail(ledger, "exports.biohealth", "South Korea", "2026-10")
    assert page[step.span[0] : step.span[1]] == step.text == "1.51e9"
    assert step.before.strip().endswith("Exports & more reached")
    assert "<" not in step.before + step.after


def test_exports_are_safe_and_whole(ledger, take):
    take(ledger, FIRST, names=["=cmd.txt"])
    records = _claims(ledger)
    lines = list(to_csv(records))
    assert len(lines) == 4
    assert lines[1].split(",")[1] == "'=cmd.txt"
    assert [json.loads(line) for line in to_jsonl(records)] == records
    with ledger.reading() as c:
        assert list(query.every_claim(c, Filter())) == records
    for text_, safe in (
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\n=1+1", "'\n=1+1"),
        (" =1+1", "' =1+1"),
        ("\u3000\xa0=1+1", "'\u3000\xa0=1+1"),
        ("\u200b=1+1", "'\u200b=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\uff0b1", "'\uff0b1"),
        (" plain = 1", " plain = 1"),
        ("plain", "plain"),
    ):
        assert safe_cell(text_) == safe
    assert safe_cell(-1.5) == -1.5


def test_the_migrations_make_the_tables(any_ledger):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(config()).get_current_head() == store.HEAD
    with any_ledger.reading() as c:
        made = MigrationContext.configure(
            c, opts={"include_name": lambda name, kind, _: kind != "table" or not name.startswith("passage_words")}
        )
        assert compare_metadata(made, t.metadata) == []
        names = set(inspect(c).get_table_names())
    assert {table.name for table in t.ORDER} <= names


def test_opening_again_changes_nothing(any_ledger, take):
    take(any_ledger, FIRST)
    url = any_ledger.url.database if any_ledger.sqlite else any_ledger.url.render_as_string(hide_password=False)
    with Ledger.open(url) as again, again.reading() as c:
        assert counts(c)["claims"] == 3


def test_text_from_documents_is_never_sql_or_a_path(any_ledger, take):
    nasty = "x'); DROP TABLE claims; -- /../../etc/passwd %s :id {0}"
    body = f"{nasty} heading of it\nPublished: 2026-11-05\n5 [|{nasty}||count|actual] {nasty}\n"
    take(any_ledger, body, given=Given(publisher=nasty))
    (claim,) = _claims(any_ledger)
    assert claim["subject"] == nasty
    assert _claims(any_ledger, subject=nasty) == [claim]
    assert _claims(any_ledger, document=nasty) == []


def test_refused_documents_leave_the_rest_alone(ledger, take):
    summary = take(ledger, b"", FIRST, b"%PDF-1.4 broken", names=["a.txt", "b.txt", "c.pdf"], limits=Limits(seconds=5))
    assert (summary.documents["new"], summary.documents["refused"]) == (1, 2)
    assert [line.rpartition("documents/")[2] for line in summary.refused] == [
        "a.txt: is empty: nothing can be read from it",
        "c.pdf: is no readable PDF: the file is broken or cut off",
    ]


def test_two_ledgers_of_the_same_documents_are_the_same(take, korea, tmp_path):
    """Whatever the number of processes."""
    folder = tmp_path / "many"
    folder.mkdir()
    for at in range(30):
        (folder / f"{at:02d}.txt").write_text(
            FIRST.replace("1.51e9", f"1.{at + 10}e9").replace("2026-10", f"20{10 + at % 16}-0{1 + at % 9}")
        )
    dumps = []
    for jobs in (1, 3):
        with Ledger.open(str(tmp_path / f"{jobs}.sqlite")) as ledger:
            ingest(ledger, korea, [str(folder)], clock, marked, Options(quality="A", jobs=jobs))
            with ledger.reading() as c:
                dumps.append([[tuple(row) for row in c.execute(select(table))] for table in t.ORDER])
                assert c.execute(text("SELECT count(*) FROM passage_words")).scalar_one() == 60
    assert dumps[0] == dumps[1]
