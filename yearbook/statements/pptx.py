"""Writes a statement as slides: a title, a slide for every figure with its finding as the title, a
chart that can be edited, the sentence and the source; at the end what the figures are."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from yearbook.charts import Chart
from yearbook.exports import native
from yearbook.language import Language
from yearbook.statements.layout import LaidFigure, Layout
from yearbook.statements.letterhead import LANGUAGES
from yearbook.statements.words import clean

EXTENSION = "pptx"
MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TITLE_SLIDE, TITLE_ONLY = 0, 5  # layouts of the presentation that python-pptx begins with
FONT = "Calibri"
INK, QUIET, ACCENT, MARK = "1C2733", "55636F", "00555A", "8A4B00"
Box = tuple[int, int, int, int]
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, RIGHT = Inches(0.6), Inches(12.733)
CHART: Box = (LEFT, Inches(1.75), Inches(8.35), Inches(4.3))
SUBTITLE: Box = (LEFT, Inches(1.3), Inches(12.133), Inches(0.4))
BESIDE: Box = (Inches(9.2), Inches(1.75), Inches(3.533), Inches(4.3))
UNDER: Box = (LEFT, Inches(6.15), Inches(12.133), Inches(1.0))
TITLES = ((50, 28), (60, 24), (74, 20))  # characters that stand on one line, in points
SMALLEST_TITLE = 16  # of which two lines have room
MOST_BESIDE = 700  # characters; more stands in the notes of the slide
MOST_COLUMNS_BESIDE = 6  # of a table; a wider one takes the whole slide


def write(layout: Layout, pictures: Mapping[int, bytes] | None = None) -> bytes:
    """pictures: by the number of the figure, a PNG of what Office cannot draw (a map)."""
    show = Presentation()
    show.slide_width, show.slide_height = WIDTH, HEIGHT
    _prepare(show)
    _write_title(show, layout)
    for figure in layout.figures:
        _write_figure(show, figure, layout, (pictures or {}).get(figure.number))
    _write_about(show, layout)
    told = show.core_properties
    told.title, told.author, told.subject = layout.title[:255], layout.association, layout.kind
    told.language, told.last_modified_by = LANGUAGES[layout.language], layout.association
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _prepare(show: Any) -> None:
    """The layouts are made for narrow slides; titles get the place and look of ours."""
    boxes = {
        TITLE_SLIDE: {0: (LEFT, Inches(2.0), Inches(12.133), Inches(1.9)),
                      1: (LEFT, Inches(4.0), Inches(12.133), Inches(2.2))},
        TITLE_ONLY: {0: (LEFT, Inches(0.7), Inches(12.133), Inches(0.65))},
    }  # fmt: skip
    for number, held in boxes.items():
        for shape in list(show.slide_layouts[number].placeholders):
            at = shape.placeholder_format.idx
            if at in held:
                _place(shape, held[at])
            else:  # date, footer and number, which no slide of ours has
                shape._element.getparent().remove(shape._element)


def _write_title(show: Any, layout: Layout) -> None:
    slide = show.slides.add_slide(show.slide_layouts[TITLE_SLIDE])
    _write(slide.shapes.title, [(layout.title, 40, True, ACCENT)], layout.own_language)
    slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    head = [f"{name} {value}" for name, value in layout.head]
    lines = [layout.association, *layout.recipient, *head, layout.place_and_date]
    told = [(line, 18, False, QUIET) for line in lines if line]
    if layout.invented:
        told.append((f"{layout.invented}.", 16, True, MARK))
    _write(slide.placeholders[1], told, layout.own_language)
    _note(slide, layout.opening)


def _write_figure(show: Any, figure: LaidFigure, layout: Layout, picture: bytes | None) -> None:
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    size = next((size for most, size in TITLES if len(figure.headline) <= most), SMALLEST_TITLE)
    _write(slide.shapes.title, [(figure.headline, size, True, INK)], layout.language)
    slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    above = (LEFT, Inches(0.35), Inches(12.133), Inches(0.4))
    _add_box(slide, above, [(figure.label, 14, True, ACCENT)], layout.language)
    chart = figure.chart
    if chart is None:
        return
    is_wide = _draw(slide, figure, chart, picture)
    if not is_wide and figure.text:
        _write_beside(slide, figure)
    _add_box(slide, SUBTITLE, [(chart.subtitle, 13, False, QUIET)], layout.language)
    source, *rest = figure.under
    notes = [line for line in rest if line in rest[:1] and chart.notes]
    others = " · ".join(line for line in rest if line not in (*notes, figure.link))
    again = layout.see_again if figure.link else ""
    lines = [(line, 10, False, QUIET) for line in (source, *notes, others, again) if line]
    box = _add_box(slide, UNDER, lines, layout.language)
    if figure.link:
        box.text_frame.paragraphs[-1].runs[0].hyperlink.address = figure.link
    _note(slide, figure.text)


def _draw(slide: Slide, figure: LaidFigure, chart: Chart, picture: bytes | None) -> bool:
    """The chart, its picture or its table; whether it takes the whole width."""
    is_table = figure.as_table or not (picture or native.is_possible(chart))
    is_wide = not figure.text or (is_table and len(chart.twin.columns) > MOST_COLUMNS_BESIDE)
    left, top, width, height = CHART
    width = Emu(RIGHT - LEFT) if is_wide else width
    if is_table:
        native.add_table_to_slide(slide, chart, left, top, width, height)
    elif picture:
        shape = slide.shapes.add_picture(
            io.BytesIO(picture), Emu(left), Emu(top), height=Emu(height)
        )
        shape._element._nvXxPr.cNvPr.set("descr", clean(chart.alt))
    else:
        native.add_to_slide(slide, chart, left, top, width, height)
    return is_wide


def _write_beside(slide: Slide, figure: LaidFigure) -> None:
    """The text beside the chart, smaller the longer it is; the whole of it is in the notes."""
    text = figure.text if sum(map(len, figure.text)) <= MOST_BESIDE else figure.text[:1]
    length = sum(map(len, text))
    if length > MOST_BESIDE:
        return
    size = 18 if length <= 230 else 15 if length <= 420 else 12
    _add_box(slide, BESIDE, [(part, size, False, INK) for part in text], figure.text_language)


def _write_about(show: Any, layout: Layout) -> None:
    """Closing words and who signs in the notes; what the figures are, on the slide."""
    told = [text for text in (*layout.about, layout.foreign) if text]
    if not told and not layout.closing:
        return
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    _write(slide.shapes.title, [(layout.about_heading, 28, True, INK)], layout.language)
    whole = (LEFT, Inches(1.75), Inches(11.0), Inches(4.8))
    _add_box(slide, whole, [(text, 16, False, INK) for text in told], layout.language)
    signed = [", ".join(filter(None, (s.name, s.title))) for s in layout.signatories]
    _note(slide, (*layout.closing, *signed))


# --- Writing --------------------------------------------------------------------------------------

Line = tuple[str, int, bool, str]  # text, points, bold, colour


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = (Emu(length) for length in box)


def _add_box(slide: Slide, box: Box, lines: Sequence[Line], language: Language) -> Any:
    shape = slide.shapes.add_textbox(*(Emu(length) for length in box))
    shape.text_frame.word_wrap = True
    _write(shape, lines, language)
    return shape


def _write(shape: Any, lines: Sequence[Line], language: Language) -> None:
    """Each line a paragraph, in its language for those who hear it."""
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    for number, (text, size, bold, colour) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = 1  # left
        paragraph.space_after = Pt(size / 3)
        run = paragraph.add_run()
        run.text = clean(text)
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
        run.font.color.rgb = RGBColor.from_string(colour)  # type: ignore[no-untyped-call]
        run._r.get_or_add_rPr().set("lang", LANGUAGES[language])


def _note(slide: Slide, paragraphs: Sequence[str]) -> None:
    frame = slide.notes_slide.notes_text_frame if paragraphs else None
    if frame is not None:
        frame.text = "\n".join(paragraphs)
