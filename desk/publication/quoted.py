"""Which quotes of open answers an edition would show, and which of them are new."""

from __future__ import annotations

import streamlit as st

from desk import markup
from desk.quoting.released import visible_in
from office.publishing import Draft
from ui.visit import Visitor

KINDS = {"new": "look", "same": "", "gone": "bad"}


def show(draft: Draft, visitor: Visitor) -> None:
    rows = [
        [_label(draft, code, visitor), text, _chip(state, visitor)]
        for state, code, text in changes(draft)
    ]
    if not rows:
        st.html(markup.paragraph(visitor.word("desk.quoted.none"), "said"))
        return
    columns = [visitor.word(f"desk.answers.{name}") for name in ("question", "quote", "state")]
    st.html(markup.table(visitor.word("desk.quoted.title"), columns, rows))


def changes(draft: Draft) -> list[tuple[str, str, str]]:
    """(state, question, text): new ones first, then those that leave, then the rest."""
    before = visible_in(draft.against or "")
    after = {(code, one) for code, quotes in draft.edition.quotes.items() for one in quotes}
    found = {"new": after - before, "gone": before - after, "same": after & before}
    return [
        (state, code, text)
        for state, quotes in found.items()
        for code, text in sorted((code, one.text) for code, one in quotes)
    ]


def _label(draft: Draft, code: str, visitor: Visitor) -> str:
    known = draft.edition.catalogue.questions.get(code)
    return visitor.reads(known.label) if known else code


def _chip(state: str, visitor: Visitor) -> str:
    return markup.marked_chip(visitor.word(f"desk.quoted.{state}"), KINDS[state])
