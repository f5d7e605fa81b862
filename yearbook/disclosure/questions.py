"""Decides for a whole question: its classes and its choices, or each option of a multi-answer one.

One decision about groups serves all ways of counting, so that no two of them can be subtracted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from yearbook.disclosure.audit import Fact, facts_of
from yearbook.disclosure.cases import Case, Columns, Outcome
from yearbook.disclosure.deciding import decide
from yearbook.disclosure.protection import Decision, protect
from yearbook.editions import Group
from yearbook.measures import Tally

YES: Columns = ((0,), (1,))  # of a yes-or-no question: chosen, not chosen


@dataclass(frozen=True)
class Questioned:
    """A question of a survey, ready to be decided.

    case: by its classes, or by its choices where it has none; its counts may have no column (a
    question for a number). is_multiple: each column is a yes-or-no question of its own; `told`:
    option -> what earlier editions showed of it. choices: the same people by their choices, with
    `detailed`: the groups that may be shown so; class_of: the class of each choice.
    """

    case: Case
    is_multiple: bool = False
    told: Mapping[int, tuple[Fact, ...]] | None = None
    choices: Case | None = None
    detailed: frozenset[Group] = frozenset()
    class_of: tuple[int, ...] = ()


@dataclass(frozen=True)
class Decided:
    """ways: an outcome for each way of counting: [classes], [classes, choices], or one for each
    option of a multi-answer question."""

    ruled: Decision
    ways: tuple[Outcome, ...]
    is_multiple: bool = False


def decide_question(asked: Questioned) -> Decided:
    """What is shown of a question, safe by all its ways of counting together."""
    ruled = _ruled(asked)
    if asked.is_multiple:
        options = range(asked.case.counts.shape[1])
        ways = tuple(_option(asked, option, ruled) for option in options)
        return Decided(ruled, ways, is_multiple=True)
    first = decide(asked.case, ruled)
    if asked.choices is None:
        return Decided(ruled, (first,))
    return Decided(ruled, (first, _by_choices(asked, asked.choices, first)))


def _ruled(asked: Questioned) -> Decision:
    """By the rules alone; a group must pass them by its classes and by its choices."""
    case, counts = asked.case, [asked.case.counts]
    if asked.choices is not None:
        counts.append(asked.choices.counts)
    everything = Tally("", case.places.leaves, (), np.hstack(counts), case.people)
    return protect(case.groups, case.membership, everything, case.needs, case.settled)


def _by_choices(asked: Questioned, choices: Case, first: Outcome) -> Outcome:
    """In the groups that are shown by classes without a fold; what these tell is known."""
    row_of = {group: row for row, group in enumerate(asked.case.groups)}
    shown = [(asked.case.membership[row_of[g]], columns) for g, columns in first.columns.items()]
    of_classes = facts_of(shown, asked.case.counts)
    inside = {
        number: tuple(choice for choice, own in enumerate(asked.class_of) if own == number)
        for number in set(asked.class_of)
    }
    known = tuple(
        replace(fact, options=tuple(c for option in fact.options for c in inside[option]))
        for fact in of_classes
        if all(option in inside for option in fact.options)
    )
    whole = {
        group
        for group, columns in first.columns.items()
        if group in asked.detailed and all(len(options) == 1 for options in columns)
    }
    case = replace(choices, facts=(*choices.facts, *known))
    return decide(case, Decision(frozenset(whole), {}))


def _option(asked: Questioned, option: int, ruled: Decision) -> Outcome:
    """One option of a multi-answer question, as a question of its own."""
    case = asked.case
    chosen = case.counts[:, option]
    counts = np.stack([chosen, case.people - chosen], axis=1)
    told = (asked.told or {}).get(option, ())
    own = replace(case, counts=counts, facts=told, is_scale=False)
    return decide(own, _with_others(own, ruled))


def _with_others(case: Case, ruled: Decision) -> Decision:
    """On a sensitive question nobody may be the only one to answer so, or nearly."""
    if not case.needs.leave:
        return ruled
    sums = case.membership.astype(int) @ case.counts
    lone = {g for g, n in zip(case.groups, sums, strict=True) if n.min() < case.needs.leave}
    return Decision(frozenset(ruled.shown - lone), ruled.hidden)


def choices_of_vague(
    choices: np.ndarray, classes: np.ndarray, class_of: Sequence[int], vague: Sequence[bool]
) -> np.ndarray:
    """Counts by choices in which atoms that were told by classes only have some choice of each
    class: no group that holds them is shown by choices, but everybody must be somewhere."""
    filled = choices.copy()
    for atom in np.flatnonzero(np.array(vague, dtype=bool)):
        filled[atom] = 0
        for number, count in enumerate(classes[atom]):
            if number in class_of:
                filled[atom, list(class_of).index(number)] = count
    return filled
