"""Asks before what cannot simply be undone, and says afterwards what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from desk import markup
from desk.authority import role_now
from office.refusals import RefusedError
from ui import prose
from ui.visit import Visitor
from ui.words import word

_TOLD = "desk.told"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked in the dialog, what the button is called, and what is said when it is done."""

    title: str
    body: str
    button: str
    done: str


def ask(visitor: Visitor, question: Question, action: Callable[..., object], *args: object) -> None:
    """Open the dialog; `action(visitor, *args)` is done when the director confirms it."""

    def body() -> None:
        st.html(markup.paragraph(question.body))
        with st.container(horizontal=True):
            if st.button(question.button, type="primary", key="confirm"):
                do(visitor, question.done, action, *args)
                st.rerun()
            if st.button(visitor.word("desk.cancel"), key="cancel"):
                st.rerun()

    show(visitor, question.title, body)


def show(
    visitor: Visitor,
    title: str,
    body: Callable[[], None],
    width: Literal["small", "medium", "large"] = "small",
) -> None:
    """Open a dialog. Each click in it draws it anew without the page, and without what the page
    asks first: so her session is asked here again."""

    def drawn() -> None:
        try:
            if role_now(visitor) != visitor.role:
                raise RefusedError(word("desk.refused"))
            body()
        except RefusedError as error:
            st.html(markup.paragraph(visitor.reads(error.text), "told wrong", role="status"))

    st.dialog(prose.plain(title), width=width)(drawn)()


def do(visitor: Visitor, done: str, action: Callable[..., object], *args: object) -> bool:
    """Do it at once; the page says at its next showing that it is done, or why not."""
    try:
        action(visitor, *args)
    except RefusedError as error:
        tell(visitor.reads(error.text), "wrong")
        return False
    tell(done)
    return True


def tell(sentence: str, kind: str = "done") -> None:
    """Say it when the page is next shown. kind: done or wrong."""
    st.session_state[_TOLD] = (kind, sentence)


def show_told() -> None:
    """What became of the last action, once."""
    told = st.session_state.pop(_TOLD, None)
    if told:
        kind, sentence = told
        st.html(markup.paragraph(sentence, f"told {kind}", role="status"))
