"""Pieces of Plotly figures, as plain dicts, that several kinds of chart share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape
from math import ceil
from typing import Any

from yearbook.charts.description import Chart, Mark, Role, Series
from yearbook.charts.style import DASHES, SMALL_TEXT_SIZE, SYMBOLS, Theme
from yearbook.language import write_number

Trace = dict[str, Any]
Layout = dict[str, Any]
MOST_END_LABELS = 5
MOST_YEAR_LABELS = {"year": 5, "span": 3}  # that a narrow screen holds side by side
PIXELS_PER_LETTER = 6.6
WIDEST_END_LABEL = 120
LINE_HEIGHT = 16
NARROW_PLOT = 230  # pixels
LEAST_REASON_LETTERS, MOST_REASON_LETTERS = 12, 22
UNDER = 30  # pixels under the plot, for the labels of its axis


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


def line_traces(chart: Chart, theme: Theme) -> list[Trace]:
    return [line_trace(chart, series, theme) for series in chart.series]


def line_trace(chart: Chart, series: Series, theme: Theme) -> Trace:
    """A line that stops at every gap and every break; a hollow marker where schools are missing."""
    colour, is_strong = theme.of(series), series.role is not Role.OTHER
    points = _points(chart, series)
    size = 7 if is_strong else 4
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": safe(series.name),
        "x": [x for x, _ in points],
        "y": [mark.value if mark else None for _, mark in points],
        "hovertext": [hover(mark) if mark else "" for _, mark in points],
        "hoverinfo": "text",
        "connectgaps": False,
        "line": {"color": colour, "width": width_of(series), "dash": dash_of(series)},
        "marker": {
            "color": [theme.ground if mark and mark.hollow else colour for _, mark in points],
            "symbol": symbol_of(series),
            "size": size,
            "line": {"color": colour, "width": 1.5 if is_strong else 0.5},
        },
        "showlegend": not has_end_labels(chart),
    }


def width_of(series: Series) -> float:
    return {Role.OWN: 3.0, Role.ALL: 2.0, Role.OTHER: 1.2}.get(series.role, 2.2)


def dash_of(series: Series) -> str:
    """A second sign beside the colour: everyone is dashed, equals differ in dash and marker."""
    if series.role is Role.ALL:
        return "dash"
    return DASHES[series.rank % len(DASHES)] if series.role is Role.CLASS else "solid"


def symbol_of(series: Series) -> str:
    return SYMBOLS[series.rank % len(SYMBOLS)] if series.role is Role.CLASS else "circle"


def _points(chart: Chart, series: Series) -> list[tuple[float, Mark | None]]:
    marks = {mark.place: mark for mark in series.marks if mark.is_shown}
    borders = {line.before for line in chart.breaks}
    points: list[tuple[float, Mark | None]] = []
    for index, place in enumerate(chart.places):
        if place.key in borders:
            points.append((index - 0.5, None))
        points.append((index, marks.get(place.key)))
    return points


def has_end_labels(chart: Chart) -> bool:
    return len(chart.series) <= MOST_END_LABELS


def labelled(chart: Chart) -> list[Series]:
    """Up to five lines carry their name; of more, own school and everyone; of none, all."""
    strong = [s for s in chart.series if s.role in (Role.OWN, Role.ALL)]
    has_key = any(s.role is Role.CLASS for s in chart.series)
    if has_end_labels(chart) or not (strong or has_key):
        return list(chart.series)
    return strong


def line_layout(chart: Chart, theme: Theme) -> Layout:
    breaks, rows = break_lines(chart, theme)
    top = 14 + rows * LINE_HEIGHT
    labels = end_labels(chart, theme, chart.height - top - UNDER)
    longest = max((len(plain(label["text"])) for label in labels), default=0)
    right = min(WIDEST_END_LABEL, 14 + int(longest * PIXELS_PER_LETTER))
    return {
        "xaxis": moment_axis(chart, theme, is_tight=right >= WIDEST_END_LABEL - 10),
        "yaxis": value_axis_layout(chart, theme),
        "shapes": [line["shape"] for line in breaks],
        "annotations": labels + [line["note"] for line in breaks],
        "margin": {"t": top, "r": right, "b": UNDER, "l": numbers_width(chart)},
    }


def numbers_width(chart: Chart) -> int:
    """Room for the numbers of an upright axis."""
    longest = len(write_number(top_of(chart), 0, chart.language)) + len(percent_sign(chart))
    has_decimals = top_of(chart) < 5
    return 14 + round(PIXELS_PER_LETTER * (longest + 2 * has_decimals))


def labels_width(labels: Iterable[str]) -> int:
    """Room for the labels of lying rows."""
    return 14 + round(PIXELS_PER_LETTER * max(map(len, labels), default=0))


def top_of(chart: Chart) -> float:
    """Where the axis of the values ends: a little over the largest where nothing fixes it."""
    highest_fixed = chart.axis.highest
    return highest_fixed if highest_fixed is not None else highest(chart) * 1.08 or 1.0


def value_axis_layout(chart: Chart, theme: Theme) -> Layout:
    """Begins at the chart's lowest; shares carry their sign."""
    is_whole_share = chart.axis.is_share and chart.axis.highest == 100
    ticks = share_ticks(chart, (0, 25, 50, 75, 100)) if is_whole_share else free_ticks(chart)
    return {
        "range": [chart.axis.lowest, top_of(chart)],
        "fixedrange": True,
        "gridcolor": theme.line,
        "zeroline": False,
        **ticks,
    }


def free_ticks(chart: Chart) -> Layout:
    """A few ticks, written as the language does (see the layout's separators)."""
    written = {"tickformat": ",~f", "ticksuffix": percent_sign(chart), "tickangle": 0}
    return {**written, "nticks": 5}


def percent_sign(chart: Chart) -> str:
    if not chart.axis.is_share:
        return ""
    return "%" if chart.language == "en" else "\u00a0%"


def share_ticks(chart: Chart, values: Iterable[int]) -> Layout:
    """Ticks of per cents with their sign, which Plotly leaves out of ticks that are given."""
    sign = percent_sign(chart)
    return {
        "tickvals": list(values),
        "ticktext": [f"{abs(value)}{sign}" for value in values],
        "tickangle": 0,
    }


def highest(chart: Chart) -> float:
    values = [m.value for s in chart.series for m in s.marks if m.value is not None]
    values += [m.high for s in chart.series for m in s.marks if m.high is not None]
    values += [point.high for point in chart.band if point.high is not None]
    return max(values, default=1.0)


def moment_axis(chart: Chart, theme: Theme, is_tight: bool = False) -> Layout:
    """Positions 0, 1, 2 …; as many labels as a narrow screen can hold, always the last."""
    labels = [place.label for place in chart.places]
    is_year = all(len(label) == 4 for label in labels)
    most = MOST_YEAR_LABELS["year" if is_year and not is_tight else "span"]
    step = max(1, ceil(len(labels) / most))
    shown = [i for i in range(len(labels)) if (len(labels) - 1 - i) % step == 0]
    return {
        "tickvals": shown,
        "ticktext": [labels[i] for i in shown],
        "tickangle": 0,
        "range": [-0.35, len(labels) - 0.65],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "linecolor": theme.line,
        "showline": True,
    }


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
        return safe(series.name)
    name = "<br>".join(wrap(safe(series.name), 15))
    is_bold = series.role is not Role.OTHER
    return f"<b>{name} {mark.written}</b>" if is_bold else f"{name} {mark.written}"


def plain(text: str) -> str:
    """The longest line of a label without its marks."""
    return max(unescape(text).replace("<b>", "").replace("</b>", "").split("<br>"), key=len)


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
