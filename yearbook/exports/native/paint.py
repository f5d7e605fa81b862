"""Writes fills, lines and letters of Office charts as XML (DrawingML)."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from yearbook.exports.safety import safe_text

FONT = "Calibri"
POINT = 12700  # units of Office in a point


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


def letters(size: float, colour: str, is_bold: bool = False, is_upright: bool = False) -> str:
    """How a text is written."""
    return element("c:txPr", *_paragraph(_run("a:defRPr", size, colour, is_bold), is_upright))


def rich(content: str, size: float, colour: str, is_bold: bool = False, is_upright: bool = False
         ) -> str:  # fmt: skip
    """A text of its own instead of a number."""
    run = element("a:r", _run("a:rPr", size, colour, is_bold), element("a:t", text(content)))
    body = element("a:bodyPr", **_turned(is_upright))
    written = element("a:p", element("a:pPr", _run("a:defRPr", size, colour, is_bold)), run)
    return element("c:tx", element("c:rich", body, element("a:lstStyle"), written))


def _run(name: str, size: float, colour: str, is_bold: bool) -> str:
    font = element("a:latin", typeface=FONT)
    return element(name, solid(colour), font, sz=round(size * 100), b=int(is_bold))


def _paragraph(run: str, is_upright: bool) -> tuple[str, ...]:
    end = element("a:endParaRPr")
    paragraph = element("a:p", element("a:pPr", run), end)
    return element("a:bodyPr", **_turned(is_upright)), element("a:lstStyle"), paragraph


def _turned(is_upright: bool) -> dict[str, str]:
    return {"rot": "-5400000", "vert": "horz"} if is_upright else {}
