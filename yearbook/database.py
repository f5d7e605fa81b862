"""Opens a database by its address: an SQLite file, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text

BUSY_SECONDS = 30
WRITERS_LOCK = 7_190_316  # any number, the same in all our processes

__all__ = ["Connection", "Engine", "connect", "is_on_a_server", "write"]


def connect(address: str, *, read_only: bool = False) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…`; nothing is opened yet."""
    url = _with_driver(make_url(address))
    if url.get_backend_name() == "sqlite":
        return _connect_sqlite(url, read_only)
    if url.get_backend_name() != "postgresql":
        raise ValueError(f"{url.get_backend_name()}: only sqlite and postgresql are supported")
    options = {"options": "-c default_transaction_read_only=on"} if read_only else {}
    return create_engine(url, connect_args=options, pool_pre_ping=True)


def is_on_a_server(address: str) -> bool:
    """A database there has users of its own; a file belongs to whoever owns the file."""
    return make_url(address).get_backend_name() != "sqlite"


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes; writers wait for one another, readers wait for nobody."""
    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})
        yield connection


def _with_driver(url: URL) -> URL:
    """`postgresql://` (and the short `postgres://`) means psycopg 3."""
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _connect_sqlite(url: URL, read_only: bool) -> Engine:
    if url.database and url.database != ":memory:" and not read_only:
        _make_private(Path(url.database))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, see below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")  # readers go on while a writer writes
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is written over
        cursor.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _make_private(path: Path) -> None:
    """Answers are for their keeper alone; the files that SQLite puts beside it follow its mode."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
