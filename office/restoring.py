"""Brings back what a backup holds: onto an empty place, or in place of what is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from access import record
from office import databases
from office.backup import back_up
from office.backup_files import Backup, Database, Manifest, opened
from office.locks import only_one
from office.refusals import refusal
from office.rooms import Room, rooms
from office.settings import settings
from yearbook import archive, copying, shelf
from yearbook.database import Connection, connect, write

RECORD = "record"
OWN_CATALOGUE = "restored-catalogue"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup brought back. before: the backup that was made of what it replaced; damaged:
    editions that do not agree with their digest, and did not when they were saved; erased_since:
    how often something was erased after the backup was made, as far as is known here."""

    manifest: Manifest
    rows: Mapping[str, int]
    uploads: int
    editions: int
    damaged: tuple[str, ...]
    own_catalogue: Path | None
    before: Path | None
    erased_since: int


def restore(file: Path, who: str, replaces: bool = False) -> Restored:
    """All of it or nothing: the file is checked as a whole first, and every table once it is in."""
    with opened(file) as backup, only_one("publication"):
        _require_known(backup.manifest)
        before, erased = None, 0
        if not _is_empty():
            if not replaces:
                raise refusal("restore_not_empty")
            before = _saved_before()
            erased = _erased_since(backup.manifest.made)
        _bring_back(backup)
        uploads = _uploads(backup)
        own = _own_catalogue(backup)
        databases.prepare()
        said = f"{backup.manifest.made.isoformat()} ({file.name})"
        record.note(databases.accounts_engine(), who, "restoration", said)
        editions, damaged = editions_checked()
        rows = {room: sum(table.rows for table in one.tables)
                for room, one in backup.manifest.databases.items()}  # fmt: skip
        return Restored(backup.manifest, rows, uploads, editions, damaged, own, before, erased)


def editions_checked() -> tuple[int, tuple[str, ...]]:
    """How many editions agree with their digests, and the names of those that do not."""
    on_shelf = databases.shelf_engine()
    whole, damaged = 0, []
    for name in shelf.names(on_shelf):
        for audience in shelf.audiences(on_shelf, name):
            try:
                shelf.verify(on_shelf, name, audience)
                whole += 1
            except shelf.DamagedEditionError:
                damaged.append(f"{name} ({audience})")
    return whole, tuple(damaged)


def _require_known(manifest: Manifest) -> None:
    wanted = rooms()
    if {room.name for room in wanted} != manifest.databases.keys():
        raise refusal("backup_newer", version=manifest.version)
    for room in wanted:
        revision = manifest.databases[room.name].revision
        if revision is not None and revision not in databases.revisions(room.name):
            raise refusal("backup_newer", version=manifest.version)


def _is_empty() -> bool:
    """Whether nothing is kept here yet; tables may be there."""
    return all(_room_is_empty(room) for room in rooms())


def _room_is_empty(room: Room) -> bool:
    engine = connect(room.address)
    try:
        with copying.snapshot(engine) as seen:
            return copying.is_empty(seen, copying.names(seen, room.not_saved | {"secrets"}))
    finally:
        engine.dispose()


def _saved_before() -> Path:
    """What is about to be replaced, beside the nightly backups."""
    name = f"before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip"
    return back_up(settings().backups / name).file


def _erased_since(moment: datetime) -> int:
    gone = archive.removals(databases.archive_engine())
    return sum(1 for one in gone if one.when > moment and one.kind != "upload")


def _bring_back(backup: Backup) -> None:
    """Into all three databases, each in one transaction; none is ended before all are filled."""
    with ExitStack() as held:
        for room in rooms():
            engine = connect(room.address)
            held.callback(engine.dispose)
            writing = held.enter_context(write(engine))
            _fill(room, backup, writing)


def _fill(room: Room, backup: Backup, writing: Connection) -> None:
    """In the schema in which it was saved, which is then brought up to the present one."""
    saved = backup.manifest.databases[room.name]
    later = _later_entries(backup, saved, writing) if room.name == "accounts" else ()
    copying.drop(writing, room.others)
    if saved.revision is not None:
        databases.upgrade_within(writing, room.name, saved.revision)
    for table in saved.tables:
        rows = backup.lines(f"{room.name}/{table.name}.jsonl")
        copying.fill(writing, table.name, table.columns, rows)
        held = copying.contents(writing, table.name)
        if (held.rows, held.checksum) != (table.rows, table.checksum):
            raise refusal("restore_differs", table=f"{room.name}.{table.name}")
    if later:
        columns = next(table.columns for table in saved.tables if table.name == RECORD)
        copying.fill(writing, RECORD, columns, later)
    copying.go_on_from(writing, saved.numbers)
    databases.upgrade_within(writing, room.name)


def _later_entries(backup: Backup, saved: Database, writing: Connection) -> tuple[bytes, ...]:
    """What the record here says beyond that of the backup: it is only ever added to, so a restored
    one goes on with what was done since. Nothing where the two are records of different places."""
    known = next((table for table in saved.tables if table.name == RECORD), None)
    if known is None or RECORD not in copying.names(writing):
        return ()
    if copying.columns(writing, RECORD) != known.columns:
        return ()
    said = set(backup.lines(f"accounts/{RECORD}.jsonl"))
    here = tuple(copying.lines(writing, RECORD))
    return tuple(line for line in here if line not in said) if said <= set(here) else ()


def _uploads(backup: Backup) -> int:
    folder = settings().var / "uploads"
    for name in backup.within("uploads"):
        _write_privately(folder / name.removeprefix("uploads/"), backup.content(name))
    return len(backup.within("uploads"))


def _own_catalogue(backup: Backup) -> Path | None:
    """Unpacked beside the databases, where CATALOGUE may name it; the one in use is left alone."""
    names = backup.within("catalogue")
    if not names:
        return None
    folder = settings().var / OWN_CATALOGUE
    shutil.rmtree(folder, ignore_errors=True)
    for name in names:
        _write_privately(folder / name.removeprefix("catalogue/"), backup.content(name))
    return folder


def _write_privately(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, half = tempfile.mkstemp(dir=file.parent)  # mode 0600
    with os.fdopen(handle, "wb") as target:
        target.write(content)
    os.replace(half, file)
