"""Puts submissions into the archive, whole or not at all, and withdraws them."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import sqlalchemy as sa

from yearbook.archive.entries import AlreadyKeptError, NotInArchiveError, Received, entries_of
from yearbook.archive.frames import insert
from yearbook.archive.tables import (
    answers,
    covers,
    figures,
    frame,
    respondents,
    submissions,
    tabulated,
)
from yearbook.archive.tables import secrets as secrets_table
from yearbook.database import Connection, Engine, write
from yearbook.submissions import (
    ANSWER_COLUMNS,
    FIGURE_COLUMNS,
    FRAME_COLUMNS,
    RESPONDENT_COLUMNS,
    TABULATED_COLUMNS,
    Kind,
    Submission,
)

PSEUDONYM = "pseudonym"


def keep(engine: Engine, submission: Submission, received: Received) -> int:
    """Keep a submission whole, or not at all; its number. Raises AlreadyKeptError."""
    pairs = submission.covers()
    if received.adds and submission.kind is not Kind.SURVEY:
        raise ValueError("only answers can be added to those of the same round")
    if not pairs:
        raise ValueError(f"{submission.source}: a submission that covers nothing")
    with write(engine) as connection:
        _refuse_twice(connection, received.checksum)
        number = _insert_submission(connection, submission, received)
        connection.execute(
            covers.insert(),
            [{"submission": number, "subject": s, "year": y} for s, y in sorted(pairs)],
        )
        INSERT[submission.kind](connection, submission, number)
    return number


def withdraw(engine: Engine, number: int, who: str, when: datetime) -> None:
    """Take a submission out of force; what it had replaced is in force again."""
    with write(engine) as connection:
        done = connection.execute(
            submissions.update()
            .where(submissions.c.id == number, submissions.c.withdrawn_at.is_(None))
            .values(withdrawn_by=who, withdrawn_at=utc(when))
        )
        if done.rowcount != 1:
            raise NotInArchiveError(f"submission {number} is not in the archive, or is withdrawn")


def secret(engine: Engine) -> str:
    """The key by which respondents get their pseudonyms; made at first, and never shown."""
    with write(engine) as connection:
        wanted = sa.select(secrets_table.c.value).where(secrets_table.c.name == PSEUDONYM)
        found = connection.execute(wanted).scalar_one_or_none()
        if found is None:
            found = secrets.token_hex(32)
            connection.execute(secrets_table.insert().values(name=PSEUDONYM, value=found))
    return str(found)


def _refuse_twice(connection: Connection, checksum: str) -> None:
    for entry in entries_of(connection):
        if entry.received.checksum == checksum and entry.in_force:
            raise AlreadyKeptError(entry)


def _insert_submission(connection: Connection, submission: Submission, received: Received) -> int:
    done = connection.execute(
        submissions.insert().values(
            kind=submission.kind.value,
            source=submission.source,
            file_name=received.file_name,
            checksum=received.checksum,
            invented=submission.invented,
            received_by=received.who,
            received_at=utc(received.when),
            findings=json.dumps(dict(received.findings), sort_keys=True),
            adds=received.adds,
        )
    )
    return int(done.inserted_primary_key.id)  # type: ignore[union-attr]


def _insert_survey(connection: Connection, submission: Submission, number: int) -> None:
    people = submission.respondents.reset_index(drop=True)
    if people["respondent"].duplicated().any():
        raise ValueError(f"{submission.source}: a respondent occurs twice")
    given = submission.answers
    numbers = pd.Series(people.index, index=people["respondent"]).reindex(given["respondent"])
    if numbers.isna().any():
        raise ValueError(f"{submission.source}: an answer of nobody")
    people = people[RESPONDENT_COLUMNS].assign(submission=number, number=people.index)
    insert(connection, respondents, people)
    given = given[ANSWER_COLUMNS].assign(submission=number, respondent=numbers.to_numpy(int))
    given["option"] = given["option"].where(given["option"].notna(), "")
    insert(connection, answers, given)


def _insert_figures(connection: Connection, submission: Submission, number: int) -> None:
    frame = submission.figures
    frame = frame[FIGURE_COLUMNS].assign(
        submission=number,
        value=frame["value"].astype(float),
        missing=frame["missing"].where(frame["missing"].notna(), ""),
        carried=frame["carried"].astype(bool),
        row=np.arange(len(frame)),
    )
    insert(connection, figures, frame)


def _insert_frame(connection: Connection, submission: Submission, number: int) -> None:
    rows = submission.frame[FRAME_COLUMNS]
    numbers = {name: rows[name].astype(float) for name in ("invited", "reached")}
    insert(connection, frame, rows.assign(submission=number, row=np.arange(len(rows)), **numbers))


def _insert_tabulated(connection: Connection, submission: Submission, number: int) -> None:
    rows = submission.tabulated[TABULATED_COLUMNS]
    insert(connection, tabulated, rows.assign(submission=number, row=np.arange(len(rows))))


INSERT = {
    Kind.ANNUAL: _insert_figures,
    Kind.SURVEY: _insert_survey,
    Kind.FRAME: _insert_frame,
    Kind.TABULATED: _insert_tabulated,
}


def utc(when: datetime) -> datetime:
    if when.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return when.astimezone(UTC).replace(tzinfo=None)
