"""A line of a word's size for a tile: the course of one figure, with its last point."""

from __future__ import annotations

from yearbook.charts.axes import highest
from yearbook.charts.description import Chart
from yearbook.charts.lines import moments_of, series_over_time, value_axis
from yearbook.charts.material import Material
from yearbook.charts.plotting import Drawn, Layout
from yearbook.charts.series_breaks import breaks_of
from yearbook.charts.strokes import line_trace
from yearbook.charts.style import Theme
from yearbook.charts.trends import trend_headline

FORM = "sparkline"
HEIGHT = 48


def draw(material: Material) -> Chart:
    series = series_over_time(material)
    return Chart(
        form=FORM,
        indicator=material.indicator.code,
        language=material.language,
        headline=trend_headline(material, series),
        axis=value_axis(material, series),
        places=moments_of(material),
        series=series[-1:],
        height=HEIGHT,
        place_dimension=material.word(f"dimension.{material.time or 'year'}"),
        series_dimension=material.word("dimension.school"),
        breaks=breaks_of(material),
    )


def render(chart: Chart, theme: Theme) -> Drawn:
    """Only the last point is marked (hollow where schools are missing)."""
    trace = line_trace(chart, chart.series[0], theme)
    last = max(i for i, value in enumerate(trace["y"]) if value is not None)
    sizes = [7 if i == last else 0 for i in range(len(trace["y"]))]
    trace["line"] = {"color": theme.own, "width": 2}
    trace["marker"] |= {
        "size": sizes,
        "symbol": "circle",
        "line": {"color": theme.own, "width": 1.5},
    }
    trace["marker"]["color"] = [
        theme.own if c != theme.ground else c for c in trace["marker"]["color"]
    ]
    return Drawn([trace | {"showlegend": False, "cliponaxis": False}], _layout(chart))


def _layout(chart: Chart) -> Layout:
    """The ground of a sparkline is its own lowest: it tells of course, not of level."""
    values = [m.value for m in chart.series[0].marks if m.value is not None]
    low, high = min(values), highest(chart)
    room = (high - low) * 0.18 or 1.0
    hidden = {"visible": False, "fixedrange": True}
    return {
        "xaxis": {**hidden, "range": [-0.3, len(chart.places) - 0.6]},
        "yaxis": {**hidden, "range": [low - room, high + room]},
        "margin": {"t": 4, "r": 6, "b": 4, "l": 2},
    }
