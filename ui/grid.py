"""Cards abreast, in rows of equal height; on a narrow screen one under another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def of(things: Sequence[T], abreast: int, draw: Callable[[T], None], key: str = "grid") -> None:
    """Draw each of the things in its place."""
    with st.container(key=key):
        for start in range(0, len(things), abreast):
            for column, thing in zip(st.columns(abreast), things[start:], strict=False):
                with column:
                    draw(thing)
