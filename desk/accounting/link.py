"""Shows a link that was just made, once, with a message in which the director can send it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from urllib.parse import quote, urlsplit

import streamlit as st

from access.accounts import Account, Invitation
from desk import markup
from desk.accounting import copying
from desk.naming import write_moment
from office.settings import settings
from ui.visit import Visitor
from yearbook.language import Language

_MADE = "desk.link"


@dataclass(frozen=True, slots=True)
class Letter:
    """What the director sends, in the language of the one who gets it."""

    subject: str
    body: str


def keep(invitation: Invitation) -> None:
    """To be shown when the page is next drawn: only its hash is in the database."""
    st.session_state[_MADE] = invitation


def drop() -> None:
    st.session_state.pop(_MADE, None)


def show(visitor: Visitor) -> None:
    made: Invitation | None = st.session_state.get(_MADE)
    if made is None:
        return
    address = address_of(made.token)
    with st.container(border=True, key="made-link"):
        st.html(markup.subheading(visitor.word("desk.accounts.link.title", name=made.account.name)))
        until = visitor.word("desk.accounts.link.once", until=write_moment(made.expires, visitor))
        st.html(f'<p class="link-address">{escape(address)}</p>{markup.paragraph(until)}')
        copying.show(visitor.word("desk.accounts.link.copy"), address, visitor, "link")
        _letter(made, address, visitor)
        st.button(visitor.word("desk.accounts.link.done"), key="link-done", on_click=drop)


def address_of(token: str) -> str:
    """By the address that the world uses; on this machine, by the one that the browser asked."""
    asked = urlsplit(str(st.context.url))
    own = settings().address or f"{asked.scheme}://{asked.netloc}"
    return f"{own}/kutsu/{token}"


def letter(made: Invitation, address: str, visitor: Visitor) -> Letter:
    """In the visitor's language; for who has had a password, a shorter one."""
    kind = "again" if made.account.has_password else "first"
    values = {
        "name": made.account.name,
        "login": made.account.login,
        "link": address,
        "until": write_moment(made.expires, visitor),
        "sender": visitor.account_name,
        "product": visitor.word("frame.product"),
    }
    return Letter(
        visitor.word(f"desk.accounts.letter.{kind}_subject", **values),
        visitor.word(f"desk.accounts.letter.{kind}", **values),
    )


def _letter(made: Invitation, address: str, visitor: Visitor) -> None:
    language = st.segmented_control(
        visitor.word("desk.accounts.link.language"),
        list(Language),
        default=visitor.language,
        format_func=lambda one: one.value.upper(),
        required=True,
        key="letter-language",
    )
    written = letter(made, address, replace(visitor, language=language))
    st.html(
        f'<div class="letter" lang="{language.value}"><p><b>{escape(written.subject)}</b></p>'
        f"<p>{escape(written.body)}</p></div>"
    )
    with st.container(horizontal=True, vertical_alignment="center", key="letter-ways"):
        copying.show(
            visitor.word("desk.accounts.link.copy_letter"), written.body, visitor, "letter"
        )
        said = escape(visitor.word("desk.accounts.link.mail"))
        st.html(f'<a class="mail" href="{escape(_mail(made.account, written))}">{said}</a>')


def _mail(account: Account, written: Letter) -> str:
    """Opens in the director's own mail program; the dashboard sends nothing."""
    to = quote(account.login, safe="@")
    return f"mailto:{to}?subject={quote(written.subject)}&body={quote(written.body)}"
