"""Writes texts on slides: as large as their room lets them be, in their language, with links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.slide import Slide
from pptx.util import Emu, Pt

from yearbook.charts.style import LIGHT
from yearbook.exports.native.chart_xml import LOCALES
from yearbook.exports.native.measuring import LINE, lines_of
from yearbook.exports.safety import clean_text
from yearbook.language import Language

AFTER = 0.3  # after a paragraph, of the size of its letters


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def lengths(self) -> tuple[Pt, Pt, Pt, Pt]:
        left, top, width, height = map(Pt, (self.left, self.top, self.width, self.height))
        return left, top, width, height


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one look. size: of its letters, in points. link: where it leads."""

    text: str
    size: float
    language: Language
    colour: str = LIGHT.text
    is_bold: bool = False
    link: str = ""


Paragraph = Sequence[Words]


def height_of(paragraphs: Sequence[Paragraph], width: float) -> float:
    """In points."""
    return sum(
        lines_of("".join(w.text for w in words), words[0].size, width, words[0].is_bold)
        * words[0].size * LINE + words[0].size * AFTER
        for words in paragraphs
    )  # fmt: skip


def fitted(paragraphs: Sequence[Paragraph], box: Box, least: float = 9.0) -> list[Paragraph]:
    """In letters as much smaller as the box needs, yet not under `least`."""
    found, smaller = list(paragraphs), 1.0
    while height_of(found, box.width) > box.height and smaller > 0.3:
        smaller -= 0.05
        found = [
            [replace(w, size=max(min(w.size, least), round(w.size * smaller, 1))) for w in words]
            for words in paragraphs
        ]
    return found


def add_texts(slide: Slide, paragraphs: Sequence[Paragraph], box: Box) -> Any:
    shape = slide.shapes.add_textbox(*box.lengths)
    write(shape, paragraphs)
    return shape


def write(shape: Any, paragraphs: Sequence[Paragraph]) -> None:
    """Each paragraph in its language, for those who hear it."""
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE  # where the letters are others than ours
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    for number, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(words[0].size * AFTER)
        for one in words:
            _add_run(paragraph, one)


def _add_run(paragraph: Any, words: Words) -> None:
    run = paragraph.add_run()
    run.text = clean_text(words.text)
    run.font.size, run.font.bold = Pt(words.size), words.is_bold
    run._r.get_or_add_rPr().set("lang", LOCALES[words.language])
    if words.link:
        run.hyperlink.address = clean_text(words.link)
    else:
        run.font.color.rgb = rgb(words.colour)


def speak(slide: Slide, told: Sequence[tuple[str, Language]]) -> None:
    """In the notes for the speaker."""
    frame: Any = slide.notes_slide.notes_text_frame if told else None
    if frame is None:
        return
    for number, (text, language) in enumerate(told):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = clean_text(text)
        run._r.get_or_add_rPr().set("lang", LOCALES[language])


def rgb(written: str) -> RGBColor:
    red, green, blue = (int(written[at : at + 2], 16) for at in (1, 3, 5))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]
