"""Passes over the records of an Excel 97-2003 workbook: how far each sheet reaches."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

from .compound import Compound, wrap
from .limits import CELLS, LISTED_CELLS
from .refusals import OLD_EXCEL, Unreadable
from .shared_text import Uses, unfolded
from .sheets import CellRange, Facts
from .xls_strings import string_lengths

BOF, EOF, BOUND_SHEET, FILE_PASSWORD = 0x0809, 0x000A, 0x0085, 0x002F
DIMENSIONS, SHARED_STRINGS, CONTINUED, FORMULA = 0x0200, 0x00FC, 0x003C, 0x0006
ROW, COLUMN_INFO, MERGED, FILTER_MODE = 0x0208, 0x007D, 0x00E5, 0x009B
BOOLEAN_OR_ERROR, MANY_NUMBERS, SHARED_STRING = 0x0205, 0x00BD, 0x00FD
CELLS_OF_ONE = {FORMULA, 0x0203, 0x0204, BOOLEAN_OR_ERROR, 0x027E, SHARED_STRING, 0x00D6}
"""Formula, number, label, truth value or error, short number, shared string, rich text."""
EXCEL_97 = 0x0600
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def workbook_stream(data: bytes) -> bytes | None:
    """The stream that holds the cells, None in a file of another program; refused if locked."""
    compound = Compound(data)
    names = {name.casefold() for name in compound.names()}
    if {"encryptioninfo", "encryptedpackage"} & names:
        raise Unreadable("password")
    return compound.read("Workbook") or compound.read("Book")


def survey(stream: bytes) -> tuple[bytes, list[tuple[str, Facts]]]:
    """The file as it may be opened, and name and facts of each sheet in the workbook's order."""
    safe = bytearray(stream)
    lengths = string_lengths(stream, _pieces_of_strings(stream))
    facts: list[tuple[str, Facts]] = []
    to_pass = 2 * len(stream)  # sheets that share their records would be passed over for ever
    for name, start in _sheet_starts(stream):
        sheet, passed = _read_sheet(safe, start)
        text = unfolded(sheet.uses, lengths)
        facts.append((name, replace(sheet.facts(), text=text)))
        to_pass -= passed
        if to_pass < 0:
            raise Unreadable("damaged")
    return wrap("Workbook", bytes(safe)), facts


def _pieces_of_strings(stream: bytes) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    for kind, start, length in records(stream, 0):
        if kind == SHARED_STRINGS:
            pieces = [(start, start + length)]
        elif kind == CONTINUED and pieces:
            pieces.append((start, start + length))
        elif pieces:
            break
    return pieces


def records(stream: bytes | bytearray, place: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and length of each record from here to the end of this part of the stream."""
    end = len(stream)
    while place + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        if place + length > end:
            raise Unreadable("damaged")
        yield kind, place, length
        if kind == EOF:
            return
        place += length


def _sheet_starts(stream: bytes) -> list[tuple[str, int]]:
    version = struct.unpack_from("<HHH", stream.ljust(6, b"\0"))
    if version[0] in (0x0009, 0x0209, 0x0409):
        raise Unreadable("not_what_it_says", ending="xls", content=OLD_EXCEL)
    if version[0] != BOF:
        raise Unreadable("damaged")
    starts: list[tuple[str, int]] = []
    for kind, start, length in records(stream, 0):
        if kind == FILE_PASSWORD and length >= 2:
            raise Unreadable("password")
        if kind == BOUND_SHEET and length >= 8:
            place = struct.unpack_from("<I", stream, start)[0]
            starts.append((_sheet_name(stream[start + 6 : start + length], version[2]), place))
        if kind == SHARED_STRINGS and length >= 8:
            _check_strings(stream, start)
    if any(start >= len(stream) for _, start in starts):
        raise Unreadable("damaged")
    return starts


def _sheet_name(written: bytes, version: int) -> str:
    if version != EXCEL_97:
        return written[1:].decode("cp1252", "replace")
    return written[2:].decode("utf-16-le" if written[1] & 1 else "latin-1", "replace")


def _check_strings(stream: bytes, start: int) -> None:
    """A reader sets room aside by this count; each string takes three bytes at least."""
    count = struct.unpack_from("<I", stream, start + 4)[0]
    if count > len(stream) // 3:
        raise Unreadable("damaged")


class _Sheet:
    def __init__(self, stream: bytearray) -> None:
        self.stream = stream
        self.last_row = self.last_column = -1
        self.filled = 0
        self.merged: list[CellRange] = []
        self.hidden: set[int] = set()
        self.rows_with_cells: set[int] = set()
        self.hidden_spans: list[tuple[int, int]] = []
        self.filtered = False
        self.uses = Uses()
        self.errors: dict[tuple[int, int], str] = {}

    def words(self, place: int, count: int) -> tuple[int, ...]:
        return struct.unpack_from(f"<{count}H", self.stream, place)

    def fill(self, row: int, first: int, last: int) -> None:
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, last)
        self.filled += last - first + 1
        self.rows_with_cells.add(row)
        if self.filled > CELLS:
            raise Unreadable("memory")

    def take(self, kind: int, place: int, length: int) -> None:
        if kind in CELLS_OF_ONE and length >= 6:
            self.take_cell(kind, place, length)
        elif kind == MANY_NUMBERS and length >= 6:
            row, first = self.words(place, 2)
            self.fill(row, first, max(first, self.words(place + length - 2, 1)[0]))
        elif kind == ROW:
            self.take_row(place, length)
        elif kind == COLUMN_INFO and length >= 10:
            first, last = self.words(place, 2)
            if self.stream[place + 8] & 1:
                self.hidden_spans.append((first, last + 1))
        elif kind == MERGED and length >= 2:
            self.take_merged(place, length)
        elif kind == FILTER_MODE:
            self.filtered = True

    def take_cell(self, kind: int, start: int, length: int) -> None:
        row, column = self.words(start, 2)
        self.fill(row, column, column)
        if kind == SHARED_STRING and length >= 10:
            self.uses.counted[struct.unpack_from("<I", self.stream, start + 6)[0]] += 1
        code: int | None = None
        if kind == BOOLEAN_OR_ERROR and length >= 8 and self.stream[start + 7]:
            code = self.stream[start + 6]
        elif kind == FORMULA and length >= 14 and self.words(start + 12, 1)[0] == 0xFFFF:
            code = self.stream[start + 8] if self.stream[start + 6] == 2 else None
        if code is not None and len(self.errors) < LISTED_CELLS:
            self.errors[row, column] = ERRORS.get(code, "#ERROR")

    def take_row(self, start: int, length: int) -> None:
        if length >= 16 and self.stream[start + 12] & 0x20:
            self.hidden.add(self.words(start, 1)[0])

    def take_merged(self, start: int, length: int) -> None:
        count = min(self.words(start, 1)[0], (length - 2) // 8)
        for place in range(start + 2, start + 2 + count * 8, 8):
            top, bottom, left, right = self.words(place, 4)
            self.merged.append(CellRange(top, left, bottom, right))

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
            hidden_rows=frozenset(self.hidden & self.rows_with_cells),
            hidden_columns=frozenset(hidden),
            filtered=self.filtered,
            errors=self.errors,
        )


def _read_sheet(stream: bytearray, start: int) -> tuple[_Sheet, int]:
    end = start
    sheet = _Sheet(stream)
    dimensions: list[tuple[int, int]] = []
    for kind, place, length in records(stream, start):
        end = place + length
        if kind == DIMENSIONS:
            dimensions.append((place, length))
        else:
            sheet.take(kind, place, length)
    for place, length in dimensions:
        _correct_dimensions(stream, place, length, sheet)
    return sheet, end - start


def _correct_dimensions(stream: bytearray, place: int, length: int, sheet: _Sheet) -> None:
    """A reader sets room aside for the stated extent, which is often a million empty rows."""
    end = (sheet.last_row + 1, sheet.last_column + 1)
    if length >= 14:
        struct.pack_into("<IIHH", stream, place, 0, end[0], 0, end[1])
    elif length >= 10:
        struct.pack_into("<HHHH", stream, place, 0, end[0] & 0xFFFF, 0, end[1])
