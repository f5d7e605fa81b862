"""Writes a plan as the XML of an Office chart, one and the same for the three programs."""

from __future__ import annotations

from yearbook.charts.style import LIGHT
from yearbook.exports.native.columns_xml import series
from yearbook.exports.native.end_labels import lifted
from yearbook.exports.native.labels_xml import Drawing
from yearbook.exports.native.paint import (
    BROKEN,
    LEVEL,
    element,
    letters,
    line,
    shape,
    solid,
    value,
)
from yearbook.exports.native.plan import Drawn, Frame, Plan
from yearbook.exports.native.plots import Plot, beside, name_letters, name_step, plot_of
from yearbook.exports.native.sheet import NAME, format_code
from yearbook.language import Language

NAMESPACES = {
    "xmlns:c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
LOCALES = {Language.FI: "fi-FI", Language.SV: "sv-FI", Language.EN: "en-GB"}
NAMES_AXIS, VALUES_AXIS = 111111111, 222222222


def chart_xml(plan: Plan, frame: Frame, sheet: str = NAME, data: str = "") -> bytes:
    """frame: how large it is drawn. sheet: the name of the one that has the cells. data: the
    relationship to the chart's own workbook, if it has one."""
    chart = element(
        "c:chart",
        value("autoTitleDeleted", True),
        _plot(plan, frame, sheet),
        _key(plan, frame),
        value("plotVisOnly", True),
        value("dispBlanksAs", "gap"),
    )
    link = element("c:externalData", value("autoUpdate", False), **{"r:id": data}) if data else ""
    whole = element(
        "c:chartSpace",
        value("date1904", False),
        value("lang", LOCALES[plan.language]),
        value("roundedCorners", False),
        chart,
        shape(solid(LIGHT.ground), line("", 0)),
        letters(frame.letters, LIGHT.text),
        link,
        **NAMESPACES,
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{whole}'.encode()


def _plot(plan: Plan, frame: Frame, sheet: str) -> str:
    plot = plot_of(plan, frame)
    plan = lifted(plan, frame, plot)
    drawing = Drawing(plan, sheet, frame, plot)
    bars = [n for n, column in enumerate(plan.columns) if column.drawn is Drawn.BAR]
    lines = [n for n, column in enumerate(plan.columns) if column.drawn is Drawn.LINE]
    groups = []
    if bars:
        groups.append(_bars(plan, [series(drawing, n) for n in bars]))
    if lines:
        groups.append(_lines([series(drawing, n) for n in lines]))
    axes = (_names_axis(plan, frame), _values_axis(plan, frame))
    return element("c:plotArea", _layout(plot), *groups, *axes)


def _layout(plot: Plot) -> str:
    """Where the plot stands, without the numbers and names of its axes."""
    sides = {"x": plot.left, "y": plot.top, "w": plot.width, "h": plot.height}
    where = [value("layoutTarget", "inner"), value("xMode", "edge"), value("yMode", "edge")]
    parts = [value(name, round(side, 4)) for name, side in sides.items()]
    return element("c:layout", element("c:manualLayout", *where, *parts))


def _bars(plan: Plan, told: list[str]) -> str:
    overlap = 0 if beside(plan) > 1 else 100
    return element(
        "c:barChart",
        value("barDir", "bar" if plan.is_lying else "col"),
        value("grouping", "stacked" if plan.is_stacked else "clustered"),
        value("varyColors", False),
        *told,
        value("gapWidth", plan.gap),
        value("overlap", overlap),
        value("axId", NAMES_AXIS),
        value("axId", VALUES_AXIS),
    )


def _lines(told: list[str]) -> str:
    return element(
        "c:lineChart",
        value("grouping", "standard"),
        value("varyColors", False),
        *told,
        value("marker", True),
        value("axId", NAMES_AXIS),
        value("axId", VALUES_AXIS),
    )


def _names_axis(plan: Plan, frame: Frame) -> str:
    """Rows are read from the top."""
    way = LEVEL if plan.is_sequence else BROKEN
    direction = "maxMin" if plan.is_lying else "minMax"
    parts = [
        value("axId", NAMES_AXIS),
        element("c:scaling", value("orientation", direction)),
        value("delete", False),
        value("axPos", "l" if plan.is_lying else "b"),
        element("c:numFmt", formatCode="General", sourceLinked=0),
        value("majorTickMark", "none"),
        value("minorTickMark", "none"),
        value("tickLblPos", "low"),
        shape(line(LIGHT.other, 0.75)),
        letters(name_letters(plan, frame), LIGHT.text, way=way),
        value("crossAx", VALUES_AXIS),
        value("crosses", "autoZero"),
        value("auto", False),
        value("lblAlgn", "ctr"),
        value("lblOffset", 100),
    ]
    parts.append(value("tickLblSkip", name_step(plan, frame)))
    return element("c:catAx", *parts, value("noMultiLvlLbl", True))


def _values_axis(plan: Plan, frame: Frame) -> str:
    scale = plan.scale
    ends = [value("max", scale.highest), value("min", scale.lowest)]
    grid = line(LIGHT.line, 0.75)
    return element(
        "c:valAx",
        value("axId", VALUES_AXIS),
        element("c:scaling", value("orientation", "minMax"), *ends),
        value("delete", not scale.is_shown),
        value("axPos", "b" if plan.is_lying else "l"),
        element("c:majorGridlines", shape(grid)),
        element("c:numFmt", formatCode=format_code(plan, scale.decimals), sourceLinked=0),
        value("majorTickMark", "none"),
        value("minorTickMark", "none"),
        value("tickLblPos", "nextTo"),
        shape(line("", 0)),
        letters(frame.letters, LIGHT.muted),
        value("crossAx", NAMES_AXIS),
        value("crosses", "max" if plan.is_lying else "autoZero"),
        value("crossBetween", "between"),
        value("majorUnit", scale.step),
    )


def _left_out(plan: Plan) -> list[str]:
    """Lines that share a sign in the key, where first the bars stand, then the lines."""
    bars = [column for column in plan.columns if column.drawn is Drawn.BAR]
    lines = [column for column in plan.columns if column.drawn is Drawn.LINE]
    return [
        element("c:legendEntry", value("idx", number), value("delete", True))
        for number, column in enumerate((*bars, *lines))
        if not (column.is_named or column.is_helper)
    ]


def _key(plan: Plan, frame: Frame) -> str:
    """Over the chart."""
    if not plan.has_key:
        return ""
    return element(
        "c:legend",
        value("legendPos", "t"),
        *_left_out(plan),
        value("overlay", False),
        letters(frame.letters, LIGHT.text),
    )
