"""The first schema: documents and their versions, quantities, claims, decisions, observations, conflicts, sources, the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables, and the index of words in the database's own way."""
    op.create_table(
        "entries",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
    )
    op.create_index("ix_entries_at", "entries", ["at"], unique=False)
    op.create_table(
        "sources",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("entry", KEY, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_sources_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_table(
        "documents",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("regions", sa.Text(), nullable=False),
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
        sa.Column("origin", sa.Text(), nullable=False),
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
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
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
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("entry", KEY, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_claims_document"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_claims_entry"),
        sa.ForeignKeyConstraint(["quantity"], ["quantities.id"], name="fk_claims_quantity"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sa.UniqueConstraint("quantity", name="uq_claims_quantity"),
    )
    op.create_index("ix_claims_document", "claims", ["document"], unique=False)
    op.create_index("ix_claims_indicator_subject_period", "claims", ["indicator", "subject", "period"], unique=False)
    op.create_index("ix_claims_subject", "claims", ["subject"], unique=False)
    op.create_table(
        "conflicts",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("claim", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("gap", sa.Float(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("explanation_en", sa.Text(), nullable=False),
        sa.Column("explanation_ko", sa.Text(), nullable=False),
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
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=True),
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
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("definition_en", sa.Text(), nullable=False),
        sa.Column("definition_ko", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_conflict_sides_claim"),
        sa.ForeignKeyConstraint(["conflict"], ["conflicts.id"], name="fk_conflict_sides_conflict"),
        sa.PrimaryKeyConstraint("conflict", "position", name="pk_conflict_sides"),
    )
    op.create_table(
        "observations",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("decision", KEY, nullable=False),
        sa.Column("claim", KEY, nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("as_of_basis", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
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
