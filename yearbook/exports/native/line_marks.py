"""Plans what stands behind lines over time: the half of the schools in the middle, breaks with
their reasons, and hatching where a line stops for protection's sake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yearbook.charts.description import BandPoint, Chart, Role
from yearbook.charts.folds import short_of
from yearbook.charts.marks import rounded
from yearbook.charts.style import LIGHT
from yearbook.editions import State
from yearbook.exports.native.plan import Column, Drawn, Point, Tag
from yearbook.exports.native.points import (
    HATCH,
    decimals_of,
    never_shown,
    row_note,
    said,
    sentence,
)
from yearbook.language import EN_DASH

MOST_APART = 5.0  # rows, for the reason of a break

Row = str | None  # the key of a place, None for a break before the next one


def note(chart: Chart, rows: Sequence[Row], number: int) -> str:
    """Of the row of a break its reason."""
    key = rows[number]
    if key is not None:
        return row_note(chart, key)
    before = rows[number + 1]
    reasons = [line.reason for line in chart.breaks if line.before == before]
    return f"{said('break', chart.language)}: {', '.join(reasons)}"


def band(chart: Chart, rows: Sequence[Row]) -> list[Column]:
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


def breaks(chart: Chart, rows: Sequence[Row], top: float) -> list[Column]:
    """A dashed vertical in the row of each break, with its reason at the top."""
    if None not in rows:
        return []
    points = []
    borders = [number for number, key in enumerate(rows) if key is None]
    for number, key in enumerate(rows):
        if key is not None:
            points.append(Point())
            continue
        reason = note(chart, rows, number).partition(": ")[2]
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


def strips(chart: Chart, rows: Sequence[Row], top: float) -> list[Column]:
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
