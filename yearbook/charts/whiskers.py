"""Thin strokes over the intervals of single shares, each a stroke of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yearbook.charts.description import Mark, Role, Series
from yearbook.charts.plotting import Trace

MOST_WITH_WHISKERS = 3  # lines; of more, only the strong ones
THIN = 1.2


def whiskered(series: Sequence[Series]) -> list[Series]:
    """The series that carry their intervals: of many lines, own school and everyone."""
    if len(series) <= MOST_WITH_WHISKERS:
        return list(series)
    return [one for one in series if one.role in (Role.OWN, Role.ALL)]


def have_whiskers(series: Sequence[Series]) -> bool:
    """Whether any number has an interval: "1–4" is none, and where everyone answered is none."""
    return any(has_whisker(mark) for one in whiskered(series) for mark in one.marks)


def has_whisker(mark: Mark) -> bool:
    return mark.is_shown and mark.low is not None and mark.high is not None


def strokes(
    ends: Iterable[tuple[float, Mark]], colour: str, lies: bool, width: float = THIN
) -> Trace:
    """ends: where each mark stands on the other axis. Strokes are parted by gaps."""
    along: list[float | None] = []
    across: list[float | None] = []
    for place, mark in ends:
        if mark.low is not None and mark.high is not None:
            along += [mark.low, mark.high, None]
            across += [place, place, None]
    return {
        "type": "scatter", "mode": "lines", "meta": "whiskers", "cliponaxis": False,
        "x": along if lies else across, "y": across if lies else along,
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip", "showlegend": False, "connectgaps": False,
    }  # fmt: skip
