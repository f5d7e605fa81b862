"""Brings the shelf's database to the present schema; run by office.databases.prepare()."""

from alembic import context

from yearbook.shelf import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="shelf_version",
)
with context.begin_transaction():
    context.run_migrations()
