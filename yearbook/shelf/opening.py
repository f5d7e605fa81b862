"""Opens editions: the one that an audience sees, any that was asked for, or all of them."""

from __future__ import annotations

import zlib

import sqlalchemy as sa

from yearbook import edition_files
from yearbook.database import Engine
from yearbook.editions import MEMBERS, Edition
from yearbook.shelf.backs import current, names
from yearbook.shelf.packing import PackedTables, unpack
from yearbook.shelf.tables import edition_tables, editions

FEW = 8  # tables, as many as one question has; a whole edition fills a hundred megabytes


class NotOnShelfError(Exception):
    """There is no edition of that name for that audience."""


class DamagedEditionError(Exception):
    """An edition on the shelf does not agree with its own digest."""


def latest(engine: Engine, audience: str = MEMBERS) -> Edition | None:
    """The edition that those visitors see; None where nothing has been published for them."""
    name = current(engine)
    if name is None or name not in names(engine, audience):
        return None
    return open(engine, name, audience, FEW)


def editions_for(engine: Engine, audience: str) -> tuple[Edition, ...]:
    """All editions of an audience, the oldest first; few of their tables are held at a time."""
    return tuple(open(engine, name, audience, FEW) for name in names(engine, audience))


def open(
    engine: Engine, name: str, audience: str = MEMBERS, tables_kept: int | None = None
) -> Edition:
    """That edition. Raises NotOnShelfError, and EditionFormatError where it is too new to read."""
    known = (editions.c.name == name) & (editions.c.audience == audience)
    within = (edition_tables.c.edition == name) & (edition_tables.c.audience == audience)
    with engine.connect() as connection:
        header = connection.scalar(sa.select(editions.c.header).where(known))
        if header is None:
            raise NotOnShelfError(name)
        packed = connection.execute(
            sa.select(edition_tables.c.indicator, edition_tables.c.cells)
            .where(within)
            .order_by(edition_tables.c.position)
        ).all()
    tables = PackedTables({row.indicator: row.cells for row in packed}, tables_kept)
    return edition_files.with_tables(unpack(header), tables)


def verify(engine: Engine, name: str, audience: str = MEMBERS) -> Edition:
    """That edition, checked against its digest. Raises DamagedEditionError."""
    try:
        edition = open(engine, name, audience)
        whole = edition.digest == _stated(engine, edition) == edition_files.digest(edition)
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise DamagedEditionError(f"edition {name} cannot be read: {error}") from error
    if not whole or (edition.name, edition.audience) != (name, audience):
        raise DamagedEditionError(f"edition {name} does not agree with its digest")
    return edition


def _stated(engine: Engine, edition: Edition) -> str | None:
    """The digest on the back of the edition."""
    known = (editions.c.name == edition.name) & (editions.c.audience == edition.audience)
    with engine.connect() as connection:
        return connection.scalar(sa.select(editions.c.digest).where(known))
