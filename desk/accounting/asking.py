"""The fields of an account, and what is wrong with what was written in them."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from access.accounts import Account, Role, Wanted
from access.people import LONGEST_LOGIN, LONGEST_NAME, is_login, normal_login
from desk import markup
from desk.using import catalogue_in_use
from ui.visit import Visitor

MAY_GIVE = {  # who may give which role
    Role.DIRECTOR: (Role.MEMBER, Role.DIRECTOR, Role.MAINTAINER),
    Role.MAINTAINER: (Role.MEMBER, Role.MAINTAINER),
}


def choose_role(default: Role, visitor: Visitor, key: str) -> Role:
    """With a sentence on what the role may see and do."""
    roles = MAY_GIVE[Role(visitor.role)]
    role = st.segmented_control(
        visitor.word("desk.accounts.role"),
        roles,
        default=default if default in roles else roles[0],
        format_func=lambda one: visitor.word(f"desk.accounts.role_{one.value}"),
        required=True,
        key=f"{key}-role",
    )
    st.html(markup.paragraph(visitor.word(f"desk.accounts.told_{role.value}"), "quiet"))
    return Role(role)


def ask(now: Wanted, visitor: Visitor, key: str) -> Wanted:
    """Name, e-mail and, of a member, the school. now: what stands in the fields at first."""
    with st.container(horizontal=True, key="account-fields"):
        name = st.text_input(
            visitor.word("desk.accounts.name"),
            value=now.name,
            max_chars=LONGEST_NAME,
            key=f"{key}-name",
        )
        login = st.text_input(
            visitor.word("desk.accounts.login"),
            value=now.login,
            max_chars=LONGEST_LOGIN,
            help=visitor.word("desk.accounts.login_help"),
            key=f"{key}-login",
        )
    school = _school(now.school, visitor, key) if now.role is Role.MEMBER else ""
    return Wanted(normal_login(login), " ".join(name.split()), now.role, school)


def _school(school: str, visitor: Visitor, key: str) -> str:
    known = catalogue_in_use().schools
    names = {code: visitor.reads(one.name) for code, one in known.items()}
    ordered = sorted(names, key=names.__getitem__)
    chosen = st.selectbox(
        visitor.word("desk.accounts.school"),
        ordered,
        index=ordered.index(school) if school in names else None,
        format_func=names.__getitem__,
        placeholder=visitor.word("desk.hint.choose"),
        key=f"{key}-school",
        width=420,
    )
    return chosen or ""


def faults(wanted: Wanted, others: Collection[Account], visitor: Visitor) -> list[str]:
    """What has to be mended, in the order of the fields."""
    found = []
    if not wanted.name:
        found.append("name")
    if not wanted.login:
        found.append("no_login")
    elif not is_login(wanted.login):
        found.append("login")
    elif any(one.login == wanted.login for one in others):
        found.append("taken")
    if wanted.role is Role.MEMBER and not wanted.school:
        found.append("school")
    return [visitor.word(f"desk.accounts.fault_{one}", login=wanted.login) for one in found]


def tell(sentences: list[str]) -> None:
    for sentence in sentences:
        st.html(markup.paragraph(sentence, "told wrong", role="status"))
