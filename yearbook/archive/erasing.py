"""Erases a respondent or a whole round for good, from every submission that ever held them.

The archive keeps that something was erased: who did it, when, of which round and how many. What an
edition still rests on is kept as a number of respondents by question and group, with nothing of
what they answered; see releasing.Before.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa

from yearbook.archive.combining import HeldRound, put_together
from yearbook.archive.entries import Pair
from yearbook.archive.releasing import released
from yearbook.archive.removing import record
from yearbook.archive.tables import (
    answers,
    covers,
    erasures,
    frame,
    respondents,
    submissions,
    tabulated,
)
from yearbook.database import Connection, Engine, write
from yearbook.submissions import Kind

CELL = ["survey", "survey_year", "cohort", "school", "programme", "question"]
OF_ROUNDS = [kind.value for kind in Kind if kind is not Kind.ANNUAL]


class NothingToEraseError(Exception):
    """The archive holds no such respondent or round."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What is gone, or would be. checksums: of the files that held nothing else or tables of it.

    editions: the published ones that counted it; they stay as they are.
    """

    rounds: tuple[Pair, ...]
    respondents: int
    answers: int
    submissions: int
    editions: tuple[str, ...]
    checksums: tuple[str, ...] = ()


def respondent_held(engine: Engine, pseudonyms: Collection[str]) -> Erased:
    """What erasing that respondent would take away. Raises NothingToEraseError."""
    with engine.connect() as connection:
        return _counted(connection, _is_one_of(pseudonyms))


def round_held(engine: Engine, survey: str, year: int) -> Erased:
    """What erasing that round would take away. Raises NothingToEraseError."""
    with engine.connect() as connection:
        return _round_counted(connection, survey, year)


def erase_respondent(
    engine: Engine, pseudonyms: str | Collection[str], who: str, when: datetime
) -> Erased:
    """Erase one respondent; several pseudonyms where files without numbers gave the same person
    several. The bytes go with `cleaning.clean`."""
    chosen = _is_one_of([pseudonyms] if isinstance(pseudonyms, str) else pseudonyms)
    with write(engine) as connection:
        found = _counted(connection, chosen)
        for survey, year in found.rounds:
            of_round = sa.and_(chosen, _is_of(respondents, survey, year))
            gone = ("respondent", survey, year, _people_in(connection, of_round))
            removal = record(connection, gone, who, when)
            _keep_numbers(connection, of_round, removal)
            _delete_people(connection, of_round)
        _blank_emptied(connection)
    return found


def erase_round(engine: Engine, survey: str, survey_year: int, who: str, when: datetime) -> Erased:
    """Erase all answers, tables and frames of a round. The bytes go with `cleaning.clean`."""
    of_round = _is_of(respondents, survey, survey_year)
    with write(engine) as connection:
        found = _round_counted(connection, survey, survey_year)
        gone = ("round", survey, survey_year, found.respondents)
        removal = record(connection, gone, who, when)
        _keep_numbers(connection, of_round, removal)
        _delete_people(connection, of_round)
        for table in (frame, tabulated):
            connection.execute(table.delete().where(_is_of(table, survey, survey_year)))
        connection.execute(covers.delete().where(_is_covered(survey, survey_year)))
        _blank_emptied(connection)
    return found


def _is_one_of(pseudonyms: Collection[str]) -> sa.ColumnElement[bool]:
    return respondents.c.respondent.in_(sorted(pseudonyms))


def _is_of(table: sa.Table, survey: str, year: int) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.survey == survey, table.c.survey_year == year)


def _is_covered(survey: str, year: int) -> sa.ColumnElement[bool]:
    """A school may have a survey's code, and its returns are not meant."""
    of_rounds = sa.select(submissions.c.id).where(submissions.c.kind.in_(OF_ROUNDS))
    return sa.and_(
        covers.c.subject == survey, covers.c.year == year, covers.c.submission.in_(of_rounds)
    )


def _counted(connection: Connection, chosen: sa.ColumnElement[bool]) -> Erased:
    """Of people; a person in several files is one."""
    people = connection.execute(sa.select(respondents).where(chosen)).all()
    if not people:
        raise NothingToEraseError
    given = sa.select(sa.func.count()).select_from(answers).where(_of_people(chosen))
    rows = {(p.submission, p.survey, p.survey_year) for p in people}
    names = {(p.survey, p.survey_year, p.respondent) for p in people}
    return Erased(
        rounds=tuple(sorted({(survey, year) for _, survey, year in rows})),
        respondents=len(names),
        answers=connection.execute(given).scalar_one(),
        submissions=len({p.submission for p in people}),
        editions=_resting_on(connection, rows),
    )


def _round_counted(connection: Connection, survey: str, year: int) -> Erased:
    held = connection.execute(
        sa.select(submissions.c.id, submissions.c.checksum)
        .join(covers, covers.c.submission == submissions.c.id)
        .where(_is_covered(survey, year))
    ).all()
    if not held:
        raise NothingToEraseError
    rows = {(row.id, survey, year) for row in held}
    of_round = _is_of(respondents, survey, year)
    given = sa.select(sa.func.count()).select_from(answers).where(_of_people(of_round))
    return Erased(
        rounds=((survey, year),),
        respondents=_people_in(connection, of_round),
        answers=connection.execute(given).scalar_one(),
        submissions=len(held),
        editions=_resting_on(connection, rows),
        checksums=tuple(sorted({row.checksum for row in held if row.checksum})),
    )


def _people_in(connection: Connection, chosen: sa.ColumnElement[bool]) -> int:
    people = sa.select(sa.func.count(sa.distinct(respondents.c.respondent))).where(chosen)
    return int(connection.execute(people).scalar_one())


def _resting_on(connection: Connection, rows: Collection[HeldRound]) -> tuple[str, ...]:
    return tuple(name for name, held in released(connection).items() if held & set(rows))


def _keep_numbers(connection: Connection, chosen: sa.ColumnElement[bool], removal: int) -> None:
    """How many of whom each edition counted, before they are gone."""
    rows = connection.execute(sa.select(respondents).where(chosen)).all()
    gone = {(row.submission, row.number) for row in rows}
    rounds = {(row.survey, row.survey_year) for row in rows}
    counting: dict[tuple[Any, ...], set[str]] = {}
    together: dict[frozenset[HeldRound], set[tuple[Any, ...]]] = {}
    for edition, held in released(connection).items():
        of_rounds = frozenset(one for one in held if one[1:] in rounds)
        if of_rounds not in together:
            together[of_rounds] = set(_answered(connection, of_rounds, gone))
        for answered in together[of_rounds]:
            counting.setdefault(answered, set()).add(edition)
    counts = Counter((tuple(cell), tuple(sorted(names))) for (_, *cell), names in counting.items())
    kept = [
        {**dict(zip(CELL, cell, strict=True)), "editions": json.dumps(names), "respondents": count,
         "removal": removal}
        for (cell, names), count in sorted(counts.items(), key=repr)
    ]  # fmt: skip
    if kept:
        connection.execute(erasures.insert(), kept)


def _answered(
    connection: Connection, held: Collection[HeldRound], gone: Collection[tuple[int, int]]
) -> Iterable[tuple[Any, ...]]:
    """(person, *CELL) for each question that those who go have answered, as an edition had it."""
    people, given = put_together(connection, held)
    going = pd.MultiIndex.from_frame(people[["submission", "number"]]).isin(list(gone))
    people = people[going].drop(columns=["submission", "number"])
    asked = given[["respondent", "question"]].drop_duplicates()
    rows = people.merge(asked, on="respondent")[["respondent", *CELL]].astype(object)
    return rows.where(rows.notna(), None).itertuples(index=False, name=None)


def _delete_people(connection: Connection, chosen: sa.ColumnElement[bool]) -> None:
    connection.execute(answers.delete().where(_of_people(chosen)))
    connection.execute(respondents.delete().where(chosen))


def _of_people(chosen: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    people = sa.select(respondents.c.submission, respondents.c.number).where(chosen)
    return sa.tuple_(answers.c.submission, answers.c.respondent).in_(people)


def _blank_emptied(connection: Connection) -> None:
    """Of a file that held nobody else not even the name is kept, nor what was found in it."""
    has_rows = sa.or_(
        *(
            sa.exists().where(table.c.submission == submissions.c.id)
            for table in (respondents, frame, tabulated)
        )
    )
    connection.execute(
        submissions.update()
        .where(submissions.c.kind.in_(OF_ROUNDS), ~has_rows)
        .values(source="", file_name="", checksum="", findings="{}")
    )
