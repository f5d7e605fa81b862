"""All that the desk does with accounts; each asks the session first whether this is still a keeper.

A maintainer keeps the accounts of members and maintainers. A director's account is a director's
affair alone: with a new link for it, or one more, a maintainer would come to the answers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from access import accounts, sessions
from access.accounts import Account, Invitation, RefusedAccount, Role, Wanted
from desk.authority import Arguments, Result, for_keeper, role_now, who
from desk.using import catalogue_in_use
from office.databases import accounts_engine
from office.refusals import RefusedError
from ui.visit import DIRECTOR, Visitor
from ui.words import word


def _in_words(action: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """A refusal of the accounts becomes one of the desk, which says how to mend it."""

    @wraps(action)
    def told(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        try:
            return action(*args, **kwargs)
        except RefusedAccount as error:
            raise RefusedError(word(f"desk.accounts.refused_{error.reason}")) from None

    return told


@for_keeper
def everyone(_visitor: Visitor) -> tuple[Account, ...]:
    return accounts.accounts(accounts_engine())


@for_keeper
def last_sign_ins(_visitor: Visitor) -> dict[int, datetime]:
    return sessions.last_signed_in(accounts_engine())


@for_keeper
@_in_words
def invite(visitor: Visitor, wanted: Wanted) -> Invitation:
    """The first account is the keeper's to make: anybody may be at the demonstration."""
    if not visitor.login:
        raise RefusedError(word("desk.accounts.first.told"))
    _require(visitor, wanted)
    return accounts.invite(accounts_engine(), wanted, who(visitor))


@for_keeper
@_in_words
def renew(visitor: Visitor, number: int) -> Invitation:
    _require(visitor, _known(number))
    return accounts.renew(accounts_engine(), number, who(visitor))


@for_keeper
@_in_words
def change(visitor: Visitor, number: int, wanted: Wanted) -> Account:
    _require(visitor, _known(number))
    _require(visitor, wanted)
    return accounts.change(accounts_engine(), number, wanted, who(visitor))


@for_keeper
@_in_words
def block(visitor: Visitor, number: int) -> None:
    _require(visitor, _known(number))
    accounts.block(accounts_engine(), number, who(visitor))


@for_keeper
@_in_words
def unblock(visitor: Visitor, number: int) -> None:
    _require(visitor, _known(number))
    accounts.unblock(accounts_engine(), number, who(visitor))


@for_keeper
@_in_words
def forget(visitor: Visitor, number: int) -> None:
    _require(visitor, _known(number))
    accounts.forget(accounts_engine(), number, who(visitor))


@for_keeper
@_in_words
def sign_out_everywhere(visitor: Visitor, number: int) -> None:
    _require(visitor, _known(number))
    sessions.end_all(accounts_engine(), number, who(visitor))


def _known(number: int) -> Account:
    return accounts.account(accounts_engine(), number)


def _require(visitor: Visitor, one: Account | Wanted) -> None:
    """That she may touch such an account, and that its school exists."""
    if one.role is Role.DIRECTOR and role_now(visitor) != DIRECTOR:
        raise RefusedError(word("desk.accounts.refused_director"))
    is_wanted = isinstance(one, Wanted) and one.role is Role.MEMBER
    if is_wanted and one.school not in catalogue_in_use().schools:
        raise RefusedAccount("school")
