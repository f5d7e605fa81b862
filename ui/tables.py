"""The table twin on the screen: written as the language writes, sorted by the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from yearbook.charts.description import Chart, Entry
from yearbook.editions import State

SCRIPT = Path(__file__).with_name("table.js")


def show(chart: Chart, key: str, is_whole: bool = False) -> None:
    """In place of the chart and as high as it, so that nothing below moves; is_whole: as high as
    its rows, where the table is what the card is for."""
    data = {
        "caption": chart.alt,
        "height": 0 if is_whole else chart.height,
        "columns": [{"name": c.name, "is_text": c.kind == "text"} for c in chart.twin.columns],
        "rows": [_row(row) for row in chart.twin.rows],
    }
    _component()(key=f"table-of-{key}", data=data)


def _row(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """A break is a sentence over the whole row; what the edition lacks is an empty field."""
    first, *others = (_field(entry) for entry in entries)
    spans = all(not e.written and e.state is State.SHOWN for e in entries[1:])
    return [first | {"spans": spans}, *others]


def _field(entry: Entry) -> dict[str, Any]:
    """What has no number tells why, to those who point at it and to those who listen."""
    return {
        "written": entry.written,
        "number": entry.number,
        "why": entry.why,
        "state": entry.state.value,
    }


@cache
def _component() -> Any:
    return st.components.v2.component(
        "yearbook_table",
        html="<div></div>",
        js=SCRIPT.read_text("utf-8"),
        isolate_styles=False,
    )
