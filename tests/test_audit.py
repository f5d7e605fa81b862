"""What is about to be published is attacked as a reader with a computer would, and mended."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from yearbook.disclosure import Case, Places, Protection, Settled, lattice_groups, membership_of
from yearbook.disclosure.audit import (
    ContradictionError,
    Fact,
    Help,
    Knowledge,
    Target,
    Tolerance,
    attack,
    connected,
    findings,
    targets,
)
from yearbook.disclosure.audit.attack import is_safe
from yearbook.disclosure.audit.walk import walk
from yearbook.disclosure.cases import Outcome
from yearbook.disclosure.deciding import decide
from yearbook.disclosure.lattice import Block
from yearbook.editions import Group
from yearbook.leaves import leaf

ORDINARY = Tolerance(is_sensitive=False, common=0.8)
SENSITIVE = Tolerance(is_sensitive=True, common=0.8)


def known(people: list[int], *facts: tuple[tuple[int, ...], tuple[int, ...], int]) -> Knowledge:
    """Of three options."""
    return Knowledge(np.array(people), 3, tuple(Fact(*fact) for fact in facts))


def kinds(
    knowledge: Knowledge, *atoms: tuple[int, ...], tolerance: Tolerance = ORDINARY
) -> list[str]:
    wanted = [Target(one) for one in atoms]
    found = findings(knowledge, wanted, attack(knowledge, wanted), tolerance)
    return [f"{one.option} {one.kind}" for one in found]


# --- What follows from what is shown ----------------------------------------------------------


def test_what_a_shown_whole_leaves_open_of_a_part() -> None:
    """Of seven people three chose option 0: of the three in the first atom none to three did."""
    bounds = attack(known([3, 4], ((0, 1), (0,), 3)), [Target((0,))])
    assert (bounds.low[0, 0], bounds.high[0, 0]) == (0, 3)
    assert (bounds.low[0, 1], bounds.high[0, 1]) == (0, 3)


def test_a_shown_part_gives_the_other_part_away() -> None:
    facts = (((0, 1), (0,), 3), ((0,), (0,), 1))
    bounds = attack(known([5, 4], *facts), [Target((1,))])
    assert (bounds.low[0, 0], bounds.high[0, 0]) == (2, 2)


def test_crossing_groups_pin_a_rare_answer_where_they_meet() -> None:
    """A 2 × 2 of atoms; the one who chose option 2 is in the first row and in the first column."""
    facts = [((0, 1), (2,), 1), ((2, 3), (2,), 0), ((0, 2), (2,), 1), ((1, 3), (2,), 0)]
    assert kinds(known([2, 4, 4, 4], *facts), (0,)) == ["2 exact"]


def test_facts_that_contradict_each_other_are_told() -> None:
    with pytest.raises(ContradictionError):
        attack(known([2, 2], ((0, 1), (0,), 1), ((0,), (0,), 2)), [Target((1,))])


def test_counts_of_options_together_are_facts_too() -> None:
    """One chose option 1 or 2, so that of four people three chose option 0."""
    bounds = attack(known([4], ((0,), (1, 2), 1)), [Target((0,))])
    assert bounds.low.tolist() == [[3, 0, 0]] and bounds.high.tolist() == [[3, 1, 1]]


counts_of = st.lists(
    st.tuples(*[st.integers(0, 2)] * 3).filter(lambda row: sum(row) > 0), min_size=2, max_size=4
)


@given(counts_of, st.data())
@settings(max_examples=30, deadline=None)
def test_bounds_hold_every_whole_number_table_that_fits(
    counts: list[tuple[int, ...]], data: st.DataObject
) -> None:
    """All tables are tried. Where a target is not proven safe the bounds may only be wider."""
    table = np.array(counts)
    atoms = range(len(table))
    groups = data.draw(st.lists(st.sets(st.sampled_from(atoms), min_size=1), max_size=3))
    facts = tuple(
        Fact(tuple(sorted(group)), (option,), int(table[sorted(group), option].sum()))
        for group in groups
        for option in range(3)
    )
    knowledge = Knowledge(table.sum(axis=1), 3, facts)
    bounds = attack(knowledge, [Target((atom,)) for atom in atoms], Help([table]))
    fitting = np.array(list(_fitting(knowledge)))
    low, high = fitting.min(axis=0), fitting.max(axis=0)
    unsafe = ~is_safe(bounds.low, bounds.high, bounds.people[:, None])
    assert (bounds.low[unsafe] <= low[unsafe] + 1e-6).all()
    assert (bounds.high[unsafe] >= high[unsafe] - 1e-6).all()
    assert ((high - low)[bounds.is_witnessed] >= 1).all()


def _fitting(knowledge: Knowledge) -> list[np.ndarray]:
    rows = [
        [row for row in product(range(n + 1), repeat=3) if sum(row) == n] for n in knowledge.people
    ]
    tables = [np.array(table) for table in product(*rows)]
    return [
        table
        for table in tables
        if all(
            table[np.ix_(fact.atoms, fact.options)].sum() == fact.count for fact in knowledge.facts
        )
    ]


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_a_walk_never_leaves_what_is_shown(seed: int) -> None:
    random = np.random.default_rng(seed)
    table = random.integers(0, 3, (12, 3))
    lines = [*np.arange(12).reshape(3, 4), *np.arange(12).reshape(3, 4).T]
    facts = tuple(
        Fact(tuple(line.tolist()), (option,), int(table[line, option].sum()))
        for line in lines
        for option in range(3)
    )
    knowledge = Knowledge(table.sum(axis=1), 3, facts)
    seen = []

    def look(found: np.ndarray, changes: sparse.csc_array) -> bool:
        seen.append(found)
        for step in changes.T.toarray():
            seen.append(found + step.reshape(found.shape))
        return len(seen) < 500

    walk(table, knowledge, look, 5)
    for one in seen:
        assert (one >= 0).all() and (one.sum(axis=1) == knowledge.people).all()
        assert all(one[np.ix_(f.atoms, f.options)].sum() == f.count for f in facts)


# --- What is accepted ------------------------------------------------------------------------


def test_near_unanimity_of_one_shown_group_is_inherited_on_an_ordinary_question() -> None:
    """Five of six chose option 0, so that at most one of these three did not."""
    facts = [((0, 1), (0,), 5), ((0, 1), (1,), 1), ((0, 1), (2,), 0), ((0, 1, 2), (0,), 20)]
    knowledge = known([3, 3, 34], *facts)
    assert kinds(knowledge, (0,)) == ["0 inherited", "2 zero"]
    assert kinds(knowledge, (0,), tolerance=SENSITIVE) == ["0 certain", "2 zero"]


def test_what_is_inherited_of_all_is_not_accepted_where_somebody_is_still_to_come() -> None:
    """All six chose option 0. Of the two in the first atom and one who answers next year it would
    be known of all but one: no single group tells that."""
    facts = [((0, 1), (0,), 6), ((0, 1, 2), (0,), 20)]
    knowledge = known([2, 4, 34], *facts)
    wanted = [Target((0,)), Target((0,), grows=True)]
    found = findings(knowledge, wanted, attack(knowledge, wanted), ORDINARY)
    told = [f"{one.option} {one.kind}" for one in found if one.option == 0]
    assert told == ["0 inherited", "0 exact"]
    nearly = known([3, 4, 34], ((0, 1), (0,), 6), ((0, 1, 2), (0,), 20))
    found = findings(nearly, [wanted[1]], attack(nearly, [wanted[1]]), ORDINARY)
    assert [f"{one.option} {one.kind}" for one in found] == ["0 inherited"]


def test_the_common_answer_is_accepted_on_an_ordinary_question() -> None:
    """Two shown groups together tell of all three that they chose option 0, as 90 % did."""
    facts = [
        ((0, 1, 2), (0,), 36),
        ((0, 1, 2), (1, 2), 4),
        ((1,), (0,), 17),
        ((1,), (1, 2), 3),
        ((2,), (0,), 16),
        ((2,), (1, 2), 1),
    ]
    knowledge = known([3, 20, 17], *facts)
    assert kinds(knowledge, (0,)) == ["0 common", "1 zero", "2 zero"]
    assert kinds(knowledge, (0,), tolerance=SENSITIVE)[0] == "0 exact"


def test_only_what_new_facts_reach_is_looked_at_again() -> None:
    facts = [Fact((0, 1), (0,), 1), Fact((1, 2), (0,), 1), Fact((3, 4), (0,), 1)]
    people = np.array([2, 2, 2, 2, 2])
    assert connected(people, facts, facts[:1]).tolist() == [True, True, True, False, False]


# --- What must stay unknown -------------------------------------------------------------------


LEAVES = tuple(leaf(s, p, c) for s in "ab" for p in "mn" for c in (2019, 2020))
TIMES = {"2019": {(2019, 2019)}, "2020": {(2020, 2020)}, "2019-2020": {(2019, 2019), (2020, 2020)}}
PLACES = Places(
    LEAVES,
    {code: frozenset(spans) for code, spans in TIMES.items()},
    (np.ones(len(LEAVES), dtype=bool),),
)


def test_small_groups_and_what_shown_parts_leave_of_a_whole_are_targets() -> None:
    """School a has one answer in each cell, b four; programme m and all of 2019 are shown."""
    people = np.array([1] * 4 + [4] * 4)
    everyone = np.array([one.first == 2019 for one in LEAVES])
    m = everyone & np.array([one.programme == "m" for one in LEAVES])
    found = {target.atoms: target.place for target in targets(PLACES, people, [m, everyone], 6)}
    assert (0,) in found and (0, 1) in found and (0, 1, 2, 3) in found
    assert found[2, 6] in (("", "n", "2019"), ("", "", "2019"))  # all of 2019 less programme m
    assert (0, 4) not in found  # shown


def test_a_group_of_a_span_that_goes_on_grows_whatever_else_it_is_called() -> None:
    """Of 2020–2022 only 2020 has answered: its group is that of 2020, and may grow."""
    times = {**PLACES.times, "2020-2022": frozenset({(2020, 2020)})}
    places = replace(PLACES, times=times, growing=frozenset({"2020-2022"}))
    people = np.array([1] * 4 + [4] * 4)
    found = {one.atoms: one.grows for one in targets(places, people, [], 6)}
    assert found[1,] and not found[0,]
    assert found[1, 3] and not found[0, 1]


# --- Decided, mended, attacked ----------------------------------------------------------------

CUTS = (("cohort",), ("programme", "cohort"), ("school", "blocks"))


def case_of(counts: np.ndarray, settled: Settled | None = None, **changes: object) -> Case:
    blocks = [Block(2019, 2020)]
    groups = lattice_groups("base", LEAVES, CUTS, blocks)
    return Case(
        groups,
        membership_of(groups, LEAVES, blocks, 0),
        counts.sum(axis=1),
        counts,
        PLACES,
        Protection(5, 0, CUTS),
        ORDINARY,
        settled or Settled(),
        **changes,  # type: ignore[arg-type]
    )


def rare() -> np.ndarray:
    """One graduate of school a's small programme n of 2019 chose the third option, nobody else."""
    counts = np.array([[6, 5, 0], [5, 6, 0], [1, 1, 1], [1, 2, 0],
                       [6, 6, 0], [7, 5, 0], [3, 3, 0], [4, 3, 0]])  # fmt: skip
    assert counts.shape == (len(LEAVES), 3)
    return counts


def test_a_rare_option_is_counted_with_another_and_every_group_stays() -> None:
    found = decide(case_of(rare()))
    assert found.unsafe == () and found.hidden == {}
    folded = {g: c for g, c in found.columns.items() if any(len(one) > 1 for one in c)}
    assert folded and all(2 in one for c in folded.values() for one in c if len(one) > 1)
    assert all(group.cut != ("cohort",) for group in folded)  # the dearest stays whole


def test_an_unmended_table_would_have_given_the_graduate_away() -> None:
    case = case_of(rare())
    facts = tuple(
        Fact(tuple(np.flatnonzero(row).tolist()), (o,), int(case.counts[row, o].sum()))
        for row in case.membership
        for o in range(3)
    )
    knowledge = Knowledge(case.people, 3, facts)
    assert "2 exact" in kinds(knowledge, (2,))


def test_with_two_options_the_group_is_withheld() -> None:
    """Nothing is left to count together."""
    counts = np.stack([rare()[:, :2].sum(axis=1), rare()[:, 2]], axis=1)
    nothing_is_common = Tolerance(is_sensitive=False, common=1.1)
    found = decide(replace(case_of(counts), tolerance=nothing_is_common))
    assert found.unsafe == () and set(found.hidden.values()) == {"complementary"}
    assert not any(len(one) > 1 for c in found.columns.values() for one in c)


def test_neighbours_on_a_scale_are_counted_together() -> None:
    found = decide(case_of(rare(), is_scale=True))
    folds = {one for c in found.columns.values() for one in c if len(one) > 1}
    assert found.unsafe == () and folds <= {(1, 2), (0, 1, 2)}


def test_what_is_settled_is_not_worked_at_again() -> None:
    first = case_of(rare())
    decided = decide(first)
    shown = [g for g in first.groups if g in decided.columns]
    rows = [first.groups.index(group) for group in shown]
    settled = Settled(tuple(shown), first.membership[rows], dict.fromkeys(first.groups, True))
    again: Outcome = decide(case_of(rare(), settled))
    assert again.columns == {} and again.programs == again.checked == 0


def test_an_earlier_edition_holds_back_what_would_tell_the_difference() -> None:
    """All of 2019 was shown before one more answered: shown again, the two would tell the one."""
    counts = rare()
    late = np.array([[0, 1, 0]])
    leaves = (*LEAVES, leaf("a", "m", 2019))
    everyone = np.ones(len(leaves), dtype=bool)
    before = np.array([*[True] * len(LEAVES), False])
    places = Places(leaves, PLACES.times, (everyone, before, ~before))
    groups = lattice_groups("base", leaves, CUTS, [Block(2019, 2020)])
    membership = membership_of(groups, leaves, [Block(2019, 2020)], 0)
    whole = Group(survey="base", cohort="2019")
    was = membership[groups.index(whole)] & before
    facts = tuple(
        Fact(tuple(np.flatnonzero(was).tolist()), (o,), int(counts[was[:-1], o].sum()))
        for o in range(3)
    )
    case = Case(
        groups, membership, np.append(counts.sum(axis=1), 1), np.concatenate([counts, late]),
        places, Protection(5, 0, CUTS), ORDINARY, Settled((whole,), was[None, :], {}), facts,
    )  # fmt: skip
    found = decide(case)
    assert found.hidden[whole] == "complementary" and found.unsafe == ()
