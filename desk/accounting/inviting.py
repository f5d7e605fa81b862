"""Invites somebody: the form of a new account, which gives a link to be sent."""

from __future__ import annotations

import streamlit as st

from access.accounts import Role, Wanted
from desk import confirming, markup
from desk.accounting import acting, asking, link
from ui.visit import Visitor

_TURN = "desk.invite_turn"


def show(visitor: Visitor) -> None:
    st.html(markup.paragraph(visitor.word("desk.accounts.invite.lead"), "quiet"))
    turn = st.session_state.setdefault(_TURN, 0)
    role = asking.choose_role(Role.MEMBER, visitor, f"invite-{turn}")
    with st.form(key=f"invite-{turn}", border=False):
        wanted = asking.ask(Wanted("", "", role), visitor, f"invite-{turn}")
        pressed = st.form_submit_button(visitor.word("desk.accounts.invite.button"), type="primary")
    if not pressed:
        return
    found = asking.faults(wanted, acting.everyone(visitor), visitor)
    if found:
        asking.tell(found)
        return
    done = visitor.word("desk.accounts.invite.done", name=wanted.name)
    if confirming.do(visitor, done, _invite, wanted):
        st.session_state[_TURN] = turn + 1  # empty fields, for the next one
    st.rerun()


def _invite(visitor: Visitor, wanted: Wanted) -> None:
    link.keep(acting.invite(visitor, wanted))
