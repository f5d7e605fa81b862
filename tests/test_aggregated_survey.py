"""Old results that exist only as tables: read, checked against themselves, and published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_loaders.findings import Severity
from data_loaders.hints import Hints, Loaded
from data_loaders.results.counts import Share, count_of, settled
from data_loaders.workbook import Value
from tests.loader_catalogue import found, loaded, sheet
from tests.small_catalogue import catalogue, choice, survey_question, text
from tests.test_frames import answered
from yearbook.disclosure import Block, Grid, closed_blocks
from yearbook.editions import Edition, Group, State
from yearbook.leaves import Leaf, without_crossing
from yearbook.measures import tally_tables
from yearbook.publication import Title, publish
from yearbook.submissions import TABULATED_COLUMNS, Kind, Submission

# --- Reading ----------------------------------------------------------------------------------

LONG = ["Oppilaitos", "Jakso", "Kysymys", "Vaihtoehto", "Lukumäärä", "Osuus", "n"]
HINTS = Hints(survey="wide", survey_year=2012, name="raportti.xlsx")
SPAN = "2005–2010"


def read(*rows: Sequence[Value], headings: Sequence[Value] = LONG) -> Loaded:
    return loaded(sheet([headings, *rows], "Tulokset"), hints=HINTS)


def told(result: Loaded, question: str = "main") -> dict[tuple[str, str], tuple[int, int]]:
    """(school, option) -> count, n."""
    assert result.submission is not None, found(result)
    rows = result.submission.tabulated
    rows = rows[rows["question"] == question]
    return {(r.school, r.option): (r.count, r.respondents) for r in rows.itertuples(name="Row")}


def line(option: str, count: Value, share: Value, n: Value, school: str = "Kuopio") -> list[Value]:
    return [school, SPAN, "Mitä teet nyt?", option, count, share, n]


def test_long_tables_of_counts_and_shares() -> None:
    result = read(line("Työssä", 12, "60 %", 20), line("Opiskelen", None, 0.4, 20))
    assert result.submission is not None and result.submission.kind is Kind.TABULATED
    assert result.submission.covers() == {("wide", 2012)}
    assert told(result) == {("kuopio", "work"): (12, 20), ("kuopio", "study"): (8, 20)}
    assert set(result.submission.tabulated["first_cohort"]) == {2005}
    assert set(result.submission.tabulated["last_cohort"]) == {2010}


WIDE: list[Sequence[Value]] = [
    [None, None, "Mitä teet nyt?", None, None, None, "Harrastukset", None, None],
    [
        "Oppilaitos",
        "Jakso",
        "Työssä",
        "Opiskelen",
        "Työtön",
        "n",
        "Tanssi",
        "Ei mitään näistä",
        "n",
    ],
    ["Kuopio", SPAN, 60, 30, 10, 20, 70, 40, 10],
    ["Tampere", SPAN, 50, 50, 0, 20, 75, 45, 20],
    ["Yhteensä", SPAN, 55, 40, 5, 40, 73, 43, 30],
]


def test_options_beside_each_other_under_their_questions() -> None:
    """Numbers that add up to a hundred are per cents, and those of the other question then too."""
    result = loaded(sheet(WIDE, "Tulokset"), hints=HINTS)
    main, hobbies = told(result), told(result, "hobbies")
    assert main["kuopio", "work"] == (12, 20) and main["", "work"] == (22, 40)
    # 73 % of 30 is 22, 43 % is 13.
    assert hobbies["", "dance"] == (22, 30) and hobbies["tampere", "none"] == (9, 20)


def test_the_question_may_be_the_title_and_the_numbers_counts() -> None:
    rows = [
        ["Mitä teet nyt?"],
        ["Oppilaitos", "Jakso", "Työssä", "Opiskelen", "Työtön", "n"],
        ["Kuopio", SPAN, 12, 6, 2, 20],
        ["Kaikki oppilaitokset", SPAN, 22, 16, 2, 40],
    ]
    result = loaded(sheet(rows, "Tulokset"), hints=HINTS)
    assert told(result)["", "study"] == (16, 40)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([line("Työssä", 21, None, 20)], "parts_exceed_whole"),
        ([line("Työssä", 12, None, 20), line("Opiskelen", 9, None, 20)], "parts_exceed_whole"),
        ([line("Työssä", 12, "50 %", 20)], "share_disagrees"),
        ([line("Työssä", None, "37 %", 5)], "share_impossible"),
        ([line("Työssä", 12, None, 20), line("Työssä", 8, None, 20)], "tabulated_twice"),
        ([line("Työssä", 12, None, 20), line("Opiskelen", 8, None, 21)], "tabulated_two_n"),
        ([line("Työssä", None, "120 %", 20)], "not_a_share"),
        ([line("Nukkumassa", 12, None, 20)], "unknown_option"),
        ([line("Työssä", 5, None, 5), line("Työssä", 4, None, 4, "Kaikki")], "groups_exceed_whole"),
        (
            [line("Työssä", 5, None, 9), line("Työssä", 4, None, 9, "Kaikki")],
            "option_exceeds_whole",
        ),
    ],
)
def test_tables_that_contradict_themselves_are_refused(rows: list[list[Value]], code: str) -> None:
    result = read(*rows)
    assert result.submission is None
    assert code in [one for one, _ in found(result, Severity.FAIL)]


def test_what_is_missing_of_a_whole_is_named() -> None:
    result = read(
        line("Työssä", 12, None, 20), line("Opiskelen", 6, None, 20),
        line("Työssä", 15, None, 25, "Kaikki"), line("Opiskelen", 10, None, 25, "Kaikki"),
    )  # fmt: skip
    warned = {one.code: one.values for one in result.findings if one.severity is Severity.WARNING}
    assert warned["parts_below_whole"]["difference"] == 2
    assert warned["groups_below_whole"]["difference"] == 5


def test_a_table_by_programme_beside_one_by_school_is_said_to_be_lost() -> None:
    headings = ["Oppilaitos", "Osaamisala", "Jakso", "Kysymys", "Vaihtoehto", "Lukumäärä", "n"]

    def row(school: str, programme: str | None, n: int) -> list[Value]:
        return [school, programme, SPAN, "Mitä teet nyt?", "Työssä", n, n]

    rows = [row("Kuopio", None, 9), row("Tampere", None, 6)]
    rows += [row("Kaikki", "Muusikko", 11), row("Kaikki", "Tanssi", 4)]
    (note,) = read(*rows, headings=headings).findings
    assert (note.code, note.values["count"]) == ("tabulated_crossing", 2)
    rows += [row("Kuopio", "Muusikko", 9), row("Tampere", "Muusikko", 2)]
    rows += [row("Tampere", "Tanssi", 4)]
    assert found(read(*rows, headings=headings)) == []


def test_a_hidden_option_leaves_out_its_group() -> None:
    result = read(
        line("Työssä", 12, None, 20), line("Opiskelen", "..", None, 20),
        line("Työssä", 15, None, 25, "Tampere"), line("Opiskelen", 10, None, 25, "Tampere"),
    )  # fmt: skip
    assert {school for school, _ in told(result)} == {"tampere"}
    assert "tabulated_unknown" in [code for code, _ in found(result)]


def test_numbers_that_may_be_either_are_not_guessed() -> None:
    rows = [["Oppilaitos", "Jakso", "Kysymys", "Vaihtoehto", "Arvo", "n"],
            ["Kuopio", SPAN, "Harrastukset", "Tanssi", 30, 80]]  # fmt: skip
    assert found(loaded(sheet(rows, "Tulokset"), hints=HINTS)) == [("count_or_share", "E2")]


@given(st.integers(1, 2000), st.data())
def test_a_rounded_share_of_n_people_holds_the_count_it_was_made_of(
    n: int, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, n))
    read_back = count_of(Share(round(count / n, 2), 0.005), n)
    assert read_back is not None and read_back.least <= count <= read_back.most
    assert abs(read_back.value - count) <= 0.005 * n + 0.5


@given(st.lists(st.integers(0, 300), min_size=2, max_size=8).filter(any))
def test_rounded_shares_of_one_answer_each_add_up_again(counts: list[int]) -> None:
    n = sum(counts)
    rounded = [count_of(Share(round(count / n, 2), 0.005), n) for count in counts]
    assert sum(settled([one for one in rounded if one is not None], n)) == n


# --- Counting and publishing ------------------------------------------------------------------

CATALOGUE = catalogue()
TITLE = Title("2026.1", "2026-01-01")
Row = tuple[str, str, int, int, dict[str, int]]  # school, programme, first, last, option -> count


def tables(*rows: Row, question: str = "activity", year: int = 2012) -> Submission:
    lines = [
        ("base", year, first, last, school, programme, question, option, count, sum(told.values()))
        for school, programme, first, last, told in rows
        for option, count in told.items()
    ]
    frame = pd.DataFrame(lines, columns=TABULATED_COLUMNS)
    return Submission(Kind.TABULATED, "report.xlsx", tabulated=frame)


def shares(work: int, study: int = 0, other: int = 0) -> dict[str, int]:
    return {"work": work, "study": study, "other": other}


def counted(*rows: Row) -> dict[Leaf, tuple[int, list[int]]]:
    told = tally_tables(tables(*rows).tabulated, CATALOGUE.questions["activity"], "base")
    leaves = zip(told.leaves, told.respondents, told.counts, strict=True)
    return {leaf: (int(n), counts.tolist()) for leaf, n, counts in leaves}


def test_what_a_whole_has_beyond_its_parts_is_a_leaf_of_its_own() -> None:
    found = counted(
        ("a", "", 2005, 2010, shares(8, 4)),
        ("b", "", 2005, 2010, shares(5, 5)),
        ("", "", 2005, 2010, shares(16, 9)),
    )
    assert found == {
        Leaf("", "", 2005, 2010): (3, [3, 0, 0]),
        Leaf("a", "", 2005, 2010): (12, [8, 4, 0]),
        Leaf("b", "", 2005, 2010): (10, [5, 5, 0]),
    }


def test_of_tables_by_school_and_by_programme_the_one_with_everyone_is_kept() -> None:
    a, b = Leaf("a", "", 2005, 2010), Leaf("b", "", 2005, 2010)
    music, everyone = Leaf("", "music", 2005, 2010), Leaf("", "", 2005, 2010)
    assert set(without_crossing({a: 12, b: 10, music: 22, everyone: 22})) == {a, b, everyone}
    assert set(without_crossing({a: 12, music: 22, everyone: 22})) == {music, everyone}
    crossed = {Leaf(s, "music", 2005, 2010): n for s, n in (("a", 12), ("b", 10))}
    kept = without_crossing({**crossed, a: 12, b: 10, music: 22, everyone: 22})
    assert set(kept) == {*crossed, a, b, everyone}  # of music those crossed tell all


def test_the_spans_of_tables_are_blocks_that_nothing_straddles() -> None:
    spans = [Block(2005, 2010)]
    assert closed_blocks([2003, *range(2012, 2016)], [], Grid(2012, 3), spans) == (
        Block(2003, 2004),
        Block(2005, 2010),
        Block(2012, 2014),
    )
    overlapping = [Block(2005, 2008), Block(2007, 2010)]
    assert closed_blocks([], [2007], Grid(2012, 3), overlapping) == (Block(2005, 2010),)


def edition(*submissions: Submission) -> Edition:
    return publish(submissions, CATALOGUE, TITLE)


REPORT = tables(
    ("a", "", 2005, 2010, shares(20, 10)),
    ("b", "", 2005, 2010, shares(9, 3)),
    ("c", "", 2005, 2010, shares(2, 1)),
    ("", "", 2005, 2010, shares(31, 14)),
)


def test_a_report_is_published_as_its_block_and_marked() -> None:
    found = edition(REPORT, answered(*(("a", "music", year, 9) for year in (2012, 2013, 2014))))
    assert found.blocks == {"base": ("2005-2010", "2012-2014")}
    cell = found.table("activity").one(Group(survey="base", block="2005-2010"), "work")
    assert cell is not None and (cell.count, cell.n) == (31, 45)
    assert not [c for c in found.table("activity").cells if c.group.cohort in ("2005", "2010")]
    (note,) = [note for note in found.notes if note.indicator == "activity"]
    assert note.text.fi == "Jakso 2005–2010 on raportista, ei vastauksista."
    assert (note.survey, note.block) == ("base", "2005-2010")
    pooled = found.table("activity").one(Group(survey="base", school="a", block="blocks"), "work")
    assert pooled is not None and pooled.n == 30 + 27


def test_a_report_is_protected_like_answers() -> None:
    """School c has 3; b goes with it, for 45 - 30 - 12 would tell them."""
    table = edition(REPORT).table("activity")
    states = {
        school: table.by_group[Group(survey="base", school=school, block="2005-2010")][0].state
        for school in "abc"
    }
    assert states == {"a": State.SHOWN, "b": State.WITHHELD, "c": State.WITHHELD}


def test_a_report_over_a_break_is_left_out() -> None:
    question = CATALOGUE.content["questions"]["activity"]
    version = {"first": 2009, "relation": "broken", "note": {"fi": "x", "sv": "x", "en": "x"}}
    questions = {**CATALOGUE.content["questions"], "activity": {**question, "version": [version]}}
    found = publish([REPORT], catalogue(questions=questions), TITLE)
    assert found.table("activity").cells == ()


def detailed(**more: Any) -> tuple[Submission, Edition]:
    """Two kinds of work that roll up to one class, in answers and in a report of classes."""
    choices = [choice(c, rolls_up="work") for c in ("wage", "own")] + [
        choice("study", rolls_up="study")
    ]
    asked = survey_question(choices, **{"class": [choice("work"), choice("study")]}, **more)
    content = CATALOGUE.content
    plain = content["indicators"]["activity"]
    using = catalogue(
        questions={**content["questions"], "activity": asked},
        indicators={"activity": plain, "apart": {**plain, "detailed": True, "by": [["block"]]}},
    )
    given = answered(*(("a", "music", year, 9) for year in (2012, 2013, 2014)))
    options = given.answers["option"].replace({"work": "wage"}).to_list()
    options[0] = "own"
    given = replace(given, answers=given.answers.assign(option=options))
    report = tables(("a", "", 2005, 2010, {"work": 20, "study": 10}))
    return given, publish([given, report], using, TITLE)


def test_choices_are_published_apart_beside_their_classes() -> None:
    given, found = detailed()
    options = given.answers["option"].value_counts()
    group = Group(survey="base", block="2012-2014")
    apart = {cell.option: cell.count for cell in found.table("apart").by_group[group]}
    assert apart == {"wage": options["wage"], "own": options["own"], "study": options["study"]}
    whole = found.table("activity").one(group, "work")
    assert whole is not None and whole.count == options["wage"] + options["own"]


def test_choices_are_never_pooled_over_a_recoding() -> None:
    """The classes of 2012-2014 are; by choices the rounds until 2013 had others."""
    _, found = detailed(version=[{"first": 2014, "relation": "recoded", "note": text("note")}])
    group = Group(survey="base", block="2012-2014")
    assert group in found.table("activity").by_group
    assert group not in found.table("apart").by_group


def test_choices_that_were_not_asked_yet_have_no_zero() -> None:
    """Until 2014 the form asked for work alone: "own 0 %" would be a count that nobody made."""
    _, found = detailed(version=[{"first": 2015, "relation": "recoded", "note": text("note")}])
    first = Group(survey="base", block="2012-2014")
    assert first in found.table("activity").by_group
    assert first not in found.table("apart").by_group

    _, found = detailed(version=[{"first": 2013, "relation": "recoded", "note": text("note")}])
    assert first in found.table("apart").by_group


def test_a_report_of_classes_is_not_divided_into_choices() -> None:
    _, found = detailed()
    group = Group(survey="base", block="2005-2010")
    assert {cell.state for cell in found.table("apart").by_group[group]} == {State.NOT_ASKED}
    whole = found.table("activity").one(group, "work")
    assert whole is not None and (whole.count, whole.n) == (20, 30)
