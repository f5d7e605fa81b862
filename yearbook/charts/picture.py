"""Renders a chart as a picture that stands alone: titles, chart and footer on white, 16:9."""

from __future__ import annotations

from typing import Any

from yearbook.charts.description import Chart
from yearbook.charts.keys import NAME as KEY
from yearbook.charts.plotting import Layout, Trace, note, plain, safe, wrap
from yearbook.charts.style import LIGHT

WIDTH, HEIGHT = 1280, 720
SIDE, TOP = 48, 26
TITLE, SUBTITLE, TEXT, FOOTER = 30, 18, 17, 14  # sizes of letters
ENLARGED = 1.3  # texts in the chart, against those on the screen
LETTERS = {TITLE: 76, SUBTITLE: 128, FOOTER: 168}  # in a line
LINE = 1.3  # a line's height, against its letters
LETTER = 0.56  # a letter's width, against its size
FONTS = ("insidetextfont", "outsidetextfont")
ROWS = 300  # pixels that letters of rows may fill together
NUMBERS = 84  # room for the numbers of an axis

# What Plotly.toImage and Plotly.downloadImage are told, beside the file's name.
PICTURE: dict[str, Any] = {"format": "png", "width": WIDTH, "height": HEIGHT, "scale": 2}


def framed(chart: Chart, figure: dict[str, Any]) -> dict[str, Any]:
    """The figure of the screen, enlarged, between its titles and its footer."""
    title, subtitle = _lines(chart.headline, TITLE), _lines(chart.subtitle, SUBTITLE)
    footer = [line for text in chart.footer for line in _lines(text, FOOTER)]
    head = TOP + _tall(title, TITLE) + _tall(subtitle, SUBTITLE) + 14
    layout = _enlarged(figure["layout"])
    margin = _margin(layout, head, _tall(footer, FOOTER) + 30)
    texts = [
        (f"<b>{'<br>'.join(title)}</b>", TITLE, HEIGHT - TOP),
        ("<br>".join(subtitle), SUBTITLE, HEIGHT - TOP - _tall(title, TITLE)),
        ("<br>".join(footer), FOOTER, _tall(footer, FOOTER) + 18),
    ]
    return {
        "data": [_enlarged_trace(trace) for trace in figure["data"]],
        "layout": {
            **layout,
            "width": WIDTH,
            "height": HEIGHT,
            "margin": margin,
            "paper_bgcolor": LIGHT.ground,
            "plot_bgcolor": LIGHT.ground,
            "legend": {**layout.get("legend", {}), "x": SIDE / WIDTH, "y": 1 - head / HEIGHT},
            "annotations": [*layout.get("annotations", []), *(_at(*t, margin) for t in texts)],
            "meta": {"title": chart.headline, "alt": chart.alt, "language": chart.language.value},
        },
    }


def _lines(text: str, size: int) -> list[str]:
    return [safe(line) for line in wrap(text, LETTERS[size])]


def _tall(lines: list[str], size: int) -> float:
    return len(lines) * size * LINE


def _enlarged(layout: Layout) -> Layout:
    """Texts of the chart for a slide: larger, and moved as much further."""
    kept = [text for text in layout.get("annotations", []) if text.get("name") != KEY]
    has_key = len(kept) < len(layout.get("annotations", []))
    return {
        **layout,
        "showlegend": has_key,
        "annotations": [_grown(text) for text in kept],
        "font": {**layout.get("font", {}), "size": TEXT},
        "legend": {**layout.get("legend", {}), "font": {"size": TEXT}},
        "yaxis": _wide(layout.get("yaxis", {})),
    }


def _wide(axis: Layout) -> Layout:
    """Labels in one line each; letters no taller than their rows."""
    if "ticktext" not in axis:
        return axis
    labels = [str(label).replace("<br>", " ") for label in axis["ticktext"]]
    size = min(TEXT, int(ROWS / max(len(labels), 1)))
    return {**axis, "ticktext": labels, "tickfont": {"size": size}}


def _enlarged_trace(trace: Trace) -> Trace:
    grown = {key: _grown_font(trace[key]) for key in FONTS if key in trace}
    return {**trace, **grown}


def _grown_font(font: Layout) -> Layout:
    return {**font, "size": round(font["size"] * ENLARGED)}


def _grown(text: Layout) -> Layout:
    font = _grown_font(text["font"])
    shifts: Layout = {k: text[k] * ENLARGED for k in ("xshift", "yshift") if k in text}
    return {**text, "font": font, **shifts}


def _margin(layout: Layout, head: float, foot: float) -> Layout:
    """Fixed, with room for the labels at the left, so that all texts begin at one side."""
    inner = layout.get("margin", {})
    return {
        "t": head + inner.get("t", 0) * ENLARGED,
        "b": foot + inner.get("b", 0) * ENLARGED,
        "l": SIDE + _labels(layout["yaxis"]),
        "r": SIDE / 2 + inner.get("r", 0) * ENLARGED,
        "autoexpand": False,
    }


def _labels(axis: Layout) -> float:
    """The width of the longest label beside the axis."""
    if axis.get("visible") is False:
        return 0
    if "ticktext" not in axis:
        return NUMBERS
    labels = [plain(str(label)) for label in axis["ticktext"]]
    size = axis["tickfont"]["size"]
    return max([len(label) for label in labels], default=0) * size * LETTER + 18


def _at(text: str, size: int, top: float, margin: Layout) -> Layout:
    """A text whose top stands that many pixels over the picture's foot, at its left side."""
    plot = HEIGHT - margin["t"] - margin["b"]
    font = {"size": size, "color": LIGHT.text if size == TITLE else LIGHT.muted}
    place = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": SIDE - margin["l"]}
    height = {"y": (top - margin["b"]) / plot, "yref": "paper", "yanchor": "top", "align": "left"}
    return {**note(text, LIGHT, **place, **height), "font": font}
