"""Run by Alembic, on the connection and in the transaction that `alerts.store.migrate` gives it."""

from alembic import context

from alerts.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite's too, as its transaction is begun by us
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
