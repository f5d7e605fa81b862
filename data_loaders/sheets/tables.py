"""A table in a sheet: what each of its columns is, and what the titles above it say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from data_loaders.words.meanings import Meaning
from data_loaders.workbook import Sheet, Value, cell_address


@dataclass(frozen=True)
class Column:
    """A column of a table. `meaning` is None where nobody knows the heading.

    parts: the cells of its heading from top to bottom. occurrence: 2 for the second column with the
    same heading. why: by what it was known, "heading", "code", "mapping", "codebook", "content".
    asks: the question whose option it must be, though nobody knows which.
    """

    index: int
    heading: str
    meaning: Meaning | None
    parts: tuple[str, ...] = ()
    occurrence: int = 1
    why: str = ""
    asks: str = ""

    @property
    def key(self) -> str:
        """The heading as a decision of the director names it."""
        return "\n".join(self.parts) or self.heading


@dataclass(frozen=True)
class Table:
    """A table found in a sheet; rows count from 0. above: what the titles say."""

    sheet: Sheet
    header: tuple[int, ...]
    first_row: int
    columns: tuple[Column, ...]
    above: Meaning = field(default_factory=Meaning)
    labels: tuple[tuple[str, str], ...] = ()  # "Oppilaitos: Kuopio" above the table -> (role, text)
    titled_year: int | None = None
    score: float = 0.0
    of_database: bool = False
    shown_as: Mapping[int, Column] = field(default_factory=dict)  # where a made column comes from

    @property
    def name(self) -> str:
        return self.sheet.name

    def address(self, row: int, column: int) -> str:
        """ "C14"; in a table of a database row and column name, "13:students"."""
        if not self.of_database and not self.shown_as:
            return cell_address(row, column)
        own = next((c for c in self.columns if c.index == column), Column(column, "", None))
        shown = self.shown_as.get(column, own)
        if self.of_database:
            return f"{row - self.first_row + 1}:{shown.heading}"
        return cell_address(row, shown.index)

    def with_role(self, role: str) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.meaning and c.meaning.role == role)

    @property
    def asks(self) -> frozenset[str]:
        """The questions that its headings name."""
        return frozenset(c.meaning.question for c in self.columns if c.meaning) - {""}

    def rows(self) -> Iterator[tuple[int, Sequence[Value]]]:
        """The rows below the headings, with their number in the sheet."""
        yield from enumerate(self.sheet.rows[self.first_row :], start=self.first_row)

    def is_label(self, column: int) -> bool:
        """Whether the column says whose the figures are (school, programme, year …)."""
        return any(c.index == column and c.meaning and c.meaning.role for c in self.columns)


def cell(row: Sequence[Value], column: int) -> Value:
    """A cell of a row that may be shorter than the headings; a text of spaces is empty."""
    value = row[column] if column < len(row) else None
    if isinstance(value, str) and not value.strip():
        return None
    return value


def is_blank(row: Sequence[Value]) -> bool:
    return all(value is None or (isinstance(value, str) and not value.strip()) for value in row)
