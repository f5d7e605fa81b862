"""Horizontal bars in order: schools (or regions, programmes) beside each other at one time."""

from __future__ import annotations

from yearbook.charts.description import Axis, Chart
from yearbook.charts.lying import lying_height, lying_layout, lying_rows, row_colour
from yearbook.charts.material import Material
from yearbook.charts.plotting import Drawn, Trace, hover, safe
from yearbook.charts.ranges import has_ranges, lying_ranges
from yearbook.charts.ranking import ordered_marks, ranking_headline, references, series_of
from yearbook.charts.style import Theme
from yearbook.charts.whiskers import has_whisker, have_whiskers, strokes

FORM = "bars"


def draw(material: Material) -> Chart:
    """The newest moment of the table, largest first, everyone as a dashed level."""
    places, marks = ordered_marks(material)
    series = (series_of(material, marks),)
    unit = material.word(f"unit.{material.indicator.unit}")
    highest = 100.0 if material.is_share and material.is_survey else None
    dimension = material.varying[0] if material.varying else "school"
    return Chart(
        form=FORM,
        indicator=material.indicator.code,
        language=material.language,
        headline=ranking_headline(material, places, marks),
        axis=Axis(unit, material.is_share, material.indicator.decimals, 0.0, highest),
        places=places,
        series=series,
        height=lying_height(places),
        place_dimension=material.word(f"dimension.{dimension}"),
        series_dimension=material.word("charts.dimension.figure"),
        references=references(material),
        has_whiskers=have_whiskers(series),
    )


def render(chart: Chart, theme: Theme) -> Drawn:
    rows = lying_rows(chart)
    traces = [_bars(chart, rows, theme)]
    if has_ranges(chart.series):
        traces.append(ranges_in_rows(chart, rows, theme, 0.66))
    if chart.has_whiskers:
        ends = [(rows[m.place], m) for m in chart.series[0].marks if has_whisker(m)]
        traces.append(strokes(ends, theme.text, lies=True))
    return Drawn(traces, lying_layout(chart, rows, theme))


def ranges_in_rows(chart: Chart, rows: dict[str, int], theme: Theme, width: float) -> Trace:
    marks = [mark for mark in chart.series[0].marks if mark.is_range]
    colours = [row_colour(chart, mark.place, theme) for mark in marks]
    return lying_ranges([(rows[mark.place], mark) for mark in marks], colours, width)


def _bars(chart: Chart, rows: dict[str, int], theme: Theme) -> Trace:
    marks = [m for m in chart.series[0].marks if m.is_shown]
    strokes = [row_colour(chart, mark.place, theme) for mark in marks]
    return {
        "type": "bar",
        "orientation": "h",
        "name": safe(chart.series[0].name),
        "x": [mark.value for mark in marks],
        "y": [rows[mark.place] for mark in marks],
        "width": 0.66 * (max(rows.values()) + 1) / len(rows),
        "hovertext": [hover(mark) for mark in marks],
        "hoverinfo": "text",
        "marker": {
            "color": [theme.ground if m.hollow else c for m, c in zip(marks, strokes, strict=True)],
            "line": {"color": strokes, "width": 1.5},
        },
        "showlegend": False,
    }
