"""Says in a few lines what a submission holds: whose, when, of what, and how much."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date

import pandas as pd

from desk.using import catalogue_in_use
from ui.visit import Visitor
from yearbook.language import Text, write_date, write_number, write_school_year, write_span
from yearbook.submissions import Kind, Submission

MOST_NAMED = 4


def lines(submission: Submission, visitor: Visitor) -> list[str]:
    told = LINES[submission.kind](submission, visitor)
    if submission.invented:
        told.append(visitor.word("desk.receive.invented"))
    return told


def _annual(submission: Submission, visitor: Visitor) -> list[str]:
    figures = submission.figures
    own = figures[~figures["carried"].astype(bool)]
    schools, programmes = catalogue_in_use().schools, catalogue_in_use().programmes
    years = sorted({int(year) for year in own["year"]})
    return [
        visitor.word(
            "desk.receive.annual",
            schools=_named((schools[code].name for code in _codes(own["school"])), visitor),
            years=_spans(years),
        ),
        visitor.word(
            "desk.receive.annual_size",
            figures=_count(int(figures["value"].notna().sum()), visitor),
            questions=_count(own["question"].nunique(), visitor),
            missing=_count(int(figures["value"].isna().sum()), visitor),
        ),
        *_programmes((programmes[code].short for code in _codes(own["programme"])), visitor),
    ]


def _survey(submission: Submission, visitor: Visitor) -> list[str]:
    people, answers, using = submission.respondents, submission.answers, catalogue_in_use()
    schools = (using.schools[code].short for code in _codes(people["school"]))
    areas = (using.programmes[code].short for code in _codes(people["programme"]))
    return [
        _rounds(submission, people["cohort"], visitor),
        visitor.word(
            "desk.receive.survey_size",
            respondents=_count(len(people), visitor),
            answers=_count(len(answers), visitor),
            questions=_count(answers["question"].nunique(), visitor),
        ),
        visitor.word("desk.receive.schools", names=_named(schools, visitor)),
        *_programmes(areas, visitor),
    ]


def _frame(submission: Submission, visitor: Visitor) -> list[str]:
    rows, using = submission.frame, catalogue_in_use()
    schools = (using.schools[code].short for code in _codes(rows["school"]))
    areas = (using.programmes[code].short for code in _codes(rows["programme"]))
    days = sorted({day for day in (*rows["opened"], *rows["closed"]) if day})
    ends = [write_date(date.fromisoformat(day), visitor.language) for day in days]
    told = (
        [visitor.word("desk.receive.field_dates", days=f"{ends[0]} – {ends[-1]}")] if ends else []
    )
    return [
        _rounds(submission, rows["cohort"], visitor),
        visitor.word(
            "desk.receive.frame_size",
            invited=_sum(rows["invited"], visitor),
            reached=_sum(rows["reached"], visitor),
        ),
        *told,
        visitor.word("desk.receive.schools", names=_named(schools, visitor)),
        *_programmes(areas, visitor),
    ]


def _tabulated(submission: Submission, visitor: Visitor) -> list[str]:
    rows, using = submission.tabulated, catalogue_in_use()
    schools = [using.schools[code].short for code in _codes(rows["school"])]
    areas = (using.programmes[code].short for code in _codes(rows["programme"]))
    groups = rows[["first_cohort", "last_cohort", "school", "programme"]].drop_duplicates()
    told = [
        _rounds(submission, [*rows["first_cohort"], *rows["last_cohort"]], visitor),
        visitor.word(
            "desk.receive.tabulated_size",
            questions=_count(rows["question"].nunique(), visitor),
            groups=_count(len(groups), visitor),
            respondents=_count(int(rows["respondents"].max()), visitor),
        ),
    ]
    if schools:
        told.append(visitor.word("desk.receive.schools", names=_named(schools, visitor)))
    return [*told, *_programmes(areas, visitor)]


LINES: dict[Kind, Callable[[Submission, Visitor], list[str]]] = {
    Kind.ANNUAL: _annual,
    Kind.SURVEY: _survey,
    Kind.FRAME: _frame,
    Kind.TABULATED: _tabulated,
}


def _rounds(submission: Submission, cohorts: Iterable[int], visitor: Visitor) -> str:
    """ "Peruskysely 2020, lukuvuonna 2019–20 valmistuneet"."""
    surveys, years = catalogue_in_use().surveys, sorted({int(cohort) for cohort in cohorts})
    rounds = sorted({(str(survey), int(year)) for survey, year in submission.covers()})
    ends = dict.fromkeys(write_school_year(cohort) for cohort in (years[0], years[-1]))
    named = ", ".join(f"{visitor.reads(surveys[code].name)} {year}" for code, year in rounds)
    return visitor.word(f"desk.receive.{submission.kind}", rounds=named, cohorts=" … ".join(ends))


def _sum(numbers: pd.Series, visitor: Visitor) -> str:
    """A dash where one of them is not known."""
    total = float(numbers.sum(skipna=False))
    return "–" if math.isnan(total) else _count(int(total), visitor)


def _programmes(names: Iterable[Text], visitor: Visitor) -> list[str]:
    named = _named(names, visitor, most=8)
    return [visitor.word("desk.receive.programmes", names=named)] if named else []


def _codes(column: Iterable[object]) -> list[str]:
    return sorted({str(code) for code in column if str(code)})


def _named(names: Iterable[Text], visitor: Visitor, most: int = MOST_NAMED) -> str:
    written = sorted(visitor.reads(name) for name in names)
    if len(written) <= most:
        return ", ".join(written)
    return visitor.word(
        "desk.receive.and_more", names=", ".join(written[:most]), count=len(written) - most
    )


def _spans(years: list[int]) -> str:
    if not years:
        return "–"
    whole = years[-1] - years[0] + 1 == len(years)
    return write_span(years[0], years[-1]) if whole else ", ".join(map(str, years))


def _count(number: int, visitor: Visitor) -> str:
    return write_number(number, 0, visitor.language)
