"""Slides of every kind of chart: nothing covers anything else, nothing leaves the slide, nothing is
cut, however long the words are; the same look wherever a slide is made."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from pptx import Presentation
from pptx.util import Emu

from tests.charts_for_tests import FORMS
from tests.editions_for_tests import small_edition
from yearbook.charts import Chart
from yearbook.charts.captions import linked
from yearbook.charts.description import Entry, Place
from yearbook.exports import pptx as pptx_file
from yearbook.exports.native import presentations
from yearbook.exports.native.chart_xml import chart_xml
from yearbook.exports.native.plan import Frame
from yearbook.exports.native.planning import plan_of
from yearbook.exports.native.plots import (
    is_turned,
    letters_for,
    name_letters,
    name_step,
    plot_of,
)
from yearbook.exports.native.slide_tables import SIZES, pages_of
from yearbook.exports.native.slides import Figure, add_figure
from yearbook.language import Language

FI = Language.FI
LETTERS = Path(__file__).parents[1] / "press" / "letters"
ROUNDING = 0.02  # points
LONG = "Oppilaitoskohtaisten tunnuslukujen johdonmukaisuusvertailu ammattikorkeakoulujen kanssa"
ADDRESS = "https://tilastot.example.fi/kyselyt?" + "&".join(f"kysymys{n}=vastaus" for n in range(9))
SENTENCE = "Helsingin Konservatoriosta valmistuneista vastaajista 69 % oli työllisiä (n = 16). "

Slide = Any
Rectangle = tuple[float, float, float, float]


def wordy(drawn: Chart) -> Chart:
    """With the longest words that a slide may have to hold."""
    notes = (SENTENCE * 4).strip()
    own = "Tämän näkee vain oma oppilaitoksesi"
    told = replace(
        drawn, headline=f"{LONG}: {LONG}", subtitle=f"{drawn.subtitle} · {LONG} · {LONG}",
        own_school=own, notes=(notes,), withheld=SENTENCE,
        footer=(drawn.footer[0], f"Huom. {notes}", *drawn.footer[1:]),
    )  # fmt: skip
    return linked(told, ADDRESS)


def slides_of(*figures: Figure) -> list[Slide]:
    deck = presentations.blank(FI, "", "")
    for figure in figures:
        add_figure(deck, figure)
    return [*Presentation(io.BytesIO(presentations.written(deck))).slides]


def rectangle(shape: Any) -> Rectangle:
    left, top = Emu(shape.left).pt, Emu(shape.top).pt
    return left, top, left + Emu(shape.width).pt, top + Emu(shape.height).pt


def faults(slide: Slide) -> list[str]:
    """Shapes that cover others, leave the slide, or are too small for what is written in them."""
    shapes = [(shape.name, rectangle(shape)) for shape in slide.shapes]
    found = [f"{name} leaves" for name, (left, top, right, foot) in shapes
             if left < 0 or top < 0 or right > 960 + ROUNDING or foot > 540 + ROUNDING]  # fmt: skip
    found += [f"{a} covers {b}" for (a, one), (b, other) in combinations(shapes, 2)
              if covers(one, other)]  # fmt: skip
    for shape in slide.shapes:
        if shape.has_text_frame and height_of(shape.text_frame, rectangle(shape)) > ROUNDING:
            found.append(f"{shape.name} is too small: {shape.text_frame.text[:40]}")
    return found + [fault for shape in slide.shapes if shape.has_table for fault in cut(shape)]


def covers(one: Rectangle, other: Rectangle) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > ROUNDING and down > ROUNDING


def height_of(frame: Any, place: Rectangle) -> float:
    """How much higher the text is than its place."""
    width = place[2] - place[0]
    needed = 0.0
    for paragraph in frame.paragraphs:
        size = paragraph.runs[0].font.size.pt if paragraph.runs else 0.0
        is_bold = bool(paragraph.runs and paragraph.runs[0].font.bold)
        text = "".join(run.text for run in paragraph.runs)
        needed += lines(text, size, width, is_bold) * size * 1.22
    return needed - (place[3] - place[1])


def cut(shape: Any) -> Iterator[str]:
    """Cells whose text has more lines than their row; tables that are larger than they say."""
    table = shape.table
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            if cell.is_spanned or not cell.text:
                continue
            across = len(table.columns) if cell.is_merge_origin else 1
            width = sum(Emu(table.columns[column + n].width).pt for n in range(across)) - 12
            font = cell.text_frame.paragraphs[0].runs[0].font
            if (
                lines(cell.text, font.size.pt, width, font.bold) * font.size.pt * 1.2
                > row.height.pt
            ):
                yield f"cut: {cell.text}"
        for cell in row.cells:
            end = cell.text_frame.paragraphs[0]._p.find(f"{{{DRAWING}}}endParaRPr")
            if end is None or int(end.get("sz")) / 100 > row.height.pt:
                yield "an empty cell is higher than its row"
    if Emu(sum(row.height for row in table.rows)).pt > Emu(shape.height).pt + ROUNDING:
        yield "rows are higher than the table"


DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


@cache
def advances(is_bold: bool) -> tuple[dict[int, float], float]:
    """How wide each letter really is, in a type about as wide as those of Office."""
    font = TTFont(LETTERS / f"latin-{700 if is_bold else 400}.woff2")
    widths, units = font["hmtx"], font["head"].unitsPerEm
    named = font.getBestCmap()
    return {code: widths[name][0] / units for code, name in named.items()}, 0.5


def lines(text: str, size: float, width: float, is_bold: bool) -> int:
    """Broken between words, by real letters."""
    known, other = advances(bool(is_bold))
    count, taken = 1, 0.0
    for word in text.split(" "):
        long = sum(known.get(ord(sign), other) for sign in word) * size
        if taken and taken + long + known[32] * size > width:
            count, taken = count + 1, long
        else:
            taken += long + (known[32] * size if taken else 0)
    return count


# --- Room -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_nothing_covers_leaves_or_is_cut_on_any_slide(language: Language) -> None:
    """Every form as chart and as table, with and without text, in plain and in long words."""
    deck = presentations.blank(language, "", "")
    for form, draw in FORMS.items():
        plain = draw(language)
        figures = [
            Figure(plain),
            Figure(wordy(plain), "Kuvio 12", (SENTENCE * 8, SENTENCE * 8)),
            Figure(wordy(plain), "Kuvio 12", (SENTENCE,), is_table=True),
        ]
        for number, figure in enumerate(figures):
            for slide in add_figure(deck, figure):
                assert faults(slide) == [], (form, number)


def test_the_search_for_faults_finds_them() -> None:
    (slide,) = slides_of(Figure(FORMS["map"](FI)))
    table = next(shape for shape in slide.shapes if shape.has_table)
    table.top -= Emu(12700 * 40)
    assert any("covers" in fault for fault in faults(slide))
    table.left = Emu(-12700)
    assert any("leaves" in fault for fault in faults(slide))
    slide.shapes.title.text_frame.paragraphs[0].runs[0].text = LONG * 3
    assert any("too small" in fault for fault in faults(slide))


def with_rows(count: int, columns: int = 8) -> Chart:
    """A table as long as that, of the share of those asked and of those who answered."""
    drawn = FORMS["representation"](FI)
    first = drawn.twin.rows[0]
    named = [(Entry(f"{number}. Keski-Pohjanmaan konservatorio"), *first[1:columns])
             for number in range(count)]  # fmt: skip
    twin = replace(drawn.twin, columns=drawn.twin.columns[:columns], rows=tuple(named))
    return wordy(replace(drawn, twin=twin))


@pytest.mark.parametrize(("count", "most"), [(16, 2), (40, 5)])
def test_a_table_that_has_no_room_goes_on_on_the_next_slide(count: int, most: int) -> None:
    """Each with its heading; no row is left out, none comes twice; letters stay readable."""
    slides = slides_of(Figure(with_rows(count), is_table=True))
    assert 1 <= len(slides) <= most
    told = []
    for slide in slides:
        assert faults(slide) == []
        table = next(shape for shape in slide.shapes if shape.has_table).table
        head, *rows = ([cell.text for cell in row.cells] for row in table.rows)
        assert head[0] == "Oppilaitos"
        told += [row[0] for row in rows]
        sizes = {r.font.size.pt for row in table.rows for c in row.cells
                 for p in c.text_frame.paragraphs for r in p.runs}  # fmt: skip
        assert min(sizes) >= 9
    assert [name.partition(".")[0] for name in told] == [str(n) for n in range(count)]


def test_columns_that_have_no_room_stand_on_the_next_slide_beside_the_first() -> None:
    drawn = FORMS["map"](FI)
    name, number = drawn.twin.columns
    many = tuple(replace(number, name=f"Oppilaitosyhteistyö{n}") for n in range(20))
    rows = tuple((row[0], *(row[1] for _ in many)) for row in drawn.twin.rows)
    wide = replace(drawn, twin=replace(drawn.twin, columns=(name, *many), rows=rows))
    pages = pages_of(wide, 872, 300)
    assert len(pages) > 1
    assert all(page.columns[0] == 0 and sum(page.widths) <= 872.01 for page in pages)
    assert [at for page in pages for at in page.columns[1:]] == list(range(1, 21))
    assert all(faults(slide) == [] for slide in slides_of(Figure(wide)))


def test_few_rows_have_large_letters_and_no_wider_table_than_they_need() -> None:
    (page,) = pages_of(FORMS["map"](FI), 872, 300)
    assert page.size == SIZES[0]
    assert sum(page.widths) < 600


# --- Letters of charts ----------------------------------------------------------------------------


def with_schools(count: int) -> Chart:
    drawn = FORMS["bars"](FI)
    first = drawn.series[0].marks[0]
    places = tuple(Place(str(n), f"Oppilaitos {n}", "") for n in range(count))
    marks = tuple(replace(first, place=place.key) for place in places)
    return replace(drawn, places=places, series=(replace(drawn.series[0], marks=marks),))


@pytest.mark.parametrize(("count", "least"), [(3, 14), (16, 11), (24, 9)])
def test_names_of_rows_stand_clear_of_each_other(count: int, least: float) -> None:
    """On a slide with a long headline and a long footer 260 points are left."""
    plan = plan_of(with_schools(count))
    size = letters_for(plan, 872, 300)
    plot = plot_of(plan, Frame(872, 300, size))
    assert size >= least
    assert plot.height * 300 / count >= 1.22 * size


@pytest.mark.parametrize(("width", "step"), [(872.0, 1), (453.0, 2), (240.0, 3)])
def test_years_keep_their_letters_and_some_of_their_names_go(width: float, step: int) -> None:
    """On a slide, on paper, in a narrow column of it: twelve years and two breaks."""
    plan = plan_of(FORMS["lines"](FI))
    frame = Frame(width, 300, 9)
    assert len(plan.categories) == 14
    assert not is_turned(plan, frame)
    assert name_letters(plan, frame) == 9
    assert name_step(plan, frame) == step
    assert f'<c:tickLblSkip val="{step}"/>' in chart_xml(plan, frame).decode()


def test_of_schools_every_name_is_written() -> None:
    plan = plan_of(with_schools(24))
    assert name_step(plan, Frame(240, 300, 9)) == 1


def test_names_of_sixteen_schools_under_dots_are_turned() -> None:
    drawn = FORMS["dots"](FI)
    first = drawn.series[0].marks[0]
    places = tuple(Place(str(n), f"Keski-Pohjanmaa (n = {n})", "") for n in range(16))
    marks = tuple(replace(first, place=place.key) for place in places)
    many = replace(drawn, places=places, series=(replace(drawn.series[0], marks=marks),))
    plan = plan_of(many)
    frame = Frame(872, 300, letters_for(plan, 872, 300))
    assert is_turned(plan, frame)
    assert 9 <= frame.letters <= 12
    assert 1 - plot_of(plan, frame).height > 0.3


# --- One look -------------------------------------------------------------------------------------


def test_every_slide_is_spoken_in_its_language_and_has_notes() -> None:
    drawn = FORMS["stacked"](Language.SV)
    (slide,) = slides_of(Figure(drawn, text=(SENTENCE,), text_language=FI))
    runs = [run for tree in (slide._element, slide.notes_slide._element)
            for run in tree.iter(f"{{{DRAWING}}}r")]  # fmt: skip
    spoken = {run.findtext(f"{{{DRAWING}}}t"): run[0].get("lang") for run in runs}
    assert spoken[SENTENCE] == "fi-FI"
    assert spoken[drawn.headline] == spoken[drawn.alt] == spoken[drawn.subtitle] == "sv-FI"
    assert None not in spoken.values()


def test_slides_of_one_chart_are_those_of_a_statement() -> None:
    """The same places, letters and colours, but for the label over the headline."""
    drawn = FORMS["bars"](FI)
    alone = Presentation(io.BytesIO(pptx_file.write(drawn, small_edition()))).slides[0]
    (other,) = slides_of(Figure(drawn))
    assert [rectangle(s) for s in alone.shapes] == [rectangle(s) for s in other.shapes]
