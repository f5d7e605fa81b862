"""Breaks as dashed verticals, with their reasons above the plot."""

from __future__ import annotations

from yearbook.charts.description import Chart
from yearbook.charts.plotting import LINE_HEIGHT, PIXELS_PER_LETTER, Layout, note, safe, wrap
from yearbook.charts.style import Theme

NARROW_PLOT = 230  # pixels
LEAST_REASON_LETTERS, MOST_REASON_LETTERS = 12, 22


def break_lines(chart: Chart, theme: Theme) -> tuple[list[dict[str, Layout]], int]:
    """Dashed verticals with their reasons above the plot; and how many text lines those take."""
    positions = {place.key: index for index, place in enumerate(chart.places)}
    drawn, rows = [], 0
    for number, line in enumerate(chart.breaks):
        x = positions[line.before] - 0.5
        is_left = _leans_left(number, len(chart.breaks), x, len(chart.places))
        share = (x + 0.5) / len(chart.places)
        lines = wrap(safe(line.reason), _letters(share if is_left else 1 - share))
        below = 0 if len(chart.breaks) <= 2 else rows
        rows = max(rows, below + len(lines))
        drawn.append({"shape": _vertical(x, theme), "note": _reason(x, lines, is_left, theme)})
        drawn[-1]["note"]["yshift"] = 4 + below * LINE_HEIGHT
    return drawn, rows


def _letters(share: float) -> int:
    """How many letters fit beside a break on a narrow screen, given that share of the plot."""
    room = int(NARROW_PLOT * share / PIXELS_PER_LETTER)
    return min(max(room, LEAST_REASON_LETTERS), MOST_REASON_LETTERS)


def _leans_left(number: int, count: int, x: float, places: int) -> bool:
    if count == 2:
        return number == 0
    return x > places / 2


def _vertical(x: float, theme: Theme) -> Layout:
    stroke = {"color": theme.muted, "width": 1, "dash": "dash"}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": stroke}


def _reason(x: float, lines: list[str], is_left: bool, theme: Theme) -> Layout:
    side = "right" if is_left else "left"
    return note(
        "<br>".join(lines),
        theme,
        x=x,
        y=1,
        yref="paper",
        xanchor=side,
        yanchor="bottom",
        align=side,
        xshift=-2 if is_left else 2,
    )
