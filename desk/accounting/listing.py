"""Who has an account, in what role, and whether it is in use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from access.accounts import Account, Role
from desk import markup
from desk.accounting import acting, changing
from desk.naming import write_moment
from desk.using import catalogue_in_use
from ui.visit import Visitor

STATES = {"active": "good", "invited": "look", "blocked": "bad"}
COLUMNS = ("name", "login", "role", "school", "last", "state")
ORDER = (Role.DIRECTOR, Role.MAINTAINER, Role.MEMBER)


def show(visitor: Visitor) -> None:
    everyone = sorted(
        acting.everyone(visitor), key=lambda one: (ORDER.index(one.role), one.name.casefold())
    )
    last = acting.last_sign_ins(visitor)
    columns = [visitor.word(f"desk.accounts.{name}") for name in COLUMNS]
    rows = [_row(one, last, visitor) for one in everyone]
    with st.container(key="accounts-list"):
        st.html(markup.table(visitor.word("desk.accounts.title"), columns, rows))
    changing.show(everyone, visitor)


def state_of(one: Account, has_signed_in: bool) -> str:
    """invited: a link was made for it, and nobody has come in yet."""
    if not one.is_active:
        return "blocked"
    return "active" if one.has_password or has_signed_in else "invited"


def _row(one: Account, last: Mapping[int, datetime], visitor: Visitor) -> list[str]:
    state = state_of(one, one.number in last)
    is_own = one.login == visitor.login
    return [
        visitor.word("desk.accounts.you", name=one.name) if is_own else one.name,
        one.login,
        visitor.word(f"desk.accounts.role_{one.role.value}"),
        school_name(one.school, visitor),
        write_moment(last[one.number], visitor) if one.number in last else "–",
        markup.marked_chip(visitor.word(f"desk.accounts.state_{state}"), STATES[state]),
    ]


def school_name(code: str, visitor: Visitor) -> str:
    known = catalogue_in_use().schools.get(code)
    return visitor.reads(known.name) if known else code or "–"
