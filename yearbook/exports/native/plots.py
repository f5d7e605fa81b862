"""Finds the room of the plot in an Office chart: beside it names and numbers, above it the key."""

from __future__ import annotations

from dataclasses import dataclass

from yearbook.exports.native.plan import Frame, Plan
from yearbook.language import write_number

LETTER, LINE = 0.54, 1.35  # the width and height of a letter, of its size
MOST_AT_LEFT, MOST_AT_RIGHT = 0.36, 0.24  # of the chart's width
SIGN = 4  # letters that a sign takes in the key
UPRIGHT = 0.7  # of the length of a name, that it takes when it is turned


@dataclass(frozen=True, slots=True)
class Plot:
    """As parts of the chart's width and height."""

    left: float
    top: float
    width: float
    height: float


def plot_of(plan: Plan, frame: Frame) -> Plot:
    left, right, top = _left(plan, frame), _right(plan, frame), _top(plan, frame)
    bottom = _bottom(plan, frame, 1 - left - right)
    return Plot(left, top, 1 - left - right, 1 - top - bottom)


def _letters(frame: Frame, count: float) -> float:
    """The part of the width that so many letters take."""
    return (count * LETTER + 1.2) * frame.letters / frame.width


def _left(plan: Plan, frame: Frame) -> float:
    if plan.is_lying:
        longest = max((len(name) for name in plan.categories), default=0)
        return min(MOST_AT_LEFT, _letters(frame, longest))
    scale = plan.scale
    number = write_number(scale.highest, scale.decimals, plan.language)
    return _letters(frame, len(number) + 2 * len(scale.unit))


def _right(plan: Plan, frame: Frame) -> float:
    """For what is written at the last points, or after the longest bar."""
    if plan.is_lying:
        return _letters(frame, 2 if plan.is_stacked else 6)
    longest = 1.0
    for column in plan.columns:
        last = next((point for point in reversed(column.points) if point.value is not None), None)
        if column.is_helper or last is None or last.tag is None or last.tag.position != "r":
            continue
        name = len(column.name) + 6 if last.tag.has_name else 5
        longest = max(longest, len(last.tag.text) or name)
    return min(MOST_AT_RIGHT, _letters(frame, longest))


def _top(plan: Plan, frame: Frame) -> float:
    line = LINE * frame.letters / frame.height
    has_reasons = any(column.has_drop for column in plan.columns)
    above = line * (2.8 if has_reasons else 0.6)
    return above + (line * (key_lines(plan, frame) + 0.5) if plan.has_key else 0)


def key_lines(plan: Plan, frame: Frame) -> int:
    letters = sum(len(column.name) + SIGN for column in plan.columns if column.is_named)
    return 1 + int(letters * LETTER * frame.letters / (frame.width * 0.6))


def _bottom(plan: Plan, frame: Frame, width: float) -> float:
    """A line of numbers; names in as many lines as they need, turned where even that is too few."""
    line = LINE * frame.letters / frame.height
    if plan.is_lying:
        return line * (1.7 if plan.scale.is_shown else 0.6)
    room = width * frame.width / max(len(plan.categories), 1) / (LETTER * frame.letters)
    longest = max((len(name) for name in plan.categories), default=0)
    lines = -(-longest // max(room - 1, 1))
    turned = longest * LETTER * frame.letters * UPRIGHT / frame.height
    return min(line * (0.7 + lines), turned + line) if lines > 1 else line * 1.7
