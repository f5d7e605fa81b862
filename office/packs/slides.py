"""Writes a pack as slides: a cover, the contents, and a chart of Office on each slide."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches, Pt

from yearbook.charts import Chart
from yearbook.charts.style import LIGHT
from yearbook.exports import native
from yearbook.exports.safety import clean_text

if TYPE_CHECKING:
    from office.packs.files import Pack

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE = Inches(0.6)
INNER = WIDTH - 2 * SIDE
TITLE_ONLY = 5  # of the layouts that python-pptx brings
MOST_ROWS = 24  # of a table on a slide
LETTERS = 62  # of a headline in one line
AS_TABLE = ("representation",)  # a slide has no room for the dots of sixteen schools
FONT = "Calibri"


def write(pack: Pack) -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    properties = deck.core_properties
    properties.title = clean_text(f"{pack.school}: {pack.title}")
    properties.author = clean_text(pack.organisation)
    properties.language = pack.language.value
    _cover(deck, pack)
    _contents(deck, pack)
    for number, chart in enumerate(pack.charts, 1):
        _figure(deck, chart, f"{number} / {len(pack.charts)}")
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _cover(deck: Any, pack: Pack) -> None:
    slide = _slide(deck, pack.school, 44, Inches(2.1), Inches(1.2))
    lines = [(pack.lead, 24), (pack.edition, 16), (pack.organisation, 16)]
    top: int = Inches(3.4)
    for text, size in lines:
        _text(slide, text, size, top, LIGHT.text if size > 20 else LIGHT.muted)
        top += Inches(0.62 if size > 20 else 0.42)
    said = [pack.invented, *pack.cautions] if pack.invented else list(pack.cautions)
    for text in said:
        _text(slide, text, 14, top + Inches(0.3), LIGHT.text)
        top += Inches(0.6)


def _contents(deck: Any, pack: Pack) -> None:
    slide = _slide(deck, pack.contents, 30, Inches(0.4), Inches(0.8))
    box = _box(slide, Inches(1.4), Inches(5.6))
    for number, chart in enumerate(pack.charts, 1):
        paragraph = box.paragraphs[0] if number == 1 else box.add_paragraph()
        _run(paragraph, f"{number}.  {named(chart)}", 16, LIGHT.text)
        paragraph.space_after = Pt(4)


def named(chart: Chart) -> str:
    """The headline, with the label before it where it does not say it."""
    says_label = chart.label.casefold() in chart.headline.casefold()
    return chart.headline if says_label else f"{chart.label}. {chart.headline}"


def _figure(deck: Any, chart: Chart, number: str) -> None:
    height = 0.2 + 0.45 * (1 + len(chart.headline) // LETTERS)
    slide = _slide(deck, chart.headline, 26, Inches(0.3), Inches(height))
    top: int = Inches(0.35 + height)
    _text(slide, chart.subtitle, 16, top, LIGHT.muted)
    top += Inches(0.42 if len(chart.subtitle) < 110 else 0.7)
    if chart.own_school:
        _text(slide, chart.own_school, 14, top, LIGHT.own, is_bold=True)
        top += Inches(0.36)
    lines = [*([chart.withheld] if chart.withheld else []), *chart.footer, number]
    foot = Inches(0.24) * sum(1 + len(line) // 170 for line in lines)
    room = HEIGHT - top - foot - Inches(0.3)
    _draw(slide, chart, top, room)
    box = _box(slide, HEIGHT - foot - Inches(0.15), foot)
    for place, line in enumerate(lines):
        paragraph = box.paragraphs[0] if not place else box.add_paragraph()
        _run(paragraph, line, 11, LIGHT.muted)


def _draw(slide: Any, chart: Chart, top: int, room: int) -> None:
    """By Office; as a table where it cannot; in words where nothing of it is shown."""
    if native.is_possible(chart) and chart.form not in AS_TABLE:
        native.add_to_slide(slide, chart, SIDE, top, INNER, room)
    elif not chart.is_empty and len(chart.twin.rows) <= MOST_ROWS:
        native.add_table_to_slide(slide, chart, SIDE, top, INNER, room)
    else:
        box = _box(slide, top + Inches(1), Inches(2))
        for place, (_, reason) in enumerate(chart.states):
            paragraph = box.paragraphs[0] if not place else box.add_paragraph()
            _run(paragraph, reason, 20, LIGHT.text)


def _slide(deck: Any, title: str, size: float, top: int, height: int) -> Any:
    """With a title that programs which read aloud know as one."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = SIDE, Emu(top), INNER, Emu(height)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Emu(0)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    _run(paragraph, title, size, LIGHT.text, is_bold=True)
    return slide


def _text(  # noqa: PLR0913
    slide: Any, text: str, size: float, top: int, colour: str, is_bold: bool = False
) -> None:
    frame = _box(slide, top, Pt(size * 1.5))
    _run(frame.paragraphs[0], text, size, colour, is_bold)


def _box(slide: Any, top: int, height: int) -> Any:
    frame = slide.shapes.add_textbox(SIDE, Emu(top), INNER, Emu(height)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = Emu(0)
    return frame


def _run(paragraph: Any, text: str, size: float, colour: str, is_bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = clean_text(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, FONT
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    run.font.color.rgb = RGBColor(red, green, blue)  # type: ignore[no-untyped-call]
