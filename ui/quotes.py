"""Open answers that the director has released: a quiet list, each in its own language."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui import prose
from ui.visit import Visitor
from ui.words import word
from yearbook.editions import Edition, Quote

AT_ONCE = 8


def show(edition: Edition, visitor: Visitor, question: str) -> None:
    """Nothing where none were released."""
    released = edition.quotes.get(question, ())
    if not released:
        return
    prose.heading(visitor.word("pages.quotes.title"))
    prose.say(visitor.word("pages.quotes.lead"))
    _list(released[:AT_ONCE])
    if rest := released[AT_ONCE:]:
        with st.expander(visitor.word("pages.quotes.more", count=len(rest))):
            _list(rest)


def _list(released: Sequence[Quote]) -> None:
    items = "".join(f'<li lang="{escape(q.language)}">{escape(_quoted(q))}</li>' for q in released)
    st.html(f'<ul class="quotes">{items}</ul>')


def _quoted(quote: Quote) -> str:
    """With the quotation marks of its own language."""
    return word("pages.quotes.quoted").fill(text=quote.text)[quote.language]
