"""Follows work that is under way in another process: how far it is, and a way to stop."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from desk import confirming
from office.jobs import Job
from office.refusals import RefusedError
from ui import prose
from ui.visit import Visitor

SECONDS_BETWEEN_LOOKS = 0.4


def begin(visitor: Visitor, name: str, start: Callable[..., Job], *args: object) -> None:
    """Start work under that name; a refusal is said on the page."""
    try:
        st.session_state[name] = start(visitor, *args)
    except RefusedError as error:
        confirming.tell(visitor.reads(error.text), "wrong")


def is_under_way(name: str) -> bool:
    return name in st.session_state


def follow(visitor: Visitor, name: str, take: Callable[[object], None]) -> None:
    """Show the progress until it ends; `take` gets the result; a failure is said."""
    job: Job = st.session_state[name]

    @st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
    def watch() -> None:
        if not job.is_running:
            _end(visitor, name, job, take)
            st.rerun()
        what = job.progress.what
        text = visitor.reads(what) if what else visitor.word("desk.beginning")
        with st.container(key="progress"):
            st.progress(min(job.progress.share, 1.0), text=prose.plain(text))
            st.button(visitor.word("desk.stop"), key=f"stop-{name}", on_click=job.stop)

    watch()


def _end(visitor: Visitor, name: str, job: Job, take: Callable[[object], None]) -> None:
    if st.session_state.pop(name, None) is None:
        return  # another look was quicker
    if job.error is not None:
        confirming.tell(visitor.reads(job.error), "wrong")
    else:
        take(job.result)
