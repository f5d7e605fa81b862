"""Makes accounts, changes and blocks them; each is noted in the record."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from access import links, moments, record
from access.links import Invitation
from access.people import (
    Account,
    RefusedAccount,
    Role,
    Wanted,
    account_of,
    is_login,
    normal_login,
    numbered,
    proper,
)
from access.tables import accounts as table
from access.tables import identities, letterheads, sessions, statements
from access.tables import links as links_table
from yearbook.database import Connection, Engine, write

INVITED = timedelta(days=7)  # how long the first link waits
RENEWED = timedelta(days=2)  # the holder of the account is waiting for this one

__all__ = [
    "Account",
    "Invitation",
    "RefusedAccount",
    "Role",
    "Wanted",
    "account",
    "accounts",
    "block",
    "change",
    "exist",
    "forget",
    "invite",
    "named",
    "renew",
    "unblock",
]


def exist(engine: Engine) -> bool:
    """Whether there is an account, of whatever kind: the demonstration ends with the first."""
    with engine.connect() as connection:
        return connection.scalar(sa.select(table.c.id).limit(1)) is not None


def are_kept(engine: Engine) -> bool:
    """Whether there is a place for accounts at all, empty or not."""
    return sa.inspect(engine).has_table(table.name)


def accounts(engine: Engine) -> tuple[Account, ...]:
    """All but the forgotten, by login."""
    known = sa.select(table).where(table.c.forgotten_at.is_(None)).order_by(table.c.login)
    with engine.connect() as connection:
        return tuple(account_of(row) for row in connection.execute(known))


def account(engine: Engine, number: int) -> Account:
    """That account; or RefusedAccount("unknown")."""
    with engine.connect() as connection:
        return numbered(connection, number)


def named(engine: Engine, login: str) -> Account | None:
    """The account of that login; None where there is none."""
    normal = normal_login(login)
    if not is_login(normal):
        return None
    with engine.connect() as connection:
        return _named(connection, normal)


def invite(engine: Engine, wanted: Wanted, by: str, now: datetime | None = None) -> Invitation:
    """A new account without a password, and the link with which its holder sets one. Raises
    RefusedAccount."""
    wanted, moment = proper(wanted), moments.now_or(now)
    row = {**_columns(wanted), "made_at": moments.stored(moment)}
    with write(engine) as connection:
        if _named(connection, wanted.login):
            raise RefusedAccount("taken")
        number = connection.execute(table.insert().values(**row).returning(table.c.id)).scalar_one()
        made = numbered(connection, number)
        record.add(connection, record.Deed(by, "invitation", _said(wanted)), moment)
        return links.make(connection, made, moment + INVITED)


def renew(engine: Engine, number: int, by: str, now: datetime | None = None) -> Invitation:
    """Another link, for who forgot the password or was too late; the older ones end. The password
    that is set stays until the link is used."""
    moment = moments.now_or(now)
    with write(engine) as connection:
        known = numbered(connection, number)
        if not known.is_active:
            raise RefusedAccount("blocked")
        record.add(connection, record.Deed(by, "new_link", known.login), moment)
        return links.make(connection, known, moment + (RENEWED if known.has_password else INVITED))


def change(
    engine: Engine, number: int, wanted: Wanted, by: str, now: datetime | None = None
) -> Account:
    """Make it what is wanted. Where login, role or school become others, its sessions and links
    end: they were given to who it was before. By another login it may be another person, so what
    was bound at other services is no more."""
    wanted, moment = proper(wanted), moments.now_or(now)
    with write(engine) as connection:
        before = numbered(connection, number)
        if before.is_director and wanted.role is not Role.DIRECTOR:
            _require_another_director(connection, before)
        other = _named(connection, wanted.login)
        if other and other.number != number:
            raise RefusedAccount("taken")
        connection.execute(table.update().where(table.c.id == number).values(**_columns(wanted)))
        after = numbered(connection, number)
        if _standing(before) != _standing(after):
            _shut_out(connection, number)
        if before.login != after.login:
            _unbind(connection, number)
        told = f"{_said(before)} -> {_said(after)}"
        record.add(connection, record.Deed(by, "account_changed", told), moment)
        return after


def block(engine: Engine, number: int, by: str, now: datetime | None = None) -> None:
    """Nobody gets in with it any more: its sessions and links end at once."""
    moment = moments.now_or(now)
    with write(engine) as connection:
        known = numbered(connection, number)
        if not known.is_active:
            raise RefusedAccount("blocked")
        if known.is_director:
            _require_another_director(connection, known)
        blocked = table.update().where(table.c.id == number)
        connection.execute(blocked.values(blocked_at=moments.stored(moment)))
        _shut_out(connection, number)
        record.add(connection, record.Deed(by, "account_blocked", known.login), moment)


def unblock(engine: Engine, number: int, by: str, now: datetime | None = None) -> None:
    """Its holder may sign in again, with the password of before."""
    with write(engine) as connection:
        known = numbered(connection, number)
        if known.is_active:
            raise RefusedAccount("not_blocked")
        connection.execute(table.update().where(table.c.id == number).values(blocked_at=None))
        deed = record.Deed(by, "account_unblocked", known.login)
        record.add(connection, deed, moments.now_or(now))


def forget(engine: Engine, number: int, by: str, now: datetime | None = None) -> None:
    """Erase name, login, password and statements of a blocked account, for good; its number is not
    given again. The record keeps the login as it was written, for five years (record.YEARS_KEPT).
    """
    moment = moments.now_or(now)
    with write(engine) as connection:
        if numbered(connection, number).is_active:
            raise RefusedAccount("not_blocked")
        erase(connection, number, moment)
        record.add(connection, record.Deed(by, "account_forgotten", str(number)), moment)


def erase(connection: Connection, number: int, now: datetime) -> None:
    """What `forget` and the tidying of old accounts do to the row."""
    nothing = {"login": f"-{number}", "name": "", "school": "", "password": None}
    erased = table.update().where(table.c.id == number)
    connection.execute(erased.values(**nothing, forgotten_at=moments.stored(now)))
    _shut_out(connection, number)
    _unbind(connection, number)
    for own in (statements, letterheads):
        connection.execute(own.delete().where(own.c.owner == number))


def _named(connection: Connection, login: str) -> Account | None:
    row = connection.execute(sa.select(table).where(table.c.login == login)).one_or_none()
    return None if row is None or row.forgotten_at is not None else account_of(row)


def _columns(wanted: Wanted) -> dict[str, str]:
    names = {"login": wanted.login, "name": wanted.name, "school": wanted.school}
    return {**names, "role": wanted.role.value}


def _said(one: Account | Wanted) -> str:
    """For the record, which needs no name beside the login."""
    return f"{one.login} ({', '.join(filter(None, (one.role.value, one.school)))})"


def _standing(one: Account) -> tuple[str, Role, str]:
    return one.login, one.role, one.school


def _require_another_director(connection: Connection, one: Account) -> None:
    """One who can sign in: an invitation may never be answered."""
    bound = sa.exists().where(identities.c.account == table.c.id)
    others = sa.select(table.c.id).where(
        table.c.role == Role.DIRECTOR.value,
        table.c.blocked_at.is_(None),
        table.c.password.is_not(None) | bound,
        table.c.id != one.number,
    )
    if connection.scalar(others.limit(1)) is None:
        raise RefusedAccount("last_director")


def _shut_out(connection: Connection, number: int) -> None:
    connection.execute(sessions.delete().where(sessions.c.account == number))
    connection.execute(links_table.delete().where(links_table.c.account == number))


def _unbind(connection: Connection, number: int) -> None:
    connection.execute(identities.delete().where(identities.c.account == number))
