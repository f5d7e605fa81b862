"""Renders a chart as a picture that stands alone: titles, chart and footer on white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from yearbook.charts.description import Chart
from yearbook.charts.keys import ABOVE, ROW, key_lines
from yearbook.charts.keys import NAME as KEY
from yearbook.charts.plotting import Layout, Trace, note, plain, safe, wrap
from yearbook.charts.style import LIGHT, TEXT_SIZE

LINE = 1.3  # a line's height, against its letters
LETTER = 0.56  # a letter's width at its widest, against its size; BOLD, REGULAR: on average
BOLD, REGULAR = 0.47, 0.44
FONTS = ("insidetextfont", "outsidetextfont", "textfont")
NUMBERS = 5  # letters of a number beside an axis
SMALLEST = 9.0  # letters, where many rows share a slide
ADDRESS = 0.8  # of a line's letters, in an address
FILLED = 0.85  # how much of a row its letters may fill


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


SLIDE = Preset(1280, 720, 48, 30, 18, 14, 1.3, 2, is_wide=True)
COLUMN = Preset(605, None, 2, 19, 13, 11, 1.0, 3)  # 16 cm, between the margins of A4
IN_TEXT = replace(COLUMN, is_bare=True)

# What Plotly.toImage and Plotly.downloadImage are told, beside the file's name.
PICTURE: dict[str, Any] = {"format": "png", "width": 1280, "height": 720, "scale": 2}


def framed(chart: Chart, figure: dict[str, Any], preset: Preset = SLIDE) -> dict[str, Any]:
    """The figure of the screen, enlarged, between its titles and its footer."""
    page = _page(chart, figure["layout"], preset)
    grown = page.letters / TEXT_SIZE
    layout = page.enlarged(figure["layout"])
    return {
        "data": [_enlarged_trace(trace, grown) for trace in figure["data"]],
        "layout": {
            **layout,
            "width": preset.width,
            "height": page.height,
            "margin": page.margin,
            "paper_bgcolor": LIGHT.ground,
            "plot_bgcolor": LIGHT.ground,
            "showlegend": False,
            "annotations": [*layout["annotations"], *page.texts()],
            "meta": {"title": chart.headline, "alt": chart.alt, "language": chart.language.value},
        },
    }


@dataclass(frozen=True)
class _Page:
    """A picture whose texts are in lines and whose room is shared out. Tops are counted from the
    picture's upper edge."""

    preset: Preset
    title: Sequence[str]
    subtitle: Sequence[str]
    key: Sequence[str]
    footer: Sequence[str]
    height: int
    letters: float  # size of the texts in the chart
    labels: Layout  # the axis of the rows
    margin: Layout

    def texts(self) -> list[Layout]:
        preset, top = self.preset, float(_top(self.preset))
        placed = []
        bold = f"<b>{'<br>'.join(self.title)}</b>"
        for text, lines, size in (
            (bold, self.title, preset.title),
            ("<br>".join(self.subtitle), self.subtitle, preset.subtitle),
        ):
            placed.append(self._at(text, size, top))
            top += _tall(lines, size)
        top += 0 if preset.is_bare else _gap(preset)
        for number, line in enumerate(self.key):
            down = number * ROW * preset.grown
            placed.append(self._at(line, preset.grown * TEXT_SIZE, top + down))
        foot = self.height - _tall(self.footer, preset.footer) - preset.footer
        placed.append(self._at("<br>".join(self.footer), preset.footer, foot))
        return [text for text in placed if text["text"] not in ("", "<b></b>")]

    def enlarged(self, layout: Layout) -> Layout:
        """Texts of the chart: larger, and moved as much further."""
        grown = self.letters / TEXT_SIZE
        kept = [text for text in layout.get("annotations", []) if text.get("name") != KEY]
        return {
            **layout,
            "annotations": [_grown(text, grown) for text in kept],
            "font": {**layout.get("font", {}), "size": self.preset.grown * TEXT_SIZE},
            "yaxis": self.labels,
        }

    def _at(self, text: str, size: float, top: float) -> Layout:
        """A text whose top stands that many pixels below the picture's, at its left side."""
        margin, is_title = self.margin, size == self.preset.title
        plot = self.height - margin["t"] - margin["b"]
        colour = LIGHT.text if is_title or text in self.key else LIGHT.muted
        shift = self.preset.side - margin["l"]
        place = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": shift}
        height = {"y": (self.height - top - margin["b"]) / plot, "yref": "paper", "yanchor": "top"}
        font = {"size": size, "color": colour}
        return {**note(text, LIGHT, **place, **height, align="left"), "font": font}


def _page(chart: Chart, layout: Layout, preset: Preset) -> _Page:
    if preset.is_bare:
        chart = replace(chart, headline="", subtitle="", footer=())
    title = _lines(chart.headline, preset, preset.title, BOLD)
    subtitle = _lines(chart.subtitle, preset, preset.subtitle)
    footer = [
        _linked(line, chart.link)
        for text in chart.footer
        for line in _lines(text, preset, preset.footer)
    ]
    shown = [text["text"] for text in layout.get("annotations", []) if text.get("name") == KEY]
    fitting = _fitting(preset, preset.grown * TEXT_SIZE, REGULAR)
    key = key_lines(shown, fitting, preset.grown)
    inner = layout.get("margin", {})
    key_on_screen = ROW * len(shown) + ABOVE if shown else 0
    above = (inner.get("t", 0) - key_on_screen) * preset.grown
    above += (ROW * len(key) + ABOVE) * preset.grown if key else 0
    head = _top(preset) + _tall(title, preset.title) + _tall(subtitle, preset.subtitle)
    head += (0 if preset.is_bare else _gap(preset)) + above
    foot = (
        _tall(footer, preset.footer)
        + (2 * preset.footer if footer else 0)
        + inner.get("b", 0) * preset.grown
    )
    plot = (chart.height - inner.get("t", 0) - inner.get("b", 0)) * preset.grown
    height = preset.height or round(head + plot + foot)
    labels = _labelled(layout.get("yaxis", {}), preset, height - head - foot)
    margin = {
        "t": head,
        "b": foot,
        "l": preset.side + _labels_width(labels, preset),
        "r": preset.side / 2 + inner.get("r", 0) * preset.grown,
        "autoexpand": False,
    }
    letters = _letters(layout, preset, height - head - foot)
    return _Page(preset, title, subtitle, key, footer, height, letters, labels, margin)


def _top(preset: Preset) -> float:
    return preset.side / 2 + 2


def _gap(preset: Preset) -> float:
    """Between the titles and what is under them."""
    return preset.subtitle * 0.8


def _lines(text: str, preset: Preset, size: float, letter: float = REGULAR) -> list[str]:
    width = _fitting(preset, size, letter)
    lines = [line for long in wrap(text, width) for line in _broken(long, width)]
    return [safe(line) for line in lines if line]


def _broken(line: str, width: int) -> list[str]:
    """An address is one long word, of wide letters, that is broken where it must."""
    fitting = int(width * ADDRESS)
    if " " in line or len(line) <= fitting:
        return [line]
    return [line[start : start + fitting] for start in range(0, len(line), fitting)]


def _fitting(preset: Preset, size: float, letter: float) -> int:
    """Letters in a line."""
    return int((preset.width - 2 * preset.side) / (size * letter))


def _linked(line: str, link: str) -> str:
    return f'<a href="{safe(link)}">{line}</a>' if link and line in safe(link) else line


def _tall(lines: Sequence[str], size: float) -> float:
    return len(lines) * size * LINE


def _letters(layout: Layout, preset: Preset, room: float) -> float:
    """As large as wanted, but no taller than the rows they stand in."""
    largest = preset.grown * TEXT_SIZE
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
    size = max(SMALLEST, min(preset.grown * TEXT_SIZE, pitch))
    return {**axis, "ticktext": labels, "tickfont": {"size": size}}


def _labels_width(axis: Layout, preset: Preset) -> float:
    """The width of the longest label beside the axis."""
    if axis.get("visible") is False:
        return 0
    if "ticktext" not in axis:
        return NUMBERS * preset.grown * TEXT_SIZE
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
