"""Adds the view in front of the visitor to the statement in hand, at one click."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui import prose, ways
from ui.statements.blank import blank, titled
from ui.statements.drawer import Full, NoStatement, SignedOut, Stale
from ui.visit import Visitor
from yearbook.statements import Figure

PAGE = "lausunnot"
Told = tuple[Figure, str, str, int | None]  # what was added, the words, the link, and whither


def show(figure: Figure, visitor: Visitor, key: str) -> None:
    """The button, and once it was pressed for this very view what became of it."""
    if visitor.drawer is None or not figure.excerpt.groups:
        return
    st.button(
        visitor.word("statement_page.clip"),
        key=f"clip-{key}",
        type="tertiary",
        on_click=_add,
        args=(figure, visitor, key),
    )
    told: Told | None = st.session_state.get(f"clipped-{key}")
    if told is None or told[0] != figure:
        return
    _, said, label, number = told
    with st.container(horizontal=True, key=f"clipped-at-{key}", width="content", gap="small"):
        st.html(f'<p class="clipped" role="status">{escape(said)}</p>', width="content")
        if number is not None:
            ways.link((PAGE,), prose.plain(label), statement=str(number))


def _add(figure: Figure, visitor: Visitor, key: str) -> None:
    """Codes alone are kept: figures, headline and words are drawn anew whenever it is read."""
    assert visitor.drawer is not None
    st.session_state.pop(f"clipped-{key}", None)
    try:
        sheet, is_new = visitor.drawer.add_in_hand(figure, blank(visitor))
    except SignedOut:
        st.session_state[f"clipped-{key}"] = _told(figure, visitor, "signed_out")
    except (Full, NoStatement, Stale):
        st.session_state[f"clipped-{key}"] = _told(figure, visitor, "not_clipped")
    else:
        name = titled(sheet.statement.title, visitor)
        said = visitor.word(f"statement_page.{'clipped' if is_new else 'clipped_before'}")
        label = visitor.word("statement_page.open_it", title=name)
        st.session_state[f"clipped-{key}"] = (figure, said, label, sheet.kept.number)


def _told(figure: Figure, visitor: Visitor, why: str) -> Told:
    return figure, visitor.word(f"statement_page.{why}"), "", None
