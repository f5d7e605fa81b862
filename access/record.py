"""The record of what was done: who, when, what; added to, never changed.

It holds no answer and nothing that tells of a respondent. `who` is the login as it was when the
thing was done, also of an account that was forgotten since. An entry is kept for five years, for
as long as a wrong done with personal data can be prosecuted; until then the database refuses to
delete it, after that `shorten` does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from access import moments
from access.tables import record
from yearbook.database import Connection, Engine, write

YEARS_KEPT = 5  # the triggers in migrations/accounts say the same
LONGEST = 1000  # characters of one entry

SEALED = ("happened_at", "who", "action", "what", "checksum")

ACTIONS = (
    *("sign_in", "sign_in_refused", "sign_out", "sign_out_everywhere"),
    *("invitation", "new_link", "password_set", "identity_bound"),
    *("account_changed", "account_blocked", "account_unblocked", "account_forgotten"),
    *("upload", "withdrawal", "decision", "decision_taken_back", "catalogue_changed"),
    *("publication", "publication_refused", "roll_back", "quote_released", "quote_withdrawn"),
    *("export", "packs_made", "catalogue_exported", "record_exported"),
    *("deletion", "record_shortened"),
    *("backup", "restoration", "upgrade"),
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be recorded."""

    who: str  # a login, "" where nobody was signed in
    action: str  # one of ACTIONS
    what: str
    checksum: str = ""  # of the file or edition, SHA-256


@dataclass(frozen=True, slots=True)
class Entry:
    """What was recorded."""

    number: int
    when: datetime
    who: str
    action: str
    what: str
    checksum: str


def note(engine: Engine, who: str, action: str, what: str, checksum: str = "") -> None:
    """Add an entry, now, in a transaction of its own."""
    keep(engine, Deed(who, action, what, checksum))


def keep(engine: Engine, deed: Deed, now: datetime | None = None) -> None:
    with write(engine) as connection:
        add(connection, deed, moments.now_or(now))


def add(connection: Connection, deed: Deed, now: datetime) -> None:
    """Add an entry in the transaction of the deed itself, which `write` has begun."""
    if deed.action not in ACTIONS:
        raise ValueError(f"{deed.action!r} is no action of the record")
    last = sa.select(record.c.seal).order_by(record.c.id.desc()).limit(1)
    row = {
        "happened_at": moments.stored(now),
        "who": _plain(deed.who),
        "action": deed.action,
        "what": _plain(deed.what),
        "checksum": _plain(deed.checksum)[:64],
    }
    words = f"{row['who']} {row['what']} {row['checksum']}".casefold()
    seal = _seal(connection.scalar(last) or "", row)
    connection.execute(record.insert().values(**row, words=words, seal=seal))


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries: those that hold every word, of one action ("" for all), within a span."""

    words: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None  # exclusive


def found(engine: Engine, sought: Sought | None = None, limit: int = 200) -> tuple[Entry, ...]:
    """The newest entries that are sought, the newest first."""
    chosen = sa.select(record).where(*_conditions(sought or Sought()))
    with engine.connect() as connection:
        rows = connection.execute(chosen.order_by(record.c.id.desc()).limit(limit))
        return tuple(_entry(row) for row in rows)


def broken(engine: Engine, newest: int | None = None) -> tuple[int, ...]:
    """The numbers of entries, of the newest so many or of all, whose seal does not fit them and the
    entry before: something was changed or left out past the database's triggers. The first one
    that is looked at is taken as it is; of the oldest the predecessor may be gone."""
    columns = [record.c[name] for name in (*SEALED, "seal", "id")]
    looked_at = sa.select(*columns).order_by(record.c.id.desc()).limit(newest)
    with engine.connect() as connection:
        rows = connection.execute(looked_at).mappings().all()
    return tuple(_broken(reversed(rows)))


def count(connection: Connection, action: str, since: datetime) -> int:
    """How many entries of an action there have been since then."""
    those = (record.c.action == action) & (record.c.happened_at > moments.stored(since))
    return connection.scalar(sa.select(sa.func.count()).where(those)) or 0


def shorten(connection: Connection, now: datetime) -> int:
    """Delete the entries that have been kept long enough; gives how many."""
    earliest = moments.stored(now.replace(year=now.year - YEARS_KEPT, day=min(now.day, 28)))
    gone = connection.execute(record.delete().where(record.c.happened_at < earliest)).rowcount
    return int(gone)


def _conditions(sought: Sought) -> Iterator[sa.ColumnElement[bool]]:
    for word in sought.words.casefold().split():
        yield record.c.words.contains(_plain(word), autoescape=True)
    if sought.action:
        yield record.c.action == sought.action
    if sought.since:
        yield record.c.happened_at >= moments.stored(sought.since)
    if sought.until:
        yield record.c.happened_at < moments.stored(sought.until)


def _broken(rows: Iterable[Any]) -> Iterator[int]:
    before = None
    for row in rows:
        if before is not None and row["seal"] != _seal(before, row):
            yield row["id"]
        before = row["seal"]


def _seal(before: str, row: Any) -> str:
    happened_at, *others = (row[name] for name in SEALED)
    written = json.dumps([before, happened_at.isoformat(), *others])
    return hashlib.sha256(written.encode()).hexdigest()


def _entry(row: Any) -> Entry:
    when = moments.read(row.happened_at)
    return Entry(row.id, when, row.who, row.action, row.what, row.checksum)


def _plain(text: str) -> str:
    """One line without control characters, which PostgreSQL and a reader would trip over."""
    return "".join(one if one.isprintable() else " " for one in text)[:LONGEST]
