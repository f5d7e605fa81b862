"""What was handed in so far, by whom and when; a wrong one can be withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from desk import actions, confirming, markup
from desk.confirming import Question
from desk.naming import who_acted, write_moment
from desk.reception.replacing import name_pairs
from ui.visit import Visitor
from yearbook.archive import Entry

STATES = ("in_force", "replaced", "withdrawn")
KINDS = {"in_force": "good", "replaced": "", "withdrawn": "bad", "erased": ""}
MOST_SHOWN = 40


def show(visitor: Visitor) -> None:
    entries = actions.submissions(visitor)
    if not entries:
        st.html(markup.paragraph(visitor.word("desk.history.empty"), "said"))
        return
    _invented(entries, visitor)
    _listing(entries, visitor)
    _withdrawing(entries, visitor)


def state_of(entry: Entry) -> str:
    if entry.is_withdrawn:
        return "withdrawn"
    if not entry.covers:
        return "erased"
    return "in_force" if entry.in_force else "replaced"


def _listing(entries: Sequence[Entry], visitor: Visitor) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.segmented_control(
            visitor.word("desk.history.show"),
            ["", *STATES],
            default="",
            format_func=lambda state: visitor.word(f"desk.history.{state or 'all'}"),
            required=True,
            key="history-state",
        )
        whole = st.toggle(visitor.word("desk.history.whole"), key="history-whole")
    found = [entry for entry in entries if wanted in ("", state_of(entry))]
    shown = found if whole else found[:MOST_SHOWN]
    columns = [visitor.word(f"desk.history.{name}")
               for name in ("number", "when", "who", "file", "what", "state")]  # fmt: skip
    rows = [_row(entry, visitor) for entry in shown]
    st.html(markup.table(visitor.word("desk.history.title"), columns, rows))
    if len(shown) < len(found):
        told = visitor.word("desk.more", shown=len(shown), count=len(found))
        st.html(markup.paragraph(told, "quiet"))


def _row(entry: Entry, visitor: Visitor) -> list[str]:
    state = state_of(entry)
    return [
        str(entry.id),
        write_moment(entry.received.when, visitor),
        who_acted(entry.received.who, visitor),
        _file_of(entry, visitor),
        name_pairs(entry.kind, entry.covers, visitor),
        markup.marked_chip(visitor.word(f"desk.history.{state}"), KINDS[state]),
    ]


def _file_of(entry: Entry, visitor: Visitor) -> str:
    return entry.received.file_name or visitor.word("desk.erase.mentions.erased")


def _withdrawing(entries: Sequence[Entry], visitor: Visitor) -> None:
    kept = [entry for entry in entries if entry.covers]  # not all of it was erased
    open_ones = {entry.id: entry for entry in kept if not entry.is_withdrawn}
    if not open_ones:
        return
    st.html(markup.heading(visitor.word("desk.withdraw.title")))
    st.html(markup.paragraph(visitor.word("desk.withdraw.lead"), "quiet"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            visitor.word("desk.withdraw.which"),
            list(open_ones),
            format_func=lambda one: f"{one} · {_file_of(open_ones[one], visitor)}",
            index=None,
            placeholder=visitor.word("desk.hint.choose"),
            key="withdraw-which",
            width=420,
        )
        pressed = st.button(
            visitor.word("desk.withdraw.button"), disabled=number is None, key="withdraw"
        )
    if pressed and number is not None:
        _ask(open_ones[number], visitor)


def _ask(entry: Entry, visitor: Visitor) -> None:
    values = {"number": entry.id, "file": _file_of(entry, visitor)}
    what = name_pairs(entry.kind, entry.covers, visitor)
    question = Question(
        visitor.word("desk.withdraw.ask", **values),
        visitor.word("desk.withdraw.body", what=what, **values),
        visitor.word("desk.withdraw.confirm"),
        visitor.word("desk.withdraw.done", **values),
    )
    confirming.ask(visitor, question, actions.withdraw, entry.id)


def _invented(entries: Sequence[Entry], visitor: Visitor) -> None:
    """As soon as there are true figures, the invented ones are in the way."""
    invented = [entry for entry in entries if entry.invented and entry.in_force]
    if not invented:
        return
    with st.container(border=True, key="invented"):
        st.html(markup.paragraph(visitor.word("desk.invented.lead", count=len(invented))))
        if st.button(visitor.word("desk.invented.button"), key="withdraw-invented"):
            question = Question(
                visitor.word("desk.invented.button"),
                visitor.word("desk.invented.body", count=len(invented)),
                visitor.word("desk.withdraw.confirm"),
                visitor.word("desk.invented.done", count=len(invented)),
            )
            confirming.ask(visitor, question, actions.withdraw_invented)
