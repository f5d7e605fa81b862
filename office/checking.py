"""Looks at a server as its keeper would: settings, accounts, files, editions, backups."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import press
from access import accounts, record
from access.people import Role
from office import databases
from office.restoring import editions_checked
from office.rooms import rooms
from office.rotation import made
from office.settings import settings
from office.using import catalogue_in_use
from yearbook import copying, shelf
from yearbook.catalogue import CatalogueError

SHORTEST_SECRET, FEWEST_LETTERS = 32, 10  # as the door asks for, too
FREE_BYTES = 2_000_000_000
OLDEST_BACKUP = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at. is_grave: the service must not go on like this."""

    what: str
    fault: str = ""  # "" where all is well
    is_grave: bool = True


def check(now: datetime | None = None) -> Iterator[Checked]:
    """Each thing as it is looked at; the databases first, for the rest rests on them."""
    schemas = tuple(_schemas())
    yield from schemas
    if any(one.fault for one in schemas):
        return
    for look in (_catalogue, _editions, _accounts, _record, _address, _secret):
        yield look()
    yield from _private()
    yield _browser()
    yield _space()
    yield _backups(now or datetime.now(UTC))


def _schemas() -> Iterator[Checked]:
    for room in rooms():
        newest = databases.revisions(room.name)[0]
        engine = room.engine()
        with copying.snapshot(engine) as seen:
            revision = copying.revision(seen, room.version_table)
        engine.dispose()
        fault = f"its schema is {revision}, not {newest}: manage.py migrate"
        yield Checked(f"database {room.name}", "" if revision == newest else fault)


def _catalogue() -> Checked:
    try:
        catalogue_in_use()
    except CatalogueError as error:
        return Checked("catalogue", str(error))
    return Checked("catalogue")


def _editions() -> Checked:
    whole, damaged = editions_checked()
    shown = shelf.current(databases.shelf_engine())
    fault = f"do not agree with their digest: {', '.join(damaged)}" if damaged else ""
    return Checked(f"editions ({whole}; visitors see {shown or 'none'})", fault)


def _accounts() -> Checked:
    known = accounts.accounts(databases.accounts_engine())
    directors = [one for one in known if one.role is Role.DIRECTOR and one.is_active]
    fault = "no director can sign in: manage.py account first E-MAIL --name NAME"
    return Checked(f"accounts ({len(known)})", "" if directors else fault, bool(settings().address))


def _record() -> Checked:
    broken = record.broken(databases.accounts_engine())
    fault = f"was changed past the service at entry {', '.join(map(str, broken[:5]))}"
    return Checked("record", fault if broken else "")


def _address() -> Checked:
    address = settings().address
    if not address:
        fault = "ADDRESS is not set: only this machine is served"
        return Checked("address", fault, is_grave=False)
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")
    is_plain = not is_safe or not parts.hostname or parts.path or parts.query
    return Checked("address", f"ADDRESS is not https://name: {address}" if is_plain else "")


def _secret() -> Checked:
    secret, is_open = settings().secret, bool(settings().address)
    if len(secret) >= SHORTEST_SECRET and len(set(secret)) >= FEWEST_LETTERS:
        return Checked("secret")
    return Checked("secret", f"SECRET is missing or weak (at least {SHORTEST_SECRET} characters "
                   "by chance: openssl rand -hex 32)", is_open)  # fmt: skip


def _private() -> Iterator[Checked]:
    """What holds answers, accounts or backups is for its keeper alone."""
    if os.name == "nt":
        return
    folders: dict[str, Path] = {"var": settings().var, "backups": settings().backups}
    for name, folder in folders.items():
        if folder.is_dir():
            mode = folder.stat().st_mode & 0o077
            yield Checked(f"folder {name}", f"others may look into it: chmod 700 {folder}"
                          if mode else "")  # fmt: skip


def _browser() -> Checked:
    fault = "none is there (apt-get install chromium): no PDF, visitors' browsers draw pictures"
    return Checked("browser for pictures", "" if press.is_there() else fault, is_grave=False)


def _space() -> Checked:
    free = shutil.disk_usage(_existing(settings().backups)).free
    fault = f"only {free / 1e9:.1f} GB are left on the disk of the backups"
    return Checked("space", fault if free < FREE_BYTES else "", is_grave=False)


def _existing(folder: Path) -> Path:
    return folder if folder.exists() else _existing(folder.parent)


def _backups(now: datetime) -> Checked:
    moments = [moment for file in settings().backups.glob("*.zip") if (moment := made(file))]
    newest = max(moments, default=None)
    if newest is None:
        return Checked("backups", "there is none yet: manage.py nightly", is_grave=False)
    fault = f"the newest is of {newest:%Y-%m-%d}: does the nightly timer run?"
    return Checked(f"backups ({len(moments)})", fault if now - newest > OLDEST_BACKUP else "",
                   is_grave=False)  # fmt: skip
