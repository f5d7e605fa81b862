"""Facts of reading answers as survey tools write them: over columns, in one cell, on a scale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from data_loaders import Hints, Loaded
from data_loaders.findings import Severity
from data_loaders.survey.columns import split_options
from data_loaders.words.lexicon import choices_of
from data_loaders.workbook import Value
from tests.loader_catalogue import (
    asked,
    found,
    loaded,
    option,
    options,
    sentences,
    sheet,
    text,
    with_questions,
)
from yearbook.catalogue import Catalogue

HINTS = Hints(survey="base", survey_year=2020, school="tampere", name="x.xlsx", secret="avain")
OTHER = option("other", "Muu, mikä?", "Annat, vad?", also=["*"])
GENRES = asked(
    text("Mitä soitat?"),
    "multiple",
    option("folk", "Kansanmusiikkia, myös tanssia; ei laulua"),
    option("jazz", "Jazzia"),
    option("pop", "Poppia, rockia"),
    OTHER,
)
ACTIVITY = asked(text("Mitä teet?"), "single", option("work", "Työssä"), OTHER)
AGREE = asked(
    text("Olen tyytyväinen"),
    "likert",
    option("5", "Täysin samaa mieltä", score=5),
    option("4", "Samaa mieltä", score=4),
    option("3", "En osaa sanoa", score=3),
    option("2", "Eri mieltä", score=2),
    option("1", "Täysin eri mieltä", score=1),
)


@cache
def using() -> Catalogue:
    return with_questions(genres=GENRES, activity=ACTIVITY, agree=AGREE)


def survey(headings: Sequence[str], *rows: Sequence[Value], hints: Hints = HINTS) -> Loaded:
    """Graduates of music who answered so."""
    width = len(headings)
    filled = [[*row, *[None] * (width - len(row)), "Musiikki"] for row in rows]
    return loaded(
        sheet([[*headings, "Osaamisala"], *filled], "Vastaukset"), hints=hints, using=using()
    )


def words(result: Loaded, question: str) -> list[tuple[str, str]]:
    """(option, text) of every row of a question."""
    assert result.submission is not None, sentences(result)
    answers = result.submission.answers[lambda frame: frame["question"] == question]
    return list(answers[["option", "text"]].itertuples(index=False, name=None))


def values_of(result: Loaded, code: str) -> dict[str, Any]:
    return dict(next(f.values for f in result.findings if f.code == code))


# Several options in one cell


@pytest.mark.parametrize(
    ("cell", "known", "unknown"),
    [
        ("Jazzia;Poppia, rockia;", ["jazz", "pop"], []),
        ("Jazzia, Poppia, rockia", ["jazz", "pop"], []),
        ("Kansanmusiikkia, myös tanssia; ei laulua, Jazzia", ["folk", "jazz"], []),
        ("Poppia, rockia;Kansanmusiikkia, myös tanssia; ei laulua", ["pop", "folk"], []),
        ("Jazzia\nPoppia, rockia", ["jazz", "pop"], []),
        ("Jazzia|Poppia, rockia", ["jazz", "pop"], []),
        ('["Jazzia","Poppia, rockia"]', ["jazz", "pop"], []),
        ("['Jazzia', 'Humppaa, polkkaa']", ["jazz"], ["Humppaa, polkkaa"]),
        ("Jazzia; Humppaa, polkkaa", ["jazz"], ["Humppaa, polkkaa"]),
        ("jazz,pop", ["jazz", "pop"], []),
        ("Jazzia;Jazzia", ["jazz"], []),
        ("Poppia", [], ["Poppia"]),
        (";", [], []),
    ],
)
def test_a_cell_is_split_into_options(cell: str, known: list[str], unknown: list[str]) -> None:
    assert split_options(cell, choices_of(using().questions["genres"])) == (known, unknown)


def test_own_words_among_the_options_are_folded_with_their_text_and_one_remark() -> None:
    rows = [[f"Jazzia;oma laji {n}"] for n in range(7)]
    result = survey(["Mitä soitat?"], *rows, ["Humppaa ja polkkaa"])
    assert options(result, "genres")[0] == ["jazz", "other"]
    assert options(result, "genres")[7] == ["other"]
    assert ("other", "oma laji 3") in words(result, "genres")
    assert ("jazz", "oma laji 3") not in words(result, "genres")
    assert [code for code, _ in found(result)] == ["folded_option"]
    assert values_of(result, "folded_option")["count"] == 8


# Options over columns

SPREAD = [f"Mitä soitat? [{name}]" for name in ("Jazzia", "Poppia, rockia", "Muu, mikä?")]


@pytest.mark.parametrize(
    ("yes", "no"),
    [(1, 0), ("1.0", "0.0"), ("Kyllä", "Ei"), ("Ja", "Nej"), ("Yes", "No"), ("x", None),
     (1, None), (True, False), ("Checked", "Unchecked"), ("Quoted", "Not quoted"),
     ("Selected", ""), ("Valittu", "Ei valittu"), ("Y", "N"), ("✓", None)],
)  # fmt: skip
def test_an_option_in_a_column_of_its_own(yes: Value, no: Value) -> None:
    result = survey(["Mitä teet?", *SPREAD], ["Työssä", yes, no, no], ["Työssä", no, no, no],
                    ["Työssä", None, None, None], ["Työssä", yes, yes, no])  # fmt: skip
    # Who said no to all was seen to answer; who left all empty was not.
    left = [] if no in (None, "") else [""]
    assert options(result, "genres") == [["jazz"], left, [], ["jazz", "pop"]]
    assert found(result) == []


def test_the_text_of_the_option_in_its_column() -> None:
    result = survey(SPREAD[:2], ["Jazzia", None], ["Jazzia", "Poppia, rockia"])
    assert options(result, "genres") == [["jazz"], ["jazz", "pop"]]


def test_a_column_that_holds_neither_yes_nor_its_option() -> None:
    result = survey(SPREAD[:2], ["Jazzia", "Jazzia"], [None, "Poppia, rockia"], [1, "ehkä"])
    assert found(result, Severity.FAIL) == [("option_column_odd", "B2")]
    assert result.findings[0].cells == ("B2", "B4")
    assert values_of(result, "option_column_odd")["value"] == "Jazzia"


@pytest.mark.parametrize(
    ("mark", "beside", "expected"),
    [
        (1, "Humppaa", [("other", "Humppaa")]),
        (0, "Humppaa", [("other", "Humppaa")]),
        (1, None, [("other", "")]),
        (0, None, []),
        (0, "-", []),
    ],
)
def test_the_words_beside_other_over_columns(
    mark: Value, beside: Value, expected: list[tuple[str, str]]
) -> None:
    headings = [SPREAD[0], SPREAD[2], "Other - Write In:Mitä soitat?"]
    result = survey(headings, [1, mark, beside])
    assert words(result, "genres") == [("jazz", ""), *expected]


def test_a_column_of_other_may_hold_the_words_themselves() -> None:
    result = survey([SPREAD[0], SPREAD[2]], ["Jazzia", "Humppaa"], [None, "Polkkaa"], ["Jazzia"])
    assert options(result, "genres") == [["jazz", "other"], ["other"], ["jazz"]]
    assert words(result, "genres")[-2:] == [("other", "Humppaa"), ("other", "Polkkaa")]


@pytest.mark.parametrize(
    ("main", "beside", "expected"),
    [
        ("Työssä", None, ("work", "")),
        ("Muu, mikä?", "Apuraha", ("other", "Apuraha")),
        ("Other - Write In", "Apuraha", ("other", "Apuraha")),
        ("Annat, vad?", None, ("other", "")),
        (None, "Apuraha", ("other", "Apuraha")),
        ("Työssä", "osa-aikaisesti", ("work", "osa-aikaisesti")),
    ],
)
def test_the_words_beside_a_single_choice(
    main: Value, beside: Value, expected: tuple[str, str]
) -> None:
    result = survey(["Mitä teet?", "Other - Write In:Mitä teet?", "Vapaa sana"],
                    [main, beside, "tekstiä"])  # fmt: skip
    assert words(result, "activity") == [expected]


# Scales


@pytest.mark.parametrize(
    ("cells", "chosen"),
    [
        ([5, "4", 3.0, "2.0", 1], ["5", "4", "3", "2", "1"]),
        (["Täysin samaa mieltä", "eri mieltä"], ["5", "2"]),
        (["5 - Täysin samaa mieltä", "4 (Samaa mieltä)", "1 = täysin eri mieltä"], ["5", "4", "1"]),
        (["Täysin samaa mieltä (5)", "2"], ["5", "2"]),
        (["1 - Täysin samaa mieltä", "2", "5 - Täysin eri mieltä", 4], ["5", "4", "1", "2"]),
    ],
)
def test_a_scale_in_numbers_words_or_both(cells: list[Value], chosen: list[str]) -> None:
    result = survey(["Olen tyytyväinen"], *([cell] for cell in cells))
    assert options(result, "agree") == [[code] for code in chosen]
    is_turned = cells[0] == "1 - Täysin samaa mieltä"
    assert found(result) == ([("scale_reversed", "")] if is_turned else [])


def test_a_number_outside_the_scale() -> None:
    result = survey(["Olen tyytyväinen"], [5], [7], [0], ["melko samaa"])
    assert found(result, Severity.FAIL)[:2] == [("outside_scale", "A3"), ("outside_scale", "A4")]
    assert "7 is not on the scale 1–5" in sentences(result)[0]
    assert found(result)[2][0].startswith("unknown_option")


# Numbers


def test_numbers_as_people_write_them_and_one_remark_of_the_others() -> None:
    said = [3, "2,5", "2.5", "1 200", "noin 5", "5+", "2-5 vuotta", "ei tietoa", None]
    result = survey(["Mitä teet?", "Montako työtä sinulla on?"], *(["Työssä", n] for n in said))
    assert result.submission is not None
    assert list(result.submission.answers["number"].dropna()) == [3, 2.5, 2.5, 1200]
    assert found(result) == [("number_left_out", "B6")]
    assert result.findings[0].cells == ("B6", "B7", "B8")
    assert values_of(result, "number_left_out")["value"] == "”noin 5”, ”5+”, ”2-5 vuotta”"


# Which rows count


def test_trials_are_left_out_and_broken_off_answers_count() -> None:
    result = survey(
        ["Status", "Finished", "DistributionChannel", "Mitä teet?"],
        ["IP Address", "True", "anonymous", "Työssä"],
        ["Survey Preview", "True", "preview", "Työssä"],
        ["IP Address", "False", "anonymous", "Työssä"],
        ["IP Address", "True", "test", "Työssä"],
        ["IP Address", "False", "anonymous", None],
    )
    assert len(options(result, "activity")) == 2
    told = {f.code: f.values["count"] for f in result.findings}
    assert told == {"test_responses": 2, "empty_answers": 1, "partial_responses": 1}


@pytest.mark.parametrize(
    ("status", "kept"), [([0, 1, 2, 8, 16], 2), ([1, 1, 2], 3), (["Complete", "Partial"], 2)]
)
def test_the_numbers_of_a_status_are_trials_only_beside_ordinary_answers(
    status: list[Value], kept: int
) -> None:
    result = survey(["Status", "Mitä teet?"], *([code, "Työssä"] for code in status))
    assert len(options(result, "activity")) == kept


def test_who_broke_off_before_telling_the_school_is_left_out_with_a_word() -> None:
    headings = ["Vastauksen tila", "Oppilaitos", "Mitä teet?"]
    rows = [["Valmis", "Tampereen konservatorio", "Työssä"], ["Kesken", None, "Työssä"]]
    hints = Hints(survey="base", survey_year=2020, name="x.xlsx")
    result = survey(headings, *rows, hints=hints)
    assert len(options(result, "activity")) == 1
    assert found(result) == [("partial_responses", ""), ("partial_left_out", "")]
    complete = survey(headings, *rows, ["Valmis", None, "Työssä"], hints=hints)
    assert found(complete, Severity.FAIL) == [("respondent_without_school", "B4")]


# Who answered, once


def respondents(result: Loaded) -> list[str]:
    assert result.submission is not None, sentences(result)
    return list(result.submission.respondents["respondent"])


def test_event_and_repetition_belong_to_the_respondent() -> None:
    headings = ["record_id", "redcap_event_name", "redcap_repeat_instance", "Mitä teet?"]
    rows = [[n, event, time, "Työssä"] for n in (1, 2) for event in "ab" for time in (1, 2)]
    assert len(set(respondents(survey(headings, *rows)))) == 8


def test_running_numbers_of_two_forms_are_told_apart_by_their_times() -> None:
    headings = ["ID", "Start time", "Mitä teet?"]
    finnish = survey(headings, [1, datetime(2020, 9, 1, 10, 5), "Työssä"])
    swedish = survey(headings, [1, datetime(2020, 9, 1, 11, 7), "Työssä"])
    longer = survey(headings, [1, "2020-09-01T10:05:00", "Työssä"], [2, "2020-09-02", "Työssä"])
    assert respondents(finnish) != respondents(swedish)
    assert respondents(longer)[0] == respondents(finnish)[0]


def test_an_address_may_tell_respondents_apart_but_is_not_kept() -> None:
    headings = ["Vastaajan tunnus", "Mitä teet?"]
    rows = [[f"{name}@example.fi", "Työssä"] for name in "abcdefghijka"]
    result = survey(headings, *rows)
    assert [code for code, _ in found(result)] == ["row_twice"]
    assert respondents(result)[:1] == respondents(survey(headings, ["a@example.fi", "Muu, mikä?"]))
    assert not any("example" in sentence for sentence in sentences(result))
    secret = Hints(survey="base", survey_year=2020, school="tampere", name="x", secret="muu")
    other = survey(headings, ["a@example.fi", "Työssä"], hints=secret)
    assert respondents(other) != respondents(result)[:1]


# Personal data


def test_personal_columns_are_told_and_dropped_and_texts_are_struck() -> None:
    result = survey(
        ["Mitä teet?", "Jotain muuta", "Vapaa sana", "Anna sähköpostiosoitteesi arvontaan"],
        ["Työssä", "040 123 4567", "Kiitos opettaja Virtanen!", "a@example.fi"],
        ["Apurahalla, Matti Virtanen", "050-7654321", "Kuopio on hyvä", None],
    )
    assert [code for code, _ in found(result, Severity.NOTE)] == [
        "personal_contents",
        "personal_column",
        "personal_struck",
        "personal_struck",
    ]
    assert values_of(result, "personal_contents")["count"] == 2
    assert words(result, "comment") == [
        ("", "Kiitos opettaja [poistettu]!"),
        ("", "Kuopio on hyvä"),
    ]
    assert words(result, "activity")[1] == ("other", "Apurahalla, [poistettu]")
    assert not any("Virtanen" in sentence or "7654" in sentence for sentence in sentences(result))


# When


def test_the_year_by_times_of_many_forms() -> None:
    hints = Hints(survey="base", school="tampere", name="x.csv")
    rows = [["9/30/20 14:22:03"], ["10/1/20 09:00:00"], ["joskus"]]
    result = survey(["Timestamp", "Mitä teet?"], *([*row, "Työssä"] for row in rows), hints=hints)
    assert result.submission is not None
    assert set(result.submission.respondents["survey_year"]) == {2020}
    assert found(result) == [("times_unread", "A4")]


@pytest.mark.parametrize(
    ("said", "cohort"),
    [("Kevät 2020", 2019), ("syksy 2019", 2019), ("5/2020", 2019), ("9/2019", 2019),
     ("toukokuu 2020", 2019), ("12.2019", 2019), ("2019–2020", 2019), ("30.5.2020", 2019),
     ("höst 2019", 2019), ("2019", 2019)],
)  # fmt: skip
def test_the_school_year_of_graduation_in_many_forms(said: str, cohort: int) -> None:
    result = survey(["Valmistumislukuvuosi", "Mitä teet?"], [said, "Työssä"])
    assert result.submission is not None, sentences(result)
    assert list(result.submission.respondents["cohort"]) == [cohort]


def test_a_time_of_graduation_is_no_time_of_answering() -> None:
    headings = ["Valmistumisaika", "Mitä teet?"]
    result = survey(headings, ["Kevät 2019", "Työssä"], ["syksy 2019", "Työssä"])
    assert result.submission is not None, sentences(result)
    assert list(result.submission.respondents["cohort"]) == [2018, 2019]
    answered = survey(headings, [datetime(2020, 9, 1, 10), "Työssä"])
    assert answered.submission is not None
    assert list(answered.submission.respondents["cohort"]) == [2019]  # by the lag of the survey
