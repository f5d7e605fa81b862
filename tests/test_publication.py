"""One gate: what goes in comes out measured, withheld where it must be, and bound."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tests.small_catalogue import catalogue
from yearbook.editions import Group, State
from yearbook.publication import Title, changes, publish
from yearbook.submissions import (
    ANSWER_COLUMNS,
    FIGURE_COLUMNS,
    RESPONDENT_COLUMNS,
    Kind,
    Submission,
)

CATALOGUE = catalogue()
TITLE = Title("2026.1", "2026-03-01")


def annual(*rows: tuple[str, int, str, str, float]) -> Submission:
    frame = pd.DataFrame([(*row, "", False, "x") for row in rows], columns=FIGURE_COLUMNS)
    return Submission(Kind.ANNUAL, "returns.xlsx", figures=frame)


def survey(*rows: tuple[str, str, int, str, str | float, int]) -> Submission:
    """(school, programme, cohort, question, option or number, how many)."""
    people, answers = [], []
    for school, programme, cohort, question, given, times in rows:
        for _ in range(times):
            person = f"r{len(people)}"
            people.append((person, "base", cohort + 1, cohort, school, programme))
            number = given if isinstance(given, float) else math.nan
            option = given if isinstance(given, str) else ""
            answers.append((person, question, option, number, ""))
    return Submission(
        Kind.SURVEY,
        "survey.xlsx",
        respondents=pd.DataFrame(people, columns=RESPONDENT_COLUMNS),
        answers=pd.DataFrame(answers, columns=ANSWER_COLUMNS),
    )


RETURNS = annual(("a", 2025, "music", "students", 40.0), ("b", 2025, "music", "students", 30.0))
ANSWERS = survey(
    ("a", "music", 2020, "activity", "work", 12),
    ("a", "music", 2020, "activity", "study", 4),
    ("b", "music", 2020, "activity", "work", 3),
    ("c", "music", 2020, "activity", "other", 6),
)


def test_an_annual_figure_reaches_the_edition() -> None:
    edition = publish([RETURNS], CATALOGUE, TITLE)
    cell = edition.table("students").one(Group(year="2025"))
    assert cell is not None and (cell.value, cell.n, cell.state) == (70.0, 2, State.SHOWN)
    assert edition.returned == {"2025": ("a", "b")}
    absent = edition.table("students").one(Group(school="c", year="2025"))
    assert absent is not None and absent.state is State.NOT_RETURNED


def test_a_share_reaches_the_edition_with_its_interval() -> None:
    edition = publish([ANSWERS], CATALOGUE, TITLE)
    cell = edition.table("activity").one(Group(survey="base", cohort="2020"), "work")
    assert cell is not None
    assert (cell.count, cell.n, cell.value) == (15, 25, 0.6)
    assert (round(cell.low or 0, 3), round(cell.high or 0, 3)) == (0.407, 0.766)


def test_a_withheld_group_has_no_number_at_all() -> None:
    three_years = [
        survey(*(("a", "music", year, "activity", "work", 9) for year in (2018, 2019, 2020))),
        survey(("b", "music", 2018, "activity", "work", 3)),
    ]
    table = publish([_joined(three_years)], CATALOGUE, TITLE).table("activity")
    cells = table.by_group[Group(survey="base", school="b", block="2018-2020")]
    assert [cell.option for cell in cells] == ["work", "study", "other"]
    for cell in cells:
        assert cell.state is State.WITHHELD
        assert (cell.value, cell.count, cell.n, cell.low, cell.high) == (None,) * 5


def _joined(parts: list[Submission]) -> Submission:
    """Several survey pieces with ids of their own."""
    people, answers = [], []
    for number, part in enumerate(parts):
        people.append(
            part.respondents.assign(respondent=f"{number}-" + part.respondents["respondent"])
        )
        answers.append(part.answers.assign(respondent=f"{number}-" + part.answers["respondent"]))
    return replace(parts[0], respondents=pd.concat(people), answers=pd.concat(answers))


def test_means_and_quartiles_need_more_answers_than_shares() -> None:
    nineteen = survey(*(("a", "music", 2020, "pay", 2000.0 + 100 * n, 1) for n in range(19)))
    edition = publish([nineteen], CATALOGUE, TITLE)
    group = Group(survey="base", cohort="2020")
    mean, median = edition.table("pay_mean").one(group), edition.table("pay").one(group, "median")
    assert mean is not None and (mean.value, mean.n) == (2900.0, 19)
    assert median is not None and median.state is State.WITHHELD


def test_a_mean_leaves_out_what_is_outside_the_scale() -> None:
    answers = survey(
        ("a", "music", 2020, "judgement", "1", 6),
        ("a", "music", 2020, "judgement", "3", 6),
        ("a", "music", 2020, "judgement", "none", 5),
    )
    cell = (
        publish([answers], CATALOGUE, TITLE)
        .table("judgement_mean")
        .one(Group(survey="base", cohort="2020"))
    )
    assert cell is not None and (cell.value, cell.n) == (2.0, 12)


def test_what_only_the_own_school_may_see_is_shown_for_all_together() -> None:
    plain = CATALOGUE.content
    own = {**plain["indicators"]["activity"], "audience": "own_school"}
    indicators = {**plain["indicators"], "activity": own}
    edition = publish([ANSWERS], catalogue(indicators=indicators), TITLE)
    assert {"school" in cell.group.cut for cell in edition.table("activity").cells} == {False}
    open_to_all = publish([ANSWERS], CATALOGUE, TITLE).table("activity")
    assert len(edition.table("activity").by_cut[("cohort",)]) == 3
    assert open_to_all.by_cut[("cohort",)] == edition.table("activity").by_cut[("cohort",)]


def test_open_answers_never_reach_an_edition() -> None:
    content = CATALOGUE.content
    as_text = {**content["questions"]["activity"], "type": "text"}
    questions = {**content["questions"], "activity": as_text}
    edition = publish([ANSWERS], catalogue(questions=questions), TITLE)
    assert "activity" not in edition.tables


def test_equal_input_has_an_equal_digest_whatever_the_name() -> None:
    first = publish([RETURNS, ANSWERS], CATALOGUE, TITLE)
    again = publish([RETURNS, ANSWERS], CATALOGUE, Title("2027.9", "2027-01-01"))
    other = publish([RETURNS], CATALOGUE, TITLE)
    assert first.digest == again.digest != other.digest
    assert len(first.digest) == 64


def test_changes_name_every_cell_that_differs() -> None:
    old = publish([RETURNS], CATALOGUE, TITLE)
    new = publish(
        [annual(("a", 2025, "music", "students", 41.0), ("b", 2025, "music", "students", 30.0))],
        CATALOGUE,
        TITLE,
    )
    found = {(c.indicator, c.group.cut, c.group.school) for c in changes(new, old)}
    assert ("students", ("school", "year"), "a") in found
    assert ("students", ("school", "year"), "b") not in found
    assert changes(old, old) == ()


def test_nothing_handed_in_is_an_empty_edition() -> None:
    edition = publish([], CATALOGUE, TITLE)
    assert edition.tables == {} and edition.returned == {}


@pytest.mark.parametrize(("students", "state"), [(4, State.WITHHELD), (5, State.SHOWN)])
def test_a_ratio_of_few_is_withheld_like_the_few(students: int, state: State) -> None:
    returns = annual(
        ("a", 2025, "music", "students", 50.0),
        ("a", 2025, "music", "left", float(students)),
        ("c", 2025, "music", "students", 50.0),
        ("c", 2025, "music", "left", 20.0),
    )
    edition = publish([returns], CATALOGUE, TITLE)
    cell = edition.table("left_share").one(Group(school="a", year="2025"))
    assert cell is not None and cell.state is state
