"""The shelf's tables: editions by name and audience, their tables, the moves of the pointer."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

editions = sa.Table(
    "editions",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("audience", sa.String(20), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),  # the same for all of one name
    sa.Column("published", sa.String(10), nullable=False),  # ISO date
    sa.Column("invented", sa.Boolean, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("format", sa.Integer, nullable=False),
    sa.Column("put_by", sa.Text, nullable=False),
    sa.Column("header", sa.LargeBinary, nullable=False),  # all but the tables: JSON, compressed
    sa.UniqueConstraint("position", "audience"),
)

edition_tables = sa.Table(
    "edition_tables",
    metadata,
    sa.Column("edition", sa.String(40), primary_key=True),
    sa.Column("audience", sa.String(20), primary_key=True),
    sa.Column("indicator", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("cells", sa.LargeBinary, nullable=False),  # columns of the table: JSON, compressed
    sa.ForeignKeyConstraint(["edition", "audience"], ["editions.name", "editions.audience"]),
)

# Of the pointer; the last one says what visitors see. It names an edition for every audience, so
# it refers to no row of `editions`: a shelf for the public may hold the public's editions alone.
moves = sa.Table(
    "moves",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("moved_by", sa.Text, nullable=False),
    sa.Column("moved_at", sa.DateTime, nullable=False),  # UTC
    sa.Column("away_from", sa.String(40)),
    sa.Column("to", sa.String(40), nullable=False),
    sqlite_autoincrement=True,
)
