"""Puts the table of a chart into a document of Word, with a real heading row and its alt text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Length
from docx.table import Table

from yearbook.charts.description import Chart, Column, Entry
from yearbook.charts.style import LIGHT
from yearbook.editions import State
from yearbook.exports.native.paint import element
from yearbook.exports.safety import clean_text, require_alt

SIZES = {6: 10.0, 9: 8.5, 99: 7.0}  # of letters in points, by how many columns there are at most
LONG_NAME = 24  # letters
MARGIN = Cm(0.1)  # at both sides of a cell
HEAD = {"w:val": "clear", "w:color": "auto", "w:fill": "E7EEEE"}
HATCHED = {"w:val": "thinDiagStripe", "w:color": "86939C", "w:fill": "FFFFFF"}
EDGE = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "C5CED4"}
INVISIBLE = {"w:val": "nil"}


def add_table_to_document(document: Document, chart: Chart) -> Table:
    """The first row is marked as the heading and repeated on every page."""
    require_alt(chart)
    paragraph = document.add_paragraph()  # where tables may stand, whatever follows
    page = document.sections[-1]
    assert page.page_width and page.left_margin is not None and page.right_margin is not None
    room = Length(page.page_width - page.left_margin - page.right_margin)
    widths = [int(room.twips * part) for part in _widths(chart)]
    size = next(size for most, size in SIZES.items() if len(widths) <= most)
    columns = chart.twin.columns
    head = [Entry(column.name) for column in columns]
    rows = [_row(columns, head, widths, (size, True))]
    rows += [_row(columns, entries, widths, (size, False)) for entries in chart.twin.rows]
    grid = element("w:tblGrid", *(element("w:gridCol", **{"w:w": width}) for width in widths))
    whole = f"<w:tbl {nsdecls('w')}>{_properties(chart, sum(widths))}{grid}{''.join(rows)}</w:tbl>"
    table: Any = parse_xml(whole)
    paragraph._p.addprevious(table)
    paragraph.paragraph_format.space_after = Cm(0)
    return Table(table, document)


def _widths(chart: Chart) -> list[float]:
    """Of the columns, as parts of the whole: what the longest word or number of each needs."""
    needed = []
    for number, column in enumerate(chart.twin.columns):
        texts = [row[number].written for row in chart.twin.rows if not _is_break(row)]
        longest = max((len(text) for text in texts), default=0)
        most = LONG_NAME if number == 0 else longest if column.kind != "text" else 0
        words = [len(word) for text in (column.name, *texts) for word in text.split(" ")]
        needed.append(max(2, *words, min(longest, most)) + 3)
    return [letters / sum(needed) for letters in needed]


def _is_break(row: Sequence[Entry]) -> bool:
    """A row whose first field says that the series is broken there."""
    return len(row) > 1 and not any(entry.written for entry in row[1:])


def _properties(chart: Chart, width: int) -> str:
    """In the order of the schema."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = [
        element(f"w:{side}", **(EDGE if side in ("top", "bottom", "insideH") else INVISIBLE))
        for side in sides
    ]
    margins = [
        element(f"w:{side}", **{"w:w": MARGIN.twips, "w:type": "dxa"}) for side in ("left", "right")
    ]
    look = {"w:val": "00A0", "w:firstRow": "1", "w:firstColumn": "1"}
    return element(
        "w:tblPr",
        element("w:tblW", **{"w:w": width, "w:type": "dxa"}),
        element("w:tblBorders", *edges),
        element("w:tblLayout", **{"w:type": "fixed"}),
        element("w:tblCellMar", *margins),
        element("w:tblLook", **look),
        element("w:tblCaption", **{"w:val": clean_text(chart.label or chart.headline)}),
        element("w:tblDescription", **{"w:val": clean_text(chart.alt)}),
    )


def _row(
    columns: Sequence[Column],
    entries: Sequence[Entry],
    widths: Sequence[int],
    look: tuple[float, bool],
) -> str:
    """look: the size of its letters, and whether it is the heading."""
    size, is_head = look
    parts = (
        [element("w:cantSplit"), element("w:tblHeader")] if is_head else [element("w:cantSplit")]
    )
    told = [(entry, [width]) for entry, width in zip(entries, widths, strict=True)]
    if _is_break(entries):
        told = [(entries[0], list(widths))]
    cells = [
        _cell(entry, across, (size, column.kind != "text", is_head))
        for (entry, across), column in zip(told, columns, strict=False)
    ]
    return element("w:tr", element("w:trPr", *parts), *cells)


def _cell(entry: Entry, widths: Sequence[int], look: tuple[float, bool, bool]) -> str:
    """look: the size of its letters, whether it is a number, and whether it is of the heading."""
    size, is_number, is_head = look
    span = [element("w:gridSpan", **{"w:val": len(widths)})] if len(widths) > 1 else []
    shade = HEAD if is_head else HATCHED if entry.state is State.WITHHELD else None
    properties = [element("w:tcW", **{"w:w": sum(widths), "w:type": "dxa"}), *span]
    if shade is not None:
        properties.append(element("w:shd", **shade))
    place = element("w:jc", **{"w:val": "right" if is_number else "left"})
    spacing = element("w:spacing", **{"w:before": 20, "w:after": 20})
    letters = [
        *([element("w:b")] if is_head else []),
        element("w:color", **{"w:val": LIGHT.text.lstrip("#").upper()}),
        element("w:sz", **{"w:val": round(size * 2)}),
    ]
    written = element("w:t", escape(clean_text(entry.written)), **{"xml:space": "preserve"})
    run = element("w:r", element("w:rPr", *letters), written)
    paragraph = element("w:p", element("w:pPr", spacing, place), run if entry.written else "")
    return element("w:tc", element("w:tcPr", *properties), paragraph)
