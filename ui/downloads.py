"""What can be taken home from a card: a file of each format, and pictures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from ui import pictures
from ui.visit import Visitor
from yearbook import exports
from yearbook.charts.description import Chart
from yearbook.editions import Edition


def show(chart: Chart, edition: Edition, visitor: Visitor, key: str) -> None:
    """Files are made when they are asked for; what the list needs, when it is opened."""
    with st.popover(
        visitor.word("card.download"), type="tertiary", key=f"files-{key}", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        with st.container(gap=None):  # as close as the pictures below
            _files(chart, edition, visitor, key)
        if not chart.is_empty:
            pictures.show(chart, visitor, key)


def _files(chart: Chart, edition: Edition, visitor: Visitor, key: str) -> None:
    for kind in exports.formats():
        name = f"{chart.file_name}.{kind.EXTENSION}"
        st.download_button(
            visitor.reads(kind.LABEL),
            data=recorded(visitor, name, partial(kind.write, chart, edition)),
            file_name=name,
            mime=kind.MIME,
            key=f"{kind.EXTENSION}-{key}",
            on_click="ignore",
            type="tertiary",
        )


def recorded(visitor: Visitor, name: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The record says who took the file home, once it is made. A picture that the visitor's own
    browser draws does not come by here: it shows what is on the screen."""

    def noted() -> bytes:
        content = make()
        visitor.note("export", name)
        return content

    return noted
