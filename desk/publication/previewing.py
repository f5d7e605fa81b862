"""Prepares an edition in the background, shows what it would change, and publishes it."""

from __future__ import annotations

import streamlit as st

from desk import actions, confirming, markup, working
from desk.confirming import Question
from desk.publication import changed, invited, missing, protected, quoted
from office.publishing import Draft
from ui.visit import Visitor
from yearbook.language import write_number

WORK = "desk.previewing"
_DRAFT = "desk.draft"


def show(visitor: Visitor) -> None:
    if working.is_under_way(WORK):
        st.html(markup.paragraph(visitor.word("desk.preview.takes"), "quiet"))
        working.follow(visitor, WORK, _take)
        return
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is None:
        _offer(visitor)
        return
    _summary(draft, visitor)
    _decide(draft, visitor)
    parts = {
        "missing": missing.show,
        "invited": invited.show,
        "changes": changed.show,
        "quoted": quoted.show,
    }
    for name, part in parts.items():
        st.html(markup.heading(visitor.word(f"desk.{name}.title")))
        part(draft, visitor)
    st.html(markup.heading(visitor.word("desk.protection.title")))
    protected.show(draft.edition, visitor)


def _take(result: object) -> None:
    st.session_state[_DRAFT] = result


def _offer(visitor: Visitor) -> None:
    if not any(entry.in_force for entry in actions.submissions(visitor)):
        st.html(markup.paragraph(visitor.word("desk.preview.empty"), "said"))
        return
    st.html(markup.paragraph(visitor.word("desk.preview.lead"), "said"))
    if st.button(visitor.word("desk.preview.make"), type="primary", key="preview"):
        working.begin(visitor, WORK, actions.preview)
        st.rerun()


def _summary(draft: Draft, visitor: Visitor) -> None:
    edition = draft.edition
    key = "desk.preview.against" if draft.against else "desk.preview.first"
    count = write_number(len(draft.changes), 0, visitor.language)
    told = visitor.word(key, name=edition.name, against=draft.against, count=count)
    st.html(markup.paragraph(told, "counts", role="status"))
    if verdict := protected.verdict(edition, visitor):
        st.html(markup.paragraph(verdict, "told done"))
    if edition.invented:
        st.html(markup.paragraph(visitor.word("desk.preview.invented"), "banner"))


def _decide(draft: Draft, visitor: Visitor) -> None:
    name = draft.edition.name
    if draft.is_unchanged:
        st.html(markup.paragraph(visitor.word("desk.preview.unchanged"), "said"))
    with st.container(horizontal=True):
        if not draft.is_unchanged and st.button(
            visitor.word("desk.preview.publish", name=name), type="primary", key="publish"
        ):
            question = Question(
                visitor.word("desk.preview.ask", name=name),
                visitor.word("desk.preview.body"),
                visitor.word("desk.preview.confirm"),
                visitor.word("desk.preview.done", name=name),
            )
            confirming.ask(visitor, question, _publish, draft)
        st.button(visitor.word("desk.preview.again"), key="again", on_click=_again, args=(visitor,))
        st.button(visitor.word("desk.preview.drop"), key="drop", on_click=_drop)


def _publish(visitor: Visitor, draft: Draft) -> None:
    """A draft is used up by being published, and by being refused: the archive has moved on."""
    _drop()
    actions.publish(visitor, draft)


def _again(visitor: Visitor) -> None:
    _drop()
    working.begin(visitor, WORK, actions.preview)


def _drop() -> None:
    st.session_state.pop(_DRAFT, None)
