"""Facts of reading a table or a query of another database: wide or long, and read-only."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from data_loaders import Hints, Loaded
from data_loaders.database import is_single_select, load_table
from tests.loader_catalogue import catalogue, figures, found, options, sentences

MUSIC = "321204"
TABLES = """
create table figures (school text, year integer, programme text, students numeric,
                      new_students integer, events integer);
insert into figures values ('tampere', 2024, '321204', 120, 30, 12),
                           ('Lahden konservatorio', 2024, '321204', '90,0', 20, null);
create table "long figures" (school text, year text, programme text, question text, value text);
insert into "long figures" values ('lahti', '2024', '321204', 'students', '90'),
                                  ('lahti', '2024', '', 'events', '5'),
                                  ('lahti', '2024', '', 'Valtionosuus', '1 200,5');
create table wrong (school text, year integer, students text, new_students integer);
insert into wrong values ('lahti', 2024, '90', 20), ('nowhere', 2024, '1', 1),
                         ('kuopio', 2024, 'twelve', -1), ('oulu', 2024, '5', 6);
create table answers (respondent integer, survey text, survey_year integer, cohort text,
                      school text, programme text, question text, option text, value text);
insert into answers values (1, 'base', 2020, '2019-20', 'tampere', '1703', 'main', 'work', null),
                           (1, 'base', 2020, '2019-20', 'tampere', '1703', 'hobbies', 'play', '1'),
                           (1, 'base', 2020, '2019-20', 'tampere', '1703', 'hobbies', 'dance', '1'),
                           (1, 'base', 2020, '2019-20', 'tampere', '1703', 'jobs', null, '2'),
                           (2, 'base', 2020, '2019-20', 'lahti', '1703', 'main', 'maybe', null);
create table graduates (school text, programme text, main text, hobbies text);
insert into graduates values ('tampere', '1703', 'Työssä', 'Tanssi;Ei mitään näistä'),
                             ('lahti', '1703', 'I arbete', null);
create table empty (school text, students integer);
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(TABLES)
    connection.close()
    return path


def read(database: Path, wanted: str, hints: Hints | None = None) -> Loaded:
    return load_table(f"sqlite:///{database}", wanted, catalogue(), hints or Hints())


def test_a_wide_table_of_figures(database: Path) -> None:
    result = read(database, "figures")
    assert figures(result) == {
        ("tampere", 2024, MUSIC, "students"): 120,
        ("tampere", 2024, MUSIC, "new_students"): 30,
        ("tampere", 2024, "", "events"): 12,
        ("lahti", 2024, MUSIC, "students"): 90,
        ("lahti", 2024, MUSIC, "new_students"): 20,
    }
    assert result.submission is not None
    assert result.submission.source == "figures"
    assert result.submission.figures["place"].iloc[0] == "figures!1:students"


def test_a_long_table_of_figures(database: Path) -> None:
    assert figures(read(database, "long figures")) == {
        ("lahti", 2024, MUSIC, "students"): 90,
        ("lahti", 2024, "", "events"): 5,
        ("lahti", 2024, "", "funding"): 1200.5,
    }


def test_a_query_with_colons_and_per_cents(database: Path) -> None:
    query = (
        'SELECT school, 2024 AS year, events AS "Konsertit" FROM figures -- all; of them\n'
        "WHERE school LIKE 'tam%' AND school <> ':x; drop table figures';"
    )
    assert figures(read(database, query)) == {("tampere", 2024, "", "events"): 12}


def test_a_wide_table_of_answers(database: Path) -> None:
    result = read(database, "graduates", Hints(survey="base", survey_year=2020))
    assert options(result, "main") == [["work"], ["work"]]
    assert options(result, "hobbies") == [["dance", "none"], []]


def test_a_long_table_of_answers(database: Path) -> None:
    result = read(database, "answers")
    assert found(result) == [("unknown_option", "5:option")]
    known = read(database, "select * from answers where option is null or option <> 'maybe'")
    assert options(known, "main") == [["work"]]
    assert options(known, "hobbies") == [["play", "dance"]]
    assert known.submission is not None
    assert known.submission.covers() == {("base", 2020)}
    assert list(known.submission.answers["number"].dropna()) == [2]


def test_the_same_checks_with_rows_and_columns_as_places(database: Path) -> None:
    result = read(database, "wrong")
    assert found(result) == [
        ("unknown_school", "2:school"),
        ("not_whole_guessed", "3:students"),
        ("negative", "3:new_students"),
        ("more_than_whole", "4:new_students"),
    ]
    assert sentences(result)[1] == (
        "Students, table wrong, row 3, column students: “twelve” is not a whole number. Write 12."
    )
    assert "6 is more than Students (5, row 4, column students)" in sentences(result)[3]


def test_nothing_is_written_to_the_other_database(database: Path) -> None:
    before = database.read_bytes()
    read(database, "figures")
    assert database.read_bytes() == before
    assert [path.name for path in database.parent.iterdir()] == [database.name]


@pytest.mark.parametrize(
    "query",
    ["select 1; drop table figures", "with x as (delete from figures returning *) select * from x",
     "select * into other from figures", "delete from figures", "DROP TABLE figures",
     "select 1 /* ; */; update figures set year = 1", "pragma table_info(figures)"],
)  # fmt: skip
def test_only_one_select_is_let_through(database: Path, query: str) -> None:
    assert not is_single_select(query)
    before = database.read_bytes()
    result = read(database, query)
    assert found(result) == [("database_not_select", "")]
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "query",
    ["select * from figures", " SELECT 'drop table x; delete' AS \"update\" FROM figures ; ",
     "with x as (select 1) select * from x", "select updated, created_at from t -- delete"],
)  # fmt: skip
def test_a_select_that_only_mentions_changes_is_let_through(query: str) -> None:
    assert is_single_select(query)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("sqlite:////nowhere/at-all.sqlite", "database_address"),
        ("not an address", "database_address"),
        ("mysql+nodriver://server/base", "database_address"),
        ("postgresql://127.0.0.1:1/base", "database_unread"),
    ],
)
def test_a_database_that_cannot_be_opened(address: str, code: str) -> None:
    result = load_table(address, "figures", catalogue(), Hints())
    assert result.submission is None
    assert found(result) == [(code, "")]
    assert sentences(result)[0].endswith(("its driver is installed.", "the right to read."))


def test_a_table_that_is_not_there_or_empty(database: Path) -> None:
    assert found(read(database, "nosuch")) == [("database_unread", "")]
    assert "no such table: nosuch" in sentences(read(database, "nosuch"))[0]
    assert found(read(database, "empty")) == [("no_figures", "")]


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    read(tmp_path / "missing.sqlite", "figures")
    assert list(tmp_path.iterdir()) == []
