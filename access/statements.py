"""Keeps the statements that somebody writes, each with its owner; what is in one, others know.

Nothing here is found by its number alone: whoever asks for a statement says whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from access import moments
from access.tables import statements as table
from yearbook.database import Connection, Engine, write

MOST = 300  # of one owner
LONGEST = 2_000_000  # characters of one
LONGEST_TITLE = 500

Owner = int | None  # the number of an account; None for the demonstration


class NoStatement(Exception):
    """The owner has no such statement: it was deleted, or is another's."""


class Stale(Exception):
    """It was changed meanwhile, in another window or by another click."""


class Full(Exception):
    """The owner has as many statements as anybody may have, or this one is too long."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A statement in the list of its owner. version: what `save` wants to know of."""

    number: int
    title: str
    changed: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A statement as it is now."""

    kept: Kept
    content: str


def of(engine: Engine, owner: Owner) -> tuple[Kept, ...]:
    """All of the owner's, the one changed last first."""
    newest = sa.select(table).where(_is_of(owner)).order_by(table.c.changed_at.desc(), table.c.id)
    with engine.connect() as connection:
        return tuple(_kept(row) for row in connection.execute(newest))


def open(engine: Engine, owner: Owner, number: int) -> Opened:
    """Raises NoStatement."""
    with engine.connect() as connection:
        return _opened(connection, owner, number)


def in_hand(engine: Engine, owner: Owner) -> int | None:
    """The number of the one that was opened last."""
    last = sa.select(table.c.id).where(_is_of(owner))
    with engine.connect() as connection:
        found = last.order_by(table.c.opened_at.desc(), table.c.id.desc()).limit(1)
        return connection.scalar(found)


def take_in_hand(engine: Engine, owner: Owner, number: int, now: datetime | None = None) -> None:
    """It is the one opened last from now on."""
    moment = moments.stored(moments.now_or(now))
    with write(engine) as connection:
        taken = table.update().where(_is(owner, number)).values(opened_at=moment)
        if connection.execute(taken).rowcount != 1:
            raise NoStatement


def make(
    engine: Engine, owner: Owner, title: str, content: str, now: datetime | None = None
) -> int:
    """A new one, which is in hand; gives its number. Raises Full."""
    _require_short(content)
    with write(engine) as connection:
        return _make(connection, owner, (title, content), moments.now_or(now))


def save(engine: Engine, owner: Owner, changed: Opened, now: datetime | None = None) -> Kept:
    """With another title or content, over the version that `changed` was opened as. Raises Stale
    where it is not that any more, NoStatement where it is gone, and Full."""
    _require_short(changed.content)
    kept, moment = changed.kept, moments.stored(moments.now_or(now))
    values = {
        "title": kept.title[:LONGEST_TITLE],
        "content": changed.content,
        "version": kept.version + 1,
        "changed_at": moment,
    }
    same = _is(owner, kept.number) & (table.c.version == kept.version)
    with write(engine) as connection:
        if connection.execute(table.update().where(same).values(**values)).rowcount != 1:
            _opened(connection, owner, kept.number)
            raise Stale
        return _opened(connection, owner, kept.number).kept


def duplicate(
    engine: Engine, owner: Owner, number: int, title: str, now: datetime | None = None
) -> int:
    """The same under another title; gives its number."""
    with write(engine) as connection:
        content = _opened(connection, owner, number).content
        return _make(connection, owner, (title, content), moments.now_or(now))


def delete(engine: Engine, owner: Owner, number: int) -> None:
    with write(engine) as connection:
        if connection.execute(table.delete().where(_is(owner, number))).rowcount != 1:
            raise NoStatement


def _make(connection: Connection, owner: Owner, what: tuple[str, str], now: datetime) -> int:
    """what: title and content."""
    count = sa.select(sa.func.count()).select_from(table).where(_is_of(owner))
    if (connection.scalar(count) or 0) >= MOST:
        raise Full
    moment, (title, content) = moments.stored(now), what
    row = {"owner": owner, "title": title[:LONGEST_TITLE], "content": content, "version": 1}
    made = table.insert().values(**row, changed_at=moment, opened_at=moment)
    return int(connection.execute(made.returning(table.c.id)).scalar_one())


def _opened(connection: Connection, owner: Owner, number: int) -> Opened:
    row = connection.execute(sa.select(table).where(_is(owner, number))).one_or_none()
    if row is None:
        raise NoStatement
    return Opened(_kept(row), row.content)


def _kept(row: sa.Row[tuple[object, ...]]) -> Kept:
    return Kept(row.id, row.title, moments.read(row.changed_at), row.version)


def _is_of(owner: Owner) -> sa.ColumnElement[bool]:
    return table.c.owner.is_(None) if owner is None else table.c.owner == owner


def _is(owner: Owner, number: int) -> sa.ColumnElement[bool]:
    return _is_of(owner) & (table.c.id == number)


def _require_short(content: str) -> None:
    if len(content) > LONGEST:
        raise Full
