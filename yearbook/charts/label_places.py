"""Finds a side for the label of every circle on a map, so that labels cover neither each other nor
circles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LETTER, LINE = 6.4, 15.0  # pixels of a label's letter and line
GAP = 2.0


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle in pixels (y upwards) and its label."""

    x: float
    y: float
    radius: float
    label: str


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """The area that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(0.0, wide) * max(0.0, tall)


@dataclass(frozen=True, slots=True)
class Side:
    """Where a label stands: its anchors, and its distance from the circle's middle."""

    xanchor: str
    yanchor: str
    xshift: float
    yshift: float


def sides(circles: Sequence[Circle]) -> list[Side]:
    """One for each circle, in their order; the first circles choose first."""
    taken = [_box_of(circle) for circle in circles]
    chosen = []
    for circle in circles:
        best = min(_choices(circle), key=lambda side: _covered(circle, side, taken))
        chosen.append(best)
        taken.append(_box(circle, best))
    return chosen


def _choices(circle: Circle) -> list[Side]:
    """Under, right, over and left, in this order of liking; then a line further down."""
    away = circle.radius + GAP
    return [
        Side("center", "top", 0.0, -away),
        Side("left", "middle", away + GAP, 0.0),
        Side("center", "bottom", 0.0, away),
        Side("right", "middle", -away - GAP, 0.0),
        Side("left", "top", 0.0, -away),
        Side("right", "top", 0.0, -away),
        Side("center", "top", 0.0, -away - LINE),
        Side("center", "top", 0.0, -away - 2 * LINE),
    ]


def _covered(circle: Circle, side: Side, taken: Sequence[Box]) -> float:
    box = _box(circle, side)
    own = _box_of(circle)
    return sum(box.overlap(other) for other in taken if other != own)


def _box_of(circle: Circle) -> Box:
    r = circle.radius
    return Box(circle.x - r, circle.y - r, circle.x + r, circle.y + r)


def _box(circle: Circle, side: Side) -> Box:
    wide = len(circle.label) * LETTER
    left = {"center": -wide / 2, "left": 0.0, "right": -wide}[side.xanchor]
    bottom = {"top": -LINE, "middle": -LINE / 2, "bottom": 0.0}[side.yanchor]
    x, y = circle.x + side.xshift + left, circle.y + side.yshift + bottom
    return Box(x, y, x + wide, y + LINE)
