"""Brings the accounts' database to the present schema; run by office.databases.prepare()."""

from alembic import context

from access import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="accounts_version",
)
with context.begin_transaction():
    context.run_migrations()
