"""Sets aside the columns that tell who someone is, by their heading or by what stands in them."""

from __future__ import annotations

from dataclasses import replace

from data_loaders.findings import Findings, quoted
from data_loaders.personal import is_personal_heading, looks_personal
from data_loaders.sheets.tables import Column, Table, cell
from data_loaders.words.meanings import Meaning
from data_loaders.workbook import Value
from yearbook.catalogue import Catalogue

LOOKED_AT = 400
ENOUGH = 20


def set_aside_personal(table: Table, catalogue: Catalogue, findings: Findings) -> Table:
    """The table in which such columns have the role "personal"; the director is told which.

    Their contents are never told, only how many cells there are. An address in the column of the
    respondents may stay: of that only a pseudonym is kept.
    """
    columns = tuple(_set_aside(table, column, catalogue, findings) for column in table.columns)
    return replace(table, columns=columns)


def _set_aside(table: Table, column: Column, catalogue: Catalogue, findings: Findings) -> Column:
    meaning, shown = column.meaning, quoted(column.heading)
    if meaning is None and column.asks:
        return column
    if _is_personal(column, catalogue):
        findings.note("personal_column", table.name, column=shown, count=_filled(table, column))
        return replace(column, meaning=Meaning(role="personal"))
    if meaning is not None and (meaning.role or meaning.option is not None):
        return column
    kind = looks_personal(_looked_at(table, column), catalogue)
    if not kind:
        return column
    said = catalogue.word(f"finding.personal_kind.{kind}")
    count = _filled(table, column)
    findings.note("personal_contents", table.name, column=shown, kind=said, count=count)
    return replace(column, meaning=Meaning(role="personal"))


def _is_personal(column: Column, catalogue: Catalogue) -> bool:
    if column.meaning is not None:
        return column.meaning.role == "personal"
    texts = (column.heading, *column.parts)
    return any(is_personal_heading(text, catalogue) for text in texts)


def _looked_at(table: Table, column: Column) -> set[Value]:
    """Some of the column's contents; all of them where few cells are filled."""
    rows = table.sheet.rows[table.first_row :]
    step = max(1, len(rows) // LOOKED_AT)
    found = [value for row in rows[::step] if (value := cell(row, column.index)) is not None]
    if len(found) < ENOUGH and step > 1:
        found = [value for row in rows if (value := cell(row, column.index)) is not None]
    return set(found)


def _filled(table: Table, column: Column) -> int:
    return sum(cell(row, column.index) is not None for _, row in table.rows())
