"""What the table twin tells beside a number: its interval, its answers and those who were asked."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.description import Column, Entry, Mark, Mean, Series
from yearbook.charts.marks import WITHOUT_NUMBER
from yearbook.charts.material import Material
from yearbook.charts.response import written_rate


class Details:
    """The columns that the marks of these series call for, and the entries of a mark in them."""

    def __init__(
        self,
        material: Material,
        series: Sequence[Series],
        means: Sequence[Mean],
        has_intervals: bool = True,
    ) -> None:
        marks = [mark for one in series for mark in one.marks]
        self.material = material
        self.means = {mean.place: mean for mean in means}
        self.has_intervals = has_intervals and any(mark.interval for mark in marks)
        self.has_n = any(mark.n is not None for mark in marks)
        self.has_invited = any(mark.invited is not None for mark in marks)

    @property
    def columns(self) -> list[Column]:
        columns = []
        if self.has_intervals:
            kind = "quartiles" if self.material.indicator.measure == "median" else "interval"
            columns.append(Column(self._word(kind), "text"))
        if self.means:
            columns.append(Column(self._word("mean"), "number", 1))
        if self.has_n:
            columns.append(Column("n", "number"))
        if self.has_invited:
            columns.append(Column(self._word("invited"), "number"))
            columns.append(Column(self._word("rate"), "share"))
        return columns

    def entries(self, mark: Mark | None, place: str = "") -> list[Entry]:
        entries = []
        if self.has_intervals:
            entries.append(Entry(mark.interval if mark else ""))
        if self.means:
            mean = self.means.get(place)
            rounded = round(mean.value, 1) if mean else None
            entries.append(Entry(mean.written if mean else WITHOUT_NUMBER, rounded))
        if self.has_n:
            entries.append(_n(mark))
        if self.has_invited:
            entries += self._response(mark)
        return entries

    def _response(self, mark: Mark | None) -> list[Entry]:
        """Those asked and the rate; what no one knows is said in words."""
        if mark is None or mark.n is None:
            return [Entry(WITHOUT_NUMBER if mark else "")] * 2
        if mark.invited is None:
            return [Entry(self._word("unknown")), Entry(WITHOUT_NUMBER)]
        rate = written_rate(self.material, mark.n, mark.invited)
        percent = float(round(100 * mark.n / mark.invited))
        return [Entry(str(mark.invited), float(mark.invited)), Entry(rate, percent)]

    def _word(self, key: str) -> str:
        return self.material.word(f"charts.column.{key}")


def _n(mark: Mark | None) -> Entry:
    if mark is None or mark.n is None:
        return Entry(WITHOUT_NUMBER if mark else "")
    return Entry(str(mark.n), float(mark.n))
