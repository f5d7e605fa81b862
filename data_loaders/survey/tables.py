"""A table of answers while it is being read: its rows, its columns told apart by content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from data_loaders.findings import Findings
from data_loaders.hints import Hints
from data_loaders.sheets.tables import Column, Table
from data_loaders.words.lexicon import Lexicon
from data_loaders.workbook import Value
from yearbook.catalogue import Catalogue

Rows = Sequence[tuple[int, Sequence[Value]]]


@dataclass(frozen=True)
class Contents:
    """A column: its different contents, and which of them each row has (-1: empty)."""

    table: Table
    column: Column
    row_numbers: np.ndarray
    which: np.ndarray
    values: Sequence[Value]

    def cells_with(self, index: int) -> list[str]:
        """The addresses of all cells with one of the contents."""
        rows = self.row_numbers[self.which == index]
        return [self.table.address(int(row), self.column.index) for row in rows]

    def taken(self, meanings: Sequence[Any], empty: Any = None) -> np.ndarray:
        """What each row means, given what each content means."""
        table = np.empty(len(meanings) + 1, dtype=object)
        for index, meaning in enumerate(meanings):
            table[index] = meaning
        table[-1] = empty
        return table[self.which]


@dataclass(frozen=True)
class Reader:
    """A table's rows, what its words mean, and where remarks about them go."""

    table: Table
    rows: Rows
    lexicon: Lexicon
    hints: Hints
    findings: Findings

    @property
    def catalogue(self) -> Catalogue:
        return self.lexicon.catalogue

    def contents(self, column: Column) -> Contents:
        """The column's cells, told apart by content."""
        index = column.index
        values = np.empty(len(self.rows), dtype=object)
        values[:] = [row[index] if index < len(row) else None for _, row in self.rows]
        which, different = pd.factorize(values, use_na_sentinel=True)
        filled = [not (isinstance(value, str) and not value.strip()) for value in different]
        # A cell of spaces is empty; the last place is for the -1 of empty cells.
        renumbered = np.where([*filled, False], np.cumsum([*filled, False]) - 1, -1)
        kept = [value for value, is_filled in zip(different, filled, strict=True) if is_filled]
        return Contents(
            self.table, column, self.row_numbers, renumbered.astype(np.int32)[which], kept
        )

    def of(self, rows: np.ndarray) -> Reader:
        """The same for some of the rows: True for those that stay."""
        if rows.all():
            return self
        kept = [row for row, stays in zip(self.rows, rows, strict=True) if stays]
        return replace(self, rows=kept)

    @cached_property
    def row_numbers(self) -> np.ndarray:
        return np.fromiter((n for n, _ in self.rows), dtype=np.int32, count=len(self.rows))

    def column(self, role: str) -> Contents | None:
        """The first column of a role that holds anything."""
        for column in self.table.with_role(role):
            found = self.contents(column)
            if found.values:
                return found
        return None

    def labelled(self, role: str) -> str | None:
        """What stands beside a role above the table, as in "Kysely: Peruskysely"."""
        return next((text for name, text in self.table.labels if name == role), None)

    def filled(self, value: Any) -> np.ndarray:
        """The same for every row."""
        return repeated(value, len(self.rows))


def repeated(value: Any, size: int) -> np.ndarray:
    """The same object so many times; numpy's `full` would make a copy of a text for each."""
    column = np.empty(size, dtype=object)
    column.fill(value)
    return column


def nothing_in(column: np.ndarray) -> np.ndarray:
    """Which rows are still None."""
    return np.asarray(column == None, dtype=bool)  # noqa: E711
