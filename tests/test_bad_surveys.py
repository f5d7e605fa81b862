"""Facts of survey files that are wrong: each mistake has its finding, and a wrong file changes
nothing. All of them are invented."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from data_loaders import Hints, Loaded
from data_loaders.findings import Severity
from data_loaders.survey.codebook import of_sheets
from data_loaders.workbook import Sheet, Value
from tests.loader_catalogue import loaded, sheet
from tests.survey_exports import COMMENT, HOBBIES, JOBS, MAIN, PLAYING, QUESTIONS, READING, SKILLS
from yearbook.catalogue import Catalogue, build, read

HINTS = Hints(survey="base", survey_year=2020, school="tampere", name="vastaukset.xlsx")
STRICT = {
    code: {**entry, "choice": [choice for choice in entry["choice"] if choice["code"] != "other"]}
    for code, entry in QUESTIONS.items()
}
GRADES = ("Heikko", "Tyydyttävä", "Hyvä")
WORK = ("Työssä", "Opiskelen", "Työtön")


@cache
def shipped() -> dict[str, Any]:
    return read()


def strict_with(**more: Any) -> Catalogue:
    """The form without a choice for all other answers, and what the director added."""
    return build({**shipped(), "questions": STRICT, "indicators": {}, **more})


@cache
def strict() -> Catalogue:
    return strict_with()


def load(rows: list[list[Value]], *beside: Sheet, using: Catalogue | None = None) -> Loaded:
    return loaded(sheet(rows, "Vastaukset"), *beside, hints=HINTS, using=using or strict())


def fails(result: Loaded) -> list[tuple[str, str]]:
    assert result.submission is None
    return [(f.code, f.cell) for f in result.findings if f.severity is Severity.FAIL]


def warnings(result: Loaded) -> list[tuple[str, str]]:
    return [(f.code, f.cell) for f in result.findings if f.severity is Severity.WARNING]


def said(result: Loaded, code: str) -> str:
    return next(f.sentence(strict())["en"] for f in result.findings if f.code == code)


# Two headings alike


def test_two_columns_of_one_heading_fail_and_name_both() -> None:
    result = load([[MAIN, JOBS, MAIN], ["Työssä", 1, "Opiskelen"], ["Työtön", 0, "Työssä"]])
    assert fails(result) == [("column_twice", "C1")]
    assert "A1" in said(result, "column_twice")


def test_two_columns_of_which_each_fills_one_are_one_question_and_said_to_be() -> None:
    """A form with a part for each language asks everything twice."""
    result = load([[MAIN, "Vad gör du nu?", JOBS], ["Työssä", None, 1], [None, "Arbetslös", 0]])
    assert result.submission is not None
    answers = result.submission.answers
    assert list(answers.loc[answers["question"] == "main", "option"]) == ["work", "idle"]
    assert warnings(result) == [("columns_joined", "B1")]
    assert "A1" in said(result, "columns_joined")


def test_once_decided_the_second_of_two_alike_is_another_question() -> None:
    second = {"heading": MAIN, "occurrence": 2, "question": "later"}
    questions = {**STRICT, "later": STRICT["main"]}
    using = strict_with(questions=questions, mappings={"base": {"column": [second]}})
    result = load([[MAIN, MAIN], ["Työssä", "Opiskelen"], ["Työtön", "Työssä"]], using=using)
    assert result.submission is not None
    answers = result.submission.answers
    of_question = {code: list(rows["option"]) for code, rows in answers.groupby("question")}
    assert of_question == {"main": ["work", "idle"], "later": ["study", "work"]}


# Rows that nobody answered


def test_sums_and_means_below_the_answers_are_no_respondents() -> None:
    rows: list[list[Value]] = [["Nimimerkki", MAIN, JOBS], ["a", "Työssä", 1], ["b", "Työtön", 0]]
    result = load([*rows, [], ["Yhteensä", None, 1], [None, "Keskiarvo", 0.5]])
    assert result.submission is not None
    assert len(result.submission.respondents) == 2
    assert "2 rows of totals" in said(result, "total_rows")


def test_a_word_for_totals_that_is_an_answer_counts() -> None:
    result = load([[COMMENT, MAIN], ["Hyvä", "Työssä"], ["Summa", "Työtön"]])
    assert result.submission is not None
    assert len(result.submission.respondents) == 2


# An unknown option


def test_an_unknown_option_fails_with_its_cells_and_the_nearest_spelling() -> None:
    result = load([[MAIN, JOBS], ["Työssä", 1], ["Opiskelen.", 1], ["Työtönä", 2], ["Työtönä", 0]])
    assert fails(result) == [("unknown_option_guessed", "A4")]
    assert "A4, A5" in said(result, "unknown_option_guessed")
    assert "Työtön" in said(result, "unknown_option_guessed")


def test_one_unknown_option_among_several_fails_alone() -> None:
    result = load([[HOBBIES, JOBS], ["Tanssi, Shakki", 1], ["Liikunta", 0]])
    assert fails(result) == [("unknown_option", "A2")]
    assert "“Shakki”" in said(result, "unknown_option")


def test_a_column_for_an_option_that_nobody_knows_fails() -> None:
    heads: list[Value] = [f"{HOBBIES} [Tanssi]", f"{HOBBIES} [Shakki]", JOBS]
    result = load([heads, [1, 0, 1], [0, 1, 1]])
    assert fails(result) == [("unknown_option", "B1")]


def test_a_minus_beside_a_one_is_no_mark_and_fails() -> None:
    """-1 is a yes of databases beside 0 alone; beside 1 it is a code that somebody must explain."""
    heads: list[Value] = [f"{HOBBIES} [Tanssi]", f"{HOBBIES} [Liikunta]", JOBS]
    assert fails(load([heads, [1, -1, 1], [-1, 1, 1]])) == [
        ("option_column_odd", "A3"),
        ("option_column_odd", "B2"),
    ]
    result = load([heads, [0, -1, 1], [-1, 0, 1]])
    assert result.submission is not None
    assert sorted(result.submission.answers["option"]) == ["", "", "dance", "sport"]


def test_a_code_for_missing_is_no_number() -> None:
    result = load([[MAIN, JOBS], ["Työssä", 2], ["Työtön", -99], ["Opiskelen", -1]])
    assert result.submission is not None
    assert list(result.submission.answers["number"].dropna()) == [2, -1]
    assert warnings(result) == [("number_left_out", "B3")]


def test_an_option_folded_by_the_directors_decision_is_known() -> None:
    decided = {"question": "main", "text": "Sapattivapaalla", "choice": "idle"}
    using = strict_with(mappings={"base": {"option": [decided]}})
    result = load([[MAIN, JOBS], ["Sapattivapaalla", 1], ["Työssä", 1]], using=using)
    assert result.submission is not None
    answers = result.submission.answers
    assert list(answers.loc[answers["question"] == "main", "option"]) == ["idle", "work"]


# Shifted columns

HEADS: list[Value] = [MAIN, f"{SKILLS} [{PLAYING}]", f"{SKILLS} [{READING}]", HOBBIES, JOBS]


def test_contents_one_column_to_the_right_of_their_headings_fail_as_shifted() -> None:
    rows: list[list[Value]] = [
        [None, WORK[n % 3], GRADES[n % 3], GRADES[(n + 1) % 3], "Tanssi"] for n in range(9)
    ]
    result = load([HEADS, *rows])
    assert result.submission is None
    assert "shifted_columns" in {code for code, _ in fails(result)}


def test_one_shifted_row_fails_where_its_answers_fit_no_question() -> None:
    rows: list[list[Value]] = [
        [WORK[n % 3], GRADES[n % 3], GRADES[(n + 1) % 3], "Tanssi", 1] for n in range(9)
    ]
    rows[4] = [None, *rows[4][:-1]]
    result = load([HEADS, *rows])
    cells = {cell for _, cell in fails(result)}
    assert {"B6", "D6"} <= cells
    assert all(cell.endswith("6") for cell in cells)


def test_a_row_that_runs_on_behind_the_headings_is_remarked() -> None:
    """As a comma makes it that nobody quoted in a text file."""
    result = load([[JOBS, MAIN], [1, "Työssä"], [0, "Työtön", "ja laulan"]])
    assert result.submission is not None
    assert warnings(result) == [("beyond_headings", "C3")]


# Half a codebook

CODED: list[list[Value]] = [["q1", "q4"], ["A1", 1], ["A2", 2], ["A3", 0]]
WHOLE: list[list[Value]] = [
    ["Muuttuja", "Kysymys", "Koodi", "Selite"],
    ["q1", MAIN, "A1", "Työssä"],
    ["q1", MAIN, "A2", "Opiskelen"],
    ["q1", MAIN, "A3", "Työtön"],
    ["q4", JOBS, None, None],
]


def test_a_whole_codebook_gives_headings_and_options() -> None:
    result = load(CODED, sheet(WHOLE, "Koodikirja"))
    assert result.submission is not None
    answers = result.submission.answers
    assert list(answers["option"])[:3] == ["work", "study", "idle"]
    assert list(answers["number"].dropna()) == [1, 2, 0]
    assert warnings(result) == []


def test_a_codebook_beside_the_file_says_the_same() -> None:
    codebook = of_sheets([sheet(WHOLE, "Koodikirja")])
    hints = Hints(survey="base", survey_year=2020, school="tampere", codebook=codebook)
    result = loaded(sheet(CODED, "Vastaukset"), hints=hints, using=strict())
    assert result.submission is not None
    assert list(result.submission.answers["option"])[:3] == ["work", "study", "idle"]


def test_a_codebook_without_one_of_the_codes_fails_at_the_answers() -> None:
    half = [row for row in WHOLE if "A3" not in row]
    result = load(CODED, sheet(half, "Koodikirja"))
    assert result.submission is None
    assert ("code_not_in_codebook", "A4") in warnings(result)
    assert [cell for _, cell in fails(result)] == ["A4"]


def test_a_codebook_without_one_of_the_columns_says_which() -> None:
    result = load(CODED, sheet(WHOLE[:-1], "Koodikirja"))
    assert ("column_not_in_codebook", "B1") in warnings(result)
    assert "q4" in said(result, "column_not_in_codebook")


def test_a_codebook_of_columns_that_the_file_lacks_says_which() -> None:
    result = load([row[:1] for row in CODED], sheet(WHOLE, "Koodikirja"))
    assert "q4" in said(result, "codebook_without_column")


# A table whose parts exceed its whole

OF_MAIN: list[Value] = ["Oppilaitos", "Kysymys", "Vaihtoehto", "Määrä", "n"]


def table(*rows: tuple[str, str, int, int]) -> Loaded:
    """Old results of one question: school, option, count, n."""
    cells: list[list[Value]] = [[school, MAIN, *rest] for school, *rest in rows]
    hints = Hints(survey="base", survey_year=2016, name="vanhat.xlsx")
    return loaded(sheet([OF_MAIN, *cells], "Tulokset"), hints=hints, using=strict())


def test_a_table_that_hangs_together_has_its_counts() -> None:
    everyone = (("Kaikki", "Työssä", 20, 30), ("Kaikki", "Opiskelen", 10, 30))
    result = table(*everyone, ("Kuopio", "Työssä", 8, 12), ("Kuopio", "Opiskelen", 4, 12))
    assert result.submission is not None
    read_rows = result.submission.tabulated[["school", "option", "count", "respondents"]]
    assert sorted(read_rows.itertuples(index=False, name=None)) == [
        ("", "study", 10, 30),
        ("", "work", 20, 30),
        ("kuopio", "study", 4, 12),
        ("kuopio", "work", 8, 12),
    ]


def test_options_of_one_answer_each_that_are_more_than_all_respondents_fail() -> None:
    result = table(("Kuopio", "Työssä", 9, 12), ("Kuopio", "Opiskelen", 4, 12))
    assert [code for code, _ in fails(result)] == ["parts_exceed_whole"]
    assert "13 answers, but only 12 answered" in said(result, "parts_exceed_whole")


def test_schools_that_are_more_than_all_schools_fail() -> None:
    result = table(
        *(("Kaikki", "Työssä", 20, 20), ("Kuopio", "Työssä", 12, 12), ("Lahti", "Työssä", 9, 9)),
    )
    assert [code for code, _ in fails(result)] == ["groups_exceed_whole"]
    assert "21" in said(result, "groups_exceed_whole")


def test_an_option_chosen_by_more_in_the_schools_than_in_all_fails() -> None:
    result = table(
        *(("Kaikki", "Työssä", 10, 30), ("Kaikki", "Opiskelen", 20, 30)),
        *(("Kuopio", "Työssä", 11, 12), ("Kuopio", "Opiskelen", 1, 12)),
    )
    assert "option_exceeds_whole" in {code for code, _ in fails(result)}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_finding_says_what_and_how_to_mend_it(language: str) -> None:
    half = [row for row in WHOLE if "A3" not in row]
    for result in (load(CODED, sheet(half, "Koodikirja")), load([[MAIN, MAIN], ["Työssä", "x"]])):
        for finding in result.findings:
            assert finding.message(strict())[language]
            assert finding.remedy(strict())[language]
