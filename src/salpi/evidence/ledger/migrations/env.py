"""Run by Alembic: migrate over the connection and in the transaction that the caller has open."""

from alembic import context

from salpi.evidence.ledger.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False, render_as_batch=True)
context.run_migrations()
