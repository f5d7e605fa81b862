"""Makes the annual tables of the public's edition out of the members'."""

from __future__ import annotations

from yearbook.catalogue import Catalogue, Indicator, Policy
from yearbook.disclosure.public_counts import is_few, rounded
from yearbook.disclosure.public_knowledge import Knowledge
from yearbook.editions import Cell, State, Table
from yearbook.publication.public_cells import MONEY, PERSONS, WEIGHTED, blurred, public_cells
from yearbook.publication.public_money import public_money
from yearbook.publication.public_sums import sums_of


def public_sum(table: Table, indicator: Indicator, catalogue: Catalogue) -> Table:
    """The sums of an annual figure, by its unit."""
    shown = public_cells(table, catalogue.policy)
    if indicator.unit == MONEY:
        return Table(table.indicator, tuple(public_money(shown, table, catalogue)))
    if indicator.unit == PERSONS:
        return Table(table.indicator, tuple(_persons(shown, catalogue)))
    if indicator.unit in WEIGHTED:
        cells = [_weighted(cell, catalogue.policy) for cell in shown]
        return Table(table.indicator, tuple(cells))
    return Table(table.indicator, tuple(shown))


def public_change(table: Table, policy: Policy) -> Table:
    """The persons of the years that are compared, of the schools in both. Of money there is no
    such table: the whole less the schools of both years would be what another school has."""
    cells = [blurred(c, policy) if c.is_shown else c for c in public_cells(table, policy)]
    return Table(table.indicator, tuple(cells))


def _persons(shown: list[Cell], catalogue: Catalogue) -> list[Cell]:
    """Within a year the whole first, then the small groups, then those that are easily spared."""
    truth = {(c.group, c.option): c.value for c in shown if c.is_shown and c.value is not None}
    knowledge = Knowledge(truth, catalogue.policy)
    knowledge.learn(sums_of(truth, catalogue))
    order = sorted(truth, key=lambda key: (key[0].year, len(key[0].cut), truth[key], key))
    admitted = {key for key in order if knowledge.admit([key])}
    return [
        cell
        if not cell.is_shown
        else blurred(cell, catalogue.policy)
        if (cell.group, cell.option) in admitted
        else Cell(cell.group, cell.option, State.WITHHELD)
        for cell in shown
    ]


def _weighted(cell: Cell, policy: Policy) -> Cell:
    if not cell.is_shown or cell.value is None:
        return cell
    if is_few(cell.value, policy):
        return Cell(cell.group, cell.option, State.WITHHELD)
    return Cell(cell.group, cell.option, value=float(rounded(cell.value, policy)), n=cell.n)
