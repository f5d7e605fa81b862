"""Backups, restoring, the night's work and the look at the server, from a terminal."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from access import record
from access import tidying as accounts_tidying
from office import checking, databases, leaving, restoring, rotation, tidying
from office.backup import Saved, back_up, version
from office.refusals import refusal
from office.rooms import rooms
from office.settings import settings
from yearbook.database import is_on_a_server


def backup(options: ArgumentParser, arguments: list[str], who: str) -> int:
    options.add_argument("file", type=Path, help="where to write it, or a folder")
    file: Path = options.parse_args(arguments).file
    now = datetime.now(UTC)
    saved = back_up(file / rotation.name_of("backup", now) if file.is_dir() else file, now)
    _note(who, "backup", saved.file.name)
    return _told(saved)


def restore(options: ArgumentParser, arguments: list[str], who: str) -> int:
    """Exit code 1 where an edition does not agree with its digest."""
    options.add_argument("file", type=Path)
    further = "put it in place of what is here, which is backed up first; stop the service before"
    options.add_argument("--replace", action="store_true", help=further)
    given = options.parse_args(arguments)
    return told(restoring.restore(given.file, who, given.replace))


def told(done: restoring.Restored) -> int:
    made = done.manifest.made
    print(f"Restored from the backup of {made:%Y-%m-%d %H:%M} UTC (version "
          f"{done.manifest.version}).")  # fmt: skip
    for room, rows in done.rows.items():
        tables = done.manifest.databases[room].tables
        print(f"  {room}: {rows} rows in {len(tables)} tables, each as it was saved")
    print(f"  uploads: {done.uploads}; editions that agree with their digests: {done.editions}")
    if done.before:
        print(f"What was here before is in {done.before}.")
    if done.own_catalogue:
        print(f"The backup has a catalogue of its own. Name it in CATALOGUE: {done.own_catalogue}")
    if done.erased_since:
        print(f"Erased here after that backup was made: {done.erased_since} times. It is back: "
              "erase it again.")  # fmt: skip
    print("Everybody signs in anew, and links that were not used are to be given again.")
    if any(is_on_a_server(room.address) for room in rooms()):
        print("On PostgreSQL the tables are new: other users, such as that of a process for "
              "visitors, have no rights to them until these are given again, with their policies "
              "(docs/deployment.md, Restoring).")  # fmt: skip
    if done.damaged:
        print(f"Damaged when they were saved: {', '.join(done.damaged)}", file=sys.stderr)
    return 1 if done.damaged else 0


def nightly(options: ArgumentParser, arguments: list[str], who: str) -> int:
    """What the timer gives. One part that fails does not keep the others from being done."""
    options.parse_args(arguments)
    parts: dict[str, Callable[[], str]] = {
        "tidy": _tidy,
        "accounts": _accounts,
        "backup": lambda: _rotate(who),
    }
    failed = 0
    for name, part in parts.items():
        try:
            print(f"{name}: {part()}", flush=True)
        except Exception as error:  # whatever it is, the next part is done all the same
            print(f"{name}: FAILED ({type(error).__name__}: {error})", file=sys.stderr, flush=True)
            failed += 1
    return 1 if failed else 0


def check_server(options: ArgumentParser, arguments: list[str]) -> int:
    options.parse_args(arguments)
    return checked()


def checked() -> int:
    """Exit code 1 where something is found with which the service must not go on."""
    grave = 0
    for one in checking.check():
        mark = "ok" if not one.fault else "FAULT" if one.is_grave else "note"
        print(f"  {mark:<6} {one.what}{': ' + one.fault if one.fault else ''}")
        grave += bool(one.fault and one.is_grave)
    return 1 if grave else 0


def export_all(options: ArgumentParser, arguments: list[str], who: str) -> int:
    options.add_argument("folder", type=Path, help="an empty folder, or one that is made")
    folder = options.parse_args(arguments).folder
    written = leaving.export_all(folder)
    _note(who, "export", f"export-all: {written.files} files")
    print(f"{written.files} files with {written.rows} rows: {folder}")
    print("README.fi.md and README.en.md in it say what is what. It holds answers of graduates: "
          "keep it as carefully as the archive.")  # fmt: skip
    return 0


def back_up_before_upgrade() -> int:
    """Of the databases as they are, in the schema of the older version."""
    now = datetime.now(UTC)
    return _told(back_up(settings().backups / rotation.name_of("upgrade", now), now))


def go_back(who: str) -> int:
    """To the newest backup from before an upgrade; what came since is backed up first."""
    made = sorted(settings().backups.glob("upgrade-*.zip"))
    if not made:
        raise refusal("no_upgrade_backup")
    return told(restoring.restore(made[-1], who, replaces=True))


def record_upgrade(who: str) -> int:
    _note(who, "upgrade", version())
    print(f"upgrade: version {version()} is ready; start the service.")
    return 0


def _tidy() -> str:
    done = tidying.tidy()
    clean = "" if done.is_clean else "; what was erased is not out of the files yet"
    return f"{done.uploads} old uploads and {done.left_behind} left behind deleted{clean}"


def _accounts() -> str:
    done = accounts_tidying.clean(databases.accounts_engine())
    return (f"{done.sessions} sessions, {done.links} links, {done.attempts} attempts, "
            f"{done.accounts} accounts, {done.entries} entries of the record deleted")  # fmt: skip


def _rotate(who: str) -> str:
    saved, gone = rotation.back_up_and_rotate()
    _note(who, "backup", saved.file.name)
    kept = sum(1 for file in settings().backups.glob("*.zip") if rotation.made(file))
    damaged = f"; {saved.damaged} damaged uploads left out" if saved.damaged else ""
    return f"{saved.file} ({_size(saved.bytes)}); {kept} kept, {len(gone)} deleted{damaged}"


def _told(saved: Saved) -> int:
    """Exit code 1 where an upload is not what was handed in any more."""
    rows = ", ".join(f"{room} {rows}" for room, rows in saved.rows.items())
    print(f"{saved.file}: {_size(saved.bytes)}. Rows: {rows}; uploads: {saved.uploads}.")
    print("It holds answers of graduates and the archive's key: keep it as carefully.")
    if saved.damaged:
        print(f"{saved.damaged} uploads are not what was handed in any more; they are not in it.",
              file=sys.stderr)  # fmt: skip
    return 1 if saved.damaged else 0


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _note(who: str, action: str, what: str) -> None:
    record.note(databases.accounts_engine(), who, action, what)
