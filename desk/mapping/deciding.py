"""Asks in a dialog what a column is: a known question, a role, a new question, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data_loaders.examination import ExaminedColumn
from desk import confirming, markup
from desk.mapping import asking, grids, saying, session
from desk.mapping.bench import Bench
from desk.mapping.likeness import questions_by_likeness
from office.draft import Draft, place_of, what_is
from office.grids import Grid
from office.mapping import ColumnChoice
from ui.visit import Visitor
from yearbook.catalogue import Question

WAYS = ("question", "role", "new", "ignored")
ROLES = ("school", "programme", "cohort", "timestamp", "respondent", "personal")
WHOLE, OTHER = "*whole", "*other"  # no choice has a code like these


def ask(column: ExaminedColumn, bench: Bench, visitor: Visitor) -> None:
    """Opens the dialog about one column."""

    def body() -> None:
        st.html(saying.card(column, bench.sheet_of(column), visitor))
        draft = _decided(column, bench, visitor)
        _end(draft, bench, visitor)

    confirming.show(visitor, visitor.word("desk.mapping.ask"), body, "large")


def ask_together(grid: Grid, bench: Bench, visitor: Visitor) -> None:
    """Opens the dialog about columns that were asked as one question."""

    def body() -> None:
        st.html(saying.grid_card(grid, bench.sheet_of(grid.columns[0]), visitor))
        _end(grids.decided(grid, bench, visitor), bench, visitor)

    confirming.show(visitor, visitor.word("desk.mapping.ask_together"), body, "large")


def _end(draft: Draft | None, bench: Bench, visitor: Visitor) -> None:
    with st.container(horizontal=True):
        if st.button(
            visitor.word("desk.mapping.confirm"),
            type="primary",
            disabled=draft is None,
            key="confirm-decision",
        ):
            assert draft is not None
            session.put(bench.name, draft)
            st.rerun()
        if st.button(visitor.word("desk.cancel"), key="cancel-decision"):
            st.rerun()


def _decided(column: ExaminedColumn, bench: Bench, visitor: Visitor) -> Draft | None:
    """The draft with this column decided; None while something is missing."""
    now = what_is(column, bench.draft)
    way = st.radio(
        visitor.word("desk.mapping.what"),
        WAYS,
        index=WAYS.index(_way(now)) if now else 0,
        format_func=lambda one: visitor.word(f"desk.mapping.way.{one}"),
        captions=[visitor.word(f"desk.mapping.way_told.{one}") for one in WAYS],
        horizontal=True,
        key=f"way-{place_of(column)}",
    )
    if way == "new":
        return asking.added(column, bench, visitor)
    choice = {"question": _question, "role": _role, "ignored": _ignored}[way](
        column, bench, visitor
    )
    return bench.draft.with_column(place_of(column), choice) if choice else None


def _way(now: ColumnChoice) -> str:
    if now.role == "ignored":
        return "ignored"
    return "role" if now.role else "question"


def _ignored(_column: ExaminedColumn, _bench: Bench, _visitor: Visitor) -> ColumnChoice:
    return ColumnChoice(role="ignored")


def _role(column: ExaminedColumn, bench: Bench, visitor: Visitor) -> ColumnChoice | None:
    now = what_is(column, bench.draft)
    alike = [one.code for one in column.suggestions if one.kind == "role"]
    told = [one for one in (now.role if now else "", *alike) if one in saying.ROLES]
    roles = [one for one in dict.fromkeys((*told, *ROLES)) if one != "ignored"]
    role = st.selectbox(
        visitor.word("desk.mapping.which_role"),
        roles,
        index=roles.index(now.role) if now and now.role in roles else None,
        format_func=lambda one: saying.name_of_role(one, visitor),
        placeholder=visitor.word("desk.hint.choose"),
        key=f"role-{place_of(column)}",
    )
    if role == "personal":
        st.html(markup.paragraph(visitor.word("desk.mapping.personal_told"), "quiet"))
    return ColumnChoice(role=role) if role else None


def _question(column: ExaminedColumn, bench: Bench, visitor: Visitor) -> ColumnChoice | None:
    now = what_is(column, bench.draft)
    code = choose_question([column], bench, visitor, now.question if now else "")
    if code is None:
        return None
    question = bench.using.questions[code]
    if not question.choices:
        return ColumnChoice(question=code)
    return _part(column, question, now, visitor)


def choose_question(
    columns: Sequence[ExaminedColumn], bench: Bench, visitor: Visitor, now: str = ""
) -> str | None:
    """A searchable list, the most alike first."""
    likeness = questions_by_likeness(columns, bench)
    codes = list(likeness)

    def name(code: str) -> str:
        said = saying.name_of_question(code, bench.using, visitor)
        return saying.with_likeness(said, likeness[code], visitor) if likeness[code] else said

    return st.selectbox(
        visitor.word("desk.mapping.which_question"),
        codes,
        index=codes.index(now) if now in likeness else None,
        format_func=name,
        placeholder=visitor.word("desk.mapping.search_question"),
        key=f"question-{place_of(columns[0])}",
    )


def _part(
    column: ExaminedColumn, question: Question, now: ColumnChoice | None, visitor: Visitor
) -> ColumnChoice | None:
    """Whether the column holds the whole answer, one option of it, or the words beside "other"."""
    names = {WHOLE: visitor.word("desk.mapping.part_whole")}
    if question.type == "multiple":
        option = "desk.mapping.part_option"
        names |= {
            one.code: visitor.word(option, option=visitor.reads(one.label))
            for one in question.choices
        }
    names[OTHER] = visitor.word("desk.mapping.part_other")
    parts = list(names)
    at = _part_now(column, question, now)
    part = st.selectbox(
        visitor.word("desk.mapping.part"),
        parts,
        index=parts.index(at) if at in names else None,
        format_func=names.__getitem__,
        placeholder=visitor.word("desk.hint.choose"),
        key=f"part-{place_of(column)}-{question.code}",
    )
    if part is None:
        return None
    option = "" if part in (WHOLE, OTHER) else part
    return ColumnChoice(question.code, option, is_other=part == OTHER)


def _part_now(column: ExaminedColumn, question: Question, now: ColumnChoice | None) -> str:
    if now and now.question == question.code:
        return OTHER if now.is_other else now.option or WHOLE
    # A column of ticks under a question of many answers is one of them; which one is asked.
    return "" if column.guessed_type == "option" and question.type == "multiple" else WHOLE
