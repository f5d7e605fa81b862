"""Puts editions on the shelf for good, and moves the pointer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from yearbook import edition_files
from yearbook.database import Connection, Engine, write
from yearbook.editions import MEMBERS, Edition
from yearbook.shelf.backs import names_of, pointed_at
from yearbook.shelf.opening import NotOnShelfError
from yearbook.shelf.packing import pack, pack_table
from yearbook.shelf.tables import edition_tables, editions, moves

Row = Mapping[str, Any]


class NameTakenError(Exception):
    """An edition of that name is on the shelf; editions never change."""


@dataclass(frozen=True, slots=True)
class _Packed:
    """An edition as it is written down."""

    back: Row
    tables: Sequence[Row]


def put(engine: Engine, edition: Edition, who: str = "", when: datetime | None = None) -> None:
    """Put the members' edition on the shelf for good, without companions, and point at it."""
    put_all(engine, (edition,), who, when)


def put_all(
    engine: Engine, together: Sequence[Edition], who: str = "", when: datetime | None = None
) -> None:
    """Put the members' edition and its companions on the shelf for good, and point at their name:
    all in one transaction."""
    _require_companions(together)
    # Written before the transaction begins, so that it is short.
    packed = [_packed(edition, who) for edition in together]
    name = together[0].name
    with write(engine) as connection:
        if connection.scalar(sa.select(editions.c.name).where(editions.c.name == name).limit(1)):
            raise NameTakenError(name)
        last = connection.scalar(sa.select(sa.func.max(editions.c.position))) or 0
        for one in packed:
            connection.execute(editions.insert().values(**one.back, position=last + 1))
            if one.tables:
                connection.execute(edition_tables.insert(), list(one.tables))
        _move(connection, name, who, when)


def point_at(engine: Engine, name: str, who: str = "", when: datetime | None = None) -> None:
    """Show visitors that edition from now on: how a publication is rolled back."""
    with write(engine) as connection:
        if name not in names_of(connection, MEMBERS):
            raise NotOnShelfError(name)
        if name != pointed_at(connection):
            _move(connection, name, who, when)


def _require_companions(together: Sequence[Edition]) -> None:
    """What does not belong together, or was changed after it was sealed, is our own mistake."""
    audiences = [edition.audience for edition in together]
    if len({edition.name for edition in together}) != 1:
        raise ValueError("editions that are put together must have one name")
    if audiences.count(MEMBERS) != 1 or len(set(audiences)) != len(audiences):
        raise ValueError(f"one edition for the members and one for each other: {audiences}")
    for edition in together:
        if edition.digest != edition_files.digest(edition):
            raise ValueError(f"edition {edition.name} does not agree with its digest")


def _packed(edition: Edition, who: str) -> _Packed:
    known = {"edition": edition.name, "audience": edition.audience}
    tables = [
        {**known, "indicator": code, "position": position, "cells": pack_table(table)}
        for position, (code, table) in enumerate(edition.tables.items())
    ]
    back = {
        "name": edition.name,
        "audience": edition.audience,
        "published": edition.published,
        "invented": edition.invented,
        "digest": edition.digest,
        "format": edition.format,
        "put_by": who,
        "header": pack(edition_files.header(edition)),
    }
    return _Packed(back, tables)


def _move(connection: Connection, name: str, who: str, when: datetime | None) -> None:
    moment = (when or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    connection.execute(
        moves.insert().values(
            moved_by=who, moved_at=moment, away_from=pointed_at(connection), to=name
        )
    )
