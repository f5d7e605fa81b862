"""The whole statement as it will be read: every word of the document, in its order."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from ui import prose
from ui.statements import drawing, figures
from ui.statements.acting import Hand
from yearbook.language import Language
from yearbook.statements import LaidFigure, Layout


def show(hand: Hand, language: Language) -> None:
    layout = drawing.lay_out(hand.statement, hand.visitor, language)
    with st.container(border=True, key="statement-paper"):
        st.html(_head(layout))
        for figure in layout.figures:
            _figure(figure, hand)
        st.html(_end(layout))


def _head(layout: Layout) -> str:
    own = f' lang="{layout.own_language}"'
    head = [f"{name} {value}" for name, value in layout.head]
    return "".join(
        (
            f'<p class="paper-kind"><b>{escape(layout.association)}</b> {escape(layout.kind)}</p>',
            _lines([layout.place_and_date, *head], "paper-head"),
            _lines(layout.recipient, "paper-to"),
            f"<h2{own}>{escape(layout.title)}</h2>",
            _lines([layout.invented], "paper-mark"),
            _paragraphs(layout.opening, layout.own_language),
        )
    )


def _figure(figure: LaidFigure, hand: Hand) -> None:
    st.html(
        _paragraphs(figure.text, figure.text_language)
        + f'<p class="paper-caption">{escape(figure.caption)}</p>'
    )
    figures.drawn(figure, f"preview-{hand.number}-{figure.number}")


def _end(layout: Layout) -> str:
    signed = "".join(
        f"<div><b>{escape(one.name)}</b>{escape(one.title)}</div>" for one in layout.signatories
    )
    told = [text for text in (*layout.about, layout.foreign) if text]
    about = _paragraphs(told, layout.language)
    heading = f"<h3>{escape(layout.about_heading)}</h3>" if told else ""
    return (
        _paragraphs(layout.closing, layout.own_language)
        + (f'<div class="paper-signed">{signed}</div>' if signed else "")
        + f'<div class="paper-about">{heading}{about}</div>'
    )


def _paragraphs(paragraphs: Iterable[str], language: Language) -> str:
    return "".join(
        f'<p class="paper-text" lang="{language}">{escape(one)}</p>' for one in paragraphs
    )


def _lines(lines: Iterable[str], kind: str) -> str:
    said = "<br>".join(escape(line) for line in lines if line)
    return f'<p class="{kind}">{said}</p>' if said else ""


def say_foreign(hand: Hand, language: Language) -> None:
    if language is not hand.statement.language:
        prose.say(hand.visitor.word("statement_page.foreign"), "quiet")
