"""Keeps the published editions, and points at the one that visitors see.

An edition is put on the shelf once and never changes. Each move of the pointer is remembered.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from yearbook import edition_files
from yearbook.database import Connection, Engine, write
from yearbook.editions import Edition, Table

metadata = sa.MetaData()

editions = sa.Table(
    "editions",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False, unique=True),
    sa.Column("published", sa.String(10), nullable=False),  # ISO date
    sa.Column("audience", sa.String(20), nullable=False),
    sa.Column("invented", sa.Boolean, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("format", sa.Integer, nullable=False),
    sa.Column("put_by", sa.Text, nullable=False),
    sa.Column("header", sa.LargeBinary, nullable=False),  # all but the tables: JSON, compressed
)

edition_tables = sa.Table(
    "edition_tables",
    metadata,
    sa.Column("edition", sa.String(40), sa.ForeignKey("editions.name"), primary_key=True),
    sa.Column("indicator", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("cells", sa.LargeBinary, nullable=False),  # columns of the table: JSON, compressed
)

moves = sa.Table(
    "moves",  # of the pointer; the last one says what visitors see
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("moved_by", sa.Text, nullable=False),
    sa.Column("moved_at", sa.DateTime, nullable=False),  # UTC
    sa.Column("away_from", sa.String(40), sa.ForeignKey("editions.name")),
    sa.Column("to", sa.String(40), sa.ForeignKey("editions.name"), nullable=False),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Shelved:
    """What the back of an edition says."""

    name: str
    published: str
    audience: str
    invented: bool
    digest: str
    put_by: str


@dataclass(frozen=True, slots=True)
class Move:
    """The pointer was moved: by whom, when, from which edition (None at first) to which."""

    who: str
    when: datetime
    away_from: str | None
    to: str


class NotOnShelfError(Exception):
    """There is no edition of that name."""


class NameTakenError(Exception):
    """An edition of that name is on the shelf; editions never change."""


class DamagedEditionError(Exception):
    """An edition on the shelf does not agree with its own digest."""


# --- Put, and point ---------------------------------------------------------------------------


def put(engine: Engine, edition: Edition, who: str = "", when: datetime | None = None) -> None:
    """Put an edition on the shelf for good, and point at it, in one transaction."""
    if edition.digest != edition_files.digest(edition):
        raise ValueError(f"edition {edition.name} does not agree with its digest")
    # Written before the transaction begins, so that it is short.
    header = _pack(edition_files.header(edition))
    tables = [
        {"edition": edition.name, "indicator": code, "position": position, "cells": _pack_table(t)}
        for position, (code, t) in enumerate(edition.tables.items())
    ]
    with write(engine) as connection:
        if edition.name in _names(connection):
            raise NameTakenError(edition.name)
        connection.execute(editions.insert().values(_row(connection, edition, who, header)))
        if tables:
            connection.execute(edition_tables.insert(), tables)
        _move(connection, edition.name, who, when)


def point_at(engine: Engine, name: str, who: str = "", when: datetime | None = None) -> None:
    """Show visitors that edition from now on: how a publication is rolled back."""
    with write(engine) as connection:
        if name not in _names(connection):
            raise NotOnShelfError(name)
        if name != _current(connection):
            _move(connection, name, who, when)


def _row(connection: Connection, edition: Edition, who: str, header: bytes) -> dict[str, Any]:
    last = connection.scalar(sa.select(sa.func.max(editions.c.position)))
    return {
        "name": edition.name,
        "position": (last or 0) + 1,
        "published": edition.published,
        "audience": edition.audience,
        "invented": edition.invented,
        "digest": edition.digest,
        "format": edition.format,
        "put_by": who,
        "header": header,
    }


def _move(connection: Connection, name: str, who: str, when: datetime | None) -> None:
    moment = (when or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    connection.execute(
        moves.insert().values(
            moved_by=who, moved_at=moment, away_from=_current(connection), to=name
        )
    )


# --- Look -------------------------------------------------------------------------------------


def latest(engine: Engine) -> Edition | None:
    """The edition that visitors see, or None where nothing has been published."""
    name = current(engine)
    return None if name is None else open(engine, name)


def current(engine: Engine) -> str | None:
    """The name of the edition that visitors see."""
    with engine.connect() as connection:
        return _current(connection)


def names(engine: Engine) -> tuple[str, ...]:
    """All editions on the shelf, the oldest first."""
    with engine.connect() as connection:
        return _names(connection)


def shelved(engine: Engine) -> tuple[Shelved, ...]:
    """The backs of all editions, the oldest first."""
    columns = [editions.c[name] for name in Shelved.__dataclass_fields__]
    with engine.connect() as connection:
        rows = connection.execute(sa.select(*columns).order_by(editions.c.position))
        return tuple(Shelved(*row) for row in rows)


def history(engine: Engine) -> tuple[Move, ...]:
    """All moves of the pointer, the newest first."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(moves).order_by(moves.c.id.desc())).all()
    return tuple(
        Move(row.moved_by, row.moved_at.replace(tzinfo=UTC), row.away_from, row.to) for row in rows
    )


def open(engine: Engine, name: str) -> Edition:
    """That edition. Raises NotOnShelfError, and EditionFormatError where it is too new to read."""
    of_edition = edition_tables.c.edition == name
    with engine.connect() as connection:
        header = connection.scalar(sa.select(editions.c.header).where(editions.c.name == name))
        if header is None:
            raise NotOnShelfError(name)
        packed = connection.execute(
            sa.select(edition_tables.c.indicator, edition_tables.c.cells)
            .where(of_edition)
            .order_by(edition_tables.c.position)
        ).all()
    tables = _Tables({row.indicator: row.cells for row in packed})
    return edition_files.with_tables(_unpack(header), tables)


def verify(engine: Engine, name: str) -> Edition:
    """That edition, checked against its digest. Raises DamagedEditionError."""
    try:
        edition = open(engine, name)
        stated = next(back.digest for back in shelved(engine) if back.name == name)
        whole = edition.digest == stated == edition_files.digest(edition)
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise DamagedEditionError(f"edition {name} cannot be read: {error}") from error
    if not whole:
        raise DamagedEditionError(f"edition {name} does not agree with its digest")
    return edition


class _Tables(Mapping[str, Table]):
    """Tables that are unpacked when they are first asked for, since a page asks for few."""

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self._packed = packed
        self._unpacked: dict[str, Table] = {}

    def __getitem__(self, indicator: str) -> Table:
        if indicator not in self._unpacked:
            plain = _unpack(self._packed[indicator])
            self._unpacked[indicator] = edition_files.table_from_plain(indicator, plain)
        return self._unpacked[indicator]

    def __contains__(self, indicator: object) -> bool:
        return indicator in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def _names(connection: Connection) -> tuple[str, ...]:
    found = connection.scalars(sa.select(editions.c.name).order_by(editions.c.position))
    return tuple(found)


def _current(connection: Connection) -> str | None:
    newest = sa.select(moves.c.to).order_by(moves.c.id.desc()).limit(1)
    return connection.scalar(newest)


def _pack(plain: object) -> bytes:
    return zlib.compress(edition_files.write_json(plain))


def _unpack(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))


def _pack_table(table: Table) -> bytes:
    return _pack(edition_files.table_to_plain(table))
