"""Annual counts of few persons: withheld, with as few others as keep them from being worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_catalogue import ANNUAL_CUTS, catalogue, content, indicator, school
from yearbook.catalogue import Catalogue
from yearbook.disclosure import protect_annual
from yearbook.disclosure.annual_earlier import earlier_of
from yearbook.disclosure.annual_facts import Leaves, Place, Year, years_of
from yearbook.editions import Cell, Edition, Group, State, Table
from yearbook.measures import effective_figures
from yearbook.publication import Title, publish
from yearbook.publication.annual import annual_tables
from yearbook.submissions import FIGURE_COLUMNS, Kind, Submission

Row = tuple[str, str, float]  # school, programme, persons
YEAR = 2025
PLAIN = catalogue()


def frame(rows: Sequence[Row], question: str = "left") -> pd.DataFrame:
    return pd.DataFrame(
        [(s, YEAR, p, question, v, "", False, "x") for s, p, v in rows], columns=FIGURE_COLUMNS
    )


def withheld(*rows: Row, using: Catalogue | None = None) -> frozenset[Group]:
    plain = using or PLAIN
    indicators = [one for one in plain.indicators.values() if one.source == "annual"]
    figures = effective_figures(frame(rows))
    return protect_annual(indicators, figures, plain).hidden["left"]


def test_few_discontinued_are_withheld_with_the_fewest_companions() -> None:
    """School c has 3, which is its region's sum too. Of a and b one has to go, so that 18 - 9 - 6
    does not give it away; and the north, 15, for 18 - 15 is 3."""
    hidden = withheld(("a", "music", 9), ("b", "music", 6), ("c", "music", 3))
    by_school = {group for group in hidden if group.cut == ("school", "year")}
    assert by_school == {Group(school="c", year="2025"), Group(school="b", year="2025")}
    regions = {group.region for group in hidden if group.cut == ("region", "year")}
    assert regions == {"north", "south"}
    assert Group(year="2025") not in hidden
    assert Group(programme="music", year="2025") not in hidden


def test_none_discontinued_is_shown_as_a_counted_zero() -> None:
    assert withheld(("a", "music", 9), ("b", "music", 6), ("c", "music", 0)) == frozenset()


@pytest.mark.parametrize(("rest", "is_shown"), [(4, False), (5, True)])
def test_what_a_school_does_not_divide_is_protected_like_a_programme(
    rest: int, is_shown: bool
) -> None:
    """Of school a's total the music is 20; the rest is told by subtraction."""
    hidden = withheld(("a", "music", 20), ("a", "", 20 + rest), ("b", "music", 30))
    total = Group(school="a", year="2025") not in hidden
    part = Group(school="a", programme="music", year="2025") not in hidden
    assert (total and part) is is_shown


def test_counts_are_never_negative_and_an_attacker_knows() -> None:
    """Both schools have 2 music and 30 dance. The sums of the programmes are 4 and 60, so music is
    not told: it would leave only 2 + 2, 1 + 3 … of which none is one school's alone; but school a's
    32 and dance 60 are safe to show."""
    rows: list[Row] = [("a", "music", 2), ("a", "dance", 30), ("c", "music", 2), ("c", "dance", 30)]
    hidden = withheld(*rows)
    assert Group(programme="music", year="2025") in hidden
    assert Group(school="a", year="2025") not in hidden
    shown = {group for group in _told(rows, PLAIN) if group not in hidden}
    assert_nothing_is_pinned(_year(rows, PLAIN), _sums(rows, PLAIN, shown))


# --- By enumeration -----------------------------------------------------------------------------


def small(by: list[list[str]]) -> Catalogue:
    """Only the count itself, in those cuts, of four schools of two kinds."""
    schools = [
        school(code, "north", kind, ["music", "dance"])
        for code, kind in (("a", "city"), ("b", "city"), ("c", "private"), ("d", "private"))
    ]
    indicators = {"left": indicator("annual", "sum", by, question="left")}
    return catalogue(schools={**content()["schools"], "school": schools}, indicators=indicators)


def _year(rows: Sequence[Row], using: Catalogue) -> Year:
    (year,) = years_of("left", effective_figures(frame(rows)), using)
    return year


def _told(rows: Sequence[Row], using: Catalogue) -> Mapping[Group, Leaves]:
    return _year(rows, using).told_by(using.indicators["left"])


def _sums(rows: Sequence[Row], using: Catalogue, shown: set[Group]) -> list[Leaves]:
    return [leaves for group, leaves in _told(rows, using).items() if group in shown]


def tables(year: Year, sums: Sequence[Leaves]) -> Iterator[dict[Place, int]]:
    """All whole-number tables with those sums, up to a little more than the sums allow."""
    leaves = sorted(year.persons)
    most = {
        leaf: min([year.count(s) for s in sums if leaf in s], default=year.persons[leaf] + 2)
        for leaf in leaves
    }
    for values in product(*(range(most[leaf] + 1) for leaf in leaves)):
        table = dict(zip(leaves, values, strict=True))
        if all(sum(table[leaf] for leaf in one) == year.count(one) for one in sums):
            yield table


def assert_nothing_is_pinned(year: Year, sums: Sequence[Leaves]) -> None:
    """No small leaf, group, or remainder of a shown whole has the same count in all tables."""
    groups = year.told_by(year.catalogue.indicators["left"])
    wholes = {*sums, *groups.values(), *(frozenset([leaf]) for leaf in year.persons)}
    rests = {whole - part for whole in sums for part in sums if part < whole}
    targets = [one for one in {*wholes, *rests} if 1 <= year.count(one) < 5]
    found: dict[Leaves, set[int]] = {target: set() for target in targets}
    for table in tables(year, sums):
        for target in targets:
            found[target].add(sum(table[leaf] for leaf in target))
        if all(len(counts) > 1 for counts in found.values()):
            return
    assert not [target for target, counts in found.items() if len(counts) == 1]


persons = st.integers(0, 7)
ONE_PROGRAMME = small([["year"], ["school", "year"], ["maintainer_kind", "year"]])
TWO_PROGRAMMES = small([["year"], ["school", "year"], ["programme", "year"]])


@settings(max_examples=50, deadline=None)
@given(st.tuples(persons, persons, persons, persons))
def test_of_four_schools_nothing_small_is_pinned_in_whole_numbers(counts: tuple[int, ...]) -> None:
    using = ONE_PROGRAMME
    rows = [(code, "music", float(n)) for code, n in zip("abcd", counts, strict=True)]
    shown = set(_told(rows, using)) - withheld(*rows, using=using)
    assert_nothing_is_pinned(_year(rows, using), _sums(rows, using, shown))


@settings(max_examples=30, deadline=None)
@given(st.tuples(persons, persons, persons, persons))
def test_of_crossing_schools_and_programmes_nothing_small_is_pinned(
    counts: tuple[int, ...],
) -> None:
    using = TWO_PROGRAMMES
    places = product("ac", ("music", "dance"))
    rows = [(s, p, float(n)) for (s, p), n in zip(places, counts, strict=True)]
    shown = set(_told(rows, using)) - withheld(*rows, using=using)
    assert_nothing_is_pinned(_year(rows, using), _sums(rows, using, shown))


def is_safe(year: Year, sums: Sequence[Leaves]) -> bool:
    try:
        assert_nothing_is_pinned(year, sums)
    except AssertionError:
        return False
    return all(not 1 <= year.count(one) < 5 for one in sums)


@settings(max_examples=25, deadline=None)
@given(st.tuples(persons, persons, persons, persons))
def test_no_smaller_choice_would_have_been_safe(counts: tuple[int, ...]) -> None:
    """Whatever is put back beside what is shown gives a small count away."""
    using = ONE_PROGRAMME
    rows = [(code, "music", float(n)) for code, n in zip("abcd", counts, strict=True)]
    year, hidden = _year(rows, using), withheld(*rows, using=using)
    shown = set(_told(rows, using)) - hidden
    for group in hidden:
        assert not is_safe(year, _sums(rows, using, {*shown, group})), group


# --- Editions before ----------------------------------------------------------------------------

FIRST: tuple[Row, ...] = (("a", "music", 9), ("b", "music", 8))


def edition(*rows: Row, before: tuple[Edition, ...] = ()) -> Edition:
    students = [(s, p, 100.0) for s, p, _ in rows]
    figures = pd.concat([frame(rows), frame(students, "students")], ignore_index=True)
    submission = Submission(Kind.ANNUAL, "returns.xlsx", figures=figures)
    plain = publish([submission], PLAIN, Title(f"2026.{len(before) + 1}", "2026-01-01"))
    return plain if not before else _with_annual(plain, submission, before)


def _with_annual(plain: Edition, submission: Submission, before: tuple[Edition, ...]) -> Edition:
    tables, report = annual_tables(submission.figures, PLAIN, lambda *_: None, before)
    return replace(plain, tables=tables, report={"annual": report})


def left(of: Edition, **group: str) -> Cell:
    cell = of.table("left").one(Group(**group, year="2025"))
    assert cell is not None
    return cell


@pytest.mark.parametrize(("late", "value"), [(3, 17.0), (5, 22.0)])
def test_a_late_school_with_few_is_left_out_of_what_was_shown(late: int, value: float) -> None:
    """17 of two schools stays 17 of two, for 20 - 17 would be the late school's 3."""
    first = edition(*FIRST)
    assert left(first).value == 17.0
    second = edition(*FIRST, ("c", "music", late), before=(first,))
    assert (left(second).value, left(second).n) == (value, 2 if late < 5 else 3)
    assert left(second, school="c").is_shown is (late >= 5)
    assert left(second, school="a").value == 9.0
    share = second.table("left_share").one(Group(year="2025"))
    assert share is not None and share.value == pytest.approx(value / (200 if late < 5 else 300))


def test_a_figure_that_is_repeated_was_told_of_the_schools_of_the_first_edition() -> None:
    """The second edition repeats the 17 of a and b, though it knows c's return."""
    rows: tuple[Row, ...] = (*FIRST, ("c", "music", 3))
    first = edition(*FIRST)
    second = edition(*rows, before=(first,))
    year = _year(rows, PLAIN)
    told = {"left": year.told_by(PLAIN.indicators["left"])}
    earlier = earlier_of(year, told, (first, second))
    assert earlier.sums["year",] == [frozenset({("a", "music"), ("b", "music")})]
    assert earlier.may_change(5)


def test_a_share_of_fewer_programmes_than_its_whole_is_known_again() -> None:
    """Of a's dance nobody knows who left, so that the share leaves its 50 students out: 9 of 100,
    not of 150."""
    counts = pd.concat(
        [
            frame([("a", "music", 9.0), ("b", "music", 8.0)]),
            frame([("a", "music", 100.0), ("a", "dance", 50.0), ("b", "music", 93.0)], "students"),
        ]
    )
    tables, _ = annual_tables(counts, PLAIN, lambda *_: None, ())
    first = replace(edition(*FIRST), tables={**tables, "left": Table("left", ())})
    (year,) = years_of("left", effective_figures(counts), PLAIN)
    told = {"left_share": year.told_by(PLAIN.indicators["left_share"])}
    earlier = earlier_of(year, told, (first,))
    assert frozenset({("a", "music"), ("b", "music")}) in earlier.sums["year",]
    assert earlier.may_change(5)


@pytest.mark.parametrize(("corrected", "value"), [(12, 17.0), (14, 22.0), (9, 17.0)])
def test_a_correction_waits_unless_it_is_about_enough_persons(corrected: int, value: float) -> None:
    """Three more at school a: both 9 and 17 stay. Five more are shown."""
    first = edition(*FIRST)
    second = edition(("a", "music", corrected), ("b", "music", 8), before=(first,))
    assert left(second).value == value
    assert left(second, school="a").value == (9.0 if value == 17.0 else 14.0)
    third = edition(("a", "music", corrected), ("b", "music", 8), before=(first, second))
    assert third.table("left") == second.table("left")


def test_a_corrected_denominator_is_no_correction_of_the_persons() -> None:
    first = edition(*FIRST)
    figures = pd.concat(
        [frame(FIRST), frame([("a", "music", 120.0), ("b", "music", 100.0)], "students")]
    )
    tables, _ = annual_tables(figures, PLAIN, lambda *_: None, (first,))
    cell = tables["left_share"].one(Group(year="2025"))
    assert cell is not None and cell.value == pytest.approx(17 / 220)


def test_what_an_edition_without_protection_gave_away_is_told() -> None:
    """An old edition shows 20 and 17 of a and b: c's 3 is known for good. Nothing more is hidden
    for its sake."""
    rows: tuple[Row, ...] = (*FIRST, ("c", "music", 3))
    first = edition(*rows)
    old = {Group(school="a", year="2025"): 9.0, Group(school="b", year="2025"): 8.0}
    old |= {Group(year="2025"): 20.0}
    cells = [
        Cell(one.group, value=old[one.group], n=1) if one.group in old else one
        for one in first.table("left").cells
    ]
    left_then = replace(first.table("left"), cells=tuple(cells))
    open_to_all = replace(first, tables={**first.tables, "left": left_then})
    second = edition(*rows, before=(open_to_all,))
    told: Any = second.report["annual"]
    assert told["left/2025"]["given_away"] > 0
    assert left(second, school="c").state is State.WITHHELD
    assert left(second, school="a").value == 9.0


def test_every_cut_that_an_indicator_has_is_told() -> None:
    """The ratio counts only where students are known too: school b's are not."""
    plain = PLAIN
    figures = pd.concat([frame(FIRST), frame([("a", "music", 100.0)], "students")])
    (year,) = years_of("left", effective_figures(figures), plain)
    everyone = Group(year="2025")
    assert year.told_by(plain.indicators["left"])[everyone] == {("a", "music"), ("b", "music")}
    assert year.told_by(plain.indicators["left_share"])[everyone] == {("a", "music")}
    assert {group.cut for group in year.told_by(plain.indicators["left"])} == {
        tuple(cut) for cut in ANNUAL_CUTS
    }


def annual(rows: Sequence[Row], before: tuple[Edition, ...]) -> Edition:
    """Of the four schools, with all that an edition shows of them."""
    empty = publish([], ONE_PROGRAMME, Title("2026.1", "2026-01-01"))
    tables, _ = annual_tables(frame(rows), ONE_PROGRAMME, lambda *_: None, before)
    return replace(empty, tables=tables, returned={"2025": tuple(sorted({s for s, _, _ in rows}))})


@settings(max_examples=30, deadline=None)
@given(st.tuples(persons, persons, persons, persons), st.sets(st.sampled_from("abcd"), min_size=1))
def test_two_editions_with_late_schools_pin_nothing_small(
    counts: tuple[int, ...], first_to_return: set[str]
) -> None:
    rows = [(code, "music", float(n)) for code, n in zip("abcd", counts, strict=True)]
    first = annual([row for row in rows if row[0] in first_to_return], ())
    second = annual(rows, (first,))
    year = _year(rows, ONE_PROGRAMME)
    told = year.told_by(ONE_PROGRAMME.indicators["left"])
    sums = []
    for edition_of, schools in ((first, first_to_return), (second, set("abcd"))):
        for cell in edition_of.table("left").cells:
            if cell.is_shown and not (edition_of is second and cell in first.table("left").cells):
                leaves = frozenset(leaf for leaf in told[cell.group] if leaf[0] in schools)
                assert cell.value == year.count(leaves)
                sums.append(leaves)
    assert_nothing_is_pinned(year, sums)
