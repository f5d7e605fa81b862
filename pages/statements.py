"""Lausunnot: what somebody writes of charts and her own words, and takes away as a document."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import address, prose
from ui.statements import acting, building, listing
from ui.statements.drawer import Drawer, NoStatement, SignedOut
from ui.visit import Visitor
from yearbook.editions import Edition

ORDER = 65
ICON = None
TITLE = "statement_page.title"
URL_PATH = "lausunnot"
OF_WRITERS = True  # for those who are signed in, and in the demonstration

STYLE = Path(acting.__file__).with_name("statements.css")


def show(_edition: Edition, visitor: Visitor) -> None:
    st.html(STYLE)
    if visitor.drawer is None:
        prose.title(visitor.word(TITLE), visitor.word("statement_page.sign_in"))
        return
    try:
        _show(visitor.drawer, visitor)
    except SignedOut:
        prose.say(visitor.word("statement_page.signed_out"), "banner")


def _show(drawer: Drawer, visitor: Visitor) -> None:
    """The statement that the address names; else the list of them."""
    numbers = [str(kept.number) for kept in drawer.all()]
    number = address.chosen("statement", numbers, "")
    if number:
        try:
            building.show(acting.hand_of(drawer, int(number), visitor))
            return
        except NoStatement:
            acting.leave()
    prose.title(visitor.word(TITLE), visitor.word("statement_page.lead"))
    acting.show_told()
    if address.missed("statement"):
        prose.say(visitor.word("statement_page.missing"), "told wrong")
        address.forget("statement")
    listing.show(drawer, visitor)
