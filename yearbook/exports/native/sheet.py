"""Writes the sheet behind an Office chart: the protected cells, and why a cell is empty.

Row 1 has the names; column A those of the rows; then a column for every series, then intervals and
remarks as text.
"""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from yearbook.exports.native.plan import Plan
from yearbook.exports.native.points import said
from yearbook.exports.safety import safe_text
from yearbook.language import NO_BREAK_SPACE, Language

NAME = "Sheet1"
LOCALES = {Language.FI: "40B", Language.SV: "41D", Language.EN: "809"}
BOLD, QUIET = Font(bold=True), Font(color="55636F")
MARK = Font(bold=True, color="8A4B00")
WIDEST = 40


def workbook(plan: Plan) -> bytes:
    """The workbook that a slide or a document carries in it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = NAME
    fill(sheet, plan)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill(sheet: Worksheet, plan: Plan) -> None:
    sheet.cell(1, 1, safe_text(plan.heading)).font = BOLD
    for row, name in enumerate(plan.categories, 2):
        sheet.cell(row, 1, safe_text(name) or None)
    for number, column in enumerate(plan.columns, 2):
        sheet.cell(1, number, safe_text(column.name)).font = QUIET if column.is_helper else BOLD
        for row, point in enumerate(column.points, 2):
            if point.value is not None:
                cell = sheet.cell(row, number, point.value)
                cell.number_format = format_code(plan, point.decimals)
    _put_texts(sheet, plan)
    for row, mark in enumerate(plan.marks, len(plan.categories) + 3):
        sheet.cell(row, 1, safe_text(mark)).font = MARK
    sheet.freeze_panes = "B2"
    for number in range(1, sheet.max_column + 1):
        rows = range(1, len(plan.categories) + 2)
        letters = [len(str(sheet.cell(row, number).value or "")) for row in rows]
        width = min(max(letters) + 2, WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width


def _put_texts(sheet: Worksheet, plan: Plan) -> None:
    """Beside the numbers: intervals as they are written, and reasons."""
    texts = []
    for column in plan.columns:
        if column.has_intervals:
            name = f"{column.name}: {said('interval', plan.language)}"
            texts.append((name, [point.interval for point in column.points]))
    if any(plan.notes):
        texts.append((said("state", plan.language), list(plan.notes)))
    for number, (name, told) in enumerate(texts, len(plan.columns) + 2):
        sheet.cell(1, number, safe_text(name)).font = BOLD
        for row, text in enumerate(told, 2):
            if text:
                cell = sheet.cell(row, number, safe_text(text))
                cell.font, cell.alignment = QUIET, Alignment(vertical="top")


def format_code(plan: Plan, decimals: int) -> str:
    """Of a number, in the language's own way."""
    places = f".{'0' * decimals}" if decimals else ""
    blank = "" if plan.language is Language.EN else NO_BREAK_SPACE
    unit = f'"{blank}{plan.scale.unit}"' if plan.scale.unit else ""
    return f"[$-{LOCALES[plan.language]}]#,##0{places}{unit}"


def names_at(sheet: str, plan: Plan) -> str:
    """The address of the names of the rows."""
    return f"{_quoted(sheet)}!$A$2:$A${len(plan.categories) + 1}"


def name_at(sheet: str, number: int) -> str:
    return f"{_quoted(sheet)}!${get_column_letter(number + 2)}$1"


def values_at(sheet: str, plan: Plan, number: int) -> str:
    letter = get_column_letter(number + 2)
    return f"{_quoted(sheet)}!${letter}$2:${letter}${len(plan.categories) + 1}"


def _quoted(sheet: str) -> str:
    return sheet if sheet.isalnum() else "'" + sheet.replace("'", "''") + "'"
