"""Sizes of pictures: for a slide, for a column of a page, for the midst of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from yearbook.charts.plotting import safe, wrap
from yearbook.charts.style import TEXT_SIZE

LINE = 1.3  # a line's height, against its letters
BOLD, REGULAR = 0.47, 0.44  # a letter's width on average, against its size
ADDRESS = 0.88  # of a line's letters, in an address


@dataclass(frozen=True, slots=True)
class Preset:
    """What a picture is for. height None: as high as the chart is on the screen, with its texts.

    title, subtitle, footer: sizes of letters; grown: texts in the chart, against the screen's.
    is_wide: labels of rows stand in one line each. is_bare: titles and footer are left out, for
    a document that has them as text. 96 pixels are an inch of paper.
    """

    width: int
    height: int | None
    side: int
    title: float
    subtitle: float
    footer: float
    grown: float
    scale: float
    is_wide: bool = False
    is_bare: bool = False

    @property
    def text(self) -> float:
        """The size of letters in the chart."""
        return self.grown * TEXT_SIZE

    @property
    def top(self) -> float:
        return self.side / 2 + 2

    @property
    def gap(self) -> float:
        """Between the titles and what is under them."""
        return 0 if self.is_bare else self.subtitle * 0.8

    def fitting(self, size: float, letter: float = REGULAR) -> int:
        """Letters in a line."""
        return int((self.width - 2 * self.side) / (size * letter))

    def lines(self, text: str, size: float, letter: float = REGULAR) -> list[str]:
        """The text in lines, as Plotly reads it; none of an empty one."""
        width = self.fitting(size, letter)
        lines = [line for long in wrap(text, width) for line in _broken(long, width)]
        return [safe(line) for line in lines if line]


SLIDE = Preset(1280, 720, 48, 30, 18, 14, 1.3, 2, is_wide=True)
COLUMN = Preset(605, None, 2, 19, 13, 11, 1.0, 3)  # 16 cm, between the margins of A4
IN_TEXT = replace(COLUMN, is_bare=True)

# What Plotly.toImage and Plotly.downloadImage are told of a slide, beside the file's name.
PICTURE: dict[str, Any] = {"format": "png", "width": 1280, "height": 720, "scale": 2}


def tall(lines: Sequence[str], size: float) -> float:
    return len(lines) * size * LINE


def _broken(line: str, width: int) -> list[str]:
    """An address is one long word, of wide letters, that is broken where it must."""
    fitting = int(width * ADDRESS)
    if " " in line or len(line) <= fitting:
        return [line]
    end = max(line.rfind(sign, 1, fitting) for sign in "&?/")
    end = end if end > 0 else fitting
    return [line[:end], *_broken(line[end:], width)]
