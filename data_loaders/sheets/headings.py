"""Reads the cells of headings: what each column is, under one row of headings or several."""

from __future__ import annotations

from collections.abc import Sequence

from data_loaders.cells.years import is_bare_year
from data_loaders.sheets.tables import Column, cell
from data_loaders.survey.heading_rows import survey_columns_of
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import text_of
from data_loaders.workbook import Sheet, Value
from yearbook.submissions import Kind

MOST_COLUMNS = 1_000


def looks_like_headings(row: Sequence[Value]) -> bool:
    filled = [value for value in row if value is not None and text_of(value)]
    return bool(filled) and all(isinstance(v, str) or is_bare_year(v) for v in filled)


def columns_of(sheet: Sheet, header: tuple[int, ...], lexicon: Lexicon) -> tuple[Column, ...]:
    if lexicon.kind is Kind.SURVEY:
        return survey_columns_of(sheet, header, lexicon)
    rows = [sheet.rows[row] for row in header]
    width = min(MOST_COLUMNS, max(len(row) for row in rows))
    upper = [_filled_forward(sheet, row, width) for row in header[:-1]]
    columns = []
    for index in range(width):
        texts = (*(row[index] for row in upper), text_of(cell(rows[-1], index)))
        heading = " – ".join(dict.fromkeys(filter(None, texts)))
        columns.append(Column(index, heading, lexicon.heading(*texts) if heading else None))
    return tuple(columns)


def _filled_forward(sheet: Sheet, row: int, width: int) -> list[str]:
    """A row of upper headings; each reaches over empty cells, or as far as it is merged."""
    reaches = {
        merged.first_column: merged.last_column
        for merged in sheet.merged or ()
        if merged.first_row <= row <= merged.last_row
    }
    texts: list[str] = []
    current, until = "", -1
    for index in range(width):
        text = text_of(cell(sheet.rows[row], index))
        if text:
            current, until = text, reaches.get(index, index if reaches else width)
        texts.append(current if index <= until else "")
    return texts
