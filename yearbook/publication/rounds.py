"""Gathers what the surveys handed in, round by round, and the blocks that no result crosses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from yearbook.catalogue import Catalogue, Question
from yearbook.disclosure import Block, Grid, closed_blocks
from yearbook.editions import Round
from yearbook.measures import ANSWERED_COLUMNS, Invitations, invitations, people_of_tables
from yearbook.submissions import (
    ANSWER_COLUMNS,
    FRAME_COLUMNS,
    RESPONDENT_COLUMNS,
    TABULATED_COLUMNS,
    Submission,
)

NO_TABLES = pd.DataFrame(columns=TABULATED_COLUMNS)


@dataclass(frozen=True)
class Given:
    """All that the surveys handed in, and the regular blocks of each survey."""

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
    by_survey = {
        survey: invitations(
            frame[frame["survey"] == survey], _of_survey(survey, respondents, tabulated)
        )
        for survey in asked
    }
    return Given(
        respondents,
        {str(code): rows for code, rows in answers.groupby("question", observed=True)},
        {str(code): rows for code, rows in tabulated.groupby("question")},
        frame,
        catalogue,
        {
            survey: _blocks(
                survey,
                invited.rows,
                catalogue,
                Cuts((), _spans(tabulated[tabulated["survey"] == survey], ())),
            )
            for survey, invited in by_survey.items()
        },
        by_survey,
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


def blocks_of(question: Question, survey: str, given: Given) -> tuple[Block, ...]:
    """The blocks in which the question was asked: cut where it is broken, begins or ends, and by
    the spans of its own old tables."""
    rows, catalogue = given.invitations[survey].rows, given.catalogue

    def cohort_of(year: int) -> int:
        return _first_cohort(survey, year, rows, catalogue)

    begin = cohort_of(question.since) if question.since else 0
    end = cohort_of(question.until + 1) if question.until else 9999
    broken = first_cohorts("broken", question, survey, given)
    tables = given.tabulated.get(question.code, NO_TABLES)
    spans = _spans(tables[tables["survey"] == survey], broken)
    found = _blocks(survey, rows, catalogue, Cuts((begin, end, *broken), spans))
    return tuple(block for block in found if begin <= block.last and block.first < end)


def newest_block(given: Given) -> tuple[Block, ...]:
    """The block of the grid that the newest cohort of any survey is in, closed or not; none where
    nobody has answered."""
    if given.respondents.empty:
        return ()
    policy = given.catalogue.policy
    first = Grid(policy.block_start, policy.block_length).first_of(
        int(given.respondents["cohort"].astype(int).max())
    )
    return (Block(first, first + policy.block_length - 1),)


@dataclass(frozen=True, slots=True)
class Cuts:
    """What cuts blocks beside the grid: borders, and spans of old tables."""

    borders: tuple[int, ...]
    spans: tuple[Block, ...]


def _blocks(survey: str, rows: pd.DataFrame, catalogue: Catalogue, cuts: Cuts) -> tuple[Block, ...]:
    """rows: as of invitations. A survey's first cohort is a border of its own, declared by the
    catalogue, so that an older report adds blocks before it and moves none."""
    answered = rows[rows["answered"] > 0]
    cohorts = {int(first) for first in answered.loc[answered["first"] == answered["last"], "first"]}
    lag, since = catalogue.surveys[survey].cohort_lag, catalogue.surveys[survey].since
    edges: set[int] = set()
    if lag is None:
        edges = _edges(rows)
    elif since is not None:
        edges = {since - lag}
        cohorts |= edges
    grid = Grid(catalogue.policy.block_start, catalogue.policy.block_length)
    return closed_blocks(cohorts, {*edges, *cuts.borders}, grid, cuts.spans)


def _edges(rows: pd.DataFrame) -> set[int]:
    """Where rounds that ask several cohorts at once begin and end: no block crosses them."""
    rounds = [cohorts for _, cohorts in rows.groupby("survey_year")[["first", "last"]]]
    return {
        edge for one in rounds for edge in (int(one["first"].min()), int(one["last"].max()) + 1)
    }


def _spans(tables: pd.DataFrame, broken: Sequence[int]) -> tuple[Block, ...]:
    """The spans of old tables; one that straddles a break is not shown, and is no block."""
    ends = tables[["first_cohort", "last_cohort"]].drop_duplicates().to_numpy()
    return tuple(
        Block(int(first), int(last))
        for first, last in ends
        if first < last and not any(first < border <= last for border in broken)
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
