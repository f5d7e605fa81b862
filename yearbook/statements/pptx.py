"""Writes a statement as slides: a title, a slide for every figure with its finding as the title, a
chart that can be edited, the sentence and the source; at the end what the figures are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pptx.presentation import Presentation as Deck

from yearbook.charts.style import LIGHT
from yearbook.exports.native import presentations, slides
from yearbook.exports.native.presentations import MARK
from yearbook.exports.native.slide_texts import Words
from yearbook.language import Language
from yearbook.statements.laid_figures import LaidFigure
from yearbook.statements.layout import Layout

EXTENSION = "pptx"
MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TITLE, LINE, TEXT = 28.0, 18.0, 16.0  # points


def write(layout: Layout, pictures: Mapping[int, bytes] | None = None) -> bytes:
    """pictures: by the number of the figure, a PNG of what Office cannot draw (a map)."""
    deck = presentations.blank(layout.language, layout.title, layout.association, layout.kind)
    _add_cover(deck, layout)
    for figure in layout.figures:
        _add_figure(deck, figure, layout, (pictures or {}).get(figure.number))
    _add_about(deck, layout)
    return presentations.written(deck)


def _add_cover(deck: Deck, layout: Layout) -> None:
    own, spoken = layout.own_language, layout.language
    head = [f"{name} {value}" for name, value in layout.head]
    lines = [
        Words(layout.association, LINE, spoken, is_bold=True),
        *(Words(line, LINE, own, LIGHT.muted) for line in layout.recipient),
        *(Words(line, LINE, spoken, LIGHT.muted) for line in head),
        Words(layout.place_and_date, LINE, own, LIGHT.muted),
    ]
    if layout.invented:
        lines.append(Words(f"{layout.invented}.", TEXT, spoken, MARK, is_bold=True))
    title = Words(layout.title, TITLE, own)
    presentations.add_cover(deck, title, lines, _told(layout.opening, own))


def _add_figure(deck: Deck, figure: LaidFigure, layout: Layout, picture: bytes | None) -> None:
    """One that the edition has no more has its reason as the title."""
    if figure.chart is None:
        title = Words(figure.headline, TITLE, layout.language)
        presentations.add_titled(deck, title, figure.label)
        return
    slides.add_figure(
        deck,
        slides.Figure(
            figure.chart,
            figure.label,
            figure.text,
            figure.text_language,
            layout.see_again,
            figure.as_table,
            picture,
        ),
    )


def _add_about(deck: Deck, layout: Layout) -> None:
    """Closing words and who signs in the notes; what the figures are, on the slide."""
    about = [text for text in (*layout.about, layout.foreign) if text]
    if not about and not layout.closing:
        return
    signed = [", ".join(filter(None, (s.name, s.title))) for s in layout.signatories]
    presentations.add_page(
        deck,
        Words(layout.about_heading, TITLE, layout.language),
        [[Words(text, LINE, layout.language)] for text in about],
        _told((*layout.closing, *signed), layout.own_language),
    )


def _told(texts: Sequence[str], language: Language) -> list[tuple[str, Language]]:
    return [(text, language) for text in texts]
