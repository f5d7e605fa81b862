"""Julkaisu: what would change, publishing it, and the editions on the shelf."""

from __future__ import annotations

import streamlit as st

from desk import confirming, markup
from desk.authority import may_act
from desk.publication import editions, previewing
from ui import prose
from ui.visit import Visitor

ORDER = 30
ICON = None
TITLE = "desk.publish.title"
URL_PATH = "julkaisu"


def show(visitor: Visitor) -> None:
    markup.apply_style()
    prose.title(visitor.word(TITLE), visitor.word("desk.publish.lead"))
    if not may_act(visitor):
        prose.say(visitor.word("desk.refused"))
        return
    confirming.show_told()
    previewing.show(visitor)
    st.html(markup.heading(visitor.word("desk.editions.title")))
    editions.show(visitor)
