"""Writes the series of an Office chart as XML, with the numbers as they are shown."""

from __future__ import annotations

from yearbook.charts.style import LIGHT
from yearbook.exports.native.labels_xml import Drawing, labels
from yearbook.exports.native.paint import (
    element,
    line,
    patterned,
    shape,
    solid,
    text,
    value,
)
from yearbook.exports.native.plan import Column, Drawn, Plan, Point
from yearbook.exports.native.sheet import format_code, name_at, names_at, values_at

MARKER = 7
NAMELESS = "\u00a0"  # in the key; the sheet has the name
ALONE, OWN = 9, 12  # markers without a line


def series(drawing: Drawing, number: int) -> str:
    """A column of the sheet; the order of the parts is that of the schema."""
    plan, sheet = drawing.plan, drawing.sheet
    column = plan.columns[number]
    is_bar = column.drawn is Drawn.BAR
    name = element("c:strRef", element("c:f", text(name_at(sheet, number))),
                   element("c:strCache", value("ptCount", 1), _string(0, column.name)))  # fmt: skip
    if column.is_helper and not column.is_named:
        name = element("c:v", NAMELESS)
    parts = [value("idx", number), value("order", number), element("c:tx", name), _look(column)]
    parts.append(value("invertIfNegative", False) if is_bar else _marker(column))
    parts += [_own_look(column, at, point) for at, point in enumerate(column.points)]
    parts += [labels(drawing, column), _whiskers(column), _drops(column)]
    parts += [_names(plan, sheet), _values(plan, number, sheet)]
    if not is_bar:
        parts.append(value("smooth", False))
    return element("c:ser", *parts)


def _look(column: Column) -> str:
    if column.drawn is Drawn.LINE:
        return shape(line(column.colour, column.width, column.dash))
    outline = line(column.outline, 0.75 if column.dash == "solid" else 1.5, column.dash)
    return shape(_fill(column, column.colour), outline)


def _fill(column: Column, colour: str) -> str:
    if not column.is_filled:
        return element("a:noFill")
    if column.pattern:
        return patterned(column.pattern, column.pattern_colour, colour)
    return solid(colour)


def _marker(column: Column) -> str:
    if not column.marker:
        return element("c:marker", value("symbol", "none"))
    is_only = not column.width
    size = ALONE if is_only else MARKER if column.width > 1.5 else 4
    return element(
        "c:marker",
        value("symbol", column.marker),
        value("size", size),
        shape(solid(column.colour), line(column.colour, 1.25)),
    )


def _own_look(column: Column, at: int, point: Point) -> str:
    """A point that is hollow, that has a colour of its own, or that is only a range."""
    if not (point.colour or point.is_hollow or point.is_range) or point.value is None:
        return ""
    if column.drawn is Drawn.LINE:
        return _own_marker(column, at, point)
    colour = point.colour or column.colour
    fill, edge = solid(colour), line(column.outline, 0.75)
    if point.is_hollow:
        fill, edge = solid(LIGHT.ground), line(colour, 1.5)
    elif point.is_range and not point.colour:
        fill, edge = element("a:noFill"), line("", 0)
    parts = (value("invertIfNegative", False), value("bubble3D", False), shape(fill, edge))
    return element("c:dPt", value("idx", at), *parts)


def _own_marker(column: Column, at: int, point: Point) -> str:
    """The line before it stays as it is; a range has no point, only its stroke."""
    colour = point.colour or column.colour
    fill = LIGHT.ground if point.is_hollow else colour
    marker = element("c:marker", value("symbol", "none"))
    if not point.is_range:
        alone = OWN if colour == LIGHT.own else ALONE
        size = value("size", MARKER if column.width else alone)
        look = shape(solid(fill), line(colour, 1.25))
        marker = element("c:marker", value("symbol", column.marker or "circle"), size, look)
    return element("c:dPt", value("idx", at), marker, value("bubble3D", False),
                   _look(column))  # fmt: skip


def _whiskers(column: Column) -> str:
    """The interval, from the number to both ends, as it is written."""
    if not column.has_intervals:
        return ""
    kind = element("c:formatCode", "General")
    ends = [
        element(f"c:{name}", element("c:numLit", kind, *_ends(column, key)))
        for name, key in (("plus", "above"), ("minus", "below"))
    ]
    return element(
        "c:errBars",
        *([value("errDir", "y")] if column.drawn is Drawn.LINE else []),
        value("errBarType", "both"),
        value("errValType", "cust"),
        value("noEndCap", False),
        *ends,
        shape(line(LIGHT.text if column.drawn is Drawn.BAR else LIGHT.muted, 1.0)),
    )


def _ends(column: Column, key: str) -> list[str]:
    found = [getattr(point, key) or 0.0 for point in column.points]
    return [value("ptCount", len(found)), *(_number(at, end) for at, end in enumerate(found))]


def _drops(column: Column) -> str:
    """Dashed lines from the points down to the axis."""
    if not column.has_drop:
        return ""
    return element(
        "c:errBars",
        value("errDir", "y"),
        value("errBarType", "minus"),
        value("errValType", "percentage"),
        value("noEndCap", True),
        value("val", 100),
        shape(line(LIGHT.muted, 1.0, "dash")),
    )


def _names(plan: Plan, sheet: str) -> str:
    told = [(at, name) for at, name in enumerate(plan.categories) if name]
    cache = [value("ptCount", len(plan.categories)), *(_string(at, name) for at, name in told)]
    place = element("c:f", text(names_at(sheet, plan)))
    return element("c:cat", element("c:strRef", place, element("c:strCache", *cache)))


def _values(plan: Plan, number: int, sheet: str) -> str:
    """What is withheld or missing is no point at all."""
    points = plan.columns[number].points
    decimals = max((point.decimals for point in points), default=0)
    cache = [
        element("c:formatCode", text(format_code(plan, decimals))),
        value("ptCount", len(points)),
        *(_number(at, p.value, _own_format(plan, p, decimals))
          for at, p in enumerate(points) if p.value is not None),
    ]  # fmt: skip
    place = element("c:f", text(values_at(sheet, plan, number)))
    return element("c:val", element("c:numRef", place, element("c:numCache", *cache)))


def _own_format(plan: Plan, point: Point, decimals: int) -> dict[str, str]:
    if point.decimals == decimals:
        return {}
    return {"formatCode": format_code(plan, point.decimals)}


def _number(at: int, number: float, attributes: dict[str, str] | None = None) -> str:
    return element("c:pt", element("c:v", written(number)), idx=at, **(attributes or {}))


def _string(at: int, name: str) -> str:
    return element("c:pt", element("c:v", text(name)), idx=at)


def written(number: float) -> str:
    """Without what a computer adds: 63.0 -> "63"."""
    return str(int(number)) if float(number).is_integer() else repr(round(number, 6))
