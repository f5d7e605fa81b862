"""Makes the empty presentation that all slides of the product begin with: 16:9, its colours, and
layouts in which titles and texts have their place."""

from __future__ import annotations

import re
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Pt

from yearbook.charts.style import LIGHT
from yearbook.exports.native.chart_xml import LOCALES
from yearbook.exports.native.slide_texts import Box
from yearbook.exports.safety import clean_text
from yearbook.language import Language

# Lengths are in points.
WIDTH, HEIGHT = 960.0, 540.0
SIDE, TOP, BOTTOM = 44.0, 24.0, 16.0
INNER = WIDTH - 2 * SIDE
COVER = Box(SIDE + 16, 96.0, INNER - 32, 176.0)
UNDER_COVER = Box(SIDE + 16, 288.0, INNER - 32, 228.0)
TITLE_SLIDE, CONTENT, TITLE_ONLY = "Title Slide", "Title and Content", "Title Only"
KEPT_LAYOUTS = (TITLE_SLIDE, CONTENT, TITLE_ONLY, "Blank")
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
STYLE = """
<a:lvl1pPr {spaces} marL="0" indent="0" algn="l"><a:buNone/>
  <a:defRPr sz="{size}" b="{bold}">
    <a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>
  </a:defRPr>
</a:lvl1pPr>"""
STRIPE = """
<p:sp {spaces}>
  <p:nvSpPr><p:cNvPr id="99" name="Stripe"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>
  <p:spPr>
    <a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
    <a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
    <a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln>
  </p:spPr>
</p:sp>"""


def blank(language: Language, title: str, creator: str, subject: str = "") -> Deck:
    """A presentation without slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _colour_theme(deck)
    for layout in list(deck.slide_layouts):
        if layout.name not in KEPT_LAYOUTS:
            deck.slide_layouts.remove(layout)
    _place_all(deck)
    about = deck.core_properties
    about.title, about.author = clean_text(title)[:255], clean_text(creator)[:255]
    about.subject, about.comments = clean_text(subject)[:255], ""
    about.language, about.last_modified_by = LOCALES[language], about.author
    return deck


def _place_all(deck: Deck) -> None:
    """What the master and its layouts hold, which were made for narrow slides: titles and texts
    get their place and look; date, footer and number, which no slide of ours has, are taken out."""
    title, whole = Box(SIDE, TOP, INNER, 36), Box(SIDE, 90, INNER, HEIGHT - BOTTOM - 90)
    _place(deck.slide_master, {0: (title, 28, True, "tx1"), 1: (whole, 18, False, "tx1")})
    for layout in deck.slide_layouts:
        is_cover = layout.name == TITLE_SLIDE
        looks = {0: (COVER, 44, True, "tx2"), 1: (UNDER_COVER, 18, False, "tx1")}
        plain = {0: (title, 28, True, "tx1"), 1: (whole, 18, False, "tx1")}
        _place(layout, looks if is_cover else plain)
        if is_cover:
            _anchor(layout)
            stripe = STRIPE.format(spaces=nsdecls("p", "a"), width=Pt(16), height=Pt(HEIGHT))
            layout.shapes._spTree.insert(2, parse_xml(stripe))


def _place(tree: Any, looks: dict[int, tuple[Box, int, bool, str]]) -> None:
    for shape in list(tree.placeholders):
        at = shape.placeholder_format.idx
        if at not in looks:
            shape._element.getparent().remove(shape._element)
            continue
        box, size, is_bold, colour = looks[at]
        shape.left, shape.top, shape.width, shape.height = box.lengths
        frame = shape.text_frame
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
        style = shape._element.txBody.find(qn("a:lstStyle"))
        for first in style.findall(qn("a:lvl1pPr")):
            style.remove(first)
        look = {"size": size * 100, "bold": int(is_bold), "colour": colour}
        style.insert(0, parse_xml(STYLE.format(spaces=nsdecls("a"), **look)))


def _anchor(layout: Any) -> None:
    """The title of the cover stands on what is under it."""
    layout.placeholders[0].text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def _colour_theme(deck: Deck) -> None:
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode("utf-8")
    for name, colour in THEME.items():
        told = f'<a:{name}><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:{name}>'
        theme = re.sub(f"<a:{name}>.*?</a:{name}>", told, theme, flags=re.DOTALL)
    part._blob = theme.encode("utf-8")
