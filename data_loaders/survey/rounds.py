"""Finds of which survey, which year and which school year of graduation each answer is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import numpy as np

from data_loaders.cells.timestamps import Times, day_of, month_in, read_times
from data_loaders.cells.years import is_bare_year, is_possible, school_year_of, split_year, year_in
from data_loaders.findings import quoted
from data_loaders.personal import strike
from data_loaders.survey.tables import Contents, Reader, nothing_in
from data_loaders.words.spelling import Spellings, normal, text_of
from data_loaders.workbook import Value

LONGEST_ROUND_DAYS = 400
LOOKED_AT = 50
# "Kevät 2020" is the end of a school year, "syksy 2020" the beginning of one.
_FIRST_HALF = re.compile(r"\b(?:kevä|kesä|vår|sommar|spring|summer)", re.IGNORECASE)
_SECOND_HALF = re.compile(r"\b(?:syksy|syys|höst|autumn|fall)", re.IGNORECASE)


def surveys_of(reader: Reader, asked: frozenset[str]) -> np.ndarray:
    """The survey of each row; `asked` are the questions that the table has."""
    known = reader.lexicon.surveys
    found = reader.column("survey")
    default = _default_survey(reader, asked)
    if found is None:
        if default is None:
            reader.findings.fail("no_survey", reader.table.name)
        return reader.filled(default)
    codes = [next(iter(known.find(value)), None) for value in found.values]
    for index, code in enumerate(codes):
        if code is None:
            _fail(reader, found, index, "unknown_survey")
    return found.taken(codes, default)


def _default_survey(reader: Reader, asked: frozenset[str]) -> str | None:
    """By the director, a label, the sheet's or file's name, or the one survey that asks all."""
    surveys = reader.catalogue.surveys
    if reader.hints.survey in surveys:
        return reader.hints.survey
    named = (reader.labelled("survey"), reader.table.name, reader.hints.name)
    for name in named:
        if name and (code := _survey_in(name, reader.lexicon.surveys)):
            return code
    questions = reader.catalogue.questions
    asking = [
        code
        for code in surveys
        if all(not questions[q].surveys or code in questions[q].surveys for q in asked)
    ]
    return asking[0] if len(asking) == 1 else None


def _survey_in(name: str, surveys: Spellings) -> str | None:
    """The survey whose name is in a title; the longest, as one may contain another."""
    text = f" {normal(name)} "
    hits = [
        (len(known), codes[0]) for known, codes in surveys.exact.items() if f" {known} " in text
    ]
    return max(hits)[1] if hits else None


def survey_years_of(reader: Reader) -> np.ndarray:
    """The year of each row's round: as told, else by the time of answering."""
    default = _default_year(reader)
    found = reader.column("survey_year")
    if found is not None:
        return found.taken(_years(reader, found), default)
    if default is not None:
        return reader.filled(default)
    by_time = _years_by_timestamp(reader)
    if by_time is None:
        reader.findings.fail("no_survey_year", reader.table.name)
        return reader.filled(None)
    return by_time


def _years(reader: Reader, found: Contents) -> list[int | None]:
    years: list[int | None] = []
    for index, value in enumerate(found.values):
        year = year_in(value)
        if year is None or not is_possible(year, date.today()):
            _fail(reader, found, index, "impossible_year")
            year = None
        years.append(year)
    return years


def _default_year(reader: Reader) -> int | None:
    labelled = reader.labelled("survey_year") or reader.labelled("year")
    candidates = (
        reader.hints.survey_year,
        year_in(labelled) if labelled else None,
        reader.table.titled_year,
        split_year(reader.table.name)[1],
    )
    return next((year for year in candidates if year is not None), None)


def _years_by_timestamp(reader: Reader) -> np.ndarray | None:
    """The year of the round: of its middle answer, or each answer's own if they lie far apart."""
    found = next(filter(_tells_time, _time_columns(reader)), None)
    times = _times(reader, found) if found else Times(())
    known = sorted(moment.date() for moment in times.moments if moment)
    if found is None or not known:
        year = split_year((reader.hints.name or "").rpartition(".")[0])[1]
        return reader.filled(year) if year is not None else None
    middle = known[len(known) // 2].year
    if (known[-1] - known[0]).days <= LONGEST_ROUND_DAYS:
        return reader.filled(middle)
    return found.taken([moment.year if moment else middle for moment in times.moments], middle)


def _time_columns(reader: Reader) -> Iterator[Contents]:
    for role in ("timestamp", "started"):
        for column in reader.table.with_role(role):
            found = reader.contents(column)
            if found.values:
                yield found


def _tells_time(found: Contents) -> bool:
    """Whether most of its contents can be read as times."""
    some = found.values[:LOOKED_AT]
    return 2 * len(read_times(some).unread) <= len(some)


def _cohort_column(reader: Reader) -> Contents | None:
    """By its heading; or "Valmistumisaika", with which some tools head the time of answering, if
    it holds years or seasons."""
    if found := reader.column("cohort"):
        return found
    for found in _time_columns(reader):
        some = found.values[:LOOKED_AT]
        if not _tells_time(found) and 2 * sum(map(bool, map(year_in, some))) > len(some):
            return found
    return None


def _times(reader: Reader, found: Contents) -> Times:
    times = read_times(found.values)
    heading = quoted(found.column.heading)
    if times.unread:
        cells = [cell for index in times.unread for cell in found.cells_with(index)]
        first = strike(quoted(text_of(found.values[times.unread[0]])), reader.catalogue)
        values = {"column": heading, "value": first}
        reader.findings.note("times_unread", found.table.name, cells, count=len(cells), **values)
    if times.is_open:
        reader.findings.note("times_open", found.table.name, column=heading)
    return times


def cohorts_of(
    reader: Reader, surveys: np.ndarray, years: np.ndarray, is_partial: np.ndarray
) -> np.ndarray:
    """The first year of each row's school year of graduation: as answered, else by the lag.

    is_partial: rows of respondents who broke off; None is left to them if they did not say it.
    """
    lags = {code: survey.cohort_lag for code, survey in reader.catalogue.surveys.items()}
    cohorts = reader.filled(None)
    for row, (survey, year) in enumerate(zip(surveys, years, strict=True)):
        lag = lags.get(survey)
        if year is not None and lag is not None:
            cohorts[row] = year - lag
    found = _cohort_column(reader)
    if found is not None:
        answered = found.taken([_cohort(reader, found, i) for i in range(len(found.values))])
        cohorts = np.where(nothing_in(answered), cohorts, answered)
    lacking = nothing_in(cohorts) & ~nothing_in(years) & ~nothing_in(surveys)
    if lacking.any() and (lacking.all() or (lacking & ~is_partial).any()):
        reader.findings.fail("no_cohort", reader.table.name, count=int(lacking.sum()))
    return cohorts


def _cohort(reader: Reader, found: Contents, index: int) -> int | None:
    """ "2019–2020" and 2019 are the school year 2019–20; a day, a month and "kevät 2020" belong
    to the year around them."""
    value = found.values[index]
    if reader.lexicon.missing(value) is not None:
        return None
    cohort = _school_year_in(value)
    if cohort is None or not is_possible(cohort, date.today()):
        _fail(reader, found, index, "impossible_cohort")
        return None
    return cohort


def _school_year_in(value: Value) -> int | None:
    if (day := day_of(value)) is not None:
        return school_year_of(day)
    year, text = year_in(value), text_of(value)
    if year is None or is_bare_year(value):
        return year
    if _FIRST_HALF.search(text):
        return year - 1
    month = None if _SECOND_HALF.search(text) else month_in(text)
    return school_year_of(date(year, month, 1)) if month else year


def _fail(reader: Reader, found: Contents, index: int, code: str) -> None:
    value = strike(quoted(text_of(found.values[index])), reader.catalogue)
    reader.findings.fail(code, reader.table.name, found.cells_with(index), value=value)
