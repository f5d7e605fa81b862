"""Lets nobody but the director act, and only where there is an archive to act on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from office.databases import has_archive
from office.refusals import RefusedError
from ui.visit import Visitor
from ui.words import word

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def may_act(visitor: Visitor) -> bool:
    return visitor.is_director and has_archive()


def for_director(
    action: Callable[Concatenate[Visitor, Arguments], Result],
) -> Callable[Concatenate[Visitor, Arguments], Result]:
    """The action is refused to everyone else, however the click came about."""

    @wraps(action)
    def checked(visitor: Visitor, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        if not may_act(visitor):
            raise RefusedError(word("desk.refused"))
        return action(visitor, *args, **kwargs)

    return checked  # type: ignore[return-value]  # mypy minds the parameter's name
