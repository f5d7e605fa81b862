"""Splits the answers to a question by which editions saw them: the atoms of disclosure control.

A late answer is seen by the new edition alone, a withdrawn or erased one by earlier editions alone.
Whoever compares two editions can tell such answers from the others; whoever does not come or go is
seen by all editions that have the round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from yearbook.catalogue import Question
from yearbook.editions import Edition
from yearbook.leaves import Leaf, leaf
from yearbook.measures import Tally, tally, tally_tables
from yearbook.publication.before import Before
from yearbook.publication.rounds import Given
from yearbook.submissions import ANSWER_COLUMNS, TABULATED_COLUMNS

NO_ANSWERS = pd.DataFrame(columns=ANSWER_COLUMNS)
NO_TABLES = pd.DataFrame(columns=TABULATED_COLUMNS)


@dataclass(frozen=True)
class Sighted:
    """Answers to one question of one survey. seen: atoms × (earlier editions, then the new one),
    bool. tallied: a row for each atom. is_counted: False for those erased, of whom only the number
    is left."""

    tallied: Tally
    seen: np.ndarray
    is_counted: np.ndarray

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return self.tallied.leaves


@dataclass(frozen=True)
class Asking:
    """Which answers: of a question in a survey; `borders`: the cohorts that its breaks begin
    with."""

    question: Question
    survey: str
    borders: tuple[int, ...]


def sighted(asking: Asking, given: Given, before: Before) -> Sighted:
    """All answers that are in force or that an earlier edition saw."""
    parts = [
        *_steady(asking, given, before),
        *_moved(asking, given, before),
        *_tables(asking, given, before),
        *_erased(asking, before),
    ]
    parts = [part for part in parts if len(part[0].leaves)]
    if not parts:
        empty = tally(given.respondents.iloc[:0], NO_ANSWERS, asking.question, asking.survey)
        nobody = np.zeros((0, len(before.editions) + 1), dtype=bool)
        return Sighted(empty, nobody, np.zeros(0, dtype=bool))
    tallies = [part[0] for part in parts]
    return Sighted(
        replace(
            tallies[0],
            leaves=tuple(place for one in tallies for place in one.leaves),
            counts=np.concatenate([one.counts for one in tallies]),
            respondents=np.concatenate([one.respondents for one in tallies]),
            values=tuple(values for one in tallies for values in one.values),
            undivided=frozenset().union(*(one.undivided for one in tallies)),
        ),
        np.concatenate([np.tile(part[1], (len(part[0].leaves), 1)) for part in parts]),
        np.concatenate([np.full(len(part[0].leaves), part[2], dtype=bool) for part in parts]),
    )


Part = tuple[Tally, np.ndarray, bool]  # who saw it (editions, then the new one); is it counted


def _steady(asking: Asking, given: Given, before: Before) -> Iterator[Part]:
    """Answers of rounds that are as they always were, by the editions that had the round."""
    people = given.respondents[given.respondents["survey"] == asking.survey]
    people = people[~people["survey_year"].isin(_unsteady(asking, before))]
    saw = [people["survey_year"].isin(_rounds(one, asking.survey)) for one in before.editions]
    patterns = np.stack([*saw, np.ones(len(people), dtype=bool)], axis=1)
    answers = given.answers.get(asking.question.code, NO_ANSWERS)
    for pattern in np.unique(patterns, axis=0):
        some = people[(patterns == pattern).all(axis=1)]
        yield tally(some, answers, asking.question, asking.survey), pattern, True


def _moved(asking: Asking, given: Given, before: Before) -> Iterator[Part]:
    """Answers of rounds that were others once, by the editions that saw them.

    Who answered the same in the same place counts as the same person, whatever the file called
    them: so no more comes and goes than a reader of two editions could tell.
    """
    unsteady = _unsteady(asking, before)
    if not unsteady:
        return
    now = (given.respondents, given.answers.get(asking.question.code, NO_ANSWERS))
    versions = [_version(asking, edition, now, before) for edition in before.editions]
    seen: dict[tuple[object, ...], tuple[int, int, np.ndarray]] = {}
    kept = []
    for place, (people, answers) in enumerate([*versions, now]):
        is_meant = (people["survey"] == asking.survey) & people["survey_year"].isin(unsteady)
        kept.append((people[is_meant], answers))
        for row, key in enumerate(_keys(people[is_meant], answers)):
            nobody = np.zeros(len(before.editions) + 1, dtype=bool)
            seen.setdefault(key, (place, row, nobody))[2][place] = True
    together: dict[tuple[int, bytes], list[int]] = {}
    for place, row, pattern in seen.values():
        together.setdefault((place, pattern.tobytes()), []).append(row)
    for (place, saw), rows in sorted(together.items()):
        people, answers = kept[place]
        pattern = np.frombuffer(saw, dtype=bool)
        yield (
            tally(people.iloc[sorted(rows)], answers, asking.question, asking.survey),
            pattern,
            True,
        )


People = tuple[pd.DataFrame, pd.DataFrame]  # respondents, and their answers to the question


def _version(asking: Asking, edition: Edition, now: People, before: Before) -> People:
    """The answers as the edition had them."""
    changed = _changed(edition, asking.survey, before)
    had = _rounds(edition, asking.survey)
    people, answers = now
    people = people[people["survey_year"].isin(had - changed)]
    then = before.answers.get(edition.name)
    if then is None:
        return people, answers
    told = then.answers[then.answers["question"] == asking.question.code]
    was = then.respondents[then.respondents["survey_year"].isin(changed)]
    # The same name may have answered otherwise then.
    was = was.assign(respondent=_OF_THEN + was["respondent"].astype(str))
    told = told.assign(respondent=_OF_THEN + told["respondent"].astype(str))
    return pd.concat([people, was]), pd.concat([answers, told])


_OF_THEN = "then:"


def _keys(people: pd.DataFrame, answers: pd.DataFrame) -> list[tuple[object, ...]]:
    """For each respondent: where they belong, what they answered, and the how manieth of those who
    answered the same there."""
    said: dict[object, list[tuple[str, str]]] = {}
    for who, option, number in answers[["respondent", "option", "number"]].itertuples(
        index=False, name=None
    ):
        said.setdefault(who, []).append((str(option), str(number)))
    counted: dict[tuple[object, ...], int] = {}
    keys = []
    columns = ["respondent", "survey_year", "school", "programme", "cohort"]
    for who, *place in people[columns].itertuples(index=False, name=None):
        key = (*map(str, place), tuple(sorted(said.get(who, ()))))
        counted[key] = counted.get(key, 0) + 1
        keys.append((*key, counted[key]))
    return keys


def _unsteady(asking: Asking, before: Before) -> set[int]:
    """Rounds that some edition had with other answers than now."""
    return {
        year
        for edition in before.editions
        for year in _changed(edition, asking.survey, before) & _rounds(edition, asking.survey)
    }


def _tables(asking: Asking, given: Given, before: Before) -> Iterator[Part]:
    """Old results that exist only as tables, but for those that straddle a break."""
    tables = given.tabulated.get(asking.question.code, NO_TABLES)
    tables = tables[tables["survey"] == asking.survey]
    for year in sorted(set(tables["survey_year"])):
        rows = tables[tables["survey_year"] == year]
        spans = zip(rows["first_cohort"], rows["last_cohort"], strict=True)
        keep = [not straddles(asking.borders, first, last) for first, last in spans]
        saw = [
            int(year) in _rounds(edition, asking.survey) - _changed(edition, asking.survey, before)
            for edition in before.editions
        ]
        counted = tally_tables(rows[np.array(keep, dtype=bool)], asking.question, asking.survey)
        yield counted, np.array([*saw, True]), True


def _erased(asking: Asking, before: Before) -> Iterator[Part]:
    """People of whom nothing is left but that earlier editions counted them."""
    rows = before.erased
    rows = rows[(rows["survey"] == asking.survey) & (rows["question"] == asking.question.code)]
    if rows.empty:
        return
    names = [edition.name for edition in before.editions]
    empty = tally(pd.DataFrame(columns=_PEOPLE), NO_ANSWERS, asking.question, asking.survey)
    columns = ["school", "programme", "cohort", "editions"]
    erased: list[tuple[Any, ...]] = list(
        rows.loc[rows["cohort"].notna(), columns].itertuples(index=False, name=None)
    )
    for school, programme, cohort, editions in erased:
        saw = np.array([*(name in editions for name in names), False])
        if saw.any():
            nothing = np.zeros((1, len(empty.options)), dtype=int)
            one = replace(empty, counts=nothing, respondents=np.ones(1, dtype=int))
            yield replace(one, leaves=(leaf(school, programme, int(cohort)),)), saw, False


def straddles(borders: Sequence[int], first: int, last: int) -> bool:
    """Whether a span of cohorts would pool answers from both sides of a break."""
    return any(first < begin <= last for begin in borders)


_PEOPLE = ["respondent", "survey", "survey_year", "cohort", "school", "programme"]


def _rounds(edition: Edition, survey: str) -> set[int]:
    """The years of the rounds that the edition had answers of."""
    return {one.survey_year for one in edition.rounds if one.survey == survey and one.answered}


def _changed(edition: Edition, survey: str, before: Before) -> set[int]:
    return {year for code, year in before.changed.get(edition.name, ()) if code == survey}
