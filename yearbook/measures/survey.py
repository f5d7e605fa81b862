"""Measures survey answers: distributions, multi-answer shares, means and medians, with their
respondents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from yearbook.catalogue import Question
from yearbook.editions import Group, State
from yearbook.intervals import wilson
from yearbook.leaves import Leaf, leaf
from yearbook.measures.formulas import median_and_quartiles, two_significant_digits
from yearbook.measures.measured import Measured

LEAF = ["school", "programme", "cohort"]


@dataclass(frozen=True)
class Tally:
    """The answers to one question of one survey, counted by leaf (school × programme × cohorts).

    leaves: only those with an answer. counts: leaves × options.
    respondents: answers per leaf. values: for number questions the numbers per leaf.
    scores: for Likert questions the score of each option, else None. undivided: leaves of old
    tables that tell of classes where these are choices.
    """

    survey: str
    leaves: tuple[Leaf, ...]
    options: tuple[str, ...]
    counts: np.ndarray
    respondents: np.ndarray
    values: tuple[np.ndarray, ...] = ()
    scores: np.ndarray | None = None
    undivided: frozenset[Leaf] = frozenset()


def tally(
    respondents: pd.DataFrame, answers: pd.DataFrame, question: Question, survey: str
) -> Tally:
    """Count the answers of one survey to one question; options are rolled up to classes where it
    has them. `answers` may hold other questions and surveys; they are left out.

    A respondent who marked two options of one class is counted once in it.
    """
    asked = respondents.loc[respondents["survey"] == survey]
    given = answers.loc[answers["question"] == question.code]
    person = pd.Index(asked["respondent"]).get_indexer(given["respondent"])
    options, place_of = options_of(question)
    chosen = np.array([place_of.get(str(option), -1) for option in given["option"]], dtype=int)
    counts = (person >= 0) & (chosen >= 0 if question.type in ("single", "likert") else True)
    if question.type == "number":
        counts &= given["number"].notna().to_numpy()
    every_leaf = asked.groupby(LEAF, sort=True, observed=True)
    leaf_of = every_leaf.ngroup().to_numpy()
    answered = np.unique(person[counts])
    people = np.bincount(leaf_of[answered], minlength=every_leaf.ngroups)
    marks = np.unique(np.stack([person, chosen])[:, counts & (chosen >= 0)], axis=1)
    marked = np.zeros((every_leaf.ngroups, len(options)), dtype=int)
    np.add.at(marked, (leaf_of[marks[0]], marks[1]), 1)
    has_answers = people > 0
    by_leaf = asked.assign(leaf=leaf_of).drop_duplicates("leaf").sort_values("leaf")[LEAF]
    leaves = by_leaf[has_answers].itertuples(index=False, name=None)
    return Tally(
        survey,
        tuple(leaf(*place) for place in leaves),
        options,
        marked[has_answers],
        people[has_answers],
        _values_by_leaf(given, person, leaf_of, np.flatnonzero(has_answers))
        if question.type == "number"
        else (),
        scores_of(question),
    )


def options_of(question: Question) -> tuple[tuple[str, ...], dict[str, int]]:
    """What is counted: classes where the question has them, else choices; and where each choice
    and each class is among them."""
    options = tuple(choice.code for choice in question.classes or question.choices)
    place = {code: number for number, code in enumerate(options)}
    of_choice = {
        choice.code: place[code]
        for choice in question.choices
        if (code := (question.classes and choice.rolls_up) or choice.code) in place
    }
    return options, place | of_choice


def _values_by_leaf(
    given: pd.DataFrame, person: np.ndarray, leaf_of: np.ndarray, leaves: np.ndarray
) -> tuple[np.ndarray, ...]:
    numbers = given["number"].to_numpy(dtype=float)
    counts = (person >= 0) & ~np.isnan(numbers)
    leaf, numbers = leaf_of[person[counts]], numbers[counts]
    return tuple(numbers[leaf == one] for one in leaves)


def scores_of(question: Question) -> np.ndarray | None:
    """The score of each option; NaN for one outside the scale ("cannot say")."""
    scores = [choice.score for choice in question.classes or question.choices]
    if question.type != "likert" or all(score is None for score in scores):
        return None
    return np.array([np.nan if score is None else score for score in scores], dtype=float)


@dataclass(frozen=True)
class Asked:
    """The groups to measure. membership: groups × leaves, True or False; invited: how many were
    asked in each group, None where no frame tells."""

    groups: Sequence[Group]
    membership: np.ndarray
    invited: Sequence[int | None]


def measure_survey(measure: str, counted: Tally, asked: Asked) -> list[Measured]:
    """The figures of every group, in the order of the groups."""
    return list(MEASURES[measure](counted, asked))


def _distribution(counted: Tally, asked: Asked) -> Iterator[Measured]:
    """Every option with its share of the respondents. Of a multi-answer question each option is its
    own yes-or-no question with the same respondents."""
    counts = asked.membership.astype(int) @ counted.counts
    is_undivided = _holding_undivided(counted, asked)
    people = asked.membership.astype(int) @ counted.respondents
    for row, (group, invited) in enumerate(zip(asked.groups, asked.invited, strict=True)):
        n = int(people[row])
        if is_undivided[row]:
            for option in counted.options:
                yield Measured(group, option, None, n, state=State.NOT_ASKED)
            continue
        for column, option in enumerate(counted.options):
            count = int(counts[row, column])
            share = count / n if n else None
            low, high = wilson(share or 0.0, n, invited) or (None, None)
            yield Measured(group, option, share, n, count, low, high, invited=invited)


def _holding_undivided(counted: Tally, asked: Asked) -> np.ndarray:
    """The groups that cannot be divided by choices, because a part of them was told by classes."""
    is_undivided = np.array([place in counted.undivided for place in counted.leaves], dtype=bool)
    return np.asarray(asked.membership[:, is_undivided].any(axis=1))


def _mean(counted: Tally, asked: Asked) -> Iterator[Measured]:
    """The mean of the scores (Likert) or of the numbers (rounded to two significant digits)."""
    for group, members in zip(asked.groups, asked.membership, strict=True):
        if counted.scores is None:
            numbers = _numbers(counted, members)
            value = two_significant_digits(float(numbers.mean())) if len(numbers) else None
            yield Measured(group, "", value, len(numbers))
        else:
            scored = ~np.isnan(counted.scores)
            counts = counted.counts[members].sum(axis=0)[scored]
            n = int(counts.sum())
            mean = float(counts @ counted.scores[scored] / n) if n else None
            yield Measured(group, "", mean, n)


def _median(counted: Tally, asked: Asked) -> Iterator[Measured]:
    """Median and quartiles of the numbers, each rounded to two significant digits."""
    for group, members in zip(asked.groups, asked.membership, strict=True):
        numbers = _numbers(counted, members)
        found = median_and_quartiles(numbers) if len(numbers) else (None, None, None)
        for option, value in zip(("q1", "median", "q3"), found, strict=True):
            rounded = None if value is None else two_significant_digits(value)
            yield Measured(group, option, rounded, len(numbers))


def _numbers(counted: Tally, members: np.ndarray) -> np.ndarray:
    chosen = [values for values, is_in in zip(counted.values, members, strict=True) if is_in]
    return np.concatenate(chosen) if chosen else np.empty(0)


MEASURES: dict[str, Callable[[Tally, Asked], Iterator[Measured]]] = {
    "distribution": _distribution,
    "multiple": _distribution,
    "mean": _mean,
    "median": _median,
}
