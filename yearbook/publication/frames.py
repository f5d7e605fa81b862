"""Publishes whom each survey asked: the table of invited, reached and answered."""

from __future__ import annotations

import pandas as pd

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
from yearbook.measures import Invitations, Span, Turnout
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


def frame_report(given: Given) -> dict[str, object]:
    """Schools of which more answered than were invited: there the frame counts as not known."""
    found = [
        {"survey": survey, "school": str(school), "cohort": int(cohort)}
        | {"invited": int(asked), "answered": int(answered)}
        for survey, invited in given.invitations.items()
        for school, cohort, asked, answered in _persons(invited).itertuples(index=False)
        if answered > asked
    ]
    return {"frames": found} if found else {}


def _persons(invited: Invitations) -> pd.DataFrame:
    """Of each school and cohort that a frame tells of, and tells whole."""
    rows = invited.rows
    told = rows[rows["is_told"] & rows["is_framed"] & (rows["school"] != "")]
    single = told[told["first"] == told["last"]]
    unknown = single.loc[single["invited"].isna(), "school"]
    known = single[~single["school"].isin(unknown)]
    return known.groupby(["school", "first"])[["invited", "answered"]].sum().reset_index()


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
