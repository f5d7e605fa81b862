"""The server's own press: one warm browser that draws pictures and prints documents.

    press.is_there()
    press.png(figure, 1280, 720), press.svg(…), press.pdf(…)      # figure: screen.picture(chart)
    press.pdf_of(html)

Each waits for its turn and returns the file, or raises Unprintable, which says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from press import chromium, pieces
from press.pieces import Drawing
from press.room import Work, close, opened
from press.unprintable import NO_BROWSER, Unprintable

__all__ = [
    "NO_BROWSER",
    "Unprintable",
    "close",
    "is_there",
    "pdf",
    "pdf_of",
    "png",
    "svg",
    "warm_up",
]

Figure = Mapping[str, Any]


def is_there() -> bool:
    """Whether this server has a browser."""
    return chromium.path() is not None


def warm_up() -> None:
    """For who will soon ask for a piece: the browser starts meanwhile. Returns at once."""
    if is_there():
        opened().warm_up()


def png(figure: Figure, width: int, height: int, scale: float = 2) -> bytes:
    """On white, in our letters; the same figure gives the same bytes."""
    drawing = Drawing(figure, width, height)
    return _made(lambda browser, page: pieces.png(browser, page, drawing, scale))


def svg(figure: Figure, width: int, height: int) -> bytes:
    """With live text and its letters; the same figure gives the same file."""
    drawing = Drawing(figure, width, height)
    return _made(lambda browser, page: pieces.svg(browser, page, drawing))


def pdf(figure: Figure, width: int, height: int) -> bytes:
    """One page of that size (96 pixels are an inch), drawn in lines and live text."""
    drawing = Drawing(figure, width, height)
    return _made(lambda browser, page: pieces.pdf(browser, page, drawing))


def pdf_of(html: str) -> bytes:
    """A document with its headings as outline, tagged. It needs a <head>, <title> and lang; the
    letters "Source Sans" (400 and 700) are there, and nothing else is fetched, nor run."""
    return _made(lambda browser, _: pieces.document(browser, html))


def _made(work: Work) -> bytes:
    if not is_there():
        raise Unprintable(NO_BROWSER)
    return opened().make(work)
