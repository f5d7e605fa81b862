"""Changes an account: name, e-mail, role, school; a new link; block it; sign it out everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from access.accounts import Account, Role, Wanted
from desk import confirming, markup
from desk.accounting import acting, asking, link
from desk.confirming import Question
from ui.visit import Visitor


def show(everyone: Sequence[Account], visitor: Visitor) -> None:
    st.html(markup.heading(visitor.word("desk.accounts.change.title")))
    by_number = {one.number: one for one in everyone}
    number = st.selectbox(
        visitor.word("desk.accounts.change.which"),
        list(by_number),
        index=None,
        format_func=lambda one: f"{by_number[one].name} · {by_number[one].login}",
        placeholder=visitor.word("desk.hint.choose"),
        key="account-chosen",  # "account" is the frame's
        width=480,
    )
    if number is None:
        return
    one = by_number[number]
    if one.role is Role.DIRECTOR and not visitor.is_director:
        st.html(markup.paragraph(visitor.word("desk.accounts.refused_director"), "said"))
        return
    if one.is_active:
        _fields(one, [other for other in everyone if other != one], visitor)
    _buttons(one, visitor)


def _fields(one: Account, others: Sequence[Account], visitor: Visitor) -> None:
    key = f"account-{one.number}"
    role = asking.choose_role(one.role, visitor, key)
    with st.form(key=key, border=False):
        now = Wanted(one.login, one.name, role, one.school)
        wanted = asking.ask(now, visitor, key)
        pressed = st.form_submit_button(visitor.word("desk.accounts.change.save"), type="primary")
    if not pressed:
        return
    if found := asking.faults(wanted, others, visitor):
        asking.tell(found)
        return
    if _standing(wanted) == _standing(one):
        done = visitor.word("desk.accounts.change.done", name=wanted.name)
        confirming.do(visitor, done, acting.change, one.number, wanted)
        st.rerun()
    confirming.ask(visitor, _question("change", one, visitor), acting.change, one.number, wanted)


def _buttons(one: Account, visitor: Visitor) -> None:
    with st.container(horizontal=True, key="account-buttons"):
        if one.is_active:
            if st.button(visitor.word("desk.accounts.renew.button"), key="account-renew"):
                done = visitor.word("desk.accounts.renew.done", name=one.name)
                confirming.do(visitor, done, _renew, one.number)
                st.rerun()
            _asked("out", one, acting.sign_out_everywhere, visitor)
            _asked("block", one, acting.block, visitor)
        else:
            _asked("unblock", one, acting.unblock, visitor)
            _asked("forget", one, acting.forget, visitor)


def _asked(name: str, one: Account, action: Callable[..., object], visitor: Visitor) -> None:
    """A button that asks first."""
    if st.button(visitor.word(f"desk.accounts.{name}.button"), key=f"account-{name}"):
        confirming.ask(visitor, _question(name, one, visitor), action, one.number)


def _question(name: str, one: Account, visitor: Visitor) -> Question:
    said = [
        visitor.word(f"desk.accounts.{name}.{part}", name=one.name)
        for part in ("ask", "body", "confirm", "done")
    ]
    return Question(*said)


def _renew(visitor: Visitor, number: int) -> None:
    link.keep(acting.renew(visitor, number))


def _standing(one: Account | Wanted) -> tuple[str, str, str]:
    """What its sessions were begun with; with another, they end."""
    return one.login, one.role.value, one.school
