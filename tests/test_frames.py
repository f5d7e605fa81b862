"""Whom a survey asked: read from a sheet, checked, and published beside who answered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from data_loaders import load
from data_loaders.frame_template import HEADING_ROW, Asked, blank_frame
from data_loaders.hints import Hints, Loaded
from data_loaders.workbook import Value
from desk.publication import changed
from desk.publication import invited as told_of_invited
from tests import by_hand
from tests.loader_catalogue import found, loaded, sheet
from tests.small_catalogue import catalogue
from ui.visit import DIRECTOR, Visitor
from yearbook.catalogue import Catalogue
from yearbook.catalogue import load as load_catalogue
from yearbook.edition_files import digest, from_plain, to_plain
from yearbook.editions import FRAME, Cell, Edition, Group, Round, State
from yearbook.language import Language
from yearbook.publication import Change, Title, publish
from yearbook.submissions import (
    ANSWER_COLUMNS,
    FRAME_COLUMNS,
    RESPONDENT_COLUMNS,
    Kind,
    Submission,
)

# --- Reading ----------------------------------------------------------------------------------

TITLES: tuple[Sequence[Value], ...] = (
    ["Peruskysely 2020: kutsutut"],
    ["Vastausaika: 16.9.–31.10.2020"],
    [],
)
HEADINGS = ["Oppilaitos", "Osaamisala", "Valmistumislukuvuosi", "Kutsutut", "Tavoitetut"]
MUSIC, DANCE = "1703", "1606"


def read(*rows: Sequence[Value], headings: Sequence[Value] = HEADINGS) -> Loaded:
    return loaded(sheet([*TITLES, headings, *rows], "Kutsutut"))


def asked(result: Loaded) -> list[tuple[object, ...]]:
    assert result.submission is not None, found(result)
    return list(result.submission.frame.itertuples(index=False, name=None))


def test_a_frame_is_known_by_its_headings_and_titles() -> None:
    result = read(
        ["Kuopion konservatorio", "Muusikko", "2019–2020", 25, 20],
        ["Tampereen konservatorio", None, "2019–20", 40, "-"],
        ["Yhteensä", None, None, 65, 20],
    )
    assert result.submission is not None and result.submission.kind is Kind.FRAME
    assert result.submission.covers() == {("base", 2020)}
    days = ("2020-09-16", "2020-10-31")
    first, second = asked(result)
    assert first == ("base", 2020, 2019, "kuopio", MUSIC, 25.0, 20.0, *days)
    assert second[:6] == ("base", 2020, 2019, "tampere", "", 40.0)
    assert math.isnan(float(str(second[6])))


@pytest.mark.parametrize(
    "headings",
    [
        ["Skola", "Utbildningsprogram", "Läsår", "Inbjudna", "Nådda"],
        ["School", "Programme", "Cohort", "Invited", "Reached"],
        ["Oppilaitos", "Koulutusohjelma", "Lukuvuosi", "Lähetetty", "Tavoitettuja"],
    ],
)
def test_headings_in_three_languages(headings: list[str]) -> None:
    row = ["Kuopio", "Tanssi", 2019, 25, 20]
    assert asked(read(row, headings=headings))[0][3:7] == ("kuopio", DANCE, 25.0, 20.0)


def test_survey_and_days_may_stand_in_columns_or_in_the_name_of_the_file() -> None:
    headings = ["Oppilaitos", "Perusjoukko", "Avattu", "Suljettu"]
    rows = [headings, ["Kuopio", 25, "1.9.2018", "2018-10-01"]]
    hints = Hints(name="kutsutut_peruskysely_2018.xlsx")
    (row,) = asked(loaded(sheet(rows, "Taul1"), hints=hints))
    assert row[:6] == ("base", 2018, 2017, "kuopio", "", 25.0)
    assert row[7:] == ("2018-09-01", "2018-10-01")


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["Kuopio", None, 2019, 25, 26], "reached_over_invited", "E5"),
        (["Kuopio", None, 2019, -1, None], "negative", "D5"),
        (["Kuopio", None, 2019, 2.5, None], "fraction", "D5"),
        (["Kuopio", None, 2019, "monta", None], "not_whole", "D5"),
        (["Kuopion konservatori", None, 2019, 25, 20], "unknown_school_guessed", "A5"),
        ([None, None, 2019, 25, 20], "frame_without_school", "A5"),
        (["Kuopio", None, 2018, 25, 20], "cohort_not_of_round", "C5"),
        (["Kuopio", None, "2017–2019", 25, 20], "frame_of_several_cohorts", "C5"),
    ],
)
def test_what_cannot_be_is_said_with_its_cell(row: list[Value], code: str, cell: str) -> None:
    result = read(row)
    assert result.submission is None
    assert (code, cell) in found(result)


def test_answers_that_say_when_they_were_sent_are_no_frame() -> None:
    headings = ["Oppilaitos", "Lähetetty", "Mitä teet nyt?"]
    rows = [headings, ["Kuopio", "16.9.2020", "Työssä"], ["Kuopio", "17.9.2020", "Opiskelen"]]
    result = loaded(sheet(rows), hints=Hints(survey="base", survey_year=2020, name="a.xlsx"))
    assert result.submission is not None and result.submission.kind is Kind.SURVEY


def test_a_group_twice_is_refused_and_a_wrong_sum_of_a_school_too() -> None:
    row = ["Kuopio", "Tanssi", 2019, 25, 20]
    assert found(read(row, row)) == [("frame_twice", "A6")]
    whole = ["Kuopio", None, 2019, 25, 20]
    assert len(asked(read(row, whole))) == 1  # their sum is not counted again
    assert found(read(row, [*whole[:3], 26, 20])) == [("frame_total_differs", "D6")]


def test_the_last_round_cannot_be_about_later_graduates() -> None:
    titles = [["Laaja seurantakysely 2017"], HEADINGS, ["Kuopio", None, "2017–18", 9, 9]]
    assert found(loaded(sheet(titles))) == [("cohort_after_round", "C3")]


# --- The blank sheet --------------------------------------------------------------------------


@cache
def shipped() -> Catalogue:
    return load_catalogue()


def filled_in(sheet: Any) -> int:
    """Row n has n invited, and one less reached; how many rows there are."""
    for row in range(HEADING_ROW + 1, sheet.max_row + 1):
        sheet.cell(row, 4).value, sheet.cell(row, 5).value = row, row - 1
    return int(sheet.max_row - HEADING_ROW)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("round_", [Asked("base", 2026), Asked("wide", 2026, (2020, 2021))])
def test_a_blank_sheet_is_read_back_once_it_is_filled_in(
    round_: Asked, language: str, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.xlsx"  # whose name tells nothing
    path.write_bytes(blank_frame(shipped(), round_, language))
    assert [one.code for one in load(path, shipped()).findings] == ["no_frame_rows"]
    workbook = openpyxl.load_workbook(path)
    front = workbook.worksheets[0]
    front["B4"], front["B5"] = date(2026, 9, 15), "17.11.2026"
    rows = filled_in(front)
    workbook.save(path)
    result = load(path, shipped())
    assert result.submission is not None and result.findings == ()
    told = result.submission.frame
    # 16 schools that offer 32 competence areas among them; of each as many rows as cohorts.
    assert rows == len(told) == 32 * max(1, len(round_.cohorts))
    assert list(told["invited"]) == list(range(9, 9 + rows))
    assert list(told["reached"]) == list(range(8, 8 + rows))
    assert set(told["cohort"]) == set(round_.cohorts or (2025,))
    assert set(told["school"]) == set(shipped().schools) and "" not in set(told["programme"])
    assert set(zip(told["opened"], told["closed"], strict=True)) == {("2026-09-15", "2026-11-17")}


def test_a_blank_sheet_takes_the_number_of_a_whole_school(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(blank_frame(shipped(), Asked("followup", 2026), "fi"))
    workbook = openpyxl.load_workbook(path)
    front = workbook.worksheets[0]
    row = next(c.row for c in front["A"] if c.value == "Kuopion konservatorio")
    front.cell(row, 2).value, front.cell(row, 4).value = None, 30
    workbook.save(path)
    (only,) = asked(load(path, shipped()))
    assert only[:6] == ("followup", 2026, 2023, "kuopio", "", 30.0)


# --- Publishing -------------------------------------------------------------------------------

CATALOGUE = catalogue()
Answered = tuple[str, str, int, int]  # school, programme, cohort, how many
Invited = tuple[str, str, int, float, float]  # school, programme, cohort, invited, reached


def answered(*groups: Answered) -> Submission:
    people, answers = [], []
    for school, programme, cohort, times in groups:
        for number in range(times):
            person = f"r{len(people)}"
            people.append((person, "base", cohort + 1, cohort, school, programme))
            answers.append((person, "activity", "work" if number % 3 else "study", math.nan, ""))
    return Submission(
        Kind.SURVEY,
        "answers.xlsx",
        respondents=pd.DataFrame(people, columns=RESPONDENT_COLUMNS),
        answers=pd.DataFrame(answers, columns=ANSWER_COLUMNS),
    )


def frame(*groups: Invited) -> Submission:
    rows = [
        ("base", cohort + 1, cohort, school, programme, invited, reached, "2020-09-01", "")
        for school, programme, cohort, invited, reached in groups
    ]
    return Submission(Kind.FRAME, "frame.xlsx", frame=pd.DataFrame(rows, columns=FRAME_COLUMNS))


def published(*submissions: Submission) -> Edition:
    return publish(submissions, CATALOGUE, Title("2026.1", "2026-01-01"))


def told(edition: Edition, **group: str) -> tuple[float | None, ...]:
    """invited, reached, answered; None where the cell says that no one knows."""
    cells = edition.table(FRAME).by_group[Group(survey="base", **group)]
    assert all((cell.value is None) == (cell.state is State.NO_ANSWER) for cell in cells)
    return tuple(cell.value for cell in cells)


ANSWERS = answered(("a", "music", 2019, 12), ("a", "dance", 2019, 3), ("b", "music", 2019, 6))
ASKED = frame(("a", "music", 2019, 20, 18), ("a", "dance", 2019, 5, 5), ("b", "music", 2019, 8, 7))


def test_invited_reached_and_answered_of_every_group() -> None:
    edition = published(ANSWERS, ASKED)
    assert told(edition, cohort="2019") == (33, 30, 21)
    assert told(edition, school="a", cohort="2019") == (25, 23, 15)
    assert told(edition, programme="dance", cohort="2019") == (5, 5, 3)
    assert edition.rounds == (Round("base", 2020, 2019, 2019, 33, 21, "2020-09-01", ""),)


def test_a_round_without_a_frame_says_so_and_so_does_every_block_with_it() -> None:
    two = answered(("a", "music", 2018, 9), ("a", "music", 2019, 9), ("a", "music", 2020, 9))
    asked = frame(("a", "music", 2018, 10, 10), ("a", "music", 2020, 12, 11))
    edition = published(two, asked)
    assert told(edition, cohort="2018") == (10, 10, 9)
    assert told(edition, cohort="2019") == (None, None, 9)
    assert told(edition, block="2018-2020") == (None, None, 27)
    assert [one.invited for one in edition.rounds] == [10, None, 12]


def test_a_school_that_the_frame_forgot_makes_its_groups_unknown() -> None:
    edition = published(ANSWERS, frame(("a", "music", 2019, 20, 18), ("a", "dance", 2019, 5, 5)))
    assert told(edition, school="a", cohort="2019") == (25, 23, 15)
    assert told(edition, school="b", cohort="2019") == (None, None, 6)
    assert told(edition, cohort="2019") == (None, None, 21)


def test_more_answers_than_invitations_make_the_frame_unknown() -> None:
    edition = published(ANSWERS, frame(("a", "", 2019, 25, 23), ("b", "", 2019, 5, 5)))
    assert told(edition, school="b", cohort="2019") == (None, None, 6)
    assert edition.report["frames"] == [
        {"survey": "base", "school": "b", "cohort": 2019, "invited": 5, "answered": 6}
    ]


def test_programmes_need_a_frame_by_programme() -> None:
    edition = published(ANSWERS, frame(("a", "", 2019, 25, 23), ("b", "music", 2019, 8, 8)))
    assert told(edition, cohort="2019") == (33, 31, 21)
    assert told(edition, programme="music", cohort="2019") == (None, None, 18)


def test_what_is_not_known_of_some_is_not_known_of_all() -> None:
    nan = math.nan
    edition = published(ANSWERS, frame(("a", "", 2019, 25, nan), ("b", "", 2019, 8, 8)))
    assert told(edition, cohort="2019") == (33, None, 21)


def test_intervals_are_those_of_a_known_number_of_invited() -> None:
    plain, framed = published(ANSWERS), published(ANSWERS, ASKED)
    group = Group(survey="base", cohort="2019")
    for edition, invited in ((plain, None), (framed, 33)):
        cell = edition.table("activity").one(group, "work")
        assert cell is not None and cell.value is not None and cell.n == 21
        expected = by_hand.interval(cell.value, 21, invited)
        assert (cell.low, cell.high) == pytest.approx(expected)


def test_an_interval_is_not_drawn_where_all_answered() -> None:
    edition = published(ANSWERS, frame(("a", "", 2019, 15, 15), ("b", "", 2019, 6, 6)))
    cell = edition.table("activity").one(Group(survey="base", cohort="2019"), "work")
    assert cell is not None and (cell.n, cell.low, cell.high) == (21, None, None)


def test_an_edition_with_rounds_reads_back_and_one_without_keeps_its_digest() -> None:
    edition = published(ANSWERS, ASKED)
    assert from_plain(to_plain(edition)) == edition
    assert digest(edition) == edition.digest
    assert "rounds" not in to_plain(published())


# --- What the director is told ------------------------------------------------------------------

THE_DIRECTOR = Visitor(Language.EN, "", DIRECTOR, "")


def test_the_preview_says_which_rounds_and_schools_lack_their_invited() -> None:
    everyone = [("a", "music", cohort, 9) for cohort in (2017, 2018, 2019, 2020)]
    answers = answered(*everyone, ("b", "music", 2018, 9), ("b", "music", 2020, 9))
    asked = frame(
        ("a", "music", 2018, 20, 20), ("b", "music", 2018, 8, 8), ("a", "music", 2020, 12, 11)
    )
    told = told_of_invited.sentences(published(answers, asked), THE_DIRECTOR)
    without, in_part, over = (one.split(". ")[0] for one in told)
    assert without.endswith("2018, 2020")  # the surveys of cohorts 2017 and 2019
    assert " 2021: the number invited is lacking of b en" in in_part
    assert "2018–19, b en: 9 answered but only 8 were invited" in over


def test_the_preview_says_that_nothing_is_lacking() -> None:
    told = told_of_invited.sentences(published(ANSWERS, ASKED), THE_DIRECTOR)
    assert told == ["The number invited is known for every round."]


@pytest.mark.parametrize(
    ("before", "after", "kind", "written"),
    [
        ((0.04, 23), (0.0401, 24), "different", ["4% (n = 23)", "4% (n = 24)"]),
        ((0.04, 23), (0.0401, 23), "different", ["4%", "4%, changed by less than rounding"]),
        ((0.04, 23), (0.05, 24), "different", ["4%", "5%"]),
        ((0.04, 23), (0.04, 23), "interval", ["4%", "4%, the confidence interval changed"]),
    ],
)
def test_a_change_that_rounding_hides_is_named(
    before: tuple[float, int], after: tuple[float, int], kind: str, written: list[str]
) -> None:
    group = Group(survey="base", cohort="2019")
    was = Cell(group, "work", value=before[0], low=0.01, high=0.2, n=before[1])
    now = Cell(group, "work", value=after[0], low=0.02, high=0.1, n=after[1])
    change = Change("main_activity", group, "work", was, now)
    assert changed.kind_of(change) == kind
    assert changed.before_and_after(change, shipped(), THE_DIRECTOR) == written
