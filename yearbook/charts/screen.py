"""Renders a chart for the screen, as the dict of a Plotly figure."""

from __future__ import annotations

from typing import Any

from yearbook.charts.description import Chart
from yearbook.charts.kinds import kind_of
from yearbook.charts.picture import framed
from yearbook.charts.plotting import Layout, note
from yearbook.charts.presets import COLUMN, IN_TEXT, PICTURE, SLIDE, Preset
from yearbook.charts.style import FONT, SEPARATORS, SMALL_TEXT_SIZE, TEXT_SIZE, Theme, theme
from yearbook.language import EN_DASH

__all__ = ["COLUMN", "CONFIG", "IN_TEXT", "PICTURE", "SLIDE", "Preset", "figure", "picture"]

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "responsive": True,
}


def figure(chart: Chart, dark: bool = False) -> dict[str, Any]:
    """{"data": …, "layout": …}; titles and footer are text around it, not part of it."""
    colours = theme(dark)
    if chart.is_empty:
        return {"data": [], "layout": {**_common(chart, colours), **_empty(chart, colours)}}
    drawn = kind_of(chart.form).render(chart, colours)
    return {"data": drawn.traces, "layout": {**_common(chart, colours), **drawn.layout}}


def picture(chart: Chart, preset: Preset = SLIDE) -> dict[str, Any]:
    """The figure that a browser draws into a picture file: light, with all its texts. Its size
    stands in its layout (width, height)."""
    return framed(chart, figure(chart), preset)


def _common(chart: Chart, colours: Theme) -> Layout:
    return {
        "height": chart.height,
        "font": {"family": FONT, "size": TEXT_SIZE, "color": colours.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": SEPARATORS[chart.language],
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": colours.ground,
            "bordercolor": colours.muted,
            "font": {"family": FONT, "size": TEXT_SIZE, "color": colours.text},
            "align": "left",
        },
        "showlegend": False,
        "legend": {
            "orientation": "h",
            "xref": "container",
            "x": 0,
            "xanchor": "left",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": SMALL_TEXT_SIZE, "color": colours.text},
        },
        "margin": {"t": 14, "r": 14, "b": 30, "l": 8},
    }


def _empty(chart: Chart, colours: Theme) -> Layout:
    """Says why nothing is drawn, in the room the chart would take."""
    reasons = [reason for _, reason in chart.states] or [EN_DASH]
    hidden = {"visible": False, "fixedrange": True}
    text = "<br>".join(reasons)
    middle = note(text, colours, x=0.5, y=0.5, xref="paper", yref="paper")
    return {"xaxis": hidden, "yaxis": hidden, "annotations": [middle]}
