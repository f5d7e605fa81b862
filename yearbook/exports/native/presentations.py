"""Makes presentations: the cover, slides of text, and the title of every other slide. What stands
on them is said by those who call; figures are added by `slides`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from yearbook.charts.style import LIGHT
from yearbook.exports.native.measuring import LINE, lines_of
from yearbook.exports.native.slide_layouts import (
    BOTTOM,
    CONTENT,
    COVER,
    HEIGHT,
    INNER,
    SIDE,
    TITLE_ONLY,
    TITLE_SLIDE,
    TOP,
    UNDER_COVER,
)
from yearbook.exports.native.slide_layouts import blank as blank
from yearbook.exports.native.slide_texts import (
    Box,
    Paragraph,
    Words,
    add_texts,
    fitted,
    speak,
    write,
)
from yearbook.language import Language

LABEL = 12.0  # points, as all lengths here
TITLES = ((28.0, 1), (24.0, 2), (20.0, 2), (18.0, 3), (16.0, 9))  # sizes, and lines at most
COVER_TITLES, LEAST_COVER_TITLE = (44.0, 38.0, 32.0, 28.0, 24.0, 20.0), 16.0
MARK = "#8a4b00"  # of figures that are invented


def add_cover(
    deck: Deck, title: Words, lines: Sequence[Words], told: Sequence[tuple[str, Language]] = ()
) -> Slide:
    """The title slide. told: in the notes for the speaker."""
    slide = deck.slides.add_slide(_layout(deck, TITLE_SLIDE))
    sizes = (
        size
        for size in COVER_TITLES
        if lines_of(title.text, size, COVER.width, True) * size * LINE <= COVER.height
    )
    size = next(sizes, LEAST_COVER_TITLE)
    write(slide.shapes.title, [[replace(title, size=size, colour=LIGHT.own, is_bold=True)]])
    under = fitted([[line] for line in lines if line.text], UNDER_COVER)
    write(slide.placeholders[1], under)
    speak(slide, told)
    return slide


def add_page(
    deck: Deck, title: Words, paragraphs: Sequence[Paragraph],
    told: Sequence[tuple[str, Language]] = (),
) -> Slide:  # fmt: skip
    """A slide of text under its title, which is as large as its length lets it be."""
    slide, top = add_titled(deck, title, layout=CONTENT)
    body = slide.placeholders[1]
    box = Box(SIDE, top + 14, INNER, HEIGHT - BOTTOM - top - 14)
    body.left, body.top, body.width, body.height = box.lengths
    write(body, fitted(paragraphs, box))
    speak(slide, told)
    return slide


def add_titled(
    deck: Deck, title: Words, label: str = "", layout: str = TITLE_ONLY
) -> tuple[Slide, float]:
    """A slide with its title, a label over it, and how far down they reach."""
    slide = deck.slides.add_slide(_layout(deck, layout))
    shown, height = title_fitted(title)
    top = TOP
    if label:
        words = Words(label, LABEL, title.language, LIGHT.own, is_bold=True)
        add_texts(slide, [[words]], Box(SIDE, top, INNER, LABEL * LINE))
        top += LABEL * LINE + 2
    shape: Any = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = Box(SIDE, top, INNER, height).lengths
    write(shape, [[shown]])
    return slide, top + height


def title_fitted(title: Words) -> tuple[Words, float]:
    """The title in the size that its length lets it have, and its height."""
    for size, most in TITLES:
        lines = lines_of(title.text, size, INNER, is_bold=True)
        if lines <= most:
            break
    return replace(title, size=size, is_bold=True), lines * size * LINE


def written(deck: Deck) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _layout(deck: Deck, name: str) -> Any:
    return next(layout for layout in deck.slide_layouts if layout.name == name)
