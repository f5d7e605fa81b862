"""The director's work without a screen: receive, preview, publish, roll back, withdraw."""

import os
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data_loaders.hints import Hints
from office import databases, jobs, locks, publishing, receiving, seed
from office.publishing import Draft
from office.refusals import RefusedError, refusal
from office.settings import ROOT, settings
from tests.databases import NewAddress, new_address  # noqa: F401
from tests.office_for_tests import write_catalogue, write_return
from yearbook import archive, shelf
from yearbook.catalogue import load
from yearbook.editions import Cell, Edition, Group
from yearbook.language import Text

INVENTED = "Keksitty esimerkkiaineisto"


@pytest.fixture
def office(
    tmp_path: Path,
    new_address: NewAddress,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """An office of its own, with the small catalogue; gives the folder for workbooks."""
    monkeypatch.setenv("ARCHIVE_URL", new_address())
    monkeypatch.setenv("SHELF_URL", new_address())
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    monkeypatch.setenv("CATALOGUE", str(write_catalogue(tmp_path / "catalogue")))
    databases.prepare()
    return tmp_path


def students(edition: Edition, school: str, year: str) -> Cell | None:
    return edition.table("students").one(Group(school=school, year=year))


def receive_one(folder: Path, *rows: tuple, name: str = "a.xlsx") -> receiving.Receipt:
    return receiving.receive(write_return(folder / name, *rows), "Ansa")


def test_a_return_is_received_previewed_published_and_rolled_back(office: Path) -> None:
    first = receive_one(office, ("Kuopio", 2024, 100), ("Lahti", 2024, 50))
    assert first.covers == (("kuopio", 2024), ("lahti", 2024))
    assert first.replaces == ()

    draft = publishing.preview()
    assert draft.against is None
    assert draft.missing_schools == {"2024": ("turku",)}
    assert len(draft.changes) == len(draft.edition.table("students").cells) + len(
        draft.edition.table("students.change").cells
    )
    assert shelf.names(databases.shelf_engine()) == ()
    one = publishing.publish(draft, "Ansa")
    assert students(shelf.latest(databases.visitors_shelf()), "kuopio", "2024").value == 100

    second = receive_one(office, ("Kuopio", 2024, 101), name="b.xlsx")
    assert second.replaces == (("kuopio", 2024),)
    draft = publishing.preview()
    changed = {
        change.group.school: (change.before.value, change.after.value)
        for change in draft.changes
        if change.indicator == "students"
    }
    assert changed == {"kuopio": (100, 101), "": (150, 151)}
    two = publishing.publish(draft, "Bo")
    assert two.name.split(".") == [one.name.split(".")[0], "2"]

    publishing.roll_back(one.name, "Bo")
    assert shelf.latest(databases.visitors_shelf()) == one
    assert [move.who for move in shelf.history(databases.shelf_engine())] == ["Bo", "Bo", "Ansa"]


def test_the_same_figures_give_the_same_digest_and_no_change(office: Path) -> None:
    receive_one(office, ("Kuopio", 2024, 100), ("Lahti", 2024, 50))
    one = publishing.publish(publishing.preview(), "Ansa")
    again = publishing.preview()
    assert again.changes == ()
    assert again.is_unchanged
    assert again.edition.digest == one.digest


def test_a_word_that_changed_is_a_change_though_no_figure_did(office: Path) -> None:
    receive_one(office, ("Kuopio", 2024, 100))
    publishing.publish(publishing.preview(), "Ansa")
    indicator = settings().catalogue / "indicators" / "students.toml"
    indicator.write_text(indicator.read_text().replace("Studerande", "Elever"))
    draft = publishing.preview()
    assert draft.changes == ()
    assert not draft.is_unchanged


def test_a_file_with_a_failing_finding_changes_nothing(office: Path) -> None:
    receipt = receive_one(office, ("Kuopio", 2024, "twelve"), ("Atlantis", 2024, 3))
    assert not receipt.is_kept
    assert len([f for f in receipt.findings if f.severity == "fail"]) >= 2
    assert receiving.history() == ()
    assert list((settings().var).glob("uploads/*")) == []


def test_a_file_that_cannot_be_read_is_a_finding(office: Path) -> None:
    broken = office / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    receipt = receiving.receive(broken, "Ansa")
    assert [finding.code for finding in receipt.findings] == ["unreadable"]
    sentence = receipt.findings[0].sentence(load(settings().catalogue))
    assert sentence.en.endswith("Nothing was received from the file.")
    assert "{" not in sentence.fi + sentence.sv + sentence.en


def test_the_same_file_twice_is_refused_with_a_sentence(office: Path) -> None:
    path = write_return(office / "kuopio.xlsx", ("Kuopio", 2024, 100))
    assert receiving.receive(path, "Ansa").is_kept
    receipt = receiving.receive(path, "Bo")
    assert not receipt.is_kept
    sentence = receipt.findings[-1].sentence(load(settings().catalogue))
    assert sentence.en.startswith("The same file has been received already: Ansa handed it in on")
    assert "kuopio.xlsx" in sentence.fi
    assert len(receiving.history()) == 1


def test_several_files_are_received_each_for_itself(office: Path) -> None:
    files = [
        (write_return(office / "1.xlsx", ("Kuopio", 2024, 100)), Hints()),
        (write_return(office / "2.xlsx", ("Nowhere", 2024, 1)), Hints()),
        (write_return(office / "3.xlsx", ("Lahti", 2024, 50)), Hints(name="lahti.xlsx")),
    ]
    told: list[tuple[float, str]] = []
    receipts = receiving.receive_all(
        files, "Ansa", lambda share, what: told.append((share, what.en))
    )
    assert [receipt.is_kept for receipt in receipts] == [True, False, True]
    assert told[1] == (1 / 3, "Reading 2.xlsx (2 of 3)")
    assert [entry.received.file_name for entry in receiving.history()] == ["lahti.xlsx", "1.xlsx"]


def test_an_upload_is_read_from_a_private_file_that_is_deleted(office: Path) -> None:
    content = write_return(office / "x.xlsx", ("Kuopio", 2024, 100)).read_bytes()
    with receiving.uploaded("kuopio.xlsx", content) as path:
        assert path.suffix == ".xlsx"
        assert path.read_bytes() == content
        if os.name != "nt":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert receiving.check_upload("kuopio.xlsx", content).submission is not None
    assert receiving.history() == ()
    receipt = receiving.receive_upload("kuopio.xlsx", content, "Ansa")
    assert (receipt.name, receipt.is_kept) == ("kuopio.xlsx", True)
    assert list((settings().var / "incoming").iterdir()) == []
    (kept,) = (settings().var / "uploads").iterdir()
    assert kept.name == receiving.history()[0].received.checksum
    assert kept.read_bytes() == content
    if os.name != "nt":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


OPEN_QUESTION = """
source = "survey"
type = "text"
theme = "work"
label = { fi = "Missä asut?", sv = "Var bor du?", en = "Where do you live?" }
"""


def test_the_file_of_a_survey_is_not_kept_as_it_came(office: Path) -> None:
    question = settings().catalogue / "questions" / "town.toml"
    question.write_text(OPEN_QUESTION, encoding="utf-8")
    rows = [["Oppilaitos", "Sähköposti", "Missä asut?"]]
    book = office / "peruskysely_2020.csv"
    rows += [["Kuopion konservatorio", f"n{n}@example.fi", "Täällä"] for n in range(3)]
    book.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    hints = Hints(survey="base", survey_year=2020)
    receipt = receiving.receive_upload(book.name, book.read_bytes(), "Ansa", hints)
    assert receipt.is_kept, receipt.findings
    assert "personal_column" in {finding.code for finding in receipt.findings}
    left = [path for path in settings().var.rglob("*") if path.is_file()]
    assert not any(b"n1@example.fi" in path.read_bytes() for path in left)
    assert list(settings().var.glob("uploads/*")) == []
    again = receiving.receive_upload("sama.csv", book.read_bytes(), "Ansa", hints)
    assert [finding.code for finding in again.findings][-1] == "already_kept"


def test_a_table_of_another_database_is_received_like_a_file(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{(office / 'register.sqlite').as_posix()}"
    with sqlite3.connect(office / "register.sqlite") as register:
        register.execute("CREATE TABLE tilasto (oppilaitos, vuosi, opiskelijat)")
        register.execute("INSERT INTO tilasto VALUES ('Kuopio', 2024, 100), ('Lahti', 2024, 50)")
    register.close()
    monkeypatch.setenv("SOURCES", f"register={address}")
    assert receiving.named_source("register") == address
    with pytest.raises(RefusedError, match="database other is not named"):
        receiving.named_source("other")

    source = receiving.Table(receiving.named_source("register"), table="tilasto", name="register")
    receipt = receiving.receive_table(source, "Ansa")
    assert (receipt.is_kept, receipt.name) == (True, "register: tilasto")
    assert receipt.covers == (("kuopio", 2024), ("lahti", 2024))
    again = receiving.receive_table(source, "Ansa")
    assert [finding.code for finding in again.findings][-1] == "already_kept"

    query = "SELECT * FROM tilasto WHERE oppilaitos = 'Lahti'"
    part = receiving.receive_table(receiving.Table(address, query=query), "Ansa")
    assert part.replaces == (("lahti", 2024),)
    refused = receiving.receive_table(receiving.Table(address, query="DELETE FROM tilasto"), "Bo")
    assert not refused.is_kept
    assert len(receiving.history()) == 2


@pytest.mark.parametrize("name", ["../../etc/passwd.xlsx", "a/b.xlsx", "ä\x00.xlsx", "", "x" * 300])
def test_an_upload_may_be_called_anything(office: Path, name: str) -> None:
    with receiving.uploaded(name, b"x") as path:
        assert path.parent == settings().var / "incoming"


def test_a_withdrawn_submission_gives_way_to_the_one_before(office: Path) -> None:
    receive_one(office, ("Kuopio", 2024, 100))
    wrong = receive_one(office, ("Kuopio", 2024, 1000), name="b.xlsx")
    receiving.withdraw(wrong.id, "Ansa")
    publishing.publish(publishing.preview(), "Ansa")
    assert students(shelf.latest(databases.shelf_engine()), "kuopio", "2024").value == 100
    with pytest.raises(RefusedError, match=f"no submission {wrong.id}, or it has been withdrawn"):
        receiving.withdraw(wrong.id, "Ansa")


def test_invented_material_marks_the_edition_until_it_is_withdrawn(office: Path) -> None:
    path = write_return(office / "sample.xlsx", ("Kuopio", 2024, 100), title=INVENTED)
    assert receiving.receive(path, "Ansa").is_kept
    receive_one(office, ("Lahti", 2024, 50))
    assert publishing.preview().edition.invented
    assert receiving.withdraw_invented("Ansa") == 1
    draft = publishing.preview()
    assert not draft.edition.invented
    assert draft.edition.returned == {"2024": ("lahti",)}


# --- Publishing -------------------------------------------------------------------------------


def test_a_draft_is_refused_when_the_archive_has_changed(office: Path) -> None:
    receive_one(office, ("Kuopio", 2024, 100))
    draft = publishing.preview()
    late = receive_one(office, ("Lahti", 2024, 50), name="late.xlsx")
    with pytest.raises(RefusedError, match="has changed since the preview"):
        publishing.publish(draft, "Ansa")
    assert shelf.names(databases.shelf_engine()) == ()
    receiving.withdraw(late.id, "Ansa")
    assert publishing.publish(draft, "Ansa").name == draft.edition.name


def test_a_draft_is_refused_when_another_was_published_or_restored(office: Path) -> None:
    receive_one(office, ("Kuopio", 2024, 100))
    draft = publishing.preview()
    one = publishing.publish(draft, "Ansa")
    with pytest.raises(RefusedError, match="Another edition has been published"):
        publishing.publish(draft, "Ansa")
    publishing.publish(publishing.preview(), "Ansa")
    draft = publishing.preview()
    publishing.roll_back(one.name, "Bo")
    with pytest.raises(RefusedError, match="Another edition has been published"):
        publishing.publish(draft, "Ansa")


def test_nothing_handed_in_is_nothing_to_publish(office: Path) -> None:
    with pytest.raises(RefusedError, match="There is nothing to publish"):
        publishing.preview()


def test_there_is_no_rolling_back_to_what_is_not_there(office: Path) -> None:
    receive_one(office, ("Kuopio", 2024, 100))
    name = publishing.publish(publishing.preview(), "Ansa").name
    with pytest.raises(RefusedError, match=rf"no edition 1999\.9\. Choose one of these: {name}"):
        publishing.roll_back("1999.9", "Ansa")


def test_editions_are_numbered_within_the_year(office: Path) -> None:
    engine = databases.shelf_engine()
    assert publishing.next_name(engine, 2026) == "2026.1"
    receive_one(office, ("Kuopio", 2024, 100))
    made = publishing.publish(publishing.preview(), "Ansa").name
    year = int(made.partition(".")[0])
    assert made == f"{year}.1"
    assert publishing.next_name(engine, year) == f"{year}.2"
    assert publishing.next_name(engine, year + 1) == f"{year + 1}.1"


def test_a_catalogue_that_cannot_be_used_is_a_refusal(office: Path) -> None:
    receive_one(office, ("Kuopio", 2024, 100))
    (settings().catalogue / "schools.toml").write_text("[[school]]\ntown = 1\n")
    with pytest.raises(RefusedError, match=r"cannot be used: schools\.toml, school \?"):
        publishing.preview()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps files private otherwise")
def test_databases_are_for_their_keeper_alone(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for url in ("ARCHIVE_URL", "SHELF_URL"):
        monkeypatch.delenv(url)
    databases.prepare()
    receive_one(office, ("Kuopio", 2024, 100))
    assert stat.S_IMODE(settings().var.stat().st_mode) == 0o700
    for path in settings().var.glob("*.sqlite*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


# --- Settings and locks -----------------------------------------------------------------------


def test_the_settings_come_from_the_environment() -> None:
    usual = settings({})
    assert usual.archive_url == f"sqlite:///{(ROOT / 'var' / 'archive.sqlite').as_posix()}"
    assert usual.shelf_url.endswith("/var/shelf.sqlite")
    assert settings({"ARCHIVE_URL": ""}).archive_url is None
    named = settings({"SOURCES": "school=sqlite:///a.db other=postgresql://u:p@h/db?x=1"})
    assert named.sources == {"school": "sqlite:///a.db", "other": "postgresql://u:p@h/db?x=1"}
    with pytest.raises(ValueError, match="'nonsense' must be written name=address"):
        settings({"SOURCES": "nonsense"})


def test_a_visitors_process_has_no_archive(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_URL", "")
    databases.prepare()
    assert not databases.has_archive()
    for work in (publishing.preview, receiving.history):
        with pytest.raises(RefusedError, match="only shows published figures"):
            work()


def test_one_at_a_time(office: Path) -> None:
    with locks.only_one("publication"):
        receive_one(office, ("Kuopio", 2024, 100))
        with pytest.raises(RefusedError, match="being prepared at this moment"):
            publishing.preview()
    publishing.preview()


# --- Work in another process ------------------------------------------------------------------


def test_a_preview_in_another_process_reports_and_answers(office: Path) -> None:
    receive_one(office, ("Kuopio", 2024, 100))
    job = jobs.start(publishing.preview)
    assert job.wait(60)
    assert job.has_succeeded, job.error
    assert isinstance(job.result, Draft)
    assert job.progress.share == 1.0
    assert isinstance(job.progress.what, Text)
    assert publishing.publish(job.result, "Ansa").digest == job.result.edition.digest


def test_a_refusal_in_another_process_is_a_value(office: Path) -> None:
    job = jobs.start(publishing.preview)
    assert job.wait(60)
    assert not job.has_succeeded
    assert job.error == refusal("nothing_to_publish").text


def test_a_fault_in_another_process_is_a_sentence_and_its_trace_goes_to_the_log(
    office: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    receive_one(office, ("Kuopio", 2024, 100))
    job = jobs.start(publishing.publish, "not a draft", "Ansa")
    assert job.wait(60)
    assert job.error == refusal("fault").text
    assert "Traceback" in capfd.readouterr().err


def test_work_that_is_stopped_gives_its_lock_back(office: Path) -> None:
    receive_one(office, ("Kuopio", 2024, 100))
    job = jobs.start(publishing.preview)
    job.stop()
    assert job.wait(30)
    assert job.error == refusal("stopped").text
    publishing.preview()


ASKS_AND_GOES = """
import os
from office import jobs, publishing
jobs.start(publishing.preview)
print("gone", flush=True)
os._exit(0)
"""


def test_work_ends_by_itself_when_whoever_asked_has_gone(office: Path) -> None:
    receive_one(office, ("Kuopio", 2024, 100))
    asked = [sys.executable, "-c", ASKS_AND_GOES]
    # This waits until the work, which has the same standard error, has ended too.
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout == "gone\n"
    assert "Traceback" not in done.stderr
    publishing.preview()  # its lock is free


def test_only_work_of_the_office_is_done() -> None:
    with pytest.raises(ValueError, match="no work of the office"):
        jobs.start(os.system, "true")


KILLED = """
import datetime, os, signal
from office import databases
from yearbook.archive.tables import submissions
from yearbook.database import write

row = dict.fromkeys(("kind", "source", "file_name", "checksum", "received_by", "findings"), "x")
with write(databases.archive_engine()) as connection:
    connection.execute(
        submissions.insert(), row | dict(invented=False, received_at=datetime.datetime.now())
    )
    print("written", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_process_leaves_no_half_submission(office: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "written\n", done.stderr
    assert receiving.history() == ()
    assert receive_one(office, ("Kuopio", 2024, 100)).is_kept


# --- The sample data --------------------------------------------------------------------------


def test_sample_data_is_not_mixed_with_true_figures(office: Path) -> None:
    receive_one(office, ("Kuopio", 2024, 100))
    begun = time.perf_counter()
    assert seed.seed_if_empty() is False
    assert time.perf_counter() - begun < 5
    assert len(receiving.history()) == 1
    assert archive.annual(databases.archive_engine()).invented is False


def test_a_visitors_process_is_not_seeded(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_URL", "")
    assert seed.seed_if_empty() is False
