"""Finds questions that stand down a column, with programmes, schools or years beside each other."""

from __future__ import annotations

from dataclasses import replace

from data_loaders.sheets.headings import columns_of
from data_loaders.sheets.tables import Column, Table, cell
from data_loaders.sheets.titles import LABELS, with_titles
from data_loaders.words.lexicon import Lexicon, Meaning
from data_loaders.words.spelling import text_of
from data_loaders.workbook import Sheet
from yearbook.submissions import Kind

SEARCHED_ROWS = 60
SEARCHED_LABEL_ROWS = 400
SEARCHED_LABEL_COLUMNS = 8
MOST_HEADER_ROWS = 3


def best_in_rows(sheet: Sheet, lexicon: Lexicon) -> Table | None:
    """Questions down a column: the column that names most of them."""
    if lexicon.kind is Kind.SURVEY:
        return None
    best: tuple[int, int, list[int]] | None = None
    for index in range(SEARCHED_LABEL_COLUMNS):
        rows, asked = asked_in(sheet, index, lexicon)
        if best is None or len(asked) > best[0]:
            best = len(asked), index, rows
    if best is None or best[0] < 2:
        return None
    count, label, rows = best
    header = _header_above(sheet, rows[0], label, lexicon)
    columns = _columns_beside(sheet, header, label, rows, lexicon)
    if columns is None:
        return None
    return replace(
        with_titles(sheet, header[0] if header else rows[0], lexicon),
        header=header,
        first_row=rows[0],
        columns=columns,
        score=float(count),
    )


def asked_in(sheet: Sheet, index: int, lexicon: Lexicon) -> tuple[list[int], set[str]]:
    rows, asked = [], set()
    for number, row in enumerate(sheet.rows[:SEARCHED_LABEL_ROWS]):
        value = cell(row, index)
        if isinstance(value, str) and (meaning := lexicon.heading(value)) and meaning.question:
            rows.append(number)
            asked.add(meaning.question)
    return rows, asked


def _header_above(sheet: Sheet, first: int, label: int, lexicon: Lexicon) -> tuple[int, ...]:
    """The rows above the first question that say, to the right of it, where or when."""
    header: list[int] = []
    for number in range(first - 1, max(-1, first - 1 - SEARCHED_ROWS), -1):
        if _says_where(sheet, number, label, lexicon):
            header.append(number)
        elif header or len(header) == MOST_HEADER_ROWS:
            break
    return tuple(reversed(header))


def _says_where(sheet: Sheet, number: int, label: int, lexicon: Lexicon) -> bool:
    """Whether a row heads columns of figures; a pair as "Vuosi | 2024" is for the whole sheet."""
    texts = [text_of(cell(sheet.rows[number], i)) for i in range(len(sheet.rows[number]))]
    known = [lexicon.heading(text) for text in texts[label + 1 :] if text]
    places = [
        meaning for meaning in known if meaning and meaning.role not in ("personal", "ignored")
    ]
    if len(places) >= 2:
        return True
    filled = [text for text in texts if text]
    first = lexicon.heading(filled[0]) if filled else None
    is_pair = len(filled) == 2 and first is not None and first.role in LABELS
    return bool(places) and not is_pair


def _columns_beside(
    sheet: Sheet, header: tuple[int, ...], label: int, rows: list[int], lexicon: Lexicon
) -> tuple[Column, ...] | None:
    width = max(len(sheet.rows[row]) for row in (*header, *rows))
    known = {c.index: c for c in columns_of(sheet, header, lexicon)} if header else {}
    columns = [Column(label, "", Meaning(role="question"))]
    for index in range(width):
        column = known.get(index)
        if index != label and column is not None and column.heading:
            columns.append(column)
    if not any(c.meaning and (c.meaning.is_place or c.meaning.role == "value") for c in columns):
        lone = _first_with_figures(sheet, rows, label, {c.index for c in columns if c.meaning})
        if lone is None:
            return None
        heading = known[lone].heading if lone in known else ""
        columns = [c for c in columns if c.index != lone] + [
            Column(lone, heading, Meaning(role="value"))
        ]
    return tuple(sorted(columns, key=lambda column: column.index))


def _first_with_figures(sheet: Sheet, rows: list[int], label: int, taken: set[int]) -> int | None:
    width = max(len(sheet.rows[row]) for row in rows)
    for index in range(label + 1, width):
        values = [cell(sheet.rows[row], index) for row in rows]
        if index not in taken and any(isinstance(v, int | float) for v in values):
            return index
    return next((i for i in range(label + 1, width) if i not in taken), None)
