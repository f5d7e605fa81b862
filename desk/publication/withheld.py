"""Finds which groups of a question an edition does not show, and a pair that tells why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from yearbook.editions import ALL, ALL_BLOCKS, ANSWERED, FRAME, Edition, Group, State

NO_FIGURE = (State.WITHHELD,)


@dataclass(frozen=True)
class Groups:
    """The groups of one question in one survey that have answers, each shown or withheld."""

    shown: frozenset[Group]
    withheld: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """All that is missing of a whole: a group that is too small, and one that must hide with it."""

    small: Group
    few: int
    large: Group
    many: int
    whole: Group


def groups_of(edition: Edition, question: str, survey: str) -> Groups:
    """A group is shown when any indicator of the question shows something of it."""
    has_figure: dict[Group, bool] = {}
    for indicator in edition.catalogue.indicators.values():
        if indicator.question != question:
            continue
        for group, cells in edition.table(indicator.code).by_group.items():
            states = {cell.state for cell in cells}
            if group.survey == survey and states & {State.SHOWN, State.WITHHELD}:
                has_figure[group] = has_figure.get(group, False) or State.SHOWN in states
    return Groups(
        frozenset(group for group, is_shown in has_figure.items() if is_shown),
        tuple(sorted(group for group, is_shown in has_figure.items() if not is_shown)),
    )


def answered_in(edition: Edition) -> Mapping[Group, int]:
    """How many answered the survey, as the members see it. All periods pooled are left out: each
    question reaches back to its own last break."""
    cells = edition.table(FRAME).cells
    return {
        cell.group: int(cell.value)
        for cell in cells
        if cell.option == ANSWERED and cell.value is not None and cell.group.block != ALL_BLOCKS
    }


def pair(groups: Groups, answered: Mapping[Group, int], threshold: int) -> Pair | None:
    """Two groups that are all that is missing of a shown whole, of which one is too small."""
    widest_first = sorted(_families(groups), key=lambda family: len(family[0].cut))
    for whole, missing in widest_first:
        known = sorted((answered.get(group, 0), group) for group in missing)
        if len(known) != 2:
            continue
        (few, small), (many, large) = known
        if 0 < few < threshold <= many:
            return Pair(small, few, large, many, whole)
    return None


def _families(groups: Groups) -> Iterator[tuple[Group, list[Group]]]:
    """Every shown whole with what is missing of it along one dimension."""
    found: dict[tuple[str, Group], list[Group]] = {}
    for group in groups.withheld:
        for dimension, whole in _wholes(group):
            if whole in groups.shown:
                found.setdefault((dimension, whole), []).append(group)
    for (_, whole), missing in found.items():
        yield whole, missing


def _wholes(group: Group) -> Iterator[tuple[str, Group]]:
    if group.school:
        yield "school", replace(group, school=ALL)
    if group.programme:
        yield "programme", replace(group, programme=ALL)
