"""The mean of answers on a scale, from the published distribution of the same group.

Plain arithmetic on what is shown: a withheld row has no mean, and what is outside the scale
("cannot say") has no score and is no part of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.description import Mark, Mean, Place, Series
from yearbook.charts.material import Material
from yearbook.language import write_number

DECIMALS = 1
Scored = Sequence[tuple[Series, float]]


def means_of(material: Material, places: Sequence[Place], scored: Scored) -> tuple[Mean, ...]:
    """For each row with enough answers on the scale."""
    found = (_mean(material, place.key, scored) for place in places)
    return tuple(mean for mean in found if mean is not None)


def _mean(material: Material, place: str, scored: Scored) -> Mean | None:
    marks: list[tuple[Mark, float]] = [
        (mark, score) for series, score in scored if (mark := series.at(place)) is not None
    ]
    if not marks or any(mark.count is None for mark, _ in marks):
        return None
    n = sum(mark.count or 0 for mark, _ in marks)
    if n < material.catalogue.policy.mean_threshold:
        return None
    value = sum((mark.count or 0) * score for mark, score in marks) / n
    return Mean(place, value, write_number(value, DECIMALS, material.language))
