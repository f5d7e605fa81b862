"""The fields by which the record is searched: words, what was done, and from when to when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from access.record import ACTIONS, Sought
from office.erasing import read_day
from ui.visit import Visitor
from yearbook.language import write_date


def ask(visitor: Visitor) -> Sought:
    """Raises RefusedError where what was written is no day."""
    with st.container(horizontal=True, key="record-filters"):
        words = st.text_input(
            visitor.word("desk.record.words"),
            max_chars=200,
            help=visitor.word("desk.record.words_help"),
            key="record-words",
        )
        names = {"": visitor.word("desk.record.every_action")}
        names |= {action: visitor.word(f"desk.record.done.{action}") for action in ACTIONS}
        action = st.selectbox(
            visitor.word("desk.record.action_of"),
            list(names),
            format_func=names.__getitem__,
            key=f"record-action-{visitor.language}",
        )
        # Streamlit's own calendar speaks English only.
        since, until = (_day(name, visitor) for name in ("since", "until"))
    last = read_day(until)
    return Sought(
        words,
        action or "",
        _midnight(read_day(since)),
        _midnight(last + timedelta(days=1) if last else None),
    )


def _day(name: str, visitor: Visitor) -> str:
    return st.text_input(
        visitor.word(f"desk.record.{name}"),
        placeholder=write_date(datetime.now().astimezone().date(), visitor.language),
        max_chars=20,
        key=f"record-{name}",
    )


def _midnight(day: date | None) -> datetime | None:
    """By the server's clock, as moments are shown."""
    return datetime.combine(day, time()).astimezone(UTC) if day else None
