"""Counts the answers in the archive for the audit: the truth behind every figure of a survey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from yearbook.catalogue import Policy, Question
from yearbook.measures import Tally, tally, tally_tables, together
from yearbook.publication.rounds import Given, first_cohorts
from yearbook.submissions import ANSWER_COLUMNS, TABULATED_COLUMNS

NO_ANSWERS = pd.DataFrame(columns=ANSWER_COLUMNS)
NO_TABLES = pd.DataFrame(columns=TABULATED_COLUMNS)
COUNTABLE = ("single", "likert", "multiple")
CHOICES = "choices"
YES, NO = "1", "0"


@dataclass(frozen=True)
class Truth:
    """A question of one survey as the audit knows it: a table of its own.

    counts: leaves of the tally × options, each leaf's options adding up to its people.
    """

    name: str
    options: tuple[str, ...]
    tally: Tally
    counts: np.ndarray

    def of_nobody(self) -> Truth:
        """The same table without an answer."""
        empty = replace(self.tally, leaves=(), counts=self.tally.counts[:0])
        return replace(self, tally=empty, counts=self.counts[:0])


def truths(given: Given) -> Iterator[Truth]:
    """A table for each question and survey; of a multi-answer question one for each option; of one
    with classes a second by choices, if any indicator shows them."""
    for question in given.catalogue.survey_questions:
        if question.type not in COUNTABLE:
            continue
        indicators = [i for i in given.catalogue.indicators.values() if i.question == question.code]
        for survey in question.surveys:
            if survey in given.blocks and indicators:
                yield from of_question(question, survey, given)
            if survey in given.blocks and any(i.detailed for i in indicators):
                yield from of_choices(question, survey, given)


def of_question(question: Question, survey: str, given: Given) -> Iterator[Truth]:
    counted = _counted(question, survey, given)
    if counted.leaves:
        yield from _tables(question, name_of(question, survey), counted)


def of_choices(question: Question, survey: str, given: Given) -> Iterator[Truth]:
    """By the choices; who answered before they were asked stands under one of her class."""
    by_class = _counted(question, survey, given)
    found = _counted(_by_choices(question), survey, given)
    if not by_class.leaves:
        return
    row = {leaf: number for number, leaf in enumerate(found.leaves)}
    counts = np.zeros((len(by_class.leaves), len(found.options)), dtype=int)
    for number, leaf in enumerate(by_class.leaves):
        if leaf in row:
            counts[number] = found.counts[row[leaf]]
    for place, one in enumerate(question.classes):
        columns = [found.options.index(code) for code in choices_of(question, one.code)]
        counts[:, columns[0]] += by_class.counts[:, place] - counts[:, columns].sum(axis=1)
    counted = replace(by_class, options=found.options, counts=counts)
    yield from _tables(question, f"{name_of(question, survey)}/{CHOICES}", counted)


def name_of(question: Question, survey: str) -> str:
    return f"{question.code}/{survey}"


def choices_of(question: Question, of_class: str) -> list[str]:
    """The choices that a class counts together."""
    return [c.code for c in question.choices if (c.rolls_up or c.code) == of_class]


def threshold_of(question: Question, policy: Policy) -> int:
    return policy.sensitive_threshold if question.sensitive else policy.threshold


def _tables(question: Question, name: str, counted: Tally) -> Iterator[Truth]:
    if question.type != "multiple":
        yield Truth(name, counted.options, counted, counted.counts)
        return
    for column, option in enumerate(counted.options):
        chose = counted.counts[:, column]
        counts = np.stack([chose, counted.respondents - chose], axis=1)
        yield Truth(f"{name}/{option}", (YES, NO), counted, counts)


def _counted(question: Question, survey: str, given: Given) -> Tally:
    """Answers, and the tables of rounds that have no answers, but for those over a break."""
    answers = given.answers.get(question.code, NO_ANSWERS)
    found = tally(given.respondents, answers, question, survey)
    tables = given.tabulated.get(question.code, NO_TABLES)
    tables = tables[tables["survey"] == survey]
    if tables.empty:
        return found
    breaks = first_cohorts("broken", question, survey, given)
    spans = zip(tables["first_cohort"], tables["last_cohort"], strict=True)
    keep = [not any(first < begin <= last for begin in breaks) for first, last in spans]
    return together(found, tally_tables(tables[np.array(keep, dtype=bool)], question, survey))


def _by_choices(question: Question) -> Question:
    classes = {one.code for one in question.classes}
    choices = (c for c in question.choices if not classes or (c.rolls_up or c.code) in classes)
    return replace(question, choices=tuple(choices), classes=())
