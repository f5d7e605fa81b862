"""Counts old results that exist only as tables, as if they were answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from yearbook.catalogue import Question
from yearbook.leaves import Leaf, rests, without_crossing
from yearbook.measures.frames import ANSWERED_COLUMNS
from yearbook.measures.survey import Tally, options_of, scores_of

PLACE = ["school", "programme", "first_cohort", "last_cohort"]


def tally_tables(rows: pd.DataFrame, question: Question, survey: str) -> Tally:
    """The counts of one question of a survey, by the smallest groups that its tables tell of.

    rows: as in a submission. What a whole has beyond its parts is a leaf of its own.
    """
    codes, place_of = options_of(question)
    people: dict[Leaf, int] = {}
    counts: dict[Leaf, np.ndarray] = {}
    undivided: set[Leaf] = set()
    for _, of_round in rows.groupby("survey_year", sort=True):
        told, vague = _told(of_round, place_of, len(codes))
        kept = without_crossing({place: int(numbers[0]) for place, numbers in told.items()})
        for place, rest in rests({place: told[place] for place in kept}).items():
            if rest[0] > 0:
                people[place] = people.get(place, 0) + int(rest[0])
                counts[place] = counts.get(place, np.zeros(len(codes), dtype=int)) + rest[1:]
            if place in vague:
                undivided.add(place)
    leaves = tuple(sorted(people))
    return Tally(
        survey,
        leaves,
        codes,
        np.array([counts[place] for place in leaves], dtype=int).reshape(len(leaves), len(codes)),
        np.array([people[place] for place in leaves], dtype=int),
        scores=scores_of(question),
        undivided=frozenset(undivided),
    )


def crossing_places(rows: pd.DataFrame) -> tuple[Leaf, ...]:
    """The groups of one question and round that cannot be published beside the others."""
    people = {place: int(numbers[0]) for place, numbers in _told(rows, {}, 0)[0].items()}
    return tuple(sorted(set(people) - set(without_crossing(people))))


def people_of_tables(rows: pd.DataFrame) -> pd.DataFrame:
    """How many answered the rounds that only tables tell of: ANSWERED_COLUMNS.

    Of each group those who answered the question that most of them answered.
    """
    found = []
    for year, of_round in rows.groupby("survey_year", sort=True):
        told = of_round.groupby(PLACE)["respondents"].max()
        people = {
            Leaf(str(s), str(p), int(a), int(b)): np.array([int(n)])
            for (s, p, a, b), n in zip(told.index, told, strict=True)
        }
        kept = without_crossing({place: int(n[0]) for place, n in people.items()})
        for place, rest in rests({place: people[place] for place in kept}).items():
            if rest[0] > 0:
                divided = (bool(place.school), bool(place.programme))
                found.append((*place, year, int(rest[0]), *divided))
    return pd.DataFrame(found, columns=ANSWERED_COLUMNS)


def together(first: Tally, second: Tally) -> Tally:
    """Both counted as one: answers, and the tables of other rounds."""
    leaves = tuple(sorted({*first.leaves, *second.leaves}))
    row = {leaf: number for number, leaf in enumerate(leaves)}
    counts = np.zeros((len(leaves), len(first.options)), dtype=int)
    people = np.zeros(len(leaves), dtype=int)
    for part in (first, second):
        rows = [row[leaf] for leaf in part.leaves]
        counts[rows] += part.counts
        people[rows] += part.respondents
    undivided = first.undivided | second.undivided
    return replace(first, leaves=leaves, counts=counts, respondents=people, undivided=undivided)


def _told(
    rows: pd.DataFrame, place_of: dict[str, int], options: int
) -> tuple[dict[Leaf, np.ndarray], set[Leaf]]:
    """Each group's respondents and counts in one array; and the groups that tell only of classes
    where choices are counted."""
    told: dict[Leaf, np.ndarray] = {}
    vague: set[Leaf] = set()
    columns = [*PLACE, "option", "count", "respondents"]
    for *place, option, count, respondents in rows[columns].itertuples(index=False, name=None):
        leaf = Leaf(str(place[0]), str(place[1]), int(place[2]), int(place[3]))
        numbers = told.setdefault(leaf, np.zeros(options + 1, dtype=int))
        numbers[0] = int(respondents)
        column = place_of.get(str(option), -1)
        if column >= 0:
            numbers[column + 1] += int(count)
        elif count:
            vague.add(leaf)
    return told, vague
