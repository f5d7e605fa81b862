"""What all tables of the public's edition have in common: their cuts, units and counts."""

from __future__ import annotations

from yearbook.catalogue import Policy
from yearbook.disclosure.lattice import lattice_cut
from yearbook.disclosure.public_counts import few, is_few, rounded
from yearbook.editions import Cell, State, Table

MONEY = "euro"
PERSONS = "persons"
# Persons weighted by time: rounded as persons, and withheld where there are few.
WEIGHTED = ("student_years", "fte")


def public_cells(table: Table, policy: Policy) -> list[Cell]:
    """Those of the cuts that the public may see."""
    return [cell for cell in table.cells if lattice_cut(cell.group) in policy.public_lattice]


def blurred(cell: Cell, policy: Policy) -> Cell:
    """A count of persons that is shown, as the public sees it."""
    persons = cell.value or 0.0
    if is_few(persons, policy):
        low, high = few(policy)
        return Cell(cell.group, cell.option, State.INTERVAL, low=low, high=high, n=cell.n)
    return Cell(cell.group, cell.option, value=float(rounded(persons, policy)), n=cell.n)
