"""Passes once over a part of an xlsx file: how far a sheet reaches, what it merges and hides."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from . import plain_rows
from .limits import CELLS, COLUMNS, ELEMENTS, LISTED_CELLS, ROWS
from .plain_rows import Measured
from .refusals import Unreadable
from .shared_text import Uses
from .sheets import CellRange, Facts
from .xml_parts import feed, local, parser_without_entities, whole_number

Attributes = dict[str, str]
Handlers = dict[str, Callable[[Attributes], None]]
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
TRUE = ("1", "true", "on")
NO_CELL = (-1, -1)
COUNTS = {"sst": "uniqueCount", "cellXfs": "count", "numFmts": "count", "mergeCells": "count"}
"""A reader sets room aside by the counts that a part states, so they must be believable."""


@dataclass(frozen=True)
class Content:
    """What a part holds: facts if it is a worksheet, lengths if it is a list of strings."""

    facts: Facts | None
    uses: Uses
    lengths: Sequence[int]


def read_part(pieces: Iterable[bytes]) -> Content:
    """Read one part through; refused if it is broken or points beyond a sheet."""
    worksheet = _Worksheet()
    feed(worksheet.parser, _to_read_with_care(worksheet, pieces))
    facts = worksheet.facts() if worksheet.has_cells else None
    return Content(facts, worksheet.uses, worksheet.lengths)


def _to_read_with_care(worksheet: _Worksheet, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Everything but the ordinary rows inside the sheet's data, which are measured in passing."""
    for before, rows in plain_rows.split(pieces):
        yield before
        measured = plain_rows.measure(rows) if rows and worksheet.has_cells else None
        if measured is None:
            yield rows
        else:
            worksheet.on_plain_rows(measured)


def position(reference: str) -> tuple[int, int]:
    """ "C14" -> (13, 2); refused outside A1:XFD1048576."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        raise Unreadable("damaged")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    if not (1 <= row <= ROWS and column <= COLUMNS):
        raise Unreadable("damaged")
    return row - 1, column - 1


class _Worksheet:
    """The state between two elements of a worksheet."""

    def __init__(self) -> None:
        self.has_cells = False
        self.elements = 0
        self.row = self.cell_row = self.column = -1
        self.row_text = ""
        self.row_hidden = False
        self.column_of: dict[str, int] = {}
        self.last_row = self.last_column = -1
        self.filled = 0
        self.counted = NO_CELL
        self.kind: str | None = None
        self.waiting = NO_CELL
        self.merged: list[CellRange] = []
        self.hidden_rows: set[int] = set()
        self.hidden_spans: list[tuple[int, int]] = []
        self.filtered = False
        self.without_value: list[tuple[int, int]] = []
        self.errors: dict[tuple[int, int], str] = {}
        self.uses = Uses()
        self.lengths = array("L")
        self.handlers: dict[str, Callable[[Attributes], None] | None] = {}
        self.parser = parser_without_entities()
        self.parser.StartElementHandler = self.start

    def start(self, name: str, attributes: Attributes) -> None:
        self.elements += 1
        if self.elements > ELEMENTS:
            raise Unreadable("memory")
        try:
            handler = self.handlers[name]
        except KeyError:
            handler = self.handlers[name] = self._handler(local(name))
        if handler is not None:
            handler(attributes)

    def _handler(self, name: str) -> Callable[[Attributes], None] | None:
        if name in COUNTS:
            return partial(self.on_count, COUNTS[name])
        anywhere: Handlers = {
            "sheetData": self.on_cells,
            "col": self.on_column,
            "si": self.on_string,
        }
        among_cells: Handlers = {
            "c": self.on_cell,
            "v": self.on_value,
            "is": self.on_value,
            "f": self.on_formula,
            "row": self.on_row,
            "mergeCell": self.on_merge,
            "filterColumn": self.on_filter,
        }
        return (anywhere | among_cells if self.has_cells else anywhere).get(name)

    def on_count(self, attribute: str, attributes: Attributes) -> None:
        if whole_number(attributes.get(attribute)) > CELLS:
            raise Unreadable("unsafe", part=f"{attribute}={attributes[attribute]}")

    def on_string(self, _: Attributes) -> None:
        self.lengths.append(0)
        self.parser.CharacterDataHandler = self.on_string_text

    def on_string_text(self, text: str) -> None:
        self.lengths[-1] += len(text)

    def on_cells(self, _: Attributes) -> None:
        self.has_cells = True
        self.handlers.clear()

    def on_row(self, attributes: Attributes) -> None:
        self.finish_formula()
        written = attributes.get("r")
        self.row = self.row + 1 if written is None else whole_number(written) - 1
        if not 0 <= self.row < ROWS:
            raise Unreadable("damaged")
        self.row_text = str(self.row + 1)
        self.row_hidden = attributes.get("hidden", "0") in TRUE
        self.column = -1

    def on_cell(self, attributes: Attributes) -> None:
        if self.waiting != NO_CELL:
            self.finish_formula()
        self.kind = attributes.get("t")
        self.cell_row = self.row
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
            if self.row < 0 or self.column >= COLUMNS:
                raise Unreadable("damaged")
            return
        letters = reference.removesuffix(self.row_text)
        column = self.column_of.get(letters)
        if column is None:
            self.cell_row, column = position(reference)
            if self.cell_row == self.row:
                self.column_of[letters] = column
        self.column = column

    def on_plain_rows(self, measured: Measured) -> None:
        self.finish_formula()
        rows = [*measured.rows, measured.last_row_seen]
        if not (min(rows) >= 1 and max(rows) <= ROWS):
            raise Unreadable("damaged")
        columns = [position(f"{letters}1")[1] for letters in measured.columns]
        self.last_row = max(self.last_row, *(row - 1 for row in measured.rows), -1)
        self.last_column = max(self.last_column, *columns, -1)
        self.add_filled(measured.filled)
        self.row = measured.last_row_seen - 1
        for index, times in measured.strings.items():
            self.uses.counted[int(index)] += times

    def add_filled(self, cells: int) -> None:
        self.filled += cells
        if self.filled > CELLS:
            raise Unreadable("memory")

    def on_value(self, _: Attributes) -> None:
        if self.column < 0:
            raise Unreadable("damaged")
        if self.cell_row > self.last_row:
            self.last_row = self.cell_row
        if self.column > self.last_column:
            self.last_column = self.column
        self.add_filled(1)
        if self.kind == "s":
            self.uses.others += 1
        if self.row_hidden:
            self.hidden_rows.add(self.cell_row)
        if self.waiting != NO_CELL or self.kind == "e":
            self.look_at_text()

    def look_at_text(self) -> None:
        """Text is looked at only where it matters: it is what takes time."""
        cell = (self.cell_row, self.column)
        if self.kind == "e":
            self.errors[cell] = ""
        if self.kind in ("str", "e"):  # a formula may well give an empty text
            self.waiting = NO_CELL
        self.parser.CharacterDataHandler = self.on_text

    def on_text(self, text: str) -> None:
        if not text.strip():
            return
        self.waiting = NO_CELL
        cell = (self.cell_row, self.column)
        if cell in self.errors:
            self.errors[cell] = (self.errors[cell] + text)[:20]
        else:
            self.parser.CharacterDataHandler = None

    def on_formula(self, _: Attributes) -> None:
        self.waiting = (self.cell_row, self.column)
        self.parser.CharacterDataHandler = None

    def finish_formula(self) -> None:
        if self.waiting != NO_CELL and len(self.without_value) < LISTED_CELLS:
            self.without_value.append(self.waiting)
        self.waiting = NO_CELL
        self.parser.CharacterDataHandler = None

    def on_column(self, attributes: Attributes) -> None:
        if attributes.get("hidden", "0") in TRUE:
            first = whole_number(attributes.get("min"), 1)
            self.hidden_spans.append((first - 1, whole_number(attributes.get("max"), first)))

    def on_merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        self.merged.append(CellRange(top, left, bottom, right))

    def on_filter(self, _: Attributes) -> None:
        self.filtered = True

    def facts(self) -> Facts:
        self.finish_formula()
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
            formulas_without_value=tuple(self.without_value),
            errors=self.errors,
        )
