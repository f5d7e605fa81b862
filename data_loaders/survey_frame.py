"""Reads whom a survey asked: invited and reached per school, programme and cohort."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data_loaders.cells.field_dates import CLOSED, OPENED, day_in, labelled_days
from data_loaders.cells.numbers import number as number_in
from data_loaders.cells.values import is_whole
from data_loaders.findings import Findings, has_failed, said_number, said_place
from data_loaders.hints import Hints
from data_loaders.results.round_rows import Place, RoundRows
from data_loaders.sheets.tables import Column, Table, cell
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import text_of
from data_loaders.workbook import Value
from yearbook.catalogue import Catalogue
from yearbook.language import Text
from yearbook.submissions import FRAME_COLUMNS

INVITED, REACHED = "invited", "reached"


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of a frame; NaN where a number is not known."""

    place: Place
    row: int
    invited: float
    reached: float
    opened: str
    closed: str


def is_frame(table: Table) -> bool:
    """Whether its headings are those of a frame: invited, and of whom."""
    has_place = table.with_role("school") or any(role == "school" for role, _ in table.labels)
    if not has_place or table.with_role("respondent") or table.with_role("timestamp"):
        return False
    # "Lähetetty" may also say when an answer was sent.
    return any(not _holds_days(table, column) for column in table.with_role(INVITED))


def _holds_days(table: Table, column: Column) -> bool:
    return any(day_in(cell(row, column.index)) is not None for _, row in table.rows())


def read_frame(
    tables: Sequence[Table], lexicon: Lexicon, hints: Hints, findings: Findings
) -> pd.DataFrame:
    """FRAME_COLUMNS; empty where something failed, as findings tell."""
    read = [row for table in tables for row in _FrameReader(table, lexicon, hints, findings).read()]
    if not read and not has_failed(findings.found):
        findings.fail("no_frame_rows")
    if has_failed(findings.found):
        return pd.DataFrame(columns=FRAME_COLUMNS)
    rows = [
        (one.place.survey, one.place.survey_year, one.place.first, one.place.school,
         one.place.programme, one.invited, one.reached, one.opened, one.closed)
        for one in read
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=FRAME_COLUMNS)
    key = FRAME_COLUMNS[:5]
    # Two programmes that one code stands for are one row; what is unknown of one is so of both.
    together = frame.groupby(key, sort=False, as_index=False)
    return together.agg(
        invited=(INVITED, _sum), reached=(REACHED, _sum),
        opened=(OPENED, "first"), closed=(CLOSED, "first"),
    )  # fmt: skip


class _FrameReader:
    """One table of a frame."""

    def __init__(self, table: Table, lexicon: Lexicon, hints: Hints, findings: Findings) -> None:
        self.rows = RoundRows(table, lexicon, hints, findings)
        self.findings = findings
        self.lexicon = lexicon
        above = table.sheet.rows[: table.first_row]
        self.opened, self.closed = labelled_days(above, lexicon.roles)
        self.seen: dict[tuple[Place, str], int] = {}

    def read(self) -> list[Asked]:
        found = [one for number, cells in self.rows.rows() if (one := self._row(number, cells))]
        return self._without_wholes(found)

    def _row(self, number: int, cells: Sequence[Value]) -> Asked | None:
        if self.rows.is_total(cells) or self._is_empty(cells):
            return None
        place = self.rows.place(number, cells)
        invited = self._persons(INVITED, number, cells)
        reached = self._persons(REACHED, number, cells)
        if reached > invited:
            column, _ = self.rows.value(REACHED, cells)
            values = {"value": said_number(reached), "limit": said_number(invited)}
            self.rows.fail("reached_over_invited", number, column, **values)
        if place is None:
            return None
        if not place.school:
            self.rows.fail("frame_without_school", number, self.rows.value("school", cells)[0])
            return None
        if not self._is_of_round(place, number, cells) or self._is_twice(place, number, cells):
            return None
        return Asked(place, number, invited, reached, *self._days(number, cells))

    def _is_empty(self, cells: Sequence[Value]) -> bool:
        """A row that names a school but nobody asked there, as a form that was filled in part."""
        return all(self.rows.value(role, cells)[1] is None for role in (INVITED, REACHED))

    def _persons(self, role: str, number: int, cells: Sequence[Value]) -> float:
        """How many; NaN where the cell is empty or says that it is not known."""
        column, value = self.rows.value(role, cells)
        if value is None:
            return math.nan
        state = self.lexicon.missing(value)
        if state is not None:
            return 0.0 if state == "zero" else math.nan
        found = number_in(value)
        if found is None or found.percent:
            self.rows.fail("not_whole", number, column, value=text_of(value))
        elif found.value < 0:
            self.rows.fail("negative", number, column, value=said_number(found.value))
        elif not is_whole(found.value):
            self.rows.fail("fraction", number, column, value=said_number(found.value))
        else:
            return float(round(found.value))
        return math.nan

    def _is_of_round(self, place: Place, number: int, cells: Sequence[Value]) -> bool:
        column, value = self.rows.value("cohort", cells)
        survey = self.rows.catalogue.surveys[place.survey]
        if place.first != place.last:
            self.rows.fail("frame_of_several_cohorts", number, column, value=text_of(value))
            return False
        lag = survey.cohort_lag
        right = (
            place.first == place.survey_year - lag
            if lag is not None
            else (place.first < place.survey_year)
        )
        if not right:
            expected = place.survey_year - (lag if lag is not None else 1)
            self.rows.fail(
                "cohort_not_of_round" if lag is not None else "cohort_after_round",
                number,
                column,
                survey=survey.name,
                year=place.survey_year,
                value=_school_year(place.first),
                expected=_school_year(expected),
            )
        return right

    def _is_twice(self, place: Place, number: int, cells: Sequence[Value]) -> bool:
        """Two rows about the same; programmes of which one code stands for several count apart."""
        written = text_of(self.rows.value("programme", cells)[1])
        first = self.seen.setdefault((place, written), number)
        if first == number:
            return False
        column, _ = self.rows.value("school", cells)
        index = column.index if column else 0
        at = said_place(
            self.rows.table.name, self.rows.table.address(first, index), self.rows.catalogue
        )
        self.rows.fail("frame_twice", number, column, about=_about(place, self.rows), first=at)
        return True

    def _days(self, number: int, cells: Sequence[Value]) -> tuple[str, str]:
        days = []
        for role, told in ((OPENED, self.opened), (CLOSED, self.closed)):
            column, value = self.rows.value(role, cells)
            day = day_in(value) if value is not None else None
            if value is not None and day is None:
                self.rows.fail("not_a_day", number, column, value=text_of(value))
            days.append(day.isoformat() if day else told)
        if all(days) and days[1] < days[0]:
            self.rows.fail("closed_before_opened", number, self.rows.value(CLOSED, cells)[0])
        return days[0], days[1]

    def _without_wholes(self, found: list[Asked]) -> list[Asked]:
        """A row of a whole school beside those of its programmes is their sum, and left out."""
        parts: dict[tuple[str, int, int, str], list[Asked]] = defaultdict(list)
        for one in found:
            if one.place.programme:
                parts[_of_school(one.place)].append(one)
        kept = []
        for one in found:
            own = parts.get(_of_school(one.place), ())
            if one.place.programme or not own or self._is_named(one):
                kept.append(one)
            elif not _agrees(one.invited, total := math.fsum(part.invited for part in own)):
                column, _ = self.rows.value(INVITED, ())
                values = {"value": said_number(one.invited), "sum": said_number(total)}
                self.rows.fail("frame_total_differs", one.row, column, **values)
        return kept

    def _is_named(self, one: Asked) -> bool:
        """Whether a programme was written although no single code stands for it."""
        column, value = self.rows.value("programme", self.rows.table.sheet.rows[one.row])
        return column is not None and value is not None


def _agrees(whole: float, parts: float) -> bool:
    """What is not known contradicts nothing."""
    return whole == parts or math.isnan(whole) or math.isnan(parts)


def _of_school(place: Place) -> tuple[str, int, int, str]:
    return place.survey, place.survey_year, place.first, place.school


def _about(place: Place, rows: RoundRows) -> Text:
    """ "Kuopio, Musiikki, 2019–20"."""
    catalogue: Catalogue = rows.catalogue
    parts = [catalogue.schools[place.school].short]
    if place.programme:
        parts.append(catalogue.programmes[place.programme].short)
    year = _school_year(place.first)
    said = (
        ", ".join([*(part[language] for part in parts), year]) for language in ("fi", "sv", "en")
    )
    return Text(*said)


def _school_year(first: int) -> str:
    return f"{first}–{(first + 1) % 100:02}"


def _sum(numbers: pd.Series) -> float:
    return float(numbers.sum(skipna=False))
