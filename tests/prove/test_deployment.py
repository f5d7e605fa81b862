"""The scripts of deployment/, under a folder of their own: install, upgrade, and back again."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from office import databases
from office.backup_files import opened
from tests.office_for_tests import write_catalogue, write_return
from tests.serving import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the scripts are for Linux")


def give(folder: Path, *command: str) -> str:
    """What it printed; it is to succeed."""
    done = given(folder, *command)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def given(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    named = {"ARCHIVE_URL", "SHELF_URL", "ACCOUNTS_URL", "CATALOGUE", "SOURCES", "AUDIENCE"}
    ours = {name: value for name, value in os.environ.items() if name not in named}
    environment = {**ours, "DESTDIR": str(folder), "READY": sys.prefix}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.timeout(600)
def test_what_is_installed_is_upgraded_and_gone_back_from(tmp_path: Path) -> None:
    install, upgrade = (str(ROOT / "deployment" / name) for name in ("install.sh", "upgrade.sh"))
    tilastot = str(tmp_path / "usr/local/sbin/tilastot")
    current = tmp_path / "opt/konservatoriotilastot/current"
    settings = tmp_path / "etc/konservatoriotilastot/environment"
    backups = tmp_path / "var/backups/konservatoriotilastot"

    give(tmp_path, install, "tilastot.example.fi")
    first, stated = current.resolve(), settings.read_text("utf-8")
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    for folder in (backups, tmp_path / "var/lib/konservatoriotilastot", settings.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    [secret] = [line for line in stated.splitlines() if line.startswith("SECRET=")]
    assert len(secret) == len('SECRET=""') + 64
    site = (tmp_path / "etc/nginx/sites-available/tilastot").read_text("utf-8")
    assert site.count("server_name tilastot.example.fi;") == 2

    told = give(tmp_path, tilastot, "account", "first", "a@x.example", "--name", "A")
    assert told.splitlines()[-1].startswith("https://tilastot.example.fi/kutsu/")
    give(tmp_path, upgrade)
    assert current.resolve() != first
    [saved] = backups.glob("upgrade-*.zip")
    with opened(saved) as backup:
        assert len(list(backup.lines("accounts/accounts.jsonl"))) == 1
    member = ("--role", "member", "--school", "kuopio")
    give(tmp_path, tilastot, "account", "invite", "k@x.example", "--name", "K", *member)

    give(tmp_path, upgrade, "--back")
    assert current.resolve() == first
    assert [line.split()[0] for line in give(tmp_path, tilastot, "account").splitlines()] == [
        "a@x.example"
    ]
    assert len(list(backups.glob("before-*.zip"))) == 1
    # Given again, the installer leaves settings and version alone.
    give(tmp_path, install, "another.example.fi")
    assert settings.read_text("utf-8") == stated
    assert current.resolve() == first


NOT_THE_PRODUCT = (".venv", ".git", "var", "__pycache__", ".*_cache", ".hypothesis", "tests")
# The shelf's succeeds and loses what visitors see; the one of the accounts, the last, fails.
LOSING = """
    op.create_table("newer", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("DELETE FROM moves")
"""
FAILING = """
    op.execute("DELETE FROM accounts")
    op.execute("SELECT nothing FROM nowhere")
"""
SHORT_LIVED = {"links", "sessions", "attempts"}  # no backup holds them


def newer_product(folder: Path) -> Path:
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_THE_PRODUCT))
    return folder


def with_migration(product: Path, room: str, does: str) -> None:
    said = f'revision = "9999"\ndown_revision = "{databases.revisions(room)[0]}"\n'
    begun = f"import sqlalchemy as sa\nfrom alembic import op\n{said}\ndef upgrade() -> None:"
    step = product / "migrations" / room / "versions" / "9999_newer.py"
    step.write_text(f"{begun}{does}", encoding="utf-8")


def kept(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the three databases, by room and table, but for what lives shortly."""
    rows = {}
    for room in ("archive", "shelf", "accounts"):
        file = folder / f"var/lib/konservatoriotilastot/{room}.sqlite"
        with closing(sqlite3.connect(file)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                if table not in SHORT_LIVED and table != "sqlite_sequence":
                    found = database.execute(f'SELECT * FROM "{table}"').fetchall()
                    rows[f"{room}.{table}"] = sorted(found, key=repr)
    return rows


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A place with a published edition and a director."""
    place = tmp_path / "place"
    give(place, str(ROOT / "deployment/install.sh"), "tilastot.example.fi")
    settings = place / "etc/konservatoriotilastot/environment"
    catalogue = write_catalogue(tmp_path / "catalogue")
    with settings.open("a", encoding="utf-8") as written:
        written.write(f'CATALOGUE="{catalogue}"\n')
    tilastot = str(place / "usr/local/sbin/tilastot")
    give(place, tilastot, "account", "first", "a@x.example", "--name", "A")
    file = write_return(tmp_path / "first.xlsx", ("Kuopio", 2024, 120), ("Lahti", 2024, 80))
    give(place, tilastot, "receive", str(file))
    give(place, tilastot, "publish", "--yes")
    return place


@pytest.mark.timeout(600)
def test_an_upgrade_whose_migration_fails_leaves_version_and_data_of_before(
    installed: Path, tmp_path: Path
) -> None:
    home = installed / "opt/konservatoriotilastot"
    older, before = (home / "current").resolve(), kept(installed)
    assert before["shelf.moves"] != [] and before["accounts.accounts"] != []
    newer = newer_product(tmp_path / "newer")
    with_migration(newer, "shelf", LOSING)
    with_migration(newer, "accounts", FAILING)

    tried = given(installed, str(newer / "deployment/upgrade.sh"))
    assert tried.returncode == 1
    assert "upgrade: migrate failed" in tried.stdout
    assert "back to the version of before" in tried.stderr
    assert (home / "current").resolve() == older
    assert [one.name for one in (home / "versions").iterdir()] == [older.name]
    after = kept(installed)
    restoration = set(after.pop("accounts.record")) - set(before.pop("accounts.record"))
    assert len(restoration) == 1
    assert after == before
    give(installed, str(installed / "usr/local/sbin/tilastot"), "check-server")  # finds no fault


@pytest.mark.timeout(600)
def test_an_upgrade_that_could_not_back_up_has_changed_nothing(
    installed: Path, tmp_path: Path
) -> None:
    home = installed / "opt/konservatoriotilastot"
    give(installed, str(ROOT / "deployment/upgrade.sh"))  # an older backup of an upgrade is there
    older, before = (home / "current").resolve(), kept(installed)
    newer = newer_product(tmp_path / "newer")
    with_migration(newer, "shelf", LOSING)
    with (newer / "office/keeping_commands.py").open("a", encoding="utf-8") as added:
        added.write('\n\ndef back_up(*of: object) -> Saved:\n    raise OSError("no space left")\n')

    tried = given(installed, str(newer / "deployment/upgrade.sh"))
    assert tried.returncode == 1
    assert "back to the version of before" in tried.stderr
    assert (home / "current").resolve() == older
    assert kept(installed) == before
