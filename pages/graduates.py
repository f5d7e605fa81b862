"""Valmistuneet: what became of the graduates; own school beside all, soon after and later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from ui import card, filters, grid, naming, nearest, prose
from ui.nearest import Graduates
from ui.selection import foremost, has_figures, pick
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
    graduates: Graduates


def show(edition: Edition, visitor: Visitor) -> None:
    prose.title(visitor.word(TITLE), visitor.word("pages.graduates.lead"))
    if not edition.indicators(source="survey"):
        prose.say(visitor.word("empty.page_missing"))
        return
    chosen = _choose(edition, visitor)
    if chosen.graduates.programme and visitor.own_school:
        prose.say(visitor.word("pages.graduates.own_not_here.area"), "narrowed")
    first, *others = foremost(edition, "survey", chosen.theme, 1)
    _cohorts(edition, visitor, chosen, first)
    pair = [_own_beside_all, _soon_and_later]
    grid.of(pair, ABREAST, lambda draw: draw(edition, visitor, chosen, first), key="grid-first")
    grid.of(others, ABREAST, partial(_own_beside_all, edition, visitor, chosen))


def _choose(edition: Edition, visitor: Visitor) -> Chosen:
    with filters.row(visitor, "topic", "survey", "area", "block"):
        theme = filters.one(visitor, "topic", naming.themes(edition, visitor, "survey"))
        table = edition.table(foremost(edition, "survey", theme, 1)[0].code)
        names = naming.surveys(edition, visitor)
        asked = naming.only(names, table.values_of("survey"))
        survey = filters.one(visitor, "survey", names, asked)
        table = table.select(survey=survey)
        programme = filters.programme(visitor, edition, table, "area")
        return Chosen(theme, Graduates(survey, programme, filters.block(visitor, table)))


def _cohorts(edition: Edition, visitor: Visitor, chosen: Chosen, indicator: Indicator) -> None:
    """All schools, by the school year of graduation."""
    table = edition.table(indicator.code).select(survey=chosen.graduates.survey)
    programmes = (chosen.graduates.programme,)
    cells = pick(table, cohort=table.values_of("cohort"), programme=programmes)
    form = "stacked" if indicator.measure == "distribution" else ""
    card.of(cells, edition, visitor, "cohorts", View(form=form))


def _own_beside_all(
    edition: Edition, visitor: Visitor, chosen: Chosen, indicator: Indicator
) -> None:
    """Own school and all of the same school years, or the nearest that there is."""
    table = edition.table(indicator.code)
    near = nearest.found(edition, table, chosen.graduates)
    cells = nearest.answers(table, near, visitor.own_school)
    remark = _snapped(edition, visitor, chosen, near) or _without_own(cells, visitor, near)
    card.of(cells, edition, visitor, card.Place(f"beside-{indicator.code}", remark=remark))


def _snapped(edition: Edition, visitor: Visitor, chosen: Chosen, near: Graduates) -> str:
    """In what the chart is of others than the filters say."""
    difference = near.differs_from(chosen.graduates)
    if not difference:
        return ""
    return visitor.word(
        f"pages.graduates.nearest.{difference}",
        survey=naming.surveys(edition, visitor)[near.survey].lower(),
        block=naming.block_name(near.block),
    )


def _without_own(cells: Table, visitor: Visitor, near: Graduates) -> str:
    """Why the visitor's own school is not beside all."""
    if near.programme or not visitor.own_school or visitor.own_school in cells.values_of("school"):
        return ""
    return visitor.word("pages.graduates.own_not_here.question")


def _soon_and_later(
    edition: Edition, visitor: Visitor, chosen: Chosen, indicator: Indicator
) -> None:
    """The same graduates soon after and later: the newest of them whom two surveys have asked."""
    table = edition.table(indicator.code)
    for cohort in sorted(table.values_of("cohort"), reverse=True):
        cells = pick(table, cohort=(cohort,), programme=(chosen.graduates.programme,))
        asked = [s for s in cells.values_of("survey") if has_figures(cells.select(survey=s))]
        if len(asked) > 1:
            card.of(cells, edition, visitor, "slope", View(form="slope"))
            return
    prose.say(visitor.word("pages.graduates.no_slope"))
