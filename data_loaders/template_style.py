"""How the blank workbooks look: colours, widths, number formats and what a cell lets in."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from yearbook.catalogue import Catalogue
from yearbook.language import Language

ACCENT = "0B6E6E"
INK = "1F2A30"
QUIET = "5B6770"
HEADING_FILL = PatternFill("solid", fgColor=ACCENT)
SHADED_FILL = PatternFill("solid", fgColor="F1F4F4")
INPUT_FILL = PatternFill("solid", fgColor="FFFFFF")
LINE = Side(style="thin", color="C9D2D2")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
NUMBER_FORMATS = {"count": "#,##0", "decimal": "#,##0.00", "money": "#,##0", "share": "0.0%"}
# A missing-value code is let in beside a number; the formula cannot look into a list.
CODES = ("-", ".", "..", "...")


def title(sheet: Worksheet, text: str) -> None:
    sheet["A1"] = text
    sheet["A1"].font = Font(bold=True, size=16, color=ACCENT)
    sheet.row_dimensions[1].height = 26
    sheet.sheet_view.showGridLines = False


def label(sheet: Worksheet, row: int, name: str, value: str | int | None) -> None:
    """ "Vuosi:" and 2025 beside each other, as the loader reads them."""
    sheet.cell(row, 1, f"{name}:").font = Font(color=QUIET)
    sheet.cell(row, 2, value).font = Font(bold=True, color=INK)
    sheet.cell(row, 2).alignment = Alignment(horizontal="left")


def remark(sheet: Worksheet, row: int, text: str) -> None:
    sheet.cell(row, 1, text).font = Font(italic=True, color=QUIET)


def paragraph(sheet: Worksheet, row: int, text: str) -> None:
    cell = sheet.cell(row, 1, text)
    cell.font = Font(color=INK)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[row].height = 34


def heading(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column, text)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = HEADING_FILL
    cell.border = BOX
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="left")


def quiet(sheet: Worksheet, row: int, column: int, text: str | float | None) -> None:
    """A cell for reading only."""
    cell = sheet.cell(row, column, text)
    cell.font = Font(color=QUIET)
    cell.fill = SHADED_FILL
    cell.border = BOX
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def asked(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """The name of a figure."""
    quiet(sheet, row, column, text)
    sheet.cell(row, column).font = Font(color=INK, bold=True)


def open_cell(sheet: Worksheet, row: int, column: int, kind: str) -> str:
    """A cell to be filled in with a figure of a question's type; its address."""
    cell = sheet.cell(row, column)
    cell.fill = INPUT_FILL
    cell.border = BOX
    cell.number_format = NUMBER_FORMATS.get(kind, "General")
    cell.alignment = Alignment(horizontal="right", vertical="top")
    return str(cell.coordinate)


def widths(sheet: Worksheet, *columns: float) -> None:
    for number, width in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def for_paper(sheet: Worksheet, heading_row: int) -> None:
    """Landscape, as wide as the page, the headings on each."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{heading_row}:{heading_row}"


def figures_only(kind: str, first: str, catalogue: Catalogue, language: Language) -> DataValidation:
    """Numbers from zero (whole ones for counts, shares up to one), or a missing-value code."""
    rule_kind = {"count": "whole", "share": "share"}.get(kind, "number")
    limits = {"whole": f",{first}=INT({first})", "share": f",{first}<=1"}.get(rule_kind, "")
    codes = ",".join(f'{first}="{code}"' for code in CODES)
    rule = DataValidation(
        type="custom",
        # IF, for INT of a dash is an error, and AND would look at it.
        formula1=f"IF(ISNUMBER({first}),AND({first}>=0{limits}),OR({codes}))",
        allow_blank=True,
        showErrorMessage=True,
    )
    rule.errorTitle = catalogue.word("template.wrong.title")[language]
    rule.error = catalogue.word(f"template.wrong.{rule_kind}")[language]
    return rule


def one_of(address: str, catalogue: Catalogue, language: Language) -> DataValidation:
    """A drop-down of the names in a range."""
    rule = DataValidation(type="list", formula1=address, allow_blank=True, showErrorMessage=True)
    rule.errorTitle = catalogue.word("template.wrong.title")[language]
    rule.error = catalogue.word("template.wrong.choose")[language]
    return rule
