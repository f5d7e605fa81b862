"""Puts columns together that were asked as one: a grid, or a question with many answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data_loaders.examination import ExaminedColumn


@dataclass(frozen=True)
class Grid:
    """Columns under one question; a column that stands alone is a grid of itself."""

    stem: str
    columns: tuple[ExaminedColumn, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        return tuple(column.row or column.heading for column in self.columns)


def grids(columns: Iterable[ExaminedColumn]) -> tuple[Grid, ...]:
    """In the order of the file."""
    found: dict[object, list[ExaminedColumn]] = {}
    for number, column in enumerate(columns):
        found.setdefault(column.stem or number, []).append(column)
    return tuple(Grid(one[0].stem, tuple(one)) for one in found.values())
