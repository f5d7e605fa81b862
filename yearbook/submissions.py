"""What was handed in: a school's annual figures or the answers of a survey round, tidy, before any
measuring."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

FIGURE_COLUMNS = ["school", "year", "programme", "question", "value", "missing", "carried", "place"]
RESPONDENT_COLUMNS = ["respondent", "survey", "survey_year", "cohort", "school", "programme"]
ANSWER_COLUMNS = ["respondent", "question", "option", "number", "text"]


class Kind(StrEnum):
    """What a submission holds."""

    ANNUAL = "annual"
    SURVEY = "survey"


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
        A question that the respondent was not asked or skipped has no row.
    """

    kind: Kind
    source: str  # file name or table
    figures: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=FIGURE_COLUMNS))
    respondents: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=RESPONDENT_COLUMNS)
    )
    answers: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=ANSWER_COLUMNS))
    invented: bool = False

    def covers(self) -> frozenset[tuple[str, int]]:
        """What it replaces in the archive: (school, year) of own figures, or (survey, survey
        year)."""
        if self.kind is Kind.SURVEY:
            pairs = self.respondents[["survey", "survey_year"]]
        else:
            pairs = self.figures.loc[~self.figures["carried"].astype(bool), ["school", "year"]]
        return frozenset((str(key), int(year)) for key, year in pairs.drop_duplicates().to_numpy())
