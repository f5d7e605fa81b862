"""Turns exact figures into publishable cells; the only place where Measured becomes Cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from yearbook.catalogue import Indicator, Policy
from yearbook.disclosure.protection import Decision
from yearbook.editions import Cell, Group, State
from yearbook.measures import Measured


def annual_cells(measured: Iterable[Measured], hidden: Collection[Group]) -> tuple[Cell, ...]:
    """Annual figures are about institutions; only groups of sensitive persons are withheld."""
    return tuple(
        Cell(figure.group, figure.option, State.WITHHELD)
        if figure.state is State.SHOWN and figure.group in hidden
        else Cell(figure.group, figure.option, figure.state, figure.value, n=figure.respondents)
        for figure in measured
    )


def survey_cells(
    measured: Iterable[Measured], indicator: Indicator, decision: Decision, policy: Policy
) -> tuple[Cell, ...]:
    """A whole distribution with its n, or nothing of it; means and quartiles need more answers."""
    least = {"mean": policy.mean_threshold, "median": policy.quartile_threshold}.get(
        indicator.measure, 1
    )
    return tuple(_survey_cell(figure, decision, least) for figure in measured)


def _survey_cell(figure: Measured, decision: Decision, least: int) -> Cell:
    if figure.respondents == 0:
        return Cell(figure.group, figure.option, State.NO_ANSWER, n=0)
    if figure.group not in decision.shown or figure.respondents < least:
        return Cell(figure.group, figure.option, State.WITHHELD)
    if figure.state is not State.SHOWN:
        return Cell(figure.group, figure.option, figure.state)
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
