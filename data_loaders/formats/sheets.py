"""What a sheet tells about itself beside its values: how far it reaches, what it hides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from .limits import CELLS
from .refusals import Unreadable

Value = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class CellRange:
    """A rectangle of cells, counted from 0, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Facts:
    """What a sheet holds beside values; None where the format, or we, cannot tell."""

    last_row: int = -1
    last_column: int = -1
    filled: int = 0
    text: int = 0
    """Letters of text in the cells, at most."""
    merged: tuple[CellRange, ...] | None = None
    hidden_rows: frozenset[int] | None = None
    hidden_columns: frozenset[int] | None = None
    filtered: bool | None = None
    formulas_without_value: tuple[tuple[int, int], ...] | None = None
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Cells that show an error such as #DIV/0!, which must not look empty."""
    hidden: bool | None = None

    @property
    def area(self) -> int:
        """Cells from A1 to the last filled row and column, empty ones among them."""
        return (self.last_row + 1) * (self.last_column + 1)


def check_extent(sheets: Iterable[tuple[str, Facts]]) -> None:
    """Cells far apart unfold to billions of empty ones, so this comes before the file is opened."""
    total = 0
    for name, facts in sheets:
        total += facts.area
        if total > CELLS:
            cell = cell_address(facts.last_row, facts.last_column)
            raise Unreadable("cells", sheet=name, cell=cell)


def cell_address(row: int, column: int) -> str:
    """Counted from 0: (13, 2) -> "C14"."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """Counted from 0: 0 -> "A", 26 -> "AA"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def trimmed(row: list[Value]) -> list[Value]:
    """The row as far as its last filled cell."""
    while row and row[-1] is None:
        row.pop()
    return row
