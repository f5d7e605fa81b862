"""Makes the survey tables of the public's edition out of the members'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from yearbook.catalogue import Catalogue, Indicator, Policy
from yearbook.disclosure.public_counts import few, is_few, rounded
from yearbook.disclosure.public_knowledge import Knowledge, Sum
from yearbook.editions import ALL_BLOCKS, INVITED, Cell, Group, State, Table
from yearbook.intervals import wilson
from yearbook.publication.public_cells import blurred, public_cells
from yearbook.publication.public_sums import Count, sums_of

MULTIPLE = "multiple"
ALL_ANSWERS = ""
Groups = Mapping[Group, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class _Answers:
    """What is the same for every cell of a group; invited: as the public sees it."""

    n: int
    invited: int | None
    policy: Policy


def public_survey(table: Table, indicator: Indicator, catalogue: Catalogue, frame: Table) -> Table:
    """Shares of rounded answers; a whole distribution or nothing of it. frame: the public's."""
    groups = _public_groups(table, catalogue.policy)
    admitted = _admitted(groups, indicator.measure != MULTIPLE, catalogue)
    invited = {c.group: int(c.value) for c in frame.cells
               if c.option == INVITED and c.is_shown and c.value is not None}  # fmt: skip
    cells = [
        _cell(cell, group in admitted, invited.get(group), catalogue.policy)
        for group, of_group in groups.items()
        for cell in of_group
    ]
    return Table(table.indicator, tuple(cells))


def public_frame(table: Table, catalogue: Catalogue) -> Table:
    """How many were asked and answered; each number is shown by itself."""
    groups = _public_groups(table, catalogue.policy)
    shown = [c for of_group in groups.values() for c in of_group if c.is_shown and c.value]
    truth = {(cell.group, cell.option): cell.value or 0.0 for cell in shown}
    knowledge = Knowledge(truth, catalogue.policy)
    knowledge.learn(sums_of(truth, catalogue))
    admitted = {key for key in sorted(truth, key=_publication) if knowledge.admit([key])}
    cells = [
        _persons(cell, (cell.group, cell.option) in admitted, catalogue.policy)
        for of_group in groups.values()
        for cell in of_group
    ]
    return Table(table.indicator, tuple(cells))


def _public_groups(table: Table, policy: Policy) -> Groups:
    return Table(table.indicator, tuple(public_cells(table, policy))).by_group


def _admitted(groups: Groups, adds_up: bool, catalogue: Catalogue) -> set[Group]:
    """The groups that are shown, such that no count 1–4 can be worked out of all of them."""
    truth = dict(_counts(groups))
    knowledge = Knowledge(truth, catalogue.policy)
    if adds_up:
        knowledge.learn(_options(truth))
    knowledge.learn(sums_of(truth, catalogue))
    of_group: dict[Group, list[Count]] = {}
    for key in sorted(truth, key=_publication):
        of_group.setdefault(key[0], []).append(key)
    few_answered = {key[0] for key in truth
                    if key[1] == ALL_ANSWERS and is_few(truth[key], catalogue.policy)}  # fmt: skip
    return {
        group
        for group, keys in of_group.items()
        if group not in few_answered and knowledge.admit(keys)
    }


def _counts(groups: Groups) -> Iterator[tuple[Count, float]]:
    """The exact counts of what is shown to members."""
    for group, cells in groups.items():
        for cell in cells:
            if cell.is_shown and cell.count is not None and cell.n is not None:
                yield (group, cell.option), cell.count
                yield (group, ALL_ANSWERS), cell.n


def _options(truth: Mapping[Count, float]) -> Iterator[Sum]:
    """Where each gave one answer, the options make up all answers."""
    options: dict[Group, list[Count]] = {}
    for group, option in truth:
        if option != ALL_ANSWERS:
            options.setdefault(group, []).append((group, option))
    for group, parts in options.items():
        missing = truth[group, ALL_ANSWERS] - sum(truth[key] for key in parts)
        if missing >= 0:
            yield Sum((group, ALL_ANSWERS), tuple(parts), missing == 0)


def _publication(key: Count) -> tuple[int, int, int, Group, str]:
    """What is published earlier first: cohorts before the block that they make up."""
    group, option = key
    if group.block == ALL_BLOCKS:
        return 9999, 9999, len(group.cut), group, option
    first, _, last = (group.cohort or group.block).partition("-")
    end = int(last or first)
    return end, end - int(first), len(group.cut), group, option


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
