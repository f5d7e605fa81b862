"""What is said of answers on a scale: their scores, their middle, how many are positive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yearbook.charts.answers import everyone_beside, main_place, told_topic
from yearbook.charts.description import Mark, Place, Role, Series
from yearbook.charts.levels import beside_the_others, shortest
from yearbook.charts.material import Material
from yearbook.charts.trends import neutral
from yearbook.editions import FOLD, State
from yearbook.language import write_share


def score_of(material: Material, series: Series) -> float | None:
    """Of options counted together the mean of their scores where all lie on one side, else the
    middle, for no one knows how many lie on which."""
    scores = _scores(material, series)
    known = [score for score in scores if score is not None]
    if len(known) < len(scores):
        return None
    middle = _middle(material)
    is_one_sided = all(s > middle for s in known) or all(s < middle for s in known)
    return sum(known) / len(known) if is_one_sided or len(known) == 1 else middle


def _scores(material: Material, series: Series) -> list[float | None]:
    """Of the option, or of each of those that are counted together."""
    choices = [material.choice(option) for option in series.key.split(FOLD)]
    return [choice.score if choice is not None else None for choice in choices]


def _middle(material: Material) -> float:
    """Of all the steps that the question has."""
    choices = material.question.choices if material.question is not None else ()
    return middle_of([choice.score for choice in choices if choice.score is not None])


def middle_of(scores: list[float]) -> float:
    return (min(scores) + max(scores)) / 2


def headline(material: Material, places: tuple[Place, ...], series: tuple[Series, ...]) -> str:
    """ "Tyytyväisyys opetukseen: myönteisiä 78 %"."""
    scores = [score for s in series if (score := score_of(material, s)) is not None]
    place = main_place(places, tuple(s for s in series if score_of(material, s) is not None))
    mark = _positive(material, series, place) if place is not None and scores else None
    if place is None or mark is None:
        return neutral(material)
    share = write_share((mark.value or 0) / 100, 0, material.language)
    found = material.word("charts.headline.positive", share=share)
    plain = f"{told_topic(material, place)}: {found}"
    whole = everyone_beside(places, place) if place.role is Role.OWN else None
    if whole is None:
        return shortest(material, plain)
    said = beside_the_others(material, mark, _positive(material, series, whole))
    own = material.name("school", material.view.own_school, is_short=True)
    if not said:
        return shortest(material, plain, f"{own}: {found}")
    return shortest(material, f"{plain}, {said}", f"{own}: {found}, {said}", f"{own}: {said}")


def _positive(material: Material, series: Sequence[Series], place: Place) -> Mark | None:
    """All positive answers of a row together; None where some are counted with others, or are
    known only to lie between two numbers."""
    told = [(s, m) for s in series if (m := s.at(place.key)) is not None]
    marks = [(s, m) for s, m in told if m.state is not State.FOLDED]
    if any(_is_doubtful(material, s) for s, _ in marks):
        return None
    middle = _middle(material)
    return _together([m for s, m in marks if (score_of(material, s) or 0) > middle])


def _is_doubtful(material: Material, series: Series) -> bool:
    """Counts positive answers together with others."""
    middle = _middle(material)
    return len({score is not None and score > middle for score in _scores(material, series)}) > 1


def _together(marks: list[Mark]) -> Mark | None:
    """Several options of one row as one; from persons, so that rounding does not add up."""
    if not marks or any(mark.count is None or not mark.n for mark in marks):
        return None
    first, count = marks[0], sum(mark.count or 0 for mark in marks)
    value = 100 * count / (first.n or 1)
    return replace(first, count=count, value=value, shown=value, low=None, high=None)
