"""Lines over years: own school strong, others grey, never joined over a gap or a break."""

from __future__ import annotations

from yearbook.charts.description import Axis, Chart, Mark, Place, Role, Series
from yearbook.charts.end_labels import MOST_END_LABELS, has_end_labels
from yearbook.charts.folds import is_fold, label_of
from yearbook.charts.hatching import remark_on_strips, strip_notes, strips
from yearbook.charts.keys import LINE, Sign, key_height, key_notes
from yearbook.charts.marks import make_mark, role_of
from yearbook.charts.material import Material, key_of
from yearbook.charts.plotting import Drawn
from yearbook.charts.ranges import standing_ranges
from yearbook.charts.schools import is_partial
from yearbook.charts.series_breaks import breaks_of
from yearbook.charts.strokes import line_layout, line_traces
from yearbook.charts.style import Theme
from yearbook.charts.trends import trend_headline
from yearbook.charts.whiskers import have_whiskers
from yearbook.editions import Group

FORM = "lines"
HEIGHT = 360
ZOOM_BELOW = 50.0  # per cents; a share that stays under this is drawn on a shorter axis


def draw(material: Material) -> Chart:
    """Table with a time dimension -> a line for every group (or for every option of one group)."""
    series = _without_a_sum(material, series_over_time(material))
    return Chart(
        form=FORM,
        indicator=material.indicator.code,
        language=material.language,
        headline=trend_headline(material, series),
        axis=value_axis(material, series),
        places=moments_of(material),
        series=series,
        height=HEIGHT,
        place_dimension=material.word(f"dimension.{material.time}"),
        series_dimension=series_dimension(material),
        others_label=material.word("charts.dimension.others"),
        breaks=breaks_of(material),
        has_whiskers=material.is_survey and have_whiskers(series),
        remarks=_remarks(material, series),
        fold_label=label_of(series, material.word),
    )


def render(chart: Chart, theme: Theme) -> Drawn:
    layout = line_layout(chart, theme)
    signs = _signs(chart, theme)
    top = layout["margin"]["t"] + key_height([sign.name for sign in signs])
    layout["margin"]["t"] = top
    layout["annotations"] += key_notes(signs, theme, layout["margin"]["l"] - 4, top)
    layout["annotations"] += strip_notes(chart, theme)
    traces = [*strips(chart, theme), *standing_ranges(chart, theme), *line_traces(chart, theme)]
    return Drawn(traces, layout)


def _signs(chart: Chart, theme: Theme) -> list[Sign]:
    """Lines that carry no name at their end; the grey ones share a sign."""
    if has_end_labels(chart):
        return []
    others = [series for series in chart.series if series.role is Role.OTHER]
    signs = [Sign(s.name, theme.of(s), LINE) for s in chart.series if s.role is not Role.OTHER]
    if others and signs:
        signs.append(Sign(chart.others_label, theme.other, LINE))
    return signs


def _without_a_sum(material: Material, series: tuple[Series, ...]) -> tuple[Series, ...]:
    """The sum of many schools would press all of them flat, so that it is left to its own chart."""
    is_sum = material.indicator.measure == "sum" and len(series) > MOST_END_LABELS
    return tuple(s for s in series if not (is_sum and s.role is Role.ALL))


def moments_of(material: Material) -> tuple[Place, ...]:
    return tuple(
        Place(moment, material.name(material.time, moment), material.name(material.time, moment))
        for moment in material.moments
    )


def series_over_time(material: Material) -> tuple[Series, ...]:
    """Own school last, so that it is drawn over the others."""
    found = [
        (group, option)
        for group in material.groups
        for option in material.options
        if _has_cells(material, group, option)
    ]
    several = len(material.groups) == 1 and len(material.options) > 1
    drawn = [_series(material, g, o, (rank, several)) for rank, (g, o) in enumerate(found)]
    order = {Role.OTHER: 0, Role.FOLD: 1, Role.CLASS: 1, Role.ALL: 2, Role.OWN: 3}
    return tuple(sorted(drawn, key=lambda series: order[series.role]))


def _has_cells(material: Material, group: Group, option: str) -> bool:
    return any((group, moment, option) in material.by_position for moment in material.moments)


def _series(material: Material, group: Group, option: str, ranked: tuple[int, bool]) -> Series:
    rank, is_option = ranked
    marks = marks_over_time(material, group, option)
    if is_option:
        name = material.option_name(option, is_short=True)
        role = Role.FOLD if is_fold(option) else Role.CLASS
        rank = rank if is_fold(option) else material.singles.index(option)
        key = f"{key_of(group)}/{option}"
        return Series(key, material.option_name(option), role, rank, marks, name)
    name, role = material.group_name(group, is_short=True), role_of(material, group)
    if len(material.groups) == 1:
        role = Role.OWN if role is Role.OWN else Role.CLASS
    return Series(f"{key_of(group)}/{option}", name, role, rank, marks)


def marks_over_time(material: Material, group: Group, option: str) -> tuple[Mark, ...]:
    """The marks of the moments that the edition has; a missing year simply has none."""
    found = []
    for moment in material.moments:
        cell = material.by_position.get((group, moment, option))
        if cell is not None:
            found.append(make_mark(material, cell, moment, is_partial(material, group, moment)))
    return tuple(found)


def value_axis(material: Material, series: tuple[Series, ...]) -> Axis:
    """From zero; shares to 100 unless all stay low, means of a scale over the whole scale."""
    unit = material.word(f"unit.{material.indicator.unit}")
    decimals = material.indicator.decimals
    if material.indicator.unit == "score":
        return Axis(unit, False, decimals, 1.0, 5.0)
    if not material.is_share:
        return Axis(unit, False, decimals)
    return Axis(unit, True, decimals, 0.0, None if is_zoomed(series) else 100.0)


def is_zoomed(series: tuple[Series, ...]) -> bool:
    """Shares that all stay low, or an annual share that goes over the hundred."""
    values = [m.value for s in series for m in s.marks if m.value is not None]
    return bool(values) and (max(values) < ZOOM_BELOW or max(values) > 100)


def series_dimension(material: Material) -> str:
    if material.varying:
        return material.word(f"dimension.{material.varying[0]}")
    has_options = len(material.options) > 1
    return material.word("charts.dimension.option" if has_options else "dimension.school")


def _remarks(material: Material, series: tuple[Series, ...]) -> tuple[str, ...]:
    remarks = []
    if material.is_share and is_zoomed(series):
        remarks.append(material.word("charts.remark.zoomed"))
    if any(mark.hollow and mark.is_shown for s in series for mark in s.marks):
        remarks.append(material.word("charts.remark.hollow"))
    if hatched := remark_on_strips(series):
        remarks.append(material.word(f"charts.remark.{hatched}"))
    return tuple(remarks)
