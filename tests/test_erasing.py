"""What is erased is gone to the last byte, and what editions rest on is known without it."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

from office import databases
from office.settings import ROOT
from tests.databases import NewAddress, new_address  # noqa: F401
from tests.test_archive import received, survey
from yearbook import archive
from yearbook.archive import NothingToEraseError, OtherAnswersError
from yearbook.database import Engine, connect, write
from yearbook.submissions import TABULATED_COLUMNS, Kind, Submission

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
ANNA = "6d2b1f0a9c8e7d6c5b4a39281706f5e4"
BO = "0badc0de0badc0de0badc0de0badc0de"
PLANTED = "kummituskanteletar"


@pytest.fixture
def held(new_address: NewAddress) -> Engine:  # noqa: F811
    """An empty archive."""
    address = new_address()
    databases.upgrade(address, "archive")
    return connect(address)


def round_of(*people: tuple[str, str], year: int = 2023, words: str = "") -> Submission:
    """People of (pseudonym, what they answered to "happy"), the first of whom wrote words."""
    given = [(who, "happy", option, None, None) for who, option in people]
    if words:
        given.append((people[0][0], "open", "", None, words))
    return survey(year, [(who, year - 1, "kuopio") for who, _ in people], given)


def files_with(engine: Engine, *strings: str) -> set[str]:
    """Which of them stand in any file of the database, whatever the file is for."""
    if engine.dialect.name == "sqlite":
        database = Path(engine.url.database or "")
        files = list(database.parent.glob(f"{database.name}*"))
    else:
        files = _files_of_postgresql(engine)
    contents = [file.read_bytes() for file in files if file.is_file()]
    assert any(contents)
    return {one for one in strings if any(one.encode() in content for content in contents)}


def _files_of_postgresql(engine: Engine) -> list[Path]:
    with engine.connect() as connection:
        folder = connection.scalar(text("SHOW data_directory"))
        number = connection.scalar(
            text("SELECT oid FROM pg_database WHERE datname = current_database()")
        )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))  # what is in memory, to the files
    return list(Path(str(folder), "base", str(number)).iterdir())


def happy(submission: Submission) -> list[tuple[str, str]]:
    given = submission.answers[submission.answers["question"] == "happy"]
    return list(zip(given["respondent"], given["option"], strict=True))


def test_an_erased_respondent_is_in_no_file_of_the_database(held: Engine) -> None:
    first = archive.keep(held, round_of((ANNA, "yes"), (BO, "no"), words=PLANTED), received("a"))
    archive.keep(held, round_of((ANNA, "no"), (BO, "no"), words=PLANTED), received("b"))
    archive.withdraw(held, first, "Ansa", NOON)  # one is withdrawn, one in force
    archive.keep(held, round_of((BO, "no")), received("c"))  # and now it is replaced
    if held.dialect.name == "postgresql":
        with write(held) as connection:
            connection.execute(text("ANALYZE"))  # which keeps samples of the answers
    assert files_with(held, ANNA, PLANTED, BO) == {ANNA, PLANTED, BO}

    before = archive.respondent_held(held, [ANNA])
    erased = archive.erase_respondent(held, ANNA, "Ansa", NOON)
    assert archive.clean(held, NOON)

    assert before == erased
    assert (erased.respondents, erased.answers, erased.submissions) == (1, 4, 2)
    assert files_with(held, ANNA, PLANTED, BO) == {BO}
    (told,) = archive.removals(held)
    assert (told.kind, told.survey, told.survey_year, told.count) == ("respondent", "base", 2023, 1)
    assert told.is_clean
    with pytest.raises(NothingToEraseError):
        archive.erase_respondent(held, ANNA, "Ansa", NOON)


ERASE_AND_DIE = """
import os, sys
from datetime import UTC, datetime
from yearbook import archive
from yearbook.database import connect
archive.erase_respondent(connect(sys.argv[1]), sys.argv[2], "Ansa", datetime.now(UTC))
os._exit(9)  # without closing anything
"""


def test_what_was_erased_before_a_crash_is_cleaned_by_a_later_run(held: Engine) -> None:
    archive.keep(held, round_of((ANNA, "yes"), (BO, "no"), words=PLANTED), received("a"))
    address = held.url.render_as_string(hide_password=False)
    died = subprocess.run([sys.executable, "-c", ERASE_AND_DIE, address, ANNA], cwd=ROOT)
    assert died.returncode == 9
    assert happy(archive.surveys(held)) == [(BO, "no")]
    assert not archive.is_clean(held)

    assert archive.clean(held, NOON)
    assert archive.is_clean(held)
    assert files_with(held, ANNA, PLANTED) == set()


def test_cleaning_waits_for_those_who_read_what_was_there(
    held: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yearbook.archive.cleaning.SECONDS", 0)
    archive.keep(held, round_of((ANNA, "yes"), (BO, "no"), words=PLANTED), received("a"))
    another = connect(held.url.render_as_string(hide_password=False))
    if another.dialect.name == "postgresql":
        another = another.execution_options(isolation_level="REPEATABLE READ")
    with another.connect() as reading:
        reading.execute(text("SELECT * FROM answers")).all()
        archive.erase_respondent(held, ANNA, "Ansa", NOON)
        assert not archive.clean(held, NOON)
        assert not archive.is_clean(held)
    assert archive.clean(held, NOON)
    assert files_with(held, ANNA, PLANTED) == set()


def test_an_erased_round_leaves_neither_rows_nor_the_names_of_its_files(held: Engine) -> None:
    archive.keep(held, round_of((ANNA, "yes"), words=PLANTED), received("anna-berg"))
    table = [("base", 2023, 2021, 2022, "", "", "happy", "yes", 31, 77)]
    frame = pd.DataFrame(table, columns=TABULATED_COLUMNS)
    archive.keep(held, Submission(Kind.TABULATED, "x", tabulated=frame), received("taulut"))
    archive.keep(held, round_of((BO, "no"), year=2024), received("b"))

    erased = archive.erase_round(held, "base", 2023, "Ansa", NOON)
    archive.clean(held, NOON)

    assert (erased.respondents, erased.submissions) == (1, 2)
    assert erased.checksums == tuple(sorted(received(n).checksum for n in ("anna-berg", "taulut")))
    assert files_with(held, ANNA, PLANTED, "anna-berg", BO) == {BO}
    assert happy(archive.surveys(held)) == [(BO, "no")]
    assert archive.tabulated(held).tabulated.empty
    assert [entry.in_force for entry in archive.history(held)] == [(("base", 2024),), (), ()]


def test_nothing_is_read_of_earlier_editions_while_all_is_as_it_was(held: Engine) -> None:
    archive.keep(held, round_of((ANNA, "yes"), (BO, "no")), received("a"))
    archive.release(held, "2026.1")
    found = archive.before(held)
    assert (found.changed, found.answers) == ({}, {})
    assert found.erased.empty


def test_answers_that_were_replaced_are_known_as_an_edition_had_them(held: Engine) -> None:
    archive.keep(held, round_of((ANNA, "yes"), (BO, "no")), received("a"))
    archive.keep(held, round_of((BO, "no"), year=2024), received("b"))
    archive.release(held, "2026.1")
    late = archive.keep(held, round_of((ANNA, "no"), (BO, "no")), received("corrected"))
    archive.release(held, "2026.2")
    archive.withdraw(held, late, "Ansa", NOON)
    archive.keep(held, round_of((BO, "no"), year=2025), received("c"))

    found = archive.before(held)
    assert found.changed == {
        "2026.1": frozenset({("base", 2025)}),  # which it did not have; the withdrawn came after it
        "2026.2": frozenset({("base", 2023), ("base", 2025)}),
    }
    assert {name: happy(one) for name, one in found.answers.items()} == {
        "2026.2": [(ANNA, "no"), (BO, "no")]
    }
    assert set(archive.before(held, ["2026.1"]).changed) == {"2026.1"}


def test_who_is_erased_still_counts_in_the_editions_that_had_them(held: Engine) -> None:
    archive.release(held, "2025.1")  # of an empty archive
    archive.keep(held, round_of((ANNA, "yes"), (BO, "no"), words=PLANTED), received("a"))
    archive.release(held, "2026.1")
    archive.keep(held, round_of((ANNA, "no"), (BO, "no")), received("b"))
    archive.release(held, "2026.2")

    assert archive.erase_respondent(held, ANNA, "Ansa", NOON).editions == ("2026.1", "2026.2")

    found = archive.before(held)
    rows = found.erased.to_dict("records")
    cell = {"survey": "base", "survey_year": 2023, "cohort": 2022, "school": "kuopio",
            "programme": "1703"}  # fmt: skip
    assert rows == [
        {**cell, "question": "happy", "editions": ("2026.1", "2026.2")},
        {**cell, "question": "open", "editions": ("2026.1",)},
    ]
    assert found.changed["2026.2"] == {("base", 2023)}
    assert happy(found.answers["2026.1"]) == [(BO, "no")]


def test_who_was_in_no_edition_leaves_no_number_behind(held: Engine) -> None:
    archive.release(held, "2026.1")
    archive.keep(held, round_of((ANNA, "yes")), received("a"))
    archive.erase_respondent(held, ANNA, "Ansa", NOON)
    assert archive.before(held).erased.empty


def test_an_edition_that_never_came_to_the_shelf_is_written_over(held: Engine) -> None:
    archive.keep(held, round_of((ANNA, "yes"), (BO, "no")), received("a"))
    archive.release(held, "2026.1")  # and the process ends before the shelf has it
    archive.erase_respondent(held, ANNA, "Ansa", NOON)
    archive.release(held, "2026.1")
    found = archive.before(held)
    assert (found.changed, found.answers) == ({}, {})
    assert found.erased.empty


def test_an_edition_of_other_answers_is_not_released(held: Engine) -> None:
    archive.keep(held, round_of((ANNA, "yes"), (BO, "no")), received("a"))
    made_of = archive.fingerprint(held)
    archive.erase_respondent(held, ANNA, "Ansa", NOON)
    with pytest.raises(OtherAnswersError):
        archive.release(held, "2026.1", made_of)
    assert archive.before(held).changed == {}


def test_older_editions_rest_on_what_was_in_force_then(
    new_address: NewAddress,  # noqa: F811
) -> None:
    address = new_address()
    databases.upgrade(address, "archive", "0002")
    held = connect(address)
    days = [NOON + timedelta(days=number) for number in range(6)]
    first = (round_of((ANNA, "yes"), (BO, "no")), received("a", when=days[0]))
    second = (round_of((ANNA, "no"), (BO, "no")), received("b", when=days[2]))
    archive.keep(held, *first)
    late = archive.keep(held, *second)
    archive.withdraw(held, late, "Ansa", days[4])
    assert happy(archive.surveys(held)) == [(ANNA, "yes"), (BO, "no")]

    databases.upgrade(address, "archive")
    archive.release_older(held, {"2026.1": days[1], "2026.2": days[3], "2026.3": days[5]})

    found = archive.before(held)
    assert found.changed == {"2026.2": frozenset({("base", 2023)})}
    assert happy(found.answers["2026.2"]) == [(ANNA, "no"), (BO, "no")]
    archive.release_older(held, {"2026.2": days[0]})  # what is written down stays
    assert set(archive.before(held).changed) == {"2026.2"}
