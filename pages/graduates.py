"""Valmistuneet: what became of the graduates; own school beside all, soon after and later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from ui import card, filters, grid, naming, nearest, prose, slopes, ways
from ui.nearest import Graduates
from ui.selection import foremost
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
    """What the filters say. slope: whom several surveys asked, "" where there are none such."""

    theme: str
    graduates: Graduates
    slope: str


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
    _other_detail(edition, visitor, first)
    pair = [_own_beside_all, _soon_and_later]
    grid.of(pair, ABREAST, lambda draw: draw(edition, visitor, chosen, first), key="grid-first")
    grid.of(others, ABREAST, partial(_own_beside_all, edition, visitor, chosen))


def _choose(edition: Edition, visitor: Visitor) -> Chosen:
    with filters.row(visitor, "topic", "survey", "area", "block", "cohort"):
        theme = filters.one(visitor, "topic", naming.themes(edition, visitor, "survey"))
        whole = edition.table(foremost(edition, "survey", theme, 1)[0].code)
        names = naming.surveys(edition, visitor)
        survey = filters.one(
            visitor, "survey", names, naming.only(names, whole.values_of("survey"))
        )
        table = whole.select(survey=survey)
        programme = filters.programme(visitor, edition, table, "area")
        graduates = Graduates(survey, programme, filters.block(visitor, table))
        return Chosen(theme, graduates, _slope(visitor, whole, programme))


def _slope(visitor: Visitor, table: Table, programme: str) -> str:
    """Which graduates the slope follows; of a programme without any, those of all together."""
    found = slopes.moments(table, programme) or slopes.moments(table, "")
    if not found:
        return ""
    most = slopes.most_told(table, found, programme)
    with filters.more(visitor, "cohort"):
        return filters.one(visitor, "cohort", slopes.names(visitor, found), default=most)


def _cohorts(edition: Edition, visitor: Visitor, chosen: Chosen, indicator: Indicator) -> None:
    """All schools, by the school year of graduation; by span where single years are too small."""
    table = edition.table(indicator.code)
    near = nearest.over_time(table, chosen.graduates)
    said = nearest.said(edition, visitor, chosen.graduates, near)
    form = "stacked" if indicator.measure == "distribution" else ""
    place = card.Place("cohorts", remark=said)
    card.of(nearest.course(table, near), edition, visitor, place, View(form=form))


def _other_detail(edition: Edition, visitor: Visitor, indicator: Indicator) -> None:
    """The way to the same question by all its choices."""
    other = naming.other_detail(edition, indicator.code)
    if other is None:
        return
    if st.button(f"{prose.plain(visitor.reads(other.label))} ›", key="detail", type="tertiary"):
        ways.go("kyselyt", question=other.code)


def _own_beside_all(
    edition: Edition, visitor: Visitor, chosen: Chosen, indicator: Indicator
) -> None:
    """Own school and all of the same school years, or the nearest that there is."""
    table = edition.table(indicator.code)
    near = nearest.found(edition, table, chosen.graduates)
    cells = nearest.answers(table, near, visitor.own_school)
    snapped = nearest.said(edition, visitor, chosen.graduates, near)
    remark = snapped or _without_own(edition, cells, visitor, near)
    card.of(cells, edition, visitor, card.Place(f"beside-{indicator.code}", remark=remark))


def _without_own(edition: Edition, cells: Table, visitor: Visitor, near: Graduates) -> str:
    """Why the visitor's own school is not beside all."""
    if near.programme or not visitor.own_school or visitor.own_school in cells.values_of("school"):
        return ""
    is_own = naming.is_of_own_school(edition, cells.indicator)
    return visitor.word(f"pages.graduates.own_not_here.{'own_only' if is_own else 'question'}")


def _soon_and_later(
    edition: Edition, visitor: Visitor, chosen: Chosen, indicator: Indicator
) -> None:
    """The same graduates soon after, later and in the wide survey, where these asked them."""
    if not chosen.slope:
        prose.say(visitor.word("pages.graduates.no_slope"))
        return
    table, programme = edition.table(indicator.code), chosen.graduates.programme
    remark = ""
    if not slopes.surveys(table, chosen.slope, programme):
        programme, remark = "", visitor.word("pages.graduates.nearest.area")
    cells = slopes.cells(table, chosen.slope, programme)
    card.of(cells, edition, visitor, card.Place("slope", remark=remark), View(form="slope"))
