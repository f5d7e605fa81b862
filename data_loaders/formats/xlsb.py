"""Passes over the binary parts of an xlsb file: how far each sheet reaches."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from .limits import CELLS, COLUMNS, LISTED_CELLS, ROWS
from .package import Part
from .refusals import Unreadable
from .shared_text import Uses, unfolded
from .sheets import CellRange, Facts
from .xlsx import strings_of, targets_of, with_text
from .xml_parts import feed, parser_without_entities

ROW, BLANK, LAST_CELL_KIND = 0, 1, 11
ERROR, FORMULA_ERROR = 3, 11
STRING, SHARED_STRING = 19, 7
COLUMN_INFO, MERGE, BEGIN_SHEET_DATA = 60, 176, 145
FILTER_COLUMN, SHEET_IN_LIST = 163, 156
NO_TEXT = 0xFFFFFFFF
BEGIN_SHARED_STRINGS = 159
COUNTS = {BEGIN_SHARED_STRINGS: 4, 615: 0, 617: 0, 626: 0, 177: 0}
"""Records that state a count, and where in the record: shared strings, formats, styles, merges."""
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
HIDDEN_ROW = 0x10
WHOLE = struct.Struct("<I")


def survey(parts: Mapping[str, Part]) -> dict[str, Facts]:
    """Facts of each sheet by the name of its part; every part has then been read through."""
    sheets: dict[str, _Sheet] = {}
    for name, part in parts.items():
        if name.lower().endswith(".bin"):
            sheets[name] = read_part(part.read())
        else:
            feed(parser_without_entities(), part.pieces())
    lengths = strings_of([sheet.lengths for sheet in sheets.values()])
    return {
        name: with_text(sheet.facts(), unfolded(sheet.uses, lengths), parts[name])
        for name, sheet in sheets.items()
        if sheet.has_cells
    }


def sheet_parts(parts: Mapping[str, Part]) -> dict[str, str]:
    """Sheet name -> name of its part, as the workbook's own list says."""
    workbook = next((name for name in parts if name.lower() == "xl/workbook.bin"), "")
    if not workbook:
        return {}
    targets = targets_of(parts, workbook)
    content = parts[workbook].read()
    found: dict[str, str] = {}
    for kind, start, length in records(content):
        if kind == SHEET_IN_LIST and length >= 16:
            relation, place = _wide_text(content, start + 8, start + length)
            name, _ = _wide_text(content, place, start + length)
            found[name] = targets.get(relation, "")
    return found


def _wide_text(content: bytes, place: int, end: int) -> tuple[str, int]:
    if place + 4 > end:
        raise Unreadable("damaged")
    length = WHOLE.unpack_from(content, place)[0]
    length = 0 if length == NO_TEXT else length
    after = place + 4 + 2 * length
    if after > end:
        raise Unreadable("damaged")
    return content[place + 4 : after].decode("utf-16-le", "replace"), after


def records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and length of each record; refused where one runs over the end."""
    place, end = 0, len(content)
    while place < end:
        kind = content[place]
        place += 1
        if kind & 0x80:
            if place >= end:
                raise Unreadable("damaged")
            kind = (kind & 0x7F) | (content[place] & 0x7F) << 7
            place += 1
        length = shift = 0
        while True:
            if place >= end or shift > 21:
                raise Unreadable("damaged")
            byte = content[place]
            place += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if place + length > end:
            raise Unreadable("damaged")
        yield kind, place, length
        place += length


def read_part(content: bytes) -> _Sheet:
    """Read one part through, be it a sheet, the list of strings or another."""
    sheet = _Sheet(content)
    for kind, start, length in records(content):
        if kind in COUNTS and sheet.whole(start + COUNTS[kind], start + length) > CELLS:
            raise Unreadable("unsafe", part=f"{kind}")
        sheet.take(kind, start, length)
    return sheet


class _Sheet:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.has_cells = False
        self.row = self.last_row = self.last_column = -1
        self.row_hidden = False
        self.filled = 0
        self.merged: list[CellRange] = []
        self.hidden_rows: set[int] = set()
        self.hidden_spans: list[tuple[int, int]] = []
        self.filtered = False
        self.uses = Uses()
        self.lengths: list[int] = []
        self.errors: dict[tuple[int, int], str] = {}

    def whole(self, place: int, end: int) -> int:
        if place + 4 > end:
            raise Unreadable("damaged")
        return int(WHOLE.unpack_from(self.content, place)[0])

    def take(self, kind: int, start: int, length: int) -> None:
        end = start + length
        if kind == STRING:
            self.lengths.append(length // 2)
        elif kind == BEGIN_SHEET_DATA:
            self.has_cells = True
        elif not self.has_cells:
            if kind == COLUMN_INFO and length >= 18:
                self.take_column(start, end)
        elif kind == ROW:
            self.take_row(start, end)
        elif BLANK < kind <= LAST_CELL_KIND:
            self.take_cell(kind, start, end)
        elif kind == MERGE:
            top, bottom, left, right = (self.whole(start + step, end) for step in (0, 4, 8, 12))
            self.merged.append(CellRange(top, left, bottom, right))
        elif kind == FILTER_COLUMN:
            self.filtered = True

    def take_row(self, start: int, end: int) -> None:
        row = self.whole(start, end)
        if row >= ROWS or row < self.row:
            raise Unreadable("damaged")
        self.row = row
        self.row_hidden = end - start > 11 and bool(self.content[start + 11] & HIDDEN_ROW)

    def take_cell(self, kind: int, start: int, end: int) -> None:
        column = self.whole(start, end)
        if column >= COLUMNS or self.row < 0 or end - start < 9:
            raise Unreadable("damaged")
        self.last_row = self.row
        self.last_column = max(self.last_column, column)
        self.filled += 1
        if self.row_hidden:
            self.hidden_rows.add(self.row)
        if kind == SHARED_STRING:
            self.uses.counted[self.whole(start + 8, end)] += 1
        if kind in (ERROR, FORMULA_ERROR) and len(self.errors) < LISTED_CELLS:
            self.errors[self.row, column] = ERRORS.get(self.content[start + 8], "#ERROR")

    def take_column(self, start: int, end: int) -> None:
        flags = self.content[start + 16]
        if flags & 1:
            self.hidden_spans.append((self.whole(start, end), self.whole(start + 4, end) + 1))

    def facts(self) -> Facts:
        filled_columns = range(self.last_column + 1)
        hidden = {
            column for first, end in self.hidden_spans for column in filled_columns[first:end]
        }
        return Facts(
            last_row=self.last_row,
            last_column=self.last_column,
            filled=self.filled,
            merged=tuple(self.merged),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(hidden),
            filtered=self.filtered,
            errors=self.errors,
        )
