"""Hatched marks: what is withheld keeps its place, and options counted together have one sign."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.axes import top_of
from yearbook.charts.description import Chart, Mark, Role, Series
from yearbook.charts.plotting import Layout, Trace, hover, note, safe
from yearbook.charts.style import Theme
from yearbook.editions import State
from yearbook.language import EN_DASH

CROSSED = "\u25a9"  # the sign of a fold in a key
STRIP = 0.5  # of the way from one moment to the next


def hatched(theme: Theme) -> Layout:
    """Of a place without a number: no colour, thin lines."""
    pattern = {"shape": "/", "size": 6, "solidity": 0.15, "fgcolor": theme.other}
    return {"color": "rgba(0,0,0,0)", "pattern": pattern, "line": {"width": 0}}


def crossed(theme: Theme) -> Layout:
    """Of options counted together: no colour of any option, lines both ways and a contour."""
    lines = {"fgcolor": theme.muted, "fgopacity": 0.6, "fillmode": "overlay"}
    return {
        "color": theme.soft,
        "pattern": {"shape": "x", "size": 7, "solidity": 0.12, **lines},
        "line": {"color": theme.muted, "width": 1},
    }


def strips(chart: Chart, theme: Theme) -> list[Trace]:
    """Over time: a hatched strip at each moment at which a line stops for protection's sake; the
    grey lines of many others only stop."""
    found = _hidden(chart)
    if not found:
        return []
    height = top_of(chart) - chart.axis.lowest
    return [
        {
            "type": "bar",
            "name": "",
            "meta": "withheld",
            "x": list(found),
            "y": [height for _ in found],
            "base": chart.axis.lowest,
            "width": STRIP,
            "hovertext": ["<br><br>".join(map(hover, marks)) for marks in found.values()],
            "hoverinfo": "text",
            "marker": hatched(theme),
            "showlegend": False,
        }
    ]


def strip_notes(chart: Chart, theme: Theme) -> list[Layout]:
    """The word upright in each strip, for there is no number, and it is not zero."""
    words = dict(chart.state_words)
    foot = {"y": 0, "yref": "paper", "yanchor": "bottom", "yshift": 2, "textangle": -90}
    return [
        note(safe(words.get(marks[0].state, EN_DASH)), theme, x=place, **foot, **ground(theme))
        for place, marks in _hidden(chart).items()
    ]


def ground(theme: Theme) -> Layout:
    """Behind words over lines and hatching."""
    return {"bgcolor": theme.ground, "borderpad": 1}


def has_strips(series: Sequence[Series]) -> bool:
    return bool(_protected(series))


def _hidden(chart: Chart) -> dict[int, list[Mark]]:
    """Position -> the marks without a number."""
    positions = {place.key: index for index, place in enumerate(chart.places)}
    found: dict[int, list[Mark]] = {}
    for mark in _protected(chart.series):
        found.setdefault(positions[mark.place], []).append(mark)
    return dict(sorted(found.items()))


def _protected(series: Sequence[Series]) -> list[Mark]:
    """Of the lines that stand out; where folds are drawn, their options are not missing."""
    has_folds = any(one.role is Role.FOLD for one in series)
    states = (State.WITHHELD,) if has_folds else (State.WITHHELD, State.FOLDED)
    told = [one for one in series if one.role is not Role.OTHER]
    return [mark for one in told for mark in one.marks if mark.state in states]
