"""Opens an Excel, OpenDocument or CSV file, and is the only door through which one comes in.

Every file is measured before it is opened, and only the parts that carry cells are passed on to
the reader, packed anew; what the limits and the reader refuse comes out as one `Unreadable`.
"""

from __future__ import annotations

import io
import logging
import mmap
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from .formats import ods, xls, xlsb, xlsx
from .formats.limits import FILE_BYTES
from .formats.package import pack, parts_of
from .formats.recognise import (
    TEXT_ENDINGS,
    WORKBOOK_ENDINGS,
    check_ending,
    kind,
    kind_of_package,
)
from .formats.refusals import Unreadable
from .formats.sheets import CellRange, Facts, Value, cell_address, check_extent, trimmed
from .formats.text_table import read_rows

__all__ = ["CellRange", "Sheet", "Unreadable", "Value", "Workbook", "cell_address", "read"]

LOG = logging.getLogger(__name__)
BYTES_PER_FILLED_CELL = 96
BYTES_PER_CELL = 40
BYTES_PER_CELL_KEPT_TWICE = 110
"""What the reader needs for a cell while it reads and afterwards, measured; of xls and ods it
keeps all sheets from the start, and copies each when it is asked for."""


@dataclass(frozen=True)
class Sheet:
    """One sheet; rows[0][0] is A1. Rows end at their last filled cell, an empty cell is None."""

    name: str
    rows: list[list[Value]]
    hidden: bool | None = None
    merged: tuple[CellRange, ...] | None = None
    hidden_rows: frozenset[int] | None = None
    hidden_columns: frozenset[int] | None = None
    filtered: bool | None = None
    formulas_without_value: tuple[tuple[int, int], ...] | None = None
    first_row: int = 0
    first_column: int = 0


@dataclass(frozen=True)
class Workbook:
    """A file as it was read: its name without folders, its format, its sheets."""

    name: str
    format: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class _Measured:
    """A file that may be opened: its bytes, packed anew, and what is known of its sheets."""

    data: bytes
    facts: Sequence[tuple[str, Facts]]
    """Name and facts of each sheet; for ods and xls in the order of the file."""
    in_order: bool = False

    def of(self, name: str, index: int, count: int) -> Facts:
        if self.in_order:
            return self.facts[index][1] if len(self.facts) == count else Facts()
        return dict(self.facts).get(name, Facts())


def read(path: str | os.PathLike[str]) -> Workbook:
    """The file's sheets and values; raises Unreadable, and nothing else, if it is refused."""
    try:
        return _read(Path(path))
    except (Unreadable, KeyboardInterrupt, SystemExit):
        raise
    except MemoryError as error:
        raise Unreadable("memory") from error
    except BaseException as error:  # the reader's panics are no Exception
        LOG.warning("A file was refused because reading it failed", exc_info=error)
        raise Unreadable("damaged") from error


def _read(path: Path) -> Workbook:
    ending = path.suffix.lower().lstrip(".")
    data = _bytes_of(path)
    if ending not in (*TEXT_ENDINGS, *WORKBOOK_ENDINGS):
        raise Unreadable("archive" if _is_archive(data) else "ending", name=path.name)
    content = kind(data)
    if content == "zip":
        return Workbook(path.name, ending, _sheets(_measured_package(data, ending)))
    if content == "ole":
        return Workbook(path.name, ending, _sheets(_measured_xls(data, ending)))
    check_ending(content, ending)
    rows, mark = read_rows(data, path.stem)
    return Workbook(path.name, "tsv" if mark == "\t" else "csv", (Sheet(path.stem, rows),))


def _is_archive(data: bytes) -> bool:
    return kind(data) in ("zip", "archive")


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable("missing") from error
    if len(data) > FILE_BYTES:
        raise Unreadable("too_large")
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("empty")
    return data


def _measured_package(data: bytes, ending: str) -> _Measured:
    parts = parts_of(data)
    content = kind_of_package(parts)
    check_ending(content, ending)
    if content == "ods":
        wanted = ods.needed(parts)
        return _Measured(pack(wanted), ods.read_facts(wanted["content.xml"].pieces()), True)
    wanted = xlsx.needed(parts)
    by_part = (xlsb if content == "xlsb" else xlsx).survey(wanted)
    listed = (xlsb if content == "xlsb" else xlsx).sheet_parts(wanted)
    names = {part.lower(): name for name, part in listed.items()}
    facts = [(names.get(part.lower(), part), facts) for part, facts in by_part.items()]
    return _Measured(pack(wanted), facts)


def _measured_xls(data: bytes, ending: str) -> _Measured:
    stream = xls.workbook_stream(data)
    check_ending("document" if stream is None else "xls", ending)
    safe, facts = xls.survey(stream or b"")
    return _Measured(safe, facts, True)


def _sheets(measured: _Measured) -> tuple[Sheet, ...]:
    check_extent(measured.facts)
    _make_room(measured)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(measured.data))
    except PasswordError as error:
        raise Unreadable("password") from error
    about = workbook.sheets_metadata
    sheets = tuple(
        _sheet(workbook.get_sheet_by_index(index), each, measured.of(each.name, index, len(about)))
        for index, each in enumerate(about)
        if each.typ == SheetTypeEnum.WorkSheet
    )
    if not sheets:
        raise Unreadable("no_sheet")
    return sheets


def _make_room(measured: _Measured) -> None:
    """Ask for the memory before the reader needs it: when it finds none, it ends the process."""
    per_cell = BYTES_PER_CELL_KEPT_TWICE if measured.in_order else BYTES_PER_CELL
    needed = sum(
        facts.filled * BYTES_PER_FILLED_CELL + facts.area * per_cell + 2 * facts.text
        for _, facts in measured.facts
    )
    try:
        mmap.mmap(-1, needed + 4 * len(measured.data)).close()  # set aside, never touched
    except OSError as error:
        raise Unreadable("memory") from error


def _sheet(opened: CalamineSheet, about: SheetMetadata, known: Facts) -> Sheet:
    rows = _aligned(opened, known.errors)
    hidden = about.visible != SheetVisibleEnum.Visible or bool(known.hidden)
    return Sheet(
        name=about.name,
        rows=rows,
        hidden=hidden,
        merged=known.merged,
        hidden_rows=known.hidden_rows,
        hidden_columns=known.hidden_columns,
        filtered=known.filtered,
        formulas_without_value=known.formulas_without_value,
    )


def _aligned(opened: CalamineSheet, errors: Mapping[tuple[int, int], str]) -> list[list[Value]]:
    """Rows that stand where they stand in the sheet, so that cell addresses are true."""
    first_column = opened.start[1] if opened.start else 0
    last_row = opened.end[0] if opened.end else -1
    before: list[Value] = [None] * first_column
    seen: dict[str, str] = {}
    rows = [trimmed(before + [_tidy(value, seen) for value in row]) for row in opened.iter_rows()]
    rows[:0] = [[] for _ in range(last_row + 1 - len(rows))]
    for (row_number, column), error in errors.items():
        _put(rows, row_number, column, error)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _tidy(value: Value, seen: dict[str, str]) -> Value:
    """Excel keeps all numbers as fractions; a whole one is given as it is seen: 12, not 12.0."""
    if type(value) is float:
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if type(value) is str:
        return seen.setdefault(value, value) if value else None
    return value


def _put(rows: list[list[Value]], row: int, column: int, value: str) -> None:
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value or None
