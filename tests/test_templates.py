"""Facts of the blank workbooks: written from the catalogue, read back without any mapping."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from data_loaders import Loaded, load
from data_loaders.templates import blank
from yearbook.catalogue import Catalogue
from yearbook.catalogue import load as load_catalogue

Filled = dict[str, float]


@cache
def shipped() -> Catalogue:
    return load_catalogue()


@cache
def without_order() -> Catalogue:
    """The shipped catalogue, in which any figure may be greater than any other."""
    free = {code: replace(q, at_most=None) for code, q in shipped().questions.items()}
    return replace(shipped(), questions=free)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def open_cells(workbook: Any) -> list[Any]:
    """The cells that let numbers in: those to be filled."""
    return [
        cell
        for sheet in workbook.worksheets
        for rule in sheet.data_validations.dataValidation
        if rule.type == "custom"
        for span in rule.sqref.ranges
        for row in sheet.iter_rows(span.min_row, span.max_row, span.min_col, span.max_col)
        for cell in row
    ]


def filled(content: bytes, path: Path) -> Filled:
    """Every open cell gets a number of its own; sheet and cell -> number."""
    workbook = opened(content)
    written: Filled = {}
    for number, cell in enumerate(open_cells(workbook), start=1001):
        cell.value = number
        written[f"{cell.parent.title}!{cell.coordinate}"] = float(number)
    workbook.save(path)
    return written


def own_figures(result: Loaded) -> pd.DataFrame:
    assert result.submission is not None, result.findings
    frame = result.submission.figures
    return frame[~frame["carried"]]


@pytest.mark.parametrize(
    ("language", "schools"),
    [("fi", ["kuopio"]), ("sv", ["yrkesakademin"]), ("en", ["tampere"]), ("fi", []), ("sv", [])],
)
def test_all_that_is_filled_in_is_read_back(
    language: str, schools: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "return.xlsx"
    written = filled(blank(shipped(), 2026, language, schools), path)
    result = load(path, without_order())
    figures = own_figures(result)
    assert dict(zip(figures["place"], figures["value"], strict=True)) == written
    members = {code for code, school in shipped().schools.items() if school.is_member(2026)}
    assert set(figures["school"]) == (set(schools) or members)
    assert set(figures["year"]) == {2026}
    assert [finding.code for finding in result.findings] == []


def test_each_school_is_asked_for_what_it_offers() -> None:
    figures_asked = {
        code: len(open_cells(opened(blank(shipped(), 2026, "fi", [code]))))
        for code in ("yrkesakademin", "kuopio", "tampere")
    }
    # 15 per qualification, 10 per art form of basic education, 23 per school.
    questions = shipped().annual_questions
    per = {p: sum(q.per == p for q in questions) for p in ("qualification", "education", "school")}
    assert figures_asked == {
        "yrkesakademin": per["qualification"] + per["school"],
        "kuopio": per["qualification"] + 2 * per["education"] + per["school"],
        "tampere": 2 * per["qualification"] + 2 * per["education"] + per["school"],
    }


def test_figures_of_the_year_before_are_shown_and_not_taken_for_new_ones(tmp_path: Path) -> None:
    first = tmp_path / "2025.xlsx"
    filled(blank(shipped(), 2025, "fi", ["kuopio"]), first)
    earlier = own_figures(load(first, without_order()))
    second = tmp_path / "2026.xlsx"
    content = blank(shipped(), 2026, "fi", ["kuopio"], earlier)
    written = filled(content, second)
    result = load(second, without_order())
    assert (
        dict(zip(own_figures(result)["place"], own_figures(result)["value"], strict=True))
        == written
    )
    assert result.submission is not None
    figures = result.submission.figures
    carried = figures[figures["carried"]]
    assert set(carried["year"]) == {2025}
    key = ["school", "programme", "question"]
    assert carried.set_index(key)["value"].to_dict() == earlier.set_index(key)["value"].to_dict()
    assert result.submission.covers() == {("kuopio", 2026)}


def test_a_blank_workbook_that_comes_back_blank_has_no_figures(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank(shipped(), 2026, "fi", ["kuopio"]))
    result = load(path, shipped())
    assert [finding.code for finding in result.findings] == ["no_figures"]


def test_cells_let_in_numbers_and_codes_only() -> None:
    workbook = opened(blank(shipped(), 2026, "sv", ["kuopio"]))
    rules = [r for r in workbook["Examina"].data_validations.dataValidation if r.type == "custom"]
    whole = next(rule for rule in rules if "INT(" in rule.formula1)
    first = str(whole.sqref).split(" ")[0]
    assert whole.formula1 == (
        f"IF(ISNUMBER({first}),AND({first}>=0,{first}=INT({first})),"
        f'OR({first}="-",{first}=".",{first}="..",{first}="..."))'
    )
    assert whole.error.startswith("Skriv ett heltal")
    assert len(whole.error) <= 255 and len(whole.errorTitle) <= 32  # as much as Excel shows


def test_the_school_is_chosen_from_a_list() -> None:
    workbook = opened(blank(shipped(), 2026, "fi", ["kuopio"]))
    lists = workbook["Luettelot"]
    assert lists.sheet_state == "hidden"
    names = [row[0].value for row in lists.iter_rows()]
    assert "Kuopion konservatorio" in names and len(names) == len(shipped().schools)
    rules = workbook["Tutkinnot"].data_validations.dataValidation
    chosen = next(rule for rule in rules if rule.type == "list")
    assert chosen.formula1 == f"'Luettelot'!$A$1:$A${len(names)}"
    assert str(chosen.sqref) == "B2"


def test_questions_are_asked_in_their_years(tmp_path: Path) -> None:
    new = replace(shipped().questions["places"], code="tried_out", since=2027, headings=())
    using = replace(shipped(), questions={**shipped().questions, "tried_out": new})
    before = len(open_cells(opened(blank(using, 2026, "fi", ["yrkesakademin"]))))
    after = len(open_cells(opened(blank(using, 2027, "fi", ["yrkesakademin"]))))
    assert after == before + 1


def test_what_the_form_says_is_known_to_the_loader() -> None:
    roles = shipped().reading.roles
    for role, key in (("school", "school"), ("year", "year"), ("programme", "programme"),
                      ("question", "question")):  # fmt: skip
        said = shipped().word(f"template.{key}")
        assert {said.fi, said.sv, said.en} <= set(roles[role]), key
    for key in ("unit", "explanation"):
        said = shipped().word(f"template.{key}")
        assert {said.fi, said.sv, said.en} <= set(shipped().reading.ignored_headings), key
    for key in ("instructions_sheet", "lists_sheet"):
        said = shipped().word(f"template.{key}")
        assert {said.fi, said.sv, said.en} <= set(shipped().reading.ignored_sheets), key
