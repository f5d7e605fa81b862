"""Koulut: one school's facts and figures among the others'; two beside each other on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from ui import card, facts, filters, grid, naming, nearest, prose
from ui.nearest import Graduates
from ui.selection import each, foremost, has_figures, is_withheld
from ui.visit import Visitor
from yearbook.catalogue import Indicator
from yearbook.charts import View
from yearbook.editions import Edition, Table
from yearbook.language import Language, Text

ORDER = 20
ICON = None
TITLE = "pages.schools.title"
URL_PATH = "koulut"
OF_SCHOOLS = True

OF_EACH_THEME = 2  # among the key figures
ABREAST = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filters say. beside: the second school or "". theme: "" for the key figures."""

    school: str
    beside: str
    theme: str
    programme: str
    years: tuple[str, ...]


def show(edition: Edition, visitor: Visitor) -> None:
    head = st.container()
    chosen = _choose(edition, visitor)
    school = edition.catalogue.schools[chosen.school]
    with head:
        prose.title(visitor.reads(school.name), facts.of_school(edition, visitor, chosen.school))
        prose.say(facts.programmes_of(edition, visitor, chosen.school))
    shown = [
        i
        for i in foremost(edition, "annual", chosen.theme, OF_EACH_THEME)
        if _has_figures(edition, i, chosen)
    ]
    graduates = [] if chosen.theme else _graduates(edition, chosen)
    if not shown and not graduates:
        prose.say(visitor.word("card.nothing"))
        return
    if shown:
        card.key_of_small_multiples(visitor, "" if chosen.beside else visitor.reads(school.short))
        _grid(edition, visitor, chosen, shown)
        prose.say(facts.source(edition, visitor), "footer")
    if graduates:
        prose.heading(visitor.word("pages.schools.graduates"))
        grid.of(graduates, 2, partial(_of_graduates, edition, visitor), key="grid-graduates")
    if not chosen.theme:
        _left_out(edition, visitor, chosen.school)


def _choose(edition: Edition, visitor: Visitor) -> Chosen:
    names = naming.schools(edition, visitor)
    with filters.row(visitor, "beside", "group", "programme", "years"):
        school = filters.one(visitor, "place", names, default=visitor.own_school)
        others = {"": visitor.word("filters.nobody"), **names}
        beside = filters.one(visitor, "beside", others, [c for c in others if c != school])
        theme = filters.one(visitor, "group", _themes(edition, visitor))
        years = filters.years(visitor, edition.years)
        with filters.more(visitor, "programme"):
            offered = _programmes(edition, visitor, school)
            names = naming.programmes(edition, visitor)
            programme = filters.one(visitor, "programme", names, offered)
        return Chosen(school, beside, theme, programme, years)


def _themes(edition: Edition, visitor: Visitor) -> naming.Names:
    key = {"": visitor.word("pages.schools.key_figures")}
    return {**key, **naming.themes(edition, visitor, "annual")}


def _programmes(edition: Edition, visitor: Visitor, school: str) -> list[str]:
    """All together, and those of the school's that annual figures are divided by."""
    tables = [edition.table(indicator.code) for indicator in edition.indicators(source="annual")]
    divided = {code for table in tables for code in table.values_of("programme")}
    offers = edition.catalogue.schools[school].offers
    return ["", *(c for c in naming.programmes(edition, visitor) if c in divided and c in offers)]


def _has_figures(edition: Edition, indicator: Indicator, chosen: Chosen) -> bool:
    return has_figures(_cells(edition, indicator, chosen).select(school=chosen.school))


def _cells(edition: Edition, indicator: Indicator, chosen: Chosen) -> Table:
    """All schools beside one another, so that the school stands before the others."""
    table = edition.table(indicator.code)
    return each(table, "school", programme=(chosen.programme,), year=chosen.years)


def _grid(edition: Edition, visitor: Visitor, chosen: Chosen, shown: Sequence[Indicator]) -> None:
    """One school's figures; or the same figure of two schools side by side."""
    schools = [chosen.school, chosen.beside] if chosen.beside else [chosen.school]

    def draw(drawn: tuple[Indicator, str]) -> None:
        indicator, school = drawn
        headline = _headline(edition, indicator, school) if chosen.beside else None
        _card(edition, visitor, _cells(edition, indicator, chosen), (school, headline))

    pairs = [(indicator, school) for indicator in shown for school in schools]
    grid.of(pairs, 2 if chosen.beside else ABREAST, draw)


def _card(edition: Edition, visitor: Visitor, table: Table, of: tuple[str, Text | None]) -> None:
    school, headline = of
    view = View(form="small_multiple", own_school=school, headline=headline)
    card.of(table, edition, visitor, f"{table.indicator}-{school}", view)


def _graduates(edition: Edition, chosen: Chosen) -> list[tuple[Table, str, Graduates]]:
    """The first question of each theme, of the newest graduates of whom a school has a figure."""
    found = []
    for indicator in foremost(edition, "survey", "", 1):
        table = edition.table(indicator.code)
        for school in filter(None, (chosen.school, chosen.beside)):
            near = nearest.of_school(edition, table, school)
            if near is not None:
                found.append((table, school, near))
    return found


def _of_graduates(edition: Edition, visitor: Visitor, found: tuple[Table, str, Graduates]) -> None:
    """The school beside all of the same school years."""
    table, school, near = found
    remark = ""
    newest = nearest.newest(table, near.survey)
    if near.block != newest:
        block = naming.moment_name(near.block, visitor).lower()
        asked = nearest.answers(table, replace(near, block=newest), school).select(school=school)
        word = "nearest_withheld" if is_withheld(asked) else "nearest"
        remark = visitor.word(f"pages.schools.{word}", block=block)
    place = card.Place(f"graduates-{table.indicator}-{school}", remark=remark)
    cells = nearest.answers(table, near, school)
    card.of(cells, edition, visitor, place, View(own_school=school))


def _left_out(edition: Edition, visitor: Visitor, school: str) -> None:
    """Which questions of the surveys have nothing of this school: for itself alone, or withheld."""
    own, hidden = [], []
    for indicator in (i for i in edition.indicators(source="survey") if not i.detailed):
        table = edition.table(indicator.code)
        if school not in table.values_of("school"):
            own += [indicator] if naming.is_of_own_school(edition, indicator.code) else []
        elif is_withheld(table.select(school=school)):
            hidden.append(indicator)
    for word, found in (("own_only", own), ("all_withheld", hidden)):
        if found:
            names = "; ".join(visitor.reads(indicator.label) for indicator in found)
            prose.say(visitor.word(f"pages.schools.{word}", names=names), "narrowed")


def _headline(edition: Edition, indicator: Indicator, school: str) -> Text:
    """With two schools abreast each card names its own."""
    name, label = edition.catalogue.schools[school].short, indicator.label
    return Text(*(f"{name[language]}: {label[language]}" for language in Language))
