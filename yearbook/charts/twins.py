"""Makes the table twin of a chart: the same marks as rows and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from yearbook.charts.description import (
    Axis,
    BreakLine,
    Chart,
    Column,
    Entry,
    Mark,
    Role,
    Series,
    Twin,
)
from yearbook.charts.details import Details
from yearbook.charts.folds import MOST_FOLDS
from yearbook.charts.material import Material
from yearbook.editions import State

MOST_COLUMNS = 6
MOST_WITH_DETAILS = 3

Row = tuple[Entry, ...]


def twin(material: Material, chart: Chart) -> Twin:
    """A row for every place; a row for every series where these are too many for columns; a row for
    every number where each rests on answers of its own. A break is a row that says so."""
    chart = replace(chart, series=tuple(sorted(chart.series, key=_standing)))
    if _has_n_of_its_own(material, chart):
        return _by_number(material, chart)
    folds = sum(series.role is Role.FOLD for series in chart.series)
    if len(chart.series) - folds > MOST_COLUMNS or folds > MOST_FOLDS:
        return _by_series(material, chart)
    return _by_place(material, chart)


def _standing(series: Series) -> int:
    """Own school first, then everyone; options and equals keep their order."""
    return {Role.OWN: 0, Role.ALL: 1, Role.OTHER: 3}.get(series.role, 2)


def _has_n_of_its_own(material: Material, chart: Chart) -> bool:
    """Lines of many groups of respondents, of which none may lack its n."""
    is_many = len(chart.series) > MOST_WITH_DETAILS
    return material.is_survey and is_many and not _shared_n(chart)


def _by_number(material: Material, chart: Chart) -> Twin:
    details = Details(material, chart.series, ())
    head = (Column(chart.series_dimension, "text"), Column(chart.place_dimension, "text"))
    figure = _number_column(chart.label, chart.axis)
    rows: list[Row] = []
    for series in chart.series:
        for place in chart.places:
            if mark := series.at(place.key):
                names = (Entry(series.name), Entry(place.name))
                rows.append((*names, _entry(material, mark), *details.entries(mark)))
    columns = (*head, figure, *details.columns)
    return Twin(columns, (*rows, *_break_rows(material, chart, len(columns))))


def _by_series(material: Material, chart: Chart) -> Twin:
    head = Column(chart.series_dimension, "text")
    columns = (head, *(_number_column(place.label, chart.axis) for place in chart.places))
    rows = tuple(
        (Entry(series.name), *(_entry(material, series.at(place.key)) for place in chart.places))
        for series in chart.series
    )
    return Twin(columns, (*rows, *_break_rows(material, chart, len(columns))))


def _by_place(material: Material, chart: Chart) -> Twin:
    columns = [Column(chart.place_dimension, "text")]
    has_details = len(chart.series) <= MOST_WITH_DETAILS and not chart.scale
    each = [Details(material, (s,), chart.means if not has_details else ()) for s in chart.series]
    for series, details in zip(chart.series, each, strict=True):
        name = series.name if len(chart.series) > 1 else chart.label
        columns.append(_number_column(name, chart.axis))
        columns += details.columns if has_details else []
    shared = Details(material, chart.series, chart.means, has_intervals=False)
    has_shared = not has_details and _shared_n(chart)
    columns += shared.columns if has_shared else []
    rows: list[Row] = []
    for place in chart.places:
        marks = [series.at(place.key) for series in chart.series]
        row = [Entry(place.name)]
        for mark, details in zip(marks, each, strict=True):
            row += [_entry(material, mark), *(details.entries(mark) if has_details else ())]
        if has_shared:
            there = [mark for mark in marks if mark is not None]
            told = next((mark for mark in there if mark.n), there[0] if there else None)
            row += shared.entries(told, place.key)
        rows.append(tuple(row))
    return Twin(tuple(columns), tuple(_parted(material, chart, rows, len(columns))))


def _parted(material: Material, chart: Chart, rows: Sequence[Row], width: int) -> Iterator[Row]:
    """The rows, with a row for each break between those of its two sides, whichever way time
    goes."""
    for number, row in enumerate(rows):
        yield row
        for line in chart.breaks if number + 1 < len(rows) else ():
            if _is_newer(chart, number, line) != _is_newer(chart, number + 1, line):
                said = material.word("charts.column.break", reason=line.reason)
                yield _break_row(said, width)


def _is_newer(chart: Chart, number: int, line: BreakLine) -> bool:
    """Rows are moments (or surveys) in their order, or groups at a moment: "kuopio|…|2019"."""
    _, is_row, moment = chart.places[number].key.rpartition("|")
    if is_row:
        return moment >= line.before
    return number >= [place.key for place in chart.places].index(line.before)


def _break_rows(material: Material, chart: Chart, width: int) -> list[Row]:
    """Under a table whose rows are not times: what stands before which time."""
    return [
        _break_row(
            material.word(
                "charts.column.break_before",
                moment=chart.place(line.before).name,
                reason=line.reason,
            ),
            width,
        )
        for line in chart.breaks
    ]


def _break_row(said: str, width: int) -> Row:
    return (Entry(said), *(Entry("") for _ in range(width - 1)))


def _number_column(name: str, axis: Axis) -> Column:
    return Column(name, "share" if axis.is_share else "number", axis.decimals)


def _shared_n(chart: Chart) -> bool:
    """At every place all series rest on the same answers, as the options of a distribution do."""
    marks = [[m for s in chart.series if (m := s.at(p.key)) and m.is_shown] for p in chart.places]
    has_n = any(mark.n is not None for at_place in marks for mark in at_place)
    return has_n and all(len({mark.n for mark in at_place}) <= 1 for at_place in marks)


def _entry(material: Material, mark: Mark | None) -> Entry:
    """A cell that the edition does not have stays empty; one without a number says why."""
    if mark is None:
        return Entry("", None, State.NO_ANSWER)
    is_folded = mark.state is State.FOLDED
    told = material.word(f"state_short.{mark.state.value}") if is_folded else mark.written
    return Entry(told, mark.shown, mark.state, mark.why)
