"""The statement as a document to take away: Word, PowerPoint or PDF, in any of the languages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

import press
from ui.statements import drawing, printing
from ui.statements.acting import Hand
from ui.words import word
from yearbook.charts import Chart, screen
from yearbook.exports import native
from yearbook.language import Language
from yearbook.statements import LaidFigure, Layout, docx, html, pptx

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

Write = Callable[[Layout, Hand], bytes]


def choose_language(hand: Hand) -> Language:
    """That of the document, at first the one it is written in."""
    chosen = st.segmented_control(
        hand.visitor.word("statement_page.out_language"),
        [language.value for language in Language],
        default=hand.statement.language.value,
        format_func=str.upper,
        required=True,
        key=f"statement-{hand.number}-out",
    )
    return Language(chosen)


def show(hand: Hand, language: Language) -> None:
    """Each document is made when it is asked for, of what is saved at that moment."""
    for name, mime, write in (("docx", WORD, write_docx), ("pptx", SLIDES, write_pptx)):
        st.download_button(
            hand.visitor.word(f"statement_page.{name}"),
            data=partial(made, hand, language, name, write),
            file_name=file_name(hand, language, name),
            mime=mime,
            key=f"statement-{hand.number}-{name}-{language}",
            on_click="ignore",
            type="primary" if name == "docx" else "secondary",
        )
    printing.show(
        hand, file_name(hand, language, "pdf"), partial(made, hand, language, "pdf", write_pdf)
    )


def file_name(hand: Hand, language: Language, extension: str) -> str:
    """By its number: a title may hold what no file name can, or more than others shall read."""
    return f"{word('statement_page.file')[language]}-{hand.number}.{extension}"


def made(hand: Hand, language: Language, extension: str, write: Write) -> bytes:
    """Asks her session again, and reads the statement as it is by now."""
    statement = hand.drawer.open(hand.number).statement
    content = write(drawing.lay_out(statement, hand.visitor, language), hand)
    hand.visitor.note("export", file_name(hand, language, extension))
    return content


def write_docx(layout: Layout, hand: Hand) -> bytes:
    letterhead = hand.drawer.letterhead()
    template = letterhead.content if letterhead is not None else None
    return docx.write(layout, template, _pictures(layout))


def write_pptx(layout: Layout, _hand: Hand) -> bytes:
    return pptx.write(layout, _pictures(layout))


def write_pdf(layout: Layout, _hand: Hand) -> bytes:
    return press.pdf_of(html.write(layout, [_svg(figure) for figure in layout.figures]))


def _pictures(layout: Layout) -> dict[int, bytes]:
    """Of what Office does not draw itself; without a browser it stands there as a table."""
    found = {}
    for figure in layout.figures:
        chart = _drawn(figure)
        if chart is None or native.is_possible(chart):
            continue
        try:
            found[figure.number] = press.png(*_in_text(chart))
        except press.Unprintable:
            continue
    return found


def _svg(figure: LaidFigure) -> str | None:
    """None where the document has a table, or nothing, in its place."""
    chart = _drawn(figure)
    return None if chart is None else press.svg(*_in_text(chart)).decode()


def _drawn(figure: LaidFigure) -> Chart | None:
    """The chart, where one is drawn."""
    chart = figure.chart
    return None if chart is None or figure.as_table or chart.is_empty else chart


def _in_text(chart: Chart) -> tuple[dict[str, object], int, int]:
    """Without its words, which stand in the document as text."""
    figure = screen.picture(chart, screen.IN_TEXT)
    return figure, figure["layout"]["width"], figure["layout"]["height"]
