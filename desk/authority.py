"""Lets nobody act whom the session, asked again at every action, does not name as one who may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from access import accounts
from office.databases import accounts_engine, has_archive
from office.refusals import RefusedError
from ui.visit import DIRECTOR, MAINTAINER, Visitor
from ui.words import word

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Action = Callable[Concatenate[Visitor, Arguments], Result]

DEMONSTRATION = "director"  # who acts where nobody can be known


def who(visitor: Visitor) -> str:
    """Who acts, for the archive and the record: the account's login."""
    return visitor.login or DEMONSTRATION


def role_now(visitor: Visitor) -> str | None:
    """By her session at this moment; None when it has ended. A page may have stood open for hours.

    Without an account the chosen role counts, in the demonstration: until the first account exists.
    """
    if not visitor.login:
        return None if accounts.exist(accounts_engine()) else visitor.role
    return visitor.still() if visitor.still is not None else None


def may_act(visitor: Visitor) -> bool:
    """On what the members hand in, and on the answers of graduates."""
    return visitor.is_director and has_archive() and role_now(visitor) == DIRECTOR


def may_keep(visitor: Visitor) -> bool:
    """On accounts, and may read the record."""
    return visitor.may_keep and has_archive() and role_now(visitor) in (DIRECTOR, MAINTAINER)


def for_director(action: Action[Arguments, Result]) -> Action[Arguments, Result]:
    """The action is refused to everyone else, however the click came about."""
    return _checked(action, may_act, "desk.refused")


def for_keeper(action: Action[Arguments, Result]) -> Action[Arguments, Result]:
    """The same for what the maintainer may do, too."""
    return _checked(action, may_keep, "desk.accounts.refused")


def _checked(
    action: Action[Arguments, Result], may: Callable[[Visitor], bool], refused: str
) -> Action[Arguments, Result]:
    @wraps(action)
    def checked(visitor: Visitor, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        if not may(visitor):
            raise RefusedError(word(refused))
        return action(visitor, *args, **kwargs)

    return checked  # type: ignore[return-value]  # mypy minds the parameter's name
