"""Yleiskuva: four figures with their change, a map of the schools, what is new, who is missing."""

from __future__ import annotations

import streamlit as st

from ui import card, facts, naming, prose, tiles, ways
from ui.selection import each, of_first_survey, pick, spans
from ui.visit import Visitor
from yearbook.charts import View
from yearbook.editions import Edition

ORDER = 10
ICON = None
TITLE = "pages.overview.title"
URL_PATH = "yleiskuva"

ANNUAL_TILES = 3


def show(edition: Edition, visitor: Visitor) -> None:
    schools = len(edition.catalogue.schools)
    prose.title(visitor.word(TITLE), visitor.word("pages.overview.lead", schools=schools))
    _tiles(edition, visitor)
    left, right = st.columns([3, 2])
    with left:
        _graduates(edition, visitor)
        if edition.tells_of_schools:
            _news(edition, visitor)
    with right:
        if edition.tells_of_schools:
            _map(edition, visitor)
        else:
            _news(edition, visitor)


def _tiles(edition: Edition, visitor: Visitor) -> None:
    """The first annual figures of the catalogue, and the first question of the surveys."""
    annual = edition.indicators(source="annual")[:ANNUAL_TILES]
    surveys = edition.indicators(source="survey")[:1]
    found = [tiles.annual(edition, visitor, indicator) for indicator in annual]
    found += [tiles.survey(edition, visitor, indicator) for indicator in surveys]
    told = [tile for tile in found if tile is not None]
    if not told:
        return
    for number, (column, tile) in enumerate(zip(st.columns(len(told)), told, strict=True)):
        with column:
            tiles.show(tile, str(number))


def _graduates(edition: Edition, visitor: Visitor) -> None:
    """What the surveys ask first, of all schools together, by span of school years."""
    for indicator in edition.indicators(source="survey")[:1]:
        table = edition.table(indicator.code)
        cells = of_first_survey(edition, pick(table, block=spans(table)))
        card.of(cells, edition, visitor, "graduates", View(form="stacked"))


def _map(edition: Edition, visitor: Visitor) -> None:
    """The first annual figure by school, as a way to each school's page."""
    for indicator in edition.indicators(source="annual")[:1]:
        table = edition.table(indicator.code)
        newest = each(table, "school", year=table.values_of("year")[-1:])
        card.of(newest, edition, visitor, card.Place("map", _open_school), View(form="map"))
        _list(edition, visitor)


def _list(edition: Edition, visitor: Visitor) -> None:
    """The same way for those who do not point."""
    names = naming.schools(edition, visitor)
    school = st.selectbox(
        visitor.word("pages.overview.open_school"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=visitor.word("pages.overview.choose_school"),
        key="_open",
    )
    if school:
        _open_school(school)


def _open_school(school: str) -> None:
    ways.go("koulut", place=school)


def _news(edition: Edition, visitor: Visitor) -> None:
    with st.container(border=True, key="news"):
        prose.heading(visitor.word("pages.overview.new", name=edition.name))
        prose.points(facts.news(edition, visitor))
        if edition.years and edition.tells_of_schools:
            prose.say(facts.missing(edition, visitor, edition.years[-1]))
