"""Sessions: begun by signing in, found by a token, ended for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from access import moments, passwords, record, throttle, tokens
from access.people import Account, RefusedAccount, account_of, is_login, normal_login, numbered
from access.tables import accounts, sessions
from access.tables import record as entries
from access.throttle import TooManyAttempts
from yearbook.database import Connection, Engine, write

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=30)
HOUR = timedelta(hours=1)
REFUSALS_AN_HOUR = 200  # that are recorded
TOUCHED = timedelta(minutes=1)  # how often it is written down that a session is used

__all__ = [
    "RefusedSignIn",
    "TooManyAttempts",
    "begin",
    "begin_for",
    "current",
    "end",
    "end_all",
    "is_current",
    "last_signed_in",
    "who",
]


class RefusedSignIn(Exception):
    """Nobody gets in so. Whether the login is unknown, blocked or without a password, or the
    password wrong, is not told."""


def begin(
    engine: Engine, login: str, password: str, where: str, now: datetime | None = None
) -> str:
    """Sign in; gives the token of a new session. `where` is the network address. Raises
    RefusedSignIn, always after the same work, and TooManyAttempts."""
    login, moment = normal_login(login), moments.now_or(now)
    throttle.admit(engine, login, where, moment)
    row = _held(engine, login)
    kept = row.password if row is not None and row.blocked_at is None else None
    if not passwords.matches(kept, password) or kept is None:
        _note_refusal(engine, row, moment)
        raise RefusedSignIn
    renewed = passwords.hash_of(password) if passwords.is_outdated(kept) else kept
    with write(engine) as connection:
        if not _is_still(connection, row):
            raise RefusedSignIn  # blocked, or given another password, while we were looking
        throttle.forgive(connection, login, where)
        renewal = accounts.update().where(accounts.c.id == row.id)
        connection.execute(renewal.values(password=renewed))
        return _make(connection, row.id, moment)


def begin_for(engine: Engine, number: int, now: datetime | None = None) -> str:
    """A session for somebody whom another service vouches for. Raises RefusedSignIn."""
    with write(engine) as connection:
        try:
            known = numbered(connection, number)
        except RefusedAccount:
            raise RefusedSignIn from None
        if not known.is_active:
            raise RefusedSignIn
        return _make(connection, number, moments.now_or(now))


def who(
    engine: Engine, token: str, now: datetime | None = None, *, touch: bool = True
) -> Account | None:
    """Whose session it is; None where it was ended, or has been idle or has lasted too long. It is
    being used, unless `touch` says that somebody only looks."""
    moment = moments.now_or(now)
    current = (
        sa.select(accounts, sessions.c.seen_at)
        .join(sessions, sessions.c.account == accounts.c.id)
        .where(sessions.c.token == tokens.hashed(token), is_current(moment))
        .where(accounts.c.blocked_at.is_(None))
    )
    with engine.connect() as connection:
        row = connection.execute(current).one_or_none()
    if row is None:
        return None
    if touch and moments.stored(moment) - row.seen_at >= TOUCHED:
        _touch(engine, token, moment)
    return account_of(row)


def end(engine: Engine, token: str, now: datetime | None = None) -> None:
    """Sign out. A token that is kept somewhere is refused from now on."""
    ended = sessions.delete().where(sessions.c.token == tokens.hashed(token))
    with write(engine) as connection:
        number = connection.execute(ended.returning(sessions.c.account)).scalar()
        if number is not None:
            login = numbered(connection, number).login
            deed = record.Deed(login, "sign_out", login)
            record.add(connection, deed, moments.now_or(now))


def end_all(engine: Engine, number: int, by: str, now: datetime | None = None) -> int:
    """Sign out everywhere; gives how many sessions were ended."""
    with write(engine) as connection:
        login = numbered(connection, number).login
        ended = connection.execute(sessions.delete().where(sessions.c.account == number)).rowcount
        deed = record.Deed(by, "sign_out_everywhere", login)
        record.add(connection, deed, moments.now_or(now))
        return int(ended)


def last_signed_in(engine: Engine) -> dict[int, datetime]:
    """When the holders of accounts signed in last, as the record knows."""
    signed_in = (
        sa.select(accounts.c.id, sa.func.max(entries.c.happened_at))
        .join(entries, entries.c.who == accounts.c.login)
        .where(entries.c.action == "sign_in")
        .group_by(accounts.c.id)
    )
    with engine.connect() as connection:
        return {number: moments.read(when) for number, when in connection.execute(signed_in)}


def current(engine: Engine, now: datetime | None = None) -> dict[int, datetime]:
    """When the accounts that are signed in were last seen, to a minute."""
    seen = (
        sa.select(sessions.c.account, sa.func.max(sessions.c.seen_at))
        .where(is_current(moments.now_or(now)))
        .group_by(sessions.c.account)
    )
    with engine.connect() as connection:
        return {number: moments.read(when) for number, when in connection.execute(seen)}


def _held(engine: Engine, login: str) -> Any:
    """The row of that login, or None."""
    if not is_login(login):
        return None
    with engine.connect() as connection:
        known = sa.select(accounts).where(accounts.c.login == login)
        return connection.execute(known).one_or_none()


def _note_refusal(engine: Engine, row: Any, now: datetime) -> None:
    """Who it was is not known, only whose login it was; one that is unknown is not written down,
    since it may be a password in the wrong place. Whoever tries from a thousand networks does not
    fill the record, from which nothing can be deleted."""
    deed = record.Deed("", "sign_in_refused", "?" if row is None else row.login)
    with write(engine) as connection:
        if record.count(connection, deed.action, now - HOUR) < REFUSALS_AN_HOUR:
            record.add(connection, deed, now)


def _is_still(connection: Connection, row: Any) -> bool:
    same = sa.select(accounts.c.id).where(
        accounts.c.id == row.id,
        accounts.c.password == row.password,
        accounts.c.blocked_at.is_(None),
    )
    return connection.scalar(same) is not None


def _make(connection: Connection, number: int, now: datetime) -> str:
    token, moment = tokens.new(), moments.stored(now)
    connection.execute(
        sessions.insert().values(
            token=tokens.hashed(token), account=number, begun_at=moment, seen_at=moment
        )
    )
    login = numbered(connection, number).login
    record.add(connection, record.Deed(login, "sign_in", login), now)
    return token


def _touch(engine: Engine, token: str, now: datetime) -> None:
    moment = moments.stored(now)
    used = sessions.update().where(
        sessions.c.token == tokens.hashed(token), sessions.c.seen_at < moment
    )
    with write(engine) as connection:
        connection.execute(used.values(seen_at=moment))


def is_current(now: datetime) -> sa.ColumnElement[bool]:
    return (sessions.c.seen_at > moments.stored(now - IDLE)) & (
        sessions.c.begun_at > moments.stored(now - LONGEST)
    )
