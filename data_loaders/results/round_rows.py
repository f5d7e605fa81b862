"""Reads of which round, school, programme and cohorts a row of a frame or an old table is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from data_loaders.cells.years import is_possible, split_year, year_in
from data_loaders.findings import Findings, quoted
from data_loaders.hints import Hints
from data_loaders.sheets.tables import Column, Table, cell, is_blank
from data_loaders.survey.respondents import programme_meant
from data_loaders.words.catalogue_spellings import roles, said
from data_loaders.words.lexicon import Lexicon, Meaning
from data_loaders.words.spelling import Spellings, normal, text_of
from data_loaders.workbook import Value
from yearbook.catalogue import Catalogue, Question
from yearbook.language import Text
from yearbook.submissions import Kind

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s?[-–—/]\s?((?:19|20)?\d\d)(?!\d))?")


@dataclass(frozen=True, slots=True)
class Place:
    """Whose a row is; "" for all schools or programmes, None where a finding says what is wrong.

    is_total: the row or its cell says "all together"; is_open: a programme is named that could be
    several.
    """

    survey: str
    survey_year: int
    first: int
    last: int
    school: str
    programme: str
    is_total: bool = False
    is_open: bool = False


class RoundLexicon(Lexicon):
    """The headings of frames or of old tables: with the roles that only they have."""

    def __init__(self, catalogue: Catalogue, kind: Kind) -> None:
        super().__init__(catalogue, Kind.SURVEY)
        self.kind = kind
        self.roles = roles(catalogue, without=frozenset())
        for question in self.questions.values():
            for one in question.classes:
                words = [word for word in said(one.label) if not self._chosen(question, word)]
                self.choices[question.code].add(one.code, (one.code, *words))

    def _chosen(self, question: Question, word: str) -> tuple[str, ...]:
        return self.choices[question.code].find(word)

    def _choice_in(self, question: str, option: str) -> str | None:
        """Here also a question of one answer has its options beside each other."""
        found = self.choices[question].find(option) if question in self.choices else ()
        return found[0] if found else None

    def _is_choice_question(self, meaning: Meaning) -> bool:
        return meaning.question in self.choices

    def _place(self, text: str) -> Meaning | None:
        return None  # a school or a programme stands in a column, never above one


class RoundRows:
    """The rows of one table, with what its titles, the file and the director tell of all."""

    def __init__(self, table: Table, lexicon: Lexicon, hints: Hints, findings: Findings) -> None:
        self.table = table
        self.lexicon = lexicon
        self.findings = findings
        self.catalogue = lexicon.catalogue
        self.survey = _survey_of(table, lexicon, hints)
        self.year = _year_of(table, hints)
        self.school = _told_school(table, lexicon, hints)
        if self.survey is None and not table.with_role("survey"):
            findings.fail("no_survey", table.name)
        if self.year is None and not table.with_role("survey_year"):
            findings.fail("no_survey_year", table.name)

    def rows(self) -> Iterator[tuple[int, Sequence[Value]]]:
        for number, cells in self.table.rows():
            if not is_blank(cells):
                yield number, cells

    def place(self, number: int, cells: Sequence[Value]) -> Place | None:
        """Whose the row is; None where something in it has failed."""
        survey = self._survey(number, cells)
        year = self._year(number, cells)
        school, all_schools = self._school(number, cells)
        programme, all_programmes = self._programme(number, cells, school)
        if survey is None or year is None or school is None or programme is None:
            return None
        span = self._span(number, cells, (survey, year))
        if span is None:
            return None
        is_open = not programme and not all_programmes and self._names_programme(cells)
        is_total = all_schools or all_programmes
        return Place(survey, year, *span, school, programme, is_total, is_open)

    def is_total(self, cells: Sequence[Value]) -> bool:
        """Whether the row says that it is of all schools or programmes together."""
        names = (self.value(role, cells)[1] for role in ("school", "programme"))
        return any(name is not None and self._says_all(name) for name in names)

    def value(self, role: str, cells: Sequence[Value]) -> tuple[Column | None, Value]:
        """The first filled cell of a role, and its column."""
        columns = self.table.with_role(role)
        for column in columns:
            value = cell(cells, column.index)
            if value is not None:
                return column, value
        return (columns[0] if columns else None), None

    def fail(self, code: str, number: int, column: Column | None, **values: object) -> None:
        self.findings.fail(code, self.table.name, self.address(number, column), **values)

    def address(self, number: int, column: Column | None) -> str:
        return self.table.address(number, column.index if column else 0)

    def _survey(self, number: int, cells: Sequence[Value]) -> str | None:
        column, value = self.value("survey", cells)
        if value is None:
            return self.survey
        known = self.lexicon.surveys.find(value)
        if not known:
            self.fail("unknown_survey", number, column, value=quoted(text_of(value)))
        return next(iter(known), None)

    def _year(self, number: int, cells: Sequence[Value]) -> int | None:
        column, value = self.value("survey_year", cells)
        if value is None:
            return self.year
        year = year_in(value)
        if year is None or not is_possible(year, date.today()):
            self.fail("impossible_year", number, column, value=quoted(text_of(value)))
            return None
        return year

    def _school(self, number: int, cells: Sequence[Value]) -> tuple[str | None, bool]:
        """The school's code; "" and True where the cell says that the row is of all."""
        column, value = self.value("school", cells)
        if value is None:
            return self.school, False
        if self._says_all(value):
            return "", True
        return self._known(self.lexicon.schools, "school", (number, column, value)), False

    def _programme(
        self, number: int, cells: Sequence[Value], school: str | None
    ) -> tuple[str | None, bool]:
        column, value = self.value("programme", cells)
        if value is None or self.lexicon.missing(value) is not None:
            return "", False
        if self._says_all(value):
            return "", True
        codes = self.lexicon.programmes.find(value)
        if codes:
            return programme_meant(codes, school, self.catalogue), False
        return self._known(self.lexicon.programmes, "programme", (number, column, value)), False

    def _says_all(self, value: Value) -> bool:
        """Whether a cell says "total", "all schools", "all programmes" …"""
        is_all = normal(text_of(value)) in wordings(self.catalogue.word("round.all"))
        return is_all or self.lexicon.is_ignored_label(value)

    def _names_programme(self, cells: Sequence[Value]) -> bool:
        value = self.value("programme", cells)[1]
        return value is not None and self.lexicon.missing(value) is None

    def _known(
        self, spellings: Spellings, role: str, where: tuple[int, Column | None, Value]
    ) -> str | None:
        number, column, value = where
        codes = spellings.find(value)
        if codes:
            return codes[0]
        guess = spellings.suggest(value)
        code = f"unknown_{role}_guessed" if guess else f"unknown_{role}"
        said = quoted(text_of(value))
        self.fail(code, number, column, value=said, guess=guess or "")
        return None

    def _span(
        self, number: int, cells: Sequence[Value], round_: tuple[str, int]
    ) -> tuple[int, int] | None:
        """The cohorts: as the row or a label says, else those that the round concerns."""
        column, value = self.value("cohort", cells)
        if value is None:
            label = next((text for role, text in self.table.labels if role == "cohort"), None)
            value = label
        lag = self.catalogue.surveys[round_[0]].cohort_lag
        if value is None and lag is None:
            self.fail("round_without_cohort", number, column)
            return None
        if value is None and lag is not None:
            return round_[1] - lag, round_[1] - lag
        span = span_in(value)
        if span is None or not all(is_possible(year, date.today()) for year in span):
            self.fail("impossible_cohort", number, column, value=quoted(text_of(value)))
            return None
        return span


def wordings(said: Text) -> frozenset[str]:
    """The several wordings that a word of the catalogue holds, parted by semicolons."""
    texts = (said.fi, said.sv, said.en)
    return frozenset(normal(one) for text in texts for one in text.split(";"))


def span_in(value: Value) -> tuple[int, int] | None:
    """Cohorts that a cell names: "2019–2020" and 2019 are one, "2005–2010" are six."""
    years: list[int] = []
    for match in _YEARS.finditer(text_of(value)):
        first, second = int(match[1]), match[2]
        years.append(first)
        # "2019–20" and "2019–2020" are one school year; "2005–2010" begins in two.
        if second and (first + 1) % 100 != int(second) % 100:
            years.append(int(second) if len(second) == 4 else first // 100 * 100 + int(second))
    return (min(years), max(years)) if years else None


def _survey_of(table: Table, lexicon: Lexicon, hints: Hints) -> str | None:
    """As the director says, else a label, a title, the sheet's or the file's name."""
    surveys = lexicon.surveys
    if hints.survey in lexicon.catalogue.surveys:
        return hints.survey
    label = next((text for role, text in table.labels if role == "survey"), None)
    titles = [text_of(v) for row in table.sheet.rows[: table.first_row] for v in row if v]
    for name in filter(None, (label, *titles, table.name, hints.name)):
        text = f" {normal(str(name).replace('_', ' '))} "
        hits = [(len(k), codes[0]) for k, codes in surveys.exact.items() if f" {k} " in text]
        if hits:
            return max(hits)[1]
    return None


def _year_of(table: Table, hints: Hints) -> int | None:
    label = next((t for role, t in table.labels if role in ("survey_year", "year")), None)
    cohort = next((t for role, t in table.labels if role == "cohort"), None)
    titled = table.titled_year
    if cohort is not None and titled == (span_in(cohort) or (None,))[0]:
        titled = None  # the title named the graduates' year, not the survey's
    name = (hints.name or "").rpartition(".")[0]
    told = (hints.survey_year, year_in(label), titled)
    named = (split_year(table.name)[1], split_year(name.replace("_", " "))[1])
    return next((year for year in (*told, *named) if year is not None), None)


def _told_school(table: Table, lexicon: Lexicon, hints: Hints) -> str:
    label = next((text for role, text in table.labels if role == "school"), None)
    codes = lexicon.schools.find(label) if label else ()
    return next(iter(codes), "") or hints.school
