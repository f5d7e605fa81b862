"""Puts together what is in force: the newest of each school's year and of each survey round."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
import sqlalchemy as sa

from yearbook.archive.entries import Entry, entries_in_force
from yearbook.archive.frames import read
from yearbook.archive.tables import answers, figures, respondents
from yearbook.archive.tables import frame as frame_table
from yearbook.archive.tables import tabulated as tabulated_table
from yearbook.database import Connection, Engine
from yearbook.submissions import (
    ANSWER_COLUMNS,
    FIGURE_COLUMNS,
    FRAME_COLUMNS,
    RESPONDENT_COLUMNS,
    TABULATED_COLUMNS,
    Kind,
    Submission,
)

FIGURE = ["school", "year", "programme", "question"]
HeldRound = tuple[int, str, int]  # a submission, and the survey and year of a round that it holds


def annual(engine: Engine) -> Submission:
    """The annual figures in force, as one submission.

    Of each school and year the newest return. A figure that a later return repeats from an
    earlier year (`carried`) is there only where no own return says anything of it.
    """
    with engine.connect() as connection:
        entries = entries_in_force(connection, Kind.ANNUAL)
        frame = read(connection, figures, [entry.id for entry in entries], "row")
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
        entries = entries_in_force(connection, Kind.SURVEY)
        people, given = put_together(connection, rounds_of(entries))
    return answers_as_one(people, given, _invented(entries))


def put_together(
    connection: Connection, rounds: Collection[HeldRound]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """People and answers of these rounds as one, whether they are in force or were once.

    Both have the columns of a submission's and say where each row is kept: people in `submission`
    and `number`, answers in `submission` and `of`.
    """
    submissions = {submission for submission, _, _ in rounds}
    people = read(connection, respondents, submissions, "number")
    given = read(connection, answers, submissions)
    people = _once_each(_people_of(people, rounds), given)
    names = people[["submission", "number", "respondent"]]
    # `number` is the respondent's among people, and a number given in answer among answers.
    given = given.rename(columns={"respondent": "of"})
    given = names.rename(columns={"number": "of"}).merge(given, on=["submission", "of"])
    given["number"] = given["number"].astype(float)
    return people, given


def answers_as_one(people: pd.DataFrame, given: pd.DataFrame, invented: bool) -> Submission:
    """What `put_together` gave, as a submission."""
    return Submission(
        Kind.SURVEY,
        "archive",
        respondents=people[RESPONDENT_COLUMNS].reset_index(drop=True),
        answers=given[ANSWER_COLUMNS].reset_index(drop=True),
        invented=invented,
    )


def rounds_of(entries: Collection[Entry]) -> set[HeldRound]:
    """What of them is in force."""
    return {(entry.id, *pair) for entry in entries for pair in entry.in_force}


def frames(engine: Engine) -> Submission:
    """Whom the rounds asked: of each round the newest frame."""
    rows, entries = _rounds_in_force(engine, Kind.FRAME, frame_table)
    return Submission(Kind.FRAME, "archive", frame=rows[FRAME_COLUMNS], invented=_invented(entries))


def tabulated(engine: Engine) -> Submission:
    """Old results that exist only as tables, of rounds whose answers are not in the archive."""
    rows, entries = _rounds_in_force(engine, Kind.TABULATED, tabulated_table)
    found = rows[TABULATED_COLUMNS]
    return Submission(Kind.TABULATED, "archive", tabulated=found, invented=_invented(entries))


def _rounds_in_force(
    engine: Engine, kind: Kind, table: sa.Table
) -> tuple[pd.DataFrame, list[Entry]]:
    with engine.connect() as connection:
        entries = entries_in_force(connection, kind)
        return rows_of(connection, table, rounds_of(entries)), entries


def rows_of(connection: Connection, table: sa.Table, rounds: Collection[HeldRound]) -> pd.DataFrame:
    """The rows of these rounds in a table that has neither people nor answers."""
    order = ["survey", "survey_year", "submission"]
    rows = read(connection, table, {submission for submission, _, _ in rounds}, "row")
    rows = rows.merge(_as_frame(rounds, order[:2]), on=order)
    return rows.sort_values([*order, "row"]).reset_index(drop=True)


def _invented(entries: list[Entry]) -> bool:
    return any(entry.invented for entry in entries)


def _as_frame(held: Collection[HeldRound], names: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(sorted(held), columns=["submission", *names])
    return frame.astype({"submission": "int64", names[0]: "str", names[1]: "int64"})


def _own(frame: pd.DataFrame, entries: list[Entry]) -> pd.DataFrame:
    in_force = _as_frame(rounds_of(entries), ["school", "year"])
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


def _people_of(people: pd.DataFrame, rounds: Collection[HeldRound]) -> pd.DataFrame:
    order = ["survey", "survey_year", "submission"]
    people = people.merge(_as_frame(rounds, order[:2]), on=order)
    return people.sort_values([*order, "number"])


def _once_each(people: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """Who came in with two files and answered the same is one person.

    With other answers it is another person: two forms may number their people alike.
    """
    is_repeated = people["respondent"].duplicated(keep=False)
    if not is_repeated.any():
        return people
    alike = people[is_repeated]
    said = _said(given[given["submission"].isin(alike["submission"])])
    keys = zip(alike["submission"], alike["number"], strict=True)
    alike = alike.assign(said=[repr(said.get(key)) for key in keys])
    people = people.drop(alike.index[alike.duplicated(["respondent", "said"])])
    is_other = people["respondent"].duplicated()
    file = people["submission"].astype(str)
    own = people["respondent"].astype(str)
    return people.assign(respondent=own.where(~is_other, file + ":" + own))


def _said(given: pd.DataFrame) -> dict[tuple[int, int], tuple[str, ...]]:
    """(submission, number of the respondent) -> all that was answered."""
    found: dict[tuple[int, int], list[str]] = {}
    columns = ["submission", "respondent", *ANSWER_COLUMNS[1:]]
    for submission, person, *answer in given[columns].itertuples(index=False, name=None):
        found.setdefault((submission, person), []).append(repr(answer))
    return {key: tuple(sorted(answers)) for key, answers in found.items()}
