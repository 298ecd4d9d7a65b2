"""The ledger's tables, once for SQLite and PostgreSQL. Rows are added, never changed: a correction is a row that supersedes.

Every row names the entry of the journal in which it was recorded: when, by whom, why. Entries are in order of time, so that the
ledger as of a date is all rows up to an entry.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Key = BigInteger().with_variant(Integer(), "sqlite")
"""On SQLite the row's own number."""
Bytes = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared byte by byte on both, so that ids and times sort alike and an index serves their beginnings."""


def _id() -> Column[int]:
    return Column("id", Key, primary_key=True, autoincrement=False)


def _entry() -> Column[int]:
    return Column("entry", Key, ForeignKey("entries.id"), nullable=False)


def _ref(name: str, table: str, null: bool = False) -> Column[int]:
    return Column(name, Key, ForeignKey(f"{table}.id"), nullable=null)


def _text(name: str, null: bool = False) -> Column[str]:
    return Column(name, Bytes, nullable=null)


entries = Table(
    "entries",
    metadata,
    _id(),
    _text("at"),  # UTC, ISO 8601; never earlier than the entry before
    _text("actor"),
    # ingest, ingest-graded (its grade was given), review, judge (some of what waits, again), judged (all of it was)
    _text("action"),
    _text("reason"),
    _text("plan"),  # id and hash of the plan that it was judged against
    Index(None, "at"),
)

sources = Table(
    "sources",
    metadata,
    Column("id", Bytes, primary_key=True),
    _text("title"),
    _text("publisher"),
    _text("published", null=True),
    _text("url", null=True),
    _text("kind"),
    _text("quality"),
    _entry(),
)

documents = Table(
    "documents",
    metadata,
    _id(),
    _text("sha256"),
    _text("name"),
    _text("media"),
    _text("encoding"),
    _text("lang"),
    _text("title", null=True),
    _text("publisher", null=True),
    _text("published", null=True),
    _text("origin", null=True),
    Column("source", Bytes, ForeignKey("sources.id"), nullable=False),
    _text("text"),
    _text("places"),  # JSON: [[start, end, page, box] …]
    _text("regions"),  # JSON: [[start, end] …]
    _entry(),
    UniqueConstraint("sha256"),
)

versions = Table(
    "versions",
    metadata,
    _id(),
    _text("origin"),
    Column("number", Integer, nullable=False),
    _ref("document", "documents"),
    _ref("supersedes", "versions", null=True),
    _entry(),
    UniqueConstraint("origin", "number"),
    Index(None, "document"),
)

passages = Table(
    "passages",
    metadata,
    _id(),
    _ref("document", "documents"),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
)

quantities = Table(
    "quantities",
    metadata,
    _id(),
    _ref("document", "documents"),
    _ref("passage", "passages"),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    _text("text"),
    Column("value", Float, nullable=False),
    Column("high", Float, nullable=True),
    _text("unit"),
    _text("qualifier", null=True),
    _text("rule"),
    Index(None, "passage"),
)

claims = Table(
    "claims",
    metadata,
    _id(),
    _ref("document", "documents"),
    _ref("quantity", "quantities"),
    _text("indicator", null=True),
    _text("subject", null=True),
    _text("period", null=True),
    _text("status"),
    Column("baseline", Float, nullable=True),
    _text("lang"),
    Column("score", Float, nullable=False),
    _text("rules"),  # JSON: field → rule
    _text("warnings"),  # JSON: list
    _entry(),
    UniqueConstraint("quantity"),
    Index(None, "document"),
    Index(None, "indicator", "subject", "period"),
    Index(None, "subject"),
    Index(None, "period"),
    Index(None, "status"),
)

decisions = Table(
    "decisions",
    metadata,
    _id(),
    _ref("claim", "claims"),
    _text("verdict"),  # accepted, repeated, waiting, rejected, corrected, superseded
    _text("rule"),
    _text("reason"),
    _text("indicator", null=True),  # the plan's indicator, where it is settled
    _ref("supersedes", "decisions", null=True),
    _entry(),
    Index(None, "claim", "id"),
    Index(None, "verdict", "claim"),
)

observations = Table(
    "observations",
    metadata,
    _id(),
    _ref("decision", "decisions"),
    _ref("claim", "claims"),
    _text("indicator"),
    _text("subject"),
    _text("period", null=True),
    Column("value", Float, nullable=False),
    _text("qualifier"),
    _text("unit"),
    _text("status"),
    _text("as_of", null=True),
    _text("as_of_basis"),
    _text("basis"),
    _text("confidence"),
    Column("source", Bytes, ForeignKey("sources.id"), nullable=False),
    _text("note"),
    _ref("supersedes", "observations", null=True),
    _entry(),
    Index(None, "claim"),
    Index(None, "decision"),
    Index(None, "indicator", "subject", "period"),
)

conflicts = Table(
    "conflicts",
    metadata,
    _id(),
    _text("key"),  # names the disagreement: indicator, subject, period, kind
    _ref("claim", "claims"),
    _text("kind"),
    _text("indicator"),
    _text("subject"),
    _text("period"),
    Column("gap", Float, nullable=False),
    Column("weight", Float, nullable=False),
    _text("explanation_en"),
    _text("explanation_ko"),
    _entry(),
    Index(None, "claim"),
    Index(None, "indicator", "subject"),
)

conflict_sides = Table(
    "conflict_sides",
    metadata,
    Column("conflict", Key, ForeignKey("conflicts.id"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _ref("claim", "claims", null=True),  # the side that is a claim of the ledger; else it is the plan's
    _text("indicator"),
    _text("period", null=True),
    Column("value", Float, nullable=False),
    _text("unit"),
    _text("status"),
    _text("source"),
    _text("source_title"),
    _text("as_of", null=True),
    _text("definition_en"),
    _text("definition_ko"),
)

ORDER = (
    entries,
    sources,
    documents,
    versions,
    passages,
    quantities,
    claims,
    decisions,
    observations,
    conflicts,
    conflict_sides,
)
