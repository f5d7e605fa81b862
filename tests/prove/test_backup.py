"""Backups under load, between SQLite and PostgreSQL, and with every kind of damage."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from access import record
from office import backup_files, databases, keeping_commands, receiving, restoring
from office.backup import back_up
from office.refusals import RefusedError
from tests import test_backup
from tests.office_for_tests import write_catalogue
from tests.prove import test_keeping
from tests.serving import ROOT
from tests.test_backup import Place, furnish, held
from yearbook import shelf
from yearbook.archive import annual
from yearbook.database import connect

NEEDS_POSTGRESQL = pytest.mark.skipif(
    not os.environ.get("POSTGRES_URL"), reason="POSTGRES_URL names no PostgreSQL"
)
NAMES = ("ARCHIVE_URL", "SHELF_URL", "ACCOUNTS_URL", "BACKUPS", "ADDRESS")
PURE = ("test_seven_days", "test_rotating", "test_a_week_after", "test_whatever")

for module in (test_backup, test_keeping):
    for name, thing in vars(module).items():
        if name.startswith("test_") and not name.startswith(PURE):
            globals()[f"{name}_on_postgresql"] = NEEDS_POSTGRESQL(thing)


# --- Places -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[Engine]:
    """Where databases are made and dropped."""
    address = make_url(os.environ["POSTGRES_URL"]).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """Goes to a place of that name: on PostgreSQL, unless the name begins with "sqlite"."""
    monkeypatch.setenv("CATALOGUE", str(write_catalogue(tmp_path / "catalogue")))
    made: list[str] = []

    def go(name: str) -> Path:
        for variable in NAMES:
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setenv("VAR", str(tmp_path / name))
        if not name.startswith("sqlite"):
            for room in NAMES[:3]:
                database = f"backup_{os.getpid()}_{tmp_path.name}_{name}_{room}".lower()
                database = database.replace("-", "_")[-60:]
                if database not in made:
                    made.append(database)
                    _say(request, f'CREATE DATABASE "{database}"')
                address = make_url(os.environ["POSTGRES_URL"]).set(database=database)
                monkeypatch.setenv(room, address.render_as_string(hide_password=False))
        return tmp_path / name

    yield go
    databases._engine.cache_clear()
    for database in made:
        _say(request, f'DROP DATABASE "{database}" WITH (FORCE)')


def _say(request: pytest.FixtureRequest, statement: str) -> None:
    with request.getfixturevalue("cluster").connect() as connection:
        connection.execute(text(statement))


@pytest.fixture
def kept(place: Place, tmp_path: Path) -> Path:
    place("first")
    furnish(tmp_path)
    return tmp_path / "kept.zip"


# --- From one kind of database to the other -----------------------------------------------------


@NEEDS_POSTGRESQL
def test_from_files_to_postgresql_and_back(place: Place, tmp_path: Path) -> None:
    place("sqlite1")
    furnish(tmp_path)
    before = held()
    place("first")
    restoring.restore(tmp_path / "kept.zip", "keeper")
    there = held()
    back_up(tmp_path / "there.zip")
    place("sqlite2")
    restoring.restore(tmp_path / "there.zip", "keeper")
    back = held()
    records = [one.pop("accounts.record").rows for one in (before, there, back)]
    assert records == [2, 3, 4]  # each restoration is an entry
    assert before == there == back
    assert record.broken(databases.accounts_engine()) == ()


@NEEDS_POSTGRESQL
def test_the_guide_gives_back_the_rights_that_a_restoration_takes(
    place: Place, kept: Path, cluster: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    place("first")
    visitors = f"visitors_{os.getpid()}"
    guide = (ROOT / "docs/deployment.md").read_text("utf-8")
    grant = next(line.strip() for line in guide.splitlines() if line.startswith("    GRANT"))
    given = grant.replace("visitors;", f"{visitors};")
    url = make_url(os.environ["SHELF_URL"]).set(username=visitors, password="secret")
    keeper = connect(os.environ["SHELF_URL"])
    reader = connect(url.render_as_string(hide_password=False), read_only=True)
    with cluster.connect() as connection:
        connection.execute(text(f"CREATE ROLE {visitors} LOGIN PASSWORD 'secret'"))
    try:
        with keeper.begin() as connection:
            connection.execute(text(given))
        shown = shelf.latest(reader)
        assert shown is not None
        keeping_commands.told(restoring.restore(kept, "keeper", replaces=True))
        assert "docs/deployment.md, Restoring" in capsys.readouterr().out
        with pytest.raises(DBAPIError, match="permission denied"):
            shelf.latest(reader)
        with keeper.begin() as connection:
            connection.execute(text(given))
        assert shelf.latest(reader) == shown
    finally:
        reader.dispose()
        with keeper.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {visitors}"))
            connection.execute(text(f"DROP ROLE {visitors}"))
        keeper.dispose()


def test_of_files_a_restoration_says_nothing_of_rights(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place("sqlite1")
    furnish(tmp_path)
    keeping_commands.told(restoring.restore(tmp_path / "kept.zip", "keeper", replaces=True))
    assert "PostgreSQL" not in capsys.readouterr().out


# --- Under load ---------------------------------------------------------------------------------

LEAST, MOST = 30, 600  # seconds that it goes on
# Hands in a return of ever more students, and then says so in the record; rests ever longer, so
# that on a slow machine, too, something can be published meanwhile.
RECEIVER = """
import sys, time
from pathlib import Path
from access import record
from office import databases, receiving
from tests.office_for_tests import write_return
folder, number, longest = Path(sys.argv[1]), 1000, 0.0
while not (folder / "enough").exists():
    number += 1
    file = write_return(folder / f"{number}.xlsx", ("Kuopio", 2024, number), ("Lahti", 2024, 50))
    begun = time.monotonic()
    receipt = receiving.receive(file, "load")
    assert receipt.is_kept, receipt.findings
    record.note(databases.accounts_engine(), "load", "upload", f"number {number}")
    longest = max(longest, time.monotonic() - begun)
    time.sleep((number - 1000) / 10)
print(number - 1000, round(longest, 2))
"""
PUBLISHER = """
import sys
from pathlib import Path
from access import record
from office import databases, publishing
from office.refusals import RefusedError
folder, published = Path(sys.argv[1]), 0
while not (folder / "enough").exists():
    try:
        edition = publishing.publish(publishing.preview(), "load")
    except RefusedError:  # something was handed in meanwhile
        continue
    record.note(databases.accounts_engine(), "load", "publication", edition.name)
    published += 1
    (folder / "published").touch()
print(published)
"""


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=NEEDS_POSTGRESQL)])
def test_a_backup_under_load_is_of_one_moment(kind: str, place: Place, tmp_path: Path) -> None:
    """No edition shows a figure that the archive of the same backup lacks, and nothing that the
    archive has is unknown to the record, but for what was under way."""
    here = f"{kind}_busy"
    place(here)
    furnish(tmp_path)
    folder = tmp_path / kind
    workers = [_start(script, folder, dict(os.environ)) for script in (RECEIVER, PUBLISHER)]
    started, saved = time.monotonic(), []
    while any(worker.poll() is None for worker in workers):
        file = tmp_path / f"{kind}{len(saved)}.zip"
        begun = time.monotonic()
        back_up(file)
        saved.append((file, time.monotonic() - begun))
        if _is_enough(folder, len(saved), time.monotonic() - started):
            (folder / "enough").touch()
        time.sleep(5)
    said = [worker.communicate()[0].split() for worker in workers]
    assert all(worker.returncode == 0 for worker in workers), said
    received, longest, published = int(said[0][0]), float(said[0][1]), int(said[1][0])
    print(f"\n{kind}: {received} handed in (the longest took {longest} s), {published} published, "
          f"{len(saved)} backups, the longest {max(took for _, took in saved):.1f} s")  # fmt: skip
    assert received >= 5
    assert published >= 1
    assert len(saved) >= 3
    counts = []
    for number, (file, _) in enumerate(saved):
        place(f"{kind}_back{number}")
        assert restoring.restore(file, "keeper").damaged == ()
        counts.append(_of_one_moment())
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]  # they were made while it went on
    place(here)
    quiet = held()
    back_up(tmp_path / f"{kind}.zip")
    place(f"{kind}_quiet")
    restoring.restore(tmp_path / f"{kind}.zip", "keeper")
    again = held()
    assert again.pop("accounts.record").rows == quiet.pop("accounts.record").rows + 1
    assert again == quiet
    assert quiet["archive.submissions"].rows == received + 1


def _is_enough(folder: Path, backups: int, seconds: float) -> bool:
    """However slow the machine is; but for what never comes, nobody waits for ever."""
    handed_in = len(list(folder.glob("*.xlsx"))) - 1  # the last may be under way
    has_all = backups >= 3 and handed_in >= 5 and (folder / "published").exists()
    return (has_all and seconds > LEAST) or seconds > MOST


def _start(script: str, folder: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-c", script, str(folder)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip


def _of_one_moment() -> int:
    """How many submissions there are, once what must hold was found to hold."""
    figures = annual(databases.archive_engine()).figures
    newest = figures.loc[figures["school"] == "kuopio", "value"].max()
    shown = shelf.latest(databases.shelf_engine())
    values = [cell.value for cell in shown.table("students").select(school="kuopio").cells]
    assert max(values) <= newest
    noted = {entry.what for entry in record.found(databases.accounts_engine(), limit=100_000)}
    handed_in = int(newest) - 1000 if newest > 1000 else 0
    assert {f"number {1000 + one}" for one in range(1, handed_in)} <= noted  # the last may miss
    names = shelf.names(databases.shelf_engine())
    assert set(names[1:-1]) <= noted  # the first was published before it began
    assert len(receiving.history()) == handed_in + 1
    return handed_in


# --- Damage -------------------------------------------------------------------------------------


def everything_in(file: Path) -> dict[str, bytes]:
    with backup_files.opened(file) as backup:
        return {name: backup.content(name) for name in backup.names} | {
            "manifest": repr(backup.manifest).encode()
        }


def test_whatever_is_cut_or_turned_is_refused_or_makes_no_difference(
    place: Place, tmp_path: Path
) -> None:
    """A few bits of a zip say nothing (dates, versions): what is not refused reads the same."""
    place("sqlite_damage")
    furnish(tmp_path)
    whole = (tmp_path / "kept.zip").read_bytes()
    true = everything_in(tmp_path / "kept.zip")
    chance = random.Random(1)
    damaged = tmp_path / "damaged.zip"
    for end in [0, 1, 21, 22, len(whole) - 1, *chance.sample(range(len(whole)), 60)]:
        damaged.write_bytes(whole[:end])
        with pytest.raises(RefusedError):
            everything_in(damaged)
    same = 0
    for spot in chance.sample(range(len(whole)), 400):
        turned = bytearray(whole)
        turned[spot] ^= 1 << chance.randrange(8)
        damaged.write_bytes(turned)
        try:
            assert everything_in(damaged) == true
            same += 1
        except RefusedError:
            pass
    print(f"\n400 bits turned: {400 - same} refused, {same} made no difference")
    assert same < 60
    damaged.write_bytes(whole + b"\0" * 70_000)
    with pytest.raises(RefusedError):
        everything_in(damaged)
