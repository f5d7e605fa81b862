"""Facts of codebooks: how they are recognised, what they replace, and what half of one leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data_loaders import Hints, Loaded
from data_loaders.findings import Severity
from data_loaders.survey import codebook
from data_loaders.survey.codebook import Codebook, of_sheet
from data_loaders.workbook import Value
from tests.loader_catalogue import catalogue, found, loaded, options, sheet

Rows = list[list[Value]]
LONG: Rows = [
    ["q1", "Mitä teet nyt?", 1, "Työssä"], ["q1", None, 2, "Opiskelen"],
    ["q1", None, 3, "Työtön"], ["q2[a]", "Harrastukset", None, "Tanssi"],
    ["q3", "Montako työtä sinulla on?", None, None],
]  # fmt: skip
ANSWERS: Rows = [["id", "q1", "q2[a]", "q3"], [1, 1, 1, 2], [2, 3, 0, 1], [3, None, 1, 0]]
BASE = Hints(survey="base", survey_year=2020, school="tampere", name="x.xlsx")


def of_rows(*rows: list[Value]) -> Codebook | None:
    return of_sheet(sheet(list(rows), "Koodit"))


def read(answers: Rows, book: Rows) -> Loaded:
    return loaded(
        sheet(answers, "Vastaukset"),
        sheet(book, "Koodit"),
        hints=BASE,
    )


def vars_of(hints: Hints) -> dict[str, Any]:
    return {name: getattr(hints, name) for name in ("survey", "survey_year", "school", "name")}


@pytest.mark.parametrize(
    "headings",
    [
        ["Muuttuja", "Selite", "Arvo", "Arvon selite"],
        ["Variabel", "Etikett", "Värde", "Värdeetikett"],
        ["variable", "label", "value", "value label"],
        ["Variable name", "Question", "Code", "Label"],
        ["Muuttuja", "Kysymys", "Koodi", "Selite"],
    ],
)  # fmt: skip
def test_the_long_form_is_known_by_its_headings(headings: list[Value]) -> None:
    book = of_rows(["Koodiluettelo"], headings, *LONG)
    assert book is not None
    assert book.columns["q1"].text == "Mitä teet nyt?"
    assert book.columns["q1"].options == {"1": "Työssä", "2": "Opiskelen", "3": "Työtön"}
    assert book.words("q2[a]") == ("Harrastukset", "Tanssi")


def test_a_data_dictionary_of_redcap() -> None:
    book = of_rows(
        ["Variable / Field Name", "Form Name", "Field Type", "Field Label",
         "Choices, Calculations, OR Slider Labels", "Identifier?"],
        ["hobby", "f", "checkbox", "Harrastukset", "1, Soittaminen, laulaminen|2, Tanssi | -1, Ei"],
        ["bmi", "f", "calc", "BMI", "round(([weight]*10000)/(([height])^(2)),1)"],
        ["name", "f", "text", "Last Name", None, "y"],
    )  # fmt: skip
    assert book is not None
    assert book.columns["hobby"].options == {
        "1": "Soittaminen, laulaminen", "2": "Tanssi", "-1": "Ei",
    }  # fmt: skip
    assert book.words("hobby___2") == ("Harrastukset", "Tanssi")
    assert book.columns["bmi"].options == {}
    assert book.columns["name"].is_personal


@pytest.mark.parametrize("headings", [["full", "short"], ["short", "full"]])
def test_a_list_of_short_and_full_names_in_either_order(headings: list[Value]) -> None:
    row: list[Value] = ["Mitä teet nyt?", "now"]
    book = of_rows(headings, row if headings[0] == "full" else row[::-1])
    assert book is not None
    assert book.words("NOW") == ("Mitä teet nyt?",)


def test_an_answer_key_names_column_words_and_short_form() -> None:
    book = of_rows(["column", "verbatim", "short"], ["now", "Työssä", "w"], ["now", "Työtön", "u"])
    assert book is not None
    assert book.columns["now"].options == {"w": "Työssä", "u": "Työtön"}


@pytest.mark.parametrize(
    "headings",
    [["ID", "Mitä teet nyt?", "Vapaa sana"], ["Aikaleima", "Oppilaitos"], ["Tieto", 2024]],
)
def test_answers_are_no_codebook(headings: list[Value]) -> None:
    assert of_rows(headings, ["1", "Työssä"], ["2", "Työtön"]) is None


def test_codes_in_headings_and_cells_become_words() -> None:
    result = read(ANSWERS, [["Muuttuja", "Selite", "Arvo", "Arvon selite"], *LONG])
    assert options(result, "main") == [["work"], ["idle"], []]
    assert options(result, "hobbies") == [["dance"], [""], ["dance"]]
    assert found(result) == [("programme_open", "")]


def test_a_codebook_may_be_a_file_beside_the_answers(tmp_path: Path) -> None:
    lines = ["variable;label;value;value label"]
    lines += [";".join("" if v is None else str(v) for v in row) for row in LONG]
    (tmp_path / "codes.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "answers.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    book = codebook.read(tmp_path / "codes.csv")
    assert codebook.read(tmp_path / "answers.csv") is None
    hints = Hints(**vars_of(BASE), codebook=book)
    result = loaded(sheet(ANSWERS, "Vastaukset"), hints=hints)
    assert options(result, "main") == [["work"], ["idle"], []]


def test_half_a_codebook_is_told_column_by_column() -> None:
    answers: Rows = [["id", "q1", "q9"], [1, 1, 7], [2, 4, 7]]
    result = read(answers, [["Muuttuja", "Selite", "Arvo", "Arvon selite"], *LONG])
    told = {f.code: f for f in result.findings}
    assert told["code_not_in_codebook"].values["value"] == "4"
    assert told["code_not_in_codebook"].cell == "B3"
    assert told["codebook_without_column"].values["value"] == "q2[a], q3"
    assert told["column_not_in_codebook"].values["value"] == "q9"
    assert told["unknown_option"].severity is Severity.FAIL
    for finding in result.findings:
        assert "{" not in finding.sentence(catalogue())["sv"]


def test_the_codebook_of_another_survey_is_told() -> None:
    book = Codebook("muu", {"x": codebook.Described("x", "Jotain")})
    hints = Hints(**vars_of(BASE), codebook=book)
    rows: Rows = [["id", "Mitä teet nyt?"], [1, "Työssä"]]
    assert ("codebook_of_another", "") in found(loaded(sheet(rows), hints=hints))
