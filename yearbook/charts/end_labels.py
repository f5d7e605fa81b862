"""Names and last values beside the ends of lines, none over another."""

from __future__ import annotations

from yearbook.charts.axes import top_of
from yearbook.charts.description import Chart, Mark, Role, Series
from yearbook.charts.folds import short_of
from yearbook.charts.plotting import LINE_HEIGHT, Layout, note, safe, wrap
from yearbook.charts.style import Theme

MOST_END_LABELS = 5


def has_end_labels(chart: Chart) -> bool:
    return len(chart.series) <= MOST_END_LABELS


def labelled(chart: Chart) -> list[Series]:
    """Up to five lines carry their name; of more, own school and everyone; of none, all."""
    strong = [s for s in chart.series if s.role in (Role.OWN, Role.ALL)]
    has_key = any(s.role is Role.CLASS for s in chart.series)
    if has_end_labels(chart) or not (strong or has_key):
        return list(chart.series)
    return strong


def end_labels(chart: Chart, theme: Theme, plot: float) -> list[Layout]:
    """The name and last value beside the end of each line, moved apart where they would meet.

    plot: the pixels from the foot of the axis to its top.
    """
    ends = [(s, last) for s in labelled(chart) if (last := _last(s)) is not None]
    texts = [_end_text(chart, series, mark) for series, mark in ends]
    rows = [text.count("<br>") + 1 for text in texts]
    scale = plot / max(top_of(chart) - chart.axis.lowest, 1e-9)
    heights = [scale * (float(mark.value or 0) - chart.axis.lowest) for _, mark in ends]
    shifts = apart(heights, rows, plot)
    positions = {place.key: index for index, place in enumerate(chart.places)}
    return [
        note(
            text,
            theme,
            x=positions[mark.place],
            y=mark.value,
            xanchor="left",
            xshift=9,
            yshift=shift,
            align="left",
            color=theme.text_of(series),
        )
        for (series, mark), text, shift in zip(ends, texts, shifts, strict=True)
    ]


def _end_text(chart: Chart, series: Series, mark: Mark) -> str:
    if len(chart.series) == 1:
        return f"<b>{mark.written}</b>"
    if len(labelled(chart)) > MOST_END_LABELS:
        return safe(short_of(series))
    name = "<br>".join(wrap(safe(short_of(series)), 15))
    is_bold = series.role is not Role.OTHER
    return f"<b>{name} {mark.written}</b>" if is_bold else f"{name} {mark.written}"


def _last(series: Series) -> Mark | None:
    return next((mark for mark in reversed(series.marks) if mark.is_shown), None)


def apart(wanted: list[float], rows: list[int], plot: float) -> list[int]:
    """How many pixels up each label moves so that none covers another; `rows`: its lines."""
    placed: dict[int, float] = {}
    lowest = float("-inf")
    for index in sorted(range(len(wanted)), key=lambda i: wanted[i]):
        half = rows[index] * LINE_HEIGHT / 2
        placed[index] = max(wanted[index], lowest + half)
        lowest = placed[index] + half
    over = max(0.0, lowest - plot - LINE_HEIGHT)
    return [round(placed[i] - wanted[i] - over) for i in range(len(wanted))]
