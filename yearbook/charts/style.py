"""Colours, signs and type of the charts, tested for contrast and colour blindness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yearbook.charts.description import Role, Series
from yearbook.language import NARROW_NO_BREAK_SPACE, Language

FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", "Noto Sans", sans-serif'
TEXT_SIZE = 13
SMALL_TEXT_SIZE = 12
LEAST_TEXT_CONTRAST = 4.5
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
PATTERNS = ("", "/", "", "\\", ".", "x")
SEPARATORS = {
    Language.FI: f",{NARROW_NO_BREAK_SPACE}",
    Language.SV: f",{NARROW_NO_BREAK_SPACE}",
    Language.EN: ".,",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a ground. classes: for equals; scale: from negative to positive."""

    ground: str
    text: str
    muted: str
    line: str
    own: str
    everyone: str
    other: str
    soft: str
    classes: tuple[str, ...]
    scale: tuple[str, ...]

    def of(self, series: Series) -> str:
        if series.role is Role.OWN:
            return self.own
        if series.role is Role.ALL:
            return self.everyone
        if series.role is Role.OTHER:
            return self.other
        if series.role is Role.FOLD:
            return self.muted
        return self.classes[series.rank % len(self.classes)]

    def text_of(self, series: Series) -> str:
        """The series' colour, as much darker (on dark ground lighter) as reading needs."""
        if series.role is Role.OTHER:
            return self.muted
        return next(c for c in _towards(self.of(series), self.text) if _can_read(c, self.ground))


LIGHT = Theme(
    ground="#ffffff",
    text="#1c2733",
    muted="#55636f",
    line="#dde3e6",
    own="#0b6e6e",
    everyone="#1c2733",
    other="#86939c",
    soft="#dbe5e8",
    classes=("#0b6e6e", "#c5772c", "#880033", "#89949e", "#234077", "#8c541f"),
    scale=("#662609", "#bd5b00", "#8a939f", "#2063b0", "#012868"),
)
DARK = Theme(
    ground="#12181d",
    text="#e8edef",
    muted="#a9b5bd",
    line="#33404a",
    own="#4fb3b0",
    everyone="#e8edef",
    other="#71808b",
    soft="#26363d",
    classes=("#4fb3b0", "#f2b95a", "#b3505d", "#d1d9dd", "#765fca", "#b5934b"),
    scale=("#eeb97b", "#bf8532", "#636a6e", "#5d98cc", "#7bd0f9"),
)


def theme(dark: bool) -> Theme:
    return DARK if dark else LIGHT


def readable_on(colour: str) -> str:
    """Black or white text: of any colour one of the two can be read."""
    return max(("#000000", "#ffffff"), key=lambda text: contrast(text, colour))


def blend(over: str, under: str, strength: float) -> str:
    """A colour laid over another with that opacity."""
    mixed = [
        round(strength * int(over[i : i + 2], 16) + (1 - strength) * int(under[i : i + 2], 16))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _towards(start: str, end: str) -> Iterator[str]:
    return (blend(end, start, step / 10) for step in range(11))


def _can_read(text: str, ground: str) -> bool:
    return contrast(text, ground) >= LEAST_TEXT_CONTRAST


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1–21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
