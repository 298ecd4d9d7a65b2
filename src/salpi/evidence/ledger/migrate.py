"""Bringing a ledger to the present schema, with Alembic; the migrations are part of the package."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER = Path(__file__).parent / "migrations"


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file of its own."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection) -> None:
    """Run all migrations that the database lacks, in the caller's transaction."""
    command.upgrade(config(connection), "head")


def revisions() -> frozenset[str]:
    """All versions of the schema that this salpi knows."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(config()).walk_revisions())
