"""Further facts of backups, of the keeper's commands and of leaving the product."""

import csv
import io
import json
import tomllib
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from access import accounts
from access.accounts import Role, Wanted
from office import (
    accounts_commands,
    backup_files,
    checking,
    commands,
    databases,
    keeping_commands,
    leaving,
    receiving,
    restoring,
    rotation,
)
from office.backup import back_up
from office.backup_files import MANIFEST
from office.refusals import RefusedError
from office.settings import settings
from tests.test_backup import (
    ANSA,
    NIGHT,
    Place,
    accounts_of,
    empty_place,  # noqa: F401
    furnished_place,  # noqa: F401
    give,
    held,
    kept_backup,  # noqa: F401
    nights,
    receive,
)
from yearbook import archive, copying, shelf
from yearbook.archive import removing
from yearbook.database import write


def test_a_number_is_never_given_twice(place: Place, kept: Path, tmp_path: Path) -> None:
    """Also that of a submission of which nothing is left."""
    place("first")
    assert receive(tmp_path, ("Turku", 2024, 7), name="b.xlsx").id == 2
    with write(databases.archive_engine()) as connection:
        for table, column in (("covers", "submission"), ("figures", "submission"),
                              ("submissions", "id")):  # fmt: skip
            connection.execute(sa.text(f"DELETE FROM {table} WHERE {column} = 2"))
    back_up(tmp_path / "gone.zip")
    place("second")
    restoring.restore(tmp_path / "gone.zip", "keeper")
    assert [entry.id for entry in receiving.history()] == [1]
    assert receive(tmp_path, ("Turku", 2024, 8), name="c.xlsx").id == 3


def test_no_secret_of_the_environment_is_in_a_backup(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place("first")
    monkeypatch.setenv("SECRET", "s3cr3t" * 8)
    monkeypatch.setenv("ADDRESS", "https://tilastot.example.fi")
    monkeypatch.setenv("SOURCES", "register=postgresql://reader:pa55word@db.example/stats")
    databases.prepare()
    back_up(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        said = json.loads(packed.read(MANIFEST))
        content = b"".join(packed.read(name) for name in packed.namelist())
    assert said["settings"]["ADDRESS"] == "https://tilastot.example.fi"
    assert said["settings"]["SOURCES"] == "register"
    assert b"s3cr3t" not in content
    assert b"pa55word" not in content


def test_a_catalogue_of_its_own_comes_along_and_takes_no_place(place: Place, kept: Path) -> None:
    own = place("second") / "restored-catalogue"
    done = restoring.restore(kept, "keeper")
    assert done.own_catalogue == own
    wanted = {f.relative_to(settings().catalogue): f.read_bytes()
              for f in settings().catalogue.rglob("*.toml")}  # fmt: skip
    assert {f.relative_to(own): f.read_bytes() for f in own.rglob("*.toml")} == wanted


def test_what_was_erased_since_is_told(place: Place, kept: Path) -> None:
    place("first")
    now = datetime.now(UTC)
    archive.record_uploads(databases.archive_engine(), 3, "retention", now)
    with write(databases.archive_engine()) as connection:
        removing.record(connection, ("respondent", "base", 2024, 1), "Ansa", now)
    assert restoring.restore(kept, "keeper", replaces=True).erased_since == 1


def test_a_table_that_comes_out_otherwise_takes_everything_back(
    place: Place, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a database store something else than it was given."""
    place("second")
    databases.prepare()
    empty = held()
    true = copying.contents
    false = copying.Contents(1, "0" * 64)
    monkeypatch.setattr(copying, "contents", lambda c, t: false if t == "record" else true(c, t))
    with pytest.raises(RefusedError, match=r"accounts\.record did not agree"):
        restoring.restore(kept, "keeper")
    monkeypatch.undo()
    place("second")
    assert held() == empty


def test_a_damaged_upload_is_left_out_and_told(place: Place, kept: Path, tmp_path: Path) -> None:
    place("first")
    [upload] = (settings().var / "uploads").iterdir()
    upload.write_bytes(b"something else")
    saved = back_up(tmp_path / "second.zip")
    assert (saved.uploads, saved.damaged) == (0, 1)
    with backup_files.opened(saved.file) as backup:
        assert backup.within("uploads") == ()


def test_only_backups_of_ours_are_let_go(place: Place, kept: Path) -> None:
    place("first")
    folder = settings().backups
    folder.mkdir(parents=True)
    for moment in nights(40):
        (folder / rotation.name_of("backup", moment)).touch()
    (folder / rotation.name_of("upgrade", NIGHT - timedelta(days=29))).touch()
    (folder / rotation.name_of("before", NIGHT - timedelta(days=31))).touch()
    (folder / "mine.zip").touch()
    gone = rotation.rotate(NIGHT)
    assert rotation.name_of("before", NIGHT - timedelta(days=31)) in {file.name for file in gone}
    left = sorted(file.name.split("-")[0] for file in folder.iterdir())
    assert left == ["backup"] * 11 + ["mine.zip", "upgrade"]


def test_the_night_does_each_part_even_if_one_fails(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place("first")
    assert give("nightly") == 0
    [made] = settings().backups.iterdir()
    assert made.name in capsys.readouterr().out
    monkeypatch.setattr(keeping_commands, "_tidy", lambda: 1 / 0)
    monkeypatch.setattr(rotation, "name_of", lambda kind, moment: "backup-20260101T000000Z.zip")
    assert give("nightly") == 1
    told = capsys.readouterr()
    assert "tidy: FAILED (ZeroDivisionError" in told.err
    assert "backup-20260101T000000Z.zip" in told.out


def test_whatever_an_account_is_refused_for_has_its_words() -> None:
    reasons = ("login", "name", "role", "school", "taken", "unknown", "last_director", "blocked",
               "not_blocked", "not_first", "no_school")  # fmt: skip
    for reason in reasons:
        said = accounts_commands.refusal(f"account_{reason}", login="x", school="y", schools="z")
        assert len({said.text.fi, said.text.sv, said.text.en}) == 3


def test_the_server_is_looked_at(
    place: Place, kept: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place("first")
    monkeypatch.setenv("ADDRESS", "http://tilastot.example.fi")
    monkeypatch.setenv("SECRET", "a" * 40)
    settings().var.chmod(0o755)
    faults = {one.what.split(" (")[0]: one for one in checking.check() if one.fault}
    assert set(faults) >= {"address", "secret", "folder var", "backups"}
    assert faults["secret"].is_grave
    assert not faults["backups"].is_grave
    monkeypatch.setenv("ADDRESS", "https://tilastot.example.fi")
    monkeypatch.setenv("SECRET", "0123456789abcdef" * 4)
    settings().var.chmod(0o700)
    back_up(settings().backups / rotation.name_of("backup", datetime.now(UTC)))
    assert [one for one in checking.check() if one.fault and one.is_grave] == []
    place("second")
    assert [one.fault for one in checking.check() if "schema" in one.fault] != []


def test_an_upgrade_that_failed_is_gone_back_from(
    place: Place, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place("first")
    assert commands.back_up_before_upgrade() == 0
    before = held()
    receive(tmp_path, ("Turku", 2024, 7), name="b.xlsx")
    assert commands.go_back() == 0
    after = held()
    assert after.pop("accounts.record") != before.pop("accounts.record")
    assert after == before
    place("second")
    databases.prepare()
    assert commands.go_back() == 1
    assert "no backup from before an upgrade" in capsys.readouterr().err


def read_csv(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


def test_everything_can_be_taken_along(place: Place, kept: Path, tmp_path: Path) -> None:
    place("first")
    accounts.invite(accounts_of(), Wanted("+k@x.example", "=1+1", Role.MEMBER, "kuopio"), ANSA)
    folder = tmp_path / "all"
    leaving.export_all(folder)
    figures = read_csv(folder / "in-force" / "figures.csv")
    assert [(row["school"], row["year"], row["value"]) for row in figures] == [
        ("kuopio", "2024", "100.0"),
        ("lahti", "2024", "50.0"),
    ]
    assert not (folder / "archive" / "secrets.csv").exists()
    assert len(read_csv(folder / "archive" / "submissions.csv")) == 1
    edition = shelf.latest(databases.shelf_engine())
    there = folder / "editions" / edition.name / "members"
    assert json.loads((there / "edition.json").read_text())["digest"] == edition.digest
    cells = read_csv(there / "students.csv")
    assert len(cells) == len(edition.table("students").cells)
    question = tomllib.loads((folder / "catalogue/questions/students.toml").read_text())
    assert question["headings"] == ["Opiskelijat"]
    assert len(list((folder / "uploads").glob("*.xlsx"))) == 1
    people = read_csv(folder / "accounts" / "accounts.csv")
    assert [(row["login"], row["name"]) for row in people] == [
        ("'+k@x.example", "'=1+1"),  # no spreadsheet calculates it
        (ANSA, "Ansa"),
    ]
    assert "argon2" not in (folder / "accounts" / "accounts.csv").read_text()
    for language, word in {"fi": "vastaukset", "sv": "svar", "en": "answers"}.items():
        assert word in (folder / f"README.{language}.md").read_text()
    with pytest.raises(RefusedError, match="something in the folder all"):
        leaving.export_all(folder)
