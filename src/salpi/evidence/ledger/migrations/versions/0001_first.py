"""The first schema: documents, versions, quantities, claims, decisions, observations, conflicts, sources, the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables, and the index of words in the database's own way."""
    op.create_table(
        "entries",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("plan", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
    )
    op.create_index("ix_entries_at", "entries", ["at"], unique=False)
    op.create_table(
        "sources",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("publisher", TEXT, nullable=False),
        sa.Column("published", TEXT, nullable=True),
        sa.Column("url", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("quality", TEXT, nullable=False),
        sa.Column("entry", KEY, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_sources_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_table(
        "documents",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("media", TEXT, nullable=False),
        sa.Column("encoding", TEXT, nullable=False),
        sa.Column("lang", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=True),
        sa.Column("publisher", TEXT, nullable=True),
        sa.Column("published", TEXT, nullable=True),
        sa.Column("origin", TEXT, nullable=True),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("places", TEXT, nullable=False),
        sa.Column("regions", TEXT, nullable=False),
        sa.Column("entry", KEY, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_documents_entry"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_documents_source"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("sha256", name="uq_documents_sha256"),
    )
    op.create_table(
        "passages",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_passages_document"),
        sa.PrimaryKeyConstraint("id", name="pk_passages"),
    )
    op.create_table(
        "versions",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("supersedes", KEY, nullable=True),
        sa.Column("entry", KEY, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_versions_document"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_versions_entry"),
        sa.ForeignKeyConstraint(["supersedes"], ["versions.id"], name="fk_versions_supersedes"),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.UniqueConstraint("origin", "number", name="uq_versions_origin_number"),
    )
    op.create_index("ix_versions_document", "versions", ["document"], unique=False)
    op.create_table(
        "quantities",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("passage", KEY, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("qualifier", TEXT, nullable=True),
        sa.Column("rule", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_quantities_document"),
        sa.ForeignKeyConstraint(["passage"], ["passages.id"], name="fk_quantities_passage"),
        sa.PrimaryKeyConstraint("id", name="pk_quantities"),
    )
    op.create_index("ix_quantities_passage", "quantities", ["passage"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("quantity", KEY, nullable=False),
        sa.Column("indicator", TEXT, nullable=True),
        sa.Column("subject", TEXT, nullable=True),
        sa.Column("period", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column("lang", TEXT, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("rules", TEXT, nullable=False),
        sa.Column("warnings", TEXT, nullable=False),
        sa.Column("entry", KEY, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_claims_document"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_claims_entry"),
        sa.ForeignKeyConstraint(["quantity"], ["quantities.id"], name="fk_claims_quantity"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sa.UniqueConstraint("quantity", name="uq_claims_quantity"),
    )
    op.create_index("ix_claims_document", "claims", ["document"], unique=False)
    op.create_index("ix_claims_indicator_subject_period", "claims", ["indicator", "subject", "period"], unique=False)
    op.create_index("ix_claims_period", "claims", ["period"], unique=False)
    op.create_index("ix_claims_status", "claims", ["status"], unique=False)
    op.create_index("ix_claims_subject", "claims", ["subject"], unique=False)
    op.create_table(
        "conflicts",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("claim", KEY, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("indicator", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("period", TEXT, nullable=False),
        sa.Column("gap", sa.Float(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("explanation_en", TEXT, nullable=False),
        sa.Column("explanation_ko", TEXT, nullable=False),
        sa.Column("entry", KEY, nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_conflicts_claim"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_conflicts_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_conflicts"),
    )
    op.create_index("ix_conflicts_claim", "conflicts", ["claim"], unique=False)
    op.create_index("ix_conflicts_indicator_subject", "conflicts", ["indicator", "subject"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("claim", KEY, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("indicator", TEXT, nullable=True),
        sa.Column("supersedes", KEY, nullable=True),
        sa.Column("entry", KEY, nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_decisions_claim"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_decisions_entry"),
        sa.ForeignKeyConstraint(["supersedes"], ["decisions.id"], name="fk_decisions_supersedes"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_claim_id", "decisions", ["claim", "id"], unique=False)
    op.create_index("ix_decisions_verdict_claim", "decisions", ["verdict", "claim"], unique=False)
    op.create_table(
        "conflict_sides",
        sa.Column("conflict", KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim", KEY, nullable=True),
        sa.Column("indicator", TEXT, nullable=False),
        sa.Column("period", TEXT, nullable=True),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("source_title", TEXT, nullable=False),
        sa.Column("as_of", TEXT, nullable=True),
        sa.Column("definition_en", TEXT, nullable=False),
        sa.Column("definition_ko", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_conflict_sides_claim"),
        sa.ForeignKeyConstraint(["conflict"], ["conflicts.id"], name="fk_conflict_sides_conflict"),
        sa.PrimaryKeyConstraint("conflict", "position", name="pk_conflict_sides"),
    )
    op.create_table(
        "observations",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("decision", KEY, nullable=False),
        sa.Column("claim", KEY, nullable=False),
        sa.Column("indicator", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("period", TEXT, nullable=True),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("qualifier", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("as_of", TEXT, nullable=True),
        sa.Column("as_of_basis", TEXT, nullable=False),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("confidence", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("supersedes", KEY, nullable=True),
        sa.Column("entry", KEY, nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_observations_claim"),
        sa.ForeignKeyConstraint(["decision"], ["decisions.id"], name="fk_observations_decision"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_observations_entry"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_observations_source"),
        sa.ForeignKeyConstraint(["supersedes"], ["observations.id"], name="fk_observations_supersedes"),
        sa.PrimaryKeyConstraint("id", name="pk_observations"),
    )
    op.create_index("ix_observations_claim", "observations", ["claim"], unique=False)
    op.create_index("ix_observations_decision", "observations", ["decision"], unique=False)
    op.create_index("ix_observations_indicator_subject_period", "observations", ["indicator", "subject", "period"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE passage_words USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0')")
    else:
        op.execute("CREATE TABLE passage_words (rowid BIGINT PRIMARY KEY REFERENCES passages (id), words TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX ix_passage_words_words ON passage_words USING gin (words)")
