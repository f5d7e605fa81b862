"""Keeps the open answers that the director released as quotes.

A quote is a text of its own: neither its answer nor whose it was is kept with it, so that nobody
can go from what is published back to a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from yearbook.archive.keeping import utc
from yearbook.archive.tables import quotes as table
from yearbook.database import Engine, write


@dataclass(frozen=True, slots=True)
class Released:
    """A quote in the archive's history. language: fi, sv or en."""

    id: int
    question: str
    text: str
    language: str
    released_by: str
    released_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether the next edition may have it: it was not taken back."""
        return self.withdrawn_at is None


class NoSuchQuoteError(Exception):
    """There is no such quote to take back."""


def release_quote(
    engine: Engine, words: tuple[str, str, str], who: str, when: datetime
) -> Released:
    """Keep a quote: words are its question, its text and its language."""
    question, text, language = words
    row = {"question": question, "text": text, "language": language,
           "released_by": who, "released_at": utc(when)}  # fmt: skip
    with write(engine) as connection:
        done = connection.execute(table.insert().values(row))
    number = int(done.inserted_primary_key.id)  # type: ignore[union-attr]
    return Released(number, question, text, language, who, when)


def withdraw_quote(engine: Engine, number: int, who: str, when: datetime) -> None:
    """Leave a quote out of every later edition; it stays in the history."""
    with write(engine) as connection:
        done = connection.execute(
            table.update()
            .where(table.c.id == number, table.c.withdrawn_at.is_(None))
            .values(withdrawn_by=who, withdrawn_at=utc(when))
        )
        if done.rowcount != 1:
            raise NoSuchQuoteError(f"quote {number} was never released, or is taken back")


def quotes(engine: Engine) -> tuple[Released, ...]:
    """All that were ever released, the newest first."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.id.desc())).all()
    return tuple(_released(row) for row in rows)


def _released(row: Any) -> Released:
    return Released(
        id=row.id,
        question=row.question,
        text=row.text,
        language=row.language,
        released_by=row.released_by,
        released_at=row.released_at.replace(tzinfo=UTC),
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at and row.withdrawn_at.replace(tzinfo=UTC),
    )
