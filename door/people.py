"""Whose session it is, asked of the accounts; outside Streamlit too."""

from __future__ import annotations

import logging

from access import accounts, record, sessions
from access.accounts import Account
from office.databases import accounts_engine

LOG = logging.getLogger(__name__)

_known: set[str] = set()  # accounts are blocked, never removed: once there are some, there are


def any_exist() -> bool:
    """Whether the demonstration is over. Where the accounts cannot be read, it is: nobody gets in
    by taking them away."""
    if "some" in _known:
        return True
    try:
        found = accounts.exist(accounts_engine())
    except Exception as error:
        LOG.error("the accounts cannot be read (%s)", type(error).__name__)
        return True
    if found:
        _known.add("some")
    return found


def are_kept() -> bool:
    """False where the databases were never made, so that the visitor can be told. Nothing is opened
    by this: nobody is signed in, and the demonstration is over."""
    if "some" in _known:
        return True
    try:
        return accounts.are_kept(accounts_engine())
    except Exception:  # any_exist has told of it
        return True


def account_of(token: str) -> Account | None:
    """Whose session it is; None where it has ended, or never was."""
    return sessions.who(accounts_engine(), token) if token else None


def note(who: str, action: str, what: str) -> None:
    record.note(accounts_engine(), who, action, what)
