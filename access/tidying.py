"""Deletes what is no longer needed: sessions, links, attempts, blocked accounts, old entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from access import moments, record, sessions, throttle
from access.accounts import erase
from access.tables import accounts, attempts, letterheads, links, statements
from access.tables import sessions as sessions_table
from yearbook.database import Connection, Engine, write

BLOCKED_KEPT = timedelta(days=365)  # then name and login of the account are erased


@dataclass(frozen=True, slots=True)
class Cleaned:
    """How many of each were deleted."""

    sessions: int
    links: int
    attempts: int
    accounts: int
    entries: int


def clean(engine: Engine, now: datetime | None = None) -> Cleaned:
    """For the tidying timer; may run at any time and as often as one likes."""
    moment = moments.now_or(now)
    expired = links.c.expires_at <= moments.stored(moment)
    tried = attempts.c.tried_at <= moments.stored(moment - throttle.LONGEST_SPAN)
    with write(engine) as connection:
        _end_demonstration(connection)
        cleaned = Cleaned(
            _delete(connection, sessions_table, sa.not_(sessions.is_current(moment))),
            _delete(connection, links, expired),
            _delete(connection, attempts, tried),
            _forget(connection, moment),
            record.shorten(connection, moment),
        )
        if cleaned.entries:
            deed = record.Deed("", "record_shortened", str(cleaned.entries))
            record.add(connection, deed, moment)
        return cleaned


def _delete(connection: Connection, table: sa.Table, those: sa.ColumnElement[bool]) -> int:
    return int(connection.execute(table.delete().where(those)).rowcount)


def _end_demonstration(connection: Connection) -> None:
    """What was written in it has nobody who could open it once there is an account."""
    if connection.scalar(sa.select(accounts.c.id).limit(1)) is None:
        return
    for table in (statements, letterheads):
        _delete(connection, table, table.c.owner.is_(None))


def _forget(connection: Connection, now: datetime) -> int:
    old = sa.select(accounts.c.id).where(
        accounts.c.blocked_at <= moments.stored(now - BLOCKED_KEPT),
        accounts.c.forgotten_at.is_(None),
    )
    numbers = tuple(connection.scalars(old))
    for number in numbers:
        erase(connection, number, now)
        record.add(connection, record.Deed("", "account_forgotten", str(number)), now)
    return len(numbers)
