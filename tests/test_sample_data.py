"""The invented annual returns are plausible, marked as invented, and read to the last figure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

from data_loaders import Loaded, load, workbook
from sample_data import annual, make
from sample_data.figures import invent
from yearbook import catalogue as catalogues
from yearbook.catalogue import Catalogue

SEED, YEARS = make.SEED, make.YEARS
KEY = ["school", "year", "programme", "question"]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return catalogues.load()


@pytest.fixture(scope="module")
def figures(catalogue: Catalogue) -> pd.DataFrame:
    return pd.DataFrame(invent(catalogue, SEED, YEARS))


@pytest.fixture(scope="module")
def workbooks(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("returns")
    return {path.name: path for path in annual.write(folder, SEED, YEARS, catalogue)}


@pytest.fixture(scope="module")
def loaded(workbooks: dict[str, Path], catalogue: Catalogue) -> dict[str, Loaded]:
    return {name: load(path, catalogue) for name, path in workbooks.items()}


@pytest.fixture(scope="module")
def read_back(loaded: dict[str, Loaded]) -> pd.DataFrame:
    submissions = [found.submission for found in loaded.values()]
    return pd.concat([s.figures for s in submissions if s is not None], ignore_index=True)


@pytest.fixture(scope="module")
def texts(workbooks: dict[str, Path]) -> dict[str, dict[str, set[str]]]:
    """Workbook -> sheet -> what is written in it as text."""
    return {name: _texts(path) for name, path in workbooks.items()}


def _texts(path: Path) -> dict[str, set[str]]:
    return {
        sheet.name: {cell for row in sheet.rows for cell in row if isinstance(cell, str)}
        for sheet in workbook.read(path).sheets
    }


def _cells(path: Path) -> list[object]:
    return [(sheet.name, sheet.rows) for sheet in workbook.read(path).sheets]


def _sum(figures: pd.DataFrame, question: str, year: int) -> float:
    asked = figures[(figures["question"] == question) & (figures["year"] == year)]
    return float(asked["value"].sum())


# --- What is invented -------------------------------------------------------------------------


def test_sizes_are_those_of_the_members(figures: pd.DataFrame) -> None:
    for year in YEARS:
        assert 2000 <= _sum(figures, "students", year) <= 2400
        assert 250 <= _sum(figures, "graduates", year) <= 400
        assert 9000 <= _sum(figures, "pupils", year) <= 12000
        applicants = _sum(figures, "first_choice_applicants", year)
        assert 1.5 <= applicants / _sum(figures, "places", year) <= 3


def test_every_annual_question_is_answered(figures: pd.DataFrame, catalogue: Catalogue) -> None:
    asked = {question.code for question in catalogue.annual_questions}
    assert set(figures["question"]) == asked
    for question in catalogue.annual_questions:
        years = figures.loc[figures["question"] == question.code, "year"]
        assert (years.min(), years.max()) == (question.since or 2012, 2025)


def test_counts_are_whole_and_parts_are_never_more_than_their_whole(
    figures: pd.DataFrame, catalogue: Catalogue
) -> None:
    assert (figures["value"] >= 0).all()
    wide = figures.pivot_table(index=KEY[:3], columns="question", values="value")
    for question in catalogue.annual_questions:
        if question.type in ("count", "money"):
            assert (wide[question.code].dropna() % 1 == 0).all(), question.code
        if question.at_most is not None:
            both = wide[[question.code, question.at_most]].dropna()
            assert (both[question.code] <= both[question.at_most]).all(), question.code


def test_the_parts_of_state_funding_make_the_whole(figures: pd.DataFrame) -> None:
    parts = ["core_funding", "performance_funding", "effectiveness_funding", "strategy_funding"]
    wide = figures.pivot_table(index=["school", "year"], columns="question", values="value")
    since_reform = wide[wide.index.get_level_values("year") >= 2018]
    assert (since_reform[parts].sum(axis=1) == since_reform["state_funding"]).all()


def test_2020_is_a_break(figures: pd.DataFrame) -> None:
    assert _sum(figures, "events", 2020) < 0.5 * _sum(figures, "events", 2019)
    assert _sum(figures, "graduates", 2020) < 0.9 * _sum(figures, "graduates", 2019)


def test_a_school_has_figures_of_what_it_offers_only(
    figures: pd.DataFrame, catalogue: Catalogue
) -> None:
    for school, own in figures.groupby("school"):
        assert set(own["programme"]) - {""} <= set(catalogue.schools[str(school)].offers)


def test_a_year_is_the_same_whichever_other_years_are_asked(catalogue: Catalogue) -> None:
    alone = invent(catalogue, SEED, [2019])
    among = [
        figure for figure in invent(catalogue, SEED, [2012, 2019, 2025]) if figure.year == 2019
    ]
    assert alone == among
    assert alone != invent(catalogue, SEED + 1, [2019])


# --- What is written --------------------------------------------------------------------------


def test_the_same_seed_writes_the_same_cells(catalogue: Catalogue, tmp_path: Path) -> None:
    written = []
    for folder, seed in (("once", SEED), ("again", SEED), ("other", SEED + 1)):
        (tmp_path / folder).mkdir()
        paths = annual.write(tmp_path / folder, seed, [2020, 2024, 2025], catalogue)
        written.append({path.name: _cells(path) for path in paths})
    once, again, other = written
    assert once == again
    assert list(once) == list(other)
    assert once != other


def test_every_sheet_says_that_it_is_invented(texts: dict[str, dict[str, set[str]]]) -> None:
    sheets = [(name, sheet) for name, sheets in texts.items() for sheet in sheets]
    # 8 workbooks of 3 sheets; of 16 and 15 schools, 11 and 10 of which teach basic arts, 4 or 3.
    assert len(sheets) == 8 * 3 + (11 * 4 + 5 * 3) + (10 * 4 + 5 * 3)
    unmarked = [(name, sheet) for name, sheet in sheets if annual.MARK not in texts[name][sheet]]
    assert unmarked == []
    assert "Keksitty esimerkkiaineisto" in annual.MARK


def test_older_years_come_together_and_the_newest_two_school_by_school(
    workbooks: dict[str, Path],
) -> None:
    of_all = [name for name in workbooks if name.startswith("jasentilasto")]
    assert of_all == [
        "jasentilasto_2012-2014.xlsx",
        "jasentilasto_2015.xlsx",
        "jasentilasto_2016.xlsx",
        "jasentilasto_2017.xlsx",
        "jasentilasto_2018-2019.xlsx",
        "jasentilasto_2020.xlsx",
        "jasentilasto_2021.xlsx",
        "jasentilasto_2022-2023.xlsx",
    ]
    assert len([name for name in workbooks if name.endswith("_2024.xlsx")]) == 16
    assert len([name for name in workbooks if name.endswith("_2025.xlsx")]) == 15
    assert "palmgren_2025.xlsx" not in workbooks


def test_the_mess_of_real_workbooks_is_there(texts: dict[str, dict[str, set[str]]]) -> None:
    said = {name: set().union(*sheets.values()) for name, sheets in texts.items()}
    assert "Opiskelijamäärä 20.9." in said["jasentilasto_2015.xlsx"]
    assert "Opiskelijat" not in said["jasentilasto_2015.xlsx"]
    assert {"Opiskelijat", "Oppilaitos: Oulun konservatorio"} <= said["oulu_2025.xlsx"]
    assert "Lahden Konservatorio Oy" in said["jasentilasto_2018-2019.xlsx"]
    assert {"Studerande", "Yrkesutbildning"} <= said["yrkesakademin_2025.xlsx"] | set(
        texts["yrkesakademin_2025.xlsx"]
    )
    assert _figures_as_text(said["oulu_2025.xlsx"], ",")
    assert _figures_as_text(said["lahti_2024.xlsx"], " ")
    assert _figures_as_text(said["tampere_2024.xlsx"], "\u00a0")
    assert {"-", "..", "ei tietoa"} <= set().union(*said.values())


def _figures_as_text(texts: set[str], sign: str) -> list[str]:
    return [text for text in texts if sign in text and text.replace(sign, "").isdigit()]


# --- What the loader makes of it --------------------------------------------------------------


def test_every_workbook_is_accepted_as_invented(loaded: dict[str, Loaded]) -> None:
    refused = {name: found.findings for name, found in loaded.items() if not found.submission}
    assert refused == {}
    assert all(found.submission.invented for found in loaded.values() if found.submission)


def test_no_column_and_no_figure_is_lost(
    figures: pd.DataFrame, read_back: pd.DataFrame, catalogue: Catalogue
) -> None:
    """Every figure that a school knew is read to the last digit, and nothing else."""
    expected = figures[~_not_returned(figures)].merge(
        read_back, on=KEY, how="outer", suffixes=("", "_read"), indicator=True
    )
    assert (expected["_merge"] != "right_only").all()
    known = expected["value_read"].notna()
    assert (expected.loc[known, "value"] == expected.loc[known, "value_read"]).all()
    assert known.mean() > 0.98
    unknown = expected.loc[~known]
    assert set(unknown["missing"].dropna()) == {"no_answer"}
    required = {question.code for question in catalogue.annual_questions if question.required}
    assert required.isdisjoint(unknown["question"])


def _not_returned(figures: pd.DataFrame) -> pd.Series:
    late = (figures["school"] == "palmgren") & (figures["year"] == 2025)
    return late | ((figures["school"] == "lappia") & (figures["year"] == 2016))


def test_who_returned(read_back: pd.DataFrame) -> None:
    returned = read_back.groupby("year")["school"].nunique()
    assert {year: 16 - n for year, n in returned.items() if n < 16} == {2016: 1, 2025: 1}


# --- The command ------------------------------------------------------------------------------


def test_the_command_names_what_it_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make.main(["--out", str(tmp_path / "new"), "--years", "2025"])
    named = capsys.readouterr().out.split()
    assert sorted(named) == sorted(map(str, (tmp_path / "new").iterdir()))
    assert _names(named) >= {"kuopio_2025.xlsx", "peruskysely_2025.xlsx"}


def _names(paths: Iterable[str]) -> set[str]:
    return {Path(path).name for path in paths}


@pytest.mark.parametrize("years", ["2025-2012", "1999-2001", "twelve"])
def test_impossible_years_are_refused(tmp_path: Path, years: str) -> None:
    with pytest.raises(SystemExit) as refused:
        make.main(["--out", str(tmp_path), "--years", years])
    assert refused.value.code == 2
