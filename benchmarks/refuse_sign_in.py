"""Measures how long a refused sign-in takes, by why it is refused: nobody ought to learn from it.

python benchmarks/refuse_sign_in.py
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from access import accounts, links, sessions  # noqa: E402
from access.accounts import Role, Wanted  # noqa: E402
from access.sessions import RefusedSignIn  # noqa: E402
from office import databases  # noqa: E402
from yearbook.database import Engine, connect  # noqa: E402

ROUNDS = 40
APART = timedelta(minutes=20)  # so that nothing is throttled
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
PASSWORD = "vaaleanpunainen elefantti"
KNOWN, BLOCKED, INVITED = (
    Wanted(f"{name}@conservatory.example", f"Member {name}", Role.DIRECTOR)
    for name in ("known", "blocked", "invited")
)
TRIED = {
    "wrong password": (KNOWN.login, "not the password"),
    "unknown login": ("nobody@conservatory.example", PASSWORD),
    "blocked account": (BLOCKED.login, PASSWORD),
    "invitation not answered": (INVITED.login, PASSWORD),
    "no login at all": ("\x00", PASSWORD),
}


def main() -> None:
    taken: dict[str, list[float]] = {why: [] for why in TRIED}
    with tempfile.TemporaryDirectory() as folder:
        engine = _with_accounts(f"sqlite:///{folder}/accounts.sqlite")
        for number in range(ROUNDS):  # by turns, so that a busy machine is as busy for each
            for why in TRIED:
                taken[why].append(_refused(engine, why, number))
        engine.dispose()
    print("| refused for | lower quartile ms | median ms |")
    print("|---|---:|---:|")
    for why, times in taken.items():
        quarter, half, _ = (1000 * part for part in statistics.quantiles(times, n=4))
        print(f"| {why} | {quarter:.0f} | {half:.0f} |")


def _with_accounts(address: str) -> Engine:
    databases.upgrade(address, "accounts")
    engine = connect(address)
    for wanted in (KNOWN, BLOCKED):
        invitation = accounts.invite(engine, wanted, "benchmark", NOON)
        held = links.use(engine, invitation.token, PASSWORD, NOON)
    accounts.block(engine, held.number, "benchmark")
    accounts.invite(engine, INVITED, "benchmark", NOON)
    return engine


def _refused(engine: Engine, why: str, number: int) -> float:
    """Seconds."""
    begun = time.perf_counter()
    try:
        sessions.begin(engine, *TRIED[why], f"192.0.2.{number}", NOON + number * APART)
    except RefusedSignIn:
        return time.perf_counter() - begun
    raise AssertionError("somebody got in")


if __name__ == "__main__":
    main()
