"""The public sees rounded counts and safe sums, made of what members see and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.small_catalogue import annual_question, content, indicator
from yearbook import edition_files
from yearbook.disclosure.public_counts import is_sum_safe, public_span, rounded, safe_parts
from yearbook.editions import (
    ANSWERED,
    FRAME,
    INVITED,
    Cell,
    Edition,
    Group,
    Note,
    Quote,
    Round,
    State,
    Table,
)
from yearbook.intervals import wilson
from yearbook.language import Text
from yearbook.publication.public import for_public

PUBLIC = {"audience": "public"}
YEAR = Group(year="2025")
COHORTS, BLOCK = ("2018", "2019", "2020"), "2018-2020"
PROGRAMMES, SCHOOLS = ("music", "dance"), ("a", "b", "c")
OPTIONS = ("work", "study", "other")


@cache
def _content() -> dict[str, Any]:
    return content()


def plain() -> dict[str, Any]:
    """The small catalogue with figures for the public: persons, a ratio, money, one question."""
    whole = dict(_content())
    figures = whole["indicators"] = copy.deepcopy(whole["indicators"])
    asked = whole["questions"] = dict(whole["questions"])
    asked["funding"] = annual_question("school", type="money")
    for code in ("students", "applicants_per_place", "activity"):
        figures[code] |= PUBLIC
    for code, unit in (("applicants", "persons"), ("places", "places")):
        figures[code] = indicator("annual", "sum", [["year"]], question=code, unit=unit)
    cuts = [["year"], ["school", "year"], ["region", "year"]]
    figures["funding"] = indicator("annual", "sum", cuts, question="funding", unit="euro", **PUBLIC)
    return whole


def members(*tables: Table, **more: Any) -> Edition:
    whole = Edition(
        name="2026.1",
        published="2026-03-01",
        audience="members",
        invented=True,
        content=plain(),
        tables={table.indicator: table for table in tables},
        returned={"2025": SCHOOLS},
        respondents={"base": {"2018": 41}},
        blocks={"base": (BLOCK,)},
    )
    return edition_files.seal(replace(whole, **more))


def figures(code: str, values: dict[Group, float | State]) -> Table:
    return Table(code, tuple(Cell(group, state=value) if isinstance(value, State)
                             else Cell(group, value=float(value), n=3)
                             for group, value in values.items()))  # fmt: skip


def by_school(code: str, values: dict[str, float | State], year: str = "2025") -> Table:
    """The schools' figures and their sum."""
    whole = sum(value for value in values.values() if not isinstance(value, State))
    schools = {Group(school=school, year=year): value for school, value in values.items()}
    return figures(code, {Group(year=year): whole, **schools})


def distribution(groups: dict[Group, Sequence[int]], code: str = "activity") -> Table:
    cells = []
    for group, counts in groups.items():
        n = sum(counts)
        for option, count in zip(OPTIONS, counts, strict=True):
            low, high = wilson(count / n, n) or (None, None)
            cells.append(Cell(group, option, State.SHOWN, count / n, low, high, count, n))
    return Table(code, tuple(cells))


def seen(edition: Edition, code: str, group: Group = YEAR, option: str = "") -> Cell:
    cell = for_public(edition).table(code).one(group, option)
    assert cell is not None
    return cell


# --- Counts of persons ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("persons", "shown"), [(0, 0), (5, 6), (6, 6), (7, 6), (8, 9), (10, 9), (100, 99), (101, 102)]
)
def test_from_five_on_persons_are_rounded_to_the_nearest_three(persons: int, shown: int) -> None:
    cell = seen(members(figures("students", {YEAR: persons})), "students")
    assert (cell.state, cell.value) == (State.SHOWN, shown)


@pytest.mark.parametrize("persons", [1, 2, 3, 4])
def test_one_to_four_persons_are_told_alike(persons: int) -> None:
    cell = seen(members(figures("students", {YEAR: persons})), "students")
    assert cell == Cell(YEAR, "", State.INTERVAL, low=1, high=4, n=3)


def test_a_small_programme_is_not_the_rest_of_the_others() -> None:
    """14 students are shown as 15 and 10 as 9: the rest would be 4, for "1–4" is at most that."""
    music, dance = replace(YEAR, programme="music"), replace(YEAR, programme="dance")
    edition = members(figures("students", {YEAR: 14, music: 10, dance: 4}))
    assert seen(edition, "students").value == 15
    assert seen(edition, "students", dance).state is State.INTERVAL
    assert seen(edition, "students", music).state is State.WITHHELD
    usual = members(figures("students", {YEAR: 13, music: 10, dance: 3}))
    assert seen(usual, "students", music).value == 9


def test_a_ratio_is_made_of_the_rounded_sums() -> None:
    """130 applicants for 60 places are shown as 129 for 60: 2.15, not 2.17."""
    edition = members(
        figures("applicants", {YEAR: 130}),
        figures("places", {YEAR: 60}),
        figures("applicants_per_place", {YEAR: 130 / 60}),
        content={**plain(), "indicators": {
            code: {**entry, "decimals": 2} for code, entry in plain()["indicators"].items()}},
    )  # fmt: skip
    assert seen(edition, "applicants_per_place").value == 2.15
    few = replace(edition, tables={**edition.tables,
                                   "applicants": figures("applicants", {YEAR: 3})})  # fmt: skip
    between = seen(few, "applicants_per_place")
    assert (between.state, between.low, between.high) == (State.INTERVAL, 1 / 60, 4 / 60)


# --- Money ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contributions", "is_safe"),
    [
        ((40.0, 35.0), False),  # two members
        ((40.0, 35.0, 0.0), False),  # the third has none
        ((45.0, 40.0, 15.0), True),  # the two largest have 85 %
        ((45.5, 40.0, 14.5), False),  # 85.5 %
        ((100.0, 9.0, 9.0), False),  # 92 %
        ((60.0, 20.0, 7.0, 7.0, 6.0), True),
        ((), False),
    ],
)
def test_money_is_a_sum_of_three_without_dominance(
    contributions: tuple[float, ...], is_safe: bool
) -> None:
    policy = members().catalogue.policy
    assert is_sum_safe(contributions, policy) is is_safe


def test_the_second_largest_cannot_come_within_ten_per_cent_of_the_largest() -> None:
    policy = replace(members().catalogue.policy, public_dominance_percent=100)
    assert is_sum_safe((100.0, 50.0, 10.0), policy)
    assert not is_sum_safe((100.0, 50.0, 9.9), policy)


def test_money_that_is_withheld_is_no_remainder_of_what_is_shown() -> None:
    """The first part is of two members: the smallest other part is withheld with it."""
    policy = members().catalogue.policy
    parts = [(50.0, (30.0, 20.0)), (120.0, (50.0, 40.0, 30.0)), (90.0, (40.0, 30.0, 20.0))]
    assert safe_parts(parts, policy) == [False, True, False]
    assert safe_parts(parts[1:], policy) == [True, True]


def test_money_reaches_the_public_when_all_members_are_in() -> None:
    schools: dict[str, float | State] = {"a": 40.0, "b": 35.0, "c": 25.0}
    assert seen(members(by_school("funding", schools)), "funding").value == 100.0
    assert seen(members(by_school("funding", schools | {"c": 5.0})), "funding") == Cell(
        YEAR, "", State.WITHHELD
    )
    late = members(by_school("funding", schools | {"c": State.NOT_RETURNED}))
    assert seen(late, "funding").state is State.NOT_RETURNED


def test_of_money_the_public_is_not_told_what_the_same_schools_had_a_year_before() -> None:
    change = Table("funding.change", (Cell(YEAR, "before", value=90.0, n=2),))
    persons = Table("students.change", (Cell(YEAR, "before", value=91.0, n=2),))
    edition = members(
        by_school("funding", {"a": 40.0, "b": 35.0, "c": 25.0}), change,
        figures("students", {YEAR: 100}), persons,
    )  # fmt: skip
    public = for_public(edition)
    assert "funding.change" not in public.tables
    assert public.table("students.change").cells[0].value == 90.0


# --- Surveys ----------------------------------------------------------------------------------

GROUP = Group(survey="base", block=BLOCK)


def test_shares_are_whole_per_cents_of_rounded_answers() -> None:
    """26, 16 and 3 of 45: 27 and 15 of 45, and "1–4" that is 2–9 %."""
    edition = members(distribution({GROUP: (26, 16, 3)}))
    work, study, other = (seen(edition, "activity", GROUP, option) for option in OPTIONS)
    assert (work.value, work.count, work.n) == (0.60, 27, 45)
    assert (study.value, study.count, study.n) == (0.33, 15, 45)
    assert other == Cell(GROUP, "other", State.INTERVAL, low=0.02, high=0.09, n=45)
    assert (work.low, work.high) == wilson(27 / 45, 45)


def test_the_interval_is_of_the_rounded_frame() -> None:
    frame = Table(FRAME, (Cell(GROUP, INVITED, value=100.0), Cell(GROUP, ANSWERED, value=46.0)))
    edition = members(distribution({GROUP: (26, 19, 0)}), frame)
    assert seen(edition, FRAME, GROUP, INVITED).value == 99.0
    assert seen(edition, FRAME, GROUP, ANSWERED).value == 45.0
    work = seen(edition, "activity", GROUP, "work")
    assert (work.low, work.high) == wilson(27 / 45, 45, 99)
    assert seen(edition, "activity", GROUP, "other").value == 0.0


def test_a_small_count_that_would_be_the_rest_is_counted_with_another() -> None:
    """14 answers are shown as 15 and 10 of them as 9, so that 4 others would be exactly four."""
    edition = members(distribution({GROUP: (10, 4, 0)}))
    assert seen(edition, "activity", GROUP, "work+study").count == 15
    assert seen(edition, "activity", GROUP, "other").count == 0
    states = {seen(edition, "activity", GROUP, option).state for option in ("work", "study")}
    assert states == {State.FOLDED}


def test_of_two_options_nothing_is_left_to_count_together() -> None:
    cells = distribution({GROUP: (10, 4, 0)}).cells[:2]
    edition = members(Table("activity", cells))
    states = {seen(edition, "activity", GROUP, option).state for option in OPTIONS[:2]}
    assert states == {State.WITHHELD}


def test_of_several_answers_each_option_stands_for_itself() -> None:
    """Of 14 in one year and none in another, 4 would be found as the block's: it is left out."""
    whole = plain()
    whole["indicators"]["activity"] |= {"measure": "multiple"}
    cells = []
    for group, counts, n in ((GROUP, (14, 9), 30), (replace(GROUP, programme="music"), (10, 9), 20),
                             (replace(GROUP, programme="dance"), (4, 0), 10)):  # fmt: skip
        cells += [Cell(group, option, State.SHOWN, count / n, None, None, count, n)
                  for option, count in zip(OPTIONS, counts, strict=False)]  # fmt: skip
    edition = members(Table("activity", tuple(cells)), content=whole)
    public = for_public(edition).table("activity")
    states = {(cell.group.programme, cell.option): cell.state.value for cell in public.cells}
    assert states == {
        ("", "work"): "shown", ("", "study"): "shown",
        ("dance", "work"): "interval", ("dance", "study"): "shown",
        ("music", "work"): "withheld", ("music", "study"): "shown",
    }  # fmt: skip


def test_a_fold_stays_a_fold() -> None:
    cells = (
        Cell(GROUP, "work", State.SHOWN, 0.6, 0.4, 0.8, 30, 50),
        Cell(GROUP, "study", State.FOLDED),
        Cell(GROUP, "other", State.FOLDED),
        Cell(GROUP, "study+other", State.SHOWN, 0.4, 0.2, 0.6, 20, 50),
    )
    edition = members(Table("activity", cells))
    assert seen(edition, "activity", GROUP, "study") == Cell(GROUP, "study", State.FOLDED)
    assert seen(edition, "activity", GROUP, "study+other").count == 21


# --- What travels -----------------------------------------------------------------------------


def test_nothing_else_travels() -> None:
    said = Text("Sana", "Ord", "Word")
    edition = members(
        by_school("students", {"a": 40.0, "b": 30.0, "c": 20.0}),
        figures("left", {YEAR: 12}),
        distribution({GROUP: (26, 16, 5), replace(GROUP, school="a"): (20, 10, 5)}),
        distribution({GROUP: (26, 16, 5)}, "judgement"),
        notes=(Note(said), Note(said, "students"), Note(said, "left"), Note(said, school="a")),
        quotes={"comments": (Quote("Kiitos", "fi"),)},
        report={"protection": {"activity/base": {}}},
        took={"activity": 1.0},
        rounds=(Round("base", 2019, 2018, 2018, 100, 41),),
    )
    public = for_public(edition)
    assert (public.name, public.audience) == ("2026.1", "public")
    assert set(public.tables) == {"students", "activity"}
    assert {cell.group.school for table in public.tables.values() for cell in table.cells} == {""}
    assert set(public.content["indicators"]) == set(public.tables)
    assert set(public.content["questions"]) == {"students", "activity"}
    assert public.content["reading"] == public.content["mappings"] == {}
    assert [note.indicator for note in public.notes] == ["", "students"]
    assert (public.quotes, public.report, public.took) == ({}, {}, {})
    assert public.respondents == {"base": {"2018": 42}}
    assert (public.rounds[0].invited, public.rounds[0].answered) == (99, 42)
    assert public.digest == edition_files.digest(public) != edition.digest


def test_what_would_tell_more_than_rounded_counts_is_left_out() -> None:
    """A mean beside its distribution, a second indicator of a question, a ratio of unknown sums."""
    whole = plain()
    for code in ("judgement", "judgement_mean", "left_share", "cost_per_student"):
        whole["indicators"][code] |= PUBLIC
    whole["indicators"]["again"] = {**whole["indicators"]["activity"], "order": 9999}
    edition = members(
        distribution({GROUP: (26, 16, 5)}),
        distribution({GROUP: (26, 16, 5)}, "again"),
        Table("judgement_mean", (Cell(GROUP, value=2.2, n=30),)),
        figures("left_share", {YEAR: 0.1}),
        figures("cost_per_student", {YEAR: 900.0}),
        content=whole,
    )
    assert set(for_public(edition).tables) == {"activity"}


# --- Whatever members see ---------------------------------------------------------------------

COUNTS = st.lists(st.integers(0, 14), min_size=18, max_size=18)


def lattice(counts: list[int]) -> dict[Group, tuple[int, ...]]:
    """Leaves of programme × cohort × option summed to the groups that members see."""
    leaf = {
        place: counts[start : start + 3]
        for start, place in zip(range(0, 18, 3), product(PROGRAMMES, COHORTS), strict=True)
    }
    found: dict[Group, tuple[int, ...]] = {}
    for group, keep in _groups():
        chosen = [of_leaf for place, of_leaf in leaf.items() if keep(*place)]
        found[group] = tuple(sum(column) for column in zip(*chosen, strict=True))
    return {group: whole for group, whole in found.items() if sum(whole) >= 5}


def _groups() -> Iterator[tuple[Group, Any]]:
    for cohort in COHORTS:
        yield Group(survey="base", cohort=cohort), lambda p, c, cohort=cohort: c == cohort
    for programme in PROGRAMMES:
        yield replace(GROUP, programme=programme), lambda p, c, programme=programme: p == programme
    yield GROUP, lambda p, c: True


@settings(max_examples=25, deadline=None)
@given(COUNTS)
def test_no_count_of_one_to_four_can_be_worked_out(counts: list[int]) -> None:
    """An attacker asks for the least and the most of each count, of whole numbers that fit all
    that is shown."""
    truth = lattice(counts)
    edition = members(distribution(truth)) if truth else members()
    public, policy = for_public(edition).table("activity"), edition.catalogue.policy
    attack = _Attack(public, policy)
    for group, whole in truth.items():
        for place, count in enumerate(whole):
            if 1 <= count <= 4:
                assert len({*attack.ends(group, place)}) == 2, (group, OPTIONS[place], count)


@settings(max_examples=25, deadline=None)
@given(COUNTS)
def test_a_later_edition_takes_nothing_back(counts: list[int]) -> None:
    """First two school years, then the third with the block that they make up."""
    truth = lattice(counts)
    early = {group: whole for group, whole in truth.items() if group.cohort in COHORTS[:2]}
    first, second = (for_public(members(distribution(seen))) for seen in (early, truth))
    for group in early:
        cells = first.table("activity").by_group[group]
        assert cells == second.table("activity").by_group[group]


class _Attack:
    """All that fits the public cells: 18 whole numbers, one per programme, cohort and option."""

    def __init__(self, public: Table, policy: Any) -> None:
        rows, low, high = [], [], []
        for cell in public.cells:
            if cell.state not in (State.SHOWN, State.INTERVAL):
                continue
            places = [OPTIONS.index(option) for option in cell.option.split("+")]
            span = (1, 4) if cell.count is None else _of_rounded(cell.count)
            for row, (least, most) in (
                (sum(_row(cell.group, place) for place in places), span),
                (sum(_row(cell.group, each) for each in range(3)), _of_rounded(cell.n)),
            ):
                rows.append(row)
                low.append(least)
                high.append(most)
        self.known = LinearConstraint(np.array(rows), low, high) if rows else ()

    def ends(self, group: Group, place: int) -> tuple[int, int]:
        """The least and the most that the count can be."""
        row, found = _row(group, place), []
        for sign in (1, -1):
            solved = milp(sign * row, constraints=self.known, integrality=np.ones(18),
                          bounds=Bounds(0, 60))  # fmt: skip
            found.append(round(sign * solved.fun))
        return found[0], found[1]


def _of_rounded(shown: int | None) -> tuple[int, int]:
    return (0, 0) if not shown else (max(5, shown - 1), shown + 1)


def _row(group: Group, place: int) -> np.ndarray:
    keep = dict(_groups())[group]
    return np.array([float(keep(*leaf) and option == place)
                     for leaf in product(PROGRAMMES, COHORTS) for option in range(3)])  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(COUNTS, st.lists(st.integers(0, 9), min_size=3, max_size=3), st.randoms())
def test_every_public_cell_is_a_blurred_cell_of_the_members(
    counts: list[int], students: list[int], shuffled: Any
) -> None:
    truth = lattice(counts)
    schools: dict[str, float | State] = dict(zip(SCHOOLS, map(float, students), strict=True))
    tables = [distribution(truth), by_school("students", schools), by_school("funding", schools)]
    edition = members(*tables)
    public = for_public(edition)
    for table in public.tables.values():
        for cell in table.cells:
            exact = _exact(edition.table(table.indicator), cell)
            _is_blurred(table.indicator, cell, exact)
    if "funding" in public.tables and public.table("funding").cells[0].is_shown:
        assert sum(1 for value in students if value) >= 3
    # Equal members' editions give equal public ones, in whatever order their cells were made.
    shuffled.shuffle(tables)
    assert for_public(members(*tables, took={"activity": 3.0})).digest == public.digest


def _exact(table: Table, cell: Cell) -> Cell:
    """The members' cell; of options counted together the sum of theirs."""
    parts = [one for o in cell.option.split("+") if (one := table.one(cell.group, o)) is not None]
    return replace(parts[0], count=sum(part.count or 0 for part in parts))


def _is_blurred(code: str, cell: Cell, exact: Cell) -> None:
    if code == "funding":
        assert cell.value in (None, exact.value)
        return
    count = exact.count if code == "activity" else round(exact.value or 0)
    shown = cell.count if code == "activity" else cell.value
    assert count is not None
    if cell.state is State.INTERVAL:
        assert 1 <= count <= 4 and shown is None and cell.value is None
    elif cell.state is State.SHOWN:
        assert shown is not None and abs(shown - count) <= 1.5
        assert shown % 3 == 0 and (count == 0) == (shown == 0)
        assert code != "activity" or abs((cell.n or 0) - (exact.n or 0)) <= 1.5
        assert code != "activity" or cell.value == round(shown / (cell.n or 1), 2)
    else:
        assert (shown, cell.value, cell.low, cell.n) == (None, None, None, None)


def test_the_span_of_a_shown_count_is_all_that_rounds_to_it() -> None:
    policy = members().catalogue.policy
    for persons in range(200):
        low, high = public_span(persons, policy)
        fits = [one for one in range(220) if _shown(one, policy) == _shown(persons, policy)]
        assert (low, high) == (fits[0], fits[-1])


def _shown(persons: int, policy: Any) -> int | str:
    return "1–4" if 1 <= persons <= 4 else rounded(persons, policy)
