"""Avovastaukset: what graduates wrote in their own words, and the quotes released of it."""

from __future__ import annotations

import streamlit as st

from desk import confirming, markup
from desk.authority import may_act
from desk.quoting import finding, released
from ui import prose
from ui.visit import Visitor

ORDER = 26
ICON = None
TITLE = "desk.answers.title"
URL_PATH = "avovastaukset"

PARTS = {"find": finding.show, "quotes": released.show}


def show(visitor: Visitor) -> None:
    markup.apply_style()
    prose.title(visitor.word(TITLE), visitor.word("desk.answers.lead"))
    if not may_act(visitor):
        prose.say(visitor.word("desk.refused"))
        return
    confirming.show_told()
    part = st.segmented_control(
        visitor.word("desk.answers.parts"),
        list(PARTS),
        default="find",
        format_func=lambda name: visitor.word(f"desk.answers.part_{name}"),
        required=True,
        key="answers-part",
        label_visibility="collapsed",
    )
    PARTS[part](visitor)
