"""Links that set a password: each can be used once, by whoever holds it, until it expires."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from access import moments, passwords, record, tokens
from access.people import Account, account_of, numbered
from access.tables import accounts, links, sessions
from yearbook.database import Connection, Engine, write


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that was made; its token is seen here and never again."""

    account: Account
    token: str = field(repr=False)
    expires: datetime


class SpentLink(Exception):
    """There is no such link, or it was used, has expired or was replaced by a newer one."""


class WeakPassword(Exception):
    """The password will not do, for these reasons (those of passwords.check)."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def make(connection: Connection, account: Account, expires: datetime) -> Invitation:
    """A new link; the older ones of the account end."""
    token = tokens.new()
    connection.execute(links.delete().where(links.c.account == account.number))
    connection.execute(
        links.insert().values(
            token=tokens.hashed(token), account=account.number, expires_at=moments.stored(expires)
        )
    )
    return Invitation(account, token, expires)


def look(engine: Engine, token: str, now: datetime | None = None) -> Account | None:
    """Whose link it is, without using it; None where it can be used no more."""
    usable = (
        sa.select(accounts)
        .join(links, links.c.account == accounts.c.id)
        .where(_is_usable(token, moments.now_or(now)), accounts.c.blocked_at.is_(None))
    )
    with engine.connect() as connection:
        row = connection.execute(usable).one_or_none()
    return None if row is None else account_of(row)


def use(engine: Engine, token: str, password: str, now: datetime | None = None) -> Account:
    """Set the password; every session of the account ends. Raises SpentLink, and WeakPassword,
    which leaves the link as it was. Of two who use it at the same time one is too late."""
    moment = moments.now_or(now)
    account = look(engine, token, moment)
    if account is None:
        raise SpentLink
    reasons = passwords.check(password, account.login, account.name)
    if reasons:
        raise WeakPassword(reasons)
    kept = passwords.hash_of(password)
    with write(engine) as connection:
        used = connection.execute(links.delete().where(_is_usable(token, moment))).rowcount
        account = numbered(connection, account.number)
        if used != 1 or not account.is_active:
            raise SpentLink
        _set_password(connection, account, kept)
        record.add(connection, record.Deed(account.login, "password_set", account.login), moment)
        return numbered(connection, account.number)


def _set_password(connection: Connection, account: Account, kept: str) -> None:
    itself = accounts.c.id == account.number
    connection.execute(accounts.update().where(itself).values(password=kept))
    connection.execute(sessions.delete().where(sessions.c.account == account.number))
    connection.execute(links.delete().where(links.c.account == account.number))


def _is_usable(token: str, now: datetime) -> sa.ColumnElement[bool]:
    return (links.c.token == tokens.hashed(token)) & (links.c.expires_at > moments.stored(now))
