"""Who visits: read from the session's cookie, anew at every run of the script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from access.accounts import Account
from door import cookie, people
from office.databases import accounts_engine
from ui.statements.drawer import Drawer


@dataclass(frozen=True, slots=True)
class Met:
    """account: None for somebody who is not signed in, or no longer; token: of her session."""

    account: Account | None
    is_demonstration: bool
    token: str = ""

    @property
    def has_ended(self) -> bool:
        """There was a session when this page was opened, and there is none now."""
        return bool(self.token) and self.account is None


def meet() -> Met:
    """Each account that is blocked, given another role or signed out elsewhere is met as such at
    the next run, for nothing of it is kept."""
    if not people.any_exist():
        return Met(None, is_demonstration=True)
    token = cookie.token_of(st.context.cookies)
    return Met(people.account_of(token), is_demonstration=False, token=token)


def still(met: Met) -> Callable[[], str | None] | None:
    """Asks the session again, whenever it is called and in whichever thread."""
    return partial(_role_of, met.token) if met.account else None


def note(met: Met, role: str) -> Callable[[str, str], None]:
    """Puts a deed of this visitor into the record."""
    return partial(people.note, met.account.login if met.account else role)


def drawer(met: Met) -> Drawer | None:
    """What this visitor has written; none for somebody who is not signed in."""
    if met.account is None and not met.is_demonstration:
        return None
    owner = met.account.number if met.account else None
    return Drawer(accounts_engine(), owner, partial(_is_still, met))


def _is_still(met: Met) -> bool:
    """The same account is signed in with the same session; or the demonstration goes on."""
    if met.account is None:
        return met.is_demonstration and not people.any_exist()
    now = people.account_of(met.token)
    return now is not None and (now.number, now.role) == (met.account.number, met.account.role)


def _role_of(token: str) -> str | None:
    account = people.account_of(token)
    return account.role.value if account else None
