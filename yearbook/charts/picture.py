"""Renders a chart as a picture that stands alone: titles, chart and footer on white."""

from __future__ import annotations

from typing import Any

from yearbook.charts.description import Chart
from yearbook.charts.keys import ABOVE, ROW
from yearbook.charts.keys import NAME as KEY
from yearbook.charts.picture_texts import Texts, texts_of
from yearbook.charts.plotting import Layout, Trace, plain
from yearbook.charts.presets import SLIDE, Preset
from yearbook.charts.style import LIGHT, TEXT_SIZE

LETTER = 0.56  # a letter's width at its widest, against its size
FONTS = ("insidetextfont", "outsidetextfont", "textfont")
NUMBERS = 5  # letters of a number beside an axis
SMALLEST = 9.0  # letters, where many rows share a slide
FILLED = 0.85  # how much of a row its letters may fill


def framed(chart: Chart, figure: dict[str, Any], preset: Preset = SLIDE) -> dict[str, Any]:
    """The figure of the screen, enlarged, between its titles and its footer."""
    layout = figure["layout"]
    texts = texts_of(chart, layout, preset)
    head, foot = _head(layout, texts), _foot(layout, texts)
    height = preset.height or round(head + _plot(chart, layout) * preset.grown + foot)
    room = height - head - foot
    labels = _labelled(layout.get("yaxis", {}), preset, room)
    margin = {
        "t": head,
        "b": foot,
        "l": preset.side + _labels_width(labels, preset),
        "r": preset.side / 2 + layout.get("margin", {}).get("r", 0) * preset.grown,
        "autoexpand": False,
    }
    grown = _letters(layout, preset, room) / TEXT_SIZE
    kept = [text for text in layout.get("annotations", []) if text.get("name") != KEY]
    return {
        "data": [_enlarged_trace(trace, grown) for trace in figure["data"]],
        "layout": {
            **layout,
            "width": preset.width,
            "height": height,
            "margin": margin,
            "yaxis": labels,
            "font": {**layout.get("font", {}), "size": preset.text},
            "paper_bgcolor": LIGHT.ground,
            "plot_bgcolor": LIGHT.ground,
            "showlegend": False,
            "annotations": [*(_grown(text, grown) for text in kept), *texts.placed(height, margin)],
            "meta": {"title": chart.headline, "alt": chart.alt, "language": chart.language.value},
        },
    }


def _head(layout: Layout, texts: Texts) -> float:
    """All above the plot. On the screen, the margin holds the key, too."""
    shown = [text for text in layout.get("annotations", []) if text.get("name") == KEY]
    key_on_screen = ROW * len(shown) + ABOVE if shown else 0
    above = layout.get("margin", {}).get("t", 0) - key_on_screen
    return texts.titles_end + above * texts.preset.grown + texts.key_height


def _foot(layout: Layout, texts: Texts) -> float:
    below = layout.get("margin", {}).get("b", 0)
    return float(texts.footer_height + below * texts.preset.grown)


def _plot(chart: Chart, layout: Layout) -> float:
    """The plot's height on the screen."""
    margin = layout.get("margin", {})
    return float(chart.height - margin.get("t", 0) - margin.get("b", 0))


def _letters(layout: Layout, preset: Preset, room: float) -> float:
    """As large as wanted, but no taller than the rows they stand in."""
    largest = preset.text
    if "ticktext" not in layout.get("yaxis", {}):
        return largest
    beside = [text for text in layout.get("annotations", []) if text.get("yref", "y") == "y"]
    rows = {text["y"] for text in beside if text.get("name") != KEY}
    return max(SMALLEST, min(largest, FILLED * room / max(len(rows), 1)))


def _labelled(axis: Layout, preset: Preset, room: float) -> Layout:
    """Labels in one line each where there is width; letters no taller than their rows."""
    if "ticktext" not in axis:
        return axis
    labels = [str(label) for label in axis["ticktext"]]
    lines = 1
    if preset.is_wide:
        labels = [label.replace("<br>", " ") for label in labels]
    else:
        lines = max((label.count("<br>") + 1 for label in labels), default=1)
    pitch = FILLED * room / max(len(labels) * lines, 1)
    size = max(SMALLEST, min(preset.text, pitch))
    return {**axis, "ticktext": labels, "tickfont": {"size": size}}


def _labels_width(axis: Layout, preset: Preset) -> float:
    """The width of the longest label beside the axis."""
    if axis.get("visible") is False:
        return 0
    if "ticktext" not in axis:
        return NUMBERS * preset.text
    labels = [plain(str(label)) for label in axis["ticktext"]]
    size = axis["tickfont"]["size"]
    return max([len(label) for label in labels], default=0) * size * LETTER + 18


def _enlarged_trace(trace: Trace, grown: float) -> Trace:
    fonts = {key: _grown_font(trace[key], grown) for key in FONTS if "size" in trace.get(key, {})}
    return {**trace, **fonts}


def _grown_font(font: Layout, grown: float) -> Layout:
    return {**font, "size": round(font["size"] * grown, 1)}


def _grown(text: Layout, grown: float) -> Layout:
    shifts: Layout = {k: text[k] * grown for k in ("xshift", "yshift") if text.get(k)}
    return {**text, "font": _grown_font(text["font"], grown), **shifts}
