"""Horizontal bars in order: schools (or regions, programmes) beside each other at one time."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.description import Axis, Chart, Mark
from yearbook.charts.lying import lying_height, lying_layout, lying_rows, row_colour
from yearbook.charts.material import Material
from yearbook.charts.plotting import Drawn, Trace, hover, safe
from yearbook.charts.ranking import ordered_marks, ranking_headline, references, series_of
from yearbook.charts.style import Theme

FORM = "bars"


def draw(material: Material) -> Chart:
    """The newest moment of the table, largest first, everyone as a dashed level."""
    places, marks = ordered_marks(material)
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
        series=(series_of(material, marks),),
        height=lying_height(places),
        place_dimension=material.word(f"dimension.{dimension}"),
        series_dimension=material.word("charts.dimension.figure"),
        references=references(material),
        has_whiskers=any(mark.low is not None for mark in marks),
    )


def render(chart: Chart, theme: Theme) -> Drawn:
    rows = lying_rows(chart)
    return Drawn([_bars(chart, rows, theme)], lying_layout(chart, rows, theme))


def _bars(chart: Chart, rows: dict[str, int], theme: Theme) -> Trace:
    marks = [m for m in chart.series[0].marks if m.is_shown]
    strokes = [row_colour(chart, mark.place, theme) for mark in marks]
    trace: Trace = {
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
    if chart.has_whiskers:
        trace["error_x"] = whiskers(marks, theme)
    return trace


def whiskers(marks: Sequence[Mark], theme: Theme) -> dict[str, object]:
    """Thin lines over the 95 % interval."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [_beyond(m.high, m.value) for m in marks],
        "arrayminus": [_beyond(m.value, m.low) for m in marks],
        "color": theme.text,
        "thickness": 1,
        "width": 3,
    }


def _beyond(high: float | None, low: float | None) -> float:
    """How far the whisker reaches; no length where an end is not known."""
    return 0.0 if high is None or low is None else max(0.0, high - low)
