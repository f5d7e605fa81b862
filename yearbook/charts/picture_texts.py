"""The texts of a picture that stands alone, in lines: titles, key and footer, and their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yearbook.charts.description import Chart
from yearbook.charts.keys import ABOVE, ROW, key_lines
from yearbook.charts.keys import NAME as KEY
from yearbook.charts.plotting import Layout, note, safe
from yearbook.charts.presets import BOLD, Preset, tall
from yearbook.charts.style import LIGHT


@dataclass(frozen=True)
class Texts:
    """Each as lines. A bare picture has the key alone."""

    preset: Preset
    title: Sequence[str]
    subtitle: Sequence[str]
    key: Sequence[str]
    footer: Sequence[str]

    @property
    def titles_end(self) -> float:
        """Pixels from the picture's upper edge; so are all tops."""
        preset = self.preset
        titles = tall(self.title, preset.title) + tall(self.subtitle, preset.subtitle)
        return preset.top + titles + preset.gap

    @property
    def key_height(self) -> float:
        return (ROW * len(self.key) + ABOVE) * self.preset.grown if self.key else 0

    @property
    def footer_height(self) -> float:
        size = self.preset.footer
        return tall(self.footer, size) + (2 * size if self.footer else 0)

    def placed(self, height: int, margin: Layout) -> list[Layout]:
        """As annotations of a picture that high, whose plot lies between those margins."""
        preset = self.preset
        size, dark, pale = preset.footer, LIGHT.text, LIGHT.muted
        bold = [f"<b>{'<br>'.join(self.title)}</b>"] if self.title else []
        under = preset.top + tall(self.title, preset.title)
        foot = height - tall(self.footer, size) - size
        row = ROW * preset.grown
        texts = [
            *((text, preset.title, preset.top, dark) for text in bold),
            ("<br>".join(self.subtitle), preset.subtitle, under, pale),
            *(
                (line, preset.text, self.titles_end + number * row, dark)
                for number, line in enumerate(self.key)
            ),
            ("<br>".join(self.footer), size, foot, pale),
        ]
        plot = height - margin["t"] - margin["b"]
        return [
            _note(text, {"size": size, "color": colour})
            | {"y": (height - top - margin["b"]) / plot, "xshift": preset.side - margin["l"]}
            for text, size, top, colour in texts
            if text
        ]


def texts_of(chart: Chart, layout: Layout, preset: Preset) -> Texts:
    """`layout`: of the figure on the screen, whose key is wrapped anew."""
    shown = [text for text in layout.get("annotations", []) if text.get("name") == KEY]
    key = key_lines((text["text"] for text in shown), preset.fitting(preset.text), preset.grown)
    if preset.is_bare:
        return Texts(preset, (), (), key, ())
    title = preset.lines(chart.headline, preset.title, BOLD)
    subtitle = preset.lines(chart.subtitle, preset.subtitle)
    lines = (line for text in chart.footer for line in preset.lines(text, preset.footer))
    return Texts(preset, title, subtitle, key, [_linked(line, chart.link) for line in lines])


def _linked(line: str, link: str) -> str:
    return f'<a href="{safe(link)}">{line}</a>' if link and line in safe(link) else line


def _note(text: str, font: Layout) -> Layout:
    """At the picture's left side, hanging from its place."""
    place = {"x": 0, "xref": "paper", "xanchor": "left", "yref": "paper", "yanchor": "top"}
    return {**note(text, LIGHT, **place, align="left"), "font": font}
