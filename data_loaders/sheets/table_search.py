"""Finds the tables of a sheet, also where several stand below one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data_loaders.sheets.header_rows import best_in_columns
from data_loaders.sheets.headings import looks_like_headings
from data_loaders.sheets.questions_down import best_in_rows
from data_loaders.sheets.tables import Table
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import text_of
from data_loaders.workbook import Sheet, Value
from yearbook.submissions import Kind

TITLE_CELLS = 2


def find_tables(sheet: Sheet, lexicon: Lexicon) -> tuple[Table, ...]:
    """The tables of a sheet from top to bottom; titles of the sheet hold for all of them."""
    first = _find_one(sheet, lexicon)
    if first is None:
        return ()
    starts = [
        number
        for number in range(first.first_row, len(sheet.rows))
        if lexicon.kind is Kind.ANNUAL and _are_headings(sheet.rows[number], lexicon)
    ]
    if not starts:
        return (first,)
    top = min((*first.header, first.first_row))
    parts = [_part(sheet, 0, 0, starts[0])]
    for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
        parts.append(_part(sheet, top, _titles_above(sheet, start, top), end))
    return tuple(table for part in parts if (table := _find_one(part, lexicon)) is not None)


def _find_one(sheet: Sheet, lexicon: Lexicon) -> Table | None:
    """The table whose headings are known best: figures in columns, or questions down the rows."""
    in_columns = best_in_columns(sheet, lexicon)
    in_rows = best_in_rows(sheet, lexicon)
    if in_rows and (in_columns is None or in_rows.score > in_columns.score):
        return in_rows
    return in_columns


def _are_headings(row: Sequence[Value], lexicon: Lexicon) -> bool:
    """Whether headings stand here again: two that are known, or "Tieto" beside a programme."""
    if not looks_like_headings(row):
        return False
    known = [m for value in row if (m := lexicon.heading(text_of(value))) is not None]
    telling = [m for m in known if m.question or m.role not in ("", "ignored", "personal")]
    places = [m for m in known if m.is_place]
    if any(meaning.role == "question" for meaning in telling):
        return len(telling) + len(places) >= 2
    return len(telling) >= 2


def _titles_above(sheet: Sheet, start: int, top: int) -> int:
    """The first of the rows of titles right above headings."""
    while start - 1 > top and len([v for v in sheet.rows[start - 1] if text_of(v)]) <= TITLE_CELLS:
        start -= 1
    return start


def _part(sheet: Sheet, titles_end: int, start: int, end: int) -> Sheet:
    """The sheet with only its titles and some of its rows, which stay where they are."""
    rows: list[list[Value]] = [[] for _ in range(start)]
    rows[:titles_end] = sheet.rows[:titles_end]
    return replace(sheet, rows=[*rows, *sheet.rows[start:end]])
