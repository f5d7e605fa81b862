"""Julkaisu: what would change, publishing it, and the editions on the shelf."""

from __future__ import annotations

import streamlit as st

from desk import markup
from desk.opening import opens
from desk.publication import editions, previewing
from ui.visit import Visitor

ORDER = 30
ICON = None
TITLE = "desk.publish.title"
URL_PATH = "julkaisu"


def show(visitor: Visitor) -> None:
    if not opens(visitor, "publish"):
        return
    previewing.show(visitor)
    st.html(markup.heading(visitor.word("desk.editions.title")))
    editions.show(visitor)
