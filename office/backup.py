"""Saves everything in one file while the service is in use: databases, uploads, own catalogue."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from office.backup_files import CHUNK, Database, Manifest, Packing, Table, opened, packing
from office.refusals import refusal
from office.rooms import Room, rooms
from office.settings import ROOT, settings
from yearbook import copying
from yearbook.catalogue import SHIPPED
from yearbook.database import Connection


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup that was written. rows: so many in each database; damaged: uploads that are not
    what was handed in any more, and so were left out."""

    file: Path
    bytes: int
    rows: Mapping[str, int]
    uploads: int
    damaged: int


def back_up(file: Path, now: datetime | None = None) -> Saved:
    """Write a backup. It is read again from beginning to end before it gets its name."""
    if file.exists():
        raise refusal("backup_exists", file=file.name)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, half = tempfile.mkstemp(dir=file.parent, prefix=".half-", suffix=".zip")  # mode 0600
    beside = Path(half)
    try:
        with os.fdopen(handle, "w+b") as target:
            rows, uploads, damaged = _write(target, now or datetime.now(UTC))
            target.flush()
            os.fsync(target.fileno())
        with opened(beside):
            pass  # refused if it is not whole
        os.replace(beside, file)
    finally:
        beside.unlink(missing_ok=True)
    return Saved(file, file.stat().st_size, rows, uploads, damaged)


def version() -> str:
    """Of the product: the newest that the changelog names."""
    found = re.search(r"^## .*?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    return found[1] if found else ""


def _write(target: object, now: datetime) -> tuple[dict[str, int], int, int]:
    with ExitStack() as held, packing(target) as packed:  # type: ignore[arg-type]
        looked_at = [(room, _snapshot(held, room)) for room in rooms()]
        databases = {room.name: _database(packed, room, seen) for room, seen in looked_at}
        archive = next(seen for room, seen in looked_at if room.name == "archive")
        uploads, damaged = _uploads(packed, archive)
        _own_catalogue(packed)
        packed.close(Manifest(now, version(), _settings(), databases))
    rows = {room: sum(table.rows for table in one.tables) for room, one in databases.items()}
    return rows, uploads, damaged


def _snapshot(held: ExitStack, room: Room) -> Connection:
    engine = room.engine()
    held.callback(engine.dispose)
    return held.enter_context(copying.snapshot(engine))


def _database(packed: Packing, room: Room, seen: Connection) -> Database:
    names = copying.names(seen, room.not_saved)
    tables = tuple(_table(packed, room, seen, name) for name in names)
    return Database(
        seen.dialect.name,
        copying.revision(seen, room.version_table),
        copying.last_numbers(seen, names),
        tables,
    )


def _table(packed: Packing, room: Room, seen: Connection, name: str) -> Table:
    counting = copying.Counting()

    def passing() -> Iterator[bytes]:
        for line in copying.lines(seen, name):
            counting.add(line)
            yield line

    packed.put(f"{room.name}/{name}.jsonl", passing())
    held = counting.contents
    return Table(name, copying.columns(seen, name), held.rows, held.checksum)


def _uploads(packed: Packing, archive: Connection) -> tuple[int, int]:
    """Those that the archive knows of; one that is deleted at this moment was kept long enough."""
    known = copying.values(archive, "submissions", "checksum")
    saved = damaged = 0
    for checksum in sorted(known):
        try:
            content = (settings().var / "uploads" / checksum).read_bytes()
        except FileNotFoundError:
            continue
        if hashlib.sha256(content).hexdigest() != checksum:
            damaged += 1
            continue
        packed.put(f"uploads/{checksum}", (content,))
        saved += 1
    return saved, damaged


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _own_catalogue(packed: Packing) -> None:
    """The shipped one comes with the product; what the director added is in the archive."""
    own = settings().catalogue
    if own == SHIPPED:
        return
    for file in sorted(own.rglob("*.toml")):
        packed.put(f"catalogue/{file.relative_to(own).as_posix()}", _chunks(file))


def _settings() -> dict[str, str]:
    """Those that are no secrets: addresses of databases hold passwords."""
    chosen = settings()
    return {
        "ADDRESS": chosen.address,
        "VISITORS": chosen.visitors,
        "AUDIENCE": chosen.audience,
        "SOURCES": " ".join(sorted(chosen.sources)),
        "CATALOGUE": "" if chosen.catalogue == SHIPPED else chosen.catalogue.name,
    }
