"""Compares two years over the schools that are in both, from published figures alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yearbook.catalogue import Indicator
from yearbook.editions import AFTER, BEFORE, CHANGE, Edition, Group, Table

SUM = "sum"
SHOWN_BEFORE_SUMMING = 2  # fewer schools would make a comparison of all schools out of one


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figure of the same schools in two years, both in the indicator's unit."""

    before: float
    now: float
    years: tuple[str, str]
    schools: int
    out_of: int  # members that have a figure in either year

    @property
    def change(self) -> float:
        return self.now - self.before

    @property
    def is_everyone(self) -> bool:
        return self.schools == self.out_of


def compare(
    edition: Edition, indicator: Indicator, years: tuple[str, str], programme: str = ""
) -> Comparison | None:
    """None where it cannot be said: a figure withheld, or a ratio whose parts are not published."""
    if not edition.tells_of_schools:
        return None if programme else _stated(edition, indicator, years)
    parts = _parts(edition, indicator)
    if parts is None:
        return None
    above, below = parts
    shown = [_schools(table, year, programme) for table in (*above, *below) for year in years]
    schools = set.intersection(*shown)
    if len(schools) < SHOWN_BEFORE_SUMMING:
        return None
    totals = []
    for year in years:
        groups = [Group(school=code, programme=programme, year=year) for code in schools]
        divisor = _sum(below, groups) if below else 1.0
        if not divisor:
            return None
        totals.append(_sum(above, groups) / divisor * (indicator.scale if below else 1.0))
    return Comparison(totals[0], totals[1], years, len(schools), len(set.union(*shown)))


def _stated(edition: Edition, indicator: Indicator, years: tuple[str, str]) -> Comparison | None:
    """As it is published of the schools together, where none has a figure of its own."""
    earlier, later = (Group(year=year) for year in years)
    change = edition.table(f"{indicator.code}{CHANGE}")
    before, now = change.one(later, BEFORE), change.one(later, AFTER)
    is_next = int(later.year) == int(earlier.year) + 1
    if not is_next or before is None or now is None or before.value is None or now.value is None:
        return None
    table = edition.table(indicator.code)
    known = [cell.n or 0 for group in (earlier, later) if (cell := table.one(group)) is not None]
    return Comparison(before.value, now.value, years, now.n or 0, max(known, default=0))


def _parts(
    edition: Edition, indicator: Indicator
) -> tuple[tuple[Table, ...], tuple[Table, ...]] | None:
    """The tables of what is summed, and of what it is divided by."""
    if indicator.measure == SUM:
        return (edition.table(indicator.code),), ()
    above = _tables(edition, indicator.numerator)
    below = _tables(edition, indicator.denominator)
    return (above, below) if above and below else None


def _tables(edition: Edition, questions: Iterable[str]) -> tuple[Table, ...]:
    """The published sum of each of the questions; nothing where one of them has none."""
    sums = {i.question: i.code for i in edition.indicators(source="annual") if i.measure == SUM}
    codes = [sums.get(question) for question in questions]
    return tuple(edition.table(code) for code in codes if code) if all(codes) else ()


def _schools(table: Table, year: str, programme: str) -> set[str]:
    """Those with a published figure in that year."""
    cut = ("school", "programme", "year") if programme else ("school", "year")
    return {
        cell.group.school
        for cell in table.by_cut.get(cut, ())
        if cell.group.year == year and cell.group.programme == programme and cell.is_shown
    }


def _sum(tables: tuple[Table, ...], groups: list[Group]) -> float:
    cells = (table.one(group) for table in tables for group in groups)
    return sum(cell.value or 0.0 for cell in cells if cell is not None)
