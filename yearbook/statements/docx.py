"""Writes a statement as a Word document: tagged headings, numbered captions, charts that can be
edited, tables with a header row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from docx.document import Document as Paper
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from yearbook.exports import native
from yearbook.exports.native import documents
from yearbook.exports.native.chart_xml import LOCALES
from yearbook.language import Language
from yearbook.statements.laid_figures import LaidFigure
from yearbook.statements.layout import Layout
from yearbook.statements.letterhead import (
    BODY,
    CAPTION,
    HEAD,
    HEADING,
    NOTICE,
    SIGNED,
    SOURCE,
    TITLE,
    add_field,
    paper,
    text_width,
)
from yearbook.statements.statement import Signatory
from yearbook.statements.words import clean

EXTENSION = "docx"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDEST = 17.0  # centimetres, of a chart
MOST_BESIDE = 2  # signatories beside each other


def write(
    layout: Layout, template: bytes | None = None, pictures: Mapping[int, bytes] | None = None
) -> bytes:
    """On our own paper, or on the director's document, which `template.check` has found sound.

    pictures: by the number of the figure, a PNG of what Office cannot draw (a map); without one its
    table goes in.
    """
    document = paper(layout, template)
    _write_properties(document, layout)
    _write_head(document, layout)
    for text in layout.opening:
        _add(document, BODY, text, layout.own_language)
    for figure in layout.figures:
        _write_figure(document, figure, layout, (pictures or {}).get(figure.number))
    for text in layout.closing:
        _add(document, BODY, text, layout.own_language)
    _write_signatures(document, layout.signatories)
    _write_about(document, layout)
    _say_language(document, layout.language)
    return documents.written(document)


def _write_properties(document: Paper, layout: Layout) -> None:
    told = document.core_properties
    told.title, told.author = layout.title[:255], layout.association[:255]
    told.language, told.subject = LOCALES[layout.language], layout.kind
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


def _write_figure(
    document: Paper, figure: LaidFigure, layout: Layout, picture: bytes | None
) -> None:
    """Text, number and headline, what is measured, the chart, then source and notes as text."""
    for text in figure.text:
        _add(document, BODY, text, figure.text_language)
    _write_caption(document, figure, layout.language)
    chart = figure.chart
    if chart is None:
        return
    quiet = _add(document, SOURCE, clean(chart.subtitle), layout.language)
    quiet.paragraph_format.keep_with_next = True
    if figure.as_table or not (picture or native.is_possible(chart)):
        native.add_table_to_document(document, chart)
    else:
        width = min(text_width(document), WIDEST)
        drawing = documents.add_drawing(document, chart, width, picture)
        drawing.paragraph_format.space_after = Pt(0)
    lines = [_add_under(document, figure, line, layout) for line in figure.under]
    for line in lines[:-1]:
        line.paragraph_format.keep_with_next = True
    if lines:
        lines[0].paragraph_format.space_before = Pt(4)
        lines[-1].paragraph_format.space_after = Pt(16)


def _add_under(document: Paper, figure: LaidFigure, line: str, layout: Layout) -> Paragraph:
    """A line of source and notes; an address as a few words that lead there."""
    if line != figure.link:
        return _add(document, SOURCE, clean(line), layout.language)
    paragraph = _add(document, SOURCE, layout.see_again, layout.language)
    documents.lead(document, paragraph, line)
    return paragraph


def _write_caption(document: Paper, figure: LaidFigure, language: Language) -> None:
    """The number is a field of Word's, so that it counts anew when a figure is taken out."""
    word, _, number = figure.label.rpartition(" ")
    paragraph = _add(document, CAPTION, f"{word} ", language)
    paragraph.paragraph_format.keep_with_next = True  # whatever the director's own style says
    add_field(paragraph, f"SEQ {word} \\* ARABIC", number)
    paragraph.add_run(f". {clean(figure.headline)}")


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


def _say_language(document: Paper, language: Language) -> None:
    """Of captions, tables and all else that says none of its own: the paper's may be another."""
    for run in document.element.body.iter(qn("w:r")):
        properties = run.get_or_add_rPr()
        if properties.find(qn("w:lang")) is None:
            _speak(properties, language)


def _speak(properties: BaseOxmlElement, language: Language) -> None:
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LOCALES[language])
    properties.append(spoken)


def _add(document: Paper, style: str, text: str, language: Language) -> Paragraph:
    """A paragraph in its language, for those who hear it; a line break stays one."""
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(text)
    _speak(run._r.get_or_add_rPr(), language)
    return paragraph
