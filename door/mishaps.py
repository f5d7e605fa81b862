"""What went wrong, under a number that a visitor can tell: where in the code, and no word of data.

The message of an exception may hold a name or an answer ("could not convert …"), so the log keeps
the kind of the exception and the lines of code that led to it, and not what it says.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from types import TracebackType
from typing import Any

import streamlit as st

from ui.words import word

LOG = logging.getLogger(__name__)
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another

Raised = tuple[type[BaseException], BaseException, TracebackType | None]


def number_of(error: BaseException, where: str) -> str:
    """Logs the error and returns its number, "7F3K-92QD"."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    number = f"{drawn[:4]}-{drawn[4:]}"
    LOG.error("%s: error %s", where, number, exc_info=error)
    return number


def tell(error: Exception) -> bool:
    """Says the number in place of a page, in all languages; True: and nothing else is said of it.

    For what no page has caught: the door's script, and deeds of buttons, which run before it.
    """
    number = number_of(error, "a visit could not go on")
    said = word("access.mishap").fill(number=number)
    st.error(f"{said.fi}\n\n{said.sv}\n\n{said.en}")
    return True


def keep_values_out_of_logs() -> None:
    """From here on no log of this process, ours or a library's, writes what an exception says."""
    make = logging.getLogRecordFactory()
    if getattr(make, "keeps_values_out", False):
        return

    def make_without_values(*args: Any, **kwargs: Any) -> logging.LogRecord:
        made = make(*args, **kwargs)
        if isinstance(made.exc_info, tuple) and made.exc_info[1] is not None:
            made.exc_text = _told(made.exc_info[1])
            made.exc_info = None
        return made

    make_without_values.keeps_values_out = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(make_without_values)


def _told(error: BaseException) -> str:
    """The chain of exceptions, the first cause first: lines of code and kinds."""
    chain: list[BaseException] = []
    here: BaseException | None = error
    while here is not None and here not in chain:
        chain.append(here)
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
    return "\n".join(_lines(one) for one in reversed(chain))


def _lines(error: BaseException) -> str:
    steps = "".join(traceback.format_tb(error.__traceback__))
    kind = type(error)
    return f"Traceback (most recent call last):\n{steps}{kind.__module__}.{kind.__qualname__}"
