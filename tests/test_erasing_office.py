"""How the director finds whom to erase, what goes with it, and how long uploads are kept."""

import os
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from access import record
from data_loaders.hints import Hints
from desk import actions
from desk.using import catalogue_in_use
from office import commands, databases, erasing, quoting, receiving, tidying
from office.erasing import NOBODY
from office.quoting import CHECKS, Proposal
from office.refusals import RefusedError
from office.settings import settings
from office.uploads import Upload
from tests.databases import new_address  # noqa: F401
from tests.test_archive import annual, received
from tests.test_open_answers import QUESTION, keep, open_office  # noqa: F401
from ui.visit import DIRECTOR, MEMBER, Visitor
from yearbook import archive
from yearbook.archive import Addition
from yearbook.language import Language
from yearbook.submissions import FRAME_COLUMNS, Kind, Submission

ROUND = ("base", 2023)
DIRECTS = Visitor(Language.EN, "", DIRECTOR, "")
HEADINGS = ["Vastauksen tunnus", "Date started", "Oppilaitos", "Lukuvuosi",
            "Jaksoin opinnoissani hyvin", "Miten koulutusta pitäisi kehittää?"]  # fmt: skip
ROWS = [
    ["1", "2023-05-02 09:15:07", "Kuopion konservatorio", "2022–2023", "Täysin eri mieltä",
     "Lisää kanteletta ja kummituksia"],
    ["2", "2023-05-02 09:15:09", "Kuopion konservatorio", "2022–2023", "Täysin eri mieltä",
     "Lisää kanteletta"],
    ["3", "2023-05-03 18:00:00", "Lahden konservatorio", "2022–2023", "Täysin eri mieltä", ""],
]  # fmt: skip


@pytest.fixture(autouse=True)
def own_catalogue() -> None:
    catalogue_in_use.clear()


def export(rows: list[list[str]], without: tuple[str, ...] = ()) -> bytes:
    """As a survey tool would write it; without: of some of the columns."""
    frame = pd.DataFrame(rows, columns=HEADINGS).drop(columns=list(without))
    return frame.to_csv(index=False, sep=";").encode()


def hand_in(content: bytes, name: str = "kysely.csv") -> int:
    receipt = receiving.receive_upload(name, content, "Ansa", Hints(*ROUND))
    assert receipt.id is not None, [f.message(catalogue_in_use()).en for f in receipt.findings]
    return receipt.id


def respondents() -> int:
    return len(archive.surveys(databases.archive_engine()).respondents)


# --- Finding --------------------------------------------------------------------------------------


def test_a_response_is_found_by_its_number_and_the_day(open_office: Path) -> None:  # noqa: F811
    hand_in(export(ROWS))
    assert erasing.find_by_number(ROUND, "2", date(2023, 5, 3)) == NOBODY
    assert erasing.find_by_number(ROUND, "2", None) == NOBODY  # a running number needs the day
    assert [erasing.read_day(day) for day in ("", "2.5.2023", "2023-05-02")] == [
        None, date(2023, 5, 2), date(2023, 5, 2)
    ]  # fmt: skip
    with pytest.raises(RefusedError, match="is no date"):
        erasing.read_day("toukokuussa")
    found = erasing.find_by_number(ROUND, " 2 ", date(2023, 5, 2))
    held = erasing.held(found.pseudonyms)
    assert held is not None
    assert (found.people, held.rounds, held.respondents, held.answers) == (1, (ROUND,), 1, 2)
    hand_in(export([["e7f1-kq", *ROWS[2][1:]]]), "token.csv")  # no running number, and so no day
    assert erasing.find_by_number(ROUND, "e7f1-kq", None).people == 1
    receiving.withdraw(2, "Ansa")
    (pseudonym,) = found.pseudonyms
    assert erasing.find_by_pseudonym(pseudonym.upper()).pseudonyms == {pseudonym}
    assert erasing.find_by_pseudonym("%") == NOBODY

    erasing.erase_respondent(found, "Ansa")
    assert respondents() == 2
    assert erasing.is_clean()
    with pytest.raises(RefusedError, match="no such respondent"):
        erasing.erase_respondent(found, "Ansa")


def test_words_find_one_respondent_or_are_to_be_narrowed(open_office: Path) -> None:  # noqa: F811
    hand_in(export(ROWS))
    both = erasing.find_by_words(ROUND, "kanteletta")
    assert both.people == 2
    with pytest.raises(RefusedError, match="2 respondents"):
        erasing.erase_respondent(both, "Ansa")
    hand_in(export(ROWS[:2]), "again.csv")  # the same people in another file are no others
    one = erasing.find_by_words(ROUND, "KUMMITUKSIA kantele")
    assert one.people == 1
    assert erasing.find_by_words(ROUND, "kummituksia xylofoni") == NOBODY
    with pytest.raises(RefusedError, match="at least 4 letters"):
        erasing.find_by_words(ROUND, "ei")
    assert respondents() == 2
    erasing.erase_respondent(one, "Ansa")
    assert respondents() == 1


def test_without_any_number_a_file_of_the_one_row_finds_it(open_office: Path) -> None:  # noqa: F811
    bare = (HEADINGS[0], HEADINGS[1])
    hand_in(export(ROWS, bare))
    found = erasing.find_by_file(ROUND, Upload("rivi.csv", export(ROWS[2:], bare)))
    assert found.people == 1
    assert list((settings().var / "incoming").iterdir()) == []
    erasing.erase_respondent(found, "Ansa")
    left = archive.surveys(databases.archive_engine()).respondents
    assert set(left["school"]) == {"kuopio"}
    with pytest.raises(RefusedError, match="could be read"):
        erasing.find_by_file(ROUND, Upload("x.csv", b"nothing"))
    with pytest.raises(RefusedError, match="too large"):
        erasing.find_by_file(ROUND, Upload("x.csv", b"x" * 2_000_000))


# --- What has no link to a person -----------------------------------------------------------------


def test_mentions_are_searched_by_hand_and_erased(open_office: Path) -> None:  # noqa: F811
    keep(["Kysy Maija Meikäläiseltä"] * 10)
    quoting.release(Proposal(QUESTION, "Maija opetti hyvin", "fi", frozenset(CHECKS)), "Ansa")
    engine = databases.archive_engine()
    entry = {"question": "employer", "text": "Maija Oy", "from": 2023, "choice": ""}
    archive.decide(engine, [Addition("option", entry, "base")], "Ansa", datetime.now(UTC))
    archive.keep(engine, annual(("kuopio", 2024, "", "income", 1.0)), received("maija"))
    upload = settings().var / "uploads" / received("maija").checksum
    upload.parent.mkdir(parents=True)
    upload.write_text("asked by Maija")

    found = erasing.mentions("maija")
    assert [(one.kind, one.text) for one in found] == [
        ("quote", "Maija opetti hyvin"),
        ("decision", "Maija Oy"),
        ("name", "maija.xlsx · workbook"),
    ]
    for one in found:
        erasing.erase_mention(one, "Ansa")
    assert erasing.mentions("maija") == ()
    assert not upload.exists()
    with pytest.raises(RefusedError, match="erased already"):
        erasing.erase_mention(found[0], "Ansa")
    assert quoting.for_edition() == {}
    assert archive.additions(engine)["mappings"] == {}
    database = Path(engine.url.database or "")
    if engine.dialect.name == "sqlite":
        content = b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*"))
        assert b"Maija opetti" not in content
        assert b"Maija Oy" not in content
        assert b"maija.xlsx" not in content
        assert "Kysy Maija Meikäläiseltä".encode() in content
    assert [one.kind for one in erasing.removed()] == ["name", "decision", "quote"]


# --- A whole round, and retention -----------------------------------------------------------------


def test_a_round_goes_with_the_files_it_came_in(open_office: Path) -> None:  # noqa: F811
    hand_in(export(ROWS))
    row = ("base", 2023, 2022, "kuopio", "", 30.0, 30.0, "", "")
    frame = pd.DataFrame([row], columns=FRAME_COLUMNS)
    given = received("kutsutut")
    upload = settings().var / "uploads" / given.checksum
    upload.parent.mkdir(parents=True)
    upload.write_text("invited")
    archive.keep(databases.archive_engine(), Submission(Kind.FRAME, "x", frame=frame), given)
    assert erasing.rounds() == (ROUND,)

    erased = erasing.erase_round(ROUND, "Ansa")

    assert (erased.respondents, erased.submissions) == (3, 2)
    assert not upload.exists()
    assert erasing.rounds() == ()
    with pytest.raises(RefusedError, match="no such round"):
        erasing.erase_round(ROUND, "Ansa")
    hand_in(export(ROWS))  # it may come in anew
    assert respondents() == 3


def test_uploads_are_deleted_when_their_time_is_over(open_office: Path) -> None:  # noqa: F811
    days = catalogue_in_use().policy.upload_retention_days
    came = datetime(2026, 3, 1, 12, tzinfo=UTC)
    engine = databases.archive_engine()
    handed_in = received("kuopio", when=came)
    archive.keep(engine, annual(("kuopio", 2024, "", "income", 1.0)), handed_in)
    uploads, incoming = settings().var / "uploads", settings().var / "incoming"
    for folder, name in ((uploads, handed_in.checksum), (uploads, "half"), (incoming, "left.csv")):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
        os.utime(folder / name, (came.timestamp(), came.timestamp()))

    last_day = came + timedelta(days=days) - timedelta(seconds=1)
    assert tidying.tidy(last_day) == tidying.Tidied(uploads=0, left_behind=2, is_clean=True)
    assert [file.name for file in uploads.iterdir()] == [handed_in.checksum]
    done = tidying.tidy(came + timedelta(days=days))
    assert (done.uploads, list(uploads.iterdir())) == (1, [])
    assert archive.annual(engine).figures["value"].tolist() == [1.0]  # the figures stay
    (told,) = erasing.removed()
    assert (told.kind, told.count, told.who) == ("upload", 1, tidying.SELF)
    assert tidying.tidy(came + timedelta(days=days)).uploads == 0


# --- The desk and the terminal --------------------------------------------------------------------


def open_page(role: str) -> AppTest:
    def script(role: str) -> None:
        from desk import erase
        from ui.visit import Visitor
        from yearbook.language import Language

        erase.show(Visitor(Language.EN, "", role, ""))

    return AppTest.from_function(script, default_timeout=60, kwargs={"role": role}).run()


def said(test: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in test.get("html"))


def press(test: AppTest, is_it: Callable[[str], bool]) -> AppTest:
    (button,) = [one for one in test.button if is_it(one.key or "")]
    return button.click().run()


def test_nobody_but_the_director_erases(open_office: Path) -> None:  # noqa: F811
    hand_in(export(ROWS))
    test = open_page(MEMBER)
    assert "Only the director may do this" in said(test)
    assert not test.button
    member = Visitor(Language.EN, "", MEMBER, "")
    with pytest.raises(RefusedError):
        actions.erase_round(member, ROUND)
    with pytest.raises(RefusedError):
        actions.find_by_words(member, ROUND, "kanteletta")
    assert respondents() == 3


def test_the_director_sees_what_goes_and_not_what_was_answered(open_office: Path) -> None:  # noqa: F811
    hand_in(export(ROWS))
    archive.release(databases.archive_engine(), "2026.1")
    test = open_page(DIRECTOR)
    test.segmented_control("erase-how").set_value("words").run()
    test.text_input("erase-words").set_value("kanteletta")
    press(test, lambda key: "erase-by-words" in key)
    assert "occur in the texts of 2 respondents" in said(test)
    test.text_input("erase-words").set_value("kummituksia")
    press(test, lambda key: "erase-by-words" in key)
    assert "One respondent was found" in said(test)
    assert "published already (2026.1): it holds protected numbers only" in said(test)
    assert "Lisää kanteletta" not in said(test)
    press(test, lambda key: key == "erase-respondent")
    assert "Graduate survey 2023: 2 answers vanish from all submissions" in said(test)
    assert "This cannot be undone" in said(test)
    assert respondents() == 3  # until it is confirmed, which AppTest cannot do in a dialog
    actions.erase_respondent(DIRECTS, actions.find_by_words(DIRECTS, ROUND, "kummituksia"))
    assert respondents() == 2
    test = open_page(DIRECTOR)
    test.segmented_control("erase-part").set_value("removed").run()
    assert "Graduate survey 2023" in said(test)
    assert "Clean<" in said(test)


def test_a_round_is_erased_when_its_year_is_written(open_office: Path) -> None:  # noqa: F811
    hand_in(export(ROWS))
    test = open_page(DIRECTOR)
    test.segmented_control("erase-part").set_value("round").run()
    test.text_input("erase-base-2023").set_value("2022")
    press(test, lambda key: "erase-whole" in key)
    assert not [one for one in test.button if one.key == "confirm"]
    test.text_input("erase-base-2023").set_value("2023")
    press(test, lambda key: "erase-whole" in key)
    assert "Graduate survey 2023: 3 respondents and 5 answers vanish" in said(test)
    assert [one for one in test.button if one.key == "confirm"]
    actions.erase_round(DIRECTS, ROUND)
    assert erasing.rounds() == ()


def test_the_keeper_writes_what_is_held_for_who_asks_to_see_it(open_office: Path) -> None:  # noqa: F811
    hand_in(export(ROWS))
    file = open_office / "vastaukset.csv"
    one = ["base", "2023", "--number", "1", "--day", "2023-05-02", "--copy", str(file)]
    assert commands.erase(ArgumentParser(), one) == 0
    head, *lines = file.read_text("utf-8-sig").splitlines()
    assert head.startswith("Kysely;Kyselyvuosi;") and len(lines) == 2  # her two answers, labelled
    assert all(line.startswith("Peruskysely;2023;2022;") for line in lines)
    assert file.stat().st_mode & 0o077 == 0
    assert respondents() == 3  # nothing was erased
    assert commands.erase(ArgumentParser(), one) == 1  # and nothing is written over
    told = record.found(databases.accounts_engine())[0]
    assert (told.action, told.what) == ("export", "respondent: base 2023")


def test_the_keeper_erases_at_the_terminal(
    open_office: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    def give(command: Callable[[ArgumentParser, list[str]], int], *given: str) -> tuple[int, str]:
        code = command(ArgumentParser(), list(given))
        told = capsys.readouterr()
        return code, told.out + told.err

    hand_in(export(ROWS))
    code, told = give(commands.erase, "base", "2023", "--number", "7", "--yes")
    assert (code, "no such respondent" in told) == (1, True)
    code, told = give(commands.erase, "base", "2023", "--words", "kanteletta", "--yes")
    assert (code, "2 respondents" in told) == (1, True)
    one = ("base", "2023", "--number", "1", "--day", "2023-05-02")
    code, told = give(commands.erase, *one)
    assert (code, "give --yes" in told, respondents()) == (1, True, 3)  # nobody was asked
    code, told = give(commands.erase, *one, "--yes")
    assert (code, "Respondents: 1, answers: 2" in told, respondents()) == (0, True, 2)
    code, told = give(commands.erase, "base", "2023", "--whole-round", "--yes")
    assert (code, "It is erased" in told, erasing.rounds()) == (0, True, ())
    code, told = give(commands.erase, "base", "2023", "--whole-round")
    assert (code, "no such round" in told) == (1, True)
    code, told = give(commands.tidy)
    assert (code, "may be: 0." in told) == (0, True)
