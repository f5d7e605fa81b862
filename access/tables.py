"""The accounts' tables: accounts, links, sessions, attempts to sign in, the record, and what people
write for themselves: statements and letterheads."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

# What lasts for hours or days. A backup leaves it out: restored, it would let in whom we let out.
SHORT_LIVED = ("attempts", "links", "sessions")

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("login", sa.String(254), nullable=False, unique=True),  # e-mail, in lower case
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("school", sa.Text, nullable=False),  # "" for those who belong to no school
    sa.Column("password", sa.Text),  # its argon2id hash
    sa.Column("made_at", sa.DateTime, nullable=False),  # UTC, as all moments here
    sa.Column("blocked_at", sa.DateTime),
    sa.Column("forgotten_at", sa.DateTime),
    sqlite_autoincrement=True,  # a number is never given twice
)

# Who somebody is to another service that he signs in with.
identities = sa.Table(
    "identities",
    metadata,
    sa.Column("issuer", sa.String(200), primary_key=True),
    sa.Column("subject", sa.String(255), primary_key=True),
    sa.Column("account", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False, index=True),
)

# Of tokens only their SHA-256 is kept: who reads the database, or a backup, cannot use them.
links = sa.Table(
    "links",
    metadata,
    sa.Column("token", sa.String(64), primary_key=True),
    sa.Column("account", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False, index=True),
    sa.Column("expires_at", sa.DateTime, nullable=False),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("token", sa.String(64), primary_key=True),
    sa.Column("account", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False, index=True),
    sa.Column("begun_at", sa.DateTime, nullable=False),
    sa.Column("seen_at", sa.DateTime, nullable=False),
)

# Login and network as SHA-256: somebody may have typed a password where the login belongs.
attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("login", sa.String(64), nullable=False, index=True),
    sa.Column("network", sa.String(64), nullable=False, index=True),
    sa.Column("tried_at", sa.DateTime, nullable=False),
    sqlite_autoincrement=True,
)

# Triggers of the database refuse to change it (migrations/accounts).
record = sa.Table(
    "record",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("happened_at", sa.DateTime, nullable=False, index=True),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("action", sa.String(40), nullable=False, index=True),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("checksum", sa.String(64), nullable=False),
    sa.Column("words", sa.Text, nullable=False),  # what is searched: who and what, case-folded
    sa.Column("seal", sa.String(64), nullable=False),  # over this entry and the seal before it
    sqlite_autoincrement=True,
)

# What somebody is writing: JSON of codes and of her own words, no figures. owner: NULL for those of
# the demonstration. version: grows with every change, so that two windows do not overwrite each
# other. opened_at: the one that was opened last is in hand.
statements = sa.Table(
    "statements",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("owner", sa.Integer, sa.ForeignKey("accounts.id"), index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
    sa.Column("opened_at", sa.DateTime, nullable=False),
    sqlite_autoincrement=True,
)

# The Word file into which somebody's statements are written; one for each owner.
letterheads = sa.Table(
    "letterheads",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("owner", sa.Integer, sa.ForeignKey("accounts.id"), index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("kept_at", sa.DateTime, nullable=False),
    sqlite_autoincrement=True,
)
