"""Dots with their intervals in order: shares of small groups, where a bar would look too sure."""

from __future__ import annotations

from dataclasses import replace

from yearbook.charts import bars
from yearbook.charts.description import Chart, Mark
from yearbook.charts.lying import lying_layout, lying_rows, row_colour
from yearbook.charts.material import Material
from yearbook.charts.plotting import Drawn, Trace, hover, safe
from yearbook.charts.ranges import has_ranges
from yearbook.charts.style import Theme
from yearbook.charts.whiskers import strokes

FORM = "dots"
RANGE = 0.36  # of the height of a row


def draw(material: Material) -> Chart:
    """The same rows as bars; a dot has no length, so that the axis need not begin at zero."""
    return replace(bars.draw(material), form=FORM)


def render(chart: Chart, theme: Theme) -> Drawn:
    rows = lying_rows(chart)
    traces = [_intervals(chart, rows, theme), _dots(chart, rows, theme)]
    if has_ranges(chart.series):
        traces.append(bars.ranges_in_rows(chart, rows, theme, RANGE))
    return Drawn(traces, lying_layout(chart, rows, theme))


def _shown(chart: Chart) -> list[Mark]:
    return [mark for mark in chart.series[0].marks if mark.is_shown]


def _intervals(chart: Chart, rows: dict[str, int], theme: Theme) -> Trace:
    marks = _shown(chart)
    return strokes([(rows[mark.place], mark) for mark in marks], theme.muted, lies=True, width=2)


def _dots(chart: Chart, rows: dict[str, int], theme: Theme) -> Trace:
    marks = _shown(chart)
    colours = [row_colour(chart, mark.place, theme) for mark in marks]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": safe(chart.series[0].name),
        "x": [mark.value for mark in marks],
        "y": [rows[mark.place] for mark in marks],
        "hovertext": [hover(mark) for mark in marks],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "size": 11,
            "color": [
                theme.ground if mark.hollow else colour
                for mark, colour in zip(marks, colours, strict=True)
            ],
            "line": {"color": colours, "width": 2},
        },
        "showlegend": False,
    }
