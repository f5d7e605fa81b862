"""Draws and prints in a browser: a function for each kind of file."""

from __future__ import annotations

import json
import re
import struct
import zlib
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from press import letters
from press.devtools import Browser, Refused
from press.kept import Drawings

HERE = Path(__file__).parent
INCH = 96  # pixels of a page in an inch of paper
METRE = 100 / 2.54  # inches in a metre
BOLD = re.compile(r"font-weight:\s*(bold|[6-9]00)")
# In printed documents nothing runs and nothing is fetched, whatever they hold.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"

drawings = Drawings()


@dataclass(frozen=True)
class Drawing:
    """A figure and its size in pixels. What it is called and tells stands in layout.meta (title,
    alt, language), where a figure has that."""

    figure: Mapping[str, Any]
    width: int
    height: int

    def told(self, name: str) -> str:
        return str((self.figure["layout"].get("meta") or {}).get(name, ""))


def open_page(browser: Browser) -> tuple[str, str]:
    """A page of its own that reaches nothing, and its session."""
    target = browser.give("Target.createTarget", url="about:blank")["targetId"]
    session = browser.give("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    browser.give("Fetch.enable", session, patterns=[{"urlPattern": "*"}])
    browser.give("Page.enable", session)
    return target, session


def warm_up(browser: Browser) -> str:
    """The page in which figures are drawn: Plotly and the letters are there already."""
    _, session = open_page(browser)
    _write(browser, session, (HERE / "page.html").read_text("utf-8"))
    _run(browser, session, _plotly())
    _run(browser, session, (HERE / "page.js").read_text("utf-8"))
    _run(browser, session, f"prepared({json.dumps(letters.style())})")
    return session


def svg(browser: Browser, page: str, drawing: Drawing) -> bytes:
    """With live text, and the letters it needs within it."""
    drawn = _drawn(browser, page, drawing)
    weights = letters.WEIGHTS if BOLD.search(drawn) else letters.WEIGHTS[:1]
    said = f'lang="{escape(drawing.told("language"))}" role="img"'
    title, alt = escape(drawing.told("title")), escape(drawing.told("alt"))
    told = f"<title>{title}</title><desc>{alt}</desc>"
    style = f"<style>{letters.style(weights)}</style>"
    begun, _, rest = drawn.partition(">")  # the first tag is that of the picture
    return f"{begun} {said}>{told}{style}{rest}".encode()


def png(browser: Browser, page: str, drawing: Drawing, scale: float) -> bytes:
    _show(browser, page, drawing)
    size = {"width": drawing.width, "height": drawing.height}
    browser.give(
        "Emulation.setDeviceMetricsOverride", page, **size, deviceScaleFactor=scale, mobile=False
    )
    taken = browser.give("Page.captureScreenshot", page, format="png")
    return _with_size(b64decode(taken["data"]), scale)


def pdf(browser: Browser, page: str, drawing: Drawing) -> bytes:
    _show(browser, page, drawing)
    return _printed(browser, page)


def document(browser: Browser, html: str) -> bytes:
    """In a page of its own, that is gone afterwards."""
    target, page = open_page(browser)
    try:
        _write(browser, page, _guarded(html))
        _run(browser, page, "document.fonts.ready.then(() => 0)")
        return _printed(browser, page)
    finally:
        browser.give("Target.closeTarget", targetId=target)


def _show(browser: Browser, page: str, drawing: Drawing) -> None:
    size = f"@page {{ size: {drawing.width}px {drawing.height}px; margin: 0 }}"
    told = (drawing.told("title"), drawing.told("alt"), drawing.told("language"))
    given = (_drawn(browser, page, drawing), *told, size)
    _run(browser, page, f"shown({', '.join(map(json.dumps, given))})")


def _drawn(browser: Browser, page: str, drawing: Drawing) -> str:
    figure = json.dumps(drawing.figure, sort_keys=True)
    seed = zlib.crc32(figure.encode())
    call = f"drawn({figure}, {drawing.width}, {drawing.height}, {seed})"
    found = drawings.of(page, call)
    drawn = str(_run(browser, page, call)) if found is None else found
    drawings.keep(page, call, drawn)
    return drawn


def _printed(browser: Browser, page: str) -> bytes:
    return b64decode(
        browser.give(
            "Page.printToPDF",
            page,
            printBackground=True,
            preferCSSPageSize=True,
            generateTaggedPDF=True,
            generateDocumentOutline=True,
            paperWidth=210 / 25.4,
            paperHeight=297 / 25.4,
        )["data"]
    )


def _guarded(html: str) -> str:
    """The document with our letters, and with what forbids it all else."""
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<style>{letters.style()}</style>"
    )
    begun, found, rest = html.partition("<head>")
    if not found:
        raise ValueError("a document to be printed has a plain <head>")
    return f"{begun}{found}{head}{rest}"


def _write(browser: Browser, page: str, html: str) -> None:
    frame = browser.give("Page.getFrameTree", page)["frameTree"]["frame"]["id"]
    browser.give("Page.setDocumentContent", page, frameId=frame, html=html)


def _run(browser: Browser, page: str, script: str) -> Any:
    asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
    done = browser.give("Runtime.evaluate", page, **asked)
    if "exceptionDetails" in done:
        thrown = done["exceptionDetails"].get("exception", {})
        raise Refused(str(thrown.get("description") or thrown)[:500])
    return done["result"].get("value")


@cache
def _plotly() -> str:
    found = find_spec("plotly")
    assert found and found.origin
    script = (Path(found.origin).parent / "package_data" / "plotly.min.js").read_text("utf-8")
    return f"{script}\n;0"


def _with_size(png: bytes, scale: float) -> bytes:
    """The picture says how large it is on paper, for Word to set it so (PNG, pHYs)."""
    dots = round(INCH * scale * METRE)
    body = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    after_header = 8 + 25
    return png[:after_header] + chunk + png[after_header:]
