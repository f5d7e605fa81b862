"""Slopes: the same groups soon after graduation and later, one point for every survey.

Surveys years apart ask different people, so that they are separate points and never one series.
"""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.axes import top_of
from yearbook.charts.description import Axis, Chart, Place, Role, Series
from yearbook.charts.differences import clear_difference, published_share
from yearbook.charts.end_labels import apart
from yearbook.charts.folds import is_fold
from yearbook.charts.hatching import remark_on_strips, strip_notes, strips
from yearbook.charts.marks import make_mark, role_of
from yearbook.charts.material import Material, key_of
from yearbook.charts.plotting import Drawn, Layout, note
from yearbook.charts.ranges import standing_ranges
from yearbook.charts.ranking import newest_moment
from yearbook.charts.series_breaks import breaks_between
from yearbook.charts.strokes import line_layout, line_traces
from yearbook.charts.style import Theme
from yearbook.charts.trends import named_topic, neutral, short, topic
from yearbook.charts.whiskers import have_whiskers
from yearbook.editions import Group

FORM = "slope"
HEIGHT = 360
BEFORE, AFTER = 0.56, 0.1  # of the way between two surveys, beside the first and the last
UNDER_LINES = 62  # pixels under the plot, for labels of three lines


def draw(material: Material) -> Chart:
    """A line for every option (of one group) or for every group, from survey to survey."""
    surveys = [s for s in material.catalogue.surveys.values() if s.code in _surveys(material)]
    surveys.sort(key=lambda survey: survey.order)
    language = material.language
    places = tuple(Place(s.code, s.when[language], s.name[language]) for s in surveys)
    order = [survey.code for survey in surveys]
    series = tuple(_series(material, key, rank, order) for rank, key in enumerate(_keys(material)))
    breaks = breaks_between(material, order, newest_moment(material))
    unit = material.word(f"unit.{material.indicator.unit}")
    highest = 100.0 if material.is_share else None
    return Chart(
        form=FORM,
        indicator=material.indicator.code,
        language=language,
        headline=neutral(material) if breaks else _headline(material, series),
        axis=Axis(unit, material.is_share, material.indicator.decimals, 0.0, highest),
        places=places,
        series=series,
        height=HEIGHT,
        place_dimension=material.word("dimension.survey"),
        series_dimension=_dimension(material),
        breaks=breaks,
        has_whiskers=have_whiskers(series),
        remarks=_remarks(material, series),
    )


def _remarks(material: Material, series: tuple[Series, ...]) -> tuple[str, ...]:
    told = filter(None, ["slope", remark_on_strips(series)])
    return tuple(material.word(f"charts.remark.{word}") for word in told)


def _dimension(material: Material) -> str:
    others = [d for d in material.varying if d != "survey"]
    return material.word(f"dimension.{others[0]}" if others else "charts.dimension.option")


def _surveys(material: Material) -> set[str]:
    return {group.survey for group in material.groups}


def _keys(material: Material) -> list[tuple[Group, str]]:
    """Group without its survey, and option."""
    groups = dict.fromkeys(_without_survey(group) for group in material.groups)
    return [(group, option) for group in groups for option in material.options]


def _without_survey(group: Group) -> Group:
    return Group(group.school, group.programme, group.region, group.maintainer_kind)


def _series(
    material: Material, key: tuple[Group, str], rank: int, surveys: Sequence[str]
) -> Series:
    """Marks in the order of the surveys, however the edition has them."""
    group, option = key
    moment = newest_moment(material)
    marks = [
        make_mark(material, cell, of.survey)
        for (of, when, chosen), cell in material.by_position.items()
        if _without_survey(of) == group and chosen == option and when == moment
    ]
    marks.sort(key=lambda mark: surveys.index(mark.place))
    code = f"{key_of(group)}/{option}"
    if any(d != "survey" for d in material.varying):
        name, role = material.group_name(group, is_short=True), role_of(material, group)
        return Series(code, name, role, rank, tuple(marks))
    name, short = material.option_name(option), material.option_name(option, is_short=True)
    role = Role.FOLD if is_fold(option) else Role.CLASS
    rank = rank if is_fold(option) else material.singles.index(option)
    return Series(code, name, role, rank, tuple(marks), short)


def _headline(material: Material, series: tuple[Series, ...]) -> str:
    """Own school's or the first option's change, where it is clear."""
    main = next((s for s in series if s.role is Role.OWN), series[0] if series else None)
    shares = [s for m in main.marks if (s := published_share(m))] if main is not None else []
    if main is None or len(shares) < 2:
        return neutral(material)
    change = 100 * clear_difference(shares[-1], shares[0])
    about = main.name if not material.view.option else topic(material)
    if main.role is Role.OWN:
        about = named_topic(material, main.name)
    key = "unclear" if change == 0 else "more" if change > 0 else "less"
    return short(f"{about}: {material.word(f'charts.headline.later_{key}')}", material)


def render(chart: Chart, theme: Theme) -> Drawn:
    layout = line_layout(chart, theme)
    layout["xaxis"] = {
        **layout["xaxis"],
        "tickvals": list(range(len(chart.places))),
        "ticktext": ["<br>".join(_lines(chart, place.label)) for place in chart.places],
        "range": [-BEFORE, len(chart.places) - 1 + AFTER],
    }
    layout["margin"]["b"] = UNDER_LINES
    layout["annotations"] += _start_labels(chart, theme, layout["margin"]["t"])
    layout["annotations"] += strip_notes(chart, theme)
    traces = [*strips(chart, theme), *standing_ranges(chart, theme), *line_traces(chart, theme)]
    return Drawn(traces, layout)


def _lines(chart: Chart, label: str) -> list[str]:
    """Two lines; of three surveys a word in each, so that a narrow screen holds them."""
    words = label.split()
    if len(chart.places) > 2:
        return words
    half = (len(words) + 1) // 2
    return [" ".join(words[:half]), " ".join(words[half:])] if len(words) > 1 else [label]


def _start_labels(chart: Chart, theme: Theme, top: int) -> list[Layout]:
    """The first value to the left of its point, moved apart where two would meet."""
    starts = [(s, mark) for s in chart.series if (mark := s.at(chart.places[0].key)) is not None]
    shown = [(series, mark) for series, mark in starts if mark.is_shown]
    plot = chart.height - top - UNDER_LINES
    scale = plot / max(top_of(chart) - chart.axis.lowest, 1e-9)
    heights = [scale * (float(mark.value or 0) - chart.axis.lowest) for _, mark in shown]
    shifts = apart(heights, [1] * len(heights), plot)
    left: Layout = {"x": 0, "xanchor": "right", "xshift": -10}
    return [
        note(mark.written, theme, **left, y=mark.value, yshift=up, color=theme.text_of(series))
        for (series, mark), up in zip(shown, shifts, strict=True)
    ]
