"""Puts groups in order and says where own school stands among them."""

from __future__ import annotations

from yearbook.charts.description import Mark, Place, Reference, Role, Series
from yearbook.charts.differences import against_the_others
from yearbook.charts.levels import shortest
from yearbook.charts.marks import make_mark, role_of, with_n
from yearbook.charts.material import Material, key_of
from yearbook.charts.schools import is_partial
from yearbook.charts.trends import named_topic, neutral, short, topic
from yearbook.editions import Cell, Group

LEAST_TO_RANK = 3


def newest_moment(material: Material) -> str:
    return material.moments[-1] if material.moments else ""


def newest_cells(material: Material) -> dict[Group, Cell]:
    """Of every group the cell of the newest moment of the table (one moment is what is drawn)."""
    moment = newest_moment(material)
    return {
        group: cell for (group, when, _), cell in material.by_position.items() if when == moment
    }


def ordered_marks(material: Material) -> tuple[tuple[Place, ...], tuple[Mark, ...]]:
    """Largest first; those without a number at the end; everyone together is no row of its own."""
    found = []
    for group, cell in newest_cells(material).items():
        if material.is_everyone(group):
            continue
        partial = is_partial(material, group, cell.group.year)
        mark = make_mark(material, cell, key_of(group), partial)
        found.append((_place(material, group, mark), mark))
    found.sort(key=lambda pair: (pair[1].middle is None, -(pair[1].middle or 0), pair[0].label))
    return tuple(place for place, _ in found), tuple(mark for _, mark in found)


def _place(material: Material, group: Group, mark: Mark) -> Place:
    """Survey results have n in the label: "Kuopio (n = 12)"."""
    label = material.group_name(group, is_short=True)
    if material.is_survey and mark.n is not None:
        label = with_n(label, mark.n)
    role = role_of(material, group)
    return Place(
        key_of(group), label, material.group_name(group), Role.OTHER if role is Role.CLASS else role
    )


def series_of(material: Material, marks: tuple[Mark, ...]) -> Series:
    return Series("value", topic(material), Role.OTHER, 0, marks)


def everyone(material: Material) -> Mark | None:
    """The mark of everyone together, if the table has it and it has a number."""
    for group, cell in newest_cells(material).items():
        if material.is_everyone(group):
            mark = make_mark(material, cell, "")
            return mark if mark.is_shown else None
    return None


def references(material: Material) -> tuple[Reference, ...]:
    """The level of everyone, unless it is a sum, with which no part can be compared."""
    mark = everyone(material)
    if mark is None or mark.value is None or material.indicator.measure == "sum":
        return ()
    label = material.word("charts.everyone", value=mark.written)
    return (Reference(mark.value, label, mark.shown, mark.written),)


def ranking_headline(material: Material, places: tuple[Place, ...], marks: tuple[Mark, ...]) -> str:
    """Own school against the others (surveys) or its rank (annual figures); else neutral."""
    shown = [mark for mark in marks if mark.is_shown]
    own = next((p for p in places if p.role is Role.OWN), None)
    mark = next((m for m in shown if own is not None and m.place == own.key), None)
    if own is None or mark is None:
        return _largest(material, places, shown)
    name = material.name("school", material.view.own_school, is_short=True)
    if material.is_survey:
        return _against_others(material, name, mark)
    if len(shown) < LEAST_TO_RANK:
        return neutral(material)
    rank = 1 + sum(1 for other in shown if (other.shown or 0) > (mark.shown or 0))
    found = material.word("charts.headline.rank", rank=rank, whole=len(shown))
    return short(f"{named_topic(material, name)}: {found}", material)


def _against_others(material: Material, name: str, mark: Mark) -> str:
    whole = everyone(material)
    difference = against_the_others(mark, whole) if whole is not None else None
    if difference is None:
        return neutral(material)
    side = "unclear" if difference == 0 else "above" if difference > 0 else "below"
    found = material.word(f"charts.headline.others_{side}", name=name)
    return shortest(material, f"{topic(material)}: {found}", found)


def _largest(material: Material, places: tuple[Place, ...], shown: list[Mark]) -> str:
    if material.is_survey or len(shown) < LEAST_TO_RANK:
        return neutral(material)
    names = {place.key: place.label for place in places}
    first = shown[0]
    if first.shown == shown[1].shown:
        return neutral(material)
    found = material.word("charts.headline.largest", name=names[first.place], value=first.written)
    return short(f"{topic(material)}: {found}", material)
