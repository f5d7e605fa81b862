"""Finds who answered a survey: of which survey, year, school, programme and school year of graduation."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from data_loaders.findings import Findings, quoted
from data_loaders.headings import Column, Table
from data_loaders.hints import Hints
from data_loaders.lexicon import Lexicon, Meaning
from data_loaders.spelling import Spellings, text_of
from data_loaders.survey_columns import Contents, contents
from data_loaders.workbook import Value
from data_loaders.years import is_possible, school_year_of, split_year, year_in
from yearbook.catalogue import Catalogue

UNKNOWN = object()
LONGEST_ROUND_DAYS = 400
Rows = Sequence[tuple[int, Sequence[Value]]]


@dataclass(frozen=True)
class Reader:
    """A table's rows, and where remarks about them go."""

    table: Table
    rows: Rows
    lexicon: Lexicon
    hints: Hints
    findings: Findings

    @property
    def catalogue(self) -> Catalogue:
        return self.lexicon.catalogue

    def contents(self, column: Column) -> Contents:
        return contents(self.table, column, self.rows)

    def column(self, role: str) -> Contents | None:
        """The first column of a role that holds anything."""
        for column in self.table.with_role(role):
            found = self.contents(column)
            if found.values:
                return found
        return None

    def labelled(self, role: str) -> str | None:
        return next((text for name, text in self.table.labels if name == role), None)


def read_respondents(reader: Reader, asked: frozenset[str]) -> pd.DataFrame:
    """A row per row of the table, in its order; None where something failed."""
    survey = _surveys(reader, asked)
    survey_year = _survey_years(reader)
    frame = pd.DataFrame(
        {
            "survey": pd.Series(survey, dtype=object),
            "survey_year": pd.Series(survey_year, dtype=object),
        }
    )
    frame["cohort"] = pd.Series(_cohorts(reader, survey, survey_year), dtype=object)
    schools = _schools(reader)
    frame["school"] = pd.Series(schools, dtype=object)
    frame["programme"] = pd.Series(_programmes(reader, schools), dtype=object)
    frame.insert(0, "respondent", pd.Series(_identities(reader, survey, survey_year), dtype=object))
    return frame


def _taken(found: Contents, meanings: Sequence[Any], empty: Any = None) -> np.ndarray:
    table = np.empty(len(meanings) + 1, dtype=object)
    table[:] = [*meanings, empty]
    return table[found.which]


def _filled(reader: Reader, value: Any) -> np.ndarray:
    return np.full(len(reader.rows), value, dtype=object)


def _surveys(reader: Reader, asked: frozenset[str]) -> np.ndarray:
    known = reader.lexicon.surveys
    found = reader.column("survey")
    default = _default_survey(reader, asked)
    if found is None:
        if default is None:
            reader.findings.fail("no_survey", reader.table.name)
        return _filled(reader, default)
    codes = [_first(known.find(value)) for value in found.values]
    for index, code in enumerate(codes):
        if code is None:
            value = quoted(text_of(found.values[index]))
            cells = found.cells_with(index)
            reader.findings.fail("unknown_survey", reader.table.name, cells, value=value)
    return _taken(found, codes, default)


def _default_survey(reader: Reader, asked: frozenset[str]) -> str | None:
    """By the director, a label, the name of sheet or file, the only survey, or the one that asks all this."""
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
    """The survey whose name is in a title or a file's name; the longest, as one may contain another."""
    text = f" {' '.join(filter(None, [*_words(name)]))} "
    hits = [(len(s), codes[0]) for s, codes in surveys.exact.items() if f" {s} " in text]
    return max(hits)[1] if hits else None


def _words(name: str) -> list[str]:
    from data_loaders.spelling import normal

    return normal(name).split()


def _survey_years(reader: Reader) -> np.ndarray:
    found = reader.column("survey_year")
    if found is not None:
        return _taken(found, _years(found, reader), _default_year(reader))
    default = _default_year(reader)
    if default is not None:
        return _filled(reader, default)
    by_time = _years_by_timestamp(reader)
    if by_time is None:
        reader.findings.fail("no_survey_year", reader.table.name)
        return _filled(reader, None)
    return by_time


def _years(found: Contents, reader: Reader) -> list[int | None]:
    years: list[int | None] = []
    for index, value in enumerate(found.values):
        year = year_in(value)
        if year is None or not is_possible(year, date.today()):
            cells = found.cells_with(index)
            quote = quoted(text_of(value))
            reader.findings.fail("impossible_year", reader.table.name, cells, value=quote)
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
    """The year in which the round was: of its middle answer, or each answer's own if they lie far apart."""
    found = reader.column("timestamp")
    if found is None:
        year = split_year((reader.hints.name or "").rpartition(".")[0])[1]
        return _filled(reader, year) if year is not None else None
    days = [_day(value) for value in found.values]
    known = sorted(day for day in days if day is not None)
    if not known:
        return None
    middle = known[len(known) // 2].year
    if (known[-1] - known[0]).days <= LONGEST_ROUND_DAYS:
        return _filled(reader, middle)
    return _taken(found, [day.year if day else middle for day in days], middle)


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    for form in ("%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(value.strip().replace("T", " ").split(" ")[0], form).date()
        except ValueError:
            continue
    return None


def _cohorts(reader: Reader, surveys: np.ndarray, years: np.ndarray) -> np.ndarray:
    """The first year of the school year of graduation: as answered, else by the survey's lag."""
    found = reader.column("cohort")
    lags = {code: survey.cohort_lag for code, survey in reader.catalogue.surveys.items()}
    by_lag = np.array(
        [
            year - lags[survey]
            if survey and year is not None and lags[survey] is not None
            else None
            for survey, year in zip(surveys, years, strict=True)
        ],
        dtype=object,
    )
    if found is not None:
        answered = _taken(found, [_cohort(v, found, i, reader) for i, v in enumerate(found.values)])
        by_lag = np.where(answered == None, by_lag, answered)  # noqa: E711
    lacking = sum(
        cohort is None and year is not None and survey is not None
        for cohort, year, survey in zip(by_lag, years, surveys, strict=True)
    )
    if lacking:
        reader.findings.fail("no_cohort", reader.table.name, count=lacking)
    return by_lag


def _cohort(value: Value, found: Contents, index: int, reader: Reader) -> int | None:
    """ "2019–2020" and 2019 are the school year 2019–20; a day belongs to the school year around it."""
    if reader.lexicon.missing(value) is not None:
        return None
    day = value if isinstance(value, date) else _day(value) if isinstance(value, str) else None
    cohort = school_year_of(day) if day is not None else year_in(value)
    if cohort is None or not is_possible(cohort, date.today()):
        quote = quoted(text_of(value))
        cells = found.cells_with(index)
        reader.findings.fail("impossible_cohort", reader.table.name, cells, value=quote)
        return None
    return cohort


def _schools(reader: Reader) -> np.ndarray:
    schools = reader.lexicon.schools
    columns = [reader.contents(c) for c in reader.table.with_role("school")]
    default = _default_school(reader)
    result = _filled(reader, None)
    for found in columns:
        known = _taken(found, [_first(schools.find(value)) for value in found.values])
        result = np.where(result == None, known, result)  # noqa: E711
    if columns:
        _fold_unknown(reader, columns[-1], result, schools, "unknown_school")
    empty = schools.empty if schools.empty is not None else default
    result = np.where(result == None, empty, result)  # noqa: E711
    lacking = _unfilled(reader, columns, result)
    if lacking:
        reader.findings.fail("respondent_without_school", reader.table.name, lacking)
    return result


def _default_school(reader: Reader) -> str | None:
    label = reader.labelled("school")
    codes = reader.lexicon.schools.find(label) if label else ()
    return _first(codes) or reader.hints.school or None


def _unfilled(reader: Reader, columns: Sequence[Contents], result: np.ndarray) -> list[str]:
    """The cells of rows that name no school at all; wrong names have been remarked upon already."""
    index = columns[-1].column.index if columns else 0
    named = np.zeros(len(reader.rows), dtype=bool)
    for found in columns:
        named |= found.which >= 0
    return [
        reader.table.address(number, index)
        for (number, _), school, is_named in zip(reader.rows, result, named, strict=True)
        if school is None and not is_named
    ]


def _fold_unknown(
    reader: Reader, found: Contents, result: np.ndarray, spellings: Spellings, code: str
) -> None:
    """Unknown names go to the catch-all, or fail with the spelling that is closest."""
    open_rows = (result == None) & (found.which >= 0)  # noqa: E711
    for index in np.unique(found.which[open_rows]):
        value = text_of(found.values[index])
        if spellings.catch_all is not None:
            result[open_rows & (found.which == index)] = spellings.catch_all
            continue
        guess = spellings.suggest(value)
        reader.findings.fail(
            f"{code}_guessed" if guess else code,
            reader.table.name,
            found.cells_with(int(index)),
            value=quoted(value),
            guess=guess or "",
        )


def _programmes(reader: Reader, schools: np.ndarray) -> np.ndarray:
    programmes = reader.lexicon.programmes
    columns = [reader.contents(c) for c in reader.table.with_role("programme")]
    result = _filled(reader, None)
    for found in columns:
        leaves = [_leaves(programmes.find(value), reader.catalogue) for value in found.values]
        known = _taken(found, leaves, ())
        for row, options in enumerate(known):
            # A competence area says more than the qualification it is part of.
            if options and (result[row] is None or len(options) < len(result[row])):
                result[row] = options
    for found in columns:
        _fold_unknown_programme(reader, found, result)
    empty = programmes.empty if programmes.empty is not None else ""
    chosen = [
        _one_leaf(options, school, reader.catalogue) if options is not None else empty
        for options, school in zip(result, schools, strict=True)
    ]
    codes = np.empty(len(chosen), dtype=object)
    codes[:] = chosen
    return codes


def _fold_unknown_programme(reader: Reader, found: Contents, result: np.ndarray) -> None:
    programmes = reader.lexicon.programmes
    for index, value in enumerate(found.values):
        if programmes.find(value) or reader.lexicon.missing(value) is not None:
            continue
        rows = (found.which == index) & (result == None)  # noqa: E711
        if not rows.any():
            continue
        if programmes.catch_all is not None:
            for row in np.flatnonzero(rows):
                result[row] = (programmes.catch_all,)
            continue
        text = text_of(value)
        guess = programmes.suggest(text)
        code = "unknown_programme_guessed" if guess else "unknown_programme"
        cells = found.cells_with(index)
        values = {"value": quoted(text), "guess": guess or ""}
        reader.findings.fail(code, reader.table.name, cells, **values)


def _leaves(codes: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    """The programmes without parts that are meant: of a qualification, its competence areas."""
    found: list[str] = []
    for code in codes:
        parts = [p.code for p in catalogue.programmes.values() if p.part_of == code]
        found.extend(_leaves(parts, catalogue) if parts else [code])
    return tuple(dict.fromkeys(found))


def _one_leaf(options: Sequence[str], school: str | None, catalogue: Catalogue) -> str:
    """The only competence area that is meant, or the only one of them that the school offers."""
    if len(options) == 1:
        return options[0]
    offers = catalogue.schools[school].offers if school else ()
    offered = [code for code in options if code in offers]
    return offered[0] if len(offered) == 1 else ""


def _identities(reader: Reader, surveys: np.ndarray, years: np.ndarray) -> list[str]:
    """A pseudonym that is the same whenever the same answer comes in again."""
    found = reader.column("respondent")
    if found is not None and (found.which >= 0).all() and len(found.values) == len(reader.rows):
        own = [text_of(found.values[which]) for which in found.which]
    else:
        own = _by_content(reader)
    return [
        hashlib.sha256(f"{survey}|{year}|{text}".encode()).hexdigest()[:32]
        for survey, year, text in zip(surveys, years, own, strict=True)
    ]


def _by_content(reader: Reader) -> list[str]:
    """All that a row says, without personal columns; equal rows are counted."""
    dropped = {column.index for column in reader.table.with_role("personal")}
    kept = [c.index for c in reader.table.columns if c.index not in dropped]
    seen: Counter[str] = Counter()
    texts = []
    for _, row in reader.rows:
        text = repr([row[i] if i < len(row) else None for i in kept])
        seen[text] += 1
        texts.append(f"{text}#{seen[text]}")
    return texts


def _first(codes: Sequence[str]) -> str | None:
    return codes[0] if codes else None


def defaults_of(table: Table) -> Meaning:
    return table.above
