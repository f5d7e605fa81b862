"""Puts a chart on a sheet of Excel, over the cells of a sheet of its own in the same workbook."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from docx.shared import Cm
from openpyxl.chart._chart import ChartBase
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import fromstring

from yearbook.charts.description import Chart
from yearbook.exports.native.chart_xml import chart_xml
from yearbook.exports.native.in_documents import height_of
from yearbook.exports.native.plan import Frame, Plan
from yearbook.exports.native.planning import plan_of
from yearbook.exports.native.points import said
from yearbook.exports.native.sheet import fill
from yearbook.exports.safety import clean_text, require_alt

WIDTH_CM = 24.0
ROW_CM, PRINTED_CM = 0.53, 17.0  # the height of a row, and of what a lying page holds
LETTERS = 10.0


class _WrittenChart(ChartBase):
    """A chart of openpyxl whose XML is ours: the same that slides and documents have."""

    tagname = "chart"

    def __init__(self, plan: Plan, frame: Frame, sheet: str) -> None:
        super().__init__()
        self._content = chart_xml(plan, frame, sheet)

    def _write(self) -> Element:
        return fromstring(self._content)


class _Described(OneCellAnchor):
    """The place of a chart; openpyxl makes the frame when it saves, which here gets its words."""

    tagname = "oneCellAnchor"
    __elements__ = OneCellAnchor.__elements__  # openpyxl asks the class itself

    def __setattr__(self, name: str, given: Any) -> None:
        if name == "graphicFrame" and given is not None:
            said = given.nvGraphicFramePr.cNvPr
            said.name, said.descr = self._words
        super().__setattr__(name, given)

    @classmethod
    def of(cls, chart: Chart, place: AnchorMarker, size: XDRPositiveSize2D) -> _Described:
        anchor = cls(_from=place, ext=size)
        anchor._words = (clean_text(chart.label or chart.headline), clean_text(chart.alt))
        return anchor


def add_to_sheet(worksheet: Worksheet, chart: Chart, anchor: str) -> None:
    """anchor: the cell of its upper left corner. The cells that it draws become a last sheet, with
    per cents as they are written and the rows of breaks."""
    require_alt(chart)
    plan = plan_of(chart)
    book = worksheet.parent
    cells = book.create_sheet(said("sheet", chart.language))
    fill(cells, plan)
    letter, row = coordinate_from_string(anchor)
    place = AnchorMarker(col=column_index_from_string(letter) - 1, row=row - 1)
    height = height_of(plan, WIDTH_CM * 0.75)
    size = XDRPositiveSize2D(int(Cm(WIDTH_CM)), int(Cm(height)))
    drawing = _WrittenChart(plan, Frame(Cm(WIDTH_CM).pt, Cm(height).pt, LETTERS), cells.title)
    drawing.anchor = _Described.of(chart, place, size)
    worksheet._charts.append(drawing)
    if place.col == 0 and place.row * ROW_CM + height > PRINTED_CM:  # whole on a page of its own
        worksheet.row_breaks.append(Break(id=place.row))
