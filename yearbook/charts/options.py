"""Bars for the options of a question: one group, or own school beside everyone."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.axes import share_ticks
from yearbook.charts.description import Axis, Chart, Mark, Place, Role, Series
from yearbook.charts.keys import Sign, key_height, key_notes
from yearbook.charts.levels import commonest, own_commonest
from yearbook.charts.lying import (
    AROUND,
    VALUE_COLUMN,
    absence_note,
    absence_notes,
    lying_rows,
    row_axis,
    row_height,
    rows_width,
)
from yearbook.charts.marks import make_mark, role_of, with_n
from yearbook.charts.material import Material, key_of
from yearbook.charts.plotting import Drawn, Layout, Trace, hover, note, safe
from yearbook.charts.ranges import has_ranges, lying_ranges
from yearbook.charts.ranking import newest_moment
from yearbook.charts.style import Theme
from yearbook.charts.trends import neutral
from yearbook.charts.whiskers import has_whisker, have_whiskers, strokes
from yearbook.editions import Group, State

FORM = "options"
MOST_GROUPS = 3
NAME_LETTERS = 46
BARS = 0.74  # of the height of a row, all groups together
THICKNESS = 0.94  # of a bar, of the room that it has


def draw(material: Material) -> Chart:
    """Options from the most to the least chosen by the first group; at most three groups."""
    series = _series(material)
    places = _ordered_options(material, series)
    unit = material.word(f"unit.{material.indicator.unit}")
    several = len(series) > 1
    around = AROUND + key_height([s.name for s in series] if several else [])
    row = max(row_height(places), 15 * len(series) + 8)
    return Chart(
        form=FORM,
        indicator=material.indicator.code,
        language=material.language,
        headline=_headline(material, places, series),
        axis=Axis(unit, True, material.indicator.decimals, 0.0, 100.0),
        places=places,
        series=series,
        height=around + row * max(len(places), 2),
        has_whiskers=material.is_survey and have_whiskers(series),
        place_dimension=material.word("charts.dimension.option"),
        series_dimension=material.word(f"dimension.{(material.varying or ('school',))[0]}"),
        remarks=_remarks(material),
    )


def _remarks(material: Material) -> tuple[str, ...]:
    if material.indicator.measure != "multiple":
        return ()
    return (material.word("charts.remark.multiple"),)


def _series(material: Material) -> tuple[Series, ...]:
    """Everyone first, then own school, then the rest."""
    order = {Role.ALL: 0, Role.OWN: 1}
    groups = sorted(material.groups, key=lambda g: order.get(role_of(material, g), 2))
    return tuple(_of_group(material, g, rank) for rank, g in enumerate(groups[:MOST_GROUPS]))


def _of_group(material: Material, group: Group, rank: int) -> Series:
    moment = newest_moment(material)
    cells = [
        (option, cell)
        for option in material.options
        if (cell := material.by_position.get((group, moment, option))) is not None
    ]
    marks = tuple(make_mark(material, cell, option) for option, cell in cells)
    n = next((mark.n for mark in marks if mark.n is not None), None)
    name = material.group_name(group, is_short=True)
    named = with_n(name, n) if n is not None and material.is_survey else name
    role = role_of(material, group) if len(material.groups) > 1 else Role.OTHER
    return Series(key_of(group), named, role, rank, marks)


def _ordered_options(material: Material, series: tuple[Series, ...]) -> tuple[Place, ...]:
    """Scales and classes of size keep their own order; other choices go by how many chose them."""
    names = {option: material.option_name(option) for option in material.options}
    shorts = {o: material.option_name(o, is_short=True) for o in material.options}
    options = list(material.options)
    if material.indicator.measure == "multiple" and series:
        first = {mark.place: mark.middle or 0.0 for mark in series[0].marks}
        options.sort(key=lambda option: -first.get(option, 0.0))
    return tuple(Place(o, cut_short(shorts[o]), names[o], Role.OTHER) for o in options)


def cut_short(name: str) -> str:
    """A long option ends in "…" on the axis; hover and table have it whole."""
    return name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1].rstrip()}…"


def _headline(material: Material, places: tuple[Place, ...], series: tuple[Series, ...]) -> str:
    names = {place.key: place.name for place in places}
    answers = {s.role: [(names[mark.place], mark) for mark in s.marks] for s in reversed(series)}
    if any(mark.is_shown for _, mark in answers.get(Role.OWN, ())):
        return own_commonest(material, answers[Role.OWN], answers.get(Role.ALL, ()))
    return commonest(material, answers[series[0].role]) if series else neutral(material)


def render(chart: Chart, theme: Theme) -> Drawn:
    rows = lying_rows(chart)
    traces = [_bars(chart, series, rows, theme) for series in chart.series]
    if has_ranges(chart.series):
        traces += [_ranges(chart, series, rows, theme) for series in chart.series]
    if chart.has_whiskers:
        traces += [_whiskers(chart, series, rows, theme) for series in chart.series]
    return Drawn(traces, _layout(chart, rows, theme))


def _whiskers(chart: Chart, series: Series, rows: dict[str, int], theme: Theme) -> Trace:
    marks = [mark for mark in series.marks if has_whisker(mark)]
    ends = [(rows[mark.place] + _aside(chart, series), mark) for mark in marks]
    return strokes(ends, theme.text, lies=True)


def _ranges(chart: Chart, series: Series, rows: dict[str, int], theme: Theme) -> Trace:
    ends = [(rows[mark.place] + _aside(chart, series), mark) for mark in series.marks]
    colour, width = _colour(series, len(chart.series), theme), BARS / len(chart.series)
    return lying_ranges(ends, [colour] * len(ends), width * THICKNESS)


def _aside(chart: Chart, series: Series) -> float:
    """How far from the middle of the row the bar of a group lies."""
    width = BARS / len(chart.series)
    return -BARS / 2 + (chart.series.index(series) + 0.5 * THICKNESS) * width


def _bars(chart: Chart, series: Series, rows: dict[str, int], theme: Theme) -> Trace:
    """Bars of one group beside those of the others."""
    marks: list[Mark] = [mark for mark in series.marks if mark.is_shown]
    count, index = len(chart.series), chart.series.index(series)
    width = BARS / count
    return {
        "type": "bar",
        "orientation": "h",
        "name": safe(series.name),
        "x": [mark.value for mark in marks],
        "y": [rows[mark.place] for mark in marks],
        "width": width * THICKNESS,
        "offset": -BARS / 2 + index * width,
        "hovertext": [hover(mark) for mark in marks],
        "hoverinfo": "text",
        "marker": _marker(marks, _colour(series, count, theme), theme),
        "showlegend": count > 1,
    }


def _marker(marks: Sequence[Mark], colour: str, theme: Theme) -> Layout:
    """The bar of options counted together is crossed, in the colour of its group."""
    shapes = ["x" if mark.fold else "" for mark in marks]
    if not any(shapes):
        return {"color": colour}
    lines = {"fgcolor": theme.ground, "fillmode": "overlay", "size": 6, "solidity": 0.2}
    return {"color": colour, "pattern": {"shape": shapes, **lines}}


def _colour(series: Series, count: int, theme: Theme) -> str:
    """Everyone in grey, so that the dark of a line does not outweigh own school's bars."""
    if count == 1:
        return theme.own
    return theme.other if series.role is Role.ALL else theme.of(series)


def _layout(chart: Chart, rows: dict[str, int], theme: Theme) -> Layout:
    several = len(chart.series) > 1
    count = len(chart.series)
    signs = [Sign(s.name, _colour(s, count, theme)) for s in chart.series] if several else []
    left, top = rows_width(chart, rows), 8 + key_height([sign.name for sign in signs])
    return {
        "barmode": "overlay",
        "yaxis": row_axis(chart, rows, theme),
        "xaxis": {
            "range": [0, 100],
            "fixedrange": True,
            "gridcolor": theme.line,
            "zeroline": False,
            **share_ticks(chart, (0, 50, 100)),
        },
        "annotations": [
            *_numbers(chart, rows, theme),
            *absence_notes(chart, rows, theme),
            *_absences_beside(chart, rows, theme),
            *(key_notes(signs, theme, left - 4, top) if signs else []),
        ],
        "margin": {"t": top, "r": VALUE_COLUMN, "b": 30, "l": left},
    }


def _absences_beside(chart: Chart, rows: dict[str, int], theme: Theme) -> list[Layout]:
    """In rows where others have a number: the word stands where the bar of the group would."""
    shown = {m.place for series in chart.series for m in series.marks if m.middle is not None}
    return [
        absence_note(chart, [mark], rows[mark.place] + _aside(chart, series), theme)
        for series in chart.series
        for mark in series.marks
        if mark.place in shown and mark.state in (State.WITHHELD, State.FOLDED)
    ]


def _numbers(chart: Chart, rows: dict[str, int], theme: Theme) -> list[Layout]:
    """The number of each bar in a column at the right, out of the way of the whiskers."""
    column = {"x": 1, "xref": "paper", "xanchor": "right", "xshift": VALUE_COLUMN - 6}
    return [
        note(
            f"<b>{mark.written}</b>" if series.role is Role.OWN else mark.written,
            theme,
            **column,
            y=rows[mark.place] + _aside(chart, series),
            color=theme.text,
        )
        for series in chart.series
        for mark in series.marks
        if mark.is_shown or mark.is_range
    ]
