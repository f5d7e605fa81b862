"""A workbook of any kind gives its values where they stand, and tells what it hides."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.protection import WorkbookProtection

from data_loaders.formats.xls_strings import string_lengths
from data_loaders.workbook import CellRange, Sheet, cell_address, read
from tests.workbook_files import (
    number_cell,
    ods,
    package,
    record,
    rows,
    xls,
    xlsb,
    xlsx,
    xlsx_parts,
)

Keep = Callable[[str, bytes], Path]


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """What openpyxl writes for a sheet with most kinds of values and most traps."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tilastot"
    sheet["B2"], sheet["C2"], sheet["D2"] = "Pääaine", 12, 2.5
    sheet["B3"], sheet["C3"], sheet["D3"] = date(2024, 9, 20), datetime(2024, 9, 20, 8, 30), True
    sheet["B4"], sheet["C4"] = time(8, 30), 0.125
    sheet["C4"].number_format = "0.0%"
    sheet["B5"], sheet["C5"] = "=SUM(C2:D2)", "#DIV/0!"
    sheet["B6"] = "yhdistetty"
    sheet.merge_cells("B6:D7")
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[40].hidden = True
    sheet.column_dimensions["D"].hidden = True
    hidden = book.create_sheet("Ohje")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "Lue tämä"
    path = tmp_path / "palaute.xlsx"
    book.save(path)
    return path


def first(path: Path) -> Sheet:
    return read(path).sheets[0]


def test_values_stand_where_they_stand_in_the_sheet(filled: Path) -> None:
    workbook = read(filled)
    assert (workbook.name, workbook.format) == ("palaute.xlsx", "xlsx")
    assert [sheet.name for sheet in workbook.sheets] == ["Tilastot", "Ohje"]
    assert workbook.sheets[0].rows == [
        [],
        [None, "Pääaine", 12, 2.5],
        [None, date(2024, 9, 20), datetime(2024, 9, 20, 8, 30), True],
        [None, time(8, 30), 0.125],
        [None, None, "#DIV/0!"],
        [None, "yhdistetty"],
    ]
    assert type(workbook.sheets[0].rows[1][2]) is int


def test_an_xlsx_tells_what_it_hides_and_merges(filled: Path) -> None:
    sheet, guide = read(filled).sheets
    assert sheet.hidden is False
    assert guide.hidden is True
    assert sheet.merged == (CellRange(5, 1, 6, 3),)
    assert sheet.hidden_rows == {2}, "row 40 is hidden too, but holds nothing"
    assert sheet.hidden_columns == {3}
    assert sheet.filtered is False
    assert sheet.formulas_without_value == ((4, 1),)


def test_a_formula_with_a_saved_value_is_not_reported(keep: Keep) -> None:
    cells = [
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        '<c r="B1" t="str"><f>""</f><v></v></c>',
        '<c r="C1"><f>1+1</f><v></v></c>',
        '<c r="D1"><f>1+1</f></c>',
        '<c r="E1"><f>1+1</f>\n<v/>\n</c>',
    ]
    sheet = first(keep("a.xlsx", xlsx(rows(cells))))
    assert sheet.rows == [[2]]
    assert sheet.formulas_without_value == ((0, 2), (0, 3), (0, 4))


def test_an_active_filter_is_told_and_filter_buttons_are_not(keep: Keep) -> None:
    cells = rows(['<c r="A1"><v>1</v></c>'])
    buttons = xlsx(cells + '<autoFilter ref="A1:A9"/>')
    active = xlsx(cells + '<autoFilter ref="A1:A9"><filterColumn colId="0"/></autoFilter>')
    assert first(keep("buttons.xlsx", buttons)).filtered is False
    assert first(keep("active.xlsx", active)).filtered is True


def test_an_error_does_not_look_empty(keep: Keep) -> None:
    sheet = rows(
        ['<c r="A1" t="e"><v>#N/A</v></c>', '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>']
    )
    assert first(keep("a.xlsx", xlsx(sheet))).rows == [["#N/A", "#DIV/0!"]]
    old = xls(record(0x0205, struct.pack("<HHHBB", 0, 1, 0, 0x07, 1)))
    assert first(keep("a.xls", old)).rows == [[None, "#DIV/0!"]]


def test_ordinary_and_extraordinary_rows_are_measured_alike(keep: Keep) -> None:
    """Many rows come in pieces; a formula or a prefix leaves the quick way and changes nothing."""
    plain = "".join(f'<row r="{n}"><c r="B{n}"><v>{n}</v></c></row>' for n in range(1, 20_001))
    odd = plain.replace('<row r="7"><', '<row r="7" hidden="1"><')
    assert odd != plain
    for name, written in (("plain.xlsx", plain), ("odd.xlsx", odd)):
        sheet = first(keep(name, xlsx(f"<sheetData>{written}</sheetData>")))
        assert len(sheet.rows) == 20_000
        assert sheet.rows[19_999] == [None, 20_000]
        assert sheet.hidden_rows == ({6} if name == "odd.xlsx" else set())


def test_a_cell_stands_where_its_own_address_says(keep: Keep) -> None:
    """Some programs number the row otherwise than its cells; the quick and careful ways agree."""
    plain = '<sheetData><row r="1"><c r="B3"><v>7</v></c></row></sheetData>'
    hidden = plain.replace('r="1">', 'r="1" hidden="1">')
    for name, content in (("plain.xlsx", plain), ("hidden.xlsx", hidden)):
        assert first(keep(name, xlsx(content))).rows == [[], [], [None, 7]]


def test_prefixed_xml_is_read_like_any_other(keep: Keep) -> None:
    parts = xlsx_parts("")
    parts["xl/worksheets/sheet1.xml"] = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="2"><x:c r="B2"><x:v>5</x:v></x:c></x:row></x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="B2:C2"/></x:mergeCells></x:worksheet>'
    )
    sheet = first(keep("a.xlsx", package(parts)))
    assert sheet.rows == [[], [None, 5]]
    assert sheet.merged == (CellRange(1, 1, 1, 2),)


def test_open_document_values_and_facts(keep: Keep) -> None:
    hidden = '<style:style style:name="ta1"><style:table-properties table:display="false"/>'
    table = (
        "<table:table-column/>"
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="16383"/>'
        '<table:table-row><table:table-cell office:value-type="date" '
        'office:date-value="2024-09-20"/><table:table-cell office:value-type="percentage" '
        'office:value="0.125" table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
        '<table:table-row table:visibility="filter"><table:table-cell '
        'office:value-type="string" table:number-columns-spanned="2"><text:p>Å</text:p>'
        "<text:p>land</text:p></table:table-cell><table:covered-table-cell/>"
        '<table:table-cell table:formula="of:=1+1"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheet = first(keep("a.ods", ods(table, before=hidden + "</style:style>")))
    assert sheet.rows == [[date(2024, 9, 20), 0.125, 0.125], ["Å\nland"]]
    assert (sheet.hidden, sheet.filtered) == (True, True)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1}, {1, 2})
    assert sheet.merged == (CellRange(1, 0, 1, 1),)
    assert sheet.formulas_without_value == ((1, 2),)


def test_an_excel_97_workbook(keep: Keep) -> None:
    hidden_row = record(0x0208, struct.pack("<HHHHHHHH", 4, 0, 3, 0, 0, 0, 0x0120, 0))
    hidden_column = record(0x007D, struct.pack("<HHHHHH", 2, 255, 0, 0, 1, 0))
    merged = record(0x00E5, struct.pack("<HHHHH", 1, 0, 1, 0, 2))
    cells = (number_cell(0, 0, 1), number_cell(4, 2, 2.5))
    content = xls(hidden_column, hidden_row, *cells, merged, dimensions=(65536, 256))
    sheet = first(keep("a.xls", content))
    assert sheet.rows == [[1], [], [], [], [None, None, 2.5]]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({4}, {2})
    assert sheet.merged == (CellRange(0, 0, 1, 2),)
    assert sheet.formulas_without_value is None, "the format does not tell"


def test_shared_strings_are_measured_as_they_are_written() -> None:
    """Plain, wide, with rich runs and extra bytes, and broken over two records."""
    plain = struct.pack("<HB", 3, 0) + b"abc"
    wide = struct.pack("<HB", 2, 1) + "äö".encode("utf-16-le")
    rich = struct.pack("<HBHI", 2, 0x0C, 1, 5) + b"ab" + bytes(4 + 5)
    broken = struct.pack("<HB", 6, 0) + b"abcd"
    one = struct.pack("<II", 4, 4) + plain + wide + rich + broken
    two = b"\x01" + "ef".encode("utf-16-le")
    pieces = [(0, len(one)), (len(one), len(one) + len(two))]
    assert string_lengths(one + two, pieces) == [3, 2, 2, 6]
    assert string_lengths(one, pieces[:1]) == [3, 2, 2, 6], "the end is missing"


def test_a_long_excel_97_workbook_is_wrapped_whole(keep: Keep) -> None:
    """More than 109 tables of sectors (7 MB) need a list of their own in the file."""
    cells = [number_cell(row, column, row) for row in range(60_000) for column in range(9)]
    content = xls(*cells)
    assert len(content) > 9_000_000
    sheet = first(keep("a.xls", content))
    assert len(sheet.rows) == 60_000
    assert sheet.rows[59_999] == [59_999] * 9


def test_a_binary_workbook(keep: Keep) -> None:
    sheet = first(keep("a.xlsb", xlsb({(0, 0): 1, (3, 2): 2.5})))
    assert (sheet.name, sheet.hidden) == ("Tilastot", False)
    assert sheet.rows == [[1], [], [], [None, None, 2.5]]


def test_a_sheet_protected_against_changes_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "lukittu"
    book.active.protection.sheet = True
    book.security = WorkbookProtection(workbookPassword="salasana", lockStructure=True)
    book.save(tmp_path / "a.xlsx")
    assert first(tmp_path / "a.xlsx").rows == [["lukittu"]]


def test_what_csv_cannot_tell_is_none(keep: Keep) -> None:
    sheet = first(keep("a.csv", b"a;b\n1;2\n"))
    told = (sheet.hidden, sheet.merged, sheet.hidden_rows, sheet.hidden_columns, sheet.filtered)
    assert told == (None,) * 5
    assert sheet.formulas_without_value is None


@pytest.mark.parametrize(
    ("row", "column", "address"),
    [(0, 0, "A1"), (13, 2, "C14"), (0, 25, "Z1"), (0, 26, "AA1"), (1048575, 16383, "XFD1048576")],
)
def test_cell_addresses(row: int, column: int, address: str) -> None:
    assert cell_address(row, column) == address
