"""The measures agree with a pencil."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import by_hand
from tests.small_catalogue import catalogue
from yearbook.editions import Group, State
from yearbook.intervals import wilson
from yearbook.measures import (
    Asked,
    effective_figures,
    measure_annual,
    measure_survey,
    median_and_quartiles,
    tally,
    two_significant_digits,
)
from yearbook.measures.annual import comparable_change
from yearbook.submissions import FIGURE_COLUMNS

CATALOGUE = catalogue()
RETURNED = {"2024": ("a", "b"), "2025": ("a", "b", "c")}


def figures(*rows: tuple[str, int, str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame([(*row, "", False, "Sheet1!A1") for row in rows], columns=FIGURE_COLUMNS)


def measured(code: str, frame: pd.DataFrame) -> dict[Group, float | State]:
    found = measure_annual(
        CATALOGUE.indicators[code], effective_figures(frame), CATALOGUE, RETURNED
    )
    return {m.group: m.state if m.value is None else m.value for m in found}


STUDENTS = figures(
    ("a", 2025, "music", "students", 40),
    ("a", 2025, "dance", "students", 10),
    ("b", 2025, "music", "students", 30),
    ("c", 2025, "music", "students", 0),
    ("a", 2024, "music", "students", 41),
)


def test_a_sum_is_taken_over_schools_programmes_and_regions() -> None:
    found = measured("students", STUDENTS)
    assert found[Group(year="2025")] == 80
    assert found[Group(school="a", year="2025")] == 50
    assert found[Group(programme="music", year="2025")] == 70
    assert found[Group(school="a", programme="dance", year="2025")] == 10
    assert found[Group(region="north", year="2025")] == 80


def test_zero_is_counted_and_each_absence_has_its_reason() -> None:
    found = measured("students", STUDENTS)
    assert found[Group(school="c", year="2025")] == 0
    assert found[Group(school="c", programme="dance", year="2025")] is State.NO_ANSWER
    assert found[Group(school="c", year="2024")] is State.NOT_RETURNED
    assert Group(school="b", programme="dance", year="2025") not in found


def test_a_missing_value_code_gives_its_state() -> None:
    frame = figures(("c", 2025, "dance", "students", None)).assign(missing="not_offered")
    found = measured("students", frame)
    assert found[Group(school="c", programme="dance", year="2025")] is State.NOT_OFFERED


def test_a_sum_with_an_unknown_part_is_not_the_schools_figure() -> None:
    known = figures(("a", 2025, "music", "students", 40), ("b", 2025, "music", "students", 30))
    unknown = figures(("a", 2025, "dance", "students", None)).assign(missing="no_answer")
    found = measured("students", pd.concat([known, unknown], ignore_index=True))
    assert found[Group(school="a", year="2025")] is State.NO_ANSWER
    assert found[Group(year="2025")] == 30
    assert found[Group(programme="music", year="2025")] == 70


def test_a_total_beside_its_parts_is_not_counted_twice() -> None:
    frame = figures(
        ("a", 2025, "", "students", 52),
        ("a", 2025, "music", "students", 40),
        ("a", 2025, "dance", "students", 10),
    )
    found = measured("students", frame)
    assert found[Group(year="2025")] == 52
    assert found[Group(programme="music", year="2025")] == 40


def test_the_own_return_goes_before_a_figure_repeated_a_year_later() -> None:
    own = figures(("a", 2024, "music", "students", 41))
    repeated = figures(
        ("a", 2024, "music", "students", 43), ("b", 2024, "music", "students", 9)
    ).assign(carried=True)
    found = measured("students", pd.concat([own, repeated], ignore_index=True))
    assert found[Group(school="a", year="2024")] == 41
    assert found[Group(school="b", year="2024")] == 9


def test_a_ratio_is_sum_by_sum_over_what_is_known_in_both() -> None:
    frame = figures(
        ("a", 2025, "music", "applicants", 30),
        ("a", 2025, "music", "places", 10),
        ("a", 2025, "dance", "places", 10),
        ("b", 2025, "music", "applicants", 10),
        ("b", 2025, "music", "places", 10),
    )
    found = measured("applicants_per_place", frame)
    assert found[Group(year="2025")] == pytest.approx(40 / 20)
    assert found[Group(school="a", year="2025")] == pytest.approx(3.0)


def test_a_ratio_with_nothing_below_is_no_answer() -> None:
    frame = figures(("a", 2025, "music", "applicants", 3), ("a", 2025, "music", "places", 0))
    assert measured("applicants_per_place", frame)[Group(year="2025")] is State.NO_ANSWER


def test_money_of_the_school_is_divided_by_students_of_its_programmes() -> None:
    frame = pd.concat([STUDENTS, figures(("a", 2025, "", "costs", 500_000))], ignore_index=True)
    found = measured("cost_per_student", frame)
    assert found[Group(school="a", year="2025")] == 10_000
    assert found[Group(year="2025")] == 10_000


def test_a_change_compares_the_schools_of_both_years() -> None:
    found = comparable_change(
        CATALOGUE.indicators["students"], effective_figures(STUDENTS), CATALOGUE
    )
    assert [(m.option, m.value, m.respondents) for m in found] == [
        ("before", 41.0, 1),
        ("after", 50.0, 1),
    ]


row = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from([2024, 2025]),
    st.sampled_from(["", "music", "dance"]),
    st.integers(0, 500),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(row, min_size=1, max_size=30))
def test_sums_agree_with_a_pencil(rows: list[tuple[str, int, str, int, bool]]) -> None:
    frame = pd.DataFrame(
        [(s, y, p, "students", float(v), "", c, "x") for s, y, p, v, c in rows],
        columns=FIGURE_COLUMNS,
    )
    plain = frame.to_dict("records")
    region = {"a": "north", "b": "north", "c": "south"}
    plain = [{**r, "region": region[r["school"]]} for r in plain]
    for group, value in measured("students", frame).items():
        fixed = {name: getattr(group, name) for name in group.cut}
        expected = by_hand.annual_sum(plain, "students", fixed)
        assert (None if isinstance(value, State) else value) == expected, group


people = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["music", "dance"]),
        st.integers(2018, 2022),
        st.lists(st.sampled_from(["work", "study", "other"]), max_size=3, unique=True),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(people)
def test_shares_agree_with_a_pencil(rows: list[tuple[str, str, int, list[str]]]) -> None:
    respondents = pd.DataFrame(
        [(f"r{i}", "base", c + 1, c, s, p) for i, (s, p, c, _) in enumerate(rows)],
        columns=["respondent", "survey", "survey_year", "cohort", "school", "programme"],
    )
    answers = pd.DataFrame(
        [
            (f"r{i}", "all", option, math.nan, "")
            for i, (*_, options) in enumerate(rows)
            for option in options or [""]
        ],
        columns=["respondent", "question", "option", "number", "text"],
    )
    from dataclasses import replace

    question = replace(CATALOGUE.questions["activity"], code="all", type="multiple")
    counted = tally(respondents, answers, question, "base")
    groups = [
        Group(survey="base"),
        Group(survey="base", school="a"),
        Group(survey="base", cohort="2020"),
    ]
    membership = np.array(
        [
            [
                (not g.school or g.school == s) and (not g.cohort or int(g.cohort) == c)
                for s, _, c, _ in counted.leaves
            ]
            for g in groups
        ]
    )
    for figure in measure_survey("multiple", counted, Asked(groups, membership, [None] * 3)):
        fixed = {name: getattr(figure.group, name) for name in figure.group.cut}
        n, chosen = by_hand.shares(
            respondents.to_dict("records"), answers.to_dict("records"), "all", fixed
        )
        assert (figure.respondents, figure.count) == (n, chosen.get(figure.option, 0))
        assert figure.value == (figure.count / n if n else None)


def test_wilson_interval_as_published() -> None:
    """Newcombe (1998), Statistics in Medicine 17, 857–872, table I: 81/263 and 1/29, method 3."""
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(1 / 29, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)
    assert wilson(0, 0) is None


def test_an_interval_is_narrower_the_more_of_the_invited_answered() -> None:
    """15 of 25 answered yes. Of 100 invited n counts as 25 · 99 / 75 = 33, of 26 as 625."""
    assert wilson(0.6, 25) == pytest.approx((0.4074, 0.7660), abs=5e-5)
    assert wilson(0.6, 25, 100) == wilson(0.6, 33)
    assert wilson(0.6, 25, 26) == pytest.approx((0.5611, 0.6377), abs=5e-5)
    assert wilson(0.6, 25, 25) is None
    assert wilson(0.6, 25, 24) == wilson(0.6, 25)  # a frame of other people tells nothing


@given(st.integers(1, 400), st.data())
def test_intervals_agree_with_a_pencil(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    invited = data.draw(st.none() | st.integers(n, 1000))
    plain, found = wilson(count / n, n), wilson(count / n, n, invited)
    expected = by_hand.interval(count / n, n, invited)
    assert plain is not None
    if found is None or expected is None:
        assert found is expected is None and invited == n
    else:
        assert found == pytest.approx(expected, abs=1e-9)
        assert plain[0] - 1e-12 <= found[0] <= count / n + 1e-12
        assert count / n - 1e-12 <= found[1] <= plain[1] + 1e-12


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(2345, 2300), (2350, 2400), (99, 99), (995, 1000), (0, 0), (-1234, -1200), (8.17, 8.2)],
)
def test_money_has_two_significant_digits(value: float, rounded: float) -> None:
    assert two_significant_digits(value) == rounded


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=50))
def test_quartiles_agree_with_a_pencil(values: list[int]) -> None:
    found = median_and_quartiles(np.array(values, dtype=float))
    assert found == pytest.approx([by_hand.quartile(values, share) for share in (0.25, 0.5, 0.75)])
