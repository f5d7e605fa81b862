"""Moves what is written beside the ends of lines, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yearbook.charts.end_labels import apart
from yearbook.charts.plotting import LINE_HEIGHT
from yearbook.exports.native.measuring import LINE
from yearbook.exports.native.plan import Column, Frame, Plan, Point, Tag
from yearbook.exports.native.plots import Plot

End = tuple[int, int, Point, Tag]  # the column, and where in it


def lifted(plan: Plan, frame: Frame, plot: Plot) -> Plan:
    """The labels at either end moved apart, as far as letters of that size ask for."""
    columns = list(plan.columns)
    for position in ("l", "r"):
        ends = [
            (number, at, point, tag)
            for number, column in enumerate(columns)
            for at, point in enumerate(column.points)
            if (tag := point.tag) is not None and tag.is_end and tag.position == position
        ]
        for (number, at, point, tag), lift in zip(
            ends, _lifts(plan, frame, plot, ends), strict=True
        ):
            columns[number] = _with(
                columns[number], at, replace(point, tag=replace(tag, lift=lift))
            )
    return replace(plan, columns=tuple(columns))


def _lifts(plan: Plan, frame: Frame, plot: Plot, ends: Sequence[End]) -> list[float]:
    """As parts of the chart's height."""
    line = LINE_HEIGHT / (frame.letters * LINE)  # of the screen, by which `apart` measures
    height = plot.height * frame.height * line
    unit = height / max(plan.scale.highest - plan.scale.lowest, 1e-9)
    wanted = [unit * (float(point.value or 0) - plan.scale.lowest) for _, _, point, _ in ends]
    shifts = apart(wanted, [1] * len(ends), height)
    return [shift / line / frame.height for shift in shifts]


def _with(column: Column, at: int, point: Point) -> Column:
    points = (*column.points[:at], point, *column.points[at + 1 :])
    return replace(column, points=points)
