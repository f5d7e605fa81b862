"""Reads what stands on the backs of the editions, and where the pointer was and is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from yearbook.database import Connection, Engine
from yearbook.editions import MEMBERS
from yearbook.shelf.tables import editions, moves


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


def current(engine: Engine) -> str | None:
    """The name of the edition that visitors see."""
    with engine.connect() as connection:
        return pointed_at(connection)


def names(engine: Engine, audience: str = MEMBERS) -> tuple[str, ...]:
    """All editions of an audience on the shelf, the oldest first."""
    with engine.connect() as connection:
        return names_of(connection, audience)


def audiences(engine: Engine, name: str) -> tuple[str, ...]:
    """For whom there is an edition of that name, in alphabetical order."""
    found = sa.select(editions.c.audience).where(editions.c.name == name)
    with engine.connect() as connection:
        return tuple(sorted(connection.scalars(found)))


def shelved(engine: Engine, audience: str = MEMBERS) -> tuple[Shelved, ...]:
    """The backs of all editions of an audience, the oldest first."""
    columns = [editions.c[name] for name in Shelved.__dataclass_fields__]
    wanted = sa.select(*columns).where(editions.c.audience == audience)
    with engine.connect() as connection:
        rows = connection.execute(wanted.order_by(editions.c.position))
        return tuple(Shelved(*row) for row in rows)


def history(engine: Engine) -> tuple[Move, ...]:
    """All moves of the pointer, the newest first."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(moves).order_by(moves.c.id.desc())).all()
    return tuple(
        Move(row.moved_by, row.moved_at.replace(tzinfo=UTC), row.away_from, row.to) for row in rows
    )


def names_of(connection: Connection, audience: str) -> tuple[str, ...]:
    of_audience = sa.select(editions.c.name).where(editions.c.audience == audience)
    return tuple(connection.scalars(of_audience.order_by(editions.c.position)))


def pointed_at(connection: Connection) -> str | None:
    newest = sa.select(moves.c.to).order_by(moves.c.id.desc()).limit(1)
    return connection.scalar(newest)
