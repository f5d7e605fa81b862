"""The desk's parts without a browser: who may act, what is said of a file, what it replaces."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desk import actions, markup
from desk.authority import DEMONSTRATION
from desk.publication import changed, missing
from desk.publication.writing import write_cell
from desk.reception import blanks, handed, receipt, replacing, report, returns
from desk.reception.handed import Handed
from desk.using import catalogue_in_use
from office import databases, publishing, receiving, uploads
from office.erasing import NOBODY
from office.receiving import Table
from office.refusals import RefusedError
from office.uploads import Upload
from tests.databases import NewAddress, new_address  # noqa: F401
from tests.office_for_tests import write_catalogue, write_return
from ui import prose
from ui.visit import DIRECTOR, MEMBER, Visitor
from yearbook.archive import Mention
from yearbook.editions import Cell, Group, State
from yearbook.language import Language

THE_DIRECTOR = Visitor(Language.EN, "", DIRECTOR, "")
A_MEMBER = replace(THE_DIRECTOR, role=MEMBER)


@pytest.fixture
def office(
    tmp_path: Path,
    new_address: NewAddress,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    monkeypatch.setenv("ARCHIVE_URL", new_address())
    monkeypatch.setenv("SHELF_URL", new_address())
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    monkeypatch.setenv("CATALOGUE", str(write_catalogue(tmp_path / "catalogue")))
    catalogue_in_use.clear()
    databases.prepare()
    yield tmp_path
    catalogue_in_use.clear()


def checked(folder: Path, *rows: tuple, name: str = "a.xlsx") -> Handed:
    upload = Upload(name, write_return(folder / "x.xlsx", *rows).read_bytes())
    (loaded,) = uploads.check_all([upload])
    return Handed(upload, upload.hints, loaded)


# --- Who may act ------------------------------------------------------------------------------


def test_nobody_but_the_director_acts(office: Path) -> None:
    one = checked(office, ("Kuopio", 2024, 100))
    attempts = {
        "check": ([],),
        "named_source": ("base",),
        "check_source": (Table("sqlite://", "t"), one.hints),
        "keep": (one,),
        "submissions": (),
        "withdraw": (1,),
        "withdraw_invented": (),
        "blank_workbooks": (2025, Language.FI, ["kuopio"]),
        "joint_workbook": (2025, Language.FI, ["kuopio"]),
        "blank_frame": (None, Language.FI),
        "preview": (),
        "publish": (None,),
        "roll_back": ("2026.1",),
        "open_questions": (),
        "answer_rounds": ("comments",),
        "search_answers": (None,),
        "objection": (None,),
        "release_quote": (None,),
        "take_back_quote": (1,),
        "released_quotes": (),
        "examine": (one.what,),
        "decisions": (),
        "taken_back_with": (1,),
        "codes_ever_used": (None,),
        "keep_decisions": ([],),
        "take_back_decision": (1,),
        "exported_catalogue": (),
        "rounds_held": (),
        "find_by_number": (("base", 2023), "17", ""),
        "find_by_words": (("base", 2023), "kanteletta"),
        "find_by_file": (("base", 2023), one.what),
        "find_by_pseudonym": ("0" * 32,),
        "respondent_held": (NOBODY,),
        "round_held": (("base", 2023),),
        "erase_respondent": (NOBODY,),
        "erase_round": (("base", 2023),),
        "mentions": ("kanteletta",),
        "erase_mention": (Mention("quote", 1, ""),),
        "removed": (),
        "is_clean": (),
        "clean": (),
        "schools_of_packs": ("2026.1",),
        "make_packs": (None,),
        "packs_made": (None,),
    }
    own = {name for name, one in vars(actions).items() if _is_of_actions(one)}
    assert own == set(attempts)
    for name, values in attempts.items():
        with pytest.raises(RefusedError, match="Only the director may do this"):
            getattr(actions, name)(A_MEMBER, *values)
    assert receiving.history() == ()


def _is_of_actions(found: object) -> bool:
    return getattr(found, "__module__", "") == actions.__name__


def test_a_director_without_an_archive_does_not_act_either(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE_URL", "")
    with pytest.raises(RefusedError, match="only on a server that holds the material"):
        actions.preview(THE_DIRECTOR)


# --- Check, then keep -------------------------------------------------------------------------


def test_checking_stores_nothing_and_keeping_stores_what_was_checked(office: Path) -> None:
    one = checked(office, ("Kuopio", 2024, 100), ("Lahti", 2024, 50))
    assert one.state == "ready"
    assert receiving.history() == ()
    kept = actions.keep(THE_DIRECTOR, one)
    assert kept.covers == (("kuopio", 2024), ("lahti", 2024))
    (entry,) = receiving.history()
    assert (entry.received.who, entry.received.file_name) == (DEMONSTRATION, "a.xlsx")


def test_a_file_that_fails_is_not_kept_even_if_it_is_asked(office: Path) -> None:
    one = checked(office, ("Kuopio", 2024, "twelve"))
    assert one.state == "fail"
    assert actions.keep(THE_DIRECTOR, one).id is None
    assert receiving.history() == ()


def test_a_file_that_is_in_force_already_is_told_when_it_is_checked(office: Path) -> None:
    one = checked(office, ("Kuopio", 2024, 100))
    actions.keep(THE_DIRECTOR, one)
    (again,) = uploads.check_all([one.what])
    assert again.submission is None
    assert again.findings[-1].code == "already_kept"


def test_each_file_is_reported_while_it_is_checked(office: Path) -> None:
    content = write_return(office / "x.xlsx", ("Kuopio", 2024, 100)).read_bytes()
    told: list[tuple[float, str]] = []
    uploads.check_all(
        [Upload("a.xlsx", content), Upload("b.xlsx", b"nonsense")],
        lambda share, what: told.append((share, what.en)),
    )
    assert told == [(0.0, "Reading a.xlsx (1 of 2)"), (0.5, "Reading b.xlsx (2 of 2)")]


def test_the_director_is_asked_only_for_what_the_file_does_not_tell(office: Path) -> None:
    told = checked(office, ("Kuopio", 2024, 100))
    assert told.hints_wanted == ()
    silent = checked(office, ("Kuopio", None, 100))
    assert set(silent.hints_wanted) <= {"survey", "survey_year", "year", "school"}


# --- The receipt ------------------------------------------------------------------------------


def test_a_receipt_says_what_was_recognised(office: Path) -> None:
    said = receipt.write(
        checked(office, ("Kuopio", 2024, 100), ("Lahti", 2024, 50)), ["Replaces: x"], THE_DIRECTOR
    )
    assert "Annual return: Kuopio Conservatory, Lahti Conservatory · 2024" in said
    assert "2 figures for 1 questions, 0 missing" in said
    assert "Replaces: x" in said


def test_a_receipt_says_where_and_how_to_mend(office: Path) -> None:
    said = receipt.write(checked(office, ("Kuopio", 2024, "twelve")), [], THE_DIRECTOR)
    assert "To be mended: nothing is stored" in said
    assert "cell C2" in said
    assert "twelve" in said
    assert '<details class="findings fail" open>' in said


def test_a_hostile_file_name_is_text_and_nothing_else(office: Path) -> None:
    name = "<script>alert(1)</script>.xlsx"
    said = receipt.write(checked(office, ("Kuopio", 2024, 1), name=name), [], THE_DIRECTOR)
    assert "<script>" not in said
    assert "&lt;script&gt;" in said
    assert "<b>" not in markup.table("t", ["a"], [["<b>bold</b>"]])


def test_a_report_is_a_table_that_runs_no_formula(office: Path) -> None:
    one = checked(office, ("Kuopio", 2024, "=1+1 x"), ("Atlantis", 2024, 3), name="=a.xlsx")
    content = report.write([one], Language.SV, catalogue_in_use()).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert rows[0] == ["Fil", "Allvarlighetsgrad", "Blad", "Celler", "Vad är fel", "Så rättas det"]
    assert len(rows) >= 3
    assert all(not field.startswith(("=", "+", "@")) for row in rows for field in row)


# --- What it would replace, and who is late -----------------------------------------------------


def test_what_a_file_would_replace_is_said_before(office: Path) -> None:
    actions.keep(THE_DIRECTOR, checked(office, ("Kuopio", 2024, 100), ("Lahti", 2024, 50)))
    newer = checked(office, ("Kuopio", 2024, 101), name="b.xlsx")
    beside = checked(office, ("Kuopio", 2024, 102), name="c.xlsx")
    told = replacing.sentences(beside, receiving.history(), [newer, beside], THE_DIRECTOR)
    assert len(told) == 2
    assert told[0].startswith("Replaces: Kuopio Conservatory 2024 (file a.xlsx, received")
    assert told[1].startswith(
        "The same figures are in the file b.xlsx too: Kuopio Conservatory 2024"
    )
    other_year = checked(office, ("Kuopio", 2023, 99), name="d.xlsx")
    assert replacing.sentences(other_year, receiving.history(), [other_year], THE_DIRECTOR) == []


def test_a_school_is_late_once_its_year_is_published_without_it(office: Path) -> None:
    actions.keep(THE_DIRECTOR, checked(office, ("Kuopio", 2024, 100)))
    (entry,) = receiving.history()
    assert returns.state_of("kuopio", entry, ()) == "new"
    assert returns.state_of("lahti", None, ()) == "waited_for"
    assert returns.state_of("kuopio", entry, ("kuopio",)) == "published"
    assert returns.state_of("lahti", None, ("kuopio",)) == "late"


# --- The preview ------------------------------------------------------------------------------


def test_a_preview_groups_its_changes_and_writes_them(office: Path) -> None:
    actions.keep(THE_DIRECTOR, checked(office, ("Kuopio", 2024, 1000), ("Lahti", 2024, 50)))
    actions.publish(THE_DIRECTOR, publishing.preview())
    actions.keep(THE_DIRECTOR, checked(office, ("Kuopio", 2024, 1001), name="b.xlsx"))
    draft = publishing.preview()
    assert {code: len(found) for code, found in changed.by_indicator(draft).items()} == {
        "students": 2
    }
    text = changed.write(draft, THE_DIRECTOR).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert ["Students", "All schools · 2024", "", "1,050", "1,051"] in rows
    assert any(row[1].startswith("Kuopio") and row[3:] == ["1,000", "1,001"] for row in rows)
    assert missing.sentences(draft, THE_DIRECTOR)[0].startswith("The return for 2024 is missing: ")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, "–"),
        (Cell(Group(), value=1234.0), "1,234"),
        (Cell(Group(), state=State.WITHHELD), "withheld"),
        (Cell(Group(), state=State.INTERVAL, low=1, high=4), "1–4"),
    ],
)
def test_a_cell_is_written_as_it_would_be_read(
    office: Path, cell: Cell | None, written: str
) -> None:
    assert write_cell(cell, "students", catalogue_in_use(), THE_DIRECTOR) == written


# --- Blank workbooks --------------------------------------------------------------------------


def test_blank_workbooks_come_one_for_each_school(office: Path) -> None:
    content = blanks.zipped(THE_DIRECTOR, 2025, Language.SV, ["kuopio", "lahti"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["kuopio_2025.xlsx", "lahti_2025.xlsx"]
        book = load_workbook(io.BytesIO(archive.read("kuopio_2025.xlsx")))
    said = " ".join(str(c.value) for sheet in book for row in sheet for c in row if c.value)
    assert "Kuopio konservatorium" in said
    assert "2025" in said


def test_only_the_newest_of_a_name_is_kept_in_hand(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(handed.st, "session_state", state)
    bad = checked(office, ("Kuopio", 2024, "x"), name="a.xlsx")
    good = checked(office, ("Kuopio", 2024, 5), name="a.xlsx")
    handed.take([bad])
    handed.take([good])
    assert handed.all_handed() == (good,)
    handed.take_kept("a.xlsx", 7, good.findings)
    (kept,) = handed.all_handed()
    assert (kept.state, kept.kept_as, kept.what.content) == ("kept", 7, b"")
    handed.drop(["a.xlsx"])
    assert handed.all_handed() == ()


def test_a_moment_is_written_by_the_clock_of_the_reader() -> None:
    from desk.naming import write_moment

    moment = datetime(2026, 9, 30, 12, 5, tzinfo=UTC)
    local = moment.astimezone()
    assert write_moment(moment, THE_DIRECTOR) == f"30 September 2026 {local.hour}:05"
    finnish = replace(THE_DIRECTOR, language=Language.FI)
    assert write_moment(moment, finnish) == f"30.9.2026 {local.hour}.05"


def test_progress_shows_a_file_name_as_it_is() -> None:
    assert prose.plain("[a](b)_c.xlsx") == r"\[a\]\(b\)\_c\.xlsx"
