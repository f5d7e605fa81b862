"""Makes a presentation in the product's colours, 16:9, and slides with a chart and its words."""

from __future__ import annotations

import io
import re
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Cm, Emu, Pt

from yearbook.charts.description import Chart
from yearbook.charts.style import LIGHT
from yearbook.exports.native.chart_xml import LOCALES
from yearbook.exports.native.in_slides import add_table_to_slide, add_to_slide, rgb
from yearbook.exports.native.planning import is_possible
from yearbook.exports.safety import clean_text, require_alt
from yearbook.language import Language

WIDTH, HEIGHT = Cm(33.867), Cm(19.05)
SIDE, TOP = Cm(1.6), Cm(0.9)
TITLE_HEIGHT, SUBTITLE_HEIGHT = Cm(1.9), Cm(1.2)
TITLE, SUBTITLE, FOOTER = 28.0, 14.0, 10.5  # sizes of letters, in points
FOOTER_LETTERS = 185  # in a line
KEPT_LAYOUTS = ("Title Slide", "Title and Content", "Title Only", "Blank")
TITLE_ONLY = "Title Only"
Box = tuple[int, int, int, int]  # left, top, width, height
TITLE_STYLE = f"""<a:lvl1pPr {nsdecls("a")} algn="l"><a:defRPr sz="{round(TITLE * 100)}" b="1">
<a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:defRPr></a:lvl1pPr>"""
# The names that Office has for the colours of a theme, and ours.
THEME = {
    "dk1": LIGHT.text,
    "lt1": LIGHT.ground,
    "dk2": LIGHT.own,
    "lt2": LIGHT.soft,
    **{f"accent{number}": colour for number, colour in enumerate(LIGHT.classes, 1)},
    "hlink": LIGHT.own,
    "folHlink": LIGHT.muted,
}


def blank(language: Language, title: str, creator: str) -> Deck:
    """A presentation without slides."""
    deck = Presentation()
    _widen(deck)
    _colour_theme(deck)
    for layout in list(deck.slide_layouts):
        if layout.name not in KEPT_LAYOUTS:
            deck.slide_layouts.remove(layout)
    _place_title(next(layout for layout in deck.slide_layouts if layout.name == TITLE_ONLY))
    about = deck.core_properties
    about.title, about.author = clean_text(title)[:255], clean_text(creator)[:255]
    about.language, about.last_modified_by = LOCALES[language], about.author
    return deck


def add_chart_slide(deck: Deck, chart: Chart, picture: bytes | None = None) -> Slide:
    """Title, subtitle, chart and footer. What Office cannot draw is the picture that is handed in,
    else the table."""
    require_alt(chart)
    layout = next(layout for layout in deck.slide_layouts if layout.name == TITLE_ONLY)
    slide = deck.slides.add_slide(layout)
    assert slide.shapes.title is not None
    slide.shapes.title.text_frame.text = clean_text(chart.headline)
    width = Emu(WIDTH - 2 * SIDE)
    head = TOP + TITLE_HEIGHT
    _texts(slide, [chart.subtitle], (SIDE, head, width, SUBTITLE_HEIGHT), SUBTITLE)
    lines = sum(1 + len(line) // FOOTER_LETTERS for line in chart.footer)
    foot = Pt(lines * FOOTER * 1.25 + 8)
    below = HEIGHT - foot - Cm(0.5)
    box = (SIDE, head + SUBTITLE_HEIGHT, width, below - head - SUBTITLE_HEIGHT - Cm(0.2))
    _draw(slide, chart, box, picture)
    _texts(slide, chart.footer, (SIDE, below, width, foot), FOOTER, chart.link)
    _speak(slide, chart)
    _set_language(slide, LOCALES[chart.language])
    return slide


def written(deck: Deck) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _draw(slide: Slide, chart: Chart, box: Box, picture: bytes | None) -> None:
    if is_possible(chart):
        add_to_slide(slide, chart, *box)
    elif picture is None:
        add_table_to_slide(slide, chart, *box)
    else:
        left, top, width, height = box
        shown: Any = slide.shapes.add_picture(io.BytesIO(picture), Emu(left), Emu(top))
        scale = min(width / shown.width, height / shown.height)
        shown.width, shown.height = Emu(int(shown.width * scale)), Emu(int(shown.height * scale))
        shown._element._nvXxPr.cNvPr.set("descr", clean_text(chart.alt))


def _texts(slide: Slide, lines: Any, box: Box, size: float, link: str = "") -> None:
    """A paragraph for each line; the one that is the link leads there."""
    frame = slide.shapes.add_textbox(*(Emu(int(side)) for side in box)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Emu(0)
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = clean_text(line)
        run.font.size = Pt(size)
        if link and line == link:
            run.hyperlink.address = clean_text(link)
        else:
            run.font.color.rgb = rgb(LIGHT.muted)


def _speak(slide: Slide, chart: Chart) -> None:
    """For the speaker: what the chart shows in words, and what the figure means."""
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    told = [chart.alt, chart.definition, chart.withheld]
    frame.text = "\n".join(clean_text(text) for text in told if text)


def _set_language(slide: Slide, locale: str) -> None:
    for tree in (slide._element, slide.notes_slide._element):
        for run in tree.iter(qn("a:r")):
            run.get_or_add_rPr().set("lang", locale)


def _widen(deck: Deck) -> None:
    """The template is of 4:3: what stands in its layouts moves as much further."""
    assert deck.slide_width is not None and deck.slide_height is not None
    across, down = WIDTH / deck.slide_width, HEIGHT / deck.slide_height
    for tree in (deck.slide_master, *deck.slide_layouts):
        for shape in tree.shapes:
            if shape._element.spPr.find(qn("a:xfrm")) is None:
                continue  # as the master has it
            shape.left, shape.width = Emu(int(shape.left * across)), Emu(int(shape.width * across))
            shape.top, shape.height = Emu(int(shape.top * down)), Emu(int(shape.height * down))
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT


def _place_title(layout: Any) -> None:
    """At the left, as large as ten words need."""
    title = next(shape for shape in layout.placeholders if shape.placeholder_format.idx == 0)
    title.left, title.top = SIDE, TOP
    title.width, title.height = Emu(WIDTH - 2 * SIDE), TITLE_HEIGHT
    frame = title.text_frame
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    frame.margin_left = frame.margin_right = Emu(0)
    style = title._element.txBody.find(qn("a:lstStyle"))
    style.append(parse_xml(TITLE_STYLE))


def _colour_theme(deck: Deck) -> None:
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode("utf-8")
    for name, colour in THEME.items():
        told = f'<a:{name}><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:{name}>'
        theme = re.sub(f"<a:{name}>.*?</a:{name}>", told, theme, flags=re.DOTALL)
    part._blob = theme.encode("utf-8")
