"""Searches quotes, mappings and names of files for what tells of a person, and erases it."""

from __future__ import annotations

from html import escape

import streamlit as st

from desk import actions, confirming, markup
from desk.confirming import Question
from desk.quoting.marking import marked
from desk.using import catalogue_in_use
from office.open_answers import words_of
from office.refusals import RefusedError
from ui.visit import Visitor
from yearbook.archive import Mention

MOST_SHOWN = 30


def show(visitor: Visitor) -> None:
    days = catalogue_in_use().policy.upload_retention_days
    lead = visitor.word("desk.erase.mentions.lead", days=days)
    st.html(markup.paragraph(lead, "quiet"))
    words = st.text_input(
        visitor.word("desk.erase.mentions.words"), max_chars=200, key="mention-words", width=380
    )
    if not words.strip():
        return
    try:
        found = actions.mentions(visitor, words)
    except RefusedError as error:
        st.html(markup.paragraph(visitor.reads(error.text), "told wrong", role="status"))
        return
    told = visitor.word(f"desk.erase.mentions.{'count' if found else 'none'}", count=len(found))
    st.html(markup.paragraph(told, "counts" if found else "said", role="status"))
    if len(found) > MOST_SHOWN:
        told = visitor.word("desk.erase.mentions.more", shown=MOST_SHOWN)
        st.html(markup.paragraph(told, "quiet"))
    for one in found[:MOST_SHOWN]:
        _mention(one, words, visitor)


def _mention(one: Mention, words: str, visitor: Visitor) -> None:
    key = f"{one.kind}-{one.number}"
    with st.container(key=f"answer-{key}", horizontal=True, vertical_alignment="center"):
        what = visitor.word(f"desk.erase.mentions.{one.kind}", number=one.number)
        text = marked(one.text, words_of(words))
        st.html(f'<p class="open-answer">{text}</p><p class="quiet">{escape(what)}</p>')
        if st.button(visitor.word("desk.erase.button"), key=f"erase-{key}", type="tertiary"):
            body = visitor.word(f"desk.erase.mentions.body_{one.kind}")
            question = Question(
                visitor.word("desk.erase.mentions.ask"),
                f"”{one.text}” {body} {visitor.word('desk.erase.no_undo')}",
                visitor.word("desk.erase.confirm"),
                visitor.word("desk.erase.mentions.done"),
            )
            confirming.ask(visitor, question, actions.erase_mention, one)
