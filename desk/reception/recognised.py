"""Says in a few lines what a submission holds: whose, when, of what, and how much."""

from __future__ import annotations

from collections.abc import Iterable

from desk.using import catalogue_in_use
from ui.visit import Visitor
from yearbook.language import Text, write_number, write_school_year, write_span
from yearbook.submissions import Kind, Submission

MOST_NAMED = 4


def lines(submission: Submission, visitor: Visitor) -> list[str]:
    told = _annual(submission, visitor) if submission.kind is Kind.ANNUAL else _survey(
        submission, visitor
    )  # fmt: skip
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
    rounds = sorted({(str(survey), int(year)) for survey, year in submission.covers()})
    cohorts = sorted({int(cohort) for cohort in people["cohort"]})
    ends = dict.fromkeys(write_school_year(cohort) for cohort in (cohorts[0], cohorts[-1]))
    named = ", ".join(f"{visitor.reads(using.surveys[s].name)} {year}" for s, year in rounds)
    schools = (using.schools[code].short for code in _codes(people["school"]))
    areas = (using.programmes[code].short for code in _codes(people["programme"]))
    return [
        visitor.word("desk.receive.survey", rounds=named, cohorts=" … ".join(ends)),
        visitor.word(
            "desk.receive.survey_size",
            respondents=_count(len(people), visitor),
            answers=_count(len(answers), visitor),
            questions=_count(answers["question"].nunique(), visitor),
        ),
        visitor.word("desk.receive.schools", names=_named(schools, visitor)),
        *_programmes(areas, visitor),
    ]


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
