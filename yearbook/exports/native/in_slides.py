"""Puts a chart of Office on a slide of PowerPoint."""

from __future__ import annotations

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.oxml.shapes.graphfrm import CT_GraphicalObjectFrame
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.slide import Slide
from pptx.util import Emu

from yearbook.charts.description import Chart
from yearbook.exports.native.chart_xml import chart_xml
from yearbook.exports.native.plan import Frame
from yearbook.exports.native.planning import plan_of
from yearbook.exports.native.plots import letters_for
from yearbook.exports.native.sheet import workbook
from yearbook.exports.safety import clean_text, require_alt

DATA = "rId1"


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
    frame = Frame(width, height, letters_for(plan, width, height))
    content = chart_xml(plan, frame, data=DATA)
    part = ChartPart.load(name, CONTENT_TYPE.DML_CHART, package, content)
    sheet = EmbeddedXlsxPart.new(workbook(plan), package)
    assert part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE) == DATA
    return part
