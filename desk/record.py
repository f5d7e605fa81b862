"""Tapahtumat: who did what and when; searched, and taken home as a file."""

from __future__ import annotations

import streamlit as st

from desk import markup
from desk.opening import opens
from desk.remembering import asking, listing, reading
from office.refusals import RefusedError
from ui.visit import Visitor

ORDER = 60
ICON = None
TITLE = "desk.record.title"
URL_PATH = "tapahtumat"
FOR_KEEPERS = True  # for the maintainer, too


def show(visitor: Visitor) -> None:
    if not opens(visitor, "record", for_keepers=True):
        return
    if broken := reading.broken(visitor):
        told = visitor.word("desk.record.broken", numbers=", ".join(map(str, broken)))
        st.html(markup.paragraph(told, "told wrong", role="status"))
    try:
        wanted = asking.ask(visitor)
    except RefusedError as error:
        st.html(markup.paragraph(visitor.reads(error.text), "told wrong", role="status"))
        return
    listing.show(wanted, visitor)
