"""Opens the archive, the shelf and the accounts, and brings them to the present schema."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from office.refusals import refusal
from office.settings import ROOT, settings
from yearbook import archive, shelf
from yearbook.database import Connection, Engine, connect, write

MIGRATIONS = ROOT / "migrations"


def prepare() -> None:
    """Create the databases, or upgrade them; does nothing where they are up to date."""
    chosen = settings()
    if chosen.archive_url:
        upgrade(chosen.archive_url, "archive")
    upgrade(chosen.shelf_url, "shelf")
    upgrade(chosen.accounts_url, "accounts")
    if chosen.archive_url:
        _remember_older_editions()


def upgrade(address: str, room: str, to: str = "head") -> None:
    """Bring one database to the newest schema of that room, in one transaction; tests stop
    before."""
    engine = connect(address)
    with write(engine) as connection:
        upgrade_within(connection, room, to)
    engine.dispose()


def upgrade_within(connection: Connection, room: str, to: str = "head") -> None:
    """The same, as a part of a transaction that is under way."""
    configuration = _configuration(room)
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, to)


def revisions(room: str) -> tuple[str, ...]:
    """Every schema of that room that we know, the newest first."""
    known = ScriptDirectory.from_config(_configuration(room)).walk_revisions()
    return tuple(one.revision for one in known)


def _configuration(room: str) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", _escaped(MIGRATIONS / room))
    return configuration


def _remember_older_editions() -> None:
    """The archive knows of each edition what it rests on; of older ones their moment tells it."""
    moves = reversed(shelf.history(shelf_engine()))  # the oldest first
    first: dict[str, datetime] = {}
    for move in moves:
        first.setdefault(move.to, move.when)
    archive.release_older(archive_engine(), first)


def archive_engine() -> Engine:
    """The archive. Refused in a process that serves visitors only (ARCHIVE_URL is empty)."""
    address = settings().archive_url
    if address is None:
        raise refusal("no_archive")
    return _engine(address)


def shelf_engine() -> Engine:
    """The shelf, for putting editions on it."""
    return _engine(settings().shelf_url)


def visitors_shelf() -> Engine:
    """The shelf for those who only read it: writing is refused by the database."""
    return _engine(settings().shelf_url, read_only=True)


def accounts_engine() -> Engine:
    """Accounts, sessions and the record."""
    return _engine(settings().accounts_url)


def has_archive() -> bool:
    return settings().archive_url is not None


@cache
def _engine(address: str, read_only: bool = False) -> Engine:
    return connect(address, read_only=read_only)


def _escaped(path: Path) -> str:
    return path.as_posix().replace("%", "%%")
