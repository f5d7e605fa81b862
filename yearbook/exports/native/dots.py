"""Plans dots with their intervals over the names of the groups, everyone as a dashed line."""

from __future__ import annotations

from dataclasses import replace

from yearbook.charts.description import Chart, Mark, Series
from yearbook.charts.style import LIGHT
from yearbook.exports.native.bars import colour_of_row
from yearbook.exports.native.plan import Column, Drawn, Plan, Point, Tag
from yearbook.exports.native.points import (
    decimals_of,
    hatching,
    is_withheld,
    point,
    row_label,
    row_note,
    scale_of,
)

FORMS = ("dots", "representation")
ASKED = "of_invited"
MOST_BESIDE = 8  # dots with their numbers at their right; of more they stand over the intervals


def plan(chart: Chart) -> Plan:
    scale = scale_of(chart)
    hidden = [is_withheld(chart, place.key) for place in chart.places]
    return Plan(
        language=chart.language,
        heading=chart.place_dimension,
        categories=tuple(row_label(chart, place.key) for place in chart.places),
        columns=(
            *(_dots(chart, series) for series in chart.series),
            *_references(chart),
            *hatching(chart, hidden, scale.highest),
        ),
        scale=scale,
        notes=tuple(row_note(chart, place.key) for place in chart.places),
        has_key=len(chart.series) > 1,
        has_room_at_right=bool(chart.references),
        gap=30,
    )


def _dots(chart: Chart, series: Series) -> Column:
    """Those asked as a rhomb, whose number stands at its other side."""
    is_asked = series.key == ASKED
    points = [_dot(chart, series, series.at(place.key)) for place in chart.places]
    return Column(
        name=series.name,
        drawn=Drawn.LINE,
        points=tuple(points),
        colour=LIGHT.text if is_asked else LIGHT.own if len(chart.series) > 1 else LIGHT.other,
        width=0,
        marker="diamond" if is_asked else "circle",
    )


def _dot(chart: Chart, series: Series, mark: Mark | None) -> Point:
    found = point(chart, mark, has_interval=True)
    if mark is None or found.value is None:
        return found
    if found.is_range:
        return replace(found, tag=Tag("r", found.interval, is_backed=True))
    colour = "" if len(chart.series) > 1 else colour_of_row(chart, mark.place, LIGHT)
    tag = Tag("l" if series.key == ASKED else "r", is_bold=colour == LIGHT.own, is_backed=True)
    if len(chart.series) == 1 and len(chart.places) > MOST_BESIDE:
        tag = replace(tag, position="t", is_past_whisker=True)
    return replace(found, colour=colour, tag=tag)


def _references(chart: Chart) -> list[Column]:
    columns = []
    for reference in chart.references:
        decimals = decimals_of(reference.written, chart.language)
        points = [Point(reference.shown, decimals) for _ in chart.places]
        tag = Tag("r", reference.label, colour=LIGHT.everyone)
        points[-1] = replace(points[-1], tag=tag)
        name = reference.label
        columns.append(
            Column(name, Drawn.LINE, tuple(points), LIGHT.everyone, width=1.5, dash="dash")
        )
    return columns
