"""Axes of values and of time, with numbers as the language writes them."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from yearbook.charts.description import Chart
from yearbook.charts.plotting import PIXELS_PER_LETTER, Layout
from yearbook.charts.style import Theme
from yearbook.language import NO_BREAK_SPACE, Language, write_number

MOST_YEAR_LABELS = {"year": 5, "span": 3}  # that a narrow screen holds side by side
UNDER = 30  # pixels under the plot, for the labels of its axis


def value_axis_layout(chart: Chart, theme: Theme) -> Layout:
    """Begins at the chart's lowest; shares carry their sign."""
    is_whole_share = chart.axis.is_share and chart.axis.highest == 100
    ticks = share_ticks(chart, (0, 25, 50, 75, 100)) if is_whole_share else free_ticks(chart)
    return {
        "range": [chart.axis.lowest, top_of(chart)],
        "fixedrange": True,
        "gridcolor": theme.line,
        "zeroline": False,
        **ticks,
    }


def free_ticks(chart: Chart) -> Layout:
    """A few ticks, written as the language does (see the layout's separators)."""
    written = {"tickformat": ",~f", "ticksuffix": percent_sign(chart), "tickangle": 0}
    return {**written, "nticks": 5}


def share_ticks(chart: Chart, values: Iterable[int]) -> Layout:
    """Ticks of per cents with their sign, which Plotly leaves out of ticks that are given."""
    sign = percent_sign(chart)
    return {
        "tickvals": list(values),
        "ticktext": [f"{abs(value)}{sign}" for value in values],
        "tickangle": 0,
    }


def percent_sign(chart: Chart) -> str:
    if not chart.axis.is_share:
        return ""
    return "%" if chart.language is Language.EN else f"{NO_BREAK_SPACE}%"


def numbers_width(chart: Chart) -> int:
    """Room for the numbers of an upright axis."""
    longest = len(write_number(top_of(chart), 0, chart.language)) + len(percent_sign(chart))
    has_decimals = top_of(chart) < 5
    return 14 + round(PIXELS_PER_LETTER * (longest + 2 * has_decimals))


def top_of(chart: Chart) -> float:
    """Where the axis of the values ends: a little over the largest where nothing fixes it."""
    highest_fixed = chart.axis.highest
    return highest_fixed if highest_fixed is not None else highest(chart) * 1.08 or 1.0


def highest(chart: Chart) -> float:
    values = [m.value for s in chart.series for m in s.marks if m.value is not None]
    values += [m.high for s in chart.series for m in s.marks if m.high is not None]
    values += [point.high for point in chart.band if point.high is not None]
    return max(values, default=1.0)


def moment_axis(chart: Chart, theme: Theme, is_tight: bool = False) -> Layout:
    """Positions 0, 1, 2 …; as many labels as a narrow screen can hold, always the last."""
    labels = [place.label for place in chart.places]
    is_year = all(len(label) == 4 for label in labels)
    most = MOST_YEAR_LABELS["year" if is_year and not is_tight else "span"]
    step = max(1, ceil(len(labels) / most))
    shown = [i for i in range(len(labels)) if (len(labels) - 1 - i) % step == 0]
    return {
        "tickvals": shown,
        "ticktext": [labels[i] for i in shown],
        "tickangle": 0,
        "range": [-0.35, len(labels) - 0.65],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "linecolor": theme.line,
        "showline": True,
    }
