"""Vastaanotto: files in, checked first; who has returned; history; blank workbooks."""

from __future__ import annotations

import streamlit as st

from desk import confirming, markup, working
from desk.authority import may_act
from desk.reception import blanks, history, returns, sources, submitting
from ui import prose
from ui.visit import Visitor

ORDER = 20
ICON = None
TITLE = "desk.receive.title"
URL_PATH = "vastaanotto"

PARTS = {
    "submit": submitting.show,
    "returns": returns.show,
    "history": history.show,
    "blank": blanks.show,
    "source": sources.show,
}


def show(visitor: Visitor) -> None:
    markup.apply_style()
    prose.title(visitor.word(TITLE), visitor.word("desk.receive.lead"))
    if not may_act(visitor):
        prose.say(visitor.word("desk.refused"))
        return
    if not working.is_under_way(submitting.WORK):
        confirming.show_told()
    part = st.segmented_control(
        visitor.word("desk.receive.parts"),
        list(PARTS),
        default="submit",
        format_func=lambda name: visitor.word(f"desk.receive.part_{name}"),
        required=True,
        key="receive-part",
        label_visibility="collapsed",
    )
    PARTS[part](visitor)
