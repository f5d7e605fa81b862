"""Plans lying bars: schools in order, or the options of a question for up to three groups: own
school dark, everyone grey with a dark edge, others hatched, as paper without colour shows too."""

from __future__ import annotations

from dataclasses import replace

from yearbook.charts.description import Chart, Mark, Role, Series
from yearbook.charts.style import LIGHT, PATTERNS, Theme, blend, readable_on
from yearbook.exports.native.plan import Column, Drawn, Plan, Point, Tag
from yearbook.exports.native.points import (
    column_name,
    decimals_of,
    hatching,
    is_withheld,
    point,
    row_label,
    row_note,
    scale_of,
)

FORMS = ("bars", "options")
SIGNS = {"": "", "/": "wdUpDiag", "\\": "wdDnDiag", ".": "pct20", "x": "diagCross"}
FAINT = 0.35


def plan(chart: Chart) -> Plan:
    scale = scale_of(chart)
    several = len(chart.series) > 1
    head = len(chart.references)
    columns = [_bars(chart, series) for series in chart.series]
    columns = [
        replace(one, points=(*([Point()] * head), *one.points)) for one in columns
    ] + [_reference(chart, number) for number in range(head)]  # fmt: skip
    hidden = [False] * head + [is_withheld(chart, place.key) for place in chart.places]
    return Plan(
        language=chart.language,
        heading=chart.place_dimension,
        categories=(
            *(reference.label for reference in chart.references),
            *(row_label(chart, place.key) for place in chart.places),
        ),
        columns=(*columns, *hatching(chart, hidden, scale.highest)),
        scale=scale,
        notes=("",) * head + tuple(row_note(chart, place.key) for place in chart.places),
        is_lying=True,
        has_key=several,
        gap=30 if several else 45,
    )


def _bars(chart: Chart, series: Series) -> Column:
    points = [_point(chart, series.at(place.key)) for place in chart.places]
    several = len(chart.series) > 1
    is_other = series.role is Role.OTHER and several
    is_everyone = series.role is Role.ALL and several
    colour = LIGHT.other if is_everyone else LIGHT.of(series)
    return Column(
        name=column_name(chart, series),
        drawn=Drawn.BAR,
        points=tuple(points),
        colour=colour,
        pattern=SIGNS["/"] if is_other else sign_of(series),
        pattern_colour=faint(colour),
        outline=LIGHT.everyone if is_everyone else "",
    )


def sign_of(series: Series) -> str:
    """A second sign beside the colour of equals."""
    return SIGNS[PATTERNS[series.rank % len(PATTERNS)]] if series.role is Role.CLASS else ""


def faint(colour: str) -> str:
    """Of thin lines on which a number can be read."""
    return blend(readable_on(colour), colour, FAINT)


def _point(chart: Chart, mark: Mark | None) -> Point:
    """Own school's row in its colour; the number after the whisker where there is one."""
    found = point(chart, mark, chart.has_whiskers)
    if mark is None or found.value is None:
        return found
    own = colour_of_row(chart, mark.place, LIGHT) if len(chart.series) == 1 else ""
    tag = Tag(
        "outEnd",
        found.interval if found.is_range else "",
        is_bold=own == LIGHT.own,
        is_past_whisker=found.above is not None,
    )
    return replace(found, colour=own, tag=tag)


def colour_of_row(chart: Chart, place: str, theme: Theme) -> str:
    role = chart.place(place).role
    return theme.own if role is Role.OWN else theme.everyone if role is Role.ALL else theme.other


def _reference(chart: Chart, number: int) -> Column:
    """Everyone, as a row of its own with a dashed dark contour."""
    reference = chart.references[number]
    decimals = decimals_of(reference.written, chart.language)
    rows = [Point() for _ in (*chart.references, *chart.places)]
    rows[number] = Point(reference.shown, decimals, tag=Tag("outEnd"))
    return Column(
        name=reference.label,
        drawn=Drawn.BAR,
        points=tuple(rows),
        colour=LIGHT.ground,
        outline=LIGHT.everyone,
        dash="dash",
    )
