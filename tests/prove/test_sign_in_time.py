"""How long a refusal takes does not tell whose login is known; with the real effort of hashing."""

from __future__ import annotations

import statistics
import time

import pytest

from access import accounts, passwords, sessions
from access.sessions import RefusedSignIn
from office import databases
from tests.access_for_tests import ANSA, KUOPIO, LAHTI, MINUTE, NOON, PASSWORD, with_password
from tests.databases import NewAddress, new_address  # noqa: F401
from yearbook.database import connect

ROUNDS = 20
MOST = 1.2  # between the quickest and the slowest kind of refusal


def test_every_refusal_takes_as_long(new_address: NewAddress) -> None:  # noqa: F811
    address = new_address()
    databases.upgrade(address, "accounts")
    engine = connect(address)
    with_password(engine, ANSA)
    accounts.block(engine, with_password(engine, LAHTI).number, ANSA.login)
    accounts.invite(engine, KUOPIO, ANSA.login, NOON)
    assert passwords.HASHER.memory_cost == 65536
    kinds = {
        "wrong password": (ANSA.login, "not the password"),
        "unknown": ("nobody@liitto.example", PASSWORD),
        "blocked": (LAHTI.login, PASSWORD),
        "not yet answered": (KUOPIO.login, PASSWORD),
        "no login at all": ("\x00", PASSWORD),
    }
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number in range(ROUNDS):  # by turns, so that a busy machine is as busy for each
        moment = NOON + number * 20 * MINUTE
        for kind, (login, password) in kinds.items():
            begun = time.perf_counter()
            with pytest.raises(RefusedSignIn):
                sessions.begin(engine, login, password, f"192.0.2.{number}", moment)
            taken[kind].append(time.perf_counter() - begun)
    # The quicker quarter: what else the machine does only ever adds time.
    usual = {kind: statistics.quantiles(times, n=4)[0] for kind, times in taken.items()}
    print({kind: f"{seconds * 1000:.0f} ms" for kind, seconds in usual.items()})
    assert max(usual.values()) / min(usual.values()) < MOST, usual
