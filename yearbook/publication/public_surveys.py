"""Makes the survey tables of the public's edition out of the members'."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from yearbook.catalogue import Catalogue, Indicator, Policy
from yearbook.disclosure.public_counts import few, is_few, rounded
from yearbook.disclosure.public_knowledge import Knowledge
from yearbook.editions import FOLD, INVITED, Cell, State, Table
from yearbook.intervals import wilson
from yearbook.publication.public_admission import (
    ALL_ANSWERS,
    Groups,
    admitted_groups,
    admitted_options,
    publication_order,
)
from yearbook.publication.public_cells import blurred, public_cells
from yearbook.publication.public_sums import Count, sums_of

MULTIPLE = "multiple"


@dataclass(frozen=True, slots=True)
class _Answers:
    """What is the same for every cell of a group; invited: as the public sees it."""

    n: int
    invited: int | None
    policy: Policy


def public_survey(table: Table, indicator: Indicator, catalogue: Catalogue, frame: Table) -> Table:
    """Shares of rounded answers. frame: the public's."""
    groups = _public_groups(table, catalogue.policy)
    admit = admitted_options if indicator.measure == MULTIPLE else admitted_groups
    shown = admit(groups, dict(_counts(groups)), catalogue)
    invited = {c.group: int(c.value) for c in frame.cells
               if c.option == INVITED and c.is_shown and c.value is not None}  # fmt: skip
    cells = [
        _cell(
            cell,
            cell.option in shown.get(cell.group, ()),
            invited.get(cell.group),
            catalogue.policy,
        )
        for group, of_group in groups.items()
        for cell in _folded(of_group, shown.get(group, ()))
    ]
    return Table(table.indicator, tuple(cells))


def public_frame(table: Table, catalogue: Catalogue) -> Table:
    """How many were asked and answered; each number is shown by itself."""
    groups = _public_groups(table, catalogue.policy)
    shown = [c for of_group in groups.values() for c in of_group if c.is_shown and c.value]
    truth = {(cell.group, cell.option): cell.value or 0.0 for cell in shown}
    knowledge = Knowledge(truth, catalogue.policy)
    knowledge.learn(sums_of(truth, catalogue))
    admitted = {key for key in sorted(truth, key=publication_order) if knowledge.admit([key])}
    cells = [
        _persons(cell, (cell.group, cell.option) in admitted, catalogue.policy)
        for of_group in groups.values()
        for cell in of_group
    ]
    return Table(table.indicator, tuple(cells))


def _public_groups(table: Table, policy: Policy) -> Groups:
    return Table(table.indicator, tuple(public_cells(table, policy))).by_group


def _counts(groups: Groups) -> Iterator[tuple[Count, float]]:
    """The exact counts of what is shown to members."""
    for group, cells in groups.items():
        for cell in cells:
            if cell.is_shown and cell.count is not None and cell.n is not None:
                yield (group, cell.option), cell.count
                yield (group, ALL_ANSWERS), cell.n


def _folded(cells: Sequence[Cell], shown: Collection[str]) -> Sequence[Cell]:
    """The cells, with one that counts options together where that is how they are shown."""
    known = {cell.option: cell for cell in cells}
    fold = next((option for option in shown if option not in known), None)
    if fold is None:
        return cells
    parts = fold.split(FOLD)
    one = known[parts[0]]
    whole = replace(one, option=fold, count=sum(known[part].count or 0 for part in parts))
    folded = [Cell(c.group, c.option, State.FOLDED) if c.option in parts else c for c in cells]
    return [*folded, whole]


def _cell(cell: Cell, is_admitted: bool, invited: int | None, policy: Policy) -> Cell:
    if cell.state is State.NO_ANSWER:
        return Cell(cell.group, cell.option, State.NO_ANSWER, n=cell.n)
    if cell.state is not State.SHOWN:
        return Cell(cell.group, cell.option, cell.state)
    if not is_admitted or cell.count is None or not cell.n:
        return Cell(cell.group, cell.option, State.WITHHELD)
    answers = _Answers(rounded(cell.n, policy), invited, policy)
    if is_few(cell.count, policy):
        return _between(cell, answers)
    return _share(cell, rounded(cell.count, policy), answers)


def _between(cell: Cell, answers: _Answers) -> Cell:
    """ "1–4" of so many answers, in whole per cents that hold all of it."""
    least, most = few(answers.policy)
    low, high = floor(100 * least / answers.n), min(100, ceil(100 * most / answers.n))
    return Cell(cell.group, cell.option, State.INTERVAL, low=low / 100, high=high / 100,
                n=answers.n)  # fmt: skip


def _share(cell: Cell, count: int, answers: _Answers) -> Cell:
    count = min(count, answers.n)
    share = count / answers.n
    low, high = wilson(share, answers.n, answers.invited) or (None, None)
    value = round(share, 2)
    return Cell(cell.group, cell.option, State.SHOWN, value, low, high, count, answers.n)


def _persons(cell: Cell, is_admitted: bool, policy: Policy) -> Cell:
    if cell.state is not State.SHOWN or cell.value is None:
        return Cell(cell.group, cell.option, cell.state)
    if cell.value and not is_admitted:
        return Cell(cell.group, cell.option, State.WITHHELD)
    return blurred(cell, policy)
