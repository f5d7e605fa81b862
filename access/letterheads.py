"""Keeps the Word file into which somebody's statements are written; what a good one is, others
know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from access import moments
from access.tables import letterheads as table
from yearbook.database import Engine, write

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A file as it was handed in."""

    name: str
    content: bytes
    kept: datetime


def of(engine: Engine, owner: int | None) -> Letterhead | None:
    """The owner's; None for the one that the product comes with."""
    with engine.connect() as connection:
        row = connection.execute(sa.select(table).where(_is_of(owner))).one_or_none()
    return None if row is None else Letterhead(row.name, row.content, moments.read(row.kept_at))


def keep(
    engine: Engine, owner: int | None, name: str, content: bytes, now: datetime | None = None
) -> None:
    """In place of the one before."""
    row = {"owner": owner, "name": name[:LONGEST_NAME], "content": content}
    with write(engine) as connection:
        connection.execute(table.delete().where(_is_of(owner)))
        moment = moments.stored(moments.now_or(now))
        connection.execute(table.insert().values(**row, kept_at=moment))


def remove(engine: Engine, owner: int | None) -> None:
    with write(engine) as connection:
        connection.execute(table.delete().where(_is_of(owner)))


def _is_of(owner: int | None) -> sa.ColumnElement[bool]:
    return table.c.owner.is_(None) if owner is None else table.c.owner == owner
