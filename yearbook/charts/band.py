"""Half of the schools and their mean, from the published figures of the schools in the chart.

Plain arithmetic on what is shown: a withheld school is not in it, and how many schools are behind
it is said under the chart.
"""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.description import BandPoint, Mark, Series
from yearbook.charts.marks import decimals_of, written
from yearbook.charts.material import Material

LEAST_FOR_QUARTILES = 4


def band_of(material: Material, series: Sequence[Series]) -> tuple[BandPoint, ...]:
    """A point for every moment at which at least one school has a number."""
    found = []
    for moment in material.moments:
        marks = [m for s in series if (m := s.at(moment)) is not None and m.is_shown]
        if marks:
            found.append(_point(material, moment, marks))
    return tuple(found)


def _point(material: Material, moment: str, marks: Sequence[Mark]) -> BandPoint:
    values = sorted(mark.value for mark in marks if mark.value is not None)
    has_quartiles = len(values) >= LEAST_FOR_QUARTILES
    mean = sum(values) / len(values)
    unscaled = mean / 100 if material.is_share else mean
    decimals = (
        max(decimals_of(material, None), 1) if max(values) < 10 else decimals_of(material, None)
    )
    return BandPoint(
        place=moment,
        low=quantile(values, 0.25) if has_quartiles else None,
        high=quantile(values, 0.75) if has_quartiles else None,
        mean=mean,
        mean_written=written(material, unscaled, decimals),
        schools=len(values),
    )


def quantile(ordered: Sequence[float], share: float) -> float:
    """Linear interpolation between the ordered values (Hyndman & Fan 1996, type 7)."""
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])
