"""Publishes survey results: one decision serves all indicators of a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
from yearbook.editions import Cell, Table
from yearbook.measures import Asked, measure_survey, tally
from yearbook.publication.audience import for_members
from yearbook.publication.frames import turnout
from yearbook.publication.rounds import Given, since_last_break


def survey_tables(
    given: Given, report: Callable[[float, str], None]
) -> tuple[dict[str, Table], dict[str, object]]:
    """Question by question: one decision serves all indicators of a question, so that no two of
    them can be subtracted from each other."""
    cells: dict[str, tuple[Cell, ...]] = {}
    withheld: dict[str, object] = {}
    questions = [q for q in given.catalogue.survey_questions if q.type != "text"]
    for done, question in enumerate(questions):
        report(done / len(questions), question.code)
        indicators = [i for i in for_members(given.catalogue) if i.question == question.code]
        if not indicators or question.code not in given.answers:
            continue
        for survey in question.surveys:
            if survey not in given.blocks:
                continue
            published, decision = _published(question, indicators, survey, given)
            withheld[f"{question.code}/{survey}"] = _summary(decision)
            for code, found in published.items():
                cells[code] = cells.get(code, ()) + found
    return {code: Table(code, found) for code, found in cells.items()}, withheld


def _published(
    question: Question, indicators: Sequence[Indicator], survey: str, given: Given
) -> tuple[dict[str, tuple[Cell, ...]], Decision]:
    """The cells of each indicator of one question in one survey."""
    policy, blocks = given.catalogue.policy, given.blocks[survey]
    counted = tally(given.respondents, given.answers[question.code], question, survey)
    if not counted.leaves:
        return {}, Decision(frozenset(), {})
    cuts = [cut for cut in policy.lattice if any(cut in indicator.by for indicator in indicators)]
    groups = lattice_groups(survey, counted.leaves, cuts, blocks)
    since = since_last_break(question, survey, given)
    membership = membership_of(groups, counted.leaves, blocks, since)
    decision = protect(groups, membership, counted, survey_protection(question, policy))
    invited = [turnout(group, given, since).invited for group in groups]
    published = {}
    for indicator in indicators:
        rows = [row for row, group in enumerate(groups) if lattice_cut(group) in indicator.by]
        asked = Asked([groups[r] for r in rows], membership[rows], [invited[r] for r in rows])
        measured = measure_survey(indicator.measure, counted, asked)
        published[indicator.code] = survey_cells(measured, indicator, decision, policy)
    return published, decision


def _summary(decision: Decision) -> dict[str, int]:
    reasons = list(decision.hidden.values())
    return {"shown": len(decision.shown)} | {r: reasons.count(r) for r in sorted(set(reasons))}
