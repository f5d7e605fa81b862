"""Tutkinnot: one qualification, competence area or education: who gives it, and its figures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui import card, facts, filters, grid, naming, prose
from ui.selection import each, foremost, has_figures, of_first_survey, pick, spans
from ui.visit import Visitor
from yearbook.charts import View
from yearbook.editions import Edition, Table

ORDER = 30
ICON = None
TITLE = "pages.programmes.title"
URL_PATH = "tutkinnot"

ABREAST = 2
OF_EACH_THEME = 1  # among the key figures

Drawn = tuple[Table, str, str]  # the cells and the form of a chart, and a remark


def show(edition: Edition, visitor: Visitor) -> None:
    head = st.container()
    offered = _with_figures(edition, visitor)
    if not offered:
        prose.title(visitor.word(TITLE))
        prose.say(visitor.word("empty.page_missing"))
        return
    with filters.row(visitor, "subject", "group", "years"):
        code = filters.one(visitor, "subject", offered)
        theme = filters.one(visitor, "group", _themes(edition, visitor))
        years = filters.years(visitor, _years(edition, code))
    with head:
        programme = edition.catalogue.programmes[code]
        prose.title(visitor.reads(programme.name), facts.of_programme(edition, visitor, code))
        prose.say(facts.schools_of(edition, visitor, code))
    annual = _annual(edition, visitor, code, (theme, years))
    surveys = _surveys(edition, visitor, code, theme)
    _part(edition, visitor, "annual", annual)
    _part(edition, visitor, "graduates", surveys)
    if not annual and not surveys:
        prose.say(visitor.word("card.nothing"))


def _with_figures(edition: Edition, visitor: Visitor) -> naming.Names:
    """The programmes that some figure is divided by."""
    tables = [edition.table(indicator.code) for indicator in edition.indicators()]
    found = {code for table in tables for code in table.values_of("programme")}
    names = naming.programmes(edition, visitor)
    return {code: names[code] for code in names if code in found}


def _years(edition: Edition, code: str) -> list[str]:
    """The years of its annual figures; competence areas have none, only surveys."""
    annual = edition.indicators(source="annual")
    cells = [pick(edition.table(i.code), programme=(code,), year=edition.years) for i in annual]
    return sorted({year for table in cells for year in table.values_of("year")})


def _themes(edition: Edition, visitor: Visitor) -> naming.Names:
    key = {"": visitor.word("pages.schools.key_figures")}
    annual = naming.themes(edition, visitor, "annual")
    return {**key, **annual, **naming.themes(edition, visitor, "survey")}


def _annual(
    edition: Edition, visitor: Visitor, code: str, chosen: tuple[str, Sequence[str]]
) -> list[Drawn]:
    """Over time, own school beside all; the first of them also by school."""
    theme, years = chosen
    found: list[Drawn] = []
    for indicator in foremost(edition, "annual", theme, OF_EACH_THEME):
        table = edition.table(indicator.code)
        cells = pick(table, programme=(code,), school=("", visitor.own_school), year=years)
        if has_figures(cells):
            found.append((cells, "lines", ""))
    if found and edition.tells_of_schools:
        first = edition.table(found[0][0].indicator)
        schools = each(first, "school", programme=(code,), year=tuple(years)[-1:])
        found.insert(1, (schools, "bars", ""))
    return found


def _surveys(edition: Edition, visitor: Visitor, code: str, theme: str) -> list[Drawn]:
    """What became of its graduates, by span of school years; of all, where its own are too few."""
    found: list[Drawn] = []
    for indicator in foremost(edition, "survey", theme, OF_EACH_THEME):
        table = edition.table(indicator.code)
        own = of_first_survey(edition, pick(table, block=spans(table), programme=(code,)))
        if has_figures(own):
            found.append((own, "", ""))
        elif own.cells:
            cells = of_first_survey(edition, pick(table, block=spans(table)))
            found.append((cells, "", visitor.word("pages.graduates.nearest.area")))
    return found


def _part(edition: Edition, visitor: Visitor, part: str, drawn: list[Drawn]) -> None:
    if not drawn:
        return
    prose.heading(visitor.word(f"pages.programmes.{part}"))

    def draw(of: Drawn) -> None:
        cells, form, remark = of
        place = card.Place(f"{cells.indicator}-{form}", remark=remark)
        card.of(cells, edition, visitor, place, View(form=form))

    grid.of(drawn, ABREAST, draw, key=f"grid-{part}")
