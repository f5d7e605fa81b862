"""Backups: what is in one, what brings it back, what is refused, and which are kept."""

import re
import shutil
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import manage
from access import accounts, letterheads, links, record, sessions, statements
from access.accounts import Role, Wanted
from office import (
    databases,
    publishing,
    receiving,
    restoring,
    rotation,
)
from office.backup import back_up
from office.backup_files import MANIFEST
from office.refusals import RefusedError
from office.rooms import rooms
from office.settings import settings
from tests.office_for_tests import write_catalogue, write_return
from yearbook import archive, copying

ANSA = "ansa@liitto.example"
PASSWORD = "violet harbour tin whistle"
Place = Callable[[str], Path]


@pytest.fixture(name="place")
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Goes to a place of that name, empty at first, with the small catalogue."""
    write_catalogue(tmp_path / "catalogue")
    monkeypatch.setenv("CATALOGUE", str(tmp_path / "catalogue"))
    for name in ("ARCHIVE_URL", "SHELF_URL", "ACCOUNTS_URL", "BACKUPS", "ADDRESS"):
        monkeypatch.delenv(name, raising=False)

    def go(name: str) -> Path:
        monkeypatch.setenv("VAR", str(tmp_path / name))
        return tmp_path / name

    return go


def furnish(folder: Path) -> None:
    """Puts a return, an edition, an account and a backup of it all into the place we are in."""
    databases.prepare()
    receive(folder, ("Kuopio", 2024, 100), ("Lahti", 2024, 50))
    publishing.publish(publishing.preview(), "Ansa")
    invitation = accounts.invite(accounts_of(), Wanted(ANSA, "Ansa", Role.DIRECTOR), "keeper")
    links.use(accounts_of(), invitation.token, PASSWORD)
    owner = invitation.account.number
    statements.make(accounts_of(), owner, "Lausunto", '{"opening": "Hyvä ”lautakunta”"}')
    letterheads.keep(accounts_of(), owner, "pohja.docx", b"PK\x00\xff")
    back_up(folder / "kept.zip")


@pytest.fixture(scope="module", name="furnished")
def furnished_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place that was furnished once for all; to be copied."""
    folder = tmp_path_factory.mktemp("furnished")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("ARCHIVE_URL", "SHELF_URL", "ACCOUNTS_URL", "BACKUPS", "ADDRESS"):
            patch.delenv(name, raising=False)
        patch.setenv("CATALOGUE", str(write_catalogue(folder / "catalogue")))
        patch.setenv("VAR", str(folder / "first"))
        furnish(folder)
    return folder


@pytest.fixture(name="kept")
def kept_backup(place: Place, furnished: Path, tmp_path: Path) -> Path:
    """The backup of a furnished place; we are in that place, which is our own."""
    shutil.copytree(furnished / "first", place("first"))
    return Path(shutil.copy2(furnished / "kept.zip", tmp_path / "kept.zip"))


def receive(folder: Path, *rows: tuple, name: str = "a.xlsx") -> receiving.Receipt:
    return receiving.receive(write_return(folder / name, *rows), "Ansa")


def accounts_of() -> databases.Engine:
    return databases.accounts_engine()


def held() -> dict[str, copying.Contents]:
    """Every table of the three databases, as rows and a checksum of them."""
    found = {}
    for room in rooms():
        with copying.snapshot(room.engine()) as seen:
            for name in copying.names(seen, room.not_saved):
                found[f"{room.name}.{name}"] = copying.contents(seen, name)
    return found


# --- There and back -----------------------------------------------------------------------------


def test_what_was_saved_comes_back_table_by_table(place: Place, kept: Path) -> None:
    before, fingerprint = held(), archive.fingerprint(databases.archive_engine())
    place("second")
    done = restoring.restore(kept, "keeper")
    after = held()
    assert before.pop("accounts.record").rows == 2  # invitation, password_set
    assert after.pop("accounts.record").rows == 3  # and the restoration
    assert after == before
    assert before["archive.figures"].rows == 2
    assert before["archive.secrets"].rows == 1  # the key of the pseudonyms
    assert before["accounts.statements"].rows == before["accounts.letterheads"].rows == 1
    assert letterheads.of(accounts_of(), 1).content == b"PK\x00\xff"
    assert (done.uploads, done.editions, done.damaged, done.before) == (1, 2, (), None)
    assert archive.fingerprint(databases.archive_engine()) == fingerprint
    assert publishing.preview().is_unchanged
    [upload] = (settings().var / "uploads").iterdir()
    assert upload.name == receiving.history()[0].received.checksum
    assert stat.S_IMODE(upload.stat().st_mode) == 0o600


def test_a_backup_revives_no_session_and_no_link(place: Place, kept: Path, tmp_path: Path) -> None:
    place("first")
    token = sessions.begin(accounts_of(), ANSA, PASSWORD, "127.0.0.1")
    spent = accounts.renew(accounts_of(), 1, "keeper").token
    back_up(tmp_path / "later.zip")
    place("second")
    restoring.restore(tmp_path / "later.zip", "keeper")
    assert sessions.who(accounts_of(), token) is None
    assert links.look(accounts_of(), spent) is None
    assert sessions.begin(accounts_of(), ANSA, PASSWORD, "127.0.0.1")
    with zipfile.ZipFile(kept) as packed:
        names = packed.namelist()
    assert not [name for name in names if "session" in name or "links" in name]
    assert "archive/secrets.jsonl" in names


def test_the_backup_is_for_its_keeper_alone_and_no_half_one_stays(kept: Path) -> None:
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [file.name for file in kept.parent.glob("*.zip")] == ["kept.zip"]
    assert not list(kept.parent.glob(".half*"))
    with pytest.raises(RefusedError, match=r"kept\.zip exists already"):
        back_up(kept)


# --- In place of something ----------------------------------------------------------------------


def test_nothing_is_replaced_unless_that_is_asked_for(
    place: Place, kept: Path, tmp_path: Path
) -> None:
    place("first")
    receive(tmp_path, ("Turku", 2024, 7), name="b.xlsx")
    record.note(accounts_of(), ANSA, "withdrawal", "after the backup")
    before = held()
    with pytest.raises(RefusedError, match="something here already"):
        restoring.restore(kept, "keeper")
    assert held() == before
    done = restoring.restore(kept, "keeper", replaces=True)
    assert len(receiving.history()) == 1
    assert done.before is not None
    # What was replaced is in a backup of its own; the record is never taken back.
    told = [entry.what for entry in record.found(accounts_of())]
    assert "after the backup" in told
    assert record.broken(accounts_of()) == ()
    place("third")
    restoring.restore(done.before, "keeper")
    assert len(receiving.history()) == 2


# --- What is refused ----------------------------------------------------------------------------


def packed_anew(file: Path, change: Callable[[str, bytes], bytes], name: str) -> Path:
    """The same zip with other content, whole as a zip."""
    target = file.with_name(name)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for inner in old.namelist():
            new.writestr(inner, change(inner, old.read(inner)))
    return target


def of_format_2(name: str, content: bytes) -> bytes:
    return content.replace(b'"format": 1', b'"format": 2') if name == MANIFEST else content


def of_a_later_schema(name: str, content: bytes) -> bytes:
    later = re.sub(rb'("revision": ?)"\d+"', rb'\1"0999"', content)
    return later if name == MANIFEST else content


def with_another_figure(name: str, content: bytes) -> bytes:
    return content.replace(b"100.0", b"900.0") if name == "archive/figures.jsonl" else content


def with_another_bit(kept: Path) -> bytes:
    """One bit of what the largest part holds; bits of the times beside it are nobody's loss."""
    with zipfile.ZipFile(kept) as packed:
        part = max(packed.infolist(), key=lambda one: one.compress_size)
    whole = bytearray(kept.read_bytes())
    names = (int.from_bytes(whole[part.header_offset + at :][:2], "little") for at in (26, 28))
    whole[part.header_offset + 30 + sum(names) + part.compress_size // 2] ^= 1
    return bytes(whole)


def test_a_foreign_damaged_or_newer_file_is_refused_and_nothing_changed(
    place: Place, kept: Path, tmp_path: Path
) -> None:
    place("second")
    databases.prepare()
    empty = held()
    whole = kept.read_bytes()
    middle = len(whole) // 2
    made = {
        "none.zip": None,
        "empty.zip": b"",
        "text.zip": b"not a zip at all",
        "cut.zip": whole[:-100],
        "half.zip": whole[:middle],
        "bit.zip": with_another_bit(kept),
    }
    for name, content in made.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "foreign.zip", "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    with zipfile.ZipFile(packed_anew(kept, lambda _, c: c, "more.zip"), "a") as packed:
        packed.writestr("../../evil.sh", "#!/bin/sh")
    packed_anew(kept, of_format_2, "format.zip")
    packed_anew(kept, of_a_later_schema, "schema.zip")
    packed_anew(kept, with_another_figure, "figure.zip")
    reasons = {
        "none.zip": "There is no file none.zip",
        "empty.zip": "no backup of this service",
        "text.zip": "no backup of this service",
        "cut.zip": "no backup of this service, or its end is missing",
        "half.zip": "no backup of this service, or its end is missing",
        "bit.zip": "damaged",
        "foreign.zip": "no backup of this service",
        "more.zip": "damaged",
        "format.zip": "newer version",
        "schema.zip": "newer version",
        "figure.zip": "damaged",
    }
    for name, reason in reasons.items():
        with pytest.raises(RefusedError, match=reason):
            restoring.restore(tmp_path / name, "keeper")
    assert held() == empty
    assert not list(tmp_path.rglob("evil*"))


# --- Which backups are kept ---------------------------------------------------------------------

NIGHT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)


def nights(count: int) -> list[datetime]:
    return [NIGHT - timedelta(days=number) for number in range(count)]


def test_seven_days_four_weeks_and_twelve_months_are_kept() -> None:
    kept = rotation.to_keep(nights(800), NIGHT)
    days = sorted(kept, reverse=True)
    assert days[:7] == nights(7)
    weeks = {one.isocalendar()[:2] for one in days[:10]}
    assert len(weeks) == 4
    months = {(one.year, one.month) for one in days}
    assert months == {(2026, month) for month in range(1, 12)} | {(2025, 12)}
    assert min(days) == datetime(2025, 12, 31, 2, 30, tzinfo=UTC)
    assert len(days) == 7 + 3 + 11  # three weeks and eleven months beyond the last seven days


def test_rotating_night_after_night_keeps_what_rotating_at_once_does() -> None:
    there: set[datetime] = set()
    for night in reversed(nights(800)):
        there = set(rotation.to_keep([*there, night], night))
    assert there == rotation.to_keep(nights(800), NIGHT)


def test_a_week_after_an_erasure_no_older_backup_is_left_but_the_newest() -> None:
    erased = NIGHT - timedelta(days=7)
    kept = rotation.to_keep(nights(60), NIGHT, [erased])
    assert min(kept) > erased
    assert len(kept) == 7
    still = rotation.to_keep(nights(60), NIGHT - timedelta(seconds=1), [erased])
    assert min(still) < erased
    assert rotation.to_keep([erased - timedelta(days=9)], NIGHT, [erased]) != frozenset()


# --- Commands -----------------------------------------------------------------------------------


def give(function: str, *arguments: str) -> int:
    command = manage.in_office(function, "")
    return command(list(arguments)) or 0


def test_the_first_director_is_made_once_and_a_link_is_given_anew(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place("first")
    assert give("account", "first", "Ansa@Liitto.example", "--name", "Ansa") == 0
    first = capsys.readouterr().out.splitlines()[-1]
    assert first.startswith("http://127.0.0.1:8501/kutsu/")
    assert give("account", "first", "bo@liitto.example", "--name", "Bo") == 1
    assert "There are accounts already" in capsys.readouterr().err
    monkeypatch.setenv("ADDRESS", "https://tilastot.example.fi")
    assert give("account", "link", ANSA) == 0
    second = capsys.readouterr().out.splitlines()[-1]
    assert second.startswith("https://tilastot.example.fi/kutsu/")
    assert links.look(accounts_of(), first.rpartition("/")[2]) is None
    assert links.look(accounts_of(), second.rpartition("/")[2]).login == ANSA
    school = ("--role", "member", "--school")
    assert give("account", "invite", "k@x.example", "--name", "K", *school, "atlantis") == 1
    assert "no school atlantis" in capsys.readouterr().err
    assert give("account", "invite", "k@x.example", "--name", "K", *school, "kuopio") == 0
    assert give("account", "block", ANSA) == 1
    assert "the last director" in capsys.readouterr().err
    assert give("account") == 0
    listed = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[:3] for line in listed] == [
        [ANSA, "director", "no"],
        ["k@x.example", "member", "kuopio"],
    ]
