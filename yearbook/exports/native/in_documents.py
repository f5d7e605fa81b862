"""Puts a chart, or its table, into a document of Word."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from yearbook.charts.description import Chart
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
