"""Diverging bars for scales: the negative to the left of the middle, the positive to the right."""

from __future__ import annotations

from math import ceil

from yearbook.charts.answers import (
    break_shapes,
    parts_of,
    remarks_on_breaks,
    row_dimension,
    rows_of,
)
from yearbook.charts.axes import share_ticks
from yearbook.charts.description import Axis, Chart, Mark, Mean, Role, Series
from yearbook.charts.folds import in_key, is_only_folded, label_of
from yearbook.charts.hatching import CROSSED, crossed, withheld_rows
from yearbook.charts.keys import Sign, key_height, key_notes
from yearbook.charts.lying import absence_notes, lying_height, lying_rows, row_axis, rows_width
from yearbook.charts.material import Material
from yearbook.charts.means import Scored, means_of
from yearbook.charts.plotting import Drawn, Layout, Trace, hover, note, safe
from yearbook.charts.ranges import PALE
from yearbook.charts.scales import headline, middle_of, score_of
from yearbook.charts.series_breaks import breaks_of
from yearbook.charts.stacked import AROUND, LEAST_WITH_TEXT
from yearbook.charts.style import SMALL_TEXT_SIZE, Theme, readable_on
from yearbook.editions import State
from yearbook.language import write_number

FORM = "diverging"
MEAN_COLUMN = 78


def draw(material: Material) -> Chart:
    """Only options with a score are on the scale; the rest stand in the table and in a remark."""
    places, series = rows_of(material), parts_of(material)
    scale = tuple(s for s in series if score_of(material, s) is not None)
    scored = [(s, score) for s in scale if (score := score_of(material, s)) is not None]
    outside = [s.name for s in series if s not in scale and not is_only_folded(s)]
    singles = [(s, score) for s, score in scored if s.role is not Role.FOLD]
    means = means_of(material, places, singles)
    fold_label = label_of(scale, material.word)
    key = [name for name, _ in in_key(scale, fold_label)]
    unit = material.word(f"unit.{material.indicator.unit}")
    return Chart(
        form=FORM,
        indicator=material.indicator.code,
        language=material.language,
        headline=headline(material, places, series),
        axis=Axis(unit, True, material.indicator.decimals, -100.0, 100.0),
        places=places,
        series=_ordered(material, series),
        height=lying_height(places, AROUND + key_height(key)),
        place_dimension=row_dimension(material),
        series_dimension=material.word("charts.dimension.option"),
        scale=tuple(score_of(material, s) for s in _ordered(material, series)),
        means=means,
        mean_label=material.word("charts.mean"),
        breaks=breaks_of(material),
        remarks=(*remarks_on_breaks(material), *_remarks(material, outside, singles, means)),
        fold_label=fold_label,
    )


def _ordered(material: Material, series: tuple[Series, ...]) -> tuple[Series, ...]:
    """By score; what is outside the scale at the end."""

    def standing(found: Series) -> tuple[bool, float]:
        score = score_of(material, found)
        return score is None, score or 0.0

    return tuple(sorted(series, key=standing))


def _remarks(
    material: Material, outside: list[str], scored: Scored, means: tuple[Mean, ...]
) -> tuple[str, ...]:
    """What the mean is of, and what is no part of scale and mean."""
    remarks = []
    if means:
        scores = [score for _, score in scored]
        low, high = (write_number(end, 0, material.language) for end in (min(scores), max(scores)))
        remarks.append(material.word("charts.remark.mean", low=low, high=high))
    if outside:
        key = "outside_mean" if means else "outside_scale"
        remarks.append(material.word(f"charts.remark.{key}", options=", ".join(outside)))
    has_mean = {mean.place for mean in means}
    folded = {m.place for s, _ in scored for m in s.marks if m.state is State.FOLDED}
    if means and folded - has_mean:
        remarks.append(material.word("charts.remark.no_mean"))
    return tuple(remarks)


def render(chart: Chart, theme: Theme) -> Drawn:
    rows = lying_rows(chart)
    on_scale = _on_scale(chart)
    middle = middle_of([score for _, score in on_scale])
    left = [(s, score) for s, score in on_scale if score <= middle]
    right = [(s, score) for s, score in on_scale if score >= middle]
    told = {one.key: name for name, one in _in_key(chart)}
    # Bars grow outwards from the middle, so that the left ones are stacked in reverse.
    traces = []
    for sign, side in ((-1, left[::-1]), (1, right)):
        for series, score in side:
            part = _part(series, _marker(chart, series, theme), rows, (sign, score == middle))
            is_told = series.key in told and not (sign < 0 and score == middle)
            name = safe(told.get(series.key, series.name))
            traces.append({**part, "name": name, "showlegend": is_told})
    withheld = withheld_rows(chart, rows, _reach(chart), theme)
    return Drawn([*traces, withheld], _layout(chart, rows, theme))


def _on_scale(chart: Chart) -> list[tuple[Series, float]]:
    pairs = zip(chart.series, chart.scale, strict=True)
    return [(series, score) for series, score in pairs if score is not None]


def _in_key(chart: Chart) -> list[tuple[str, Series]]:
    return in_key([series for series, _ in _on_scale(chart)], chart.fold_label)


def _colours(chart: Chart, theme: Theme) -> dict[str, str]:
    """Steps keep their colours whatever is counted together."""
    steps = [series.key for series, _ in _on_scale(chart) if series.role is not Role.FOLD]
    return {key: theme_of(theme, place, len(steps)) for place, key in enumerate(steps)}


def _marker(chart: Chart, series: Series, theme: Theme) -> Layout:
    if series.role is Role.FOLD:
        return crossed(theme)
    return {"color": _colours(chart, theme)[series.key]}


def theme_of(theme: Theme, index: int, count: int) -> str:
    """The colour of a step of the scale, spread over the five."""
    steps = len(theme.scale) - 1
    return theme.scale[round(index * steps / max(count - 1, 1))]


def _part(series: Series, marker: Layout, rows: dict[str, int], side: tuple[int, bool]) -> Trace:
    """One option on one side; the middle one is halved, and only its right half is in the key."""
    sign, is_half = side
    marks = [mark for mark in series.marks if mark.middle is not None]
    share = 0.5 if is_half else 1.0
    return {
        "type": "bar",
        "orientation": "h",
        "legendgroup": series.key,
        "legendrank": 2000 if series.role is Role.FOLD else 1000 + series.rank,
        "x": [sign * share * (mark.middle or 0.0) for mark in marks],
        "y": [rows[mark.place] for mark in marks],
        "width": 0.86,
        "text": [_inside(mark, is_half, sign) for mark in marks],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"size": SMALL_TEXT_SIZE, "color": readable_on(marker["color"])},
        "hovertext": [hover(mark) for mark in marks],
        "hoverinfo": "text",
        "marker": {**marker, "opacity": [PALE if mark.is_range else 1.0 for mark in marks]},
    }


def _inside(mark: Mark, is_half: bool, sign: int) -> str:
    """The whole number once: for a halved option in its right half."""
    if is_half and sign < 0:
        return ""
    room = (mark.middle or 0) / (2 if is_half else 1)
    least = 2 * LEAST_WITH_TEXT if mark.is_range else LEAST_WITH_TEXT
    return mark.written if room >= least else ""


def _reach(chart: Chart) -> tuple[float, float]:
    """As far to each side as the longest row needs, in steps of 25 per cents."""
    scores = [score for score in chart.scale if score is not None]
    middle, left, right = middle_of(scores), 0.0, 0.0
    for place in chart.places:
        sides = {-1: 0.0, 1: 0.0}
        for series, score in zip(chart.series, chart.scale, strict=True):
            mark = series.at(place.key)
            value = (mark.middle or 0.0) if mark is not None and score is not None else 0.0
            for side in (-1, 1):
                share = 0.5 if score == middle else float((score or 0) * side > middle * side)
                sides[side] += value * share
        left, right = max(left, sides[-1]), max(right, sides[1])
    return -25.0 * ceil(left / 25 - 1e-9), 25.0 * ceil(right / 25 - 1e-9)


def _layout(chart: Chart, rows: dict[str, int], theme: Theme) -> Layout:
    colours = _colours(chart, theme)
    signs = [
        Sign(name, theme.muted, CROSSED)
        if series.role is Role.FOLD
        else Sign(name, colours[series.key])
        for name, series in _in_key(chart)
    ]
    left, top = rows_width(chart, rows), 8 + key_height([sign.name for sign in signs])
    return {
        "barmode": "relative",
        "uniformtext": {"mode": "hide", "minsize": SMALL_TEXT_SIZE - 1},
        "yaxis": row_axis(chart, rows, theme),
        "xaxis": {
            "range": list(_reach(chart)),
            "fixedrange": True,
            "gridcolor": theme.line,
            "zeroline": True,
            "zerolinecolor": theme.muted,
            **share_ticks(chart, (-100, -50, 0, 50, 100)),
        },
        "shapes": break_shapes(chart, rows, theme),
        "annotations": [
            *absence_notes(chart, rows, theme),
            *_mean_notes(chart, rows, theme),
            *key_notes(signs, theme, left - 4, top),
        ],
        "margin": {"t": top, "r": MEAN_COLUMN if chart.means else 26, "b": 30, "l": left},
    }


def _mean_notes(chart: Chart, rows: dict[str, int], theme: Theme) -> list[Layout]:
    """In a column at the right of the rows: "ka. 4,1"."""
    return [
        note(
            f"{safe(chart.mean_label)} {mean.written}",
            theme,
            x=1,
            xref="paper",
            xanchor="right",
            xshift=MEAN_COLUMN - 4,
            y=rows[mean.place],
            color=theme.text,
        )
        for mean in chart.means
    ]
