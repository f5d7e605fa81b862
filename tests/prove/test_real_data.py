"""Real data goes in whole and comes out right: a state's school statistics and a pay survey.

Nobody here wrote the data, and the product has no code for it: a catalogue of its own for each
stands in tests/real_data. The figures are compared with the files' own totals and with a count
by pandas.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import data_loaders
from data_loaders.findings import Severity
from data_loaders.hints import Loaded
from tests.real_data.oregon_lists import sheet_rows, write_catalogue
from tests.real_data.palkkakysely_by_hand import FOLDER, count_by_hand, two_digits
from yearbook import catalogue
from yearbook.catalogue import Catalogue
from yearbook.charts import View, draw
from yearbook.editions import Cell, Edition, Group, State
from yearbook.measures import effective_figures, measure_annual
from yearbook.publication import Title, publish
from yearbook.submissions import Submission

REALDATA = Path(os.environ.get("REALDATA", ""))
pytestmark = [
    pytest.mark.skipif(not os.environ.get("REALDATA"), reason="REALDATA names no folder of data"),
    pytest.mark.timeout(600),
]

# ---- Schools of Oregon ------------------------------------------------------------------------

OREGON = {
    2018: REALDATA / "oregon_fall_membership" / "fallmembershipreport_20182019.xlsx",
    2019: REALDATA / "oregon_fall_membership" / "fallmembershipreport_20192020.xlsx",
}
ROWS = {2018: 1460, 2019: 1459}
# The report's columns after this year's "Total Enrollment"; beside each race stands its share.
RACES = (
    *("american_indian", "asian", "pacific_islander", "black", "hispanic", "white", "multiracial"),
)
GRADES = ("kindergarten", *(f"grade_{grade:02}" for grade in range(1, 13)))
ASKED = ("enrolment", *RACES, *GRADES)


def column_of(question: str) -> int:
    """Where the report has a question, counted from the column of this year's enrolment."""
    if question in RACES:
        return 1 + 2 * RACES.index(question)
    return 15 + GRADES.index(question) if question in GRADES else 0


def counted(value: object) -> int:
    """A dash and a remark count as nobody."""
    return 0 if isinstance(value, str) else int(value)  # type: ignore[call-overload]


@cache
def report(year: int, sheet: str) -> tuple[tuple[object, ...], ...]:
    return tuple(sheet_rows(OREGON[year], sheet))


@pytest.fixture(scope="module")
def oregon(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("oregon") / "catalogue"
    return catalogue.load(write_catalogue(folder, OREGON.values()))


@pytest.fixture(scope="module")
def returns(oregon: Catalogue) -> Mapping[int, Submission]:
    return {year: handed_in(data_loaders.load(path, oregon)) for year, path in OREGON.items()}


@pytest.fixture(scope="module")
def oregon_edition(returns: Mapping[int, Submission], oregon: Catalogue) -> Edition:
    return publish(list(returns.values()), oregon, Title("2020.1", "2020-02-01"))


def handed_in(loaded: Loaded) -> Submission:
    """What was read; only what one year lacks of the schools of both is remarked."""
    assert loaded.submission is not None, [finding.code for finding in loaded.findings]
    assert {finding.code for finding in loaded.findings} <= {"required_not_asked"}
    return loaded.submission


@pytest.mark.parametrize("year", OREGON)
def test_every_row_of_the_report_is_in(returns: Mapping[int, Submission], year: int) -> None:
    """Each cell of each row, though numbers of schools repeat and "Closed" stands in some."""
    figures = returns[year].figures
    own = figures[~figures["carried"]]
    read = {
        (row.school, row.programme, row.question): row.missing or row.value
        for row in own.itertuples()
    }
    rows = report(year, "School")
    assert len(rows) == ROWS[year]
    assert len(own) == len(read) == ROWS[year] * len(ASKED)
    assert len({row[2] for row in rows}) < len(rows), "numbers of schools repeat"
    for row in rows:
        for question in ASKED:
            value = row[5 + column_of(question)]
            is_remark = isinstance(value, str) and value != "-"
            expected = "not_offered" if is_remark else float(counted(value))
            assert read[str(row[2]), str(row[0]), question] == expected, (row[3], question)
    assert (own["missing"] == "not_offered").any()
    assert set(own["year"]) == {year}


@pytest.mark.parametrize("year", OREGON)
def test_the_previous_years_column_is_recognised(
    returns: Mapping[int, Submission], year: int
) -> None:
    carried = returns[year].figures[lambda figures: figures["carried"]]
    assert set(carried["question"]) == {"enrolment"}
    assert set(carried["year"]) == {year - 1}
    known = carried[carried["missing"] == ""]
    read = {(row.school, row.programme): row.value for row in known.itertuples()}
    rows = [row for row in report(year, "School") if row[4] == "-" or not isinstance(row[4], str)]
    assert read == {(str(row[2]), str(row[0])): float(counted(row[4])) for row in rows}


@pytest.mark.parametrize("question", ASKED)
def test_sums_are_the_reports_own_totals_of_every_district(
    returns: Mapping[int, Submission], oregon: Catalogue, question: str
) -> None:
    """Before anything is withheld: 210 districts and the state, in both years."""
    measured = measured_of([*returns.values()], oregon, question)
    for year in OREGON:
        expected = {
            str(row[1]): float(counted(row[4 + column_of(question)]))
            for row in report(year, "District")
        }
        assert len(expected) == 210
        assert {
            group.programme: value
            for group, value in measured.items()
            if group.cut == ("programme", "year") and group.year == str(year)
        } == expected
        assert measured[Group(year=str(year))] == state_total(year, question)


def measured_of(
    returned: Sequence[Submission], oregon: Catalogue, question: str
) -> dict[Group, float | None]:
    figures = pd.concat([one.figures for one in returned], ignore_index=True)
    of_question = figures[figures["question"] == question]
    effective = effective_figures(of_question)
    found = measure_annual(oregon.indicators[question], effective, oregon, {})
    return {measured.group: measured.value for measured in found}


def state_total(year: int, question: str) -> float:
    """Of the report's own sheet of the whole state, which is laid out otherwise each year."""
    rows = {str(row[0]): row for row in report(year, "Statewide")}
    if question in GRADES:
        names = "Kindergarten First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth"
        name = f"{names} Eleventh Twelfth".split()[GRADES.index(question)]
        return float(rows[name if question == "kindergarten" else f"{name} Grade"][11])  # type: ignore[arg-type]
    column = 1 + RACES.index(question) if question in RACES else 11
    return float(rows["All Grades"][column])  # type: ignore[arg-type]


def test_without_the_first_report_the_second_tells_its_year(
    returns: Mapping[int, Submission], oregon: Catalogue
) -> None:
    """The carried column alone gives the year before; the report agrees with its elder in all."""
    alone = measured_of([returns[2019]], oregon, "enrolment")
    assert alone[Group(year="2018")] == state_total(2018, "enrolment") == 581_730
    assert alone[Group(year="2019")] == 582_661
    both = measured_of([*returns.values()], oregon, "enrolment")
    assert both[Group(year="2018")] == 581_730
    # In 2017-18 the report's districts count 36 students of schools that it does not list any more.
    assert both[Group(year="2017")] == 580_648 == 580_684 - 36


def test_shown_shares_are_the_reports_own_per_cents(oregon_edition: Edition) -> None:
    """The report has them with five decimals, of schools and of districts."""
    compared = 0
    for race in RACES:
        cells = oregon_edition.table(f"{race}_share").by_group
        for year in OREGON:
            for row in report(year, "District"):
                if (students := counted(row[4])) == 0:
                    continue
                (cell,) = cells[Group(programme=str(row[1]), year=str(year))]
                assert cell.value is not None
                assert cell.value == pytest.approx(float(row[5 + column_of(race)]), abs=6e-6), (  # type: ignore[arg-type]
                    row[2],
                    students,
                )
                compared += 1
    assert compared > 2900


def test_the_edition_shows_every_school_and_says_who_is_closed(oregon_edition: Edition) -> None:
    table = oregon_edition.table("enrolment")
    for year in OREGON:
        rows = [row for row in report(year, "School") if not isinstance(row[5], str)]
        shown = {
            (cell.group.school, cell.group.programme): cell.value
            for cell in table.cut("school", "programme", "year").select(year=str(year)).cells
            if cell.is_shown and cell.value
        }
        assert shown == {(str(row[2]), str(row[0])): float(row[5]) for row in rows if row[5]}  # type: ignore[arg-type]
        closed = [row for row in report(year, "School") if row[5] == "Closed"]
        assert len(closed) >= 3
        for row in closed:
            group = Group(school=str(row[2]), programme=str(row[0]), year=str(year))
            assert table.one(group) == Cell(group, state=State.NOT_OFFERED, n=0)


def test_columns_may_stand_in_any_order(oregon: Catalogue, tmp_path: Path) -> None:
    book = load_workbook(OREGON[2019])
    sheet = book["School (19-20)"]
    rows = list(sheet.iter_rows(values_only=True))
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append(list(reversed(row)))
    book.save(tmp_path / "swapped.xlsx")
    swapped = handed_in(data_loaders.load(tmp_path / "swapped.xlsx", oregon)).figures
    figures = handed_in(data_loaders.load(OREGON[2019], oregon)).figures
    said = ["school", "programme", "question", "year", "value", "missing", "carried"]
    pd.testing.assert_frame_equal(
        swapped[said].sort_values(said[:4]).reset_index(drop=True),
        figures[said].sort_values(said[:4]).reset_index(drop=True),
    )


def test_a_broken_report_changes_nothing_and_says_where(oregon: Catalogue, tmp_path: Path) -> None:
    book = load_workbook(OREGON[2019])
    sheet = book["School (19-20)"]
    sheet["F10"] = "about 200"
    sheet["I11"] = -3
    sheet["C12"] = 99_999
    sheet["I13"] = sheet["F13"].value + 1
    sheet.append([cell.value for cell in sheet[14]])
    sheet.cell(sheet.max_row, 6).value += 1
    sheet["M1"] = "2019-20 Black or African"
    book.save(tmp_path / "broken.xlsx")
    loaded = data_loaders.load(tmp_path / "broken.xlsx", oregon)
    assert loaded.submission is None
    fails = {
        (finding.code.removesuffix("_guessed"), finding.cell)
        for finding in loaded.findings
        if finding.severity is Severity.FAIL
    }
    assert fails == {
        ("not_whole", "F10"),
        ("negative", "I11"),
        ("unknown_school", "C12"),
        ("more_than_whole", "I13"),
        ("twice_different", "F1461"),
    }
    warned = {finding.cell for finding in loaded.findings if "unknown_column" in finding.code}
    assert warned == {"M1"}


# ---- The pay survey ---------------------------------------------------------------------------

PAY = {year: REALDATA / "palkkakysely_fi" / str(year) / "results.xlsx" for year in (2021, 2022)}
RESPONDENTS = {2021: 500, 2022: 685}
BOTH = ("2021-2022", "blocks")


@dataclass(frozen=True)
class Count:
    """What a group answered, counted by hand."""

    n: int
    options: Mapping[str, int]


@pytest.fixture(scope="module")
def pay() -> Catalogue:
    return catalogue.load(FOLDER)


@pytest.fixture(scope="module")
def rounds(pay: Catalogue) -> Mapping[int, Loaded]:
    return {year: data_loaders.load(path, pay) for year, path in PAY.items()}


@pytest.fixture(scope="module")
def pay_edition(rounds: Mapping[int, Loaded], pay: Catalogue) -> Edition:
    given = [one.submission for one in rounds.values() if one.submission is not None]
    return publish(given, pay, Title("2022.1", "2022-12-01"))


@pytest.fixture(scope="module")
def by_hand() -> pd.DataFrame:
    return count_by_hand(PAY)


def test_every_respondent_is_in(rounds: Mapping[int, Loaded], by_hand: pd.DataFrame) -> None:
    """Of 501 rows in 2021 one is blank; nobody is lost, and each stands in town and role."""
    for year, loaded in rounds.items():
        assert loaded.submission is not None
        assert {f.code for f in loaded.findings} <= {
            *("folded_school", "folded_programme", "folded_option"),
            *("number_left_out", "personal_column", "personal_struck"),
        }
        people = loaded.submission.respondents
        assert len(people) == people["respondent"].nunique() == RESPONDENTS[year]
        assert set(people["survey_year"]) == set(people["cohort"]) == {year}
        mine = by_hand[by_hand["cohort"] == str(year)]
        for place in ("school", "programme"):
            assert people[place].value_counts().to_dict() == mine[place].value_counts().to_dict()


def test_nothing_personal_is_kept(rounds: Mapping[int, Loaded]) -> None:
    """The employers' column is dropped before anything is kept."""
    for loaded in rounds.values():
        assert loaded.submission is not None
        named = {f.values["column"] for f in loaded.findings if f.code == "personal_column"}
        assert named == {"Työpaikka"}
        assert not loaded.submission.answers["text"].isin(["Gofore", "Vincit", "Reaktor"]).any()


def groups(edition: Edition, code: str, by_hand: pd.DataFrame) -> Iterator[tuple[Cell, pd.Series]]:
    """Each cell of an indicator with the answers of its group, counted by hand."""
    question = edition.catalogue.indicators[code].question
    for cell in edition.table(code).cells:
        group = cell.group
        assert not group.block or group.block in BOTH
        chosen = by_hand
        for name in ("school", "programme", "cohort"):
            if value := getattr(group, name):
                chosen = chosen[chosen[name] == value]
        yield cell, chosen[question].dropna()


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        *(("age", 376), ("gender", 81), ("employment", 94), ("remote", 186), ("competitive", 94)),
        *(("company", 55), ("clients", 6), ("client_country", 4)),
    ],
)
def test_shown_shares_are_those_counted_by_hand(
    pay_edition: Edition, by_hand: pd.DataFrame, code: str, shown: int
) -> None:
    compared = 0
    policy = pay_edition.catalogue.policy
    question = pay_edition.catalogue.questions[code]
    least = policy.sensitive_threshold if question.sensitive else policy.threshold
    for cell, answers in groups(pay_edition, code, by_hand):
        if not cell.is_shown:
            assert cell.state in (State.WITHHELD, State.FOLDED)
            assert (cell.value, cell.count, cell.n) == (None, None, None)
            continue
        counted = cell.folded or (cell.option,)
        count = sum(any(option in options for option in counted) for options in answers)
        assert (cell.count, cell.n) == (count, len(answers))
        assert cell.value == pytest.approx(count / len(answers))
        assert len(answers) >= least
        compared += 1
    assert compared == shown
    # What was asked in one year only has no block.
    shown_groups = pay_edition.table(code).by_group
    whole = Group(survey="pay", block=BOTH[0])
    year = Group(survey="pay", cohort="2022")
    assert all(cell.is_shown for cell in shown_groups.get(whole, shown_groups[year]))


@pytest.mark.parametrize("code", ["pay", "income", "hourly_rate"])
def test_shown_medians_are_those_counted_by_hand(
    pay_edition: Edition, by_hand: pd.DataFrame, code: str
) -> None:
    quartile = {"q1": 0.25, "median": 0.5, "q3": 0.75}
    compared = 0
    for cell, answers in groups(pay_edition, f"{code}_median", by_hand):
        if cell.is_shown:
            value = float(answers.astype(float).quantile(quartile[cell.option]))
            assert (cell.value, cell.n) == (two_digits(value), len(answers))
            assert len(answers) >= 20
            compared += 1
    assert compared >= 6


@pytest.mark.parametrize("code", ["pay_mean", "experience_mean", "competitive_mean"])
def test_shown_means_are_those_counted_by_hand(
    pay_edition: Edition, by_hand: pd.DataFrame, code: str
) -> None:
    compared = 0
    for cell, answers in groups(pay_edition, code, by_hand):
        if not cell.is_shown:
            continue
        if code == "competitive_mean":
            assert cell.value == pytest.approx(sum("yes" in one for one in answers) / len(answers))
        else:
            assert cell.value == two_digits(float(answers.astype(float).mean()))
        assert cell.n == len(answers) >= 10
        compared += 1
    assert compared >= 30


def test_both_years_stand_in_one_chart(pay_edition: Edition) -> None:
    """Remote work was asked in other words in 2022, and the chart says so."""
    table = pay_edition.table("remote").cut("cohort")
    chart = draw(pay_edition, table, View(form="lines", option="remote"))
    assert [place.key for place in chart.places] == ["2021", "2022"]
    (series,) = chart.series
    # 208 of 497 and 343 of 614.
    assert [mark.written for mark in series.marks] == ["42\u00a0%", "56\u00a0%"]
    assert [mark.n for mark in series.marks] == [497, 614]
    assert any("50/50" in note for note in chart.notes)


@pytest.mark.parametrize("year", PAY)
def test_the_text_file_says_the_same_as_the_workbook(
    rounds: Mapping[int, Loaded], pay: Catalogue, year: int
) -> None:
    """Days are written the American way there, and some pay as "6,956€" and "€4,460"."""
    loaded = data_loaders.load(PAY[year].with_suffix(".tsv"), pay)
    told = rounds[year].submission
    assert loaded.submission is not None
    assert told is not None
    assert_same_answers(loaded.submission, told)


def assert_same_answers(one: Submission, other: Submission) -> None:
    """Row by row; only the pseudonyms differ, as they are made of the content."""
    assert len(one.respondents) == len(other.respondents)
    for name in ("survey", "survey_year", "cohort", "school", "programme"):
        assert list(one.respondents[name]) == list(other.respondents[name])
    frames = []
    for submission in (one, other):
        row = {code: row for row, code in enumerate(submission.respondents["respondent"])}
        answers = submission.answers[submission.answers["text"] == ""]
        frames.append(answers.assign(respondent=answers["respondent"].map(row)))
    keys = ["respondent", "question", "option"]
    first, second = (f[[*keys, "number"]].sort_values(keys).reset_index(drop=True) for f in frames)
    pd.testing.assert_frame_equal(first, second)


def test_a_hidden_pivot_sheet_is_told_and_not_read(pay: Catalogue, tmp_path: Path) -> None:
    """As in 2021, but with something in it."""
    book = load_workbook(PAY[2021])
    hidden = book["Pivot Table 1"]
    assert hidden.sheet_state == "hidden"
    for row in list(book.worksheets[0].iter_rows(values_only=True))[:20]:
        hidden.append(row)
    book.save(tmp_path / "results.xlsx")
    loaded = data_loaders.load(tmp_path / "results.xlsx", pay)
    assert loaded.submission is not None
    assert len(loaded.submission.respondents) == RESPONDENTS[2021]
    assert [f.sheet for f in loaded.findings if f.code == "hidden_sheet"] == ["Pivot Table 1"]
