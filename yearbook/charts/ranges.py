"""Draws what is known only to lie between two numbers, as "1–4": hatched from one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yearbook.charts.description import Chart, Mark, Role, Series
from yearbook.charts.plotting import Layout, Trace, hover
from yearbook.charts.style import Theme

STANDING = 0.16  # of the way from one moment to the next
PALE = 0.45  # of a part of a row, whose length is the middle of its range


def has_ranges(series: Iterable[Series]) -> bool:
    return any(mark.is_range for one in series for mark in one.marks)


def lying_ranges(ends: Iterable[tuple[float, Mark]], colours: Sequence[str], width: float) -> Trace:
    """ends: the place of each mark on the other axis. There is no bar up to the range, and no
    point in it: where the number lies is not known."""
    found = [(place, mark) for place, mark in ends if mark.is_range]
    return {
        "orientation": "h",
        "base": [mark.low for _, mark in found],
        "x": [(mark.high or 0) - (mark.low or 0) for _, mark in found],
        "y": [place for place, _ in found],
        **_bars([mark for _, mark in found], colours, width),
    }


def standing_ranges(chart: Chart, theme: Theme) -> list[Trace]:
    """Over time: beside the points of the same line. Grey lines of many others have none."""
    positions = {place.key: index for index, place in enumerate(chart.places)}
    traces = []
    for series in chart.series:
        marks = [mark for mark in series.marks if mark.is_range]
        if not marks or series.role is Role.OTHER:
            continue
        traces.append(
            {
                "base": [mark.low for mark in marks],
                "x": [positions[mark.place] for mark in marks],
                "y": [(mark.high or 0) - (mark.low or 0) for mark in marks],
                **_bars(marks, [theme.of(series)] * len(marks), STANDING),
            }
        )
    return traces


def _bars(marks: Sequence[Mark], colours: Sequence[str], width: float) -> Trace:
    return {
        "type": "bar",
        "name": "",
        "meta": "range",
        "width": width,
        "hovertext": [hover(mark) for mark in marks],
        "hoverinfo": "text",
        "marker": _ranged(colours),
        "showlegend": False,
    }


def _ranged(colours: Sequence[str]) -> Layout:
    """A contour and thin lines in the colour of a bar, without its weight."""
    pattern = {"shape": "/", "size": 5, "solidity": 0.25, "fgcolor": list(colours)}
    line = {"color": list(colours), "width": 1.2}
    return {"color": "rgba(0,0,0,0)", "pattern": pattern, "line": line}
