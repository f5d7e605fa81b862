"""Writes a chart as an Excel workbook: the figures, what they mean, and where they come from."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from yearbook.charts import Chart
from yearbook.charts.description import Column, Entry, Twin
from yearbook.editions import Edition, State
from yearbook.exports import native
from yearbook.exports.safety import require_alt, safe_text
from yearbook.exports.words import heading, source_of, state_word
from yearbook.language import Text

ORDER = 20
EXTENSION = "xlsx"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LABEL = Text("Excel", "Excel", "Excel")
BOLD, TITLE, QUIET = (
    Font(name="Calibri", bold=True),
    Font(name="Calibri", bold=True, size=14),
    Font(name="Calibri", color="55636F"),
)
HEAD = PatternFill("solid", fgColor="E7EEEE")
MARK = Font(name="Calibri", bold=True, color="8A4B00")
HATCH = PatternFill("lightUp", fgColor="86939C")
WITHOUT = (
    State.WITHHELD,
    State.FOLDED,
    State.NOT_ASKED,
    State.NOT_OFFERED,
    State.NOT_RETURNED,
)
WIDEST = 44
SHORT_TABLE = 24  # rows
HEADING_HEIGHT = 30  # points: two lines of a wrapped heading
LINE_HEIGHT, LETTERS_IN_LINE = 15, 90  # of a text that goes on over several lines


def write(chart: Chart, edition: Edition) -> bytes:
    """Three sheets: data, definitions, notes and source; where Excel can draw the chart, it stands
    beside the data, and a fourth sheet has what it draws."""
    require_alt(chart)
    book = Workbook()
    data = book.active
    assert isinstance(data, Worksheet)
    data.title = heading("sheet_data", chart.language, edition)
    _write_data(data, chart, edition)
    _write_definitions(book.create_sheet(heading("sheet_definitions", chart.language, edition)),
                       chart, edition)  # fmt: skip
    _write_notes(book.create_sheet(heading("sheet_notes", chart.language, edition)), chart, edition)
    if native.is_possible(chart):
        native.add_to_sheet(data, chart, _beside(data, chart))
    for sheet in book.worksheets:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
    book.properties.title = safe_text(chart.headline)
    book.properties.description = safe_text(chart.alt)
    book.properties.creator = edition.catalogue.association[chart.language]
    book.properties.language = chart.language.value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_data(sheet: Worksheet, chart: Chart, edition: Edition) -> None:
    """Titles, then the table twin; numbers are numbers, an absence is a dash and its reason."""
    _put_head(sheet, chart)
    top = sheet.max_row + 2
    sheet.row_dimensions[top].height = HEADING_HEIGHT
    for number, column in enumerate(chart.twin.columns, 1):
        cell = sheet.cell(top, number, safe_text(column.name))
        cell.font, cell.fill = BOLD, HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row, entries in enumerate(chart.twin.rows, top + 1):
        for number, (column, entry) in enumerate(zip(chart.twin.columns, entries, strict=True), 1):
            _put_entry(sheet.cell(row, number), column, entry)
    sheet.freeze_panes = sheet.cell(top + 1, 2)
    _put_key(sheet, chart, edition)
    _fit(sheet, chart.twin)


def _beside(sheet: Worksheet, chart: Chart) -> str:
    """Where the chart begins: under a short table, else to its right."""
    if len(chart.twin.rows) <= SHORT_TABLE:
        return f"A{sheet.max_row + 2}"
    return f"{get_column_letter(len(chart.twin.columns) + 2)}4"


def _put_head(sheet: Worksheet, chart: Chart) -> None:
    """Headline, subtitle and, where they are, that the figures are invented."""
    _put(sheet, 1, chart.headline, TITLE)
    _put(sheet, 2, chart.subtitle, QUIET)
    if chart.invented:
        _put(sheet, 3, chart.invented, MARK)


def _put(sheet: Worksheet, row: int, text: str, font: Font) -> None:
    sheet.cell(row, 1, safe_text(text)).font = font


def _put_entry(cell: Cell, column: Column, entry: Entry) -> None:
    if entry.number is None:
        cell.value = safe_text(entry.written) or None
        if entry.state in WITHOUT:
            cell.alignment = Alignment(horizontal="right")
        if entry.state is State.FOLDED:
            cell.font = QUIET
        if entry.state is State.WITHHELD:
            cell.fill = HATCH
        return
    decimals = f".{'0' * column.decimals}" if column.decimals else ""
    if column.kind == "share":
        # Excel multiplies by a hundred; a fraction of the written per cents is the written number.
        cell.value = round(entry.number / 100, 6)
        cell.number_format = f"0{decimals}%"
    else:
        cell.value = int(entry.number) if entry.number.is_integer() else entry.number
        cell.number_format = f"#,##0{decimals}"


def _put_key(sheet: Worksheet, chart: Chart, edition: Edition) -> None:
    """Under the table: what a dash means in it, and which options are counted together."""
    row = sheet.max_row + 2
    for offset, (state, reason) in enumerate(chart.states):
        word = state_word(state, chart.language, edition)
        said = f"\u2013  {word}: {reason}"
        if state is State.WITHHELD:  # whose reason begins with the word
            said = f"\u2013  {reason}"
        elif state is State.FOLDED:
            said = f"{word}: {'; '.join(_folds(chart))}. {reason}"
        _put(sheet, row + offset, said, QUIET)


def _folds(chart: Chart) -> list[str]:
    """The names of what is counted together, each once."""
    marks = [mark for series in chart.series for mark in series.marks]
    return list(dict.fromkeys(mark.fold for mark in marks if mark.state is State.FOLDED))


def _fit(sheet: Worksheet, twin: Twin) -> None:
    """Columns as wide as their longest text; the first holds names."""
    for number, column in enumerate(twin.columns):
        longest = max([len(row[number].written) for row in twin.rows] + [len(column.name) // 2, 8])
        sheet.column_dimensions[get_column_letter(number + 1)].width = min(longest + 3, WIDEST)


def _write_definitions(sheet: Worksheet, chart: Chart, edition: Edition) -> None:
    about = [
        ("indicator", chart.label),
        ("definition", chart.definition),
        ("unit", chart.axis.unit),
        ("population", chart.population),
        ("alt", chart.alt),
    ]
    _put_head(sheet, chart)
    _put_pairs(sheet, [(heading(key, chart.language, edition), text) for key, text in about])


def _write_notes(sheet: Worksheet, chart: Chart, edition: Edition) -> None:
    language = chart.language
    lines = [(heading("source", language, edition), source_of(chart))]
    lines += [(heading("notes", language, edition), note) for note in chart.notes]
    if chart.response:
        lines.append((heading("response", language, edition), chart.response))
    if chart.link:
        lines.append((heading("link", language, edition), chart.link))
    lines += [
        (heading("edition", language, edition), f"{chart.edition} ({chart.published[:10]})"),
        (heading("digest", language, edition), edition.digest),
    ]
    if chart.invented:
        lines.append((heading("invented", language, edition), chart.invented))
    _put_head(sheet, chart)
    _put_pairs(sheet, lines)


def _put_pairs(sheet: Worksheet, pairs: Sequence[tuple[str, str]]) -> None:
    top = sheet.max_row + 2
    for row, (name, text) in enumerate(pairs, top):
        head, cell = sheet.cell(row, 1, safe_text(name)), sheet.cell(row, 2, safe_text(text))
        head.font, head.alignment = BOLD, Alignment(vertical="top")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        lines = -(-len(text) // LETTERS_IN_LINE)
        sheet.row_dimensions[row].height = LINE_HEIGHT * max(lines, 1)
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 100
