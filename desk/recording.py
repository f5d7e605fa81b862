"""Puts into the record what an action has done: who, what, and the checksum of what was moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from access import record
from desk.authority import Action, Arguments, Result, who
from office.databases import accounts_engine
from ui.visit import Visitor


@dataclass(frozen=True, slots=True)
class Noted:
    """action: one of record.ACTIONS. what: never an answer, nor whom it is of, nor a file's name,
    which may tell of a person: the record cannot be mended."""

    action: str
    what: str
    checksum: str = ""


Telling = Callable[..., Noted | None]


def recorded(tell: Telling) -> Callable[[Action[Arguments, Result]], Action[Arguments, Result]]:
    """Once it is done. `tell(result, *arguments)` says what; None where nothing was done."""

    def decorate(action: Action[Arguments, Result]) -> Action[Arguments, Result]:
        @wraps(action)
        def noted(visitor: Visitor, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
            result = action(visitor, *args, **kwargs)
            told = tell(result, *args, **kwargs)
            if told is not None:
                engine = accounts_engine()
                record.note(engine, who(visitor), told.action, told.what, told.checksum)
            return result

        return noted  # type: ignore[return-value]  # mypy minds the parameter's name

    return decorate
