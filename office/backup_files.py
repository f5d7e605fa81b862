"""The file of a backup: a zip whose manifest knows every other file in it by size and checksum."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from office.refusals import RefusedError, refusal

PRODUCT = "Suomen konservatorioliitto: tilastot"
FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 50_000_000
CHUNK = 1 << 20
NAMES = re.compile(
    r"(shelf|archive|accounts)/\w+\.jsonl|uploads/[0-9a-f]{64}"
    r"|catalogue/([A-Za-z0-9_-]+/)?[A-Za-z0-9_-]+\.toml"
)
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, TypeError,
              NotImplementedError, RuntimeError, AttributeError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was saved; its checksum does not depend on the order of the rows."""

    name: str
    columns: tuple[str, ...]
    rows: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Database:
    """kind: sqlite or postgresql; revision: its schema, None where it had none; numbers: the last
    that each table gave."""

    kind: str
    revision: str | None
    numbers: Mapping[str, int]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. settings: those that are no secrets; version: of the product."""

    made: datetime
    version: str
    settings: Mapping[str, str]
    databases: Mapping[str, Database]


class Packing:
    """Puts files into a backup, and notes what they were."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._files: dict[str, dict[str, object]] = {}

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        if not NAMES.fullmatch(name):
            raise ValueError(f"{name}: no name for a file in a backup")
        found, size = hashlib.sha256(), 0
        with self._packed.open(name, "w", force_zip64=True) as target:
            for chunk in chunks:
                target.write(chunk)
                found.update(chunk)
                size += len(chunk)
        self._files[name] = {"bytes": size, "sha256": found.hexdigest()}

    def close(self, manifest: Manifest) -> None:
        said = {"product": PRODUCT, "format": FORMAT, **_to_plain(manifest), "files": self._files}
        self._packed.writestr(MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))


class Backup:
    """A backup that was checked as a whole: every file is what its manifest says."""

    def __init__(self, packed: zipfile.ZipFile, manifest: Manifest, names: frozenset[str]) -> None:
        self._packed = packed
        self.manifest = manifest
        self.names = names

    def lines(self, name: str) -> Iterator[bytes]:
        with self._packed.open(name) as source:
            yield from source

    def content(self, name: str) -> bytes:
        return self._packed.read(name)

    def within(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted(name for name in self.names if name.startswith(f"{folder}/")))


@contextmanager
def packing(target: IO[bytes]) -> Iterator[Packing]:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        yield Packing(packed)


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    """A backup to read from. Refused where it is none, is damaged, or came from a newer version."""
    try:
        packed = zipfile.ZipFile(file)
    except FileNotFoundError:
        raise refusal("backup_missing", file=file.name) from None
    except UNREADABLE:
        raise refusal("backup_foreign", file=file.name) from None
    with packed:
        try:
            checked = _checked(packed, file.name)
        except RefusedError:
            raise
        except UNREADABLE:
            raise refusal("backup_damaged", file=file.name) from None
        yield checked


def _checked(packed: zipfile.ZipFile, file: str) -> Backup:
    said = _manifest(packed, file)
    files = said["files"]
    listed = packed.namelist()
    if sorted(listed) != sorted([*files, MANIFEST]) or not all(map(NAMES.fullmatch, files)):
        raise refusal("backup_damaged", file=file)
    for name, known in files.items():
        if _measured(packed, name, known["bytes"]) != (known["bytes"], known["sha256"]):
            raise refusal("backup_damaged", file=file)
    manifest = _from_plain(said)
    for room, database in manifest.databases.items():
        if any(f"{room}/{table.name}.jsonl" not in files for table in database.tables):
            raise refusal("backup_damaged", file=file)
    return Backup(packed, manifest, frozenset(files))


def _manifest(packed: zipfile.ZipFile, file: str) -> dict[str, Any]:
    if MANIFEST not in packed.namelist():
        raise refusal("backup_foreign", file=file)
    if packed.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise refusal("backup_damaged", file=file)
    said = json.loads(packed.read(MANIFEST))
    if not isinstance(said, dict) or said.get("product") != PRODUCT:
        raise refusal("backup_foreign", file=file)
    if said["format"] > FORMAT:
        raise refusal("backup_newer", version=said.get("version", ""))
    return said


def _measured(packed: zipfile.ZipFile, name: str, at_most: int) -> tuple[int, str]:
    """Size and checksum; what is longer than it says is not read to its end."""
    found, size = hashlib.sha256(), 0
    with packed.open(name) as source:
        while (chunk := source.read(CHUNK)) and size <= at_most:
            found.update(chunk)
            size += len(chunk)
    return size, found.hexdigest()


def _to_plain(manifest: Manifest) -> dict[str, object]:
    return {
        "made": manifest.made.isoformat(),
        "version": manifest.version,
        "settings": dict(manifest.settings),
        "databases": {
            room: {
                "kind": database.kind,
                "revision": database.revision,
                "numbers": dict(database.numbers),
                "tables": [
                    {"name": table.name, "columns": list(table.columns), "rows": table.rows,
                     "checksum": table.checksum}
                    for table in database.tables
                ],
            }
            for room, database in manifest.databases.items()
        },
    }  # fmt: skip


def _from_plain(said: Mapping[str, Any]) -> Manifest:
    return Manifest(
        datetime.fromisoformat(said["made"]),
        said["version"],
        said["settings"],
        {
            room: Database(
                database["kind"],
                database["revision"],
                database["numbers"],
                tuple(
                    Table(one["name"], tuple(one["columns"]), one["rows"], one["checksum"])
                    for one in database["tables"]
                ),
            )
            for room, database in said["databases"].items()
        },
    )
