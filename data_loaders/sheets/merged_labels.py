"""Repeats a merged label, as a school's name beside all its rows, in each cell that it spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data_loaders.sheets.tables import Table, cell
from data_loaders.workbook import CellRange, Value


def with_labels_filled(table: Table) -> Table:
    """The table with merged labels repeated; merged figures stay, and are remarked upon."""
    spans = [merged for merged in table.sheet.merged or () if is_label(table, merged)]
    if not spans:
        return table
    rows = [list(row) for row in table.sheet.rows]
    for merged in spans:
        if merged.first_row < len(rows):
            _fill(rows, merged)
    return replace(table, sheet=replace(table.sheet, rows=rows))


def is_label(table: Table, merged: CellRange) -> bool:
    """Whether merged cells stand in one column of labels below the headings."""
    is_down = merged.first_column == merged.last_column and merged.first_row < merged.last_row
    return is_down and merged.first_row >= table.first_row and table.is_label(merged.first_column)


def _fill(rows: Sequence[list[Value]], merged: CellRange) -> None:
    value = cell(rows[merged.first_row], merged.first_column)
    for row in rows[merged.first_row + 1 : merged.last_row + 1]:
        row.extend([None] * (merged.first_column + 1 - len(row)))
        if any(other is not None for other in row):
            row[merged.first_column] = value
