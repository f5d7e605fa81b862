"""The paper that a statement is written on: our own plain one, or the director's document with its
header, footer and styles."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from yearbook.exports.native.chart_xml import LOCALES
from yearbook.statements.layout import Layout
from yearbook.statements.words import said

FONT, PLAIN = "Calibri", 11.0  # of plain text, in points
INK, QUIET, ACCENT, MARK = (
    RGBColor(0x1C, 0x27, 0x33),
    RGBColor(0x55, 0x63, 0x6F),
    RGBColor(0x00, 0x55, 0x5A),
    RGBColor(0x8A, 0x4B, 0x00),
)
BODY, TITLE, HEADING, CAPTION = "Body Text", "Heading 1", "Heading 2", "Caption"
SOURCE, NOTICE, HEAD, SIGNED = "Figure Source", "Notice", "Letter Head", "Signature"
LEVELS = {TITLE: "0", HEADING: "1"}  # in the outline
# name -> points, bold, colour, points before and after, whether it stays with what follows
LOOKS: dict[str, tuple[float, bool, RGBColor, tuple[int, int], bool]] = {
    BODY: (11, False, INK, (0, 8), False),
    TITLE: (20, True, ACCENT, (18, 10), True),
    HEADING: (14, True, ACCENT, (18, 6), True),
    CAPTION: (11, True, INK, (10, 2), True),
    SOURCE: (9, False, QUIET, (0, 2), False),
    NOTICE: (10, True, MARK, (0, 8), False),
    HEAD: (11, False, INK, (0, 0), False),
    SIGNED: (11, False, INK, (0, 0), True),
}


def paper(layout: Layout, template: bytes | None) -> Paper:
    """An empty document with all the styles that a statement is written in."""
    document = _own() if template is None else _of_template(template)
    for name in LOOKS:
        if not has_style(document, name):
            _make_style(document, name, is_own=template is None)
    if template is None:
        _print_edges(document.sections[0], layout)
        _say_default_language(document, LOCALES[layout.language])
    return document


def has_style(document: Paper, name: str) -> bool:
    return name in document.styles


def text_width(document: Paper) -> float:
    """In centimetres, between the margins."""
    section = document.sections[-1]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    if page is None or left is None or right is None:
        return 16.0
    return round((page - left - right) / Cm(1), 2)


def _own() -> Paper:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.8), Cm(2.3)
    section.header_distance = section.footer_distance = Cm(1.2)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _set_font(normal, 11, False, INK)
    for name in LOOKS:
        _make_style(document, name, is_own=True)
    return document


def _of_template(template: bytes) -> Paper:
    """The director's own: what stands in it is left out, its header, footer and styles stay."""
    document = Document(io.BytesIO(template))
    body = document.element.body
    for part in list(body):
        if part.tag != qn("w:sectPr"):
            body.remove(part)
    return document


def _make_style(document: Paper, name: str, is_own: bool) -> None:
    """On the director's paper in the font and colour of its plain text, larger or smaller by as
    much as on ours."""
    if has_style(document, name):
        style = document.styles[name]
    else:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"] if has_style(document, "Normal") else None
    assert isinstance(style, ParagraphStyle)
    size, bold, colour, (before, after), stays = LOOKS[name]
    if is_own:
        _set_font(style, size, bold, colour)
    else:
        style.font.bold = bold
        style.font.size = None if size == PLAIN else Pt(round(_plain_size(document) * size / PLAIN))
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = stays
    style.paragraph_format.line_spacing = 1.0 if name in (SOURCE, HEAD, SIGNED) else 1.12
    if name in LEVELS and style.element.find(f".//{qn('w:outlineLvl')}") is None:
        level = OxmlElement("w:outlineLvl")  # without it a style of that name is no heading
        level.set(qn("w:val"), LEVELS[name])
        style.element.get_or_add_pPr().append(level)


def _plain_size(document: Paper) -> float:
    """In points, of the director's plain text: its style's, else that of the whole document."""
    normal = document.styles["Normal"] if has_style(document, "Normal") else None
    if isinstance(normal, ParagraphStyle) and normal.font.size is not None:
        return float(normal.font.size.pt)
    for size in document.styles.element.xpath("w:docDefaults//w:sz/@w:val"):
        return float(size) / 2
    return PLAIN


def _set_font(style: ParagraphStyle, size: float, bold: bool, colour: RGBColor) -> None:
    """Also over the theme's fonts, which would win otherwise."""
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)


def _print_edges(section: Section, layout: Layout) -> None:
    """The association's name above, the kind of document and the page number below."""
    width = Cm(16)
    top = section.header.paragraphs[0]
    if top.style is not None:  # whose own stops, in the middle and at the right, would come first
        top.style.paragraph_format.tab_stops.clear_all()
    top.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    _add_quiet(top, layout.association)
    top.runs[0].font.bold = True
    top.runs[0].font.color.rgb = ACCENT
    _add_quiet(top, f"\t{layout.kind}")
    bottom = section.footer.paragraphs[0]
    bottom.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    parts = said("page", layout.language, number="\0", whole="\0").split("\0")
    for text, field in zip(parts, ("PAGE", "NUMPAGES", ""), strict=True):
        _add_quiet(bottom, text)
        if field:
            add_field(bottom, field, "1")


def _add_quiet(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), QUIET


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word counts anew, with what it shows until then."""
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if paragraph.style is not None and paragraph.style.name == "Footer":
            run.font.size, run.font.color.rgb = Pt(9), QUIET
        if kind == "instruction":
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = f" {instruction} "
            run._r.append(told)
        elif kind != "shown":
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run._r.append(sign)


def _say_default_language(document: Paper, language: str) -> None:
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        for spoken in properties.iter(qn("w:lang")):
            spoken.set(qn("w:val"), language)
