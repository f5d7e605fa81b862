"""What the director adds lies over the shipped catalogue, and never reaches a visitor."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from office import databases
from tests.databases import NewAddress, new_address  # noqa: F401
from tests.small_catalogue import choice, content, survey_question
from yearbook import archive
from yearbook.archive import Addition, Received
from yearbook.catalogue import build, for_visitors, laid_over
from yearbook.database import Engine, connect
from yearbook.submissions import (
    ANSWER_COLUMNS,
    RESPONDENT_COLUMNS,
    TABULATED_COLUMNS,
    Kind,
    Submission,
)

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
PETS = survey_question([choice("cat"), choice("dog")])


@pytest.fixture
def kept(new_address: NewAddress) -> Engine:  # noqa: F811
    """An empty archive."""
    address = new_address()
    databases.upgrade(address, "archive")
    return connect(address)


def column(heading: str, question: str, **more: object) -> Addition:
    return Addition("column", {"heading": heading, "question": question, **more}, survey="base")


def test_a_new_question_stands_beside_the_shipped_ones(kept: Engine) -> None:
    shipped = content()
    archive.decide(kept, [Addition("questions", PETS, code="pets")], "Ansa", NOON)

    whole = build(laid_over(shipped, archive.additions(kept)))

    assert [one.code for one in whole.questions["pets"].choices] == ["cat", "dog"]
    assert set(whole.questions) == {*shipped["questions"], "pets"}
    assert "pets" not in shipped["questions"]


def test_of_two_decisions_about_one_column_the_later_counts(kept: Engine) -> None:
    archive.decide(kept, [column("Työtilanne", "judgement")], "Ansa", NOON)
    archive.decide(
        kept,
        [column("Työtilanne", "activity"), column("Työtilanne", "pay", occurrence=2)],
        "Ansa",
        NOON,
    )

    decided = build(laid_over(content(), archive.additions(kept))).mappings["base"].columns

    assert [(one.heading, one.occurrence, one.question) for one in decided] == [
        ("Työtilanne", 1, "activity"),
        ("Työtilanne", 2, "pay"),
    ]


def test_a_decision_that_is_taken_back_is_gone(kept: Engine) -> None:
    asked = {"question": "activity", "text": "Keikkaa", "choice": "work"}
    archive.decide(kept, [Addition("option", asked, survey="base")], "Ansa", NOON)
    assert archive.additions(kept)["mappings"]["base"]["option"] == [asked]

    back = Addition("option", asked, survey="base", is_taken_back=True)
    archive.decide(kept, [back], "Ansa", NOON)

    assert archive.additions(kept)["mappings"] == {}


def test_an_edition_keeps_no_mapping_for_it_quotes_the_answers() -> None:
    whole = laid_over(
        content(), {"mappings": {"base": {"option": [{"question": "activity", "text": "Soitan"}]}}}
    )

    assert "Soitan" in str(whole)
    assert "Soitan" not in str(for_visitors(whole))


def test_a_draft_is_out_of_date_when_a_question_is_added_but_not_when_a_column_is_known(
    kept: Engine,
) -> None:
    before = archive.fingerprint(kept)
    archive.decide(kept, [column("Työtilanne", "activity")], "Ansa", NOON)
    assert archive.fingerprint(kept) == before

    archive.decide(kept, [Addition("questions", PETS, code="pets")], "Ansa", NOON)
    assert archive.fingerprint(kept) != before


def test_a_shipped_mapping_yields_to_the_directors() -> None:
    shipped = {**content(), "mappings": {"base": {"column": [{"heading": "H", "role": "ignored"}]}}}
    added = {"mappings": {"base": {"column": [{"heading": "H", "question": "pay"}]}}}

    decided = build(laid_over(shipped, added)).mappings["base"].columns

    assert [(one.question, one.role) for one in decided] == [("pay", "")]


def test_the_key_of_the_pseudonyms_is_made_once(kept: Engine) -> None:
    first = archive.secret(kept)
    assert len(first) == 64
    assert archive.secret(kept) == first


def tables(count: int) -> Submission:
    row = ("base", 2012, 2005, 2010, "a", "", "activity", "work", count, 40)
    frame = pd.DataFrame([row], columns=TABULATED_COLUMNS)
    return Submission(Kind.TABULATED, "report", tabulated=frame)


def answers(*people: tuple[str, str]) -> Submission:
    """People of (id, what they do)."""
    rows = [(who, "base", 2012, 2011, "a", "music") for who, _ in people]
    given = [(who, "activity", activity, None, None) for who, activity in people]
    return Submission(
        Kind.SURVEY,
        "answers",
        respondents=pd.DataFrame(rows, columns=RESPONDENT_COLUMNS),
        answers=pd.DataFrame(given, columns=ANSWER_COLUMNS),
    )


def keep(engine: Engine, submission: Submission, checksum: str, adds: bool = False) -> int:
    return archive.keep(engine, submission, Received("Ansa", NOON, "f", checksum, {}, adds))


def test_answers_and_tables_of_one_round_never_count_together(kept: Engine) -> None:
    keep(kept, tables(25), "t")
    assert archive.tabulated(kept).tabulated["count"].tolist() == [25]

    number = keep(kept, answers(("p1", "work")), "a")
    assert archive.tabulated(kept).tabulated.empty
    assert archive.surveys(kept).respondents["respondent"].tolist() == ["p1"]

    archive.withdraw(kept, number, "Ansa", NOON)
    assert archive.tabulated(kept).tabulated["count"].tolist() == [25]
    assert archive.surveys(kept).respondents.empty


def test_a_form_in_another_language_adds_to_its_round(kept: Engine) -> None:
    keep(kept, answers(("1", "work"), ("2", "study")), "finnish")
    keep(kept, answers(("1", "study"), ("2", "study"), ("3", "other")), "swedish", adds=True)

    given = archive.surveys(kept).answers

    # The Swedish "1" is another person, for she answered otherwise; "2" came in twice.
    assert sorted(zip(given["respondent"], given["option"], strict=True)) == [
        ("1", "work"),
        ("2", "study"),
        ("2:1", "study"),
        ("3", "other"),
    ]


def test_what_replaces_takes_the_place_of_all_that_were_added_up(kept: Engine) -> None:
    keep(kept, answers(("1", "work")), "first")
    keep(kept, answers(("2", "work")), "added", adds=True)
    last = keep(kept, answers(("3", "study")), "all anew")
    assert archive.surveys(kept).respondents["respondent"].tolist() == ["3"]

    archive.withdraw(kept, last, "Ansa", NOON)
    assert sorted(archive.surveys(kept).respondents["respondent"]) == ["1", "2"]


def test_what_adds_to_a_table_leaves_only_the_answers(kept: Engine) -> None:
    keep(kept, tables(25), "t")
    keep(kept, answers(("1", "work")), "a", adds=True)

    assert archive.tabulated(kept).tabulated.empty
    assert len(archive.surveys(kept).respondents) == 1
