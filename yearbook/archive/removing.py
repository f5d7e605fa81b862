"""The history of what was removed for good: that it was, by whom and how many, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from yearbook.archive.keeping import utc
from yearbook.archive.tables import removals as table
from yearbook.database import Connection, Engine, write

KINDS = ("respondent", "round", "quote", "decision", "name", "upload")


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed. survey, year: the round, where it was of one; None where it was of none.

    count: respondents of a round, or quotes, decisions, names of files, uploads.
    is_clean: its bytes are gone from the database's files, too.
    """

    id: int
    kind: str
    survey: str
    survey_year: int | None
    count: int
    who: str
    when: datetime
    is_clean: bool


def removals(engine: Engine) -> tuple[Removed, ...]:
    """All there ever were, the newest first."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.id.desc())).all()
    return tuple(
        Removed(
            row.id, row.kind, row.survey, row.survey_year, row.amount, row.removed_by,
            row.removed_at.replace(tzinfo=UTC), row.cleaned_at is not None,
        )
        for row in rows
    )  # fmt: skip


def record(
    connection: Connection, what: tuple[str, str, int | None, int], who: str, when: datetime
) -> int:
    """Its number. what: kind, survey, year and how many."""
    kind, survey, year, count = what
    if kind not in KINDS:
        raise ValueError(f"{kind}: a removal of no known kind")
    row = {"kind": kind, "survey": survey, "survey_year": year, "amount": count,
           "removed_by": who, "removed_at": utc(when)}  # fmt: skip
    if kind == "upload":  # a file of its own, not in the database
        row["cleaned_at"] = utc(when)
    done = connection.execute(table.insert().values(row))
    return int(done.inserted_primary_key.id)  # type: ignore[union-attr]


def record_uploads(engine: Engine, count: int, who: str, when: datetime) -> None:
    """So many files that were handed in are deleted."""
    with write(engine) as connection:
        record(connection, ("upload", "", None, count), who, when)
