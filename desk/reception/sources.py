"""Fetches a table or query of a database that the settings name."""

from __future__ import annotations

import streamlit as st

from data_loaders.hints import Hints
from desk import actions, markup, working
from desk.reception import hinting, submitting
from office.receiving import Table
from office.settings import settings
from ui.visit import Visitor

HINTS = ("survey", "survey_year", "year", "school")


def show(visitor: Visitor) -> None:
    names = sorted(settings().sources)
    if not names:
        st.html(markup.paragraph(visitor.word("desk.source.none"), "said"))
        return
    st.html(markup.paragraph(visitor.word("desk.source.lead"), "quiet"))
    with st.form(key="source", border=False):
        name = st.selectbox(visitor.word("desk.source.name"), names, width=320)
        table = st.text_input(visitor.word("desk.source.table"), width=320)
        query = st.text_area(visitor.word("desk.source.query"), height=100)
        with (
            st.expander(visitor.word("desk.source.hints")),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            hints = hinting.ask(Hints(), HINTS, visitor, "source")
        pressed = st.form_submit_button(visitor.word("desk.source.fetch"), type="primary")
    if not pressed:
        return
    if bool(table.strip()) == bool(query.strip()):
        st.html(markup.paragraph(visitor.word("desk.source.one_of"), "told wrong", role="status"))
        return
    source = Table(actions.named_source(visitor, name), table.strip(), query.strip(), name)
    st.session_state["desk.being_checked"] = [(source, hints)]
    working.begin(visitor, submitting.WORK, actions.check_source, source, hints)
    st.rerun()
