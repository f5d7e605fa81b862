"""Puts the table of a chart on a slide, in letters that leave room for all its rows; what even the
smallest leave no room for goes on on the next slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Emu, Pt

from yearbook.charts.description import Chart, Entry
from yearbook.charts.style import LIGHT
from yearbook.editions import State
from yearbook.exports.native.measuring import LINE, lines_of, width_of
from yearbook.exports.native.slide_texts import Box, rgb
from yearbook.exports.safety import clean_text, require_alt

SIZES = (
    16.0,
    14.0,
    13.0,
    12.0,
    11.0,
    10.5,
    10.0,
    9.5,
    9.0,
)  # of letters, in points, as all lengths here
SPARES = (1.15, 1.0)  # room for wider letters, where there is any
EASY = 11.0  # that one reads with ease
PADDING, BETWEEN = 6.0, 2.0  # beside and above the text of a cell
AIRY = 1.13  # how much wider than its texts a table may be
SHADED = "#e7eeee"


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a table that stands on one slide: which rows and columns, how large."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]  # of the heading, then of the rows
    size: float


def pages_of(chart: Chart, width: float, height: float) -> list[Page]:
    """In the largest letters that leave room for all, else on several slides in the smallest."""
    columns = tuple(range(len(chart.twin.columns)))
    for spare in SPARES:
        for size in SIZES:
            page = _page(chart, columns, (size, spare), width)
            if page is not None and sum(_heights(chart, page, spare)) <= height:
                return [page]
    groups = _columns_beside(chart, columns, width)
    wholes = [_page(chart, group, (SIZES[-1], 1.0), width, is_forced=True) for group in groups]
    return [part for whole in wholes if whole is not None for part in _broken(whole, height)]


def natural_width(chart: Chart) -> float:
    """Of the table with no text broken, in letters that one reads with ease."""
    return sum(_natural(chart, column, EASY) for column in range(len(chart.twin.columns)))


def add_table(slide: Slide, chart: Chart, box: Box, page: Page) -> None:
    """Its first row is marked as the heading; it has the chart's alt text."""
    require_alt(chart)
    shape = slide.shapes.add_table(
        len(page.rows) + 1, len(page.columns), Pt(box.left), Pt(box.top),
        Pt(sum(page.widths)), Pt(sum(page.heights)),
    )  # fmt: skip
    shape._element._nvXxPr.cNvPr.set("descr", clean_text(chart.alt))
    shape.name = clean_text(chart.label or chart.headline)
    table = shape.table
    table.first_row, table.first_col, table.horz_banding = True, True, False
    for number, width in enumerate(page.widths):
        table.columns[number].width = Pt(width)
    for number, height in enumerate(page.heights):
        table.rows[number].height = Pt(height)
    _write_cells(table, chart, page)


def _write_cells(table: Any, chart: Chart, page: Page) -> None:
    columns = chart.twin.columns
    for at, number in enumerate(page.columns):
        cell = table.cell(0, at)
        is_number = columns[number].kind != "text"
        _write(cell, Entry(columns[number].name), page.size, is_number, is_bold=True)
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(SHADED)
        for row, of in enumerate(page.rows, 1):
            entry = chart.twin.rows[of][number]
            _write(table.cell(row, at), entry, page.size, is_number, is_bold=at == 0)
            _shade(table.cell(row, at), entry)
    for row, of in enumerate(page.rows, 1):
        if is_break(chart.twin.rows[of]):
            table.cell(row, 0).merge(table.cell(row, len(page.columns) - 1))


def is_break(row: Sequence[Entry]) -> bool:
    """A row whose first field says that the series is broken there."""
    return len(row) > 1 and not any(entry.written for entry in row[1:])


# --- Room -----------------------------------------------------------------------------------------


def _page(
    chart: Chart,
    columns: tuple[int, ...],
    letters: tuple[float, float],
    width: float,
    is_forced: bool = False,
) -> Page | None:
    """None where a word would be broken, unless that is forced. letters: their size, and how much
    wider than ours they may be."""
    size, spare = letters
    least = [_least(chart, column, size * spare) for column in columns]
    most = [_natural(chart, column, size * spare) for column in columns]
    if sum(least) > width and not is_forced:
        return None
    widths = tuple(_widths(least, most, width))
    page = Page(tuple(range(len(chart.twin.rows))), columns, widths, (), size)
    return replace(page, heights=tuple(_heights(chart, page, 1.0)))


def _heights(chart: Chart, page: Page, spare: float) -> list[float]:
    """Of the heading and the rows, in letters that much wider than ours."""
    letters, widths = (page.size, spare), page.widths
    heading = [(chart.twin.columns[column].name, True) for column in page.columns]
    heights = [_height(heading, widths, letters)]
    for row in chart.twin.rows:
        if is_break(row):
            heights.append(_height([(row[0].written, True)], [sum(widths)], letters))
        else:
            texts = [(row[column].written, column == 0) for column in page.columns]
            heights.append(_height(texts, widths, letters))
    return heights


def _widths(least: Sequence[float], most: Sequence[float], width: float) -> list[float]:
    """What each column's texts need; where that is too much, as much as is left beyond its longest
    word."""
    if sum(least) >= width:
        return [one * width / sum(least) for one in least]
    if sum(most) <= width:
        scale = min(AIRY, width / sum(most))
        return [one * scale for one in most]
    beyond = [wide - narrow for narrow, wide in zip(least, most, strict=True)]
    share = (width - sum(least)) / sum(beyond)
    return [narrow + one * share for narrow, one in zip(least, beyond, strict=True)]


def _texts(chart: Chart, column: int) -> list[tuple[str, bool]]:
    """Of the heading and the rows, with whether it is in bold."""
    rows = [row for row in chart.twin.rows if not is_break(row)]
    name = chart.twin.columns[column].name
    return [(name, True), *((row[column].written, column == 0) for row in rows)]


def _least(chart: Chart, column: int, size: float) -> float:
    """A number is never broken; of texts the longest word is not."""
    is_text = chart.twin.columns[column].kind == "text"
    (name, _), *cells = _texts(chart, column)
    words = [(word, True) for word in name.split(" ")]
    words += [(w, b) for text, b in cells for w in (text.split(" ") if is_text else [text])]
    return max(width_of(word, size, is_bold) for word, is_bold in words) + 2 * PADDING + 1


def _natural(chart: Chart, column: int, size: float) -> float:
    texts = _texts(chart, column)
    return max(width_of(text, size, is_bold) for text, is_bold in texts) + 2 * PADDING + 1


def _height(
    texts: Sequence[tuple[str, bool]], widths: Sequence[float], letters: tuple[float, float]
) -> float:
    size, spare = letters
    told = zip(texts, widths, strict=True)
    lines = max(lines_of(t, size * spare, width - 2 * PADDING, bold) for (t, bold), width in told)
    return lines * size * LINE + 2 * BETWEEN


def _columns_beside(chart: Chart, columns: Sequence[int], width: float) -> list[tuple[int, ...]]:
    """Groups of columns that have room beside the first one, which stands in each."""
    first, *rest = columns
    base = _least(chart, first, SIZES[-1])
    groups: list[list[int]] = [[]]
    taken = base
    for column in rest:
        needed = _least(chart, column, SIZES[-1])
        if groups[-1] and taken + needed > width:
            groups.append([])
            taken = base
        groups[-1].append(column)
        taken += needed
    return [(first, *group) for group in groups]


def _broken(whole: Page, height: float) -> list[Page]:
    """In as many parts as the height asks for, each with the heading, about equally long."""
    heading, *rows = whole.heights
    room = height - heading
    count = max(1, -(-int(sum(rows)) // max(1, int(room - max(rows)))))
    if sum(rows) <= room:
        count = 1
    each = -(-len(rows) // count)
    parts = [range(at, min(at + each, len(rows))) for at in range(0, len(rows), each)]
    return [
        Page(tuple(part), whole.columns, whole.widths, (heading, *(rows[at] for at in part)),
             whole.size)
        for part in parts
    ]  # fmt: skip


# --- Cells ----------------------------------------------------------------------------------------


def _write(cell: Any, entry: Entry, size: float, is_number: bool, is_bold: bool = False) -> None:
    cell.text = clean_text(entry.written)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = Emu(0)
    cell.margin_left = cell.margin_right = Pt(PADDING)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
        # An empty cell is as high as the letters that could be written in it.
        paragraph._p.get_or_add_endParaRPr().set("sz", str(round(size * 100)))
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(size), is_bold
            run.font.color.rgb = rgb(LIGHT.text)


def _shade(cell: Any, entry: Entry) -> None:
    """What is withheld is hatched."""
    if entry.state is not State.WITHHELD:
        cell.fill.background()
        return
    cell.fill.patterned()
    cell.fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
    cell.fill.fore_color.rgb = rgb(LIGHT.other)
    cell.fill.back_color.rgb = rgb(LIGHT.ground)
