"""Gathers what the surveys handed in, round by round, and the blocks that no result crosses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from yearbook.catalogue import Catalogue, Question
from yearbook.disclosure import Block, closed_blocks
from yearbook.editions import Round
from yearbook.measures import ANSWERED_COLUMNS, Invitations, invitations, people_of_tables
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
    tabulated: Mapping[str, pd.DataFrame]  # question -> old results that exist only as tables
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
    known = {*respondents["survey"], *tabulated["survey"], *frame["survey"]}
    asked = [survey for survey in catalogue.surveys if survey in known]
    by_survey = {survey: _of_survey(survey, respondents, tabulated) for survey in asked}
    return Given(
        respondents,
        {str(code): rows for code, rows in answers.groupby("question", observed=True)},
        {str(code): rows for code, rows in tabulated.groupby("question")},
        frame,
        catalogue,
        {survey: _blocks(survey, rows, catalogue) for survey, rows in by_survey.items()},
        {
            survey: invitations(frame[frame["survey"] == survey], rows)
            for survey, rows in by_survey.items()
        },
    )


def first_cohorts(relation: str, question: Question, survey: str, given: Given) -> tuple[int, ...]:
    """The first cohort of each version of the question that stands so to its earlier self."""
    years = [version.first for version in question.versions if version.relation == relation]
    rows = given.invitations[survey].rows
    return tuple(sorted(_first_cohort(survey, year, rows, given.catalogue) for year in years))


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


def _blocks(survey: str, answered: pd.DataFrame, catalogue: Catalogue) -> tuple[Block, ...]:
    """The blocks of a survey; all its questions have the same."""
    is_single = answered["first"] == answered["last"]
    spans = answered.loc[~is_single, ["first", "last"]].drop_duplicates()
    questions = [q for q in catalogue.survey_questions if survey in q.surveys]
    years = {v.first for q in questions for v in q.versions if v.relation == "broken"}
    return closed_blocks(
        answered.loc[is_single, "first"],
        {_first_cohort(survey, year, answered, catalogue) for year in years},
        catalogue.policy.block_length,
        [Block(int(first), int(last)) for first, last in spans.to_numpy()],
    )


def _first_cohort(survey: str, survey_year: int, answered: pd.DataFrame, using: Catalogue) -> int:
    """The first cohort that answered the questions as they stand since that survey year."""
    lag = using.surveys[survey].cohort_lag
    if lag is not None:
        return survey_year - lag
    later = answered[(answered["survey_year"] >= survey_year) & (answered["answered"] > 0)]
    return int(later["first"].min()) if len(later) else survey_year


def _of_survey(survey: str, respondents: pd.DataFrame, tabulated: pd.DataFrame) -> pd.DataFrame:
    """How many answered each round, by leaf: ANSWERED_COLUMNS."""
    people = respondents[respondents["survey"] == survey]
    place = ["school", "programme", "cohort", "survey_year"]
    answered = people.groupby(place, observed=True).size().reset_index(name="answered")
    cohort = answered["cohort"].astype(int)
    answered = answered.assign(first=cohort, last=cohort, by_school=True, by_programme=True)
    told = people_of_tables(tabulated[tabulated["survey"] == survey])
    return joined([answered[ANSWERED_COLUMNS], told], ANSWERED_COLUMNS)
