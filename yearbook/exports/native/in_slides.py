"""Puts a chart, or its table, on a slide of PowerPoint."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.oxml.shapes.graphfrm import CT_GraphicalObjectFrame
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.slide import Slide
from pptx.util import Emu, Pt

from yearbook.charts.description import Chart, Entry
from yearbook.charts.style import LIGHT
from yearbook.editions import State
from yearbook.exports.native.chart_xml import chart_xml
from yearbook.exports.native.plan import Frame
from yearbook.exports.native.planning import plan_of
from yearbook.exports.native.sheet import workbook
from yearbook.exports.safety import clean_text, require_alt

DATA = "rId1"
LETTERS = 14.0  # points
MOST_ROW = 34.0  # points, of a table
SHADED = "#e7eeee"


def add_to_slide(  # noqa: PLR0913
    slide: Slide, chart: Chart, left: int, top: int, width: int, height: int
) -> None:
    """A chart object with its own workbook and its alt text. Lengths are those of Office."""
    require_alt(chart)
    rid = slide.part.relate_to(
        _part(slide, chart, Emu(width).pt, Emu(height).pt), RELATIONSHIP_TYPE.CHART
    )
    number = max((shape.shape_id for shape in slide.shapes), default=1) + 1
    frame = CT_GraphicalObjectFrame.new_chart_graphicFrame(
        number, "", rid, Emu(left), Emu(top), Emu(width), Emu(height)
    )
    about = frame._nvXxPr.cNvPr
    about.set("name", clean_text(chart.label or chart.headline))
    about.set("descr", clean_text(chart.alt))
    slide.shapes._spTree.append(frame)


def _part(slide: Slide, chart: Chart, width: float, height: float) -> ChartPart:
    plan = plan_of(chart)
    package = slide.part.package
    name = package.next_partname(ChartPart.partname_template)
    content = chart_xml(plan, Frame(width, height, LETTERS), data=DATA)
    part = ChartPart.load(name, CONTENT_TYPE.DML_CHART, package, content)
    sheet = EmbeddedXlsxPart.new(workbook(plan), package)
    assert part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE) == DATA
    return part


def add_table_to_slide(  # noqa: PLR0913
    slide: Slide, chart: Chart, left: int, top: int, width: int, height: int
) -> None:
    """The table twin, its first row marked as its heading."""
    require_alt(chart)
    rows, columns = chart.twin.rows, chart.twin.columns
    frame = slide.shapes.add_table(
        len(rows) + 1, len(columns), Emu(left), Emu(top), Emu(width), Emu(height)
    )
    frame._element._nvXxPr.cNvPr.set("descr", clean_text(chart.alt))
    frame.name = clean_text(chart.label or chart.headline)
    table = frame.table
    table.first_row, table.first_col, table.horz_banding = True, True, False
    size = _letters(len(rows), height)
    for number, column in enumerate(columns):
        cell: Any = table.cell(0, number)
        _write(cell, Entry(column.name), size, column.kind != "text", is_bold=True)
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(SHADED)
    for row, entries in enumerate(rows, 1):
        for number, entry in enumerate(entries):
            cell = table.cell(row, number)
            _write(cell, entry, size, columns[number].kind != "text", is_bold=number == 0)
            _shade(cell, entry)
    for row in table.rows:
        row.height = min(Emu(height // (len(rows) + 1)), Pt(MOST_ROW))


def _letters(rows: int, height: int) -> float:
    """As large as the rows let them be."""
    return max(7.0, min(14.0, Emu(height).pt / (rows + 1) * 0.55))


def _write(cell: Any, entry: Entry, size: float, is_number: bool, is_bold: bool = False) -> None:
    cell.text = clean_text(entry.written)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = Emu(0)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
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


def rgb(written: str) -> RGBColor:
    red, green, blue = (int(written[at : at + 2], 16) for at in (1, 3, 5))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]
