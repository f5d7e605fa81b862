"""The editions on the shelf; an older one can be shown again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from desk import actions, confirming, markup
from desk.confirming import Question
from desk.naming import who_acted, write_moment
from desk.publication import protected
from office.databases import visitors_shelf
from ui.visit import Visitor
from yearbook import shelf
from yearbook.language import write_date
from yearbook.shelf import Shelved

SHORT_DIGEST = 12


def show(visitor: Visitor) -> None:
    engine = visitors_shelf()
    backs = tuple(reversed(shelf.shelved(engine)))
    if not backs:
        st.html(markup.paragraph(visitor.word("desk.editions.empty"), "said"))
        return
    current = shelf.current(engine)
    st.html(markup.paragraph(visitor.word("desk.editions.lead"), "quiet"))
    columns = [visitor.word(f"desk.editions.{name}")
               for name in ("name", "published", "who", "digest", "state")]  # fmt: skip
    rows = [_row(back, current, visitor) for back in backs]
    st.html(markup.table(visitor.word("desk.editions.title"), columns, rows))
    _rolling_back([back.name for back in backs if back.name != current], visitor)
    _reports([back.name for back in backs], visitor)
    _moves(visitor)


def _row(back: Shelved, current: str | None, visitor: Visitor) -> list[str]:
    marks = (
        [markup.chip(visitor.word("desk.editions.shown"), "good")] if back.name == current else []
    )
    if back.invented:
        marks.append(markup.chip(visitor.word("desk.editions.invented"), "look"))
    return [
        back.name,
        write_date(date.fromisoformat(back.published), visitor.language),
        who_acted(back.put_by, visitor),
        back.digest[:SHORT_DIGEST],
        markup.Marked(f"<span>{' '.join(marks)}</span>"),
    ]


def _rolling_back(names: Sequence[str], visitor: Visitor) -> None:
    if not names:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            visitor.word("desk.rollback.which"), names, key="rollback-which", width=240
        )
        pressed = st.button(visitor.word("desk.rollback.button"), key="rollback")
    if pressed and name is not None:
        question = Question(
            visitor.word("desk.rollback.ask", name=name),
            visitor.word("desk.rollback.body", name=name),
            visitor.word("desk.rollback.confirm"),
            visitor.word("desk.rollback.done", name=name),
        )
        confirming.ask(visitor, question, actions.roll_back, name)


def _reports(names: Sequence[str], visitor: Visitor) -> None:
    """What each edition says of its protection; it is opened when it is asked for."""
    label = visitor.word("desk.protection.of_edition")
    with st.expander(label, key="reports", on_change="rerun") as opened:
        if not opened.open:
            return
        name = st.selectbox(
            visitor.word("desk.protection.which"), names, key="report-of", width=240
        )
        if name is None:
            return
        edition = shelf.open(visitors_shelf(), name)
        if verdict := protected.verdict(edition, visitor):
            st.html(markup.paragraph(verdict, "told done"))
        protected.show(edition, visitor)


def _moves(visitor: Visitor) -> None:
    """Who showed which edition when: publications and roll-backs."""
    moves = shelf.history(visitors_shelf())
    columns = [visitor.word(f"desk.moves.{name}") for name in ("when", "who", "from", "to")]
    rows = [[write_moment(move.when, visitor), who_acted(move.who, visitor),
             move.away_from or "–", move.to] for move in moves]  # fmt: skip
    with st.expander(visitor.word("desk.moves.title")):
        st.html(markup.table(visitor.word("desk.moves.title"), columns, rows))
