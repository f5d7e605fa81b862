"""The editor of a quote: the text without what tells of a person, warnings, a check list."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import count

import streamlit as st

from desk import actions, confirming, markup
from desk.using import catalogue_in_use
from office import quoting
from office.giveaways import giveaways
from office.quoting import CHECKS, Proposal
from ui.visit import Visitor
from yearbook.language import Language

_TURN = count()  # fields of their own for every opening
LANGUAGES = {
    Language.FI: "desk.answers.finnish",
    Language.SV: "desk.answers.swedish",
    Language.EN: "desk.answers.english",
}


def open_editor(question: str, answer: str, visitor: Visitor) -> None:
    turn = next(_TURN)

    def body() -> None:
        with st.container(key="editor", gap="small"):
            _original(answer, visitor)
            proposal = _edit(question, answer, visitor, turn)
            _release(proposal, visitor)

    confirming.show(visitor, visitor.word("desk.answers.editor"), body, "medium")


def _original(answer: str, visitor: Visitor) -> None:
    struck = quoting.scrub(answer, catalogue_in_use()).struck
    st.html(markup.paragraph(visitor.word("desk.answers.original"), "field"))
    st.html(f'<p class="open-answer original">{escape(answer)}</p>')
    if struck:
        told = visitor.word("desk.answers.struck", what=", ".join(struck))
        st.html(markup.paragraph(told, "quiet"))


def _edit(question: str, answer: str, visitor: Visitor, turn: int) -> Proposal:
    using = catalogue_in_use()
    most = using.policy.quote_length
    text = st.text_area(
        visitor.word("desk.answers.text", most=most),
        value=quoting.scrub(answer, using).text,
        height=120,
        key=f"quote-text-{turn}",
    )
    written = len(" ".join(text.split()))
    kind = "quiet" if written <= most else "too-long"
    st.html(markup.paragraph(visitor.word("desk.answers.length", count=written, most=most), kind))
    _warn(text, visitor)
    language = st.segmented_control(
        visitor.word("desk.answers.language"),
        list(LANGUAGES),
        default=None,
        format_func=lambda one: visitor.word(LANGUAGES[one]),
        key=f"quote-language-{turn}",
    )
    st.html(markup.paragraph(visitor.word("desk.answers.checks"), "field"))
    with st.container(gap="xxsmall"):
        ticked = [name for name in CHECKS
                  if st.checkbox(visitor.word(f"desk.answers.check_{name}"),
                                 key=f"quote-{name}-{turn}")]  # fmt: skip
    return Proposal(question, text, language.value if language else "", frozenset(ticked))


def _warn(text: str, visitor: Visitor) -> None:
    found = giveaways(text, catalogue_in_use())
    if not found:
        return
    items = [visitor.word(f"desk.answers.warn_{one.kind}", words=", ".join(one.words))
             for one in found]  # fmt: skip
    st.html(_list(visitor.word("desk.answers.warn"), items))


def _list(lead: str, items: Sequence[str]) -> str:
    points = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f'<div class="giveaways" role="status"><b>{escape(lead)}</b><ul>{points}</ul></div>'


def _release(proposal: Proposal, visitor: Visitor) -> None:
    """The button opens when nothing stands against it; until then it is said what does."""
    reason = actions.objection(visitor, proposal)
    if reason is not None:
        st.html(markup.paragraph(visitor.reads(reason.text), "quiet", role="status"))
    with st.container(horizontal=True):
        if st.button(visitor.word("desk.answers.release"), type="primary",
                     disabled=reason is not None, key="quote-release"):  # fmt: skip
            done = visitor.word("desk.answers.released")
            confirming.do(visitor, done, actions.release_quote, proposal)
            st.rerun()
        if st.button(visitor.word("desk.cancel"), key="quote-cancel"):
            st.rerun()
