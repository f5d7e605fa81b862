"""Puts a chart, or its table, into a document of Word."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from yearbook.charts.description import Chart, Entry
from yearbook.charts.style import LIGHT
from yearbook.editions import State
from yearbook.exports.native.chart_xml import chart_xml
from yearbook.exports.native.plan import Frame, Plan
from yearbook.exports.native.planning import plan_of
from yearbook.exports.native.sheet import workbook
from yearbook.exports.safety import clean_text, require_alt

DATA = "rId1"
LETTERS = 9.0  # points
LEAST_HEIGHT, MOST_HEIGHT = 6.5, 17.0  # centimetres
ROW_HEIGHT = 0.85
FRAME = """
<w:drawing {namespaces}>
  <wp:inline distT="0" distB="0" distL="0" distR="0">
    <wp:extent cx="{width}" cy="{height}"/>
    <wp:docPr id="{number}" name={name} descr={alt}/>
    <wp:cNvGraphicFramePr/>
    <a:graphic>
      <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
        <c:chart r:id="{rid}"/>
      </a:graphicData>
    </a:graphic>
  </wp:inline>
</w:drawing>"""
NAMESPACES = nsdecls("w", "wp", "a", "r") + (
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


def add_to_document(document: Document, chart: Chart, width_cm: float) -> Paragraph:
    """A paragraph with the chart in it, with its own workbook and its alt text."""
    require_alt(chart)
    plan = plan_of(chart)
    frame = Frame(Cm(width_cm).pt, Cm(height_of(plan, width_cm)).pt, LETTERS)
    rid = document.part.relate_to(_part(document, plan, frame), RELATIONSHIP_TYPE.CHART)
    name = chart.label or chart.headline
    drawing = FRAME.format(
        namespaces=NAMESPACES,
        width=Cm(width_cm),
        height=Cm(height_of(plan, width_cm)),
        number=_next_number(document),
        name=_attribute(name),
        alt=_attribute(chart.alt),
        rid=rid,
    )
    paragraph = document.add_paragraph()
    paragraph.add_run()._r.append(parse_xml(drawing))
    return paragraph


def _attribute(text: str) -> str:
    return quoteattr(clean_text(text), {"\n": "&#10;", "\t": "&#9;"})


def _part(document: Document, plan: Plan, frame: Frame) -> Part:
    package = document.part.package
    assert package is not None
    name = package.next_partname("/word/charts/chart%d.xml")
    part = Part(name, CONTENT_TYPE.DML_CHART, chart_xml(plan, frame, data=DATA), package)
    # The number of the chart is that of its sheet: a package has one sheet for every chart.
    where = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{name.idx}.xlsx")
    sheet = Part(where, CONTENT_TYPE.SML_SHEET, workbook(plan), package)
    assert part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE) == DATA
    return part


def _next_number(document: Document) -> int:
    """Of the drawings of a document each has one of its own."""
    found = document.element.body.iter(qn("wp:docPr"))
    return max((int(drawing.get("id", 0)) for drawing in found), default=0) + 1


def height_of(plan: Plan, width_cm: float) -> float:
    """Lines half as high as wide; lying bars as high as their rows need."""
    if not plan.is_lying:
        return max(LEAST_HEIGHT, width_cm * 0.52)
    beside = 1 if plan.is_stacked else max(1, len([c for c in plan.columns if not c.is_helper]))
    rows = len(plan.categories) * ROW_HEIGHT * (1 + 0.35 * (min(beside, 3) - 1))
    return min(MOST_HEIGHT, max(4.0, rows + (2.2 if plan.has_key else 1.2)))


def add_table_to_document(document: Document, chart: Chart) -> Any:
    """The table twin, its first row marked as its heading, repeated on every page."""
    require_alt(chart)
    rows, columns = chart.twin.rows, chart.twin.columns
    table = document.add_table(len(rows) + 1, len(columns))
    _describe(table, chart)
    cells = table._cells  # once: asking cell by cell takes seconds in a long table
    heading = table.rows[0]._tr.get_or_add_trPr()
    heading.append(OxmlElement("w:cantSplit"))
    heading.append(OxmlElement("w:tblHeader"))
    size = 10.0 if len(columns) <= 6 else 8.0
    for number, column in enumerate(columns):
        _write(cells[number], Entry(column.name), size, column.kind != "text", is_bold=True)
        _shade(cells[number], "clear", "auto", "E7EEEE")
    for row, entries in enumerate(rows, 1):
        for number, (column, entry) in enumerate(zip(columns, entries, strict=True)):
            cell = cells[row * len(columns) + number]
            _write(cell, entry, size, column.kind != "text")
            if entry.state is State.WITHHELD:
                _shade(cell, "thinDiagStripe", "86939C", "FFFFFF")
    return table


def _describe(table: Any, chart: Chart) -> None:
    """Its name and its alt text, and lines between the rows."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for key, value in {"val": "single", "sz": "4", "space": "0", "color": "C5CED4"}.items():
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    look = OxmlElement("w:tblLook")
    for key, value in {"val": "0060", "firstRow": "1", "firstColumn": "1"}.items():
        look.set(qn(f"w:{key}"), value)
    caption, description = OxmlElement("w:tblCaption"), OxmlElement("w:tblDescription")
    caption.set(qn("w:val"), clean_text(chart.label or chart.headline))
    description.set(qn("w:val"), clean_text(chart.alt))
    layout = properties.find(qn("w:tblLayout"))
    after = [borders] if layout is None else []
    if layout is not None:
        layout.addprevious(borders)
    for part in (*after, look, caption, description):
        properties.append(part)


def _write(cell: Any, entry: Entry, size: float, is_number: bool, is_bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(clean_text(entry.written))
    run.font.size, run.font.bold = Pt(size), is_bold
    run.font.color.rgb = RGBColor.from_string(LIGHT.text.lstrip("#").upper())
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(1)
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _shade(cell: Any, pattern: str, front: str, back: str) -> None:
    shading = OxmlElement("w:shd")
    for key, value in {"val": pattern, "color": front, "fill": back}.items():
        shading.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shading)
