"""Plans whole distributions in a row for every group, on a fixed axis of 0–100: stacking to 100 %
would stretch what is left when something is withheld."""

from __future__ import annotations

from dataclasses import replace

from yearbook.charts.description import Chart, Mark, Role, Series
from yearbook.charts.folds import short_of
from yearbook.charts.ranges import PALE
from yearbook.charts.stacked import LEAST_WITH_TEXT, colour_of
from yearbook.charts.style import LIGHT, blend, readable_on
from yearbook.exports.native.bars import SIGNS, faint, sign_of
from yearbook.exports.native.plan import Column, Drawn, Plan, Point, Tag
from yearbook.exports.native.points import (
    hatching,
    is_withheld,
    middle,
    row_label,
    row_note,
    scale_of,
)

FORMS = ("stacked",)


def plan(chart: Chart) -> Plan:
    hidden = [is_withheld(chart, place.key) for place in chart.places]
    columns = [_signed(chart, series) for series in chart.series]
    return Plan(
        language=chart.language,
        heading=chart.place_dimension,
        categories=tuple(row_label(chart, place.key) for place in chart.places),
        columns=(*columns, *hatching(chart, hidden, 100.0)),
        scale=scale_of(chart),
        notes=tuple(row_note(chart, place.key) for place in chart.places),
        is_lying=True,
        is_stacked=True,
        has_key=True,
        gap=25,
    )


def _signed(chart: Chart, series: Series) -> Column:
    """With a second sign beside its colour."""
    colour = colour_of(series, LIGHT)
    found = part(chart, series, colour)
    return found if found.pattern else replace(found, pattern=sign_of(series))


def part(chart: Chart, series: Series, colour: str) -> Column:
    """An option; options counted together have lines both ways and no colour of any of them."""
    is_fold = series.role is Role.FOLD
    points = [_point(chart, series.at(place.key), colour) for place in chart.places]
    return Column(
        name=short_of(series),
        drawn=Drawn.BAR,
        points=tuple(points),
        colour=colour,
        pattern=SIGNS["x"] if is_fold else "",
        pattern_colour=faint(colour),
        outline=LIGHT.muted if is_fold else LIGHT.ground,
    )


def _point(chart: Chart, mark: Mark | None, colour: str) -> Point:
    """With its number where there is room for it; a range is pale."""
    found = middle(chart, mark)
    if found.value is None:
        return found
    if found.is_range:
        pale = blend(colour, LIGHT.ground, PALE)
        tag = Tag("ctr", found.interval, colour=readable_on(pale))
        return replace(found, colour=pale, tag=tag if found.value >= 2 * LEAST_WITH_TEXT else None)
    has_room = found.value >= LEAST_WITH_TEXT
    return replace(found, tag=Tag("ctr", colour=readable_on(colour)) if has_room else None)
