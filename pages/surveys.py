"""Kyselyt: any question of the surveys: its own words, its versions and its answers."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ui import card, facts, filters, naming, prose
from ui.selection import each, has_figures, pick
from ui.visit import Visitor
from yearbook.charts import View
from yearbook.editions import Edition, Table

ORDER = 60
ICON = None
TITLE = "pages.surveys.title"
URL_PATH = "kyselyt"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filters say; the table has the cells of one survey."""

    table: Table
    option: str
    programme: str
    block: str


def show(edition: Edition, visitor: Visitor) -> None:
    prose.title(visitor.word(TITLE), visitor.word("pages.surveys.lead"))
    if not edition.indicators(source="survey"):
        prose.say(visitor.word("empty.page_missing"))
        return
    chosen = _choose(edition, visitor)
    _question(edition, visitor, chosen)
    left, right = st.columns(2)
    with left:
        _answers(edition, visitor, chosen)
        _by_programme(edition, visitor, chosen)
    with right:
        _over_time(edition, visitor, chosen)
        _by_school(edition, visitor, chosen)


def _choose(edition: Edition, visitor: Visitor) -> Chosen:
    with filters.row(visitor, "topic", "question", "survey", "option", "area", "block"):
        themes = {"": visitor.word("filters.all_themes")}
        themes |= naming.themes(edition, visitor, "survey")
        theme = filters.one(visitor, "topic", themes)
        offered = naming.indicators(edition, visitor, "survey", theme or None)
        table = edition.table(filters.one(visitor, "question", offered))
        names = naming.surveys(edition, visitor)
        asked = naming.only(names, table.values_of("survey"))
        table = table.select(survey=filters.one(visitor, "survey", names, asked))
        block = filters.block(visitor, table)
        with filters.more(visitor, "option", "area"):
            option = _option(edition, visitor, table)
            programme = filters.programme(visitor, edition, table, "area")
        return Chosen(table, option, programme, block)


def _option(edition: Edition, visitor: Visitor, table: Table) -> str:
    """The answer that is followed; of a scale the best one as it comes."""
    question = edition.catalogue.questions[
        edition.catalogue.indicators[table.indicator].question or ""
    ]
    scores = {choice.code: choice.score for choice in question.choices}
    names = naming.options(edition, visitor, table)
    best = max(names, key=lambda code: scores.get(code) or 0.0)
    return filters.one(visitor, "option", names, default=best)


def _question(edition: Edition, visitor: Visitor, chosen: Chosen) -> None:
    """The question as it was asked, what is measured of it, and how it changed."""
    indicator = edition.catalogue.indicators[chosen.table.indicator]
    question = edition.catalogue.questions[indicator.question or ""]
    prose.quote(visitor.reads(question.label), visitor.reads(question.help))
    prose.definition(indicator, visitor)
    prose.points(facts.versions(question, visitor))


def _answers(edition: Edition, visitor: Visitor, chosen: Chosen) -> None:
    """All options of the newest graduates: all schools, own school beside them."""
    cells = pick(
        chosen.table,
        block=(chosen.block,),
        school=("", visitor.own_school),
        programme=(chosen.programme,),
    )
    card.of(cells, edition, visitor, "answers")


def _over_time(edition: Edition, visitor: Visitor, chosen: Chosen) -> None:
    cohorts = chosen.table.values_of("cohort")
    cells = pick(chosen.table, cohort=cohorts, programme=(chosen.programme,))
    card.of(cells, edition, visitor, "time", View(form="lines", option=chosen.option))


def _by_school(edition: Edition, visitor: Visitor, chosen: Chosen) -> None:
    """All schools beside one another, of the chosen programme where so much is published."""
    schools = chosen.table.values_of("school")
    if not schools:
        prose.say(visitor.word("pages.surveys.not_by_school"), "narrowed")
        return
    everyone, remark = (*schools, ""), ""
    cells = pick(
        chosen.table, school=everyone, block=(chosen.block,), programme=(chosen.programme,)
    )
    if chosen.programme and not has_figures(cells.select(school=schools)):
        cells = pick(chosen.table, school=everyone, block=(chosen.block,))
        remark = visitor.word("pages.graduates.nearest.area")
    place = card.Place("schools", remark=remark)
    card.of(cells, edition, visitor, place, View(form="dots", option=chosen.option))


def _by_programme(edition: Edition, visitor: Visitor, chosen: Chosen) -> None:
    cells = each(chosen.table, "programme", block=(chosen.block,))
    card.of(cells, edition, visitor, "programmes", View(form="dots", option=chosen.option))
