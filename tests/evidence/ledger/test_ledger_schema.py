"""The schema's history: an older ledger is upgraded; one of a newer salpi and another program's database are left alone."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from evidence_helpers import counts
from sqlalchemy import text

from salpi.evidence.ledger import Ledger, LedgerFault, migrate, store

SECOND = '''"""A second step."""

from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("notes", sa.Column("id", sa.Integer(), primary_key=True))
'''


@pytest.fixture
def two_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a later salpi had a second migration."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder)
    (folder / "versions" / "0002_second.py").write_text(SECOND)
    monkeypatch.setattr(migrate, "FOLDER", folder)
    monkeypatch.setattr(store, "HEAD", "0002")


def test_the_stated_version_is_the_last_migration() -> None:
    assert migrate.revisions() == {"0001"}
    assert max(migrate.revisions()) == store.HEAD


@pytest.mark.parametrize("create", [True, False])
def test_an_older_ledger_is_upgraded_with_all_that_is_in_it(any_ledger: Ledger, take, request, create: bool) -> None:
    take(any_ledger, "Published: 2026-11-05\nRank 5 [trials.country_rank|South Korea|2025|rank|actual] now.\n")
    given = any_ledger.url.render_as_string(hide_password=False)
    request.getfixturevalue("two_steps")
    for _ in range(2):
        with Ledger.open(given if "postgresql" in given else any_ledger.shown, create) as ledger, ledger.reading() as c:
            assert c.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0002"
            assert c.execute(text("SELECT count(*) FROM notes")).scalar() == 0
            assert counts(c)["claims"] == 1


def test_a_newer_ledger_is_said_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger.open(str(path)).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(LedgerFault, match=r"was made by a newer salpi \(schema 0099\); update salpi"):
        Ledger.open(str(path))


@pytest.mark.parametrize("version", [None, "0001", "4f3a"])
def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path, version: str | None) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE accounts (id INTEGER PRIMARY KEY)")
        if version is not None:
            raw.execute("CREATE TABLE alembic_version (version_num TEXT)")
            raw.execute("INSERT INTO alembic_version VALUES (?)", (version,))
    for create in (True, False):
        with pytest.raises(LedgerFault, match="is the database of another program: it holds tables, but no ledger") as caught:
            Ledger.open(str(path), create)
        assert "\n" not in str(caught.value)
    with sqlite3.connect(path) as raw:
        assert {name for (name,) in raw.execute("SELECT name FROM sqlite_master")} <= {"accounts", "alembic_version"}


def test_an_empty_database_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    path.touch()
    with Ledger.open(str(path)) as ledger, ledger.reading() as c:
        assert counts(c)["claims"] == 0
