"""Turns exact figures into publishable cells; the only place where Measured becomes Cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from yearbook.catalogue import Indicator, Policy
from yearbook.editions import FOLD, Cell, Group, State
from yearbook.intervals import wilson
from yearbook.measures import Measured


def annual_cells(measured: Iterable[Measured], hidden: Collection[Group]) -> tuple[Cell, ...]:
    """Annual figures are about institutions; only groups of sensitive persons are withheld."""
    return tuple(
        Cell(figure.group, figure.option, State.WITHHELD)
        if figure.state is State.SHOWN and figure.group in hidden
        else Cell(figure.group, figure.option, figure.state, figure.value, n=figure.respondents)
        for figure in measured
    )


@dataclass(frozen=True)
class Shown:
    """What is shown of an indicator. columns: the shown groups -> the options of each column, by
    code, single ones as a rule; an option in none of them is withheld alone."""

    columns: Mapping[Group, tuple[tuple[str, ...], ...]]

    def is_whole(self, group: Group) -> bool:
        """Whether nothing of the group is folded: only then may a mean of it be shown."""
        return all(len(options) == 1 for options in self.columns.get(group, ()))


def survey_cells(
    measured: Iterable[Measured], indicator: Indicator, shown: Shown, policy: Policy
) -> tuple[Cell, ...]:
    """A whole distribution with its n, or nothing of it; means and quartiles need more answers.

    Options that are counted together have a cell of their own after those of their group.
    """
    least = {"mean": policy.mean_threshold, "median": policy.quartile_threshold}.get(
        indicator.measure, 1
    )
    cells: list[Cell] = []
    for group, figures in groupby(measured, key=lambda figure: figure.group):
        cells += _of_group(group, list(figures), shown, least)
    return tuple(cells)


def _of_group(
    group: Group, figures: Sequence[Measured], shown: Shown, least: int
) -> Iterator[Cell]:
    columns = shown.columns.get(group)
    for figure in figures:
        if figure.respondents == 0:
            yield Cell(group, figure.option, State.NO_ANSWER, n=0)
        elif figure.state is not State.SHOWN:
            yield Cell(group, figure.option, figure.state)
        elif columns is None or figure.respondents < least:
            yield _withheld(figure)
        elif figure.count is None:
            yield _figure(figure) if shown.is_whole(group) else _withheld(figure)
        elif (figure.option,) in columns:
            yield _figure(figure)
        elif any(figure.option in options for options in columns):
            yield Cell(group, figure.option, State.FOLDED)
        else:
            yield _withheld(figure)
    for options in columns or ():
        parts = [figure for figure in figures if figure.option in options]
        if len(options) > 1 and len(parts) == len(options):
            yield _folded(group, parts)


def _withheld(figure: Measured) -> Cell:
    return Cell(figure.group, figure.option, State.WITHHELD)


def _figure(figure: Measured) -> Cell:
    return Cell(
        figure.group,
        figure.option,
        State.SHOWN,
        figure.value,
        figure.low,
        figure.high,
        figure.count,
        figure.respondents,
    )


def _folded(group: Group, parts: Sequence[Measured]) -> Cell:
    """Several options of one group as one; each person chose one of them at most."""
    n, count = parts[0].respondents, sum(part.count or 0 for part in parts)
    low, high = wilson(count / n, n, parts[0].invited) or (None, None)
    option = FOLD.join(part.option for part in parts)
    return Cell(group, option, State.SHOWN, count / n, low, high, count, n)
