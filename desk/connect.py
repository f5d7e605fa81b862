"""Kytkentä: what the columns and answers of a survey file are, asked once and kept."""

from __future__ import annotations

import streamlit as st

from desk import markup, working
from desk.mapping import columns, decided, keeping, options, session
from desk.mapping.bench import Bench
from desk.opening import choose_part, opens
from office.draft import is_open, open_options, what_is
from ui import ways
from ui.visit import Visitor

ORDER = 22
ICON = None
TITLE = "desk.mapping.title"
URL_PATH = "kytkenta"


def show(visitor: Visitor) -> None:
    if not opens(visitor, "mapping"):
        return
    if working.is_under_way(session.WORK):
        working.follow(visitor, session.WORK, session.take)
        return
    choose_part(visitor, "mapping", {"file": _file, "decided": decided.show})(visitor)


def _file(visitor: Visitor) -> None:
    names = list(session.mappable())
    if not names:
        st.html(markup.paragraph(visitor.word("desk.mapping.no_file"), "said"))
        if st.button(visitor.word("desk.mapping.to_receipts"), key="to-receipts"):
            ways.go(keeping.RECEIPTS)
        return
    name = _name(names, visitor)
    draft = session.draft_of(name)
    if draft is None:
        if st.button(visitor.word("desk.mapping.open"), type="primary", key="open-columns"):
            session.begin(visitor, name)
            st.rerun()
        return
    examination = draft.examination
    bench = Bench(name, draft, examination.survey, examination.survey_year)
    keeping.ask_round(bench, visitor)
    st.html(markup.paragraph(_counts(bench, visitor), "counts", role="status"))
    keeping.show(bench, visitor)
    columns.show(bench, visitor)
    options.show(bench, visitor)


def _name(names: list[str], visitor: Visitor) -> str:
    now = session.open_file()
    if len(names) == 1:
        st.html(markup.paragraph(now, "asked"))
        return now
    chosen = st.selectbox(
        visitor.word("desk.mapping.which_file"), names, index=names.index(now), width=480
    )
    session.open_other(chosen)
    return chosen


def _counts(bench: Bench, visitor: Visitor) -> str:
    every = bench.draft.all_columns()
    return visitor.word(
        "desk.mapping.counts",
        known=sum(what_is(one, bench.draft) is not None for one in every),
        open=sum(is_open(one, bench.draft) for one in every),
        options=len(open_options(bench.draft, bench.using)),
    )
