"""Writes a statement as a Word document: tagged headings, numbered captions, charts that can be
edited, tables with a header row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from docx.document import Document as Paper
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from yearbook.language import Language
from yearbook.statements.layout import LaidFigure, Layout
from yearbook.statements.letterhead import (
    BODY,
    CAPTION,
    HEAD,
    HEADING,
    LANGUAGES,
    NOTICE,
    SIGNED,
    SOURCE,
    TITLE,
    add_field,
    paper,
    text_width,
)
from yearbook.statements.statement import Signatory

EXTENSION = "docx"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_BESIDE = 2  # signatories beside each other


def write(layout: Layout, template: bytes | None = None) -> bytes:
    """On our own paper, or on the director's document. A template that cannot be opened is for
    `template.check` to tell before."""
    document = paper(layout, template)
    _write_properties(document, layout)
    _write_head(document, layout)
    for text in layout.opening:
        _add(document, BODY, text, layout.own_language)
    for figure in layout.figures:
        _write_figure(document, figure, layout)
    for text in layout.closing:
        _add(document, BODY, text, layout.own_language)
    _write_signatures(document, layout.signatories)
    _write_about(document, layout)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write_properties(document: Paper, layout: Layout) -> None:
    told = document.core_properties
    told.title, told.author = layout.title[:255], layout.association[:255]
    told.language, told.subject = LANGUAGES[layout.language], layout.kind
    told.last_modified_by, told.comments, told.keywords = layout.association[:255], "", ""
    told.created = told.modified = datetime.now(UTC).replace(tzinfo=None)


def _write_head(document: Paper, layout: Layout) -> None:
    """Place, date and numbers, then for whom it is, then the title."""
    if layout.place_and_date:
        _add(document, HEAD, layout.place_and_date, layout.own_language)
    for name, value in layout.head:
        _add(document, HEAD, f"{name} {value}", layout.language)
    for number, line in enumerate(layout.recipient):
        paragraph = _add(document, HEAD, line, layout.own_language)
        if number == 0:
            paragraph.paragraph_format.space_before = Pt(14)
    _add(document, TITLE, layout.title, layout.own_language)
    if layout.invented:
        _add(document, NOTICE, f"{layout.invented}.", layout.language)


def _write_figure(document: Paper, figure: LaidFigure, layout: Layout) -> None:
    for text in figure.text:
        _add(document, BODY, text, figure.text_language)
    _write_caption(document, figure, layout.language)
    if figure.chart is None:
        return
    quiet = _add(document, SOURCE, figure.chart.subtitle, layout.language)
    quiet.paragraph_format.keep_with_next = True
    _write_twin(document, figure)
    for number, line in enumerate(figure.under):
        paragraph = _add(document, SOURCE, line, layout.language)
        if number == len(figure.under) - 1:
            paragraph.paragraph_format.space_after = Pt(16)


def _write_caption(document: Paper, figure: LaidFigure, language: Language) -> None:
    """The number is a field of Word's, so that it counts anew when a figure is taken out."""
    word, _, number = figure.label.rpartition(" ")
    paragraph = _add(document, CAPTION, f"{word} ", language)
    add_field(paragraph, f"SEQ {word} \\* ARABIC", number)
    paragraph.add_run(f". {figure.headline}")


def _write_twin(document: Paper, figure: LaidFigure) -> None:
    assert figure.chart is not None
    twin = figure.chart.twin
    table = document.add_table(rows=0, cols=len(twin.columns))
    for row in [[column.name for column in twin.columns],
                *([entry.written for entry in entries] for entries in twin.rows)]:  # fmt: skip
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _write_signatures(document: Paper, signatories: Sequence[Signatory]) -> None:
    """Room to sign, the name, the office; two beside each other."""
    for first in range(0, len(signatories), MOST_BESIDE):
        beside = signatories[first : first + MOST_BESIDE]
        names = document.add_paragraph("\t".join(s.name for s in beside), SIGNED)
        names.paragraph_format.space_before = Pt(42)
        offices = document.add_paragraph("\t".join(s.title for s in beside), SIGNED)
        offices.paragraph_format.keep_with_next = False
        for paragraph in (names, offices):
            middle = Cm(text_width(document) / MOST_BESIDE)
            paragraph.paragraph_format.tab_stops.add_tab_stop(middle, WD_TAB_ALIGNMENT.LEFT)


def _write_about(document: Paper, layout: Layout) -> None:
    told = [text for text in (*layout.about, layout.foreign) if text]
    if told:
        _add(document, HEADING, layout.about_heading, layout.language)
    for text in told:
        _add(document, SOURCE, text, layout.language)


def _add(document: Paper, style: str, text: str, language: Language) -> Paragraph:
    """A paragraph in its language, for those who hear it; a line break stays one."""
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(text)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LANGUAGES[language])
    run._r.get_or_add_rPr().append(spoken)
    return paragraph
