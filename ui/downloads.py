"""What can be taken home from a card: a file of each format, and a picture drawn in the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from ui.visit import Visitor
from yearbook import exports
from yearbook.charts import screen
from yearbook.charts.description import Chart
from yearbook.editions import Edition

SCRIPT = Path(__file__).with_name("picture.js")


def show(chart: Chart, edition: Edition, visitor: Visitor, key: str) -> None:
    """Files are made when they are asked for; what the list needs, when it is opened."""
    with st.popover(
        visitor.word("card.download"), type="tertiary", key=f"files-{key}", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
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
        if not chart.is_empty:
            _picture(chart, visitor, key)


def recorded(visitor: Visitor, name: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The record says who took the file home, once it is made. A picture that the browser draws
    does not come by here: it shows what is on the screen."""

    def noted() -> bytes:
        content = make()
        visitor.note("export", name)
        return content

    return noted


def _picture(chart: Chart, visitor: Visitor, key: str) -> None:
    names = {
        "label": "card.picture",
        "busy": "card.picture_busy",
        "failed": "card.picture_failed",
    }
    said = {name: visitor.word(word) for name, word in names.items()}
    data = {
        **said,
        "figure": screen.picture(chart),
        "options": {**screen.PICTURE, "filename": chart.file_name},
    }
    _component()(key=f"png-{key}", data=data)


@cache
def _component() -> Any:
    return st.components.v2.component(
        "yearbook_picture",
        html='<button type="button"></button>',
        js=SCRIPT.read_text("utf-8"),
        isolate_styles=False,
    )
