"""100 % bars: a whole distribution in a row for every group.

Plain stacking on an axis fixed at 0–100: stacking to 100 % would stretch what is left when
something is withheld.
"""

from __future__ import annotations

from yearbook.charts.answers import (
    break_shapes,
    commonest_headline,
    parts_of,
    remarks_on_breaks,
    row_dimension,
    rows_of,
)
from yearbook.charts.axes import share_ticks
from yearbook.charts.description import Axis, Chart, Mark, Role, Series
from yearbook.charts.folds import in_key, label_of
from yearbook.charts.hatching import CROSSED, crossed, withheld_rows
from yearbook.charts.keys import Sign, key_height, key_notes
from yearbook.charts.lying import absence_notes, lying_height, lying_rows, row_axis, rows_width
from yearbook.charts.material import Material
from yearbook.charts.plotting import Drawn, Layout, Trace, hover, safe
from yearbook.charts.ranges import PALE
from yearbook.charts.series_breaks import breaks_of
from yearbook.charts.style import PATTERNS, SMALL_TEXT_SIZE, Theme, blend, readable_on

FORM = "stacked"
LEAST_WITH_TEXT = 4.0  # per cents; a part too narrow for its number has it in hover and table
AROUND = 44
MOST_CLASSES = 6


def draw(material: Material) -> Chart:
    """Rows: groups and moments; parts: the options, at most six."""
    places, series = rows_of(material), parts_of(material)
    fold_label = label_of(series, material.word)
    key = [name for name, _ in in_key(series, fold_label)]
    unit = material.word(f"unit.{material.indicator.unit}")
    return Chart(
        form=FORM,
        indicator=material.indicator.code,
        language=material.language,
        headline=commonest_headline(material, places, series),
        axis=Axis(unit, True, material.indicator.decimals, 0.0, 100.0),
        places=places,
        series=series,
        height=lying_height(places, AROUND + key_height(key)),
        place_dimension=row_dimension(material),
        series_dimension=material.word("charts.dimension.option"),
        breaks=breaks_of(material),
        remarks=remarks_on_breaks(material),
        fold_label=fold_label,
    )


def render(chart: Chart, theme: Theme) -> Drawn:
    rows = lying_rows(chart)
    traces = [_part(chart, series, rows, theme) for series in chart.series]
    return Drawn(
        [*traces, withheld_rows(chart, rows, (100.0,), theme)], _layout(chart, rows, theme)
    )


def _part(chart: Chart, series: Series, rows: dict[str, int], theme: Theme) -> Trace:
    marks = [mark for mark in series.marks if mark.middle is not None]
    colour = colour_of(series, theme)
    strengths = [_strength(chart, mark) for mark in marks]
    texts = [readable_on(blend(colour, theme.ground, strength)) for strength in strengths]
    told = {one.key: name for name, one in in_key(chart.series, chart.fold_label)}
    return {
        "type": "bar",
        "orientation": "h",
        "name": safe(told.get(series.key, series.name)),
        "showlegend": series.key in told,
        "x": [mark.middle for mark in marks],
        "y": [rows[mark.place] for mark in marks],
        "width": 0.86,
        "text": [_inside(mark) for mark in marks],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"size": SMALL_TEXT_SIZE, "color": texts},
        "hovertext": [hover(mark) for mark in marks],
        "hoverinfo": "text",
        "marker": {**_marker(series, theme), "opacity": strengths},
    }


def _marker(series: Series, theme: Theme) -> Layout:
    if series.role is Role.FOLD:
        return crossed(theme)
    colour = colour_of(series, theme)
    line = {"color": theme.ground, "width": 1}
    return {"color": colour, "line": line, "pattern": pattern(series.rank, colour)}


def colour_of(series: Series, theme: Theme) -> str:
    """Of an option its own; options counted together have none of theirs."""
    if series.role is Role.FOLD:
        return theme.soft
    return theme.classes[series.rank % len(theme.classes)]


def pattern(rank: int, colour: str) -> Layout:
    """A second sign beside the colour, faint enough to read the number on it."""
    sign = {"shape": PATTERNS[rank % len(PATTERNS)], "size": 7, "solidity": 0.12}
    return {**sign, "fgcolor": readable_on(colour), "fgopacity": 0.35, "fillmode": "overlay"}


def _inside(mark: Mark) -> str:
    least = 2 * LEAST_WITH_TEXT if mark.is_range else LEAST_WITH_TEXT
    return mark.written if (mark.middle or 0) >= least else ""


def _strength(chart: Chart, mark: Mark) -> float:
    """Own school full, its company softer; equals all full; what is only a range is pale."""
    if mark.is_range:
        return PALE
    has_own = any(place.role is Role.OWN for place in chart.places)
    is_own = chart.place(mark.place).role is Role.OWN
    return 1.0 if is_own or not has_own else 0.72


def _layout(chart: Chart, rows: dict[str, int], theme: Theme) -> Layout:
    """The key above; the axis ends at 100 whatever the parts add up to."""
    signs = [
        Sign(name, theme.muted, CROSSED)
        if series.role is Role.FOLD
        else Sign(name, colour_of(series, theme))
        for name, series in in_key(chart.series, chart.fold_label)
    ]
    left, top = rows_width(chart, rows), 8 + key_height([sign.name for sign in signs])
    return {
        "barmode": "stack",
        "uniformtext": {"mode": "hide", "minsize": SMALL_TEXT_SIZE - 1},
        "yaxis": row_axis(chart, rows, theme),
        "xaxis": {
            "range": [0, 100],
            "fixedrange": True,
            "gridcolor": theme.line,
            "zeroline": False,
            **share_ticks(chart, (0, 50, 100)),
        },
        "shapes": break_shapes(chart, rows, theme),
        "annotations": [
            *absence_notes(chart, rows, theme),
            *key_notes(signs, theme, left - 4, top),
        ],
        "margin": {
            "t": top, "r": 22, "b": 30, "l": left,
        },
    }  # fmt: skip
