"""Passes once over an OpenDocument spreadsheet: how far each sheet reaches, what it hides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from .limits import CELLS, COLUMNS, ELEMENTS, LISTED_CELLS, ROWS, UNPACKED_BYTES
from .package import Part, part_from
from .refusals import Unreadable
from .sheets import CellRange, Facts
from .xml_parts import elements, feed, local, parser_without_entities, whole_number

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
MANIFEST = f'<manifest:manifest xmlns:manifest="{NAMESPACE}"/>'
VALUES = {"office:value", "office:date-value", "office:time-value", "office:boolean-value"}
MEASURED = {"table-row", "table-cell", "covered-table-cell"}
REPEATED_COLUMNS = "table:number-columns-repeated"
REPEATED_ROWS = "table:number-rows-repeated"


def needed(parts: Mapping[str, Part]) -> dict[str, Part]:
    """The part that carries the cells, with the two that a reader insists on."""
    if "content.xml" not in parts:
        raise Unreadable("damaged")
    manifest = parts.get("META-INF/manifest.xml")
    if manifest is not None and elements(manifest.pieces(), {"encryption-data"}):
        raise Unreadable("password")
    return {
        "mimetype": part_from("mimetype", MIMETYPE.encode()),
        "content.xml": parts["content.xml"],
        "META-INF/manifest.xml": part_from("META-INF/manifest.xml", MANIFEST.encode()),
    }


def read_facts(pieces: Iterable[bytes]) -> list[tuple[str, Facts]]:
    """Name and facts of each sheet, in order."""
    content = _Content()
    feed(content.parser, pieces)
    return content.sheets


class _Content:
    def __init__(self) -> None:
        self.sheets: list[tuple[str, Facts]] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.elements = 0
        self.depth = 0
        self.total = 0
        self.text = 0
        self.parser = parser_without_entities()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.handlers: dict[str, Callable[[dict[str, str]], None]] = {
            "style:style": self.on_style,
            "style:table-properties": self.on_table_properties,
            "table:table": self.on_table,
            "table:table-column": self.on_column,
            "table:table-row": self.on_row,
            "table:table-cell": self.on_cell,
            "table:covered-table-cell": self.on_cell,
            "text:p": self.on_text_element,
            "table:filter": self.on_filter,
        }
        self.reset("", None)

    def reset(self, name: str, hidden: bool | None) -> None:
        self.name, self.hidden = name, hidden
        self.text_before = self.text
        self.row = self.column = -1
        self.next_row = self.next_column = self.columns_seen = 0
        self.row_repeats = self.repeats = 1
        self.row_hidden = False
        self.last_row = self.last_column = -1
        self.filled = 0
        self.merged: list[CellRange] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.filtered = False
        self.without_value: list[tuple[int, int]] = []
        self.errors: dict[tuple[int, int], str] = {}
        self.is_error = False
        self.cell_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > ELEMENTS:
            raise Unreadable("memory")
        handler = self.handlers.get(name)
        if handler is not None:
            handler(attributes)
        elif local(name) in MEASURED:  # the same element under another prefix would go unmeasured
            raise Unreadable("damaged")

    def end(self, name: str) -> None:
        if name == "table:table":
            self.depth -= 1
            if self.depth == 0:
                self.sheets.append((self.name, self.facts()))
        elif name == "table:table-row":
            self.next_row += self.row_repeats
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.parser.CharacterDataHandler = None
            self.is_error = False

    def on_style(self, attributes: dict[str, str]) -> None:
        self.style = attributes.get("style:name", "")

    def on_table_properties(self, attributes: dict[str, str]) -> None:
        if attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)

    def on_table(self, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            style = attributes.get("table:style-name", "")
            self.reset(attributes.get("table:name", ""), style in self.hidden_styles)

    def on_column(self, attributes: dict[str, str]) -> None:
        repeats = max(1, whole_number(attributes.get(REPEATED_COLUMNS), 1))
        if attributes.get("table:visibility", "visible") != "visible":
            end = min(self.columns_seen + repeats, COLUMNS)
            self.hidden_columns.update(range(self.columns_seen, end))
        self.columns_seen = min(self.columns_seen + repeats, COLUMNS)

    def on_row(self, attributes: dict[str, str]) -> None:
        self.row = self.next_row
        self.row_repeats = max(1, whole_number(attributes.get(REPEATED_ROWS), 1))
        visibility = attributes.get("table:visibility", "visible")
        self.row_hidden = visibility != "visible"
        self.filtered = self.filtered or visibility == "filter"
        self.next_column = 0

    def on_cell(self, attributes: dict[str, str]) -> None:
        self.column = self.next_column
        self.repeats = max(1, whole_number(attributes.get(REPEATED_COLUMNS), 1))
        self.next_column += self.repeats
        self.cell_filled = False
        has_value = not VALUES.isdisjoint(attributes) or "office:string-value" in attributes
        if has_value or attributes.get("office:value-type") == "string":
            self.fill()
        elif "table:formula" in attributes and len(self.without_value) < LISTED_CELLS:
            self.without_value.append((self.row, self.column))
        self.note_span(attributes)
        self.add_text(attributes.get("office:string-value", ""))
        if self.row_repeats * self.repeats > 1:
            self.parser.CharacterDataHandler = self.add_text
        if attributes.get("calcext:value-type") == "error":
            self.is_error = True
            self.parser.CharacterDataHandler = self.on_error_text

    def add_text(self, text: str) -> None:
        """A reader copies the text of a repeated cell for each repetition."""
        self.text += len(text) * self.row_repeats * self.repeats
        if self.text > UNPACKED_BYTES:
            raise Unreadable("memory")

    def note_span(self, attributes: dict[str, str]) -> None:
        rows = max(1, whole_number(attributes.get("table:number-rows-spanned"), 1))
        columns = max(1, whole_number(attributes.get("table:number-columns-spanned"), 1))
        if rows > 1 or columns > 1:
            last_row, last_column = self.row + rows - 1, self.column + columns - 1
            self.merged.append(CellRange(self.row, self.column, last_row, last_column))

    def on_text_element(self, _: dict[str, str]) -> None:
        if self.row >= 0 and not self.cell_filled:
            self.fill()

    def fill(self) -> None:
        """The cell, with its repetitions, holds something."""
        self.cell_filled = True
        last_row = self.row + self.row_repeats - 1
        last_column = self.column + self.repeats - 1
        if last_row >= ROWS or last_column >= COLUMNS:
            raise Unreadable("damaged")
        self.last_row = max(self.last_row, last_row)
        self.last_column = max(self.last_column, last_column)
        self.filled += self.row_repeats * self.repeats
        self.total += self.row_repeats * self.repeats
        if self.total > CELLS:
            raise Unreadable("memory")
        if self.row_hidden:
            self.hidden_rows.update(range(self.row, last_row + 1))

    def on_error_text(self, text: str) -> None:
        self.add_text(text)
        if len(self.errors) < LISTED_CELLS:
            cell = (self.row, self.column)
            self.errors[cell] = (self.errors.get(cell, "") + text.strip())[:20]

    def on_filter(self, _: dict[str, str]) -> None:
        self.filtered = True

    def facts(self) -> Facts:
        return Facts(
            last_row=self.last_row,
            last_column=self.last_column,
            filled=self.filled,
            text=self.text - self.text_before,
            merged=tuple(self.merged),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(c for c in self.hidden_columns if c <= self.last_column),
            filtered=self.filtered,
            formulas_without_value=tuple(self.without_value),
            errors=self.errors,
            hidden=self.hidden,
        )
