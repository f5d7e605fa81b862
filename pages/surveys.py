"""Kyselyt: any question of the surveys: its own words, its versions, its answers, who answered."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ui import address, card, facts, filters, naming, nearest, prose, quotes, turnout
from ui.nearest import Graduates
from ui.visit import Visitor
from yearbook.catalogue import Question
from yearbook.charts import View
from yearbook.editions import Edition, Table

ORDER = 60
ICON = None
TITLE = "pages.surveys.title"
URL_PATH = "kyselyt"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filters say. table: the cells of one survey; of an open question there is none."""

    question: Question
    table: Table | None
    graduates: Graduates
    option: str


def show(edition: Edition, visitor: Visitor) -> None:
    prose.title(visitor.word(TITLE), visitor.word("pages.surveys.lead"))
    if not edition.indicators(source="survey") and not edition.quotes:
        prose.say(visitor.word("empty.page_missing"))
        return
    chosen = _choose(edition, visitor)
    _question(edition, visitor, chosen)
    if chosen.table is not None:
        _results(edition, visitor, chosen, chosen.table)
    quotes.show(edition, visitor, chosen.question.code)
    if chosen.table is not None:
        turnout.show(edition, visitor, chosen.graduates)


def _choose(edition: Edition, visitor: Visitor) -> Chosen:
    with filters.row(visitor, "topic", "question", "survey", "option", "area", "block"):
        themes = {"": visitor.word("filters.all_themes"), **naming.survey_themes(edition, visitor)}
        theme = filters.one(visitor, "topic", themes)
        code = filters.one(visitor, "question", naming.asked(edition, visitor, theme))
        indicator = edition.catalogue.indicators.get(code)
        if indicator is None:
            return Chosen(edition.catalogue.questions[code], None, Graduates("", "", ""), "")
        table = edition.table(code)
        names = naming.surveys(edition, visitor)
        survey = filters.one(
            visitor, "survey", names, naming.only(names, table.values_of("survey"))
        )
        table = table.select(survey=survey)
        block = filters.block(visitor, table)
        with filters.more(visitor, "option", "area"):
            option = _option(edition, visitor, table)
            programme = filters.programme(visitor, edition, table, "area")
        question = edition.catalogue.questions[indicator.question or ""]
        return Chosen(question, table, Graduates(survey, programme, block), option)


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
    prose.quote(visitor.reads(chosen.question.label), visitor.reads(chosen.question.help))
    if chosen.table is None:
        return
    indicator = edition.catalogue.indicators[chosen.table.indicator]
    prose.definition(indicator, visitor)
    prose.points(facts.versions(chosen.question, indicator, visitor))
    _other_detail(edition, visitor, chosen.table.indicator)


def _other_detail(edition: Edition, visitor: Visitor, code: str) -> None:
    """The same question by its own choices, or gathered into classes."""
    other = naming.other_detail(edition, code)
    if other is None:
        return
    st.button(
        f"{prose.plain(visitor.reads(other.label))} ›",
        key="detail",
        type="tertiary",
        on_click=address.remember,
        args=("question", other.code),
    )


def _results(edition: Edition, visitor: Visitor, chosen: Chosen, table: Table) -> None:
    """Each chart of what was asked for, or of the nearest that has something, which is said."""
    asked, of_option = chosen.graduates, View(form="dots", option=chosen.option)
    left, right = st.columns(2)
    with left:
        near = nearest.found(edition, table, asked)
        answers = nearest.answers(table, near, visitor.own_school)
        _card(edition, visitor, answers, ("answers", nearest.said(edition, visitor, asked, near)))
        near = nearest.by_programme(table, asked)
        said = nearest.said(edition, visitor, asked, near)
        _card(edition, visitor, nearest.programmes(table, near), ("programmes", said), of_option)
    with right:
        near = nearest.over_time(table, asked)
        course = nearest.course(table, near)
        said = nearest.said(edition, visitor, asked, near)
        line = View(form="lines", option=chosen.option)
        _card(edition, visitor, course, ("time", said), line)
        _by_school(edition, visitor, asked, table, of_option)


def _by_school(
    edition: Edition, visitor: Visitor, asked: Graduates, table: Table, view: View
) -> None:
    if not edition.tells_of_schools:
        return
    is_own = naming.is_of_own_school(edition, table.indicator)
    if is_own:
        prose.say(visitor.word("pages.surveys.own_only"), "narrowed")
    if not table.values_of("school"):
        if not is_own:
            prose.say(visitor.word("pages.surveys.not_by_school"), "narrowed")
        return
    near = nearest.by_school(table, asked)
    said = nearest.said(edition, visitor, asked, near)
    _card(edition, visitor, nearest.schools(table, near), ("schools", said), view)


def _card(
    edition: Edition,
    visitor: Visitor,
    cells: Table,
    place: tuple[str, str],
    view: View = card.PLAIN,
) -> None:
    key, remark = place
    card.of(cells, edition, visitor, card.Place(key, remark=remark), view)
