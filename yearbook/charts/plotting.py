"""Pieces of Plotly figures, as plain dicts, that all kinds of chart share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from yearbook.charts.description import Mark
from yearbook.charts.style import SMALL_TEXT_SIZE, Theme

Trace = dict[str, Any]
Layout = dict[str, Any]
PIXELS_PER_LETTER = 6.6
LINE_HEIGHT = 16


@dataclass(frozen=True)
class Drawn:
    """What a kind of chart adds to the common figure."""

    traces: list[Trace]
    layout: Layout


def safe(text: str) -> str:
    """Plotly reads a little HTML in texts: none of it may come from a name."""
    return escape(text, quote=False)


def hover(mark: Mark) -> str:
    return safe(mark.says).replace("\n", "<br>")


def note(text: str, theme: Theme, **more: Any) -> Layout:
    """A text in the plot."""
    font = {"size": SMALL_TEXT_SIZE, "color": more.pop("color", theme.muted)}
    return {"text": text, "showarrow": False, "font": font, **more}


def wrap(text: str, width: int) -> list[str]:
    """Words in lines of about that many letters."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def plain(text: str) -> str:
    """The longest line of a label without its marks."""
    return max(unescape(text).replace("<b>", "").replace("</b>", "").split("<br>"), key=len)


def labels_width(labels: Iterable[str]) -> int:
    """Room for the labels of lying rows."""
    return 14 + round(PIXELS_PER_LETTER * max(map(len, labels), default=0))
