"""Who answered: those asked and those who answered, by school and by programme."""

from __future__ import annotations

from collections.abc import Sequence

from ui import card, filters, naming, prose
from ui.nearest import Graduates
from ui.selection import pick
from ui.visit import Visitor
from yearbook.charts import View
from yearbook.editions import ALL_BLOCKS, FRAME, INVITED, Edition, Table

FORM = "representation"
DIMENSIONS = ("school", "programme")


def show(edition: Edition, visitor: Visitor, of: Graduates) -> None:
    """Of the chosen block where its frame is known, or of another round or block."""
    prose.heading(visitor.word("pages.surveys.turnout"))
    frame = edition.table(FRAME).select(survey=of.survey)
    moments = _moments(frame, edition.blocks.get(of.survey, ()))
    if not moments:
        prose.say(visitor.word("pages.surveys.no_frame"))
        return
    prose.say(visitor.word("pages.surveys.turnout_lead"))
    names = {moment: naming.moment_name(moment, visitor) for moment in moments}
    moment = filters.one(visitor, "round", names, default=of.block)
    for dimension in DIMENSIONS:
        cells = _cells(frame, dimension, moment)
        if len(cells.by_group) > 1:
            place = card.Place(f"turnout-{dimension}", is_table=True)
            card.of(cells, edition, visitor, place, View(form=FORM))


def _moments(frame: Table, regular: Sequence[str]) -> list[str]:
    """Whose frame of everyone is known: single rounds and the survey's regular blocks, the newest
    first, then all."""
    known = {
        cell.group.cohort or cell.group.block
        for cell in frame.select(school="", programme="", option=INVITED).cells
        if cell.is_shown
    }
    cohorts = {moment for moment in known if moment.isdigit()}
    blocks = known & set(regular)
    newest_first = [*sorted(cohorts, reverse=True), *sorted(blocks, reverse=True)]
    return [*newest_first, *(known & {ALL_BLOCKS})]


def _cells(frame: Table, dimension: str, moment: str) -> Table:
    """Every school or programme of those graduates, and all together."""
    values = (*frame.values_of(dimension), "")
    time = "cohort" if moment.isdigit() else "block"
    return pick(frame, **{dimension: values, time: (moment,)})
