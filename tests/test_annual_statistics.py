"""Facts of reading annual returns: layouts, years, codes, and all that can be wrong in them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from data_loaders import Hints, load
from data_loaders.findings import Severity, group
from tests.loader_catalogue import (
    catalogue,
    catalogue_content,
    figures,
    found,
    loaded,
    merged,
    sentences,
    sheet,
    with_questions,
)
from yearbook.catalogue import build

MUSIC, DANCE = "321204", "321501"
HEADINGS = ["Oppilaitos", "Tutkinto", "Vuosi", "Opiskelijat", "Uudet opiskelijat"]
TAMPERE = ["Tampereen konservatorio", "Musiikkialan perustutkinto", 2024, 120, 30]


def in_tampere(
    question: str, year: int = 2024, programme: str = MUSIC
) -> tuple[str, int, str, str]:
    return "tampere", year, programme, question


# Layouts


def test_figures_in_columns() -> None:
    dance = ["TAMPEREEN  Konservatorio", "321501", "2024", "1 040", "20,0"]
    result = loaded(sheet([HEADINGS, TAMPERE, dance]))
    assert figures(result) == {
        in_tampere("students"): 120,
        in_tampere("new_students"): 30,
        in_tampere("students", programme=DANCE): 1040,
        in_tampere("new_students", programme=DANCE): 20,
    }
    assert result.submission is not None
    assert result.submission.covers() == {("tampere", 2024)}
    assert list(result.submission.figures["place"])[:2] == ["Tilastot!D2", "Tilastot!E2"]


def test_figures_in_rows_with_a_column_for_each_programme() -> None:
    rows = [
        ["Jäsentilasto"],
        ["Oppilaitos:", "Tampereen konservatorio"],
        ["Vuosi: 2024"],
        [],
        ["Tieto", "Yksikkö", "Musiikkialan perustutkinto", "Tanssialan perustutkinto"],
        ["Opiskelijat", "henkilöä", 120, 40],
        ["Uudet opiskelijat", "henkilöä", 30, 10],
    ]
    assert figures(loaded(sheet(rows))) == {
        in_tampere("students"): 120,
        in_tampere("students", programme=DANCE): 40,
        in_tampere("new_students"): 30,
        in_tampere("new_students", programme=DANCE): 10,
    }


def test_several_years_in_columns_are_figures_of_their_own() -> None:
    rows = [
        ["Oppilaitos", "Tampere", None, None],
        ["Tieto", 2022, 2023, 2024],
        ["Valtionosuus", 100, 200, 300],
        ["Konsertit", 1, 2, 3],
    ]
    expected = {("tampere", 2022 + n, "", "funding"): 100.0 * (n + 1) for n in range(3)}
    expected |= {("tampere", 2022 + n, "", "events"): n + 1.0 for n in range(3)}
    assert figures(loaded(sheet(rows))) == expected


def test_a_row_of_questions_over_a_row_of_years() -> None:
    rows = [
        ["Oppilaitos", "Valtionosuus", None, "Konsertit", None],
        [None, 2023, 2024, 2023, 2024],
        ["Lahti", 10, 20, 1, 2],
    ]
    assert figures(loaded(sheet(rows))) == {
        ("lahti", 2024, "", "funding"): 20,
        ("lahti", 2024, "", "events"): 2,
    }
    assert set(figures(loaded(sheet(rows)), carried=True)) == {
        ("lahti", 2023, "", "funding"),
        ("lahti", 2023, "", "events"),
    }


def test_a_sheet_may_be_named_by_its_question_and_hold_years_in_columns() -> None:
    rows = [["Oppilaitos", 2023, 2024], ["Lahti", 7, 8], ["Kuopio", 9, 10], ["Yhteensä", 16, 18]]
    assert figures(loaded(sheet(rows, "Konsertit"))) == {
        ("lahti", 2023, "", "events"): 7,
        ("lahti", 2024, "", "events"): 8,
        ("kuopio", 2023, "", "events"): 9,
        ("kuopio", 2024, "", "events"): 10,
    }


def test_a_long_table_has_a_row_for_each_figure() -> None:
    rows = [
        ["Koulu", "År", "Examen", "Uppgift", "Värde"],
        ["Tampere", 2024, "Grundexamen i musik", "Studerande", 120],
        ["Tampere", 2024, "Grundexamen i dans", "Studerande", 40],
        ["Tampere", 2024, None, "Konserter", 12],
    ]
    assert figures(loaded(sheet(rows))) == {
        in_tampere("students"): 120,
        in_tampere("students", programme=DANCE): 40,
        in_tampere("events", programme=""): 12,
    }


def test_programmes_as_lines_between_the_questions() -> None:
    rows = [
        ["Oppilaitos: Tampere", None],
        ["Vuosi: 2024", None],
        ["Musiikkialan perustutkinto", None],
        ["Opiskelijat", 120],
        ["Uudet opiskelijat", 30],
        ["Tanssialan perustutkinto", None],
        ["Opiskelijat", 40],
        ["Uudet opiskelijat", 10],
    ]
    assert figures(loaded(sheet(rows))) == {
        in_tampere("students"): 120,
        in_tampere("new_students"): 30,
        in_tampere("students", programme=DANCE): 40,
        in_tampere("new_students", programme=DANCE): 10,
    }


def test_a_school_that_is_named_once_holds_for_its_rows() -> None:
    rows = [HEADINGS, TAMPERE, [None, "Tanssialan perustutkinto", 2024, 40, 10]]
    assert figures(loaded(sheet(rows)))[in_tampere("students", programme=DANCE)] == 40
    below = [["Lahti", "Musiikkialan perustutkinto", 2024, 90, 20], [None, MUSIC, 2023, 80, 10]]
    span = merged((1, 0, 2, 0))
    result = loaded(sheet([HEADINGS, *below], merged=(span,)))
    assert figures(result)["lahti", 2023, MUSIC, "students"] == 80
    assert found(result) == []


def test_the_identifier_goes_before_the_name() -> None:
    rows = [["School name", "School code", "Vuosi", "Konsertit"], ["Old name", "lahti", 2024, 5]]
    assert figures(loaded(sheet(rows))) == {("lahti", 2024, "", "events"): 5}


def test_a_number_as_identifier_may_come_with_a_decimal() -> None:
    rows = [
        ["Oppilaitos", "Tutkintokoodi", "Vuosi", "Opiskelijat"],
        ["Lahti", 321204.0, 2024.0, 9.0],
    ]
    assert figures(loaded(sheet(rows))) == {("lahti", 2024, MUSIC, "students"): 9}


def test_a_school_of_one_qualification_need_not_name_it() -> None:
    assert catalogue().schools["lahti"].offers[0] == MUSIC
    rows = [["Oppilaitos", "Vuosi", "Opiskelijat", "Oppilaat"], ["Lahti", 2024, 90, 700]]
    result = figures(loaded(sheet(rows)))
    assert result["lahti", 2024, MUSIC, "students"] == 90


def test_competence_areas_make_their_qualification() -> None:
    rows = [
        ["Oppilaitos", "Osaamisala", "Vuosi", "Opiskelijat"],
        ["Oulu", "Musiikki", 2024, 50],
        ["Oulu", "Pianonviritys", 2024, 8],
    ]
    assert figures(loaded(sheet(rows))) == {("oulu", 2024, MUSIC, "students"): 58}


def test_a_total_beside_its_parts_is_not_counted() -> None:
    total = ["Tampere", "Koko oppilaitos", 2024, 160, 40]
    dance = ["Tampere", "Tanssialan perustutkinto", 2024, 40, 10]
    result = loaded(sheet([HEADINGS, TAMPERE, dance, total]))
    assert in_tampere("students", programme="") not in figures(result)
    assert found(result) == []
    total[3] = 170
    assert found(loaded(sheet([HEADINGS, TAMPERE, dance, total]))) == [("total_differs", "D4")]


def test_all_sheets_that_hold_figures_are_read_and_others_are_told() -> None:
    other = sheet([["Muistiinpanoja", "tästä"], ["ei", "mitään"]], "Sekalaista")
    notes = sheet([["Opiskelijat", "lasketaan 20.9."]], "Ohje")
    hidden = sheet([HEADINGS, TAMPERE], "Piilo", hidden=True)
    second = sheet([HEADINGS, ["Lahti", MUSIC, 2024, 90, 20]], "Lahti")
    result = loaded(sheet([HEADINGS, TAMPERE]), second, other, notes, hidden)
    assert {key[0] for key in figures(result)} == {"tampere", "lahti"}
    assert found(result) == [("unread_sheet", ""), ("hidden_sheet", "")]
    assert [finding.sheet for finding in result.findings][:2] == ["Sekalaista", "Piilo"]


# Years


@pytest.mark.parametrize(
    ("written", "year"),
    [
        (2024, 2024),
        ("2024", 2024),
        ("2018-19", 2018),
        ("2019–2020", 2019),
        ("lukuvuosi 2019/20", 2019),
    ],
)
def test_years_as_they_are_written(written: str | int, year: int) -> None:
    rows = [["Oppilaitos", "Vuosi", "Konsertit"], ["Lahti", written, 5]]
    assert figures(loaded(sheet(rows))) == {("lahti", year, "", "events"): 5}


def test_an_older_year_in_a_heading_repeats_an_earlier_return() -> None:
    rows = [
        ["Oppilaitos", "Konsertit 2023", "Konsertit 2024", "Valtionosuus 2024"],
        ["Lahti", 4, 5, 9],
    ]
    result = loaded(sheet(rows))
    assert figures(result) == {
        ("lahti", 2024, "", "events"): 5,
        ("lahti", 2024, "", "funding"): 9,
    }
    assert figures(result, carried=True) == {("lahti", 2023, "", "events"): 4}
    assert result.submission is not None
    assert result.submission.covers() == {("lahti", 2024)}


@pytest.mark.parametrize(
    ("title", "name", "file_name", "hint"),
    [
        ("Jäsentilasto 2024, päivitetty 5.2.2025", "Taulukko1", "x.xlsx", None),
        (None, "Tilasto (2024-25)", "x.xlsx", None),
        (None, "Taulukko1", "x.xlsx", 2024),
        (None, "Taulukko1", "lahti_2024.xlsx", None),
    ],
)
def test_a_year_told_once_holds_for_the_sheet(
    title: str | None, name: str, file_name: str, hint: int | None
) -> None:
    rows = [[title], ["Oppilaitos", "Konsertit"], ["Lahti", 5]]
    result = loaded(sheet(rows, name), hints=Hints(year=hint, name=file_name))
    assert figures(result) == {("lahti", 2024, "", "events"): 5}


def test_a_school_may_be_told_by_the_file_name_or_by_the_director() -> None:
    rows = [["Vuosi", "Konsertit", "Valtionosuus"], [2024, 5, 9]]
    by_name = loaded(sheet(rows), hints=Hints(name="Lahden konservatorio 2024.xlsx"))
    assert ("lahti", 2024, "", "events") in figures(by_name)
    by_hint = loaded(sheet(rows), hints=Hints(name="x.xlsx", school="kuopio"))
    assert ("kuopio", 2024, "", "events") in figures(by_hint)


# Headings


@pytest.mark.parametrize(
    "heading",
    ["OPISKELIJAT", " opiskelijat: ", "1. Opiskelijat", "Opiskelijat (20.9.)", "Opiskelijat *",
     "Studerande", "students", "Opiskelijat / Studerande", "Opiskelijat 2024"],
)  # fmt: skip
def test_headings_as_they_are_written(heading: str) -> None:
    rows = [["Oppilaitos", "Vuosi", heading, "Paikkoja haussa"], ["Lahti", 2024, 90, 30]]
    assert figures(loaded(sheet(rows))) == {
        ("lahti", 2024, MUSIC, "students"): 90,
        ("lahti", 2024, MUSIC, "places"): 30,
    }


def test_a_per_cent_is_another_question() -> None:
    using = with_questions(
        men_share={"source": "annual", "label": {"fi": "% Opiskelijat", "sv": "% s", "en": "% e"},
                   "type": "share", "per": "qualification"}
    )  # fmt: skip
    rows = [["Oppilaitos", "Vuosi", "Opiskelijat", "% Opiskelijat"], ["Lahti", 2024, 90, 0.25]]
    assert figures(loaded(sheet(rows), using=using)) == {
        ("lahti", 2024, MUSIC, "students"): 90,
        ("lahti", 2024, MUSIC, "men_share"): 0.25,
    }


def test_an_unknown_column_is_told_with_what_it_looks_like() -> None:
    rows = [[*HEADINGS, "Aloituspaikatt", "Lempiväri"], [*TAMPERE, 50, "sininen"]]
    result = loaded(sheet(rows))
    assert found(result) == [("unknown_column_guessed", "F1"), ("unknown_column", "G1")]
    assert "Do you mean “Aloituspaikat”?" in sentences(result)[0]


def test_a_personal_column_is_dropped() -> None:
    result = loaded(sheet([[*HEADINGS, "Täyttäjä"], [*TAMPERE, "Matti M."]]))
    assert found(result, Severity.NOTE) == [("personal_column", "")]
    assert "Matti" not in str(result)


# Missing figures and invented ones


@pytest.mark.parametrize(
    ("code", "state"),
    [("-", "no_answer"), (" – ", "no_answer"), ("Ei tietoa", "no_answer"), (".", "not_offered"),
     ("erbjuds inte", "not_offered"), ("...", "withheld"), ("1-4", "withheld"), ("ei yhtään", 0.0)],
)  # fmt: skip
def test_missing_value_codes(code: str, state: str | float) -> None:
    rows = [["Oppilaitos", "Vuosi", "Opiskelijat", "Konsertit"], ["Lahti", 2024, code, 1]]
    assert figures(loaded(sheet(rows)))["lahti", 2024, MUSIC, "students"] == state


def test_the_mark_of_invented_figures() -> None:
    title = ["Keksitty esimerkkiaineisto – Påhittat exempelmaterial"]
    result = loaded(sheet([title, HEADINGS, TAMPERE]))
    assert result.submission is not None and result.submission.invented
    assert ("invented", "") in found(result)
    plain = loaded(sheet([HEADINGS, TAMPERE])).submission
    assert plain is not None and not plain.invented


# What is wrong


@pytest.mark.parametrize(
    ("written", "code", "sentence"),
    [
        ("twelve", "not_whole_guessed",
         'Students, sheet Tilastot, cell D2: “twelve” is not a whole number. Write 12.'),
        ("noin 30", "not_whole_guessed",
         'Students, sheet Tilastot, cell D2: “noin 30” is not a whole number. Write 30.'),
        ("paljon", "not_whole",
         'Students, sheet Tilastot, cell D2: “paljon” is not a whole number. '
         'Write the number in digits, or a dash if there is none.'),
        (-3, "negative",
         "Students, sheet Tilastot, cell D2: −3 is negative. Write zero or a greater number."),
        (12.5, "fraction",
         "Students, sheet Tilastot, cell D2: 12.5 is not a whole number. "
         "Write a whole number; thousands are parted by a space or not at all."),
        ("1,234", "fraction",
         "Students, sheet Tilastot, cell D2: 1,234 is not a whole number. "
         "Write a whole number; thousands are parted by a space or not at all."),
        (True, "not_whole",
         "Students, sheet Tilastot, cell D2: “True” is not a whole number. "
         "Write the number in digits, or a dash if there is none."),
    ],
)  # fmt: skip
def test_a_figure_that_is_none(written: str | float, code: str, sentence: str) -> None:
    result = loaded(sheet([HEADINGS, [*TAMPERE[:3], written, None]]))
    assert found(result) == [(code, "D2")]
    assert result.submission is None
    assert sentences(result)[0] == sentence


def test_the_same_is_said_in_finnish_and_swedish() -> None:
    result = loaded(sheet([HEADINGS, [*TAMPERE[:3], "twelve", None]]))
    assert sentences(result, "fi")[0] == (
        "Opiskelijat, taulukko Tilastot, solu D2: ”twelve” ei ole kokonaisluku. Kirjoita 12."
    )
    assert sentences(result, "sv")[0] == (
        "Studerande, blad Tilastot, cell D2: ”twelve” är inte ett heltal. Skriv 12."
    )


@pytest.mark.parametrize(
    ("written", "share"),
    [([0.25, 1], [0.25, 1.0]), (["25 %", "99,5 %"], [0.25, 0.995]), ([25, 100], [0.25, 1.0])],
)
def test_shares_as_they_are_written(written: list[float], share: list[float]) -> None:
    rows = [["Oppilaitos", "Vuosi", "Keskeyttäneiden osuus"],
            ["Lahti", 2024, written[0]], ["Kuopio", 2024, written[1]]]  # fmt: skip
    read = figures(loaded(sheet(rows)))
    assert list(read.values()) == pytest.approx(share)


@pytest.mark.parametrize("written", ["101 %", 1.2, 120])
def test_a_share_over_100_per_cent(written: str | float) -> None:
    rows = [["Oppilaitos", "Vuosi", "Keskeyttäneiden osuus"], ["Lahti", 2024, written]]
    assert found(loaded(sheet(rows))) == [("over_100", "C2")]


def test_unknown_school_and_programme() -> None:
    rows = [
        HEADINGS,
        ["Tamperen konservatorio", MUSIC, 2024, 1, 1],
        ["Lahti", "Teatteri", 2024, 1, 1],
    ]
    result = loaded(sheet(rows))
    assert found(result) == [("unknown_school_guessed", "A2"), ("unknown_programme", "B3")]
    assert "Do you mean “Tampereen konservatorio”?" in sentences(result)[0]


@pytest.mark.parametrize("year", [1789, "2199", "kaksi", 20241])
def test_an_impossible_year(year: str | int) -> None:
    result = loaded(sheet([HEADINGS, ["Lahti", MUSIC, year, 1, 1]]))
    assert found(result) == [("impossible_year", "C2")]


def test_new_students_are_students() -> None:
    rows = [HEADINGS, ["Lahti", MUSIC, 2024, 30, 30], ["Kuopio", MUSIC, 2024, 30, 31]]
    result = loaded(sheet(rows))
    assert found(result) == [("more_than_whole", "E3")]
    assert sentences(result)[0] == (
        "New students, sheet Tilastot, cell E3: 31 is more than Students (30, cell D3), "
        "of which it is a part. Check both figures."
    )


def test_a_row_that_stands_twice() -> None:
    again = ["Tampere", MUSIC, 2024, 120, 30]
    result = loaded(sheet([HEADINGS, TAMPERE, again]))
    assert found(result) == [("twice_the_same", "D3")]
    assert figures(result)[in_tampere("students")] == 120
    other = loaded(sheet([HEADINGS, TAMPERE, ["Tampere", MUSIC, 2024, 121, 30]]))
    assert found(other) == [("twice_different", "D3"), ("twice_the_same", "E3")]


def test_the_same_school_and_year_on_two_sheets() -> None:
    second = sheet([HEADINGS, ["Tampere", MUSIC, 2024, 99, 30]], "Toinen")
    result = loaded(sheet([HEADINGS, TAMPERE]), second)
    assert ("twice_different", "D2") in found(result)
    assert "first sheet Tilastot, cell D2" in sentences(result)[0]


def test_a_question_in_two_columns() -> None:
    rows = [["Oppilaitos", "Vuosi", "Opiskelijat", "Studerande"], ["Lahti", 2024, 90, 91]]
    assert found(loaded(sheet(rows))) == [("twice_different", "D2")]


def test_a_figure_of_the_whole_school_may_be_repeated_on_its_rows() -> None:
    rows = [
        ["Oppilaitos", "Tutkinto", "Vuosi", "Opiskelijat", "Konsertit"],
        ["Tampere", MUSIC, 2024, 120, 12],
        ["Tampere", DANCE, 2024, 40, 12],
    ]
    result = loaded(sheet(rows))
    assert figures(result)[in_tampere("events", programme="")] == 12
    assert found(result) == []


def test_a_required_figure_that_is_empty() -> None:
    result = loaded(sheet([HEADINGS, ["Lahti", MUSIC, 2024, None, 3]]))
    assert found(result) == [("required_empty", "D2")]
    assert (
        "A required figure is missing (Lahti, Music qualification, 2024)." in sentences(result)[0]
    )


def test_a_required_figure_that_the_form_does_not_ask_is_a_warning() -> None:
    result = loaded(sheet([["Oppilaitos", "Vuosi", "Konsertit"], ["Lahti", 2024, 5]]))
    assert result.submission is not None
    warned = [finding for finding in result.findings if finding.severity is Severity.WARNING]
    assert [finding.code for finding in warned] == ["required_not_asked"]
    assert "Students (Music qualification)" in sentences(result)[0]


def test_a_figure_where_it_is_not_asked() -> None:
    rows = [["Oppilaitos", "Koulutus", "Vuosi", "Opiskelijat", "Oppilaat"],
            ["Lahti", "TPO musiikki", 2024, 5, 700], ["Lahti", MUSIC, 2024, 90, 0]]  # fmt: skip
    assert found(loaded(sheet(rows))) == [("not_of_programme", "D2")]


def test_a_year_or_a_school_that_nobody_tells() -> None:
    rows = [["Konsertit", "Valtionosuus", "Oppilaat"], [5, 9, 1]]
    assert found(loaded(sheet(rows))) == [("no_school", "")]
    rows = [["Oppilaitos", "Konsertit"], ["Lahti", 5]]
    assert found(loaded(sheet(rows))) == [("no_year", "")]


def test_a_sheet_without_known_headings() -> None:
    assert found(loaded(sheet([["a", "b"], [1, 2]]))) == [
        ("unread_sheet", ""),
        ("nothing_recognised", ""),
    ]
    assert found(loaded(sheet([HEADINGS]))) == [("no_figures", "")]


def test_everything_wrong_is_told_at_once() -> None:
    rows = [
        HEADINGS,
        ["Tuntematon", MUSIC, 2024, 1, 1],
        ["Lahti", MUSIC, 2024, "kaksi", -1],
        ["Kuopio", MUSIC, 1066, 1, 1],
        ["Oulu", MUSIC, 2024, 5, 6],
    ]
    assert found(loaded(sheet(rows)), Severity.FAIL) == [
        ("unknown_school", "A2"),
        ("not_whole_guessed", "D3"),
        ("negative", "E3"),
        ("impossible_year", "C4"),
        ("more_than_whole", "E5"),
    ]


def test_alike_remarks_are_read_as_one_and_none_is_lost() -> None:
    schools = ["Lahti", "Kuopio", "Oulu"] * 10
    rows = [HEADINGS, *([school, MUSIC, 2000 + n, -1, 0] for n, school in enumerate(schools[:25]))]
    result = loaded(sheet(rows))
    together = group(result.findings)[0]
    assert together.code == "negative"
    assert together.cells == tuple(f"D{row}" for row in range(2, 27))
    said = together.sentence(catalogue()).en
    assert "D2, D3" in said and "D21 … (25 in all)" in said and "D22" not in said


# What a sheet hides


def test_hidden_and_filtered_rows_and_columns_are_read_and_told() -> None:
    rows = [HEADINGS, TAMPERE, ["Lahti", MUSIC, 2024, 90, 20]]
    result = loaded(sheet(rows, hidden_rows=frozenset({2}), hidden_columns=frozenset({4})))
    assert found(result) == [("hidden_rows", ""), ("hidden_column", "E1")]
    assert ("lahti", 2024, MUSIC, "new_students") in figures(result)
    filtered = loaded(sheet(rows, hidden_rows=frozenset({1, 2}), filtered=True))
    assert found(filtered) == [("filtered_rows", "")]
    assert "A filter hides rows 2–3 (2)." in sentences(filtered)[0]


def test_merged_figures_are_told() -> None:
    rows = [HEADINGS, TAMPERE, ["Lahti", MUSIC, 2024, 90, None]]
    result = loaded(sheet(rows, merged=(merged((1, 4, 2, 4)),)))
    assert found(result) == [("merged_cells", "E2")]
    assert "The cells E2:E3 are merged" in sentences(result)[0]


def test_a_formula_without_a_saved_value() -> None:
    result = loaded(sheet([HEADINGS, TAMPERE], formulas_without_value=((1, 4), (40, 9))))
    assert found(result) == [("formula_without_value", "E2")]
    assert result.submission is None


def test_a_format_that_cannot_tell_says_so_once() -> None:
    facts = ("merged", "hidden_rows", "hidden_columns", "filtered", "formulas_without_value")
    unknown = dict.fromkeys(facts)
    sheets = [sheet([HEADINGS, [school, *TAMPERE[1:]]], school, **unknown)
              for school in ("Lahti", "Kuopio")]  # fmt: skip
    assert found(loaded(*sheets, form="ods")) == [("cannot_tell_hidden", "")]
    assert found(loaded(*sheets, form="csv")) == []


# Several tables, and more of real life


def test_tables_that_stand_below_one_another() -> None:
    rows = [
        ["Oppilaitos: Tampere"],
        ["Vuosi: 2024"],
        ["Tieto", "Musiikkialan perustutkinto", "Tanssialan perustutkinto"],
        ["Opiskelijat", 120, 40],
        ["Uudet opiskelijat", 30, 10],
        [],
        ["Taiteen perusopetus"],
        ["Tieto", "TPO tanssi", "TPO musiikki"],
        ["Oppilaat", 300, 900],
        ["Konsertit", 1, None],
    ]
    assert figures(loaded(sheet(rows))) == {
        in_tampere("students"): 120,
        in_tampere("students", programme=DANCE): 40,
        in_tampere("new_students"): 30,
        in_tampere("new_students", programme=DANCE): 10,
        in_tampere("pupils", programme="999907-dance"): 300,
        in_tampere("pupils", programme="999907-music"): 900,
        in_tampere("events", programme=""): 1,
    }


def test_schools_that_stand_below_one_another_with_years_the_other_way_round() -> None:
    rows = [
        ["Oppilaitos: Lahti"],
        ["Tieto", 2023, 2024],
        ["Konsertit", 1, 2],
        ["Valtionosuus", 10, 20],
        ["Oppilaitos: Kuopio"],
        ["Tieto", 2024, 2023],
        ["Konsertit", 4, 3],
        ["Valtionosuus", 40, 30],
    ]
    read = figures(loaded(sheet(rows)))
    assert {key[:2]: value for key, value in read.items() if key[3] == "events"} == {
        ("lahti", 2023): 1,
        ("lahti", 2024): 2,
        ("kuopio", 2023): 3,
        ("kuopio", 2024): 4,
    }


def test_headings_that_are_repeated_are_no_data() -> None:
    dance = ["Tampere", DANCE, 2024, 40, 10]
    result = loaded(sheet([HEADINGS, TAMPERE, HEADINGS, dance]))
    assert figures(result)[in_tampere("students", programme=DANCE)] == 40
    assert found(result) == []


def test_a_row_of_codes_is_not_taken_for_headings() -> None:
    rows = [HEADINGS, ["Tampere", "Musiikkialan perustutkinto", "2024", "-", "."], TAMPERE[:2]]
    assert figures(loaded(sheet(rows))) == {
        in_tampere("students"): "no_answer",
        in_tampere("new_students"): "not_offered",
    }


def test_shares_down_the_rows() -> None:
    rows = [
        ["Oppilaitos: Tampere"],
        ["Vuosi: 2024"],
        ["Tieto", "Musiikkialan perustutkinto", "Tanssialan perustutkinto"],
        ["Opiskelijat", 120, 40],
        ["Keskeyttäneiden osuus", 5, 12.5],
    ]
    read = figures(loaded(sheet(rows)))
    assert read[in_tampere("left_share")] == 0.05
    assert read[in_tampere("left_share", programme=DANCE)] == 0.125


def test_the_director_is_told_if_the_file_is_of_another_year() -> None:
    result = loaded(sheet([HEADINGS, TAMPERE]), hints=Hints(year=2025, name="x.xlsx"))
    assert found(result) == [("other_year", "")]
    said = "You chose 2025, but the file's figures are of 2024."
    assert any(said in sentence for sentence in sentences(result))
    assert in_tampere("students") in figures(result)


def test_remarks_below_the_table_are_no_figures() -> None:
    rows = [HEADINGS, TAMPERE, [], ["Huom. Luvut ovat alustavia."], ["Lähde: oppilaitos", "2025"]]
    assert found(loaded(sheet(rows))) == []


def test_a_catalogue_may_catch_all_schools_and_then_their_counts_are_summed() -> None:
    plain = catalogue_content()
    plain["schools"]["school"][0]["also"] = ["*"]
    counts = [["Eka", 2024, 1], ["Toka", 2024, 2], ["Lahti", 2024, 5]]
    rows = [["Oppilaitos", "Vuosi", "Konsertit"], *counts]
    result = loaded(sheet(rows), using=build(plain))
    read = {key[0]: value for key, value in figures(result).items()}
    assert read == {"helsinki": 3, "lahti": 5}


def test_missing_value_codes_may_have_a_tail() -> None:
    plain = catalogue_content()
    plain["reading"]["missing"] = [{"text": "Suljettu *", "means": "not_returned"}]
    rows = [["Oppilaitos", "Vuosi", "Konsertit"], ["Lahti", 2024, "suljettu 1.8.2024"]]
    result = loaded(sheet(rows), using=build(plain))
    assert figures(result) == {("lahti", 2024, "", "events"): "not_returned"}


def test_what_an_xlsx_file_hides_is_found_in_the_file_itself(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    written = book.active
    for row in [["Vuosi: 2024"], HEADINGS[:2] + HEADINGS[3:]]:
        written.append(row)
    written.append(["Tampere", "Musiikkialan perustutkinto", 120, 30])
    written.append([None, "Tanssialan perustutkinto", 40, "=5+5"])
    written.append(["Lahti", "Musiikkialan perustutkinto", 90, 20])
    written.append(["Kuopio", "Musiikkialan perustutkinto", 80, None])
    written.merge_cells("A3:A4")
    written.merge_cells("D5:D6")
    written.row_dimensions[5].hidden = True
    path = tmp_path / "hiding.xlsx"
    book.save(path)
    result = load(path, catalogue())
    assert found(result) == [
        ("hidden_rows", ""),
        ("merged_cells", "D5"),
        ("formula_without_value", "D4"),
    ]
    written["D4"] = 10
    book.save(path)
    read = figures(load(path, catalogue()))
    assert read[in_tampere("students", programme=DANCE)] == 40
    assert read["lahti", 2024, MUSIC, "students"] == 90
