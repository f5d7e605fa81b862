"""Plans scales about their middle: every part keeps its own number, and a part without colour moves
each row so that the middles of the scale stand over each other."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from yearbook.charts.description import Chart, Role, Series
from yearbook.charts.diverging import theme_of
from yearbook.charts.scales import middle_of
from yearbook.charts.style import LIGHT
from yearbook.exports.native.bars import SIGNS
from yearbook.exports.native.plan import Column, Drawn, Plan, Point, Scale
from yearbook.exports.native.points import hatching, is_withheld, row_label, row_note, said
from yearbook.exports.native.stacked import part

FORMS = ("diverging",)
STEP = 25.0  # per cents


def plan(chart: Chart) -> Plan:
    steps = [(s, score) for s, score in zip(chart.series, chart.scale, strict=True)
             if score is not None]  # fmt: skip
    columns = [_part(chart, steps, number) for number in range(len(steps))]
    lefts, rights = _sides(steps, columns)
    reach = _upwards(max(lefts, default=0.0))
    hidden = [is_withheld(chart, place.key) for place in chart.places]
    length = reach + _upwards(max(rights, default=0.0))
    return Plan(
        language=chart.language,
        heading=chart.place_dimension,
        categories=tuple(_row(chart, place.key) for place in chart.places),
        columns=(_spacing(chart, [reach - left for left in lefts], hidden), *columns,
                 *hatching(chart, hidden, length)),
        scale=Scale(0.0, length, STEP, "%", is_shown=False),
        notes=tuple(row_note(chart, place.key) for place in chart.places),
        is_lying=True,
        is_stacked=True,
        has_key=True,
        gap=25,
    )  # fmt: skip


def _part(chart: Chart, steps: list[tuple[Series, float]], number: int) -> Column:
    """What is below the middle is hatched: both ends are equally dark on paper without colour."""
    series, score = steps[number]
    found = part(chart, series, _colour(steps, series))
    if found.pattern or score >= middle_of([score for _, score in steps]):
        return found
    return replace(found, pattern=SIGNS["/"])


def _upwards(length: float) -> float:
    """So that a line of the grid stands at the middle of the scale."""
    return STEP * max(1, ceil(length / STEP - 1e-9))


def _colour(steps: list[tuple[Series, float]], series: Series) -> str:
    if series.role is Role.FOLD:
        return LIGHT.soft
    singles = [one.key for one, _ in steps if one.role is not Role.FOLD]
    return theme_of(LIGHT, singles.index(series.key), len(singles))


def _sides(
    steps: list[tuple[Series, float]], columns: list[Column]
) -> tuple[list[float], list[float]]:
    """How far each row goes to both sides of the middle of the scale."""
    if not steps:
        return [], []
    middle = middle_of([score for _, score in steps])
    lefts, rights = [], []
    for row in range(len(columns[0].points)):
        values = [column.points[row].value or 0.0 for column in columns]
        told = list(zip(values, [score for _, score in steps], strict=True))
        half = sum(value for value, score in told if score == middle) / 2
        lefts.append(half + sum(value for value, score in told if score < middle))
        rights.append(half + sum(value for value, score in told if score > middle))
    return lefts, rights


def _row(chart: Chart, place: str) -> str:
    """With the mean of its answers: "Kuopio (n = 45), ka. 3,8"."""
    label = row_label(chart, place)
    mean = next((mean for mean in chart.means if mean.place == place), None)
    return label if mean is None else f"{label}, {chart.mean_label} {mean.written}"


def _spacing(chart: Chart, widths: list[float], hidden: list[bool]) -> Column:
    """A part of nothing before each row."""
    points = tuple(
        Point() if is_hidden else Point(width)
        for width, is_hidden in zip(widths, hidden, strict=True)
    )
    return replace(
        Column(said("spacing", chart.language), Drawn.BAR, points, LIGHT.ground),
        is_filled=False,
        is_helper=True,
        is_named=False,
    )
