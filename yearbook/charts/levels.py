"""Says in a headline how common an answer is, and whether that is clear."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.description import Mark
from yearbook.charts.differences import against_the_others, is_clearly_commoner
from yearbook.charts.material import Material
from yearbook.charts.trends import MOST_WORDS, named_topic, neutral, topic
from yearbook.charts.words import lowered

TENTHS = 10
NEAR = 3  # points: 55 % is as far from five in ten as from six
SHORT_NAME = 5  # letters: "En", "Kyllä" say nothing without the question
Answer = tuple[str, Mark]  # the name of an option, and its mark


def commonest(material: Material, answers: Sequence[Answer]) -> str:
    """ "Työllinen: kuusi kymmenestä vastaajasta"; of options that are about as common, that it is
    not clear. Options counted together are no answer, but may hold the commonest."""
    ordered = _from_the_commonest(answers)
    if not ordered:
        return neutral(material)
    if not _is_clear(ordered):
        said = material.word("charts.headline.commonest_unclear")
        return shortest(material, f"{topic(material)}: {said}", f"{said[:1].upper()}{said[1:]}")
    name, mark = ordered[0]
    told = in_tenths(material, mark)
    if len(name) <= SHORT_NAME:
        return shortest(material, f"{topic(material)}: {lowered(name)}, {told}", f"{name}: {told}")
    return shortest(material, f"{name}: {told}")


def own_commonest(material: Material, answers: Sequence[Answer], everyone: Sequence[Answer]) -> str:
    """The same of own school, beside the others: "Kuopio, työllinen: 73 %, ero muihin ei ole
    selvä"."""
    ordered = _from_the_commonest(answers)
    if not ordered:
        return neutral(material)
    own = material.name("school", material.view.own_school, is_short=True)
    if not _is_clear(ordered):
        said = material.word("charts.headline.commonest_unclear")
        return shortest(material, f"{named_topic(material, own)}: {said}", f"{own}: {said}")
    name, mark = ordered[0]
    about = f"{own}, {lowered(name)}"
    if len(name) <= SHORT_NAME:
        about = f"{named_topic(material, own)}, {lowered(name)}"
    whole = next((of for option, of in everyone if option == name), None)
    others = beside_the_others(material, mark, whole)
    if not others:
        return shortest(material, f"{about}: {in_tenths(material, mark)}")
    told = (f"{about}: {mark.written}, {others}", f"{about}: {others}", f"{own}: {others}")
    return shortest(material, *told)


def beside_the_others(material: Material, own: Mark, everyone: Mark | None) -> str:
    """ "ero muihin ei ole selvä"; "" where the others are not known."""
    difference = against_the_others(own, everyone) if everyone is not None else None
    if difference is None:
        return ""
    side = "unclear" if difference == 0 else "more" if difference > 0 else "less"
    return material.word(f"charts.headline.than_others_{side}")


def in_tenths(material: Material, mark: Mark) -> str:
    """63 % -> "kuusi kymmenestä vastaajasta"; what lies between tenths, and what is rare, as a
    per cent."""
    value = mark.value or 0
    tenths = round(value / TENTHS)
    if 1 <= tenths < TENTHS and abs(value - tenths * TENTHS) <= NEAR:
        number = material.word(f"charts.tenths.of{tenths}")
        return material.word("charts.tenths.told", number=number)
    return material.word("charts.tenths.share", share=mark.written)


def shortest(material: Material, *headlines: str) -> str:
    """The first that has at most ten words, else the plain topic."""
    fitting = (headline for headline in headlines if len(headline.split()) <= MOST_WORDS)
    return next(fitting, topic(material))


def _from_the_commonest(answers: Sequence[Answer]) -> list[Answer]:
    shown = [(name, mark) for name, mark in answers if mark.is_shown]
    return sorted(shown, key=lambda answer: -(answer[1].value or 0))


def _is_clear(ordered: Sequence[Answer]) -> bool:
    if ordered[0][1].fold:
        return False
    return len(ordered) < 2 or is_clearly_commoner(ordered[0][1], ordered[1][1])
