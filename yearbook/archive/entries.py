"""What the archive holds, submission by submission, and which part of each is in force."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from yearbook.archive.tables import additions, covers, quotes, removals, submissions
from yearbook.catalogue.overlay import WHOLE
from yearbook.database import Connection, Engine
from yearbook.submissions import Kind

Pair = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Received:
    """Where a submission came from. `checksum` is the SHA-256 (hex) of the file.

    adds: its answers are further ones of a round, as of the same form in another language; without
    it they stand in the place of the earlier ones.
    """

    who: str
    when: datetime
    file_name: str
    checksum: str
    findings: Mapping[str, int] = field(default_factory=dict)
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission in the archive's history. `in_force`: the part of `covers` that counts today."""

    id: int
    kind: Kind
    source: str
    received: Received
    invented: bool
    covers: tuple[Pair, ...]
    in_force: tuple[Pair, ...]
    withdrawn_by: str | None
    withdrawn_at: datetime | None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class AlreadyKeptError(Exception):
    """The same file is in force already, as `entry`."""

    def __init__(self, entry: Entry) -> None:
        received = entry.received
        super().__init__(
            f"The file {received.file_name} is in the archive already: {received.who} handed it "
            f"in on {received.when:%Y-%m-%d}. Withdraw that one first to replace it."
        )
        self.entry = entry


class NotInArchiveError(Exception):
    """There is no such submission to withdraw."""


def history(engine: Engine) -> tuple[Entry, ...]:
    """All submissions there ever were, the newest first."""
    with engine.connect() as connection:
        return tuple(reversed(entries_of(connection)))


def fingerprint(engine: Engine) -> str:
    """Changes whenever something else is in force, quotes and added questions included.

    SHA-256 (hex). What columns are is decided for reading, and changes nothing that was read.
    """
    with engine.connect() as connection:
        return fingerprint_of(connection)


def fingerprint_of(connection: Connection) -> str:
    """The same, within a transaction."""
    counting = sa.select(quotes.c.id).where(quotes.c.withdrawn_at.is_(None)).order_by(quotes.c.id)
    released = list(connection.execute(counting).scalars())
    added = connection.execute(
        sa.select(sa.func.max(additions.c.id)).where(additions.c.kind.in_(WHOLE))
    ).scalar_one_or_none()
    # A submission of which somebody was erased is the same by its number and its file.
    gone = connection.execute(
        sa.select(sa.func.max(removals.c.id)).where(removals.c.survey_year.is_not(None))
    ).scalar_one_or_none()
    state = [(e.id, e.received.checksum, e.in_force) for e in entries_of(connection)]
    in_force = [entry for entry in state if entry[2]]
    return hashlib.sha256(json.dumps([in_force, released, added, gone]).encode()).hexdigest()


def entries_of(connection: Connection, at: datetime | None = None) -> list[Entry]:
    """Oldest first. at: a moment (UTC, without its zone) of which it is asked what was in force."""
    wanted = sa.select(submissions).order_by(submissions.c.id)
    if at is not None:
        wanted = wanted.where(submissions.c.received_at <= at)
    rows = connection.execute(wanted).all()
    covered: dict[int, list[Pair]] = {row.id: [] for row in rows}  # none where all was erased
    for row in connection.execute(sa.select(covers).order_by("subject", "year")):
        if row.submission in covered:
            covered[row.submission].append((row.subject, row.year))
    is_gone = {row.id for row in rows if _is_withdrawn(row, at)}
    counting = _counting([row for row in rows if row.id not in is_gone], covered)
    return [
        _entry(row, covered[row.id], [p for p in covered[row.id] if (row.id, p) in counting])
        for row in rows
    ]


def _is_withdrawn(row: Any, at: datetime | None) -> bool:
    return row.withdrawn_at is not None and (at is None or row.withdrawn_at <= at)


def _counting(rows: Sequence[Any], covered: Mapping[int, list[Pair]]) -> set[tuple[int, Pair]]:
    """Of each subject the newest of these rows, and what it adds to if that is of its kind."""
    found: set[tuple[int, Pair]] = set()
    is_open: dict[tuple[str, Pair], str] = {}  # the kind that an older one may have; "" for none
    for row in reversed(rows):
        for pair in covered[row.id]:
            subject = (Kind(row.kind).subject, pair)
            if is_open.get(subject, row.kind) == row.kind:
                found.add((row.id, pair))
                is_open[subject] = row.kind if row.adds else ""
    return found


def _entry(row: Any, covered: Iterable[Pair], in_force: Iterable[Pair]) -> Entry:
    return Entry(
        id=row.id,
        kind=Kind(row.kind),
        source=row.source,
        received=Received(
            row.received_by,
            row.received_at.replace(tzinfo=UTC),
            row.file_name,
            row.checksum,
            json.loads(row.findings),
            row.adds,
        ),
        invented=row.invented,
        covers=tuple(covered),
        in_force=tuple(in_force),
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at and row.withdrawn_at.replace(tzinfo=UTC),
    )


def entries_in_force(connection: Connection, kind: Kind, at: datetime | None = None) -> list[Entry]:
    return [entry for entry in entries_of(connection, at) if entry.kind is kind and entry.in_force]
