"""Small cells are withheld, and so is what would give them away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_catalogue import catalogue
from yearbook.disclosure import (
    Block,
    Grid,
    Protection,
    closed_blocks,
    is_extra,
    lattice_groups,
    membership_of,
    protect,
    survey_protection,
)
from yearbook.editions import Group
from yearbook.leaves import leaf
from yearbook.measures import Tally

LATTICE = (
    ("cohort",),
    ("block",),
    ("programme", "block"),
    ("school", "blocks"),
    ("school", "block"),
    ("programme", "cohort"),
    ("school", "programme", "blocks"),
)


def counted(rows: dict[tuple[str, str, int], tuple[int, ...]]) -> Tally:
    """(school, programme, cohort) -> how many chose each option."""
    counts = np.array(list(rows.values()))
    options = tuple(f"o{n}" for n in range(counts.shape[1]))
    leaves = tuple(leaf(*place) for place in rows)
    return Tally("base", leaves, options, counts, counts.sum(axis=1))


def shown(
    table: Tally, threshold: int = 5, leave: int = 0, cuts: tuple[tuple[str, ...], ...] = LATTICE
) -> frozenset[Group]:
    blocks = closed_blocks((one.first for one in table.leaves), (), Grid(2018, 3))
    groups = lattice_groups("base", table.leaves, cuts, blocks)
    membership = membership_of(groups, table.leaves, blocks, 0)
    return protect(groups, membership, table, Protection(threshold, leave, cuts)).shown


@pytest.mark.parametrize(("n", "is_shown"), [(4, False), (5, True), (6, True)])
def test_a_group_is_shown_from_the_threshold_on(n: int, is_shown: bool) -> None:
    assert bool(shown(counted({("a", "m", 2019): (n, 0)}), cuts=(("cohort",),))) is is_shown


@pytest.mark.parametrize(("others", "is_shown"), [(1, False), (2, True)])
def test_a_sensitive_question_leaves_two_outside_the_largest_option(
    others: int, is_shown: bool
) -> None:
    table = counted({("a", "m", 2019): (20, others)})
    assert bool(shown(table, threshold=10, leave=2, cuts=(("cohort",),))) is is_shown


@pytest.mark.parametrize(("n", "is_shown"), [(19, False), (20, True)])
def test_a_single_year_of_a_school_is_shown_from_twenty_on(n: int, is_shown: bool) -> None:
    plain = catalogue()
    needs = survey_protection(plain.questions["activity"], plain.policy)
    table = counted({("a", "m", 2019): (n, 0), ("b", "m", 2019): (30, 0)})
    groups = lattice_groups("base", table.leaves, (("school", "cohort"),), ())
    membership = membership_of(groups, table.leaves, (), 0)
    found = {group.school for group in protect(groups, membership, table, needs).shown}
    assert found == ({"a", "b"} if is_shown else {"b"})


def test_the_rest_of_a_whole_is_never_small() -> None:
    """All 14, programme m 10: showing both gives d = 4 away, so m goes and the whole stays."""
    table = counted({("a", "m", 2019): (6, 4), ("a", "d", 2019): (4, 0)})
    found = shown(table, cuts=(("cohort",), ("programme", "cohort")))
    assert found == {Group(survey="base", cohort="2019")}


def test_a_rest_that_is_large_enough_hides_nothing() -> None:
    table = counted({("a", "m", 2019): (6, 4), ("a", "d", 2019): (5, 0)})
    assert len(shown(table, cuts=(("cohort",), ("programme", "cohort")))) == 3


def test_of_two_small_groups_the_smallest_shown_one_goes_too() -> None:
    table = counted({("a", "m", 2019): (9,), ("a", "d", 2019): (2,), ("a", "p", 2019): (6,)})
    found = shown(table, cuts=(("cohort",), ("programme", "cohort")))
    assert {group.programme for group in found} == {"", "m"}


def test_a_hidden_group_cannot_be_combined_from_shown_ones() -> None:
    """Schools and programmes cross: block − (school a) − (school b, which only has m) …"""
    rng = np.random.default_rng(7)
    table = counted(
        {
            (s, p, c): tuple(rng.integers(0, 4, 3))
            for s in "abcd"
            for p in "mdt"
            for c in (2018, 2019, 2020)
        }
    )
    assert_nothing_unsafe_is_a_combination(table, shown(table), threshold=5)


def assert_nothing_unsafe_is_a_combination(
    table: Tally, visible: frozenset[Group], threshold: int
) -> None:
    """Solved afresh by least squares over the leaves that have answers."""
    answered = table.respondents > 0
    leaves = [one for one, has in zip(table.leaves, answered, strict=True) if has]
    blocks = closed_blocks((one.first for one in table.leaves), (), Grid(2018, 3))
    everything = lattice_groups("base", table.leaves, LATTICE, blocks)
    member = membership_of(everything, leaves, blocks, 0).astype(float)
    people = table.respondents[answered]
    is_visible = np.array([group in visible for group in everything])
    unsafe = [row for row in [*member, *np.eye(len(leaves))] if 0 < row @ people < threshold]
    assert all(member[i] @ people >= threshold for i in np.flatnonzero(is_visible))
    for target in unsafe:
        solution, *_ = np.linalg.lstsq(member[is_visible].T, target, rcond=None)
        assert np.abs(member[is_visible].T @ solution - target).max() > 1e-6


leaf_counts = st.lists(st.integers(0, 6), min_size=24, max_size=24).filter(any)


@settings(max_examples=40, deadline=None)
@given(leaf_counts)
def test_nothing_unsafe_is_ever_a_combination_of_what_is_shown(numbers: list[int]) -> None:
    keys = [(s, p, c) for s in "ab" for p in "mdt" for c in (2018, 2019, 2020, 2021)]
    table = counted({key: (n,) for key, n in zip(keys, numbers, strict=True)})
    assert_nothing_unsafe_is_a_combination(table, shown(table), threshold=5)


def test_blocks_follow_the_grid_and_close_only_when_whole() -> None:
    grid = Grid(2010, 3)
    assert closed_blocks(range(2011, 2024), [], grid) == (
        Block(2011, 2012),
        Block(2013, 2015),
        Block(2016, 2018),
        Block(2019, 2021),
    )
    assert closed_blocks(range(2011, 2025), [], grid)[-1] == Block(2022, 2024)
    assert closed_blocks([2005, 2006, 2010, 2011, 2012], [], grid) == (
        Block(2005, 2006),
        Block(2010, 2012),
    )
    assert closed_blocks([], [2019], grid) == ()


def test_a_border_begins_a_block_and_moves_no_other() -> None:
    """A question broken at 2017, and asked until 2022: the block before that border is closed."""
    found = closed_blocks(range(2013, 2024), [2017, 2023], Grid(2010, 3))
    spans = [(2013, 2015), (2016, 2016), (2017, 2018), (2019, 2021), (2022, 2022)]
    assert [(block.first, block.last) for block in found] == spans


def test_a_single_cohort_after_a_border_joins_the_block_after_it() -> None:
    """Broken at 2019 of the block 2017-2019: 2019 is pooled with 2020-2022 once these are in."""
    found = closed_blocks(range(2014, 2023), [2019], Grid(2011, 3))
    spans = [(2014, 2016), (2017, 2018), (2019, 2022)]
    assert [(block.first, block.last) for block in found] == spans
    assert closed_blocks(range(2014, 2022), [2019], Grid(2011, 3)) == found[:2]


def test_all_blocks_begin_after_the_break() -> None:
    leaves = [leaf("a", "m", year) for year in range(2015, 2021)]
    blocks = closed_blocks(range(2015, 2021), [2018], Grid(2018, 3))
    groups = lattice_groups("base", leaves, (("school", "blocks"),), blocks)
    assert membership_of(groups, leaves, blocks, 2018).tolist() == [[False] * 3 + [True] * 3]
    assert membership_of(groups, leaves, blocks, 0).tolist() == [[True] * 6]


@pytest.mark.parametrize(
    ("group", "extra"),
    [
        (Group(school="a", cohort="2019"), True),
        (Group(school="a", programme="m", block="2018-2020"), True),
        (Group(school="a", block="2018-2020"), False),
        (Group(school="a", block="2018-2018"), True),
        (Group(school="a", programme="m", block="blocks"), False),
        (Group(block="2018-2018"), False),
    ],
)
def test_a_school_year_of_a_school_is_an_extra(group: Group, extra: bool) -> None:
    assert is_extra(group, catalogue().policy) is extra
