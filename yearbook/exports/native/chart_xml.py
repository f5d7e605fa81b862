"""Writes a plan as the XML of an Office chart, one and the same for the three programs."""

from __future__ import annotations

from yearbook.charts.style import LIGHT
from yearbook.exports.native.columns_xml import SIZE, series
from yearbook.exports.native.paint import element, letters, line, shape, solid, value
from yearbook.exports.native.plan import Column, Drawn, Plan
from yearbook.exports.native.sheet import NAME, format_code
from yearbook.language import Language

NAMESPACES = {
    "xmlns:c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
LOCALES = {Language.FI: "fi-FI", Language.SV: "sv-FI", Language.EN: "en-GB"}
NAMES_AXIS, VALUES_AXIS = 111111111, 222222222
MOST_NAMES = 14  # along a standing axis that are all written


def chart_xml(plan: Plan, sheet: str = NAME, data: str = "") -> bytes:
    """sheet: the name of the one it draws; data: the relationship to its workbook, if it has one
    of its own."""
    chart = element(
        "c:chart",
        value("autoTitleDeleted", True),
        _plot(plan, sheet),
        _key(plan),
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
        letters(SIZE, LIGHT.text),
        link,
        **NAMESPACES,
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{whole}'.encode()


def _plot(plan: Plan, sheet: str) -> str:
    bars = [n for n, column in enumerate(plan.columns) if column.drawn is Drawn.BAR]
    lines = [n for n, column in enumerate(plan.columns) if column.drawn is Drawn.LINE]
    groups = []
    if bars:
        groups.append(_bars(plan, [series(plan, n, sheet) for n in bars]))
    if lines:
        groups.append(_lines([series(plan, n, sheet) for n in lines]))
    return element("c:plotArea", _layout(plan), *groups, _names_axis(plan), _values_axis(plan))


def _layout(plan: Plan) -> str:
    """Room at the right for what stands at the ends of lines."""
    if not plan.has_room_at_right:
        return element("c:layout")
    top = 0.13 if plan.has_key else 0.05
    place = {"x": 0.075, "y": top, "w": 0.725, "h": 0.85 - top}
    where = [value("layoutTarget", "inner"), value("xMode", "edge"), value("yMode", "edge")]
    sizes = [value(name, size) for name, size in place.items()]
    return element("c:layout", element("c:manualLayout", *where, *sizes))


def _bars(plan: Plan, told: list[str]) -> str:
    overlap = 100 if plan.is_stacked or not _is_side_by_side(plan) else 0
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


def _is_side_by_side(plan: Plan) -> bool:
    """More than one column has numbers in the same row."""
    bars = [c for c in plan.columns if c.drawn is Drawn.BAR and not c.is_helper]
    rows = zip(*(column.points for column in bars), strict=True)
    return any(sum(point.value is not None for point in row) > 1 for row in rows)


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


def _names_axis(plan: Plan) -> str:
    """Rows are read from the top."""
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
        letters(SIZE, LIGHT.text),
        value("crossAx", VALUES_AXIS),
        value("crosses", "autoZero"),
        value("auto", False),
        value("lblAlgn", "ctr"),
        value("lblOffset", 100),
    ]
    if plan.is_lying or len(plan.categories) <= MOST_NAMES:
        parts.append(value("tickLblSkip", 1))
    return element("c:catAx", *parts, value("noMultiLvlLbl", True))


def _values_axis(plan: Plan) -> str:
    scale = plan.scale
    ends = [value("max", scale.highest), value("min", scale.lowest)]
    grid = element("c:majorGridlines", shape(line(LIGHT.line, 0.75))) if scale.is_shown else ""
    return element(
        "c:valAx",
        value("axId", VALUES_AXIS),
        element("c:scaling", value("orientation", "minMax"), *ends),
        value("delete", not scale.is_shown),
        value("axPos", "b" if plan.is_lying else "l"),
        grid,
        element("c:numFmt", formatCode=format_code(plan, scale.decimals), sourceLinked=0),
        value("majorTickMark", "none"),
        value("minorTickMark", "none"),
        value("tickLblPos", "nextTo"),
        shape(line("", 0)),
        letters(SIZE, LIGHT.muted),
        value("crossAx", NAMES_AXIS),
        value("crosses", "max" if plan.is_lying else "autoZero"),
        value("crossBetween", "between"),
        value("majorUnit", scale.step),
    )


def _key(plan: Plan) -> str:
    """Over the chart, without what draws no figure."""
    if not plan.has_key:
        return ""
    return element(
        "c:legend",
        value("legendPos", "t"),
        *(_untold(n) for n, column in enumerate(_in_drawing(plan)) if not _is_told(column)),
        value("overlay", False),
        letters(SIZE, LIGHT.text),
    )


def _in_drawing(plan: Plan) -> list[Column]:
    """The order of a key: bars before lines, whatever the order of the sheet."""
    return sorted(plan.columns, key=lambda column: column.drawn is Drawn.LINE)


def _is_told(column: Column) -> bool:
    return column.is_told and not column.is_helper


def _untold(number: int) -> str:
    return element("c:legendEntry", value("idx", number), value("delete", True))
