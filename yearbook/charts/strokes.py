"""Lines over time as Plotly draws them, with what stands at their ends and breaks."""

from __future__ import annotations

from yearbook.charts.axes import UNDER, moment_axis, numbers_width, value_axis_layout
from yearbook.charts.break_lines import break_lines
from yearbook.charts.description import Chart, Mark, Role, Series
from yearbook.charts.end_labels import end_labels, has_end_labels
from yearbook.charts.plotting import (
    LINE_HEIGHT,
    PIXELS_PER_LETTER,
    Layout,
    Trace,
    hover,
    plain,
    safe,
)
from yearbook.charts.style import DASHES, SYMBOLS, Theme
from yearbook.charts.whiskers import has_whisker, strokes, whiskered

WIDEST_END_LABEL = 120


def line_traces(chart: Chart, theme: Theme) -> list[Trace]:
    """Whiskers lie under the lines, so that no point is covered."""
    under = _whiskers(chart, theme) if chart.has_whiskers else []
    return [*under, *(line_trace(chart, series, theme) for series in chart.series)]


def _whiskers(chart: Chart, theme: Theme) -> list[Trace]:
    positions = {place.key: index for index, place in enumerate(chart.places)}
    return [
        strokes(
            [(positions[m.place], m) for m in series.marks if has_whisker(m)],
            theme.of(series),
            lies=False,
        )
        for series in whiskered(chart.series)
    ]


def line_trace(chart: Chart, series: Series, theme: Theme) -> Trace:
    """A line that stops at every gap and every break; a hollow marker where schools are missing."""
    colour, is_strong = theme.of(series), series.role is not Role.OTHER
    points = _points(chart, series)
    size = 7 if is_strong else 4
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": safe(series.name),
        "x": [x for x, _ in points],
        "y": [mark.value if mark else None for _, mark in points],
        "hovertext": [hover(mark) if mark else "" for _, mark in points],
        "hoverinfo": "text",
        "connectgaps": False,
        "line": {"color": colour, "width": width_of(series), "dash": dash_of(series)},
        "marker": {
            "color": [theme.ground if mark and mark.hollow else colour for _, mark in points],
            "symbol": symbol_of(series),
            "size": size,
            "line": {"color": colour, "width": 1.5 if is_strong else 0.5},
        },
        "showlegend": not has_end_labels(chart),
    }


def width_of(series: Series) -> float:
    return {Role.OWN: 3.0, Role.ALL: 2.0, Role.OTHER: 1.2}.get(series.role, 2.2)


def dash_of(series: Series) -> str:
    """A second sign beside the colour: everyone is dashed, equals differ in dash and marker."""
    if series.role is Role.ALL:
        return "dash"
    return DASHES[series.rank % len(DASHES)] if series.role is Role.CLASS else "solid"


def symbol_of(series: Series) -> str:
    return SYMBOLS[series.rank % len(SYMBOLS)] if series.role is Role.CLASS else "circle"


def _points(chart: Chart, series: Series) -> list[tuple[float, Mark | None]]:
    marks = {mark.place: mark for mark in series.marks if mark.is_shown}
    borders = {line.before for line in chart.breaks}
    points: list[tuple[float, Mark | None]] = []
    for index, place in enumerate(chart.places):
        if place.key in borders:
            points.append((index - 0.5, None))
        points.append((index, marks.get(place.key)))
    return points


def line_layout(chart: Chart, theme: Theme) -> Layout:
    breaks, rows = break_lines(chart, theme)
    top = 14 + rows * LINE_HEIGHT
    labels = end_labels(chart, theme, chart.height - top - UNDER)
    longest = max((len(plain(label["text"])) for label in labels), default=0)
    right = min(WIDEST_END_LABEL, 14 + int(longest * PIXELS_PER_LETTER))
    return {
        "xaxis": moment_axis(chart, theme, is_tight=right >= WIDEST_END_LABEL - 10),
        "yaxis": value_axis_layout(chart, theme),
        "shapes": [line["shape"] for line in breaks],
        "annotations": labels + [line["note"] for line in breaks],
        "margin": {"t": top, "r": right, "b": UNDER, "l": numbers_width(chart)},
    }
