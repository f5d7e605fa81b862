"""The page of one statement: where it is saved, what a newer edition changes, the ways out, and
what is written in it."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui import prose, scripts
from ui.statements import acting, fields, figures, letterhead, newer, previewing, taking
from ui.statements.acting import Hand
from ui.statements.blank import titled
from ui.statements.moments import write_moment

WRITE, PREVIEW = "write", "preview"


def show(hand: Hand) -> None:
    word = hand.visitor.word
    st.button(
        f"← {word('statement_page.all')}",
        key="statement-all",
        type="tertiary",
        on_click=acting.leave,
    )
    prose.title(titled(hand.statement.title, hand.visitor))
    _saved(hand)
    scripts.run(scripts.TO_SAVE, "unseen-saving")
    acting.show_told()
    if hand.is_stuck:
        _choose_what_becomes(hand)
    newer.show(hand)
    with st.container(horizontal=True, key="statement-out", vertical_alignment="bottom"):
        language = taking.choose_language(hand)
        taking.show(hand, language)
    previewing.say_foreign(hand, language)
    letterhead.show(hand)
    if _part(hand) == PREVIEW:
        previewing.show(hand, language)
    else:
        _write(hand)


def _saved(hand: Hand) -> None:
    """Always in sight, and heard by those who listen."""
    moment = write_moment(hand.sheet.kept.changed, hand.visitor)
    said = "not_saved" if hand.is_stuck else "saved"
    sentence = hand.visitor.word(f"statement_page.{said}", moment=moment)
    st.html(f'<p class="statement-{said}" role="status">{escape(sentence)}</p>')


def _choose_what_becomes(hand: Hand) -> None:
    """Another window changed the same place: nothing is thrown away unless she says so."""
    word = hand.visitor.word
    with st.container(horizontal=True, key="statement-stuck-ways"):
        label = word("statement_page.keep_mine")
        st.button(label, key="statement-keep-mine", type="primary", on_click=hand.keep_mine)
        label = word("statement_page.reload")
        st.button(label, key="statement-reload", on_click=hand.reload)


def _part(hand: Hand) -> str:
    chosen = st.segmented_control(
        hand.visitor.word("statement_page.parts"),
        [WRITE, PREVIEW],
        default=WRITE,
        format_func=lambda name: hand.visitor.word(f"statement_page.{name}"),
        required=True,
        key=f"statement-{hand.number}-part",
        label_visibility="collapsed",
    )
    return str(chosen)


def _write(hand: Hand) -> None:
    word = hand.visitor.word
    prose.heading(word("statement_page.basics"))
    fields.basics(hand)
    fields.page("opening", hand)
    figures.show(hand)
    fields.page("closing", hand)
    prose.heading(word("statement_page.signatories"))
    fields.signatories(hand)
