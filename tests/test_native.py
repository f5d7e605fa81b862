"""Charts of Office: editable, with the protected numbers only, and in order for those who open
them."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import openpyxl
import pptx
import pytest
from docx.oxml.ns import qn
from pptx.util import Emu

from tests import native_for_tests as read
from tests.charts_for_tests import FORMS
from tests.editions_for_tests import small_edition
from tests.test_exports import secret_chart
from yearbook.charts import Chart
from yearbook.charts.captions import linked
from yearbook.charts.description import Mark
from yearbook.editions import State
from yearbook.exports import docx as docx_file
from yearbook.exports import native
from yearbook.exports import pptx as pptx_file
from yearbook.exports import xlsx as xlsx_file
from yearbook.exports.native.planning import plan_of
from yearbook.exports.native.points import decimals_of, point
from yearbook.language import Language

FI, SV, EN = Language.FI, Language.SV, Language.EN
# The order of a series of bars and of lines in the schema (CT_BarSer, CT_LineSer).
ORDER = ["idx", "order", "tx", "spPr", "invertIfNegative", "marker", "dPt", "dLbls", "errBars",
         "cat", "val", "smooth"]  # fmt: skip
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f"
    "0005fe02fe0def46b80000000049454e44ae426082"
)


def slide_of(content: bytes) -> pptx.slide.Slide:
    return pptx.Presentation(io.BytesIO(content)).slides[0]


def test_office_draws_every_form_but_the_map() -> None:
    drawn = [form for form, draw in FORMS.items() if native.is_possible(draw(FI))]
    assert drawn == [form for form in FORMS if form != "map"]
    empty = replace(FORMS["bars"](FI), series=())
    assert not native.is_possible(empty)


@pytest.mark.parametrize("form", ["lines", "bars", "stacked", "diverging", "representation"])
def test_a_slide_has_the_numbers_as_they_are_written_in_chart_and_workbook(form: str) -> None:
    drawn = FORMS[form](SV)
    content = pptx_file.write(drawn, small_edition())
    wanted = read.shown_numbers(drawn)
    assert read.in_cache(read.charts_of(content)[0], drawn) == wanted
    assert read.in_sheet(read.embedded(content), drawn) == wanted
    slide = slide_of(content)
    assert slide.shapes.title is not None
    assert slide.shapes.title.text_frame.text == drawn.headline
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    assert frame._element._nvXxPr.cNvPr.get("descr") == drawn.alt
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert drawn.subtitle in "\n".join(texts) and all(line in texts[-1] for line in drawn.footer)
    assert drawn.alt in slide.notes_slide.notes_text_frame.text  # type: ignore[union-attr]


@pytest.mark.parametrize("form", ["lines", "options", "diverging", "dots", "map"])
def test_files_are_whole(form: str) -> None:
    """Relations lead somewhere, parts have a type, and a series has its parts in order."""
    drawn = FORMS[form](EN)
    for kind in (pptx_file, docx_file, xlsx_file):
        content = kind.write(drawn, small_edition())
        assert read.broken_relations(content) == [], kind.EXTENSION
        for space in read.charts_of(content):
            for series in space.iter(f"{read.CHART}ser"):
                names = [part.tag.removeprefix(read.CHART) for part in series]
                assert names == sorted(names, key=ORDER.index), kind.EXTENSION
            numbers = [int(one.get("val", "")) for one in space.iter(f"{read.CHART}order")]
            assert len(set(numbers)) == len(numbers)


def test_a_presentation_is_16_to_9_in_our_colours_and_says_what_it_is() -> None:
    deck = pptx.Presentation(io.BytesIO(pptx_file.write(FORMS["lines"](SV), small_edition())))
    width, height = deck.slide_width, deck.slide_height
    assert width and height and round(Emu(width) / Emu(height), 3) == 1.778
    about = deck.core_properties
    assert (about.title, about.language) == (FORMS["lines"](SV).headline, "sv-FI")
    assert about.author == "Finlands konservatorieförbund"
    theme = read.parts(pptx_file.write(FORMS["lines"](SV), small_edition()))["ppt/theme/theme1.xml"]
    assert b'<a:accent1><a:srgbClr val="0B6E6E"/></a:accent1>' in theme


def test_a_document_has_headings_a_tagged_table_its_language_and_its_link() -> None:
    drawn = linked(FORMS["stacked"](FI), "https://example.org/?edition=2026.1")
    document = docx.Document(io.BytesIO(docx_file.write(drawn, small_edition())))
    headings = [
        (p.style.name, p.text) for p in document.paragraphs if p.style and "Heading" in p.style.name
    ]
    assert headings[:2] == [("Heading 1", drawn.headline), ("Heading 2", "Luvut taulukkona")]
    told = [p.text for p in document.paragraphs]
    assert set(drawn.footer) <= set(told) and drawn.link in drawn.footer
    table = document.tables[0]
    head = [cell.text for cell in table.rows[0].cells]
    assert head == [column.name for column in drawn.twin.columns]
    marked = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
              for row in table.rows]  # fmt: skip
    assert marked == [True, False, False, False, False]
    assert [cell.text for cell in table.rows[1].cells] == [e.written for e in drawn.twin.rows[0]]
    described = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert described == [drawn.alt]
    spoken = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {"fi-FI"}
    about = document.core_properties
    assert (about.title, about.author) == (drawn.headline, "Suomen konservatorioliitto")


def test_ten_charts_of_a_document_each_have_a_number_of_their_own() -> None:
    document = docx.Document()
    for form in read.NATIVE:
        native.add_to_document(document, FORMS[form](FI), 16)
    numbers = [one.get("id") for one in document.element.body.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == len(numbers) == 10
    out = io.BytesIO()
    document.save(out)
    assert read.broken_relations(out.getvalue()) == []
    assert len(read.charts_of(out.getvalue())) == 10


def test_parts_of_a_whole_are_stacked_on_a_fixed_axis_and_never_stretched() -> None:
    space = read.charts_of(pptx_file.write(FORMS["stacked"](FI), small_edition()))[0]
    grouping = space.find(".//c:barChart/c:grouping", read.NAMES)
    ends = [space.find(f".//c:valAx/c:scaling/c:{end}", read.NAMES) for end in ("min", "max")]
    assert grouping is not None and grouping.get("val") == "stacked"
    assert [end.get("val") for end in ends if end is not None] == ["0.0", "100.0"]


@pytest.mark.parametrize(("language", "code"), [
    (FI, '[$-40B]#,##0"\u00a0%"'), (SV, '[$-41D]#,##0"\u00a0%"'), (EN, '[$-809]#,##0"%"'),
])  # fmt: skip
def test_the_axis_writes_numbers_as_the_language_does(language: Language, code: str) -> None:
    space = read.charts_of(pptx_file.write(FORMS["stacked"](language), small_edition()))[0]
    axis = space.find(".//c:valAx/c:numFmt", read.NAMES)
    assert axis is not None and axis.get("formatCode") == code


def test_a_line_is_not_joined_over_a_gap_or_a_break() -> None:
    plan = plan_of(FORMS["lines"](FI))
    turku = next(column for column in plan.columns if column.name == "Turku")
    told = dict(zip(plan.categories, [one.value for one in turku.points], strict=True))
    assert (told["2016"], told["2017"], told["2018"]) == (150, None, 150)
    assert plan.categories[4] == "" and plan.categories[3:6:2] == ("2017", "2018")
    assert plan.notes[4] == "Katko: Ammatillisen koulutuksen reformi"
    assert all(column.points[4].value is None for column in plan.columns if not column.is_helper)
    space = read.charts_of(pptx_file.write(FORMS["lines"](FI), small_edition()))[0]
    blanks = space.find(".//c:dispBlanksAs", read.NAMES)
    assert blanks is not None and blanks.get("val") == "gap"


def test_what_is_withheld_is_an_empty_cell_with_its_reason_and_hatching() -> None:
    drawn = FORMS["stacked"](FI)
    sheet = read.embedded(docx_file.write(drawn, small_edition())).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    row = next(list(r) for r in sheet.iter_rows(min_row=2) if r[0].value == "Turku: – suojattu")
    options = [cell.value for cell in row[1 : 1 + len(drawn.series)]]
    assert options == [None] * 5
    assert "vastaajia on liian vähän" in str(row[head.index("Huomautus")].value)
    assert row[head.index("Suojattu")].value == 100  # as long as the axis, and hatched
    marks = [cell.value for cell in sheet["A"]]
    assert marks[-1] == "Luvut ovat keksittyjä (esimerkkiaineisto)"


@pytest.mark.parametrize("form", ["bars", "dots", "map"])
def test_a_withheld_number_is_in_no_part_of_any_file(form: str) -> None:
    drawn = secret_chart(FI, form)
    for kind in (pptx_file, docx_file, xlsx_file):
        for name, part in read.parts(kind.write(drawn, small_edition())).items():
            plain = part.decode("utf-8", "ignore").replace("\u202f", "").replace(",", "")
            assert "7654321" not in plain, name


def test_a_mark_that_is_withheld_gives_no_number_even_if_it_had_one() -> None:
    held = Mark("a", State.WITHHELD, 12.0, 12.0, "–", "", 10.0, 14.0, n=3)
    found = point(FORMS["bars"](FI), held, has_interval=True)
    assert (found.value, found.below, found.above, found.interval) == (None, None, None, "")


def test_a_range_stands_between_its_ends_without_a_point() -> None:
    few = Mark("a", State.INTERVAL, None, None, "1–4", "", 1.0, 4.0)
    found = point(FORMS["bars"](FI), few)
    assert (found.value, found.above, found.interval, found.is_range) == (1.0, 3.0, "1–4", True)


@pytest.mark.parametrize(("written", "language", "decimals"), [
    ("63\u00a0%", FI, 0), ("63,4\u00a0%", FI, 1), ("1\u202f234", SV, 0), ("1,234", EN, 0),
    ("1,234.5", EN, 1), ("−0,25", FI, 2), ("44–78\u00a0%", FI, 0),
])  # fmt: skip
def test_decimals_are_those_that_are_written(
    written: str, language: Language, decimals: int
) -> None:
    assert decimals_of(written, language) == decimals


def test_whiskers_end_where_the_written_interval_ends() -> None:
    plan = plan_of(FORMS["dots"](FI))
    kuopio = plan.columns[0].points[0]
    assert (kuopio.value, kuopio.below, kuopio.above) == (73, 14, 11)
    assert kuopio.interval == "59–84\u00a0%"


def hostile(form: str) -> Chart:
    """Names that are formulas, with control characters and signs of XML in them."""
    drawn, name = FORMS[form](FI), '=HYPERLINK("http://x")\x00\x1b<&"'
    return replace(
        drawn,
        places=tuple(replace(place, label=name, name=name) for place in drawn.places),
        series=tuple(replace(series, name=name, short=name) for series in drawn.series),
        headline=name, subtitle=name, alt=name, label=name, definition=name, place_dimension=name,
        footer=(name,), twin=replace(drawn.twin, rows=((*drawn.twin.rows[0],),)),
    )  # fmt: skip


@pytest.mark.parametrize("form", ["lines", "stacked"])
def test_no_text_runs_or_breaks_a_file(form: str) -> None:
    drawn = hostile(form)
    for kind in (pptx_file, docx_file):
        content = kind.write(drawn, small_edition())
        cells = [c for row in read.embedded(content).worksheets[0].iter_rows() for c in row]
        assert {c.data_type for c in cells if c.value is not None} == {"s", "n"}
        assert any(str(c.value).startswith("'=HYPERLINK") for c in cells)
        assert read.broken_relations(content) == []
    assert slide_of(pptx_file.write(drawn, small_edition())).shapes.title is not None
    docx.Document(io.BytesIO(docx_file.write(drawn, small_edition())))
    openpyxl.load_workbook(io.BytesIO(xlsx_file.write(drawn, small_edition())))


def test_a_map_goes_in_as_its_table_or_as_the_picture_that_is_handed_in() -> None:
    drawn = FORMS["map"](FI)
    table = next(s for s in slide_of(pptx_file.write(drawn, small_edition())).shapes if s.has_table)
    cells = [[cell.text for cell in row.cells] for row in table.table.rows]
    assert cells[1:] == [[entry.written for entry in row] for row in drawn.twin.rows]
    assert table.table.first_row
    slide = slide_of(pptx_file.write(drawn, small_edition(), PICTURE))
    described = [shape._element._nvXxPr.cNvPr.get("descr") for shape in slide.shapes]
    assert drawn.alt in described
    document = docx.Document(io.BytesIO(docx_file.write(drawn, small_edition(), PICTURE)))
    assert [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))] == [drawn.alt]


def test_a_workbook_draws_its_chart_with_alt_text() -> None:
    drawn = FORMS["options"](EN)
    content = xlsx_file.write(drawn, small_edition())
    drawing = read.parts(content)["xl/drawings/drawing1.xml"].decode()
    assert "Bar chart: Kuopio, paid work" in drawing and "<from>" in drawing
    space = read.charts_of(content)[0]
    assert space.findtext(".//c:cat//c:f", "", read.NAMES) == "'Figures of the chart'!$A$2:$A$12"
    assert read.in_cache(space, drawn) == read.shown_numbers(drawn)
    assert len(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]._charts) == 1


def test_a_printed_workbook_parts_no_chart_and_covers_no_text() -> None:
    """The chart of many rows begins a page; a long text has as many lines as it needs."""
    drawn = FORMS["lines"](EN)
    longer = replace(drawn, definition="Students who " + "study " * 40)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file.write(longer, small_edition())))
    data, definitions = book.worksheets[:2]
    (chart_begins,) = [one._from.row for one in (c.anchor for c in data._charts)]
    assert [one.id for one in data.row_breaks.brk] == [chart_begins]
    heights = [definitions.row_dimensions[row].height for row in range(1, 12)]
    assert 45.0 in heights, "253 signs in lines of 90"
    few = openpyxl.load_workbook(
        io.BytesIO(xlsx_file.write(FORMS["slope"](EN), small_edition()))
    ).worksheets[0]
    assert not few.row_breaks.brk


def test_the_numbers_of_many_dots_stand_over_their_intervals() -> None:
    """Sixteen beside each other have no room at the right of each dot."""
    few = FORMS["dots"](EN)
    places = tuple(replace(few.places[0], key=str(n)) for n in range(16))
    marks = tuple(replace(few.series[0].marks[0], place=str(n)) for n in range(16))
    many = replace(few, places=places, series=(replace(few.series[0], marks=marks),))

    def sides(drawn: Chart) -> set[str]:
        column = plan_of(drawn).columns[0]
        return {point.tag.position for point in column.points if point.tag is not None}

    assert sides(few) == {"r"} and len(few.places) <= 8
    assert sides(many) == {"t"}
    space = read.charts_of(docx_file.write(many, small_edition()))[0]
    shifts = [float(y.get("val", "0")) for y in space.findall(".//c:dLbl//c:y", read.NAMES)]
    assert shifts and all(-1 < shift < 0 for shift in shifts), "up, within the chart"
