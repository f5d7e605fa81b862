"""What an Office chart is made of, the same for slides, documents and workbooks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yearbook.charts.style import LIGHT
from yearbook.language import Language


class Drawn(StrEnum):
    """How a column of the sheet is drawn."""

    LINE = "line"
    BAR = "bar"


@dataclass(frozen=True, slots=True)
class Tag:
    """What is written at a point. position: "r", "l", "t", "ctr", "outEnd" or "inEnd" of Office.
    text: instead of the number. lift: up from there, as a part of the chart's height.
    is_past_whisker: after the end of the interval. is_backed: on a white ground, over lines.
    rows_apart: how many rows wide the room for the text is, None where nothing stands beside it.
    is_end: beside the end of a line, where no other may cover it.
    """

    position: str
    text: str = ""
    has_name: bool = False
    colour: str = LIGHT.text
    is_bold: bool = False
    is_upright: bool = False
    lift: float = 0.0
    is_past_whisker: bool = False
    is_backed: bool = False
    is_small: bool = False
    rows_apart: float | None = None
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A cell of the sheet. value: as it is written, None where there is no number. below, above:
    from the value to the ends of its interval. decimals: as it is written. colour: of this point,
    "" as its column. is_range: known only to lie between two numbers.
    """

    value: float | None = None
    decimals: int = 0
    interval: str = ""
    below: float | None = None
    above: float | None = None
    colour: str = ""
    is_hollow: bool = False
    is_range: bool = False
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: a series of the chart.

    width: of the line in points, 0 for none. marker, dash, pattern: the sign beside the colour, by
    the names that Office has for them. is_helper: it draws something that is no figure, as the
    hatching of what is withheld. has_drop: dashed lines from its points down to the axis.
    """

    name: str
    drawn: Drawn
    points: tuple[Point, ...]
    colour: str
    width: float = 2.25
    dash: str = "solid"
    marker: str = ""
    pattern: str = ""
    pattern_colour: str = LIGHT.ground
    outline: str = ""
    is_filled: bool = True
    is_helper: bool = False
    is_named: bool = True  # in the key
    has_drop: bool = False

    @property
    def has_intervals(self) -> bool:
        return any(point.above is not None for point in self.points)


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of the values. unit: after the numbers, "%" or "". is_shown: has numbers."""

    lowest: float
    highest: float
    step: float
    unit: str = ""
    decimals: int = 0
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """How large a chart is drawn, and its letters: in points."""

    width: float
    height: float
    letters: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart of Office. heading: over the categories, which are the names of the sheet's rows.
    notes: beside the rows of the sheet, why there is no number. marks: under them, as that the
    figures are invented. is_sequence: the categories are moments: not all need be named."""

    language: Language
    heading: str
    categories: tuple[str, ...]
    columns: tuple[Column, ...]
    scale: Scale
    notes: tuple[str, ...]
    marks: tuple[str, ...] = ()
    is_lying: bool = False
    is_stacked: bool = False
    has_key: bool = False
    is_sequence: bool = False
    has_room_at_right: bool = False  # for what is written at the ends of lines
    gap: int = 50  # between bars, in per cents of their width
