"""The director's own Word document, into which her statements are written: checked, kept, taken
away."""

from __future__ import annotations

import json
from functools import partial
from html import escape

import streamlit as st

from ui import prose
from ui.statements import acting
from ui.statements.acting import Hand
from ui.statements.drawer import Drawer
from ui.statements.moments import write_moment
from ui.visit import Visitor
from yearbook.statements import template

_TURN = "statement-letterhead-turn"


def show(hand: Hand) -> None:
    """For the director: nobody else brings files in."""
    if not hand.visitor.is_director:
        return
    word = hand.visitor.word
    with st.expander(word("statement_page.letterhead"), key="letterhead"):
        st.html(f'<p class="quiet">{escape(word("statement_page.letterhead_lead"))}</p>')
        _kept(hand)
        _uploader(hand)


def _kept(hand: Hand) -> None:
    visitor, found = hand.visitor, hand.drawer.letterhead()
    if found is None:
        prose.say(visitor.word("statement_page.letterhead_none"), "quiet")
        return
    moment = write_moment(found.kept, visitor)
    prose.say(visitor.word("statement_page.letterhead_kept", name=found.name, moment=moment))
    st.button(
        visitor.word("statement_page.letterhead_remove"),
        key="letterhead-remove",
        on_click=acting.do,
        args=(visitor, partial(_remove, hand.drawer, visitor)),
    )


def _uploader(hand: Hand) -> None:
    """Streamlit's own words on it are English only; the style sheet puts ours in their place."""
    word, turn = hand.visitor.word, st.session_state.setdefault(_TURN, 0)
    limit = word("statement_page.letterhead_limit", size=template.LARGEST // template.MEGABYTE)
    said = {"browse": word("statement_page.letterhead_browse"), "drop-limit": limit}
    words = "".join(f"--{name}: {json.dumps(text)};" for name, text in said.items())
    st.html(f"<style>:root {{ {words} }}</style>")
    file = st.file_uploader(
        word("statement_page.letterhead_choose"),
        key=f"letterhead-file-{turn}",  # any kind: what is none says so in her language
    )
    if file is not None:
        st.session_state[_TURN] = turn + 1  # an empty uploader, for another one
        take(file.name, file.getvalue(), hand.drawer, hand.visitor)
        st.rerun()


def take(name: str, content: bytes, drawer: Drawer, visitor: Visitor) -> None:
    """Keep it where nothing is wrong with it that stops; all that is wrong is said."""
    faults = template.check(content)
    said = [f"{visitor.reads(one.message)} {visitor.reads(one.remedy)}" for one in faults]
    if any(fault.stops for fault in faults):
        acting.tell(" ".join(said), "wrong")
        return
    acting.do(visitor, partial(_keep, name, content, drawer, visitor))
    if said:
        acting.tell_more(" ".join(said))


def _keep(name: str, content: bytes, drawer: Drawer, visitor: Visitor) -> str:
    drawer.keep_letterhead(name, template.as_document(content))
    return visitor.word("statement_page.letterhead_taken", name=name)


def _remove(drawer: Drawer, visitor: Visitor) -> str:
    drawer.remove_letterhead()
    return visitor.word("statement_page.letterhead_none")
