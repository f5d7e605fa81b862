"""Puts a figure on a slide: the finding as its title, what is measured, whose eyes it is for, text
beside the chart, the chart, its picture or its table, and below the source with notes and link."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu

from yearbook.charts.captions import SEPARATOR
from yearbook.charts.description import Chart
from yearbook.charts.style import LIGHT
from yearbook.exports.native.in_slides import add_to_slide
from yearbook.exports.native.planning import is_possible
from yearbook.exports.native.presentations import add_titled
from yearbook.exports.native.slide_layouts import BOTTOM, HEIGHT, INNER, SIDE
from yearbook.exports.native.slide_tables import Page, add_table, natural_width, pages_of
from yearbook.exports.native.slide_texts import (
    Box,
    Paragraph,
    Words,
    add_texts,
    fitted,
    height_of,
    speak,
)
from yearbook.exports.safety import clean_text, require_alt
from yearbook.language import Language

TITLE, SUBTITLE, OWN, FOOTER = 28.0, 14.0, 13.0, 10.0  # sizes of letters, in points
MOST_FOOT = 86.0  # the height of the footer, in which smaller letters must do
GAP = 10.0  # between what stands under each other
BESIDE, ASIDE = 250.0, 22.0  # the width of a text beside the chart, and what parts the two
TEXTS = (18.0, 16.0, 14.0, 12.0)  # sizes of that text
MOST_OVER = 44.0  # the height of a text over a table that takes the whole width
REASON = 20.0  # the size of the words that say why there is no chart


@dataclass(frozen=True)
class Figure:
    """label: over the headline, as "Kuvio 2". text: paragraphs beside the chart; what has no room
    there stands in the notes for the speaker, as all of it does. see_again: words that lead to the
    chart's address, which is written out without them. picture: a PNG of what Office cannot draw,
    as a map; without one its table goes in."""

    chart: Chart
    label: str = ""
    text: tuple[str, ...] = ()
    text_language: Language | None = None
    see_again: str = ""
    is_table: bool = False
    picture: bytes | None = None

    @property
    def shows_table(self) -> bool:
        chart = self.chart
        if not chart.twin.rows or self.is_table:
            return bool(chart.twin.rows)
        return not (self.picture or is_possible(chart) or chart.is_empty)


@dataclass(frozen=True)
class Body:
    """Where the chart stands, and the text with its place."""

    drawn: Box
    paragraphs: Sequence[Paragraph] = ()
    told: Box | None = None


def add_figure(deck: Deck, figure: Figure) -> list[Slide]:
    """A slide; of a table that needs more room several, each with the same words around it."""
    require_alt(figure.chart)
    first, whole = _framed(deck, figure)
    body = _arranged(figure, whole)
    pages: Sequence[Page | None] = [None]
    if figure.shows_table:
        pages = pages_of(figure.chart, body.drawn.width, body.drawn.height)
    slides = [first, *(_framed(deck, figure)[0] for _ in pages[1:])]
    for slide, page in zip(slides, pages, strict=True):
        _fill(slide, figure, body, page)
    return slides


def _framed(deck: Deck, figure: Figure) -> tuple[Slide, Box]:
    """A slide with all that stands above and below the chart, and the room between."""
    chart = figure.chart
    title = Words(chart.headline, TITLE, chart.language)
    slide, top = add_titled(deck, title, figure.label)
    above = _above(chart)
    if above:
        add_texts(slide, above, Box(SIDE, top, INNER, height_of(above, INNER)))
        top += height_of(above, INNER)
    foot = fitted(_foot(figure), Box(0, 0, INNER, MOST_FOOT), least=8.0)
    height = height_of(foot, INNER)
    add_texts(slide, foot, Box(SIDE, HEIGHT - BOTTOM - height, INNER, height))
    _speak(slide, figure)
    return slide, Box(SIDE, top + GAP, INNER, HEIGHT - BOTTOM - height - 2 * GAP - top)


def _above(chart: Chart) -> list[Paragraph]:
    """What is measured, and whose eyes it is for."""
    subtitle = Words(chart.subtitle, SUBTITLE, chart.language, LIGHT.muted)
    own = Words(chart.own_school, OWN, chart.language, LIGHT.own, is_bold=True)
    return [[words] for words in (subtitle, own) if words.text]


def _foot(figure: Figure) -> list[Paragraph]:
    """What is withheld; the source; notes; then n, link, date and mark in one line."""
    chart = figure.chart
    source, *rest = chart.footer or ("",)
    notes = rest[:1] if chart.notes else []
    singles = [line for line in (chart.withheld, source, *notes) if line]
    found: list[Paragraph] = [[_small(line, chart)] for line in singles]
    words: list[Words] = []
    for line in rest[len(notes) :]:
        is_link = bool(chart.link) and line == chart.link
        said = figure.see_again or line if is_link else line
        words += [_small(SEPARATOR, chart)] if words else []
        words.append(_small(said, chart, chart.link if is_link else ""))
    return [*found, words] if words else found


def _small(text: str, chart: Chart, link: str = "") -> Words:
    return Words(text, FOOTER, chart.language, LIGHT.muted, link=link)


def _arranged(figure: Figure, whole: Box) -> Body:
    """The text beside the chart; over a table that takes the whole width."""
    if not figure.text:
        return Body(whole)
    narrow = Box(whole.left, whole.top, whole.width - BESIDE - ASIDE, whole.height)
    if figure.shows_table and natural_width(figure.chart) > narrow.width:
        over = Box(whole.left, whole.top, whole.width, MOST_OVER)
        texts = _texts(figure, over, TEXTS[2:])
        down = height_of(texts, whole.width) + GAP if texts else 0.0
        drawn = Box(whole.left, whole.top + down, whole.width, whole.height - down)
        return Body(drawn, texts, Box(over.left, over.top, over.width, down - GAP))
    beside = Box(narrow.left + narrow.width + ASIDE, whole.top, BESIDE, whole.height)
    texts = _texts(figure, beside, TEXTS)
    return Body(narrow, texts, beside) if texts else Body(whole)


def _texts(figure: Figure, box: Box, sizes: Sequence[float]) -> list[Paragraph]:
    """All paragraphs, else the first, in the largest letters that have room; none where none do."""
    language = figure.text_language or figure.chart.language
    for parts in (figure.text, figure.text[:1]):
        for size in sizes:
            words: list[Paragraph] = [[Words(part, size, language)] for part in parts]
            if height_of(words, box.width) <= box.height:
                return words
    return []


def _fill(slide: Slide, figure: Figure, body: Body, page: Page | None) -> None:
    chart, box = figure.chart, body.drawn
    if page is not None:
        add_table(slide, chart, box, page)
    elif figure.picture is not None and not is_possible(chart):
        _add_picture(slide, chart, figure.picture, box)
    elif is_possible(chart):
        add_to_slide(slide, chart, *box.lengths)
    else:
        reasons = [reason for _, reason in chart.states] or [chart.alt]
        words = [[Words(reason, REASON, chart.language)] for reason in reasons]
        add_texts(slide, fitted(words, box), box)
    if body.paragraphs and body.told is not None:
        add_texts(slide, body.paragraphs, body.told)


def _add_picture(slide: Slide, chart: Chart, picture: bytes, box: Box) -> None:
    """As large as the room lets it be, in its middle."""
    shown: Any = slide.shapes.add_picture(io.BytesIO(picture), Emu(0), Emu(0))
    left, top, width, height = box.lengths
    scale = min(width / shown.width, height / shown.height)
    shown.width, shown.height = int(shown.width * scale), int(shown.height * scale)
    shown.left, shown.top = left + (width - shown.width) // 2, top + (height - shown.height) // 2
    shown._element._nvXxPr.cNvPr.set("descr", clean_text(chart.alt))


def _speak(slide: Slide, figure: Figure) -> None:
    """For the speaker: the text, what the chart shows in words, and what the figure means."""
    chart = figure.chart
    language = figure.text_language or chart.language
    about = [chart.alt, chart.definition, chart.withheld]
    speak(slide, [(text, language) for text in figure.text]
          + [(text, chart.language) for text in about if text])  # fmt: skip
