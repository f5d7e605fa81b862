"""Publishes whom each survey asked: the table of invited, reached and answered."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from yearbook.disclosure import Block, lattice_groups
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
from yearbook.publication.rounds import Given, blocks_of

# Members know how many were asked and answered of each school and programme in each round.
SINGLE_COHORTS = (("school", "cohort"), ("programme", "cohort"))


def frame_table(given: Given) -> Table:
    """The persons of every survey group; NO_ANSWER where no frame tells of all rounds in it.

    Blocks are the regular ones and those of every question; all blocks are the regular ones.
    """
    cells: list[Cell] = []
    for survey, regular in given.blocks.items():
        for group in _groups(survey, given):
            cells.extend(_cells(group, turnout(group, given, regular)))
    return Table(FRAME, tuple(cells))


def _groups(survey: str, given: Given) -> list[Group]:
    policy, leaves = given.catalogue.policy, given.invitations[survey].leaves
    questions = [q for q in given.catalogue.survey_questions if survey in q.surveys]
    divisions = {given.blocks[survey], *(blocks_of(q, survey, given) for q in questions)}
    cuts = list(dict.fromkeys([*policy.lattice, *policy.extras, *SINGLE_COHORTS]))
    return sorted(
        {group for blocks in divisions for group in lattice_groups(survey, leaves, cuts, blocks)}
    )


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


def turnout(group: Group, given: Given, blocks: Sequence[Block]) -> Turnout:
    """Of the group's cohorts; `blocks` are those that "all blocks" holds."""
    spans: tuple[Span, ...]
    if group.cohort:
        spans = ((int(group.cohort), int(group.cohort)),)
    elif group.block == ALL_BLOCKS:
        spans = tuple((block.first, block.last) for block in blocks)
    else:
        first, _, last = group.block.partition("-")
        spans = ((int(first), int(last)),)
    return given.invitations[group.survey].turnout(group.school, group.programme, spans)


def _cells(group: Group, found: Turnout) -> tuple[Cell, ...]:
    counts = {INVITED: found.invited, REACHED: found.reached, ANSWERED: found.answered}
    return tuple(
        Cell(group, option, State.NO_ANSWER)
        if persons is None
        else Cell(group, option, value=float(persons))
        for option, persons in counts.items()
    )
