"""Publishes survey results: one decision serves all indicators of a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from yearbook.catalogue import Indicator, Question
from yearbook.disclosure import (
    Decision,
    lattice_cut,
    lattice_groups,
    membership_of,
    protect,
    survey_cells,
    survey_protection,
)
from yearbook.editions import ALL_BLOCKS, Cell, Group, Table
from yearbook.measures import Asked, Tally, measure_survey, tally, tally_tables, together
from yearbook.publication.audience import for_members
from yearbook.publication.frames import turnout
from yearbook.publication.rounds import Given, blocks_of, first_cohorts
from yearbook.submissions import ANSWER_COLUMNS, TABULATED_COLUMNS

NO_ANSWERS = pd.DataFrame(columns=ANSWER_COLUMNS)
NO_TABLES = pd.DataFrame(columns=TABULATED_COLUMNS)
Cells = dict[str, tuple[Cell, ...]]


@dataclass(frozen=True)
class _Asking:
    """A question in one survey, with all indicators that publish it."""

    question: Question
    indicators: Sequence[Indicator]
    survey: str
    breaks: tuple[int, ...]
    recodings: tuple[int, ...]

    @property
    def since(self) -> int:
        """The first cohort after the last break; "all blocks" begins there."""
        return self.breaks[-1] if self.breaks else 0

    def straddles(self, first: int, last: int) -> bool:
        """Whether a span of cohorts would pool answers from both sides of a break."""
        return any(first < begin <= last for begin in self.breaks)

    def publishes(self, indicator: Indicator, group: Group) -> bool:
        """Whether the group is one of the indicator's. Before the last recoding its choices were
        not asked as they stand: only the classes are alike, and a zero would not be a counted one.
        """
        if lattice_cut(group) not in indicator.by:
            return False
        begin = max(self.recodings, default=0) if indicator.detailed else 0
        if group.block == ALL_BLOCKS:
            return begin <= self.since
        return int((group.cohort or group.block).partition("-")[0]) >= begin


def survey_tables(
    given: Given, report: Callable[[float, str], None]
) -> tuple[dict[str, Table], dict[str, object]]:
    """Question by question: one decision serves all indicators of a question, so that no two of
    them can be subtracted from each other."""
    cells: Cells = {}
    withheld: dict[str, object] = {}
    questions = [q for q in given.catalogue.survey_questions if q.type != "text"]
    for done, question in enumerate(questions):
        report(done / len(questions), question.code)
        indicators = [i for i in for_members(given.catalogue) if i.question == question.code]
        if not indicators or question.code not in {*given.answers, *given.tabulated}:
            continue
        for survey in question.surveys:
            if survey not in given.blocks:
                continue
            relations = ("broken", "recoded")
            begins = [first_cohorts(relation, question, survey, given) for relation in relations]
            asking = _Asking(question, indicators, survey, *begins)
            published, decision = _published(asking, given)
            withheld[f"{question.code}/{survey}"] = _summary(decision)
            for code, found in published.items():
                cells[code] = cells.get(code, ()) + found
    return {code: Table(code, found) for code, found in cells.items()}, withheld


def _published(asking: _Asking, given: Given) -> tuple[Cells, Decision]:
    """The cells of each indicator of one question in one survey."""
    policy = given.catalogue.policy
    blocks = blocks_of(asking.question, asking.survey, given)
    counted = {way: _counted(way, asking, given) for way in _ways(asking)}
    leaves = next(iter(counted.values())).leaves
    if not leaves:
        return {}, Decision(frozenset(), {})
    levels = (*policy.lattice, *policy.extras)
    cuts = [cut for cut in levels if any(cut in i.by for i in asking.indicators)]
    pooled = [block for block in blocks if not asking.straddles(block.first, block.last)]
    groups = lattice_groups(asking.survey, leaves, cuts, pooled)
    membership = membership_of(groups, leaves, pooled, asking.since)
    needs = survey_protection(asking.question, policy)
    decision = protect(groups, membership, _all_options(counted), needs)
    since = [block for block in pooled if block.first >= asking.since]
    invited = [turnout(group, given, since).invited for group in groups]
    published: Cells = {}
    for indicator in asking.indicators:
        rows = [r for r, group in enumerate(groups) if asking.publishes(indicator, group)]
        asked = Asked([groups[r] for r in rows], membership[rows], [invited[r] for r in rows])
        measured = measure_survey(indicator.measure, counted[indicator.detailed], asked)
        published[indicator.code] = survey_cells(measured, indicator, decision, policy)
    return published, decision


def _ways(asking: _Asking) -> list[bool]:
    """How the question is published: by classes (False), by choices although it has classes."""
    return sorted({indicator.detailed for indicator in asking.indicators})


def _counted(by_choices: bool, asking: _Asking, given: Given) -> Tally:
    """Answers, and the tables of rounds that have no answers; what straddles a break is left
    out."""
    question, survey = asking.question, asking.survey
    if by_choices:
        question = _without_classes(question)
    answers = given.answers.get(question.code, NO_ANSWERS)
    found = tally(given.respondents, answers, question, survey)
    tables = given.tabulated.get(question.code, NO_TABLES)
    tables = tables[tables["survey"] == survey]
    if tables.empty:
        return found
    spans = zip(tables["first_cohort"], tables["last_cohort"], strict=True)
    keep = np.array([not asking.straddles(first, last) for first, last in spans], dtype=bool)
    return together(found, tally_tables(tables[keep], question, survey))


def _without_classes(question: Question) -> Question:
    """The question by its choices; one that no class counts is not counted here either."""
    classes = {one.code for one in question.classes}
    choices = (c for c in question.choices if not classes or (c.rolls_up or c.code) in classes)
    return replace(question, choices=tuple(choices), classes=())


def _all_options(counted: Mapping[bool, Tally]) -> Tally:
    """Every way of counting at once: a group must be safe by its classes and by its choices."""
    tallies = list(counted.values())
    options = tuple(option for one in tallies for option in one.options)
    return replace(tallies[0], options=options, counts=np.hstack([one.counts for one in tallies]))


def _summary(decision: Decision) -> dict[str, int]:
    reasons = list(decision.hidden.values())
    return {"shown": len(decision.shown)} | {r: reasons.count(r) for r in sorted(set(reasons))}
