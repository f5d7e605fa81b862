"""Every form of chart, in every language, says the same numbers everywhere, to the digit shown: in
the table of the screen, CSV, Excel, PowerPoint, Word and alt text; what is withheld is nowhere."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

import docx
import openpyxl
import pptx
import pytest

from tests import charts_for_tests
from tests import native_for_tests as read
from tests.charts_for_tests import FORMS
from tests.editions_for_tests import small_edition
from yearbook.charts import Chart, screen
from yearbook.charts.description import Entry
from yearbook.charts.twins import _standing  # the order of the columns of a table
from yearbook.editions import Cell, State, Table
from yearbook.exports import csv as csv_file
from yearbook.exports import docx as docx_file
from yearbook.exports import formats
from yearbook.exports import pptx as pptx_file
from yearbook.exports import xlsx as xlsx_file
from yearbook.language import Language, write_number

EVERY = [
    pytest.param(form, language, id=f"{form}-{language}") for form in FORMS for language in Language
]
DRAWN = [one for one in EVERY if one.values[0] != "map"]
SECRET = 7654321
TRACES = ("7654321", "765432")  # as it is, and as per cents


def number(text: str, language: Language) -> str:
    """A written number as a program writes it: "1 234,5 %" -> "1234.5"."""
    bare = re.sub(r"[\s\u00a0\u202f%+]", "", text).replace("\u2212", "-")
    bare = bare.replace(",", "") if language is Language.EN else bare.replace(",", ".")
    return read.plain(float(bare))


def columns_of(drawn: Chart) -> dict[str, int]:
    """Series -> its column in the table of the screen, which has own school and everyone first."""
    names = [column.name for column in drawn.twin.columns]
    if len(drawn.series) == 1:
        return {next(iter(read.drawn_names(drawn))): names.index(drawn.label)}
    return {
        series.short or series.name: names.index(series.name)
        for series in sorted(drawn.series, key=_standing)
    }


def numbers_of(drawn: Chart, rows: Iterable[Sequence[str | None]]) -> read.Numbers:
    """Of the rows of a table, each as long as the twin's, the numbers of each series."""
    kept = list(rows)
    told = {name: [row[at] for row in kept] for name, at in columns_of(drawn).items()}
    return {
        name: [found for text in texts if (found := written(drawn, text or "")) is not None]
        for name, texts in told.items()
    }


def written(drawn: Chart, text: str) -> str | None:
    return number(text, drawn.language) if re.search(r"\d", text) else None


def in_screen(drawn: Chart) -> read.Numbers:
    """As it is written, which is what a reader sees and copies."""
    return numbers_of(drawn, ([entry.written for entry in row] for row in drawn.twin.rows))


def in_csv(drawn: Chart) -> read.Numbers:
    text = csv_file.write(drawn, small_edition()).decode("utf-8-sig")
    delimiter = csv_file.DELIMITERS[drawn.language]
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    value = head.index({"fi": "Arvo", "sv": "Värde", "en": "Value"}[drawn.language])
    names = {series.name: series.short or series.name for series in drawn.series}
    found: read.Numbers = {name: [] for name in names.values()}
    for row in rows[: len(rows) - len(drawn.means)]:
        name = names[row[1]] if len(names) > 1 else next(iter(names.values()))
        if row[value]:
            found[name].append(number(row[value], drawn.language))
    return found


def in_data_sheet(drawn: Chart, content: bytes) -> read.Numbers:
    """Shares are fractions there, which Excel writes as per cents."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [list(row) for row in sheet.iter_rows()]
    names = [column.name for column in drawn.twin.columns]
    top = next(i for i, row in enumerate(cells) if [c.value for c in row][: len(names)] == names)
    rows = cells[top + 1 : top + 1 + len(drawn.twin.rows)]
    return numbers_of(drawn, ([_shown(cell, drawn.language) for cell in row] for row in rows))


def _shown(cell: Any, language: Language) -> str | None:
    """As Excel shows it."""
    if not isinstance(cell.value, int | float):
        return None
    decimals = len(cell.number_format.rstrip("%").partition(".")[2])
    scale = 100 if cell.number_format.endswith("%") else 1
    return write_number(cell.value * scale, decimals, language)


def in_word_table(drawn: Chart, content: bytes) -> read.Numbers:
    table = docx.Document(io.BytesIO(content)).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    kept = [row for row in rows if len(row) == 1 or len(set(row)) > 1]  # a break is one wide cell
    return numbers_of(drawn, kept)


@pytest.mark.parametrize(("form", "language"), EVERY)
def test_the_same_numbers_in_table_csv_workbook_and_document(form: str, language: Language) -> None:
    drawn = FORMS[form](language)
    wanted = read.shown_numbers(drawn)
    assert any(wanted.values())
    assert in_screen(drawn) == wanted
    assert in_csv(drawn) == wanted
    assert in_data_sheet(drawn, xlsx_file.write(drawn, small_edition())) == wanted
    assert in_word_table(drawn, docx_file.write(drawn, small_edition())) == wanted


@pytest.mark.parametrize("kind", [xlsx_file, pptx_file, docx_file], ids=lambda k: k.EXTENSION)
@pytest.mark.parametrize(("form", "language"), DRAWN)
def test_the_same_numbers_in_a_chart_of_office_and_in_the_sheet_behind_it(
    form: str, language: Language, kind: ModuleType
) -> None:
    drawn = FORMS[form](language)
    content = kind.write(drawn, small_edition())
    wanted = read.shown_numbers(drawn)
    (space,) = read.charts_of(content)
    is_book = kind is xlsx_file
    book = openpyxl.load_workbook(io.BytesIO(content)) if is_book else read.embedded(content)
    assert read.in_cache(space, drawn) == wanted
    assert read.in_sheet(book, drawn) == wanted
    assert cells_behind(space, book) == cache_of(space)
    assert read.broken_relations(content) == []


def cache_of(space: Any) -> dict[str, list[tuple[int, str]]]:
    """Address -> what the chart holds of it."""
    return {
        where.text: [(int(pt.get("idx")), pt.findtext("c:v", "", read.NAMES))
                     for pt in where.getparent().iterfind("*/c:pt", read.NAMES)]
        for where in space.iter(f"{read.CHART}f")
    }  # fmt: skip


def cells_behind(space: Any, book: openpyxl.Workbook) -> dict[str, list[tuple[int, str]]]:
    """Address -> the cells that stand there: editing them draws the very chart anew."""
    found = {}
    for address in cache_of(space):
        sheet, _, place = address.replace("$", "").rpartition("!")
        cells = book[sheet.strip("'")][place]
        values = [row[0].value for row in cells] if isinstance(cells, tuple) else [cells.value]
        told = [(at, value) for at, value in enumerate(values) if value is not None]
        found[address] = [(at, v if isinstance(v, str) else read.plain(v)) for at, v in told]
    return found


@pytest.mark.parametrize("language", Language)
def test_a_map_has_its_numbers_on_the_slide_as_a_table(language: Language) -> None:
    drawn = FORMS["map"](language)
    slide = pptx.Presentation(io.BytesIO(pptx_file.write(drawn, small_edition()))).slides[0]
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    rows = ([cell.text for cell in row.cells] for row in list(table.rows)[1:])
    assert numbers_of(drawn, rows) == read.shown_numbers(drawn)


@pytest.mark.parametrize(("form", "language"), EVERY)
def test_the_alt_text_says_numbers_of_the_chart_as_they_are_written(
    form: str, language: Language
) -> None:
    drawn = FORMS[form](language)
    *_, told = drawn.alt.rpartition(drawn.subtitle)
    marks = {mark.written for series in drawn.series for mark in series.marks}
    values = re.findall(r": ([−\d][\d\s\u00a0\u202f.,]*(?:[\s\u00a0]?%)?)(?=[;.]|$)", told)
    values = [value.strip().rstrip(".") for value in values]
    assert set(values) <= marks
    assert values or drawn.withheld or "…" in drawn.alt


def planted(table: Table) -> Table:
    """Its withheld cells with the number that disclosure took out; of none, one of Turku's."""
    has_one = any(cell.state is State.WITHHELD for cell in table.cells)
    found = [
        _with_secret(cell)
        if cell.state is State.WITHHELD or (not has_one and cell.group.school == "turku")
        else cell
        for cell in table.cells
    ]
    assert found != list(table.cells)
    return Table(table.indicator, tuple(found))


def _with_secret(cell: Cell) -> Cell:
    numbers = {name: float(SECRET) for name in ("value", "low", "high")}
    return replace(cell, state=State.WITHHELD, **numbers, count=SECRET, n=SECRET)


@pytest.mark.parametrize(("form", "language"), [
    one for one in EVERY if one.values[0] not in ("sparkline", "small_multiple", "representation")
])  # fmt: skip
def test_what_is_withheld_is_in_no_part_of_any_file(
    form: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files are unpacked, with the workbooks in them, and searched."""
    draw = charts_for_tests.chart
    monkeypatch.setattr(
        charts_for_tests, "chart", lambda table, *said, **view: draw(planted(table), *said, **view)
    )
    drawn = FORMS[form](language)
    assert any(mark.state is State.WITHHELD for series in drawn.series for mark in series.marks)
    held = {"screen": str(screen.picture(drawn)).encode()}
    for kind in formats():
        content = kind.write(drawn, small_edition())
        is_package = content.startswith(b"PK")
        found = read.parts(content) if is_package else {"": content}
        held |= {f"{kind.EXTENSION} {name}": part for name, part in found.items()}
    for name, part in held.items():
        bare = re.sub(r"[\s\u00a0\u202f,.]", "", part.decode("utf-8", "ignore"))
        assert not [trace for trace in TRACES if trace in bare], name


def test_the_search_for_what_is_withheld_would_find_it() -> None:
    """A number that is shown is found in every file, so that the search above means something."""
    drawn = charts_for_tests.chart(
        Table("students", tuple(
            replace(cell, value=float(SECRET)) if cell.is_shown else cell
            for cell in charts_for_tests.students(year="2025").cells
        )), Language.FI,
    )  # fmt: skip
    for kind in formats():
        content = kind.write(drawn, small_edition())
        found = read.parts(content) if content.startswith(b"PK") else {"": content}
        assert any(str(SECRET).encode() in part for part in found.values()), kind.EXTENSION


def test_entries_of_the_table_are_what_they_are_written_as() -> None:
    """The number behind a field of the table is the number that it says."""
    for draw in FORMS.values():
        for language in Language:
            entries: list[Entry] = [e for row in draw(language).twin.rows for e in row]
            for entry in entries:
                if entry.number is not None:
                    assert number(entry.written, language) == read.plain(entry.number)
