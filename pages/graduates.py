"""Valmistuneet: what became of the graduates; own school beside all, soon after and later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from ui import card, filters, frame, grid, naming
from ui.selection import foremost, has_figures, of_first_survey, pick
from ui.visit import Visitor
from yearbook.catalogue import Indicator
from yearbook.charts import View
from yearbook.editions import Edition, Table

ORDER = 50
ICON = None
TITLE = "pages.graduates.title"
URL_PATH = "valmistuneet"

ABREAST = 2


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filters say."""

    theme: str
    survey: str
    programme: str
    block: str


def show(edition: Edition, visitor: Visitor) -> None:
    frame.title(visitor.word(TITLE), visitor.word("pages.graduates.lead"))
    if not edition.indicators(source="survey"):
        frame.say(visitor.word("empty.page_missing"))
        return
    chosen = _choose(edition, visitor)
    first, *others = foremost(edition, "survey", chosen.theme, 1)
    _cohorts(edition, visitor, chosen, first)
    grid.of(
        [_own_beside_all, _soon_and_later],
        ABREAST,
        lambda draw: draw(edition, visitor, chosen, first),
        key="grid-first",
    )
    grid.of(others, ABREAST, partial(_own_beside_all, edition, visitor, chosen))


def _choose(edition: Edition, visitor: Visitor) -> Chosen:
    with filters.row(visitor, "topic", "survey", "area", "block"):
        theme = filters.one(visitor, "topic", naming.themes(edition, visitor, "survey"))
        table = edition.table(foremost(edition, "survey", theme, 1)[0].code)
        names = naming.surveys(edition, visitor)
        survey = filters.one(
            visitor, "survey", names, naming.only(names, table.values_of("survey"))
        )
        table = table.select(survey=survey)
        return Chosen(
            theme,
            survey,
            programme=filters.programme(visitor, edition, table, "area"),
            block=filters.block(visitor, table),
        )


def _cohorts(edition: Edition, visitor: Visitor, chosen: Chosen, indicator: Indicator) -> None:
    """All schools, by the school year of graduation."""
    table = edition.table(indicator.code).select(survey=chosen.survey)
    cells = pick(table, cohort=table.values_of("cohort"), programme=(chosen.programme,))
    card.of(cells, edition, visitor, "cohorts", View(form="stacked"))


def _own_beside_all(
    edition: Edition, visitor: Visitor, chosen: Chosen, indicator: Indicator
) -> None:
    """Own school and all of the same school years."""
    table = of_first_survey(edition, edition.table(indicator.code), chosen.survey)
    cells = _of_block(table, visitor, chosen)
    place = card.Place(f"beside-{indicator.code}", remark=_remark(cells, visitor, chosen))
    card.of(cells, edition, visitor, place)


def _remark(cells: Table, visitor: Visitor, chosen: Chosen) -> str:
    """Why the visitor's own school is not beside all, and what brings it nearest."""
    if not visitor.own_school or visitor.own_school in cells.values_of("school"):
        return ""
    narrowed = "area" if chosen.programme else "question"
    return visitor.word(f"pages.graduates.own_not_here.{narrowed}")


def _of_block(table: Table, visitor: Visitor, chosen: Chosen) -> Table:
    """The school's own cells where the lattice has them, and those of everyone."""
    return pick(
        table,
        block=(chosen.block,),
        school=("", visitor.own_school),
        programme=(chosen.programme,),
    )


def _soon_and_later(
    edition: Edition, visitor: Visitor, chosen: Chosen, indicator: Indicator
) -> None:
    """The same graduates soon after and later: the newest of them whom two surveys have asked."""
    table = edition.table(indicator.code)
    for cohort in sorted(table.values_of("cohort"), reverse=True):
        cells = pick(table, cohort=(cohort,), programme=(chosen.programme,))
        asked = [s for s in cells.values_of("survey") if has_figures(cells.select(survey=s))]
        if len(asked) > 1:
            card.of(cells, edition, visitor, "slope", View(form="slope"))
            return
    frame.say(visitor.word("pages.graduates.no_slope"))
