"""A question as disclosure control sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from yearbook.catalogue import Question
from yearbook.disclosure import (
    Case,
    Fact,
    Places,
    Questioned,
    Settled,
    Tolerance,
    choices_of_vague,
    survey_protection,
    targets,
)
from yearbook.editions import Group
from yearbook.measures import Tally
from yearbook.publication.asking import AskedQuestion
from yearbook.publication.earlier import (
    Earlier,
    EarlierGroup,
    Moments,
    earlier_facts,
    growing_in,
    moments_of,
    spans_in,
)


def questioned(asked: AskedQuestion, earlier: Earlier, moments: Moments) -> Questioned:
    """Its groups and answers, with what cannot be taken back. moments: of all questions together,
    for a reader may add up what one question shows by the blocks of another."""
    classes = asked.answers.tallied
    adds_up = np.array_equal(classes.counts.sum(axis=1), classes.respondents)
    # Who chose two options where one was asked for is counted in both, as in a multi-answer one.
    is_whole = adds_up or not classes.options or not asked.answers.is_counted.all()
    is_multiple = asked.question.type == "multiple" or not is_whole
    case = _case(asked, earlier, classes, moments)
    if is_multiple:
        told = {
            number: _with_complements(earlier_facts(asked, earlier, (option,)), case.people)
            for number, option in enumerate(classes.options)
        }
        return Questioned(case, is_multiple=True, told=told)
    if asked.choices is None:
        return Questioned(case)
    choices = asked.choices.tallied
    class_of = _class_of(asked.question, choices.options, classes.options)
    vague = [leaf in choices.undivided for leaf in choices.leaves]
    filled = choices_of_vague(choices.counts, classes.counts, class_of, vague)
    holds_vague = np.asarray(asked.membership[:, np.array(vague, dtype=bool)].any(axis=1))
    detailed = [one for one in asked.indicators if one.detailed]
    allowed = frozenset(
        group
        for group, is_vague in zip(asked.groups, holds_vague, strict=True)
        if not is_vague and any(asked.publishes(one, group) for one in detailed)
    )
    return Questioned(
        case,
        choices=_case(asked, earlier, replace(choices, counts=filled), moments),
        detailed=allowed,
        class_of=class_of,
    )


def _with_complements(facts: Sequence[Fact], people: np.ndarray) -> tuple[Fact, ...]:
    """Who chose an option, and who did not: the latter is mostly the common answer."""
    others = [
        replace(fact, options=(1,), count=int(people[list(fact.atoms)].sum()) - fact.count)
        for fact in facts
    ]
    return (*facts, *others)


def _class_of(
    question: Question, choices: Sequence[str], classes: Sequence[str]
) -> tuple[int, ...]:
    rolls_up = {choice.code: choice.rolls_up or choice.code for choice in question.choices}
    return tuple(classes.index(rolls_up[choice]) for choice in choices)


def _case(asked: AskedQuestion, earlier: Earlier, tallied: Tally, moments: Moments) -> Case:
    question, policy = asked.question, asked.given.catalogue.policy
    is_multiple = question.type == "multiple"
    return Case(
        groups=asked.groups,
        membership=asked.membership,
        people=tallied.respondents,
        counts=tallied.counts,
        places=Places(
            asked.answers.leaves,
            spans_in(asked.answers, moments),
            _views(asked.answers.seen),
            growing_in(asked.answers, moments),
        ),
        needs=survey_protection(question, policy),
        tolerance=Tolerance(question.sensitive, policy.common_percent / 100),
        settled=_settled(asked, earlier),
        facts=() if is_multiple else earlier_facts(asked, earlier, tallied.options),
        has_truth=bool(asked.answers.is_counted.all()),
        is_scale=question.type == "likert",
        fold_least=policy.fold_least_options,
    )


def _views(seen: np.ndarray) -> tuple[np.ndarray, ...]:
    """The atoms of each edition, and those of each combination of editions alone."""
    found = {view.tobytes(): view for view in [*seen.T, np.ones(len(seen), dtype=bool)]}
    for pattern in np.unique(seen, axis=0):
        view = (seen == pattern).all(axis=1)
        found.setdefault(view.tobytes(), view)
    return tuple(found.values())


def _settled(asked: AskedQuestion, earlier: Earlier) -> Settled:
    """Closed groups keep their cells; all that any edition showed is known."""
    is_sealed = np.asarray(asked.membership[:, earlier.sealed].any(axis=1))
    cells: dict[Group, bool] = {}
    for row, group in enumerate(asked.groups):
        members = asked.membership[row]
        people = int(asked.answers.tallied.respondents[members].sum())
        was = earlier.last.get(group)
        if is_sealed[row] or people < asked.least(group):
            cells[group] = False
        elif was is not None and np.array_equal(was.members, members):
            # What was withheld by other numbers may be shown by those of today.
            cells |= {group: was.is_shown} if was.is_shown or asked.is_under_same_policy else {}
    shown: dict[bytes, EarlierGroup] = {}
    for was in earlier.shown:
        shown.setdefault(was.members.tobytes(), was)
    membership = np.array([was.members for was in shown.values()], dtype=bool)
    return Settled(tuple(was.group for was in shown.values()), membership, cells)


def protected_atoms(asked: AskedQuestion, earlier: Earlier) -> np.ndarray:
    """Targets × atoms, bool: the groups and remainders whose mean must stay unknown."""
    moments = earlier.moments | moments_of(asked.blocks, asked.since)
    case = _case(asked, earlier, asked.answers.tallied, moments)
    shown = [was.members for was in earlier.shown]
    found = targets(case.places, case.people, [*asked.membership, *shown], case.needs.threshold)
    rows = np.zeros((len(found), len(case.people)), dtype=bool)
    for row, target in zip(rows, found, strict=True):
        row[list(target.atoms)] = True
    return rows
