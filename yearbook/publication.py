"""Publishes: submissions and the catalogue in, one complete edition out. The only way out of the
archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from yearbook.catalogue import Catalogue, Indicator, Question, for_visitors
from yearbook.disclosure import (
    Block,
    Decision,
    annual_cells,
    closed_blocks,
    hidden_annual_groups,
    lattice_cut,
    lattice_groups,
    membership_of,
    protect,
    survey_cells,
    survey_protection,
)
from yearbook.edition_files import digest
from yearbook.editions import Cell, Edition, Group, Note, Table
from yearbook.measures import (
    comparable_change,
    effective_figures,
    measure_annual,
    measure_survey,
    tally,
)
from yearbook.submissions import ANSWER_COLUMNS, FIGURE_COLUMNS, RESPONDENT_COLUMNS, Submission

CHANGE = ".change"
Report = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Title:
    """What an edition is called ("2026.1") and the ISO date of its publication."""

    name: str
    published: str


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs between two editions; None where one of them has no such cell."""

    indicator: str
    group: Group
    option: str
    before: Cell | None
    after: Cell | None


@dataclass(frozen=True)
class _Answers:
    """All that the surveys handed in, and the borders that blocks never cross."""

    respondents: pd.DataFrame
    answers: Mapping[str, pd.DataFrame]  # question -> its answers
    catalogue: Catalogue
    blocks: Mapping[str, tuple[Block, ...]]


def publish(
    submissions: Sequence[Submission],
    catalogue: Catalogue,
    title: Title,
    report: Report = lambda share, what: None,
) -> Edition:
    """Measure, withhold and bind everything handed in. The same input gives the same digest.

    `report(share of the work done 0–1, code of what is being done)` follows the work.
    Raises KeyError where a submission names a school or question that the catalogue does not have.
    """
    figures = _joined([s.figures for s in submissions], FIGURE_COLUMNS)
    given = _answers(submissions, catalogue)
    returned = _returned(figures)
    tables = _annual_tables(figures, catalogue, returned, report)
    survey_tables, withheld = _survey_tables(given, report)
    edition = Edition(
        name=title.name,
        published=title.published,
        audience="members",
        invented=any(submission.invented for submission in submissions),
        content=for_visitors(catalogue.content),
        tables={**tables, **survey_tables},
        returned=returned,
        respondents=_respondents(given.respondents),
        blocks={survey: tuple(b.code for b in blocks) for survey, blocks in given.blocks.items()},
        notes=_version_notes(catalogue),
        report={"withheld": withheld},
    )
    return replace(edition, digest=digest(edition))


def changes(new: Edition, old: Edition | None) -> tuple[Change, ...]:
    """Every cell that is new, gone or different, in the order of the tables."""
    found = []
    for code in sorted(set(new.tables) | set(old.tables if old else ())):
        before = {(c.group, c.option): c for c in old.table(code).cells} if old else {}
        after = {(c.group, c.option): c for c in new.table(code).cells}
        found += [
            Change(code, *key, before.get(key), after.get(key))
            for key in sorted(set(before) | set(after))
            if before.get(key) != after.get(key)
        ]
    return tuple(found)


def _for_members(catalogue: Catalogue) -> list[Indicator]:
    """The indicators as members may see them: what only the own school may see is shown to all
    members for all schools together."""
    return [
        replace(indicator, by=tuple(cut for cut in indicator.by if "school" not in cut))
        if indicator.audience == "own_school"
        else indicator
        for indicator in catalogue.indicators.values()
    ]


def _joined(frames: Sequence[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=columns)


def _returned(figures: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    own = figures[~figures["carried"].astype(bool)]
    return {
        str(year): tuple(sorted(set(schools))) for year, schools in own.groupby("year")["school"]
    }


def _annual_tables(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    returned: dict[str, tuple[str, ...]],
    report: Report,
) -> dict[str, Table]:
    if figures.empty:
        return {}
    indicators = [i for i in _for_members(catalogue) if i.source == "annual"]
    effective = effective_figures(figures)
    hidden = hidden_annual_groups(indicators, effective, catalogue)
    tables: dict[str, Table] = {}
    for done, indicator in enumerate(indicators):
        report(0.3 * done / len(indicators), indicator.code)
        if not set(indicator.questions) & set(effective.known):
            continue
        withheld = frozenset().union(
            *(hidden.get(code, frozenset()) for code in indicator.questions)
        )
        measured = measure_annual(indicator, effective, catalogue, returned)
        tables[indicator.code] = Table(indicator.code, annual_cells(measured, withheld))
        if not any(catalogue.questions[code].sensitive for code in indicator.questions):
            change = annual_cells(comparable_change(indicator, effective, catalogue), ())
            tables[indicator.code + CHANGE] = Table(indicator.code + CHANGE, change)
    return tables


def _answers(submissions: Sequence[Submission], catalogue: Catalogue) -> _Answers:
    respondents = _joined([s.respondents for s in submissions], RESPONDENT_COLUMNS)
    answers = _joined([s.answers for s in submissions], ANSWER_COLUMNS)
    by_question = {str(code): rows for code, rows in answers.groupby("question", observed=True)}
    blocks = {
        survey: closed_blocks(
            respondents.loc[respondents["survey"] == survey, "cohort"].astype(int),
            _borders(survey, respondents, catalogue),
            catalogue.policy.block_length,
        )
        for survey in catalogue.surveys
        if (respondents["survey"] == survey).any()
    }
    return _Answers(respondents, by_question, catalogue, blocks)


def _borders(survey: str, respondents: pd.DataFrame, catalogue: Catalogue) -> set[int]:
    """First cohorts after a break of any question of the survey, so that all have the same
    blocks."""
    questions = [q for q in catalogue.survey_questions if survey in q.surveys]
    years = {v.first for q in questions for v in q.versions if v.relation == "broken"}
    return {_first_cohort(survey, year, respondents, catalogue) for year in years}


def _first_cohort(
    survey: str, survey_year: int, respondents: pd.DataFrame, catalogue: Catalogue
) -> int:
    """The first cohort that answered the questions as they stand since that survey year."""
    lag = catalogue.surveys[survey].cohort_lag
    if lag is not None:
        return survey_year - lag
    later = respondents[
        (respondents["survey"] == survey) & (respondents["survey_year"] >= survey_year)
    ]
    return int(later["cohort"].min()) if len(later) else survey_year


def _survey_tables(given: _Answers, report: Report) -> tuple[dict[str, Table], dict[str, object]]:
    """Question by question: one decision serves all indicators of a question, so that no two of
    them can be subtracted from each other."""
    cells: dict[str, tuple[Cell, ...]] = {}
    withheld: dict[str, object] = {}
    questions = [q for q in given.catalogue.survey_questions if q.type != "text"]
    for done, question in enumerate(questions):
        report(0.3 + 0.7 * done / len(questions), question.code)
        indicators = [i for i in _for_members(given.catalogue) if i.question == question.code]
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
    question: Question, indicators: Sequence[Indicator], survey: str, given: _Answers
) -> tuple[dict[str, tuple[Cell, ...]], Decision]:
    """The cells of each indicator of one question in one survey."""
    policy, blocks = given.catalogue.policy, given.blocks[survey]
    counted = tally(given.respondents, given.answers[question.code], question, survey)
    if not counted.leaves:
        return {}, Decision(frozenset(), {})
    cuts = [cut for cut in policy.lattice if any(cut in indicator.by for indicator in indicators)]
    groups = lattice_groups(survey, counted.leaves, cuts, blocks)
    membership = membership_of(groups, counted.leaves, blocks, _since(question, survey, given))
    decision = protect(groups, membership, counted, survey_protection(question, policy))
    published = {}
    for indicator in indicators:
        rows = [row for row, group in enumerate(groups) if lattice_cut(group) in indicator.by]
        chosen = [groups[row] for row in rows]
        measured = measure_survey(indicator.measure, counted, chosen, membership[rows])
        published[indicator.code] = survey_cells(measured, indicator, decision, policy)
    return published, decision


def _since(question: Question, survey: str, given: _Answers) -> int:
    """The first cohort after the question's last break (0 without one)."""
    broken = [version.first for version in question.versions if version.relation == "broken"]
    if not broken:
        return 0
    return _first_cohort(survey, max(broken), given.respondents, given.catalogue)


def _summary(decision: Decision) -> dict[str, int]:
    reasons = list(decision.hidden.values())
    return {"shown": len(decision.shown)} | {r: reasons.count(r) for r in sorted(set(reasons))}


def _respondents(respondents: pd.DataFrame) -> dict[str, dict[str, int]]:
    return {
        str(survey): {str(cohort): len(rows) for cohort, rows in of_survey.groupby("cohort")}
        for survey, of_survey in respondents.groupby("survey", observed=True)
    }


def _version_notes(catalogue: Catalogue) -> tuple[Note, ...]:
    """The note of every question's version goes with each indicator of the question."""
    return tuple(
        Note(version.note, indicator=indicator.code, year=str(version.first))
        for indicator in catalogue.indicators.values()
        for code in indicator.questions
        for version in catalogue.questions[code].versions
    )
