"""Gathers what the surveys handed in, round by round, and the blocks that no result crosses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from yearbook.catalogue import Catalogue, Question
from yearbook.disclosure import Block, closed_blocks
from yearbook.editions import Round
from yearbook.measures import ANSWERED_COLUMNS, Invitations, invitations
from yearbook.submissions import (
    ANSWER_COLUMNS,
    FRAME_COLUMNS,
    RESPONDENT_COLUMNS,
    TABULATED_COLUMNS,
    Submission,
)


@dataclass(frozen=True)
class Given:
    """All that the surveys handed in, and the borders that blocks never cross."""

    respondents: pd.DataFrame
    answers: Mapping[str, pd.DataFrame]  # question -> its answers
    tabulated: pd.DataFrame
    frame: pd.DataFrame
    catalogue: Catalogue
    blocks: Mapping[str, tuple[Block, ...]]
    invitations: Mapping[str, Invitations]


def joined(frames: Sequence[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=columns)


def given_by(submissions: Sequence[Submission], catalogue: Catalogue) -> Given:
    respondents = joined([s.respondents for s in submissions], RESPONDENT_COLUMNS)
    answers = joined([s.answers for s in submissions], ANSWER_COLUMNS)
    frame = joined([s.frame for s in submissions], FRAME_COLUMNS)
    tabulated = joined([s.tabulated for s in submissions], TABULATED_COLUMNS)
    asked = [survey for survey in catalogue.surveys if (respondents["survey"] == survey).any()]
    return Given(
        respondents,
        {str(code): rows for code, rows in answers.groupby("question", observed=True)},
        tabulated,
        frame,
        catalogue,
        {survey: _blocks(survey, respondents, catalogue) for survey in asked},
        {survey: _invitations(survey, respondents, frame) for survey in asked},
    )


def first_cohort(survey: str, survey_year: int, given: Given) -> int:
    """The first cohort that answered the questions as they stand since that survey year."""
    return _first_cohort(survey, survey_year, given.respondents, given.catalogue)


def since_last_break(question: Question, survey: str, given: Given) -> int:
    """The first cohort after the question's last break (0 without one)."""
    broken = [version.first for version in question.versions if version.relation == "broken"]
    return first_cohort(survey, max(broken), given) if broken else 0


def respondents_by_cohort(respondents: pd.DataFrame) -> dict[str, dict[str, int]]:
    """How many answered, by survey and cohort."""
    return {
        str(survey): {str(cohort): len(rows) for cohort, rows in of_survey.groupby("cohort")}
        for survey, of_survey in respondents.groupby("survey", observed=True)
    }


def rounds_of(given: Given) -> tuple[Round, ...]:
    """Every round that has answers or a frame, in the order of surveys and years."""
    return tuple(
        round_
        for survey, invited in given.invitations.items()
        for _, rows in invited.rows.groupby("survey_year", sort=True)
        for round_ in [_round(survey, rows, given.frame)]
    )


def _round(survey: str, rows: pd.DataFrame, frame: pd.DataFrame) -> Round:
    year = int(rows["survey_year"].iloc[0])
    turnout = Invitations(rows).turnout("", "", [(0, 9999)])
    own = frame[(frame["survey"] == survey) & (frame["survey_year"] == year)]
    return Round(
        survey=survey,
        survey_year=year,
        first_cohort=int(rows["first"].min()),
        last_cohort=int(rows["last"].max()),
        invited=turnout.invited,
        answered=turnout.answered,
        opened=min(filter(None, own["opened"]), default=""),
        closed=max(filter(None, own["closed"]), default=""),
    )


def _blocks(survey: str, respondents: pd.DataFrame, catalogue: Catalogue) -> tuple[Block, ...]:
    cohorts = respondents.loc[respondents["survey"] == survey, "cohort"].astype(int)
    borders = _borders(survey, respondents, catalogue)
    return closed_blocks(cohorts, borders, catalogue.policy.block_length)


def _borders(survey: str, respondents: pd.DataFrame, catalogue: Catalogue) -> set[int]:
    """First cohorts after a break of any question of the survey, so that all have the same
    blocks."""
    questions = [q for q in catalogue.survey_questions if survey in q.surveys]
    years = {v.first for q in questions for v in q.versions if v.relation == "broken"}
    return {_first_cohort(survey, year, respondents, catalogue) for year in years}


def _first_cohort(
    survey: str, survey_year: int, respondents: pd.DataFrame, catalogue: Catalogue
) -> int:
    lag = catalogue.surveys[survey].cohort_lag
    if lag is not None:
        return survey_year - lag
    later = respondents[
        (respondents["survey"] == survey) & (respondents["survey_year"] >= survey_year)
    ]
    return int(later["cohort"].min()) if len(later) else survey_year


def _invitations(survey: str, respondents: pd.DataFrame, frame: pd.DataFrame) -> Invitations:
    people = respondents[respondents["survey"] == survey]
    place = ["school", "programme", "cohort", "survey_year"]
    answered = people.groupby(place, observed=True).size().reset_index(name="answered")
    answered = answered.assign(
        first=answered["cohort"], last=answered["cohort"], by_school=True, by_programme=True
    )
    return invitations(frame[frame["survey"] == survey], answered[ANSWERED_COLUMNS])
