"""What was handed in is kept whole, replaced by what is newer, and comes back when that goes."""

import hashlib
import time
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from office import databases
from tests.databases import NewAddress, new_address  # noqa: F401
from yearbook import archive
from yearbook.archive import AlreadyKeptError, NotInArchiveError, Received
from yearbook.database import Engine, connect
from yearbook.submissions import (
    ANSWER_COLUMNS,
    FIGURE_COLUMNS,
    RESPONDENT_COLUMNS,
    Kind,
    Submission,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def kept(new_address: NewAddress) -> Engine:  # noqa: F811
    """An empty archive."""
    address = new_address()
    databases.upgrade(address, "archive")
    return connect(address)


def received(content: str, who: str = "Ansa", when: datetime = NOON) -> Received:
    checksum = hashlib.sha256(content.encode()).hexdigest()
    return Received(who, when, f"{content}.xlsx", checksum, {"note": 1})


def annual(*rows: tuple, invented: bool = False) -> Submission:
    """Rows of (school, year, programme, question, value[, missing[, carried]])."""
    whole = [(*row, *("", False, "Sheet!B2")[len(row) - 5 :]) for row in rows]
    frame = pd.DataFrame(whole, columns=FIGURE_COLUMNS)
    return Submission(Kind.ANNUAL, "workbook", figures=frame, invented=invented)


def survey(year: int, people: list[tuple], given: list[tuple], code: str = "base") -> Submission:
    """People of (id, cohort, school); answers of (id, question, option, number, text)."""
    rows = [(who, code, year, cohort, school, "1703") for who, cohort, school in people]
    return Submission(
        Kind.SURVEY,
        "workbook",
        respondents=pd.DataFrame(rows, columns=RESPONDENT_COLUMNS),
        answers=pd.DataFrame(given, columns=ANSWER_COLUMNS),
    )


def values(engine: Engine) -> list[tuple]:
    frame = archive.annual(engine).figures
    return list(zip(frame["school"], frame["year"], frame["value"], strict=True))


def test_figures_come_back_as_they_were_kept(kept: Engine) -> None:
    handed_in = annual(
        ("kuopio", 2024, "", "income", 1234.5),
        ("kuopio", 2024, "321204", "places", float("nan"), "not_offered"),
        ("kuopio", 2024, "321204", "students", 31),
        invented=True,
    )
    archive.keep(kept, handed_in, received("a"))
    back = archive.annual(kept)
    pd.testing.assert_frame_equal(
        back.figures, handed_in.figures.astype({"value": float}), check_dtype=False
    )
    assert back.invented
    assert back.figures["value"].dtype == float
    assert back.figures["carried"].dtype == bool


def test_answers_come_back_as_they_were_kept(kept: Engine) -> None:
    people = [("p1", 2019, "kuopio"), ("p2", 2019, "lahti"), ("p3", 2019, "lahti")]
    given = [
        ("p1", "main_activity", "employed", np.nan, None),
        ("p1", "income", "", 2500.0, None),
        ("p2", "hobbies", "", np.nan, None),
        ("p2", "comment", "", np.nan, "Kiitos – tack!"),
    ]
    handed_in = survey(2020, people, given)
    archive.keep(kept, handed_in, received("s"))
    back = archive.surveys(kept)
    pd.testing.assert_frame_equal(back.respondents, handed_in.respondents, check_dtype=False)
    key = ["respondent", "question"]
    pd.testing.assert_frame_equal(
        back.answers.sort_values(key, ignore_index=True),
        handed_in.answers.sort_values(key, ignore_index=True),
        check_dtype=False,
    )
    assert back.answers["number"].dtype == float
    assert not back.invented


def test_an_empty_archive_holds_empty_submissions(kept: Engine) -> None:
    assert list(archive.annual(kept).figures.columns) == FIGURE_COLUMNS
    assert list(archive.surveys(kept).answers.columns) == ANSWER_COLUMNS
    assert len(archive.annual(kept).figures) == 0
    assert len(archive.surveys(kept).respondents) == 0
    assert archive.history(kept) == ()


def test_a_newer_return_replaces_the_older_and_gives_it_back_when_withdrawn(kept: Engine) -> None:
    older = archive.keep(kept, annual(("kuopio", 2024, "", "students", 100)), received("old"))
    newer = archive.keep(kept, annual(("kuopio", 2024, "", "students", 101)), received("new"))
    assert values(kept) == [("kuopio", 2024, 101.0)]
    assert [entry.id for entry in archive.history(kept)] == [newer, older]
    assert [entry.in_force for entry in archive.history(kept)] == [(("kuopio", 2024),), ()]

    archive.withdraw(kept, newer, "Bo", NOON + timedelta(days=1))
    assert values(kept) == [("kuopio", 2024, 100.0)]
    gone, back = archive.history(kept)
    assert (gone.withdrawn_by, gone.withdrawn_at) == ("Bo", datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert back.in_force == (("kuopio", 2024),)


def test_a_newer_return_replaces_only_the_schools_and_years_that_it_covers(kept: Engine) -> None:
    both = annual(
        ("kuopio", 2023, "", "students", 90),
        ("kuopio", 2024, "", "students", 100),
        ("lahti", 2024, "", "students", 50),
    )
    archive.keep(kept, both, received("all"))
    archive.keep(kept, annual(("lahti", 2024, "", "students", 55)), received("lahti"))
    assert values(kept) == [("kuopio", 2023, 90.0), ("kuopio", 2024, 100.0), ("lahti", 2024, 55.0)]
    assert archive.history(kept)[1].in_force == (("kuopio", 2023), ("kuopio", 2024))


def test_a_newer_round_replaces_the_older_and_other_rounds_stay(kept: Engine) -> None:
    def answers(who: str, option: str) -> list[tuple]:
        return [(who, "main_activity", option, None, None)]

    archive.keep(kept, survey(2020, [("a", 2019, "kuopio")], answers("a", "x")), received("1"))
    archive.keep(kept, survey(2021, [("b", 2020, "kuopio")], answers("b", "y")), received("2"))
    number = archive.keep(
        kept, survey(2020, [("c", 2019, "kuopio")], answers("c", "z")), received("3")
    )
    assert list(archive.surveys(kept).respondents["respondent"]) == ["c", "b"]
    assert list(archive.surveys(kept).answers["option"]) == ["z", "y"]
    archive.withdraw(kept, number, "Ansa", NOON)
    assert list(archive.surveys(kept).answers["option"]) == ["x", "y"]


def test_rounds_that_number_their_people_alike_are_told_apart(kept: Engine) -> None:
    for year, option in ((2020, "x"), (2021, "y")):
        handed_in = survey(year, [("1", 2019, "lahti")], [("1", "work", option, None, None)])
        archive.keep(kept, handed_in, received(option))
    back = archive.surveys(kept)
    assert back.respondents["respondent"].is_unique
    joined = back.answers.merge(back.respondents, on="respondent")
    assert list(zip(joined["survey_year"], joined["option"], strict=True)) == [
        (2020, "x"),
        (2021, "y"),
    ]


def test_a_repeated_figure_counts_only_where_no_own_return_states_it(kept: Engine) -> None:
    carried = annual(
        ("kuopio", 2024, "", "students", 100),
        ("kuopio", 2023, "", "students", 90, "", True),
        ("kuopio", 2023, "", "places", 40, "", True),
    )
    number = archive.keep(kept, carried, received("2024"))
    assert len(archive.annual(kept).figures) == 3
    assert archive.history(kept)[0].covers == (("kuopio", 2024),)

    archive.keep(kept, annual(("kuopio", 2023, "", "students", 91)), received("2023"))
    frame = archive.annual(kept).figures
    assert list(zip(frame["year"], frame["question"], frame["value"], strict=True)) == [
        (2023, "places", 40.0),
        (2023, "students", 91.0),
        (2024, "students", 100.0),
    ]
    archive.withdraw(kept, number, "Ansa", NOON)
    assert values(kept) == [("kuopio", 2023, 91.0)]


def test_of_two_repeated_figures_the_newer_return_is_believed(kept: Engine) -> None:
    for year, repeated in ((2024, 90), (2025, 91)):
        handed_in = annual(
            ("kuopio", year, "", "students", 100),
            ("kuopio", 2023, "", "students", repeated, "", True),
        )
        archive.keep(kept, handed_in, received(str(year)))
    assert values(kept)[0] == ("kuopio", 2023, 91.0)


def test_the_same_file_is_refused_while_it_is_in_force(kept: Engine) -> None:
    first = annual(("kuopio", 2024, "", "students", 100))
    number = archive.keep(kept, first, received("same", who="Ansa"))
    with pytest.raises(AlreadyKeptError, match=r"same\.xlsx .* Ansa handed it in on 2026-03-01"):
        archive.keep(kept, first, received("same", who="Bo"))
    assert len(archive.history(kept)) == 1

    archive.withdraw(kept, number, "Ansa", NOON)
    archive.keep(kept, first, received("same"))
    assert values(kept) == [("kuopio", 2024, 100.0)]


def test_a_file_that_was_replaced_may_be_handed_in_again(kept: Engine) -> None:
    archive.keep(kept, annual(("kuopio", 2024, "", "students", 100)), received("first"))
    archive.keep(kept, annual(("kuopio", 2024, "", "students", 101)), received("second"))
    archive.keep(kept, annual(("kuopio", 2024, "", "students", 100)), received("first"))
    assert values(kept) == [("kuopio", 2024, 100.0)]


def test_what_is_not_there_cannot_be_withdrawn(kept: Engine) -> None:
    number = archive.keep(kept, annual(("kuopio", 2024, "", "students", 1)), received("a"))
    archive.withdraw(kept, number, "Ansa", NOON)
    for absent in (number, number + 1):
        with pytest.raises(NotInArchiveError):
            archive.withdraw(kept, absent, "Bo", NOON)
    assert archive.history(kept)[0].withdrawn_by == "Ansa"


def test_a_submission_is_kept_whole_or_not_at_all(kept: Engine) -> None:
    good = [("a", 2019, "kuopio")]
    broken = survey(2020, good, [("a", "work", "x", None, None), ("a", None, "y", None, None)])
    with pytest.raises((IntegrityError, psycopg.IntegrityError)):  # the latter of COPY
        archive.keep(kept, broken, received("broken"))
    with pytest.raises(ValueError, match="an answer of nobody"):
        archive.keep(kept, survey(2020, good, [("b", "work", "x", None, None)]), received("nobody"))
    with kept.connect() as connection:
        for table in archive.metadata.tables.values():
            assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_a_submission_that_covers_nothing_is_our_mistake(kept: Engine) -> None:
    only_repeated = annual(("kuopio", 2023, "", "students", 1, "", True))
    with pytest.raises(ValueError, match="covers nothing"):
        archive.keep(kept, only_repeated, received("a"))


def test_moments_are_kept_in_utc_and_need_a_zone(kept: Engine) -> None:
    helsinki = timezone(timedelta(hours=2))
    moment = datetime(2026, 1, 15, 1, 30, tzinfo=helsinki)
    archive.keep(kept, annual(("kuopio", 2024, "", "x", 1)), received("a", when=moment))
    entry = archive.history(kept)[0]
    assert entry.received.when == datetime(2026, 1, 14, 23, 30, tzinfo=UTC)
    assert entry.received.findings == {"note": 1}
    with pytest.raises(ValueError, match="time zone"):
        archive.withdraw(kept, entry.id, "Ansa", datetime(2026, 1, 15))


def test_the_fingerprint_follows_what_is_in_force(kept: Engine) -> None:
    empty = archive.fingerprint(kept)
    first = annual(("kuopio", 2024, "", "students", 100))
    archive.keep(kept, first, received("a"))
    one = archive.fingerprint(kept)
    number = archive.keep(kept, annual(("lahti", 2024, "", "students", 1)), received("b"))
    two = archive.fingerprint(kept)
    archive.withdraw(kept, number, "Ansa", NOON)
    assert len({empty, one, two}) == 3
    assert archive.fingerprint(kept) == one


def test_the_order_of_handing_in_does_not_matter(new_address: NewAddress) -> None:  # noqa: F811
    files = {
        "k": annual(("kuopio", 2024, "", "students", 1)),
        "l": annual(("lahti", 2024, "", "students", 2)),
        "b": survey(2020, [("b", 2019, "kuopio")], [("b", "work", "x", None, None)]),
        "f": survey(2022, [("f", 2019, "lahti")], [("f", "work", "y", None, None)], "followup"),
    }
    found = []
    for order in ("klbf", "fblk"):
        address = new_address()
        databases.upgrade(address, "archive")
        engine = connect(address)
        for name in order:
            archive.keep(engine, files[name], received(name))
        found.append((archive.annual(engine).figures, archive.surveys(engine).answers))
    pd.testing.assert_frame_equal(found[0][0], found[1][0])
    pd.testing.assert_frame_equal(found[0][1], found[1][1])


def test_a_hundred_thousand_answers_are_kept_in_seconds(kept: Engine) -> None:
    people = [(f"{number:064x}", 2019, "kuopio") for number in range(2_000)]
    given = [
        (who, f"question_{question}", "employed", None, None)
        for who, _, _ in people
        for question in range(50)
    ]
    big = survey(2020, people, given)
    begun = time.process_time()  # our own work, whatever else the machine does
    archive.keep(kept, big, received("big"))
    kept_in = time.process_time() - begun
    back = archive.surveys(kept)
    read_in = time.process_time() - begun - kept_in
    print(f"100,000 answers: kept in {kept_in:.2f} s, read in {read_in:.2f} s")
    assert len(back.answers) == 100_000
    assert kept_in < 3


def test_the_migrations_make_the_schema_that_the_archive_expects(kept: Engine) -> None:
    with kept.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "archive_version"})
        assert compare_metadata(context, archive.metadata) == []
