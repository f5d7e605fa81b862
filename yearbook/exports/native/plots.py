"""Finds the room of the plot in an Office chart: beside it names and numbers, above it the key; and
how large the letters of names may be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from yearbook.exports.native.measuring import lines_of, width_of
from yearbook.exports.native.plan import Drawn, Frame, Plan
from yearbook.language import write_number

LETTER, LINE = 0.54, 1.35  # the width and height of a letter, of its size
MOST_AT_LEFT, MOST_AT_RIGHT = 0.36, 0.28  # of the chart's width
NAMES_AT_LEFT, MOST_IN_NARROW = 270.0, 0.45  # points, in a narrow chart up to that part of it
MOST_WRITTEN = 0.3  # of a chart's width: LibreOffice cuts longer lines of a name
SIGN = 4  # letters that a sign takes in the key
UPRIGHT = 0.72  # of the length of a name, that it takes when it is turned
SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.5, 9.0)  # of letters, in points
MOST_TURNED = 12.0  # of turned letters
ON_PAPER = (8.5, 8.0, 7.5)  # of names under a chart that has small letters itself
SPACED = 1.4  # of the width of a moment, from one to the next
LEAST_NAME = 0.8  # of the other letters' size
GAP, LEAST_GAP = 0.35, 0.2  # between names beside each other, of their size; on paper
MOST_LINES = 3  # of a name under a standing chart
PITCH = 1.25  # of the size of letters, from a row to the next


@dataclass(frozen=True, slots=True)
class Plot:
    """As parts of the chart's width and height."""

    left: float
    top: float
    width: float
    height: float


def is_turned(plan: Plan, frame: Frame) -> bool:
    """The names under a standing chart have no room beside each other: programs turn them."""
    if plan.is_lying or plan.is_sequence:
        return False
    return not _stand_level(plan, frame, name_letters(plan, frame))


def name_step(plan: Plan, frame: Frame) -> int:
    """Every how manieth name is written: all, but of moments as many as have room beside each
    other, where a program has wider letters as well."""
    if plan.is_lying or not plan.is_sequence:
        return 1
    longest = max((width_of(name, frame.letters) for name in plan.categories), default=0.0)
    return max(1, ceil(SPACED * longest / _pitch(plan, frame)))


def name_letters(plan: Plan, frame: Frame) -> float:
    """Of the names: smaller than the others, if then they have room beside each other."""
    if plan.is_lying or plan.is_sequence:
        return frame.letters
    least = min(SIZES[-1], LEAST_NAME * frame.letters)
    sizes = (size for size in (*SIZES, *ON_PAPER) if least <= size < frame.letters)
    found = (size for size in (frame.letters, *sizes) if _stand_level(plan, frame, size))
    return next(found, frame.letters)


def _stand_level(plan: Plan, frame: Frame, size: float) -> bool:
    room = _room_of_name(plan, frame, size)
    words = [word for name in plan.categories for word in name.split(" ")]
    longest = max((width_of(word, size) for word in words), default=0.0)
    return longest <= room and _name_lines(plan, size, room) <= MOST_LINES


def _room_of_name(plan: Plan, frame: Frame, size: float) -> float:
    gap = GAP if frame.letters > SIZES[-1] else LEAST_GAP
    return _pitch(plan, frame) - gap * size


def _pitch(plan: Plan, frame: Frame) -> float:
    """From a name under a standing chart to the next, in points."""
    width = 1 - _left(plan, frame) - _right(plan, frame)
    return width * frame.width / max(len(plan.categories), 1)


def _name_lines(plan: Plan, size: float, room: float) -> int:
    return max((lines_of(name, size, room) for name in plan.categories), default=1)


def plot_of(plan: Plan, frame: Frame) -> Plot:
    left, right, top = _left(plan, frame), _right(plan, frame), _top(plan, frame)
    bottom = _bottom(plan, frame)
    return Plot(left, top, 1 - left - right, 1 - top - bottom)


def _letters(frame: Frame, count: float) -> float:
    """The part of the width that so many letters take."""
    return (count * LETTER + 1.2) * frame.letters / frame.width


def _left(plan: Plan, frame: Frame) -> float:
    if plan.is_lying:
        longest = max((len(name) for name in plan.categories), default=0)
        most = max(MOST_AT_LEFT, min(MOST_IN_NARROW, NAMES_AT_LEFT / frame.width))
        return min(most, _letters(frame, longest))
    scale = plan.scale
    number = write_number(scale.highest, scale.decimals, plan.language)
    return _letters(frame, len(number) + 2 * len(scale.unit))


def _right(plan: Plan, frame: Frame) -> float:
    return min(MOST_AT_RIGHT, _letters(frame, _at_right(plan)))


def _at_right(plan: Plan) -> float:
    """Letters of what is written at the last points, or after the longest bar."""
    if plan.is_lying:
        return 2 if plan.is_stacked else 6
    longest = 1.0
    for column in plan.columns:
        last = next((point for point in reversed(column.points) if point.value is not None), None)
        if column.is_helper or last is None or last.tag is None or last.tag.position != "r":
            continue
        name = len(column.name) + 6 if last.tag.has_name else 5
        longest = max(longest, len(last.tag.text) or name)
    return longest


def _top(plan: Plan, frame: Frame) -> float:
    line = LINE * frame.letters / frame.height
    has_reasons = any(column.has_drop for column in plan.columns)
    tags = (point.tag for column in plan.columns for point in column.points)
    has_numbers = any(tag is not None and tag.position == "t" for tag in tags)
    above = line * (2.8 if has_reasons else 1.6 if has_numbers else 0.6)
    return above + (line * (key_lines(plan, frame) + 0.5) if plan.has_key else 0)


def key_lines(plan: Plan, frame: Frame) -> int:
    letters = sum(len(column.name) + SIGN for column in plan.columns if column.is_named)
    return 1 + int(letters * LETTER * frame.letters / (frame.width * 0.6))


def _bottom(plan: Plan, frame: Frame) -> float:
    """A line of numbers; names in as many lines as they need, turned where even that is too few."""
    line = LINE * frame.letters / frame.height
    if plan.is_lying:
        return line * (1.7 if plan.scale.is_shown else 0.6)
    if plan.is_sequence:
        return line * 1.7
    size = name_letters(plan, frame)
    if is_turned(plan, frame):
        longest = max(width_of(name, size) for name in plan.categories)
        return longest * UPRIGHT / frame.height + line
    return line * (0.7 + _name_lines(plan, size, _room_of_name(plan, frame, size)))


def letters_for(plan: Plan, width: float, height: float) -> float:
    """The largest letters in which names and numbers stand clear of each other, else the least."""
    return next((s for s in SIZES if _has_room(plan, Frame(width, height, s))), SIZES[-1])


def _has_room(plan: Plan, frame: Frame) -> bool:
    plot = plot_of(plan, frame)
    if plan.is_lying:
        return _rows_have_room(plan, frame, plot)
    if is_turned(plan, frame):
        is_clear = frame.letters <= MOST_TURNED and _pitch(plan, frame) >= PITCH * frame.letters
        return is_clear and not _would_stand(plan, frame)
    return _letters(frame, _at_right(plan)) <= MOST_AT_RIGHT


def _would_stand(plan: Plan, frame: Frame) -> bool:
    """Smaller letters would save the names from being turned."""
    return any(not is_turned(plan, replace(frame, letters=size)) for size in SIZES)


def _rows_have_room(plan: Plan, frame: Frame, plot: Plot) -> bool:
    """For the lines of each name."""
    pitch = plot.height * frame.height / max(len(plan.categories), 1)
    room = min(plot.left, MOST_WRITTEN) * frame.width
    lines = max((lines_of(name, frame.letters, room) for name in plan.categories), default=1)
    return pitch >= PITCH * frame.letters * lines


def beside(plan: Plan) -> int:
    """How many bars share a row."""
    if plan.is_stacked:
        return 1
    bars = [c.points for c in plan.columns if c.drawn is Drawn.BAR and not c.is_helper]
    rows = zip(*bars, strict=True)
    most = max((sum(point.value is not None for point in row) for row in rows), default=1)
    return len(bars) if most > 1 else 1
