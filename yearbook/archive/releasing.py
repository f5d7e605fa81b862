"""Remembers from which submissions the answers of each edition came, and reads them back.

The edition that comes next must not give anybody away by what differs from the earlier ones, so it
needs to know what those rested on. Submissions stay in the archive when they are replaced or
withdrawn; only what was erased cannot be read back, and of that the number is left.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import pandas as pd
import sqlalchemy as sa

from yearbook.archive.combining import (
    HeldRound,
    answers_as_one,
    put_together,
    rounds_of,
    rows_of,
)
from yearbook.archive.entries import Pair, entries_in_force, fingerprint_of
from yearbook.archive.keeping import utc
from yearbook.archive.tables import erasures, releases, tabulated
from yearbook.database import Connection, Engine, write
from yearbook.submissions import TABULATED_COLUMNS, Kind, Submission

ERASED_COLUMNS = [
    "survey", "survey_year", "cohort", "school", "programme", "question", "editions",
]  # fmt: skip
RELEASED = (Kind.SURVEY, Kind.TABULATED)


class OtherAnswersError(Exception):
    """The archive is no longer as it was when the edition was made of it."""


class Before(NamedTuple):
    """What editions rested on, where that is not what is in force now.

    changed: an edition's name -> rounds whose answers were others then, among them those that were
    not in the archive yet.
    answers: an edition's name -> the answers of those rounds as they were then, without what was
    erased since; tables of old results are its `tabulated`. Absent where there were none.
    erased: ERASED_COLUMNS, a row for each erased respondent and question answered, and nothing of
    what was answered. The next edition needs them: an earlier one counted these people, and what
    it shows less what the next one shows would be they. `editions` are those that counted them.
    """

    changed: dict[str, frozenset[Pair]]
    answers: dict[str, Submission]
    erased: pd.DataFrame


def release(engine: Engine, edition: str, expected: str | None = None) -> None:
    """Write down what the edition rests on, before it is put on the shelf.

    Archive and shelf are two databases. Should the edition never come to the shelf, this is
    written over by the next of that name, and harms nothing until then; the other way round an
    edition could be seen of which nobody knows what it rests on. expected: the fingerprint under
    which the edition was made; OtherAnswersError where the archive has changed since.
    """
    with write(engine) as connection:
        if expected is not None and fingerprint_of(connection) != expected:
            raise OtherAnswersError(edition)
        connection.execute(releases.delete().where(releases.c.edition == edition))
        _forget(connection, edition)
        _write_down(connection, edition, _in_force(connection))


def release_older(engine: Engine, published: Mapping[str, datetime]) -> None:
    """Write down what editions rest on that were published before it was written down at once.

    published: when; the history tells what was in force then.
    """
    with engine.connect() as connection:
        if published.keys() <= released(connection).keys():
            return
    with write(engine) as connection:
        known = released(connection)
        for edition, when in published.items():
            if edition not in known:
                _write_down(connection, edition, _in_force(connection, utc(when)))


def before(engine: Engine, editions: Collection[str] | None = None) -> Before:
    """What is to be known of earlier editions; of these, or of all that were released.

    Where nothing has changed no answer is read.
    """
    with engine.connect() as connection:
        now = _in_force(connection)
        then = {
            edition: held
            for edition, held in released(connection).items()
            if editions is None or edition in editions
        }
        erased, lacking = _erased(connection, then)
        changed = {
            edition: frozenset((*_differing(held, now), *lacking.get(edition, ())))
            for edition, held in then.items()
        }
        wanted = {
            edition: frozenset(one for one in held if one[1:] in changed[edition])
            for edition, held in then.items()
        }
        read = {held: _as_they_were(connection, held) for held in set(wanted.values()) if held}
    answers = {edition: read[held] for edition, held in wanted.items() if held}
    return Before({name: rounds for name, rounds in changed.items() if rounds}, answers, erased)


def released(connection: Connection) -> dict[str, set[HeldRound]]:
    """An edition's name -> what it rests on."""
    found: dict[str, set[HeldRound]] = {}
    for row in connection.execute(sa.select(releases)):
        held = found.setdefault(row.edition, set())
        held.add((row.submission, row.survey, row.survey_year))
    return found


def _write_down(connection: Connection, edition: str, held: Collection[HeldRound]) -> None:
    rows = [
        {"edition": edition, "submission": number, "survey": survey, "survey_year": year}
        for number, survey, year in sorted(held)
    ]
    if rows:
        connection.execute(releases.insert(), rows)


def _in_force(connection: Connection, at: datetime | None = None) -> set[HeldRound]:
    return {one for kind in RELEASED for one in rounds_of(entries_in_force(connection, kind, at))}


def _differing(then: Collection[HeldRound], now: Collection[HeldRound]) -> set[Pair]:
    return {(survey, year) for _, survey, year in set(then) ^ set(now)}


def _as_they_were(connection: Connection, wanted: Collection[HeldRound]) -> Submission:
    """A submission holds answers or tables, so that each is found in one of the two."""
    people, given = put_together(connection, wanted)
    tables = rows_of(connection, tabulated, wanted)
    answers = answers_as_one(people, given, invented=False)
    return replace(answers, tabulated=tables[TABULATED_COLUMNS])


def _erased(
    connection: Connection, editions: Collection[str]
) -> tuple[pd.DataFrame, Mapping[str, set[Pair]]]:
    """A row for each person, and in which rounds each edition counted somebody who is gone."""
    rows = connection.execute(sa.select(erasures).order_by(erasures.c.id)).all()
    found, lacking = [], dict[str, set[Pair]]()
    for row in rows:
        counted = tuple(name for name in json.loads(row.editions) if name in editions)
        for name in counted:
            lacking.setdefault(name, set()).add((row.survey, row.survey_year))
        of = (row.survey, row.survey_year, row.cohort, row.school, row.programme, row.question)
        if counted:
            found += [(*of, counted)] * row.respondents
    return pd.DataFrame(found, columns=ERASED_COLUMNS), lacking


def _forget(connection: Connection, edition: str) -> None:
    """An edition of that name that never came to the shelf counted nobody."""
    for row in connection.execute(sa.select(erasures.c.id, erasures.c.editions)).all():
        names = json.loads(row.editions)
        left = [name for name in names if name != edition]
        if left == names:
            continue
        of = erasures.c.id == row.id
        if left:
            connection.execute(erasures.update().where(of).values(editions=json.dumps(left)))
        else:
            connection.execute(erasures.delete().where(of))
