"""Makes the table twin of a chart: the same marks as rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yearbook.charts.description import (
    Axis,
    Chart,
    Column,
    Entry,
    Mark,
    Place,
    Role,
    Series,
    Twin,
)
from yearbook.charts.marks import WITHOUT_NUMBER
from yearbook.charts.material import Material
from yearbook.editions import State

MOST_COLUMNS = 6
MOST_WITH_DETAILS = 2


def twin(material: Material, chart: Chart) -> Twin:
    """A row for every place; a row for every series where these are too many for columns."""
    chart = replace(chart, series=tuple(sorted(chart.series, key=_standing)))
    if len(chart.series) > MOST_COLUMNS:
        return _by_series(chart)
    return _by_place(material, chart)


def _standing(series: Series) -> int:
    """Own school first, then everyone; options and equals keep their order."""
    return [Role.OWN, Role.ALL, Role.CLASS, Role.OTHER].index(series.role)


def _by_series(chart: Chart) -> Twin:
    head = Column(chart.series_dimension, "text")
    columns = (head, *(_number_column(place.label, chart.axis) for place in chart.places))
    rows = tuple(
        (Entry(series.name), *(_entry(series.at(place.key)) for place in chart.places))
        for series in chart.series
    )
    return Twin(columns, rows)


def _by_place(material: Material, chart: Chart) -> Twin:
    has_details = len(chart.series) <= MOST_WITH_DETAILS
    columns = [Column(chart.place_dimension, "text")]
    for series in chart.series:
        name = series.name if len(chart.series) > 1 else chart.label
        columns.append(_number_column(name, chart.axis))
        if has_details:
            columns += _detail_columns(material, series)
    if not has_details and _shared_n(chart):
        columns.append(Column("n", "number"))
    found = [_Details(series, has_details) for series in chart.series]
    has_shared = not has_details and _shared_n(chart)
    rows = tuple(_row(place, found, has_shared) for place in chart.places)
    return Twin(tuple(columns), rows)


class _Details:
    """The marks of a series by place, and what is told beside each number."""

    def __init__(self, series: Series, has_details: bool) -> None:
        self.marks = {mark.place: mark for mark in reversed(series.marks)}
        self.has_intervals = has_details and _has_intervals(series)
        self.has_n = has_details and _has_n(series)


def _row(place: Place, found: Sequence[_Details], has_shared_n: bool) -> tuple[Entry, ...]:
    entries = [Entry(place.name)]
    marks = [details.marks.get(place.key) for details in found]
    for mark, details in zip(marks, found, strict=True):
        entries.append(_entry(mark))
        if details.has_intervals:
            entries.append(Entry(mark.interval if mark else ""))
        if details.has_n:
            entries.append(_n(mark))
    if has_shared_n:
        entries.append(_n(next((mark for mark in marks if mark and mark.n), None)))
    return tuple(entries)


def _number_column(name: str, axis: Axis) -> Column:
    return Column(name, "share" if axis.is_share else "number", axis.decimals)


def _detail_columns(material: Material, series: Series) -> list[Column]:
    columns = []
    if _has_intervals(series):
        kind = "quartiles" if material.indicator.measure == "median" else "interval"
        columns.append(Column(material.word(f"charts.column.{kind}"), "text"))
    if _has_n(series):
        columns.append(Column("n", "number"))
    return columns


def _has_intervals(series: Series) -> bool:
    return any(mark.interval for mark in series.marks)


def _has_n(series: Series) -> bool:
    return any(mark.n is not None for mark in series.marks)


def _shared_n(chart: Chart) -> bool:
    """At every place all series rest on the same answers, as the options of a distribution do."""
    return all(
        len({mark.n for s in chart.series if (mark := s.at(place.key)) and mark.is_shown}) <= 1
        for place in chart.places
    ) and any(_has_n(series) for series in chart.series)


def _entry(mark: Mark | None) -> Entry:
    """A cell that the edition does not have stays empty; one without a number says why."""
    if mark is None:
        return Entry("", None, State.NO_ANSWER)
    return Entry(mark.written, mark.shown, mark.state)


def _n(mark: Mark | None) -> Entry:
    if mark is None or mark.n is None:
        return Entry(WITHOUT_NUMBER if mark else "")
    return Entry(str(mark.n), float(mark.n))
