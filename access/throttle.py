"""Lets a login be tried only so often, from one network and from everywhere."""

from __future__ import annotations

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from access import moments, tokens
from access.tables import attempts
from yearbook.database import Connection, Engine, write


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts within any span so long."""

    attempts: int
    span: timedelta


QUARTER = timedelta(minutes=15)
OF_BOTH = Limit(5, QUARTER)  # one login from one network
OF_NETWORK = Limit(30, QUARTER)  # a whole school may come from one address
# One login from everywhere. Rarely met by its holder, who would have to wait with the attackers.
OF_LOGIN = Limit(50, timedelta(hours=1))
LONGEST_SPAN = OF_LOGIN.span
NETWORK_BITS = 64  # of an IPv6 address: what one household is given


class TooManyAttempts(Exception):
    """Nothing was looked at; it may be tried again after so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def admit(engine: Engine, login: str, where: str, now: datetime) -> None:
    """Count an attempt before its password is looked at, so that many at once cannot pass; or raise
    TooManyAttempts, which does not count. `where` is a network address."""
    with write(engine) as connection:
        seconds = _waiting(connection, _row(login, where, now), now)
        if seconds == 0:
            connection.execute(attempts.insert().values(**_row(login, where, now)))
    if seconds:
        raise TooManyAttempts(seconds)


def forgive(connection: Connection, login: str, where: str) -> None:
    """Somebody signed in: his mistakes from that network are forgotten, not those of others."""
    row = _row(login, where, datetime.min)
    connection.execute(
        attempts.delete().where(
            attempts.c.login == row["login"], attempts.c.network == row["network"]
        )
    )


def network_of(where: str) -> str:
    """What counts as one network: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        address = ipaddress.ip_address(where.strip().partition("%")[0])
    except ValueError:
        return where
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))


def _waiting(connection: Connection, row: dict[str, object], now: datetime) -> int:
    """Seconds until every limit lets another attempt pass; 0 where they do."""
    by_login = attempts.c.login == row["login"]
    by_network = attempts.c.network == row["network"]
    limited = ((OF_BOTH, by_login & by_network), (OF_NETWORK, by_network), (OF_LOGIN, by_login))
    return max(_seconds(connection, limit, those, now) for limit, those in limited)


def _seconds(
    connection: Connection, limit: Limit, those: sa.ColumnElement[bool], now: datetime
) -> int:
    """Until the oldest of the last attempts that fill the limit is out of its span."""
    since = moments.stored(now - limit.span)
    last = (
        sa.select(attempts.c.tried_at)
        .where(those, attempts.c.tried_at > since)
        .order_by(attempts.c.tried_at.desc())
        .offset(limit.attempts - 1)
        .limit(1)
    )
    oldest = connection.scalar(last)
    if oldest is None:
        return 0
    return max(1, math.ceil((oldest - since).total_seconds()))


def _row(login: str, where: str, now: datetime) -> dict[str, object]:
    return {
        "login": tokens.hashed(f"login {login}"),
        "network": tokens.hashed(f"network {network_of(where)}"),
        "tried_at": now if now is datetime.min else moments.stored(now),
    }
