"""Facts of reading surveys of graduates: who answered, what, and what is wrong in the answers."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from data_loaders import Hints, Loaded
from data_loaders.findings import Severity
from data_loaders.workbook import Value
from tests.loader_catalogue import (
    catalogue,
    found,
    loaded,
    option,
    options,
    sentences,
    sheet,
    with_questions,
)

PLACES = ["Oppilaitos", "Osaamisala"]
TAMPERE = ["Tampereen konservatorio", "Musiikki"]
BASE_2020 = Hints(survey="base", survey_year=2020, name="vastaukset.xlsx")


def survey(
    headings: list[str], *answers: list[Value], hints: Hints = BASE_2020, name: str = "Vastaukset"
) -> Loaded:
    """Graduates of Tampere, music, who answered so."""
    rows = [[*PLACES, *headings], *([*TAMPERE, *answer] for answer in answers)]
    return loaded(sheet(rows, name), hints=hints)


def respondents(result: Loaded) -> list[tuple[str, int, int, str, str]]:
    assert result.submission is not None, sentences(result)
    columns = ["survey", "survey_year", "cohort", "school", "programme"]
    return [tuple(row) for row in result.submission.respondents[columns].itertuples(index=False)]


# Who answered


def test_survey_year_and_cohort_by_hint() -> None:
    result = survey(["Mitä teet nyt?"], ["Työssä"], ["Opiskelen"])
    assert respondents(result) == [("base", 2020, 2019, "tampere", "1703")] * 2
    assert result.submission is not None
    assert result.submission.covers() == {("base", 2020)}


def test_survey_year_and_cohort_by_columns() -> None:
    headings = ["Kysely", "Kyselyvuosi", "Valmistumislukuvuosi", "Mitä teet nyt?"]
    result = survey(
        headings,
        ["Peruskysely", 2021, "2020–2021", "Työssä"],
        ["laaja seurantakysely", 2023, "2018-19", "Työssä"],
        ["wide", "2023", 2017, "Työssä"],
        hints=Hints(name="x.xlsx"),
    )
    assert [row[:3] for row in respondents(result)] == [
        ("base", 2021, 2020),
        ("wide", 2023, 2018),
        ("wide", 2023, 2017),
    ]


def test_survey_by_the_name_of_the_sheet_and_year_by_the_time_of_answering() -> None:
    result = survey(
        ["Aikaleima", "Mitä teet nyt?"],
        [datetime(2020, 9, 30, 12, 1), "Työssä"],
        ["5.10.2020 klo 12.02", "Työssä"],
        [datetime(2021, 1, 3, 9, 0), "Työtön"],
        hints=Hints(name="vastaukset.csv"),
        name="Seurantakysely",
    )
    assert [row[:3] for row in respondents(result)] == [("followup", 2020, 2017)] * 3


def test_answers_of_rounds_far_apart_have_the_years_of_their_own() -> None:
    times = [datetime(2018, 10, 1), datetime(2020, 10, 1), datetime(2022, 10, 1)]
    result = survey(
        ["Aikaleima", "Mitä teet nyt?"],
        *([when, "Työssä"] for when in times),
        hints=Hints(survey="base", name="x.xlsx"),
    )
    assert [row[1:3] for row in respondents(result)] == [(2018, 2017), (2020, 2019), (2022, 2021)]


@pytest.mark.parametrize(
    ("said", "programme"),
    [("Musiikki", "1703"), ("1607", "1703"), ("Musikteknolog", "1704"), ("Tanssija", "1606"),
     ("Tanssialan perustutkinto", "1606"), ("Musiikkialan perustutkinto", ""), (None, "")],
)  # fmt: skip
def test_programmes_become_competence_areas(said: str | None, programme: str) -> None:
    rows = [[*PLACES, "Mitä teet nyt?"], ["Tampere", said, "Työssä"]]
    result = loaded(sheet(rows), hints=BASE_2020)
    assert respondents(result)[0][4] == programme
    assert (("programme_open", "") in found(result)) == (programme == "")


def test_a_qualification_of_which_the_school_offers_one_area_is_that_area() -> None:
    assert catalogue().schools["helsinki"].offers[:2] == ("321204", "1703")
    rows = [[*PLACES, "Mitä teet nyt?"], ["Helsinki", "Musiikkialan perustutkinto", "Työssä"]]
    assert respondents(loaded(sheet(rows), hints=BASE_2020))[0][4] == "1703"


def test_a_qualification_and_its_area_in_two_columns() -> None:
    rows = [
        ["Oppilaitos", "Tutkinto", "Osaamisala", "Mitä teet nyt?"],
        ["Oulu", "Musiikkialan perustutkinto", "Pianonviritys", "Työssä"],
    ]
    assert respondents(loaded(sheet(rows), hints=BASE_2020))[0][4] == "1705"


def test_a_pseudonym_is_the_same_for_the_same_answer() -> None:
    first = survey(["Vastaajan tunnus", "Mitä teet nyt?"], [17, "Työssä"], [18, "Työssä"])
    again = survey(["Vastaajan tunnus", "Mitä teet nyt?"], [18, "Opiskelen"])
    assert first.submission is not None and again.submission is not None
    known = list(first.submission.respondents["respondent"])
    assert known[1] == again.submission.respondents["respondent"].iloc[0]
    assert known[0] != known[1]
    assert all(len(pseudonym) == 32 and pseudonym != "17" for pseudonym in known)


def test_equal_answers_of_two_graduates_are_two() -> None:
    result = survey(["Mitä teet nyt?"], ["Työssä"], ["Työssä"])
    assert result.submission is not None
    assert result.submission.respondents["respondent"].nunique() == 2


def test_the_same_answer_with_the_same_time_counts_once() -> None:
    answer: list[Value] = [datetime(2020, 9, 30, 12, 1, 7), "Työssä"]
    result = survey(
        ["Aikaleima", "Mitä teet nyt?"], answer, [datetime(2020, 9, 30), "Työssä"], answer
    )
    assert len(respondents(result)) == 2
    assert options(result, "main") == [["work"], ["work"]]
    assert found(result) == [("row_twice", "A4")]
    assert "exactly like row 2" in sentences(result)[0]


def test_the_same_respondent_counts_once() -> None:
    result = survey(
        ["Respondent ID", "Mitä teet nyt?"],
        *([n, "Työssä"] for n in range(1, 20)),
        [19, "Työtön"],
    )
    assert len(respondents(result)) == 19
    assert found(result) == [("respondent_twice", "C21")]


def test_a_row_without_any_answer_is_not_counted() -> None:
    result = survey(["Mitä teet nyt?", "Vapaa sana"], ["Työssä", None], [None, None], [" ", "-"])
    assert len(respondents(result)) == 1
    assert found(result) == [("empty_answers", "")]


def test_personal_columns_leave_no_trace() -> None:
    result = survey(["Sähköposti", "Mitä teet nyt?"], ["matti@example.fi", "Työssä"])
    other = survey(["Sähköposti", "Mitä teet nyt?"], ["liisa@example.fi", "Työssä"])
    assert found(result) == [("personal_column", "")]
    assert result.submission is not None and other.submission is not None
    assert "matti" not in result.submission.answers.to_csv()
    assert list(result.submission.respondents["respondent"]) == list(
        other.submission.respondents["respondent"]
    )


# Answers


def test_one_option_in_any_wording_and_language() -> None:
    said: list[list[Value]] = [["Työssä"], ["palkkatyössä"], ["I  ARBETE"], ["work"], ["Tyossa"]]
    assert options(survey(["Mitä teet nyt?"], *said), "main") == [["work"]] * 5


@pytest.mark.parametrize("heading", ["What do you do now?", "3. Vad gör du nu", "mitä teet nyt"])
def test_questions_in_any_wording_and_language(heading: str) -> None:
    assert options(survey([heading], ["Studerar"]), "main") == [["study"]]


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("Tanssi", ["dance"]),
        ("Tanssi;Soittaminen, laulaminen tai kuoro", ["dance", "play"]),
        ("Tanssi, Soittaminen, laulaminen tai kuoro", ["dance", "play"]),
        ("Soittaminen, laulaminen tai kuoro, Tanssi", ["play", "dance"]),
        ("Musik, sång eller kör\nDans", ["play", "dance"]),
        ("Tanssi; Tanssi ;", ["dance"]),
    ],
)
def test_several_options_in_one_cell(said: str, chosen: list[str]) -> None:
    assert options(survey(["Harrastukset"], [said]), "hobbies") == [chosen]


@pytest.mark.parametrize("form", ["Harrastukset [{}]", "Harrastukset: {}", "Harrastukset – {}"])
def test_several_options_over_columns(form: str) -> None:
    play, dance = "Soittaminen, laulaminen tai kuoro", "Tanssi"
    result = survey(
        [form.format(play), form.format(dance), "Mitä teet nyt?"],
        ["Kyllä", "Ei", "Työssä"],
        [1, "x", "Työssä"],
        [0, "ei", "Työssä"],
        [None, None, "Työssä"],
        [play, None, "Työssä"],
    )
    assert options(result, "hobbies") == [["play"], ["play", "dance"], [""], [], ["play"]]


def test_options_below_their_question() -> None:
    rows = [
        [*PLACES, "Mitä teet nyt?", "Harrastukset", None],
        [None, None, None, "Tanssi", "Ei mitään näistä"],
        [*TAMPERE, "Työssä", "Tanssi", None],
        [*TAMPERE, "Työtön", None, "Ei mitään näistä"],
    ]
    result = loaded(sheet(rows), hints=BASE_2020)
    assert options(result, "hobbies") == [["dance"], ["none"]]
    assert options(result, "main") == [["work"], ["idle"]]


def test_likert_in_words_or_numbers() -> None:
    said: list[Value] = ["Täysin samaa mieltä", 5, "1", 3.0, "5 = täysin samaa mieltä", "Vet inte"]
    result = survey(["Olen tyytyväinen opintoihini"], *([one] for one in said))
    assert options(result, "content") == [
        ["agree"], ["agree"], ["disagree"], ["neither"], ["agree"], ["neither"],
    ]  # fmt: skip


def test_numbers_and_texts() -> None:
    result = survey(
        ["Montako työtä sinulla on?", "Vapaa sana"],
        [2, "Hyvä koulu"],
        ["1 234,5", None],
        ["-", "-"],
        ["pari", "Kiitos; kaikesta"],
    )
    assert result.submission is not None
    answers = result.submission.answers
    jobs = answers[answers["question"] == "jobs"]
    assert list(jobs["number"]) == [2, 1234.5]
    assert list(jobs["option"]) == ["", ""]
    said = answers[answers["question"] == "comment"]
    assert list(said["text"]) == ["Hyvä koulu", "Kiitos; kaikesta"]
    assert np.isnan(said["number"]).all()
    assert found(result) == [("number_left_out", "C5"), ("empty_answers", "")]


def test_an_unanswered_question_has_no_row() -> None:
    result = survey(["Mitä teet nyt?", "Harrastukset"], ["Työssä", None], [None, "Tanssi"])
    assert options(result, "main") == [["work"], []]
    assert options(result, "hobbies") == [[], ["dance"]]


def test_a_blank_row_below_the_headings_does_not_matter() -> None:
    rows = [[*PLACES, "Mitä teet nyt?"], [], [*TAMPERE, "Työssä"]]
    assert len(respondents(loaded(sheet(rows), hints=BASE_2020))) == 1


def test_two_sheets_of_answers_are_one_submission() -> None:
    headings = [*PLACES, "Mitä teet nyt?"]
    result = loaded(
        sheet([headings, [*TAMPERE, "Työssä"]], "Peruskysely 2020"),
        sheet([headings, [*TAMPERE, "Työtön"]], "Laaja seurantakysely 2020"),
        hints=Hints(name="x.xlsx"),
    )
    assert found(result, Severity.FAIL) == [("no_cohort", "")]  # the wide one asks for it
    headings.append("Valmistumislukuvuosi")
    result = loaded(
        sheet([headings, [*TAMPERE, "Työssä", 2019]], "Peruskysely 2020"),
        sheet([headings, [*TAMPERE, "Työtön", 2015]], "Laaja seurantakysely 2020"),
        hints=Hints(name="x.xlsx"),
    )
    assert [row[:3] for row in respondents(result)] == [("base", 2020, 2019), ("wide", 2020, 2015)]


def test_a_long_table_has_a_row_for_each_answer() -> None:
    rows = [
        ["Respondent", "School", "Competence area", "Question", "Option", "Value"],
        *(["r1", *TAMPERE, *answer] for answer in [
            ("main", "work", None), ("hobbies", "play", 1), ("hobbies", "dance", 1),
            ("jobs", None, 3),
        ]),
        *(["r2", *TAMPERE, *answer] for answer in [
            ("main", "Opiskelen", None), ("hobbies", "play", 0), ("hobbies", "dance", 1),
        ]),
    ]  # fmt: skip
    result = loaded(sheet(rows), hints=BASE_2020)
    assert options(result, "main") == [["work"], ["study"]]
    assert options(result, "hobbies") == [["play", "dance"], ["dance"]]
    assert result.submission is not None
    assert list(result.submission.answers["number"].dropna()) == [3]


# What is wrong


def test_an_unknown_option_fails_with_all_its_cells() -> None:
    result = survey(["Mitä teet nyt?"], ["Työssä"], ["Työtonn"], ["Muuta"], ["Työtonn"])
    assert found(result) == [("unknown_option_guessed", "C3"), ("unknown_option", "C4")]
    assert result.findings[0].cells == ("C3", "C5")
    assert sentences(result)[0] == (
        "What do you do now?, sheet Vastaukset, cells C3, C5: “Työtonn” is not an option of this "
        "question. Is “Työtön” meant? Write it so, or say on the page Mapping what it stands for."
    )


def test_an_unknown_option_is_folded_where_the_catalogue_says_so() -> None:
    result = survey(["Tehtävä"], ["Opettaja"], ["Mestari"], ["Rehtori"])
    assert options(result, "role") == [["teacher"], ["other"], ["other"]]
    assert found(result, Severity.WARNING) == [("folded_option", "C3")]
    assert result.findings[0].cells == ("C3", "C4")
    assert "2 answers that are not among the options" in sentences(result)[0]
    assert result.submission is not None
    assert list(result.submission.answers["text"]) == ["", "Mestari", "Rehtori"]


def test_an_unknown_part_of_several_options() -> None:
    result = survey(["Harrastukset"], ["Tanssi, Jalkapallo, uinti, Dans"])
    assert found(result) == [("unknown_option", "C2")]
    assert "“Jalkapallo, uinti”" in sentences(result)[0]


def test_a_respondent_without_a_known_school() -> None:
    rows = [[*PLACES, "Mitä teet nyt?"], ["Tamperre", "Musiikki", "Työssä"], [None, None, "Työssä"]]
    result = loaded(sheet(rows), hints=BASE_2020)
    assert found(result, Severity.FAIL) == [
        ("unknown_school_guessed", "A2"),
        ("respondent_without_school", "A3"),
    ]


def test_what_cannot_be_told_of_a_survey() -> None:
    nothing = Hints(name="x.xlsx")
    assert found(survey(["Mitä teet nyt?"], ["Työssä"], hints=nothing)) == [
        ("no_survey", ""),
        ("no_survey_year", ""),
    ]
    wide = Hints(survey="wide", survey_year=2023, name="x.xlsx")
    assert found(survey(["Mitä teet nyt?"], ["Työssä"], hints=wide)) == [("no_cohort", "")]
    years = survey(
        ["Valmistumislukuvuosi", "Mitä teet nyt?"], ["joskus", "Työssä"], ["2019–2020", "Työssä"]
    )
    assert found(years) == [("impossible_cohort", "C2")]


def test_a_question_in_two_columns() -> None:
    result = survey(["Mitä teet nyt?", "Vad gör du nu?"], ["Työssä", "I arbete"])
    assert found(result) == [("column_twice", "D1")]


def test_an_option_may_be_caught_even_if_the_cell_is_a_code_for_missing() -> None:
    using = with_questions(
        band={"source": "survey", "type": "single", "label": {"fi": "Soitan", "sv": "S", "en": "P"},
              "choice": [option("none", "Ei lainkaan"), option("much", "Paljon")]}
    )  # fmt: skip
    rows = [[*PLACES, "Soitan"], [*TAMPERE, "ei lainkaan"], [*TAMPERE, "-"], [*TAMPERE, "paljon"]]
    result = loaded(sheet(rows), hints=BASE_2020, using=using)
    assert options(result, "band") == [["none"], ["much"]]
