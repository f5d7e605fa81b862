"""The button of the printed statement: the server's browser makes it, or it is said why not."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from functools import partial

import streamlit as st

import press
from ui import prose
from ui.pictures import component
from ui.statements.acting import Hand
from ui.statements.drawer import NoStatement, SignedOut

_MADE = "statement-printed"


def show(hand: Hand, file_name: str, make: Callable[[], bytes]) -> None:
    word = hand.visitor.word
    if not press.is_there():
        prose.say(word("press.no_browser"), "quiet")
        return
    press.warm_up()  # whoever has a statement open will want it on paper
    key = f"statement-pdf-{hand.number}"
    component()(
        key=key,
        data={
            "busy": word("press.making"),
            "failed": word("press.failed"),
            "kinds": [{"name": "pdf", "label": word("statement_page.pdf")}],
            "made": st.session_state.pop(_MADE, None),
        },
        on_asked_change=partial(_make, hand, file_name, make),
    )


def _make(hand: Hand, file_name: str, make: Callable[[], bytes]) -> None:
    """Before the page is drawn again, so that it holds the file, or why there is none."""
    told = {"number": time.time_ns(), "name": "pdf", "file": file_name, "mime": "application/pdf"}
    try:
        st.session_state[_MADE] = {**told, "content": b64encode(make()).decode()}
    except (press.Unprintable, SignedOut, NoStatement) as error:
        st.session_state[_MADE] = {**told, "why": hand.visitor.word(_why(error))}


def _why(error: Exception) -> str:
    if isinstance(error, press.Unprintable):
        return f"press.{error.why}"
    return f"statement_page.{'signed_out' if isinstance(error, SignedOut) else 'missing'}"
