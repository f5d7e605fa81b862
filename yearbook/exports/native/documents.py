"""Makes a document of A4 in the product's type, with real headings, and a chart with its words."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from yearbook.charts.description import Chart
from yearbook.charts.style import LIGHT
from yearbook.exports.native.chart_xml import LOCALES
from yearbook.exports.native.document_tables import add_table_to_document
from yearbook.exports.native.in_documents import add_to_document
from yearbook.exports.native.planning import is_possible
from yearbook.exports.native.points import said
from yearbook.exports.safety import clean_text, require_alt
from yearbook.language import Language

FONT = "Calibri"
TEXT, SMALL = 11.0, 9.0  # sizes of letters, in points
HEADINGS = {"Title": 22.0, "Heading 1": 16.0, "Heading 2": 13.0, "Heading 3": 11.5}
COLUMN = 16.0  # centimetres of text in a line
OLD_STYLES = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"


def blank(language: Language, title: str, creator: str) -> Document:
    """A document without text."""
    document = docx.Document()
    _drop_old_styles(document)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21.0 - COLUMN) / 2)
    page.top_margin = page.bottom_margin = Cm(2.2)
    _set_type(document)
    _set_language(document, LOCALES[language])
    about = document.core_properties
    about.title, about.author = clean_text(title)[:255], clean_text(creator)[:255]
    about.language, about.last_modified_by = LOCALES[language], about.author
    about.comments = ""
    return document


def add_figure(document: Document, chart: Chart, picture: bytes | None = None) -> None:
    """The subtitle, the chart and its footer. What Office cannot draw is the picture that is handed
    in; without one, the table alone stands for it."""
    require_alt(chart)
    add_line(document, chart.subtitle, TEXT).paragraph_format.keep_with_next = True
    if picture is not None or is_possible(chart):
        add_drawing(document, chart, COLUMN, picture)
    for line in chart.footer:
        add_line(document, line, SMALL, chart.link if line == chart.link else "")


def add_drawing(
    document: Document, chart: Chart, width: float, picture: bytes | None = None
) -> Paragraph:
    """The chart, or the picture of what Office cannot draw; it stays with its footer. width: in
    centimetres."""
    if is_possible(chart) or picture is None:
        paragraph = add_to_document(document, chart, width)
    else:
        paragraph = document.add_paragraph()
        shape: Any = paragraph.add_run().add_picture(io.BytesIO(picture), Cm(width))
        about = shape._inline.docPr
        about.set("descr", clean_text(chart.alt))
        about.set("name", clean_text(chart.label or chart.headline))
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def add_table(document: Document, chart: Chart, level: int = 2) -> None:
    """The same numbers as a table, under a heading of its own."""
    document.add_heading(said("table", chart.language), level)
    add_table_to_document(document, chart)


def add_line(document: Document, text: str, size: float, link: str = "") -> Paragraph:
    """A quiet paragraph; one with a link leads there."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(3)
    run = paragraph.add_run(clean_text(text))
    run.font.size, run.font.color.rgb = Pt(size), rgb(LIGHT.own if link else LIGHT.muted)
    if link:
        lead(document, paragraph, link)
    return paragraph


def written(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rgb(colour: str) -> RGBColor:
    return RGBColor(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))


def lead(document: Document, paragraph: Paragraph, link: str) -> None:
    """The words of a paragraph lead to that address."""
    run = paragraph.runs[0]
    hyperlink = OxmlElement("w:hyperlink")
    rid = document.part.relate_to(clean_text(link), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    hyperlink.set(qn("r:id"), rid)
    hyperlink.append(run._r)
    paragraph._p.append(hyperlink)
    run.font.underline = True


def _drop_old_styles(document: Document) -> None:
    """The template has its styles a second time for Word 2007, which then differ from ours."""
    part = document.part
    for rid in [rid for rid, one in part.rels.items() if one.reltype == OLD_STYLES]:
        del part.rels[rid]


def _set_type(document: Document) -> None:
    for name, size in {"Normal": TEXT, **HEADINGS}.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = rgb(LIGHT.text)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            if key.endswith("Theme"):
                del fonts.attrib[key]
        fonts.set(qn("w:hAnsi"), FONT)
        fonts.set(qn("w:cs"), FONT)


def _set_language(document: Document, locale: str) -> None:
    """Of the whole text, for those who read it aloud and for the spelling."""
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), locale)
        found.set(qn("w:eastAsia"), locale)
    theme = document.settings.element.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), locale)
