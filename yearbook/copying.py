"""Copies whole databases row by row: out of one moment of one, into an empty one of either kind.

A row is a line of JSON, the same whether it came from SQLite or from PostgreSQL, so that what was
saved from the one can be brought back on the other.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from yearbook.database import Connection, Engine

MANY = 2000  # rows at a time
_ALL = 1 << 256


@dataclass(frozen=True, slots=True)
class Contents:
    """What a table holds: so many rows, and a checksum that does not depend on their order."""

    rows: int
    checksum: str


class Counting:
    """Adds up what passes by."""

    def __init__(self) -> None:
        self._rows = self._sum = 0

    def add(self, line: bytes) -> None:
        self._rows += 1
        digest = hashlib.sha256(line).digest()
        self._sum = (self._sum + int.from_bytes(digest, "big")) % _ALL

    @property
    def contents(self) -> Contents:
        return Contents(self._rows, f"{self._sum:064x}")


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees the database as it is now, whoever writes meanwhile; nobody waits."""
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if not is_sqlite:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            # The moment is that of the first look, not that of BEGIN.
            connection.execute(
                sa.text(f"SELECT 1 FROM {'sqlite_master' if is_sqlite else 'pg_class'} LIMIT 1")
            ).all()
            yield connection


def names(connection: Connection, besides: Collection[str] = ()) -> tuple[str, ...]:
    """The tables that are there, but for those; a table stands after those that it refers to."""
    return tuple(table.name for table in _reflected(connection, besides).sorted_tables)


def columns(connection: Connection, table: str) -> tuple[str, ...]:
    return tuple(column.name for column in _table(connection, table).columns)


def lines(connection: Connection, table: str) -> Iterator[bytes]:
    """Each row as a line: its values in the order of the columns."""
    found = connection.execute(
        sa.select(_table(connection, table)), execution_options={"yield_per": MANY}
    )
    for row in found:
        yield (
            json.dumps(
                [_plain(value) for value in row], ensure_ascii=False, separators=(",", ":")
            ).encode()
            + b"\n"
        )


def values(connection: Connection, table: str, column: str) -> set[Any]:
    """What stands in a column; nothing where there is no such table."""
    if not sa.inspect(connection).has_table(table):
        return set()
    named: sa.ColumnClause[Any] = sa.column(column)
    return set(connection.scalars(sa.select(named).select_from(sa.table(table))))


def contents(connection: Connection, table: str) -> Contents:
    counting = Counting()
    for line in lines(connection, table):
        counting.add(line)
    return counting.contents


def revision(connection: Connection, version_table: str) -> str | None:
    """Which schema it has; None where it has none yet."""
    if not sa.inspect(connection).has_table(version_table):
        return None
    return connection.scalar(sa.text(f'SELECT version_num FROM "{version_table}"'))


def last_numbers(connection: Connection, tables: Iterable[str]) -> dict[str, int]:
    """The last number that each table gave, for a number is never given twice."""
    if connection.dialect.name == "sqlite":
        if not sa.inspect(connection).has_table("sqlite_sequence"):
            return {}
        given = connection.execute(sa.text("SELECT name, seq FROM sqlite_sequence")).all()
        wanted = set(tables)
        return {name: int(last) for name, last in given if name in wanted and last}
    sequences = {table: _sequence(connection, table) for table in tables}
    found = {
        table: connection.scalar(sa.text(f"SELECT last_value FROM {name} WHERE is_called"))
        for table, name in sequences.items()
        if name
    }
    return {table: int(last) for table, last in found.items() if last is not None}


def is_empty(connection: Connection, tables: Iterable[str]) -> bool:
    return all(
        connection.execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first()
        is None
        for name in tables
    )


def drop(connection: Connection, besides: Collection[str] = ()) -> None:
    """Take away all tables but those, with what is in them."""
    _reflected(connection, besides).drop_all(connection)


def fill(connection: Connection, table: str, named: tuple[str, ...], rows: Iterable[bytes]) -> None:
    """Put the rows into a table. named: the columns, in the order of the values in a line."""
    into = _table(connection, table)
    kinds = [into.columns[name].type for name in named]
    waiting = iter(rows)
    while some := list(islice(waiting, MANY)):
        values = [
            dict(zip(named, map(_typed, json.loads(line), kinds), strict=True)) for line in some
        ]
        connection.execute(into.insert(), values)


def go_on_from(connection: Connection, numbers: Mapping[str, int]) -> None:
    """Let each table give the numbers that come after those, and after the largest it holds."""
    if connection.dialect.name == "sqlite":
        if not sa.inspect(connection).has_table("sqlite_sequence"):
            return  # no table here minds which number comes next
        for table, last in numbers.items():
            said = {"name": table, "last": last}
            connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), said)
            connection.execute(sa.text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), said)
        return
    for table in names(connection):
        if not (sequence := _sequence(connection, table)):
            continue
        key = _table(connection, table).primary_key.columns[0]
        largest = connection.scalar(sa.select(sa.func.max(key))) or 0
        if last := max(largest, numbers.get(table, 0)):
            connection.execute(sa.text("SELECT setval(:it, :last)"), {"it": sequence, "last": last})


def _sequence(connection: Connection, table: str) -> str | None:
    """The sequence of PostgreSQL that numbers the rows of a table."""
    key = list(_table(connection, table).primary_key.columns)
    if len(key) != 1:
        return None
    asked = sa.text("SELECT pg_get_serial_sequence(:table, :column)")
    return connection.scalar(asked, {"table": f'"{table}"', "column": key[0].name})


def _reflected(connection: Connection, besides: Collection[str] = ()) -> sa.MetaData:
    found = sa.MetaData()
    found.reflect(connection, only=lambda name, _: name not in besides)
    return found


def _table(connection: Connection, name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    return value


def _typed(value: Any, kind: sa.types.TypeEngine[Any]) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    return value
