"""Reads to whom a row of an annual return belongs: school, programme, year, question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_loaders.cells.years import is_possible, year_in
from data_loaders.findings import Findings, quoted
from data_loaders.sheets.tables import Column, Table, cell, is_blank
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import text_of
from data_loaders.workbook import Value

ROLES = ("school", "programme", "year", "question")


@dataclass(frozen=True, slots=True)
class Row:
    """Where the figures of a row belong; None: the row does not say.

    folded: the spelling that nobody knows, of a school that goes to the catch-all.
    broken: something in it has failed, so that its figures cannot be placed.
    """

    number: int
    cells: Sequence[Value]
    school: str | None = None
    folded: str = ""
    programmes: tuple[str, ...] | None = None
    year: int | None = None
    question: str | None = None
    broken: bool = False


class RowReader:
    """Reads the rows of a table downwards; a school named once holds for the rows below."""

    def __init__(self, table: Table, lexicon: Lexicon, findings: Findings) -> None:
        self.table = table
        self.lexicon = lexicon
        self.findings = findings
        self.columns: Mapping[str, tuple[Column, ...]] = {r: table.with_role(r) for r in ROLES}
        self.schools = _identifiers_first(table, self.columns["school"])
        self.figures = [c.index for c in table.columns if _holds_figures(c)]
        self.above: tuple[str, str] | None = None
        self.broken = False

    def rows(self) -> Iterator[Row]:
        for number, cells in self.table.rows():
            if not is_blank(cells) and not self._is_total(cells):
                yield self._row(number, cells)

    def _is_total(self, cells: Sequence[Value]) -> bool:
        told = (cell(cells, c.index) for columns in self.columns.values() for c in columns)
        return any(self.lexicon.is_ignored_label(value) for value in told)

    def _row(self, number: int, cells: Sequence[Value]) -> Row:
        self.broken = False
        school, folded = self._school(number, cells)
        return Row(
            number,
            cells,
            school,
            folded,
            self._programmes(number, cells),
            self._year(number, cells),
            self._question(cells),
            self.broken,
        )

    def _school(self, number: int, cells: Sequence[Value]) -> tuple[str | None, str]:
        if not self.schools:
            return None, ""
        filled = [c for c in self.schools if cell(cells, c.index) is not None]
        for column in filled:
            if codes := self.lexicon.schools.find(cell(cells, column.index)):
                self.above = codes[0], ""
                return self.above
        if filled:
            return self._unknown_school(number, cells, filled[-1])
        if self.lexicon.schools.empty is not None:
            return self.lexicon.schools.empty, f"row {number}"
        return self.above or (None, "")

    def _unknown_school(
        self, number: int, cells: Sequence[Value], column: Column
    ) -> tuple[str | None, str]:
        spelling = text_of(cell(cells, column.index))
        if self.lexicon.schools.catch_all is not None:
            return self.lexicon.schools.catch_all, spelling
        guess = self.lexicon.schools.suggest(spelling)
        self._fail("unknown_school", number, cells, column, guess)
        return None, ""

    def _programmes(self, number: int, cells: Sequence[Value]) -> tuple[str, ...] | None:
        found: tuple[str, ...] = ()
        for column in self.columns["programme"]:
            value = cell(cells, column.index)
            codes = self.lexicon.programmes.find(value)
            if not codes and value is not None:
                codes = self._unknown_programme(number, cells, column)
            found = (*found, *codes)
        return found if self.columns["programme"] else None

    def _unknown_programme(
        self, number: int, cells: Sequence[Value], column: Column
    ) -> tuple[str, ...]:
        if self.lexicon.programmes.catch_all is not None:
            return (self.lexicon.programmes.catch_all,)
        guess = self.lexicon.programmes.suggest(cell(cells, column.index))
        self._fail("unknown_programme", number, cells, column, guess)
        return ()

    def _year(self, number: int, cells: Sequence[Value]) -> int | None:
        for column in self.columns["year"]:
            value = cell(cells, column.index)
            if value is None:
                continue
            year = year_in(value)
            if year is None or not is_possible(year, date.today()):
                self._fail("impossible_year", number, cells, column, None)
            return year
        return None

    def _question(self, cells: Sequence[Value]) -> str | None:
        for column in self.columns["question"]:
            text = text_of(cell(cells, column.index))
            if text and (meaning := self.lexicon.heading(text)) and meaning.question:
                return meaning.question
        return None

    def _fail(
        self, code: str, number: int, cells: Sequence[Value], column: Column, guess: str | None
    ) -> None:
        self.broken = True
        # Remarks under the table and headings of sections hold no figures, and are not wrong.
        if all(cell(cells, index) is None for index in self.figures):
            return
        self.findings.fail(
            f"{code}_guessed" if guess else code,
            self.table.name,
            self.table.address(number, column.index),
            value=quoted(text_of(cell(cells, column.index))),
            guess=guess or "",
        )


def _holds_figures(column: Column) -> bool:
    meaning = column.meaning
    return meaning is not None and bool(
        meaning.question or meaning.role == "value" or meaning.is_place
    )


def _identifiers_first(table: Table, columns: Sequence[Column]) -> list[Column]:
    """Columns of numbers before columns of names: an identifier is surer than a spelling."""

    def is_name(column: Column) -> bool:
        values = [v for _, row in table.rows() if (v := cell(row, column.index)) is not None]
        return sum(isinstance(v, str) and not v.isdigit() for v in values) * 2 > len(values)

    return sorted(columns, key=is_name) if len(columns) > 1 else list(columns)
