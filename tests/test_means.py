"""The mean of a number is withheld where a small group's could be worked out from it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from yearbook.disclosure import EarlierMean, Means, unsafe_means
from yearbook.disclosure.means import _ends
from yearbook.editions import Group
from yearbook.measures import two_significant_digits

EVERYONE, A, B = (Group(survey="base", school=school, block="blocks") for school in ("", "a", "b"))


def means(
    people: Sequence[int],
    numbers: Sequence[float],
    shown: dict[Group, Sequence[int]],
    **more: object,
) -> Means:
    """numbers: each atom's mean; shown: which atoms are in a group. Protected is each atom of fewer
    than five."""
    membership = np.array([[n in atoms for n in range(len(people))] for atoms in shown.values()])
    small = np.flatnonzero(np.array(people) < 5)
    protected = np.eye(len(people), dtype=bool)[small]
    sums = np.array(people) * np.array(numbers, dtype=float)
    return Means(
        list(shown),
        membership,
        np.array(people),
        sums,
        protected,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("mean", "ends"),
    [
        (2300, (2250, 2350)),
        (1000, (995, 1050)),
        (12, (11.5, 12.5)),
        (9.5, (9.45, 9.55)),
        (0, (0, 0)),
    ],
)
def test_what_a_rounded_mean_tells(mean: float, ends: tuple[float, float]) -> None:
    assert _ends(mean) == pytest.approx(ends)
    inside = [ends[0] + share * (ends[1] - ends[0]) for share in (0.001, 0.5, 0.999)]
    assert {two_significant_digits(number) for number in inside} == {mean}


def test_few_who_make_up_most_of_a_sum_are_told_by_two_means() -> None:
    """40 answers of about 1.0 and 4 of 100: the sums are 440 ± 2.2 and 40 ± 2, so the four have
    396 to 404. Either mean alone tells nothing."""
    told = means([40, 4], [1.0, 100.0], {EVERYONE: (0, 1), A: (0,)})
    assert unsafe_means(told, 10) == {A}
    assert unsafe_means(means([40, 4], [1.0, 100.0], {EVERYONE: (0, 1)}), 10) == frozenset()


def test_few_who_are_like_the_others_are_hidden_by_the_rounding() -> None:
    """44 times 2 300 ± 50 less 40 times as much leaves 4 between 700 and 4 400."""
    told = means([40, 4], [2300.0, 2300.0], {EVERYONE: (0, 1), A: (0,)})
    assert unsafe_means(told, 10) == frozenset()


def test_what_an_earlier_edition_showed_is_known() -> None:
    """School a's mean was shown before: now everyone's has to go."""
    before = (EarlierMean(np.array([True, False]), 1.0),)
    told = means([40, 4], [1.0, 100.0], {EVERYONE: (0, 1)}, earlier=before)
    assert unsafe_means(told, 10) == {EVERYONE}
    both = (*before, EarlierMean(np.array([True, True]), 10.0))
    lost = means([40, 4], [1.0, 100.0], {EVERYONE: (0, 1), A: (0,)}, earlier=both)
    assert unsafe_means(lost, 10) == frozenset(), "nothing helps any more"


def test_an_earlier_mean_of_answers_that_were_mended_contradicts_nothing() -> None:
    before = (EarlierMean(np.array([True, False]), 7.0),)
    told = means([40, 4], [1.0, 100.0], {EVERYONE: (0, 1)}, earlier=before)
    assert unsafe_means(told, 10) == frozenset()


def test_a_mean_of_nothing_is_a_counted_zero() -> None:
    assert unsafe_means(means([40, 4], [0.0, 0.0], {EVERYONE: (0, 1)}), 10) == frozenset()


def test_who_knows_the_largest_answer_knows_more() -> None:
    """Nobody has more than 10 years: 40 with 9.9 and 4 with 10 are all near it."""
    told = {EVERYONE: (0, 1)}
    assert unsafe_means(means([40, 4], [9.9, 10.0], told), 10) == frozenset()
    assert unsafe_means(means([4, 4], [9.9, 10.0], told, largest=10.0), 10) == {EVERYONE}


groups = st.lists(st.sets(st.integers(0, 5), min_size=1), min_size=1, max_size=6)
answers = st.lists(
    st.tuples(st.integers(1, 12), st.floats(0, 50).map(lambda x: round(x, 1))),
    min_size=6,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(groups, answers)
def test_no_small_mean_is_known_within_ten_per_cent(
    members: list[set[int]], given_answers: list[tuple[int, float]]
) -> None:
    """Solved afresh, with the intervals written out."""
    people, numbers = (list(column) for column in zip(*given_answers, strict=True))
    shown = {
        Group(survey="base", school=str(number), block="blocks"): sorted(atoms)
        for number, atoms in enumerate(members)
    }
    told = means(people, numbers, shown)
    visible = [atoms for group, atoms in shown.items() if group not in unsafe_means(told, 10)]
    rows, ends = [], []
    for atoms in visible:
        n = sum(people[a] for a in atoms)
        low, high = _ends(two_significant_digits(sum(told.sums[a] for a in atoms) / n))
        row = np.isin(range(6), atoms).astype(float)
        rows += [row, -row]
        ends += [high * n * (1 + 1e-9), -low * n * (1 - 1e-9)]
    for target in told.protected:
        found = [
            linprog(sign * target, A_ub=np.array(rows) if rows else None, b_ub=ends or None)
            for sign in (1.0, -1.0)
        ]
        if found[1].status == 3:  # unbounded: nothing is known
            continue
        low, high = found[0].fun, -found[1].fun
        assert high < 1e-5 or high - low >= 0.1 * (high + low) - 1e-5
