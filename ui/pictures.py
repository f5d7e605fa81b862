"""Offers a chart as a picture: made by the server, or by the visitor's browser."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

import press
from ui import prose
from ui.visit import Visitor
from yearbook.charts import screen
from yearbook.charts.description import Chart
from yearbook.exports.safety import require_alt

SCRIPT = Path(__file__).with_name("picture.js")
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of picture. name: its word and what the page calls it; made: by the server."""

    name: str
    preset: screen.Preset
    extension: str
    mime: str
    make: Callable[[Chart, screen.Preset], bytes]
    ending: str = ""  # of the file's name
    is_drawn_anywhere: bool = True  # by the visitor's browser, too


def _png(chart: Chart, preset: screen.Preset) -> bytes:
    return press.png(*_drawn(chart, preset), preset.scale)


def _svg(chart: Chart, preset: screen.Preset) -> bytes:
    return press.svg(*_drawn(chart, preset))


def _pdf(chart: Chart, preset: screen.Preset) -> bytes:
    return press.pdf(*_drawn(chart, preset))


def _drawn(chart: Chart, preset: screen.Preset) -> tuple[Data, int, int]:
    figure = screen.picture(chart, preset)
    return figure, figure["layout"]["width"], figure["layout"]["height"]


KINDS = (
    Kind("png", screen.SLIDE, "png", "image/png", _png),
    Kind("png_column", screen.COLUMN, "png", "image/png", _png, "_a4"),
    Kind("svg", screen.SLIDE, "svg", "image/svg+xml", _svg),
    Kind("pdf", screen.SLIDE, "pdf", "application/pdf", _pdf, is_drawn_anywhere=False),
)


def show(chart: Chart, visitor: Visitor, key: str) -> None:
    """A button for each kind. What the server made is handed over once."""
    require_alt(chart)
    offered = KINDS if press.is_there() else [kind for kind in KINDS if kind.is_drawn_anywhere]
    component()(
        key=f"pictures-{key}",
        data={
            "busy": visitor.word("press.making"),
            "failed": visitor.word("press.not_here"),
            "kinds": [_told(kind, chart, visitor) for kind in offered],
            "made": st.session_state.pop(_place(key), None),
        },
        on_asked_change=partial(_make, chart, visitor, key),
    )
    if not press.is_there():
        prose.say(visitor.word("press.no_pdf"), "untaken")


def _told(kind: Kind, chart: Chart, visitor: Visitor) -> Data:
    """For the visitor's browser, with all it needs to draw."""
    told: Data = {"name": kind.name, "label": visitor.word(f"press.{kind.name}")}
    if press.is_there():
        return told
    figure, width, height = _drawn(chart, kind.preset)
    size = {"width": width, "height": height, "scale": kind.preset.scale}
    file = {"file": _file_name(kind, chart), "mime": kind.mime}
    return {**told, **file, **size, "figure": figure}


def _make(chart: Chart, visitor: Visitor, key: str) -> None:
    """Before the page is drawn again, so that it holds the file, or why there is none."""
    asked = st.session_state[f"pictures-{key}"].asked
    kind = next((kind for kind in KINDS if kind.name == asked), None)
    if kind is None:
        return
    name = _file_name(kind, chart)
    told = {"number": time.time_ns(), "name": kind.name, "file": name, "mime": kind.mime}
    try:
        content = kind.make(chart, kind.preset)
    except press.Unprintable as error:
        st.session_state[_place(key)] = {**told, "why": visitor.word(f"press.{error.why}")}
        return
    visitor.note("export", name)
    st.session_state[_place(key)] = {**told, "content": b64encode(content).decode()}


def _file_name(kind: Kind, chart: Chart) -> str:
    return f"{chart.file_name}{kind.ending}.{kind.extension}"


def _place(key: str) -> str:
    return f"made-{key}"


@cache
def component() -> Any:
    return st.components.v2.component(
        "yearbook_picture",
        html="<div></div>",
        js=SCRIPT.read_text("utf-8"),
        isolate_styles=False,
    )
