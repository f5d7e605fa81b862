"""An empty accounts' database, quick to hash, and people who have accounts in it."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from access import accounts, links, passwords
from access.accounts import Account, Role, Wanted
from office import databases
from tests.databases import NewAddress
from yearbook.database import Engine, connect

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=n) for n in (1, 60, 3600, 86400))
PASSWORD = "vaaleanpunainen elefantti"
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"
ANSA = Wanted("ansa@liitto.example", "Ansa Virtanen", Role.DIRECTOR)
KUOPIO = Wanted("rehtori@kuopio.example", "Reijo Rehtori", Role.MEMBER, "kuopio")
LAHTI = Wanted("rehtori@lahti.example", "Liisa Rehtori", Role.MEMBER, "lahti")
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(name="accounts_address")
def address_of_accounts(new_address: NewAddress, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database without accounts; passwords are hashed with little effort."""
    monkeypatch.setattr(passwords, "HASHER", QUICK)
    passwords._nobodys.cache_clear()
    given = new_address()
    if given.startswith("sqlite:///"):
        Path(given.removeprefix("sqlite:///")).write_bytes(empty_accounts())
    else:
        databases.upgrade(given, "accounts")
    return given


@pytest.fixture(name="engine")
def engine_of_accounts(accounts_address: str) -> Iterator[Engine]:
    engine = connect(accounts_address)
    yield engine
    engine.dispose()


@cache
def empty_accounts() -> bytes:
    """An SQLite file without accounts, made once."""
    with tempfile.TemporaryDirectory() as folder:
        databases.upgrade(f"sqlite:///{folder}/accounts.sqlite", "accounts")
        return Path(folder, "accounts.sqlite").read_bytes()


def with_password(engine: Engine, wanted: Wanted, now: datetime = NOON) -> Account:
    """Invited by the director, and the invitation answered."""
    invitation = accounts.invite(engine, wanted, ANSA.login, now)
    return links.use(engine, invitation.token, PASSWORD, now)
