"""Publishes whom each survey asked: the table of invited, reached and answered."""

from __future__ import annotations

from yearbook.disclosure import lattice_groups
from yearbook.editions import (
    ALL_BLOCKS,
    ANSWERED,
    FRAME,
    INVITED,
    REACHED,
    Cell,
    Group,
    State,
    Table,
)
from yearbook.measures import Span, Turnout
from yearbook.publication.rounds import Given

# Members know how many were asked and answered of each school and programme in each round.
SINGLE_COHORTS = (("school", "cohort"), ("programme", "cohort"))


def frame_table(given: Given) -> Table:
    """The persons of every survey group; NO_ANSWER where no frame tells of all rounds in it."""
    cells: list[Cell] = []
    for survey, invited in given.invitations.items():
        cuts = [*given.catalogue.policy.lattice, *SINGLE_COHORTS]
        for group in lattice_groups(survey, invited.leaves, cuts, given.blocks[survey]):
            cells.extend(_cells(group, turnout(group, given, 0)))
    return Table(FRAME, tuple(cells))


def turnout(group: Group, given: Given, since: int) -> Turnout:
    """Of the group's cohorts; "all blocks" begins at the cohort `since`."""
    spans: tuple[Span, ...]
    if group.cohort:
        spans = ((int(group.cohort), int(group.cohort)),)
    elif group.block == ALL_BLOCKS:
        blocks = given.blocks[group.survey]
        spans = tuple((block.first, block.last) for block in blocks if block.first >= since)
    else:
        spans = tuple(
            (block.first, block.last)
            for block in given.blocks[group.survey]
            if block.code == group.block
        )
    return given.invitations[group.survey].turnout(group.school, group.programme, spans)


def _cells(group: Group, found: Turnout) -> tuple[Cell, ...]:
    counts = {INVITED: found.invited, REACHED: found.reached, ANSWERED: found.answered}
    return tuple(
        Cell(group, option, State.NO_ANSWER)
        if persons is None
        else Cell(group, option, value=float(persons))
        for option, persons in counts.items()
    )
