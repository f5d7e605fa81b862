"""Files hold what the screen shows: the same numbers, the same withheld cells, and nothing runs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pytest

from tests.charts_for_tests import FORMS, chart, students
from tests.editions_for_tests import small_edition
from yearbook.charts import Chart, screen
from yearbook.charts.description import Column, Entry, Twin
from yearbook.editions import Cell, Group, State, Table
from yearbook.exports import Unexportable, formats
from yearbook.exports import csv as csv_file
from yearbook.exports import xlsx as xlsx_file
from yearbook.exports.safety import safe_text
from yearbook.language import Language

FI, SV, EN = Language.FI, Language.SV, Language.EN
EVERY = [
    pytest.param(form, language, id=f"{form}-{language}") for form in FORMS for language in Language
]
INVENTED = {
    FI: "Luvut ovat keksittyjä (esimerkkiaineisto)",
    SV: "Siffrorna är påhittade (exempelmaterial)",
    EN: "The figures are invented (sample data)",
}


def csv_rows(drawn: Chart) -> list[list[str]]:
    text = csv_file.write(drawn, small_edition()).decode("utf-8-sig")
    delimiter = "," if drawn.language is EN else ";"
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def workbook(drawn: Chart) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx_file.write(drawn, small_edition())))


def number(text: str, language: Language) -> float:
    return float(text if language is EN else text.replace(",", "."))


def test_the_formats_are_found() -> None:
    assert [(f.EXTENSION, f.LABEL[FI]) for f in formats()] == [
        ("csv", "CSV"),
        ("xlsx", "Excel"),
        ("docx", "Word"),
        ("pptx", "PowerPoint"),
    ]


@pytest.mark.parametrize(("form", "language"), EVERY)
def test_csv_has_every_cell_of_the_chart_with_its_written_number(
    form: str, language: Language
) -> None:
    drawn = FORMS[form](language)
    head, *rows = csv_rows(drawn)
    marks = [
        mark
        for series in drawn.series
        for place in drawn.places
        if (mark := series.at(place.key)) is not None
    ]
    value = head.index({FI: "Arvo", SV: "Värde", EN: "Value"}[language])
    assert len(rows) == len(marks) + len(drawn.means)
    for row, mark in zip(rows, marks, strict=False):
        assert len(row) == len(head)
        if mark.shown is None:
            assert row[value] == ""
        else:
            assert number(row[value], language) == mark.shown


@pytest.mark.parametrize(("form", "language"), EVERY)
def test_a_workbook_has_the_numbers_of_the_twin(form: str, language: Language) -> None:
    drawn = FORMS[form](language)
    sheet = workbook(drawn).worksheets[0]
    cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    top = next(
        i for i, row in enumerate(cells)
        if row[0] == drawn.twin.columns[0].name and i > 1
    )  # fmt: skip
    for entries, row in zip(drawn.twin.rows, cells[top + 1 :], strict=False):
        for column, entry, found in zip(drawn.twin.columns, entries, row, strict=False):
            if entry.number is None:
                assert found == (entry.written or None)
            else:
                scale = 100 if column.kind == "share" else 1
                assert float(found) * scale == pytest.approx(entry.number)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", Language)
def test_every_sheet_and_every_row_says_that_the_figures_are_invented(language: Language) -> None:
    drawn = FORMS["lines"](language)
    for sheet in workbook(drawn).worksheets:
        values = [cell.value for row in sheet.iter_rows() for cell in row]
        assert INVENTED[language] in values, sheet.title
    _, *rows = csv_rows(drawn)
    assert all(row[-1] == INVENTED[language] for row in rows)
    picture = screen.picture(drawn)["layout"]["annotations"]
    assert any(INVENTED[language] in note["text"] for note in picture)


def test_the_sheets_are_data_definitions_notes_and_what_the_chart_draws() -> None:
    book = workbook(FORMS["lines"](SV))
    assert book.sheetnames == [
        "Tal",
        "Definitioner",
        "Anmärkningar och källa",
        "Diagrammets tal",
    ]
    definition = FORMS["lines"](SV).definition
    assert definition and definition in [cell.value for cell in book.worksheets[1]["B"]]
    notes = [cell.value for cell in book.worksheets[2]["B"]]
    assert "Skolan flyttade 2019." in notes
    assert "2026.1 (2026-11-22)" in notes and "0" * 64 in notes


def test_the_language_of_a_file_is_that_of_its_chart_not_of_the_screen() -> None:
    head = csv_rows(FORMS["bars"](EN))[0]
    assert head[:3] == ["School", "Value", "Unit"]
    assert csv_rows(FORMS["bars"](FI))[1][:3] == ["Tampereen konservatorio", "200", "henkilöä"]


def test_decimals_are_those_of_the_language() -> None:
    cells = (Cell(Group(school="kuopio", year="2024"), value=1234.5, n=1),)
    table = Table("student_years", cells)
    found = {
        language: csv_file.write(chart(table, language), small_edition()).decode("utf-8-sig")
        for language in Language
    }
    assert ";1234,5;" in found[FI] and ";1234,5;" in found[SV] and ",1234.5," in found[EN]
    sheet = workbook(chart(table, FI)).worksheets[0]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == 1234.5)
    assert cell.number_format == "#,##0.0"


# --- Withheld -------------------------------------------------------------------------------------


def secret_chart(language: Language = FI, form: str = "bars") -> Chart:
    """A withheld cell that by mistake carries its number, as disclosure never lets it."""
    secret = 7654321.0
    cells = (
        Cell(Group(school="kuopio", year="2024"), value=120.0, n=1),
        Cell(Group(school="turku", year="2024"), "", State.WITHHELD, secret, secret, secret,
             int(secret), int(secret)),
    )  # fmt: skip
    return chart(Table("students", cells), language, form=form)


@pytest.mark.parametrize("language", Language)
def test_a_withheld_number_is_in_no_file(language: Language) -> None:
    drawn = secret_chart(language)
    held = [csv_file.write(drawn, small_edition())]
    with ZipFile(io.BytesIO(xlsx_file.write(drawn, small_edition()))) as archive:
        held += [archive.read(name) for name in archive.namelist()]
    held.append(json.dumps(screen.picture(drawn)).encode())
    for content in held:
        plain = content.decode("utf-8", "ignore").replace("\u202f", "").replace(",", "")
        assert "7654321" not in plain


def test_a_withheld_cell_is_a_hatched_dash_with_its_reason() -> None:
    drawn = secret_chart()
    sheet = workbook(drawn).worksheets[0]
    dash = next(c for row in sheet.iter_rows() for c in row if c.value == "–")
    assert dash.fill.patternType == "lightUp"
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
    assert any(text.startswith("–  Suojattu: henkilöitä") for text in texts)
    head, *rows = csv_rows(drawn)
    state = head.index("Tila")
    assert [row[state] for row in rows] == ["näytetään", "suojattu"]


def test_states_are_told_apart_in_csv() -> None:
    head, *rows = csv_rows(chart(students(school="kuopio", year=("2024", "2025")), EN))
    state = head.index("State")
    assert [row[state] for row in rows] == ["shown", "not returned"]


# --- Nothing runs ---------------------------------------------------------------------------------

FORMULAS = [
    ('=HYPERLINK("http://x";"y")', '\'=HYPERLINK("http://x";"y")'),
    ("+1+2", "'+1+2"),
    ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
    ("@SUM(A1)", "'@SUM(A1)"),
    (" \u00a0=1+1", "' \u00a0=1+1"),
    ("\t=1+1", "'\t=1+1"),
    ("a\x00b\x1bc", "abc"),
    ("Pop & Jazz", "Pop & Jazz"),
    ("–", "–"),
    ("-", "-"),
]


@pytest.mark.parametrize(("text", "safe"), FORMULAS)
def test_a_text_never_runs_as_a_formula(text: str, safe: str) -> None:
    assert safe_text(text) == safe


def hostile_chart() -> Chart:
    """A chart whose every name is a formula."""
    drawn = FORMS["bars"](FI)
    formula = '=HYPERLINK("http://example.org")'
    places = tuple(replace(place, name=formula) for place in drawn.places)
    rows = tuple((Entry(formula), *row[1:]) for row in drawn.twin.rows)
    columns = (Column(formula, "text"), *drawn.twin.columns[1:])
    return replace(
        drawn,
        places=places,
        twin=Twin(columns, rows),
        headline=formula,
        subtitle=formula,
        notes=(formula,),
        label=formula,
        definition=formula,
        population=formula,
        source=formula,
    )


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    book = workbook(hostile_chart())
    kinds = {c.data_type for s in book.worksheets for row in s.iter_rows() for c in row if c.value}
    assert kinds == {"s", "n"}
    values = [
        str(c.value) for s in book.worksheets for row in s.iter_rows() for c in row if c.value
    ]
    assert any(value.startswith("'=") for value in values)


def test_no_field_of_a_csv_begins_as_a_formula() -> None:
    for row in csv_rows(hostile_chart()):
        assert [field for field in row if field[:1] in ("=", "+", "@")] == []


def test_a_chart_without_alt_text_is_refused() -> None:
    for kind in formats():
        with pytest.raises(Unexportable):
            kind.write(replace(FORMS["bars"](FI), alt=" "), small_edition())


# --- The picture ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_is_16_to_9_on_white_with_all_its_texts(form: str) -> None:
    drawn = FORMS[form](FI)
    layout = screen.picture(drawn)["layout"]
    assert (layout["width"], layout["height"]) == (1280, 720)
    assert screen.PICTURE == {"format": "png", "width": 1280, "height": 720, "scale": 2}
    assert layout["paper_bgcolor"] == "#ffffff"
    texts = " ".join(note["text"].replace("<br>", " ") for note in layout["annotations"])
    assert drawn.headline in texts
    assert drawn.subtitle in texts
    assert drawn.source in texts
    margin = layout["margin"]
    assert 720 - margin["t"] - margin["b"] >= 250, "the plot keeps its room"
