"""Takes the bytes of what was erased out of the database's files, where a deleted row leaves them.

Erasing is done in one transaction and cleaning after it; should the process end between the two,
the next that calls `clean` does what was left.
"""

from __future__ import annotations

import time
from contextlib import closing
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from yearbook.archive.keeping import utc
from yearbook.archive.tables import metadata, removals
from yearbook.database import BUSY_SECONDS, Connection, Engine, write

SECONDS = 10  # to wait for those who are reading
SECONDS_BETWEEN_LOOKS = 0.2


def clean(engine: Engine, when: datetime) -> bool:
    """False where somebody is reading what was erased; then it is to be done again later.

    What a server of PostgreSQL keeps for its own recovery, and all backups, are not in our hands.
    """
    with engine.connect() as connection:
        waiting = list(connection.execute(_uncleaned()).scalars())
    if not waiting:
        return True
    rewritten = _rewrite_sqlite(engine) if _is_sqlite(engine) else _rewrite_postgresql(engine)
    if rewritten:
        with write(engine) as connection:
            done = removals.update().where(removals.c.id.in_(waiting))
            connection.execute(done.values(cleaned_at=utc(when)))
    return rewritten


def is_clean(engine: Engine) -> bool:
    with engine.connect() as connection:
        return connection.execute(_uncleaned()).first() is None


def _uncleaned() -> sa.Select[tuple[int]]:
    return sa.select(removals.c.id).where(removals.c.cleaned_at.is_(None))


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _rewrite_sqlite(engine: Engine) -> bool:
    """The file anew, and the log of writing, which holds what was written before, cut to nothing.

    Said to the driver: neither may be part of a transaction.
    """
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {SECONDS * 1000}")
        try:
            cursor.execute("VACUUM")
            is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except engine.dialect.loaded_dbapi.OperationalError:  # locked longer than we wait
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    return not is_busy


def _rewrite_postgresql(engine: Engine) -> bool:
    """The tables anew, with their statistics, which hold samples of what is in them.

    Rows stay as long as a transaction is under way that began before they were deleted.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not _nobody_reads(connection):
            return False
        connection.execute(sa.text(f"SET lock_timeout = '{SECONDS}s'"))
        try:
            for table in metadata.sorted_tables:
                connection.execute(sa.text(f"VACUUM (FULL, ANALYZE) {table.name}"))
            connection.execute(sa.text("VACUUM FULL pg_statistic"))
        except OperationalError:  # another holds a table longer than we wait
            return False
        finally:
            connection.execute(sa.text("RESET lock_timeout"))
    return True


def _nobody_reads(connection: Connection) -> bool:
    """True as soon as nobody reads what was there before; False when the time is over."""
    readers = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL"
    )
    ending = time.monotonic() + SECONDS
    while connection.execute(readers).scalar_one():
        if time.monotonic() > ending:
            return False
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return True
