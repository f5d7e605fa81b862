"""Who answered: each group's share of those asked beside its share of those who answered."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.description import Axis, Chart, Mark, Place, Role, Series
from yearbook.charts.keys import Sign, key_height, key_notes
from yearbook.charts.lying import (
    AROUND,
    TALL_ROW,
    VALUE_COLUMN,
    absence_notes,
    length_axis,
    lying_rows,
    row_axis,
    rows_width,
)
from yearbook.charts.marks import WITHOUT_NUMBER, role_of, rounded, with_n
from yearbook.charts.material import Material, key_of
from yearbook.charts.plotting import Drawn, Layout, Trace, hover, note, safe
from yearbook.charts.standing_table import table
from yearbook.charts.standing_words import headline, hover_lines, remarks
from yearbook.charts.standings import Standing, decimals_of, standings
from yearbook.charts.style import Theme
from yearbook.charts.whiskers import has_whisker, strokes
from yearbook.editions import State
from yearbook.language import write_share

FORM = "representation"
RING, DOT = "\u25cb", "\u25cf"
DIFFERENCE = 6  # the column of the table that has it


def draw(material: Material) -> Chart:
    """Of the frame of one round or block: schools or programmes, and everyone together."""
    found = standings(material)
    places = tuple(_place(material, standing) for standing in found)
    asked = _series(material, found, "of_invited")
    answered = _series(material, found, "of_answered")
    dimension = material.word(f"dimension.{(material.varying or ('school',))[0]}")
    return Chart(
        form=FORM,
        indicator=material.indicator.code,
        language=material.language,
        headline=headline(material, found),
        axis=Axis(material.word("unit.share"), True, 0),
        places=places,
        series=(asked, answered),
        height=AROUND + key_height([asked.name, answered.name]) + TALL_ROW * max(len(places), 2),
        place_dimension=dimension,
        series_dimension=material.word("charts.dimension.figure"),
        has_whiskers=any(has_whisker(mark) for mark in answered.marks),
        remarks=remarks(material, found),
        twin=table(material, found, dimension),
    )


def _place(material: Material, standing: Standing) -> Place:
    group = standing.group
    role = Role.OWN if role_of(material, group) is Role.OWN else Role.OTHER
    label = with_n(material.group_name(group, is_short=True), standing.answered)
    return Place(key_of(group), label, material.group_name(group), role)


def _series(material: Material, found: Sequence[Standing], key: str) -> Series:
    decimals = decimals_of(material, found)
    marks = tuple(_mark(material, standing, key, decimals) for standing in found)
    return Series(key, material.word(f"charts.representation.{key}"), Role.CLASS, 0, marks)


def _mark(material: Material, standing: Standing, key: str, decimals: int) -> Mark:
    """The answers carry their interval; those asked are known, and have none."""
    place, share = key_of(standing.group), standing.of_answered
    if share is None or standing.of_invited is None:
        said = material.word("charts.response.unknown")
        return Mark(place, State.NO_ANSWER, None, None, WITHOUT_NUMBER, said)
    is_answered = key == "of_answered"
    value = share.value if is_answered else standing.of_invited
    has_interval = is_answered and share.low < share.high
    return Mark(
        place=place,
        state=State.SHOWN,
        value=100 * value,
        shown=rounded(100 * value, decimals),
        written=write_share(value, decimals, material.language),
        says=hover_lines(material, standing),
        low=100 * share.low if has_interval else None,
        high=100 * share.high if has_interval else None,
        n=standing.answered,
        count=standing.answered if is_answered else standing.invited,
        invited=standing.invited,
    )


def render(chart: Chart, theme: Theme) -> Drawn:
    rows = lying_rows(chart)
    answered = chart.series[1].marks
    ends = [(rows[mark.place], mark) for mark in answered if has_whisker(mark)]
    dots = [_dots(series, rows, theme) for series in chart.series]
    return Drawn([strokes(ends, theme.muted, lies=True), *dots], _layout(chart, rows, theme))


def _colour(series: Series, theme: Theme) -> str:
    return theme.own if series.key == "of_answered" else theme.text


def _dots(series: Series, rows: dict[str, int], theme: Theme) -> Trace:
    """Those asked as a ring, those who answered as a full dot."""
    marks = [mark for mark in series.marks if mark.is_shown]
    is_full, colour = series.key == "of_answered", _colour(series, theme)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": safe(series.name),
        "x": [mark.value for mark in marks],
        "y": [rows[mark.place] for mark in marks],
        "hovertext": [hover(mark) for mark in marks],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "size": 10,
            "symbol": "circle" if is_full else "circle-open",
            "color": colour,
            "line": {"color": colour, "width": 2},
        },
        "showlegend": True,  # in a picture, which has room for Plotly's own key
    }


def _layout(chart: Chart, rows: dict[str, int], theme: Theme) -> Layout:
    asked, answered = chart.series
    signs = [
        Sign(asked.name, _colour(asked, theme), RING),
        Sign(answered.name, _colour(answered, theme), DOT),
    ]
    left, top = rows_width(chart, rows), 8 + key_height([sign.name for sign in signs])
    return {
        "yaxis": row_axis(chart, rows, theme),
        "xaxis": length_axis(chart, theme),
        "annotations": [
            *_differences(chart, rows, theme),
            *absence_notes(chart, rows, theme),
            *key_notes(signs, theme, left - 4, top),
        ],
        "margin": {"t": top, "r": VALUE_COLUMN, "b": 30, "l": left},
    }


def _differences(chart: Chart, rows: dict[str, int], theme: Theme) -> list[Layout]:
    """The percentage points in a column at the right."""
    column = {"x": 1, "xref": "paper", "xanchor": "right", "xshift": VALUE_COLUMN - 6}
    return [
        note(row[DIFFERENCE].written, theme, **column, y=rows[place.key], color=theme.text)
        for place, row in zip(chart.places, chart.twin.rows, strict=True)
        if row[DIFFERENCE].number is not None
    ]
