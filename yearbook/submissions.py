"""What was handed in: a school's annual figures or the answers of a survey round, tidy, before any
measuring."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

FIGURE_COLUMNS = ["school", "year", "programme", "question", "value", "missing", "carried", "place"]
RESPONDENT_COLUMNS = ["respondent", "survey", "survey_year", "cohort", "school", "programme"]
ANSWER_COLUMNS = ["respondent", "question", "option", "number", "text"]
FRAME_COLUMNS = [
    "survey", "survey_year", "cohort", "school", "programme", "invited", "reached", "opened",
    "closed",
]  # fmt: skip
TABULATED_COLUMNS = [
    "survey", "survey_year", "first_cohort", "last_cohort", "school", "programme", "question",
    "option", "count", "respondents",
]  # fmt: skip


class Kind(StrEnum):
    """What a submission holds. Tabulated results stand in for the answers of a survey round."""

    ANNUAL = "annual"
    SURVEY = "survey"
    FRAME = "frame"
    TABULATED = "tabulated"

    @property
    def subject(self) -> str:
        """Submissions of one subject replace one another: answers and tables of one round do."""
        return Kind.SURVEY.value if self is Kind.TABULATED else self.value


@dataclass(frozen=True)
class Submission:
    """What one file, table or query handed in, after it was read and checked.

    figures (annual): one row per school, year, programme ("" = the whole school) and question.
        value: float or NaN; missing: "" or the state that the missing-value code stands for
        (no_answer, not_offered, not_returned, withheld); carried: True where the figure is repeated
        from an earlier year's return (a "previous year" column), so that the own return goes before
        it; place: sheet and cell, "Tilastot!C14".
    respondents (survey): one row per graduate; respondent is a pseudonymous id, cohort the first
    year
        of the school year of graduation (2019 = 2019–20), programme "" where it is not known.
    answers (survey): one row per respondent × question × chosen option (choices), or one with
    `number`
        or `text`. A multi-answer question that was seen and left empty has one row with option "".
        A question that the respondent was not asked or skipped has no row. What was written beside
        "other, please specify" is the `text` of that option's row.
    frame: whom a round asked; one row per school × programme ("" where it was not told) × cohort.
        invited, reached (NaN where unknown): persons; opened, closed: ISO dates or "".
    tabulated: old results that exist only as tables; one row per group × question × option.
        A group: school and programme ("" = all), cohorts from first_cohort to last_cohort, both
        included. count: who chose the option; respondents: who answered the question.
    """

    kind: Kind
    source: str  # file name or table
    figures: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=FIGURE_COLUMNS))
    respondents: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=RESPONDENT_COLUMNS)
    )
    answers: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=ANSWER_COLUMNS))
    frame: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=FRAME_COLUMNS))
    tabulated: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=TABULATED_COLUMNS))
    invented: bool = False

    def covers(self) -> frozenset[tuple[str, int]]:
        """What it replaces in the archive: (school, year) of own figures, or (survey, survey
        year)."""
        if self.kind is Kind.ANNUAL:
            pairs = self.figures.loc[~self.figures["carried"].astype(bool), ["school", "year"]]
        else:
            pairs = self.rows[["survey", "survey_year"]]
        return frozenset((str(key), int(year)) for key, year in pairs.drop_duplicates().to_numpy())

    @property
    def rows(self) -> pd.DataFrame:
        """The frame of its kind that says whose and when."""
        frames = {
            Kind.ANNUAL: self.figures,
            Kind.SURVEY: self.respondents,
            Kind.FRAME: self.frame,
            Kind.TABULATED: self.tabulated,
        }
        return frames[self.kind]
