"""Writes fills, lines and letters of Office charts as XML (DrawingML)."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from yearbook.exports.safety import safe_text

FONT = "Calibri"
POINT = 12700  # units of Office in a point
# How a text runs: in lines, in one line, upwards, or level, turned by a hundredth of a degree: what
# is turned LibreOffice does not break, as "2025" into "20" and "25", but leaves some of it out.
BROKEN, WHOLE, UPRIGHT, LEVEL = "broken", "whole", "upright", "level"
WAYS: Mapping[str, dict[str, str]] = {
    BROKEN: {},
    WHOLE: {"wrap": "none"},
    UPRIGHT: {"rot": "-5400000", "vert": "horz"},
    LEVEL: {"rot": "600", "vert": "horz"},
}


def element(name: str, *inside: str, **attributes: object) -> str:
    """The element with its attributes and what is in it."""
    told = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    content = "".join(inside)
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def value(name: str, given: object) -> str:
    """Most of a chart is said so: <c:idx val="0"/>."""
    said = str(given).lower() if isinstance(given, bool) else given
    return element(f"c:{name}", val=said)


def text(content: str) -> str:
    """Safe in a sheet, too: what stands in the chart is what its cell holds."""
    return escape(safe_text(content))


def solid(colour: str) -> str:
    return element("a:solidFill", element("a:srgbClr", val=colour.lstrip("#").upper()))


def patterned(pattern: str, front: str, back: str) -> str:
    colours = (
        element(f"a:{name}", element("a:srgbClr", val=colour.lstrip("#").upper()))
        for name, colour in (("fgClr", front), ("bgClr", back))
    )
    return element("a:pattFill", *colours, prst=pattern)


def line(colour: str, width: float, dash: str = "solid") -> str:
    """width: in points; none without it."""
    if not (colour and width):
        return element("a:ln", element("a:noFill"))
    return element(
        "a:ln",
        solid(colour),
        element("a:prstDash", val=dash),
        element("a:round"),
        w=round(width * POINT),
        cap="flat" if dash != "solid" else "rnd",
    )


def shape(*parts: str) -> str:
    """The fill, then the line."""
    return element("c:spPr", *parts)


def letters(size: float, colour: str, is_bold: bool = False, way: str = BROKEN) -> str:
    """How a text is written. way: one of WAYS."""
    look = element("a:pPr", _run("a:defRPr", size, colour, is_bold))
    paragraph = element("a:p", look, element("a:endParaRPr"))
    return element("c:txPr", element("a:bodyPr", **WAYS[way]), element("a:lstStyle"), paragraph)


def rich(content: str, size: float, colour: str, is_bold: bool = False, way: str = BROKEN) -> str:
    """A text of its own instead of a number."""
    look = element("a:pPr", _run("a:defRPr", size, colour, is_bold))
    run = _run("a:rPr", size, colour, is_bold)
    lines = [
        element("a:p", look, element("a:r", run, element("a:t", text(line))))
        for line in content.split("\n")
    ]
    body = element("a:bodyPr", **WAYS[way])
    return element("c:tx", element("c:rich", body, element("a:lstStyle"), *lines))


def _run(name: str, size: float, colour: str, is_bold: bool) -> str:
    font = element("a:latin", typeface=FONT)
    return element(name, solid(colour), font, sz=round(size * 100), b=int(is_bold))
