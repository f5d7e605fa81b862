"""Hatched marks: what is withheld keeps its place, and options counted together have one sign."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.axes import top_of
from yearbook.charts.description import Chart, Mark, Role, Series
from yearbook.charts.folds import short_of
from yearbook.charts.plotting import LINE_HEIGHT, Layout, Trace, hover, note, safe
from yearbook.charts.style import Theme
from yearbook.editions import State
from yearbook.language import EN_DASH

CROSSED = "\u25a9"  # the sign of a fold in a key
STRIP, WIDEST_STRIP = 0.05, 0.5  # for each moment, of the way from one to the next


def hatched(theme: Theme) -> Layout:
    """Of a place without a number: no colour, thin lines."""
    pattern = {"shape": "/", "size": 6, "solidity": 0.15, "fgcolor": theme.other}
    return {"color": "rgba(0,0,0,0)", "pattern": pattern, "line": {"width": 0}}


def withheld_rows(chart: Chart, rows: dict[str, int], ends: Sequence[float], theme: Theme) -> Trace:
    """What is withheld fills its row with hatching, from zero to each of the ends: it is there,
    and it has no parts to see."""
    marks = [mark for series in chart.series for mark in series.marks]
    shown = {mark.place for mark in marks if mark.middle is not None}
    absent = {m.place: m for m in marks if m.state is State.WITHHELD and m.place not in shown}
    return {
        "type": "bar",
        "orientation": "h",
        "name": "",
        "meta": "withheld",
        "x": [end for _ in absent for end in ends],
        "y": [rows[place] for place in absent for _ in ends],
        "width": 0.86,
        "hovertext": [hover(mark) for mark in absent.values() for _ in ends],
        "hoverinfo": "text",
        "marker": hatched(theme),
        "showlegend": False,
    }


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
    says = ["<br><br>".join(hover(mark) for _, mark in marks) for marks in found.values()]
    return [
        {
            "type": "bar",
            "name": "",
            "meta": "withheld",
            "x": list(found),
            "y": [height for _ in found],
            "base": chart.axis.lowest,
            "width": min(WIDEST_STRIP, STRIP * len(chart.places)),
            "hovertext": says,
            "hoverinfo": "text",
            "marker": hatched(theme),
            "showlegend": False,
        }
    ]


def strip_notes(chart: Chart, theme: Theme) -> list[Layout]:
    """The word upright in each strip, for there is no number, and it is not zero; in the corner
    the lines of which there is nothing at all."""
    upright = [
        note(
            _told(chart, *marks[0], is_alone=len(marks) == len(_lines(chart))),
            theme,
            x=place,
            textangle=-90,
            **_out_of_the_way(chart, place),
        )
        for place, marks in _hidden(chart).items()
    ]
    return [*upright, *_lines_without_a_number(chart, theme)]


def _lines(chart: Chart) -> list[Series]:
    return [series for series in chart.series if series.role not in (Role.FOLD, Role.OTHER)]


def _out_of_the_way(chart: Chart, place: int) -> Layout:
    """At the foot or at the top of the plot, where the numbers of other lines are farther."""
    marks = [series.at(chart.places[place].key) for series in chart.series]
    values = [mark.value for mark in marks if mark is not None and mark.value is not None]
    lowest, top = chart.axis.lowest, top_of(chart)
    is_at_top = bool(values) and min(values) - lowest < top - max(values)
    return {"y": int(is_at_top), "yref": "paper", "yanchor": "top" if is_at_top else "bottom"}


def _lines_without_a_number(chart: Chart, theme: Theme) -> list[Layout]:
    told = [(one, mark) for one in chart.series if (mark := _never_shown(one)) is not None]
    corner = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": 6}
    top = {"y": 1, "yref": "paper", "yanchor": "top"}
    return [
        note(
            _told(chart, one, mark),
            theme,
            **corner,
            **top,
            yshift=-4 - LINE_HEIGHT * number,
            hovertext=hover(mark),
            color=theme.text_of(one),
            **ground(theme),
        )
        for number, (one, mark) in enumerate(told)
    ]


def _told(chart: Chart, series: Series, mark: Mark, is_alone: bool = False) -> str:
    """Where other lines go on, whose it is."""
    word = dict(chart.state_words).get(mark.state, EN_DASH)
    return safe(word if is_alone else f"{short_of(series)}: {word}")


def ground(theme: Theme) -> Layout:
    """Behind words over lines and hatching."""
    return {"bgcolor": theme.ground, "borderpad": 1}


def remark_on_strips(series: Sequence[Series]) -> str:
    """The word for what the strips mean, "" where there are none."""
    states = {mark.state for _, mark in _protected(series)}
    if not states:
        return ""
    return "hatched_or_folded" if State.FOLDED in states else "hatched"


def _hidden(chart: Chart) -> dict[int, list[tuple[Series, Mark]]]:
    """Position -> the marks without a number."""
    positions = {place.key: index for index, place in enumerate(chart.places)}
    found: dict[int, list[tuple[Series, Mark]]] = {}
    for series, mark in _protected(chart.series):
        found.setdefault(positions[mark.place], []).append((series, mark))
    return dict(sorted(found.items()))


def _protected(series: Sequence[Series]) -> list[tuple[Series, Mark]]:
    """Of the lines that stand out and have numbers elsewhere; where folds are drawn, their options
    are not missing."""
    has_folds = any(one.role is Role.FOLD for one in series)
    states = (State.WITHHELD,) if has_folds else (State.WITHHELD, State.FOLDED)
    told = [one for one in series if one.role is not Role.OTHER and _never_shown(one) is None]
    return [(one, mark) for one in told for mark in one.marks if mark.state in states]


def _never_shown(series: Series) -> Mark | None:
    """A mark of a line that stands out and is protected throughout; None of any other."""
    if series.role is Role.OTHER or any(mark.middle is not None for mark in series.marks):
        return None
    states = (State.WITHHELD, State.FOLDED)
    return next((mark for mark in series.marks if mark.state in states), None)
