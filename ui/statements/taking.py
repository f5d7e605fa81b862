"""The statement as a document to take away: Word, PowerPoint or PDF, in any of the languages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

import press
from ui.statements import drawing
from ui.statements.acting import Hand
from ui.words import word
from yearbook.language import Language
from yearbook.statements import Layout, docx

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = "application/pdf"
WIDTH = 660  # pixels of a chart between the margins of a page

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
    for name, mime, write in FORMATS:
        is_possible = name != "pdf" or press.is_there()
        st.download_button(
            hand.visitor.word(f"statement_page.{name}"),
            data=partial(_made, hand, language, name, write) if is_possible else b"",
            file_name=f"{file_name(hand, language)}.{name}",
            mime=mime,
            key=f"statement-{hand.number}-{name}-{language}",
            on_click="ignore",
            type="primary" if name == "docx" else "secondary",
            disabled=not is_possible,
            help=None if is_possible else hand.visitor.word("press.no_browser"),
        )


def file_name(hand: Hand, language: Language) -> str:
    """By its number: a title may hold what no file name can, or more than others shall read."""
    return f"{word('statement_page.file')[language]}-{hand.number}"


def _made(hand: Hand, language: Language, name: str, write: Write) -> bytes:
    """Asks her session again, and reads the statement as it is by now."""
    statement = hand.drawer.open(hand.number).statement
    layout = drawing.lay_out(statement, hand.visitor, language)
    content = write(layout, hand)
    hand.visitor.note("export", f"{file_name(hand, language)}.{name}")
    return content


def _docx(layout: Layout, hand: Hand) -> bytes:
    letterhead = hand.drawer.letterhead()
    return docx.write(layout, letterhead.content if letterhead is not None else None)


FORMATS: tuple[tuple[str, str, Write], ...] = (("docx", WORD, _docx),)
