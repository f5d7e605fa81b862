"""Keeps what was handed in, with who, when and from which file, in a private database.

A newer submission takes the place of an older one for what both cover: a school's year, or a
round of a survey. The older one stays in history, and comes back when the newer is withdrawn.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from yearbook.database import Connection, Engine, write
from yearbook.submissions import (
    ANSWER_COLUMNS,
    FIGURE_COLUMNS,
    RESPONDENT_COLUMNS,
    Kind,
    Submission,
)

metadata = sa.MetaData()

submissions = sa.Table(
    "submissions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("checksum", sa.String(64), nullable=False, index=True),
    sa.Column("invented", sa.Boolean, nullable=False),
    sa.Column("received_by", sa.Text, nullable=False),
    sa.Column("received_at", sa.DateTime, nullable=False),  # UTC, in all tables here
    sa.Column("findings", sa.Text, nullable=False),  # JSON: how many of which kind
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("withdrawn_at", sa.DateTime),
    sqlite_autoincrement=True,  # a number is never given twice
)


def _of_submission(**options: Any) -> sa.Column[int]:
    return sa.Column(
        "submission", sa.Integer, sa.ForeignKey("submissions.id"), nullable=False, **options
    )


covers = sa.Table(
    "covers",  # (school, statistical year) or (survey, year of the round)
    metadata,
    _of_submission(primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
)

figures = sa.Table(
    "figures",
    metadata,
    _of_submission(primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("value", sa.Double),
    sa.Column("missing", sa.String(20), nullable=False),
    sa.Column("carried", sa.Boolean, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
)

respondents = sa.Table(
    "respondents",
    metadata,
    _of_submission(primary_key=True),
    # The respondent's number within the submission: short, for there are many answers.
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("respondent", sa.Text, nullable=False),
    sa.Column("survey", sa.Text, nullable=False),
    sa.Column("survey_year", sa.Integer, nullable=False),
    sa.Column("cohort", sa.Integer),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.UniqueConstraint("submission", "respondent"),
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("submission", sa.Integer, nullable=False),
    sa.Column("respondent", sa.Integer, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("option", sa.Text, nullable=False),
    sa.Column("number", sa.Double),
    sa.Column("text", sa.Text),
    sa.ForeignKeyConstraint(
        ["submission", "respondent"], ["respondents.submission", "respondents.number"]
    ),
    sa.Index("ix_answers_submission_respondent", "submission", "respondent"),
)

Pair = tuple[str, int]
FIGURE = ["school", "year", "programme", "question"]


@dataclass(frozen=True, slots=True)
class Received:
    """Where a submission came from. `checksum` is the SHA-256 (hex) of the file."""

    who: str
    when: datetime
    file_name: str
    checksum: str
    findings: Mapping[str, int] = field(default_factory=dict)


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


# --- Keep and withdraw ------------------------------------------------------------------------


def keep(engine: Engine, submission: Submission, received: Received) -> int:
    """Keep a submission whole, or not at all; its number. Raises AlreadyKeptError."""
    pairs = submission.covers()
    if not pairs:
        raise ValueError(f"{submission.source}: a submission that covers nothing")
    with write(engine) as connection:
        _refuse_twice(connection, received.checksum)
        number = _insert_submission(connection, submission, received)
        connection.execute(
            covers.insert(),
            [{"submission": number, "subject": s, "year": y} for s, y in sorted(pairs)],
        )
        if submission.kind is Kind.ANNUAL:
            _insert(connection, figures, _figure_rows(submission.figures, number))
        else:
            _insert_survey(connection, submission, number)
    return number


def withdraw(engine: Engine, number: int, who: str, when: datetime) -> None:
    """Take a submission out of force; what it had replaced is in force again."""
    with write(engine) as connection:
        done = connection.execute(
            submissions.update()
            .where(submissions.c.id == number, submissions.c.withdrawn_at.is_(None))
            .values(withdrawn_by=who, withdrawn_at=_utc(when))
        )
        if done.rowcount != 1:
            raise NotInArchiveError(f"submission {number} is not in the archive, or is withdrawn")


def _refuse_twice(connection: Connection, checksum: str) -> None:
    for entry in _entries(connection):
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
            received_at=_utc(received.when),
            findings=json.dumps(dict(received.findings), sort_keys=True),
        )
    )
    return int(done.inserted_primary_key.id)  # type: ignore[union-attr]


def _insert(connection: Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _insert_survey(connection: Connection, submission: Submission, number: int) -> None:
    people = submission.respondents.reset_index(drop=True)
    if people["respondent"].duplicated().any():
        raise ValueError(f"{submission.source}: a respondent occurs twice")
    given = submission.answers
    numbers = pd.Series(people.index, index=people["respondent"]).reindex(given["respondent"])
    if numbers.isna().any():
        raise ValueError(f"{submission.source}: an answer of nobody")
    people = people[RESPONDENT_COLUMNS].assign(submission=number, number=people.index)
    _insert(connection, respondents, _rows(people))
    given = given[ANSWER_COLUMNS].assign(submission=number, respondent=numbers.to_numpy(int))
    given["option"] = given["option"].where(given["option"].notna(), "")
    _insert(connection, answers, _rows(given))


def _figure_rows(frame: pd.DataFrame, number: int) -> list[dict[str, Any]]:
    frame = frame[FIGURE_COLUMNS].assign(
        submission=number,
        value=frame["value"].astype(float),
        missing=frame["missing"].where(frame["missing"].notna(), ""),
        carried=frame["carried"].astype(bool),
        row=np.arange(len(frame)),
    )
    return _rows(frame)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of plain Python values; NaN and NA are None."""
    columns = [_plain_values(frame[name]) for name in frame.columns]
    names = list(frame.columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain_values(column: pd.Series[Any]) -> list[Any]:
    values = column.astype(object).to_numpy(dtype=object, copy=True)
    values[column.isna().to_numpy()] = None
    return [value.item() if isinstance(value, np.generic) else value for value in values]


# --- What is in force -------------------------------------------------------------------------


def annual(engine: Engine) -> Submission:
    """The annual figures in force, as one submission.

    Of each school and year the newest return. A figure that a later return repeats from an
    earlier year (`carried`) is there only where no own return says anything of it.
    """
    with engine.connect() as connection:
        entries = _in_force(connection, Kind.ANNUAL)
        frame = _read(connection, figures, entries, "row")
    frame["value"] = frame["value"].astype(float)
    frame["carried"] = frame["carried"].astype(bool)
    own = _own(frame[~frame["carried"]], entries)
    carried = _still_carried(frame[frame["carried"]], own, entries)
    together = pd.concat([own, carried]).sort_values([*FIGURE, "submission", "row"])
    return Submission(
        Kind.ANNUAL,
        "archive",
        figures=together[FIGURE_COLUMNS].reset_index(drop=True),
        invented=any(entry.invented for entry in entries),
    )


def surveys(engine: Engine) -> Submission:
    """The answers in force, as one submission: of each survey and year the newest file."""
    with engine.connect() as connection:
        entries = _in_force(connection, Kind.SURVEY)
        people = _read(connection, respondents, entries, "number")
        given = _read(connection, answers, entries)
    people = _people_in_force(people, entries)
    names = people[["submission", "number", "respondent"]]
    # `number` is the respondent's among people, and a number given in answer among answers.
    given = given.rename(columns={"respondent": "of"})
    given = names.rename(columns={"number": "of"}).merge(given, on=["submission", "of"])
    given["number"] = given["number"].astype(float)
    return Submission(
        Kind.SURVEY,
        "archive",
        respondents=people[RESPONDENT_COLUMNS].reset_index(drop=True),
        answers=given[ANSWER_COLUMNS].reset_index(drop=True),
        invented=any(entry.invented for entry in entries),
    )


def history(engine: Engine) -> tuple[Entry, ...]:
    """All submissions there ever were, the newest first."""
    with engine.connect() as connection:
        return tuple(reversed(_entries(connection)))


def fingerprint(engine: Engine) -> str:
    """Changes whenever something else is in force; SHA-256 (hex)."""
    with engine.connect() as connection:
        state = [(e.id, e.received.checksum, e.in_force) for e in _entries(connection)]
    in_force = [entry for entry in state if entry[2]]
    return hashlib.sha256(json.dumps(in_force).encode()).hexdigest()


def _entries(connection: Connection) -> list[Entry]:
    """Oldest first."""
    covered: dict[int, list[Pair]] = {}
    for row in connection.execute(sa.select(covers).order_by("subject", "year")):
        covered.setdefault(row.submission, []).append((row.subject, row.year))
    rows = connection.execute(sa.select(submissions).order_by(submissions.c.id)).all()
    newest = {
        (row.kind, pair): row.id
        for row in rows
        if row.withdrawn_at is None
        for pair in covered[row.id]
    }
    return [
        _entry(
            row,
            covered[row.id],
            [p for p in covered[row.id] if newest.get((row.kind, p)) == row.id],
        )
        for row in rows
    ]


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
        ),
        invented=row.invented,
        covers=tuple(covered),
        in_force=tuple(in_force),
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at and row.withdrawn_at.replace(tzinfo=UTC),
    )


def _in_force(connection: Connection, kind: Kind) -> list[Entry]:
    return [entry for entry in _entries(connection) if entry.kind is kind and entry.in_force]


def _frame_in_force(entries: list[Entry], names: list[str]) -> pd.DataFrame:
    rows = [(entry.id, *pair) for entry in entries for pair in entry.in_force]
    frame = pd.DataFrame(rows, columns=["submission", *names])
    return frame.astype({"submission": "int64", names[0]: "str", names[1]: "int64"})


def _own(frame: pd.DataFrame, entries: list[Entry]) -> pd.DataFrame:
    in_force = _frame_in_force(entries, ["school", "year"])
    return frame.merge(in_force, on=["submission", "school", "year"])


def _still_carried(frame: pd.DataFrame, own: pd.DataFrame, entries: list[Entry]) -> pd.DataFrame:
    """Repeated figures that no own return states, each from the newest return that repeats it.

    They count as long as anything of that school in their return is in force.
    """
    in_force = {(entry.id, school) for entry in entries for school, _ in entry.in_force}
    covered = {(entry.id, school) for entry in entries for school, _ in entry.covers}
    returns = zip(frame["submission"], frame["school"], strict=True)
    counts = [key in in_force or key not in covered for key in returns]
    frame = frame[np.array(counts, dtype=bool)]
    stated = pd.MultiIndex.from_frame(own[FIGURE])
    frame = frame[~pd.MultiIndex.from_frame(frame[FIGURE]).isin(stated)]
    return frame[frame["submission"] == frame.groupby(FIGURE)["submission"].transform("max")]


def _people_in_force(people: pd.DataFrame, entries: list[Entry]) -> pd.DataFrame:
    order = ["survey", "survey_year", "submission"]
    people = people.merge(_frame_in_force(entries, order[:2]), on=order)
    people = people.sort_values([*order, "number"])
    if people["respondent"].duplicated().any():  # two files that number their people alike
        file = people["submission"].astype(str)
        people["respondent"] = file + ":" + people["respondent"].astype(str)
    return people


def _read(
    connection: Connection, table: sa.Table, entries: Iterable[Entry], *order: str
) -> pd.DataFrame:
    wanted = sa.select(table).where(table.c.submission.in_([entry.id for entry in entries]))
    found = connection.execute(wanted.order_by("submission", *order))
    frame = pd.DataFrame.from_records(found.fetchall(), columns=list(found.keys()))
    whole = [c.name for c in table.columns if isinstance(c.type, sa.Integer) and not c.nullable]
    return frame.astype(dict.fromkeys(whole, "int64"))


def _utc(when: datetime) -> datetime:
    if when.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return when.astimezone(UTC).replace(tzinfo=None)
