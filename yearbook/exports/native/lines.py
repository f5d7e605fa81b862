"""Plans lines over time: never joined over a gap or a break, own school strong, others grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yearbook.charts.description import Chart, Role, Series
from yearbook.charts.end_labels import has_end_labels, labelled
from yearbook.charts.strokes import dash_of, symbol_of, width_of
from yearbook.charts.style import LIGHT
from yearbook.charts.whiskers import whiskered
from yearbook.exports.native.line_marks import Row, band, breaks, note, strips
from yearbook.exports.native.plan import Column, Drawn, Plan, Point, Tag
from yearbook.exports.native.points import (
    column_name,
    never_shown,
    point,
    scale_of,
)

FORMS = ("lines", "slope", "small_multiple", "sparkline")
DASHES = {
    "solid": "solid",
    "dash": "dash",
    "dot": "sysDot",
    "dashdot": "dashDot",
    "longdash": "lgDash",
    "longdashdot": "lgDashDot",
}
MARKERS = {"triangle-up": "triangle"}
NONE = ""  # the row of a break, where no line may go on


def plan(chart: Chart) -> Plan:
    rows = _rows(chart)
    columns = [_line(chart, series, rows) for series in chart.series]
    columns = _with_ends(chart, columns, rows)
    if not has_end_labels(chart):
        columns = [
            _under_one_sign(chart, *pair) for pair in zip(columns, chart.series, strict=True)
        ]
    scale = scale_of(chart)
    return Plan(
        language=chart.language,
        heading=chart.place_dimension,
        categories=tuple(NONE if key is None else chart.place(key).label for key in rows),
        columns=(
            *columns,
            *_others(chart, columns),
            *band(chart, rows),
            *breaks(chart, rows, scale.highest),
            *strips(chart, rows, scale.highest),
        ),
        scale=scale,
        notes=tuple(note(chart, rows, number) for number in range(len(rows))),
        has_key=len(chart.series) > 1
        and (not has_end_labels(chart) or any(never_shown(series) for series in chart.series)),
        is_sequence=all(place.key in chart.moments for place in chart.places),
        has_room_at_right=True,
        gap=60,
    )


def _rows(chart: Chart) -> list[Row]:
    borders = {line.before for line in chart.breaks}
    rows: list[Row] = []
    for place in chart.places:
        rows += [None, place.key] if place.key in borders else [place.key]
    return rows


def _line(chart: Chart, series: Series, rows: Sequence[Row]) -> Column:
    has_whiskers = chart.has_whiskers and series in whiskered(chart.series)
    symbol = symbol_of(series)
    points = [point(chart, None if key is None else series.at(key), has_whiskers) for key in rows]
    told = points if series.role is not Role.OTHER else [_without_range(one) for one in points]
    return Column(
        name=column_name(chart, series),
        drawn=Drawn.LINE,
        points=tuple(_ranged(one) for one in told),
        colour=LIGHT.of(series),
        width=width_of(series),
        dash=DASHES[dash_of(series)],
        marker=MARKERS.get(symbol, symbol),
    )


def _under_one_sign(chart: Chart, column: Column, series: Series) -> Column:
    """Grey lines share a sign in the key, but for those that have no number."""
    is_grey = series.role is Role.OTHER and not never_shown(series)
    return replace(column, is_named=not (is_grey and chart.others_label))


def _others(chart: Chart, columns: Sequence[Column]) -> list[Column]:
    """A column without numbers, whose sign stands in the key for all grey lines."""
    grey = next((column for column in columns if not column.is_named), None)
    if grey is None:
        return []
    points = tuple(Point() for _ in grey.points)
    return [replace(grey, name=chart.others_label, points=points, is_helper=True, is_named=True)]


def _without_range(one: Point) -> Point:
    """Grey lines of many others have none."""
    return Point() if one.is_range else one


def _ranged(one: Point) -> Point:
    return replace(one, tag=Tag("r", one.interval)) if one.is_range else one


def _with_ends(chart: Chart, columns: list[Column], rows: Sequence[Row]) -> list[Column]:
    """Name and last value beside the end of each line that carries them; of
    slopes the first value before its start."""
    told = [number for number, s in enumerate(chart.series) if s in labelled(chart)]
    columns = _tagged(chart, columns, told, rows, is_end=True)
    return _tagged(chart, columns, told, rows, is_end=False) if chart.form == "slope" else columns


def _tagged(
    chart: Chart, columns: list[Column], told: list[int], rows: Sequence[Row], is_end: bool
) -> list[Column]:
    ends = {}
    for number in told:
        shown = [i for i, p in enumerate(columns[number].points) if p.value is not None]
        if shown and (is_end or shown[0] == 0 < shown[-1]):
            ends[number] = shown[-1] if is_end else 0
    found = list(columns)
    for number, at in ends.items():
        series = chart.series[number]
        has_name = is_end and len(chart.series) > 1
        tag = Tag(
            "r" if is_end else "l",
            has_name=has_name,
            colour=LIGHT.text_of(series),
            is_bold=series.role is not Role.OTHER,
            is_end=True,
        )
        points = list(columns[number].points)
        points[at] = replace(points[at], tag=points[at].tag or tag)
        found[number] = replace(found[number], points=tuple(points))
    return found
