"""What is said of answers on a scale: their scores, their middle, how many are positive."""

from __future__ import annotations

from dataclasses import replace

from yearbook.charts.answers import everyone_beside, main_place, told_topic
from yearbook.charts.description import Mark, Place, Role, Series
from yearbook.charts.levels import beside_the_others, shortest
from yearbook.charts.material import Material
from yearbook.charts.trends import neutral
from yearbook.language import write_share


def score_of(material: Material, series: Series) -> float | None:
    choice = material.choice(series.key)
    return choice.score if choice is not None else None


def middle_of(scores: list[float]) -> float:
    return (min(scores) + max(scores)) / 2


def headline(material: Material, places: tuple[Place, ...], scale: tuple[Series, ...]) -> str:
    """ "Tyytyväisyys opetukseen: myönteisiä 78 %"."""
    place = main_place(places, scale)
    scores = [score for s in scale if (score := score_of(material, s)) is not None]
    if place is None or not scores:
        return neutral(material)
    middle = middle_of(scores)
    good = [s for s in scale if (score_of(material, s) or 0) > middle]
    mark = _together([m for s in good if (m := s.at(place.key)) is not None])
    if mark is None:
        return neutral(material)
    share = write_share((mark.value or 0) / 100, 0, material.language)
    found = material.word("charts.headline.positive", share=share)
    plain = f"{told_topic(material, place)}: {found}"
    whole = everyone_beside(places, place) if place.role is Role.OWN else None
    if whole is None:
        return shortest(material, plain)
    others = _together([m for s in good if (m := s.at(whole.key)) is not None])
    said = beside_the_others(material, mark, others)
    own = material.name("school", material.view.own_school, is_short=True)
    if not said:
        return shortest(material, plain, f"{own}: {found}")
    return shortest(material, f"{plain}, {said}", f"{own}: {found}, {said}", f"{own}: {said}")


def _together(marks: list[Mark]) -> Mark | None:
    """Several options of one row as one; from persons, so that rounding does not add up."""
    if not marks or any(mark.count is None or not mark.n for mark in marks):
        return None
    first, count = marks[0], sum(mark.count or 0 for mark in marks)
    value = 100 * count / (first.n or 1)
    return replace(first, count=count, value=value, shown=value, low=None, high=None)
