"""Writes the labels at the points of an Office chart as XML: in letters that have room there."""

from __future__ import annotations

from dataclasses import dataclass

from yearbook.charts.style import LIGHT
from yearbook.exports.native.measuring import broken, width_of
from yearbook.exports.native.paint import (
    UPRIGHT,
    WHOLE,
    element,
    letters,
    line,
    rich,
    shape,
    solid,
    value,
)
from yearbook.exports.native.plan import Column, Drawn, Frame, Plan, Point, Tag
from yearbook.exports.native.plots import Plot, beside
from yearbook.exports.native.sheet import format_code

SMALL = 0.8  # of the size of letters
LEAST = 8.5  # points, of numbers among many
MARKER = 10.0  # points, that a dot takes beside its number
LEADERS = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"  # of lines from a label to its point
LATER = "http://schemas.microsoft.com/office/drawing/2012/chart"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plan, the sheet that it draws, how large, and where in it the plot stands."""

    plan: Plan
    sheet: str
    frame: Frame
    plot: Plot

    @property
    def pitch(self) -> float:
        """From a row, or a name under a standing chart, to the next: in points."""
        plot, frame = self.plot, self.frame
        whole = plot.height * frame.height if self.plan.is_lying else plot.width * frame.width
        return whole / max(len(self.plan.categories), 1)

    def length_of(self, number: float) -> float:
        """Along the axis of the values of lying bars, in points."""
        scale = self.plan.scale
        part = number / (scale.highest - scale.lowest)
        return part * self.plot.width * self.frame.width


def labels(drawing: Drawing, column: Column) -> str:
    told = [
        _label(drawing, at, point, tag, size)
        for at, point in enumerate(column.points)
        if (tag := point.tag) is not None
        if (size := _size(drawing, column, point, tag))
    ]
    return element("c:dLbls", *told, *_shows(False, False), _without_leaders()) if told else ""


def _size(drawing: Drawing, column: Column, point: Point, tag: Tag) -> float:
    """Of its letters in points; 0 where it has no room at all."""
    size = drawing.frame.letters * (SMALL if tag.is_small else 1)
    if drawing.plan.is_lying:
        return _size_in_bars(drawing, point, tag, size)
    if column.width or column.drawn is not Drawn.LINE or tag.is_end or tag.text:
        return size
    return _size_at_dots(drawing, point, tag, size)


def _size_in_bars(drawing: Drawing, point: Point, tag: Tag, size: float) -> float:
    """Not higher than its bar, nor, inside it, wider."""
    plan = drawing.plan
    size = max(min(size, LEAST), min(size, drawing.pitch / (beside(plan) + plan.gap / 100)))
    if tag.position != "ctr" or point.value is None:
        return size
    room = drawing.length_of(point.value)
    wide = width_of(tag.text or _number(drawing, point), size)
    return 0.0 if wide * SMALL > room else size * min(1.0, room / wide)


def _size_at_dots(drawing: Drawing, point: Point, tag: Tag, size: float) -> float:
    """No wider than the way to the next dot; of two numbers at a dot the left one gives way."""
    sides = {p.tag.position for c in drawing.plan.columns if not c.width
             for p in c.points if p.tag is not None and not p.tag.text}  # fmt: skip
    wide = width_of(_number(drawing, point), 1.0, tag.is_bold)
    for count in range(len(sides), 0, -1):
        found = min(size, (drawing.pitch - MARKER) / (wide * count))
        if found >= LEAST or count == 1:
            break
    if tag.position == "l" and count < len(sides):
        return 0.0
    return max(min(size, LEAST), found)


def _number(drawing: Drawing, point: Point) -> str:
    """About as it is written."""
    unit = drawing.plan.scale.unit
    return f"{point.value:.{point.decimals}f}{unit and f' {unit}'}"


def _label(drawing: Drawing, at: int, point: Point, tag: Tag, size: float) -> str:
    plan = drawing.plan
    way = UPRIGHT if tag.is_upright else WHOLE
    parts = [value("idx", at)]
    if aside := _aside(drawing, point, tag):
        place = (value(name, round(length, 4)) for name, length in zip("xy", aside, strict=True))
        parts.append(element("c:layout", element("c:manualLayout", *place)))
    if tag.text:
        parts.append(rich(_written(drawing, tag, size), size, tag.colour, tag.is_bold, way))
    else:
        parts.append(element("c:numFmt", formatCode=format_code(plan, point.decimals),
                             sourceLinked=0))  # fmt: skip
        fill = solid(LIGHT.ground) if tag.is_backed else element("a:noFill")
        parts += [shape(fill, line("", 0)), letters(size, tag.colour, tag.is_bold, way)]
    parts.append(value("dLblPos", tag.position))
    return element("c:dLbl", *parts, *_shows(True, tag.has_name))


def _written(drawing: Drawing, tag: Tag, size: float) -> str:
    """The reason of a break in lines that end before the next one's begin."""
    if tag.rows_apart is None:
        return tag.text
    return broken(tag.text, size, drawing.pitch * tag.rows_apart - size)


def _aside(drawing: Drawing, point: Point, tag: Tag) -> tuple[float, float] | None:
    """How far from where Office would put it, as parts of the chart: right, and down."""
    if tag.is_past_whisker and point.above:
        if tag.position == "t":
            scale = drawing.plan.scale
            return 0.0, -point.above / (scale.highest - scale.lowest) * drawing.plot.height
        return drawing.length_of(point.above) / drawing.frame.width, 0.0
    return (0.0, -tag.lift) if tag.lift else None


def _shows(has_value: bool, has_name: bool) -> list[str]:
    shown = {
        "showLegendKey": False, "showVal": has_value, "showCatName": False,
        "showSerName": has_name, "showPercent": False, "showBubbleSize": False,
    }  # fmt: skip
    separator = [element("c:separator", " ")] if has_name else []
    return [*(value(name, is_shown) for name, is_shown in shown.items()), *separator]


def _without_leaders() -> str:
    """No lines from a label that was moved to its point."""
    shows = element("c15:showLeaderLines", val=0)
    return element("c:extLst", element("c:ext", shows, uri=LEADERS, **{"xmlns:c15": LATER}))
