"""Finds what a sheet hides: merged, hidden and filtered cells, formulas without a saved value."""

from __future__ import annotations

from collections.abc import Sequence

from data_loaders.findings import Findings, quoted
from data_loaders.personal.columns import set_aside_personal
from data_loaders.sheets.merged_labels import is_label
from data_loaders.sheets.tables import Column, Table, cell
from data_loaders.words.lexicon import Lexicon
from data_loaders.workbook import CellRange, Workbook, cell_address

# Text tables have no hidden cells at all, so there is nothing that they cannot tell.
PLAIN_FORMATS = ("csv", "tsv", "database")


def check_sheets(tables: Sequence[Table], opened: Workbook, findings: Findings) -> None:
    """What the tables of a workbook do not show, or cannot tell."""
    if opened.format in PLAIN_FORMATS:
        return
    for table in tables:
        _check_hidden(table, findings)
        _check_merged(table, findings)
        _check_formulas(table, findings)
    if any(table.sheet.hidden_rows is None for table in tables):
        findings.note("cannot_tell_hidden", format=opened.format)


def remark_columns(table: Table, lexicon: Lexicon, findings: Findings) -> Table:
    """The columns that nobody knows, and those that tell who someone is: these are set aside."""
    row = table.header[-1] if table.header else table.first_row
    table = set_aside_personal(table, lexicon.catalogue, findings)
    for column in table.columns:
        # That a question has no such option is said where its options are checked.
        if (
            column.meaning is None
            and not _lacks_option(column, lexicon)
            and _is_used(table, column)
        ):
            guess = lexicon.asked.suggest(column.heading)
            code = "unknown_column_guessed" if guess else "unknown_column"
            values = {"value": quoted(column.heading), "guess": guess or ""}
            findings.warn(code, table.name, table.address(row, column.index), **values)
    return table


def _lacks_option(column: Column, lexicon: Lexicon) -> bool:
    """That its question has no such option is said where the options are checked."""
    return bool(column.asks) and lexicon.questions[column.asks].type == "multiple"


def _is_used(table: Table, column: Column) -> bool:
    """Whether it has a heading and, below it, anything at all."""
    return bool(column.heading) and any(
        cell(row, column.index) is not None for _, row in table.rows()
    )


def _check_hidden(table: Table, findings: Findings) -> None:
    rows = sorted(
        row
        for row in table.sheet.hidden_rows or ()
        if row >= table.first_row and row < len(table.sheet.rows) and any(table.sheet.rows[row])
    )
    if rows:
        code = "filtered_rows" if table.sheet.filtered else "hidden_rows"
        findings.warn(code, table.name, rows=_spans([row + 1 for row in rows]), count=len(rows))
    hidden = table.sheet.hidden_columns or ()
    for column in table.columns:
        if column.index in hidden and column.heading:
            address = cell_address(max(table.header, default=table.first_row), column.index)
            findings.warn("hidden_column", table.name, address, value=column.heading)


def _check_merged(table: Table, findings: Findings) -> None:
    used = {column.index for column in table.columns if column.heading or column.meaning}
    for merged in table.sheet.merged or ():
        below = merged.first_row >= table.first_row
        over_figures = any(
            column in used for column in range(merged.first_column, merged.last_column + 1)
        )
        if is_label(table, merged):
            continue
        if below and over_figures and _is_filled(table, merged):
            first = cell_address(merged.first_row, merged.first_column)
            last = cell_address(merged.last_row, merged.last_column)
            findings.warn("merged_cells", table.name, first, range=f"{first}:{last}")


def _is_filled(table: Table, merged: CellRange) -> bool:
    if merged.first_row >= len(table.sheet.rows):
        return False
    return cell(table.sheet.rows[merged.first_row], merged.first_column) is not None


def _check_formulas(table: Table, findings: Findings) -> None:
    used = {column.index for column in table.columns if column.meaning}
    cells = [
        cell_address(row, column)
        for row, column in table.sheet.formulas_without_value or ()
        if row >= table.first_row and column in used
    ]
    if cells:
        findings.fail("formula_without_value", table.name, cells)


def _spans(rows: Sequence[int]) -> str:
    """5, 6, 7, 9 -> "5–7, 9"."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)
