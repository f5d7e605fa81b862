"""The scripts of deployment/, under a folder of their own: install, upgrade, and back again."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from office.backup_files import opened
from tests.serving import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the scripts are for Linux")


def give(folder: Path, *command: str) -> str:
    """What it printed; it is to succeed."""
    named = {"ARCHIVE_URL", "SHELF_URL", "ACCOUNTS_URL", "CATALOGUE", "SOURCES", "AUDIENCE"}
    ours = {name: value for name, value in os.environ.items() if name not in named}
    environment = {**ours, "DESTDIR": str(folder), "READY": sys.prefix}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


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
