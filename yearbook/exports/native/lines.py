"""Plans lines over time: never joined over a gap or a break, own school strong, others grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yearbook.charts.description import BandPoint, Chart, Role, Series
from yearbook.charts.end_labels import has_end_labels, labelled
from yearbook.charts.folds import short_of
from yearbook.charts.marks import rounded
from yearbook.charts.strokes import dash_of, symbol_of, width_of
from yearbook.charts.style import LIGHT
from yearbook.charts.whiskers import whiskered
from yearbook.editions import State
from yearbook.exports.native.plan import Column, Drawn, Plan, Point, Tag
from yearbook.exports.native.points import (
    HATCH,
    column_name,
    decimals_of,
    never_shown,
    point,
    row_note,
    said,
    scale_of,
    sentence,
)
from yearbook.language import EN_DASH

FORMS = ("lines", "slope", "small_multiple", "sparkline")
DASHES = {
    "solid": "solid",
    "dash": "dash",
    "dot": "sysDot",
    "dashdot": "dashDot",
    "longdash": "lgDash",
    "longdashdot": "lgDashDot",
}
MARKERS = {"triangle-up": "triangle"}
MOST_APART = 5.0  # rows, for the reason of a break
NONE = ""  # the row of a break, where no line may go on

Row = str | None  # the key of a place, None for a break before the next one


def plan(chart: Chart) -> Plan:
    rows = _rows(chart)
    columns = [_line(chart, series, rows) for series in chart.series]
    columns = _with_ends(chart, columns, rows)
    scale = scale_of(chart)
    return Plan(
        language=chart.language,
        heading=chart.place_dimension,
        categories=tuple(NONE if key is None else chart.place(key).label for key in rows),
        columns=(
            *columns,
            *_band(chart, rows),
            *_breaks(chart, rows, scale.highest),
            *_strips(chart, rows, scale.highest),
        ),
        scale=scale,
        notes=tuple(_note(chart, rows, number) for number in range(len(rows))),
        has_key=len(chart.series) > 1
        and (not has_end_labels(chart) or any(never_shown(series) for series in chart.series)),
        has_room_at_right=True,
        gap=60,
    )


def _rows(chart: Chart) -> list[Row]:
    borders = {line.before for line in chart.breaks}
    rows: list[Row] = []
    for place in chart.places:
        rows += [None, place.key] if place.key in borders else [place.key]
    return rows


def _note(chart: Chart, rows: Sequence[Row], number: int) -> str:
    """Of the row of a break its reason."""
    key = rows[number]
    if key is not None:
        return row_note(chart, key)
    before = rows[number + 1]
    reasons = [line.reason for line in chart.breaks if line.before == before]
    return f"{said('break', chart.language)}: {', '.join(reasons)}"


def _line(chart: Chart, series: Series, rows: Sequence[Row]) -> Column:
    has_whiskers = chart.has_whiskers and series in whiskered(chart.series)
    symbol = symbol_of(series)
    points = [point(chart, None if key is None else series.at(key), has_whiskers) for key in rows]
    told = points if series.role is not Role.OTHER else [_without_range(one) for one in points]
    return Column(
        name=column_name(chart, series),
        drawn=Drawn.LINE,
        points=tuple(_ranged(one) for one in told),
        colour=LIGHT.of(series),
        width=width_of(series),
        dash=DASHES[dash_of(series)],
        marker=MARKERS.get(symbol, symbol),
    )


def _without_range(one: Point) -> Point:
    """Grey lines of many others have none."""
    return Point() if one.is_range else one


def _ranged(one: Point) -> Point:
    return replace(one, tag=Tag("r", one.interval)) if one.is_range else one


def _with_ends(chart: Chart, columns: list[Column], rows: Sequence[Row]) -> list[Column]:
    """Name and last value beside the end of each line that carries them; of
    slopes the first value before its start."""
    told = [number for number, s in enumerate(chart.series) if s in labelled(chart)]
    columns = _tagged(chart, columns, told, rows, is_end=True)
    return _tagged(chart, columns, told, rows, is_end=False) if chart.form == "slope" else columns


def _tagged(
    chart: Chart, columns: list[Column], told: list[int], rows: Sequence[Row], is_end: bool
) -> list[Column]:
    ends = {}
    for number in told:
        shown = [i for i, p in enumerate(columns[number].points) if p.value is not None]
        if shown and (is_end or shown[0] == 0 < shown[-1]):
            ends[number] = shown[-1] if is_end else 0
    found = list(columns)
    for number, at in ends.items():
        series = chart.series[number]
        has_name = is_end and len(chart.series) > 1
        tag = Tag(
            "r" if is_end else "l",
            has_name=has_name,
            colour=LIGHT.text_of(series),
            is_bold=series.role is not Role.OTHER,
            is_end=True,
        )
        points = list(columns[number].points)
        points[at] = replace(points[at], tag=points[at].tag or tag)
        found[number] = replace(found[number], points=tuple(points))
    return found


def _band(chart: Chart, rows: Sequence[Row]) -> list[Column]:
    """The quartiles of the other schools as thin lines, their mean dashed."""
    if not chart.band:
        return []
    points = {one.place: one for one in chart.band}
    found = [points.get(key) if key is not None else None for key in rows]
    last = max((i for i, one in enumerate(found) if one is not None), default=-1)
    thin = {"low": said("low_quartile", chart.language),
            "high": said("high_quartile", chart.language)}  # fmt: skip
    columns = [
        Column(
            name,
            Drawn.LINE,
            tuple(_edge(chart, one, key) for one in found),
            LIGHT.other,
            width=1.0,
            dash="sysDot",
        )
        for key, name in thin.items()
    ]
    means = [_edge(chart, one, "mean") for one in found]
    if last >= 0:
        tag = Tag("r", has_name=True, colour=LIGHT.muted, is_end=True)
        means[last] = replace(means[last], tag=tag)
    mean = Column(
        chart.mean_label, Drawn.LINE, tuple(means), LIGHT.muted, width=1.5, dash="dash"
    )  # fmt: skip
    return [*columns, mean]


def _edge(chart: Chart, one: BandPoint | None, key: str) -> Point:
    value = getattr(one, key) if one is not None else None
    decimals = _band_decimals(chart)
    return Point() if value is None else Point(rounded(value, decimals), decimals)


def _band_decimals(chart: Chart) -> int:
    written = [mark.written for series in chart.series for mark in series.marks if mark.is_shown]
    written += [one.mean_written for one in chart.band]
    return max((decimals_of(text, chart.language) for text in written), default=0)


def _breaks(chart: Chart, rows: Sequence[Row], top: float) -> list[Column]:
    """A dashed vertical in the row of each break, with its reason at the top."""
    if None not in rows:
        return []
    points = []
    borders = [number for number, key in enumerate(rows) if key is None]
    for number, key in enumerate(rows):
        if key is not None:
            points.append(Point())
            continue
        reason = _note(chart, rows, number).partition(": ")[2]
        apart = min(
            (abs(number - other) for other in borders if other != number), default=MOST_APART
        )
        tag = Tag("t", reason, colour=LIGHT.muted, is_small=True, rows_apart=min(apart, MOST_APART))
        points.append(Point(top, tag=tag))
    return [
        Column(
            said("break", chart.language),
            Drawn.LINE,
            tuple(points),
            LIGHT.muted,
            width=0,
            is_helper=True,
            is_named=False,
            has_drop=True,
        )
    ]


def _strips(chart: Chart, rows: Sequence[Row], top: float) -> list[Column]:
    """Hatched at each moment at which a line that stands out stops for protection's sake."""
    has_folds = any(series.role is Role.FOLD for series in chart.series)
    hidden = {State.WITHHELD} if has_folds else {State.WITHHELD, State.FOLDED}
    points, words = [], []
    for key in rows:
        found = [
            (series, mark)
            for series in chart.series
            if key is not None and series.role is not Role.OTHER and not never_shown(series)
            if (mark := series.at(key)) is not None and mark.state in hidden
        ]
        if not found:
            points.append(Point())
            continue
        series, mark = found[0]
        word = dict(chart.state_words).get(mark.state, EN_DASH)
        words.append(word)
        is_alone = len([s for s in chart.series if s.role is not Role.OTHER]) == len(found)
        text = word if is_alone else f"{short_of(series)}: {word}"
        points.append(Point(top, tag=Tag("inEnd", text, colour=LIGHT.muted, is_upright=True)))
    if not any(one.value is not None for one in points):
        return []
    return [
        Column(
            sentence(", ".join(dict.fromkeys(words))),
            Drawn.BAR,
            tuple(points),
            LIGHT.ground,
            pattern=HATCH,
            pattern_colour=LIGHT.other,
            is_helper=True,
        )
    ]
