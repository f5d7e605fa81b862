"""The key above a chart: signs and names, wrapped for a narrow screen, so that heights stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yearbook.charts.plotting import Layout, note, safe
from yearbook.charts.style import SMALL_TEXT_SIZE, Theme

NAME = "key"  # by which a picture, that has room for Plotly's own legend, finds and drops it
ROW = 20
ABOVE = 10  # between the key and what is under it
LETTERS = 52  # that a narrow screen holds in a line
SIGN_LETTERS = 5
SIGN_SIZE = 15
APART = "\u2003"
BLOCK, LINE = "\u25a0", "\u2501"


@dataclass(frozen=True, slots=True)
class Sign:
    """A name with its colour and its mark."""

    name: str
    colour: str
    mark: str = BLOCK


def rows_of(names: Iterable[str]) -> list[list[str]]:
    """The names in lines that a narrow screen holds."""
    rows: list[list[str]] = [[]]
    room = LETTERS
    for name in names:
        width = len(name) + SIGN_LETTERS
        if rows[-1] and width > room:
            rows.append([])
            room = LETTERS
        rows[-1].append(name)
        room -= width
    return rows


def key_height(names: Sequence[str]) -> int:
    return ROW * len(rows_of(names)) + ABOVE if names else 0


def key_notes(signs: Sequence[Sign], theme: Theme, left: float, top: float) -> list[Layout]:
    """A text for every line of the key; `left`, `top`: the margins between plot and container."""
    by_name = {sign.name: sign for sign in signs}
    drawn = []
    for number, names in enumerate(rows_of(by_name)):
        told = [_told(by_name[name]) for name in names]
        place = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": -left}
        height = {"y": 1, "yref": "paper", "yanchor": "top", "yshift": top - ROW * number}
        words = note(APART.join(told), theme, color=theme.text, **place, **height)
        drawn.append({**words, "name": NAME, "align": "left", "font": _font(theme)})
    return drawn


def key_lines(texts: Iterable[str], letters: int, grown: float) -> list[str]:
    """The key in lines of about that many letters, for another width than the screen's."""
    items = [item for text in texts for item in text.split(APART)]
    lines: list[list[str]] = []
    room = 0
    for item in items:
        width = len(re.sub("<[^>]*>", "", item)) + SIGN_LETTERS - 2  # its sign and a space
        if not lines or width > room:
            lines.append([])
            room = letters
        lines[-1].append(item.replace(f"{SIGN_SIZE}px", f"{SIGN_SIZE * grown:g}px"))
        room -= width
    return [APART.join(line) for line in lines]


def _told(sign: Sign) -> str:
    style = f"color:{sign.colour};font-size:{SIGN_SIZE}px"
    return f'<span style="{style}">{sign.mark}</span> {safe(sign.name)}'


def _font(theme: Theme) -> Layout:
    return {"size": SMALL_TEXT_SIZE, "color": theme.text}
