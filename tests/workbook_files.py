"""Writes small files of every kind byte by byte, honest and hostile ones, for other tests."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

from data_loaders.formats.compound import wrap

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OPEN_DOCUMENT = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def package(parts: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def xlsx_parts(sheet: str, state: str = "visible") -> dict[str, str | bytes]:
    """`sheet` is what stands inside <worksheet>."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES}"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="Tilastot" sheetId="1" state="{state}" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SPREADSHEET}">{sheet}</worksheet>',
    }


def xlsx(sheet: str, state: str = "visible") -> bytes:
    return package(xlsx_parts(sheet, state))


def rows(*cells: Sequence[str]) -> str:
    """<sheetData> with the given <c> elements in row 1, 2 …"""
    lines = (f'<row r="{n}">{"".join(row)}</row>' for n, row in enumerate(cells, start=1))
    return f"<sheetData>{''.join(lines)}</sheetData>"


def ods(table_rows: str, before: str = "", name: str = "Tilastot") -> bytes:
    """`table_rows` is what stands inside <table:table>, `before` stands before the body."""
    return package(
        {
            "mimetype": MIMETYPE,
            "content.xml": f"<office:document-content {OPEN_DOCUMENT}>{before}<office:body>"
            f'<office:spreadsheet><table:table table:name="{name}" table:style-name="ta1">'
            f"{table_rows}</table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        }
    )


def record(kind: int, content: bytes = b"") -> bytes:
    """One record of an old Excel file."""
    return struct.pack("<HH", kind, len(content)) + content


def number_cell(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def xls(*cells: bytes, dimensions: tuple[int, int] = (1, 1), before: bytes = b"") -> bytes:
    """An Excel 97 workbook with one sheet of these records; `before` belongs to the workbook."""
    return wrap("Workbook", xls_stream(*cells, dimensions=dimensions, before=before))


def xls_stream(*cells: bytes, dimensions: tuple[int, int] = (1, 1), before: bytes = b"") -> bytes:
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + before
    name = b"Tilastot"
    listed = struct.pack("<IBBBB", 0, 0, 0, len(name), 0) + name
    place = len(start) + len(record(0x0085, listed)) + len(record(0x000A))
    listed = struct.pack("<I", place) + listed[4:]
    extent = struct.pack("<IIHHH", 0, dimensions[0], 0, dimensions[1], 0)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    sheet += record(0x0200, extent) + b"".join(cells) + record(0x000A)
    return start + record(0x0085, listed) + record(0x000A) + sheet


def binary_record(kind: int, content: bytes = b"") -> bytes:
    """One record of an xlsb part."""
    written = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    while True:
        length, low = length >> 7, length & 0x7F
        written += bytes([low | (0x80 if length else 0)])
        if not length:
            return written + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(cells: Mapping[tuple[int, int], float]) -> bytes:
    """A binary workbook with one sheet of numbers."""
    listed = struct.pack("<II", 0, 1) + wide("rId1") + wide("Tilastot")
    workbook = binary_record(143) + binary_record(156, listed) + binary_record(144)
    sheet = binary_record(129) + binary_record(148, struct.pack("<IIII", 0, 1, 0, 1))
    sheet += binary_record(145)
    row_before = -1
    for (row, column), value in sorted(cells.items()):
        if row != row_before:
            sheet += binary_record(0, struct.pack("<I", row) + bytes(13))
        row_before = row
        sheet += binary_record(5, struct.pack("<IId", column, 0, value))
    sheet += binary_record(146) + binary_record(130)
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES}"/>',
            "xl/workbook.bin": binary_record(131) + workbook + binary_record(132),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship '
            f'Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
