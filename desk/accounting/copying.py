"""A button that puts a text on the clipboard and says so."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from ui.visit import Visitor

SCRIPT = Path(__file__).with_name("copy.js")


def show(label: str, text: str, visitor: Visitor, key: str) -> None:
    words = {name: visitor.word(f"desk.accounts.link.{name}") for name in ("copied", "not_copied")}
    _component()(key=f"copy-{key}", data={"label": label, "text": text, **words})


@cache
def _component() -> Any:
    return st.components.v2.component(
        "desk_copy",
        html='<button type="button" class="copy"></button>',
        js=SCRIPT.read_text("utf-8"),
        isolate_styles=False,
    )
