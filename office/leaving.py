"""Writes everything that is kept, for those who leave the product: as CSV, JSON and TOML."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path

from access import accounts, record
from office import catalogue_export, databases
from office.backup import version
from office.refusals import refusal
from office.settings import settings
from office.using import catalogue_in_use
from yearbook import archive, copying, edition_files, shelf
from yearbook.editions import Cell, Edition, Group
from yearbook.exports.safety import safe_text
from yearbook.language import Language

# The key of the pseudonyms is of no use elsewhere, and whoever has it can work them out.
NOT_TOLD = frozenset({"secrets", "archive_version"})
ACCOUNT = ("login", "name", "role", "school", "is_active", "made")
ALL_ENTRIES = 10_000_000
GROUP = tuple(field.name for field in fields(Group))
CELL = tuple(field.name for field in fields(Cell) if field.name != "group")


class Written:
    """How much was written so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = self.rows = 0

    def text(self, name: str, content: str) -> None:
        self.bytes(name, content.encode())

    def bytes(self, name: str, content: bytes) -> None:
        self._place(name).write_bytes(content)

    def table(self, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """UTF-8 with a mark at its start, so that Excel reads the umlauts; no text is a formula."""
        with self._place(name).open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file)
            out.writerow(head)
            for row in rows:
                out.writerow([safe_text(one) if isinstance(one, str) else one for one in row])
                self.rows += 1

    def _place(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.files += 1
        return path


def export_all(folder: Path) -> Written:
    """Into an empty folder. Refused where something is in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise refusal("leaving_not_empty", folder=folder.name)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.chmod(folder, 0o700)
    written = Written(folder)
    _archive(written)
    _in_force(written)
    _uploads(written)
    for path, text in catalogue_export.files():
        written.text(f"catalogue/{path}", text)
    _editions(written)
    _accounts(written)
    _read_me(written)
    return written


def _archive(written: Written) -> None:
    """Every table as it is kept, older and withdrawn submissions included."""
    with copying.snapshot(databases.archive_engine()) as seen:
        for name in copying.names(seen, NOT_TOLD):
            rows = (json.loads(line) for line in copying.lines(seen, name))
            written.table(f"archive/{name}.csv", copying.columns(seen, name), rows)


def _in_force(written: Written) -> None:
    """What counts today, in the form in which it was handed in."""
    kept = databases.archive_engine()
    surveys = archive.surveys(kept)
    for name, frame in {
        "figures": archive.annual(kept).figures,
        "respondents": surveys.respondents,
        "answers": surveys.answers,
        "frame": archive.frames(kept).frame,
        "tabulated": archive.tabulated(kept).tabulated,
    }.items():
        rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False)
        written.table(f"in-force/{name}.csv", list(frame.columns), rows)


def _uploads(written: Written) -> None:
    """The files that were handed in, by their checksum, with the ending that they came with."""
    for entry in archive.history(databases.archive_engine()):
        received = entry.received
        file = settings().var / "uploads" / received.checksum
        ending = re.search(r"\.[a-z0-9]{1,5}$", received.file_name.lower())
        if file.is_file():
            name = f"uploads/{received.checksum}{ending[0] if ending else ''}"
            written.bytes(name, file.read_bytes())


def _editions(written: Written) -> None:
    on_shelf = databases.shelf_engine()
    for name in shelf.names(on_shelf):
        for audience in shelf.audiences(on_shelf, name):
            place = f"editions/{_safe(name)}/{_safe(audience)}"
            edition = shelf.open(on_shelf, name, audience)
            plain = edition_files.to_plain(edition)
            written.bytes(f"{place}/edition.json", edition_files.write_json(plain))
            for code in edition.tables:
                written.table(f"{place}/{_safe(code)}.csv", (*GROUP, *CELL), _cells(edition, code))


def _cells(edition: Edition, code: str) -> Iterator[tuple[object, ...]]:
    for cell in edition.table(code).cells:
        yield (*astuple(cell.group), *(getattr(cell, name) for name in CELL))


def _accounts(written: Written) -> None:
    """Without passwords, which are of no use elsewhere."""
    kept = databases.accounts_engine()
    people = ([str(getattr(one, name)) for name in ACCOUNT] for one in accounts.accounts(kept))
    written.table("accounts/accounts.csv", ACCOUNT, people)
    entries = record.found(kept, limit=ALL_ENTRIES)
    head = ("number", "when", "who", "action", "what", "checksum")
    rows = ((e.number, e.when.isoformat(), e.who, e.action, e.what, e.checksum) for e in entries)
    written.table("accounts/record.csv", head, rows)


def _read_me(written: Written) -> None:
    said = catalogue_in_use().word("office.leaving.read_me").fill(version=version())
    for language in Language:
        written.text(f"README.{language.value}.md", said[language].strip() + "\n")


def _safe(name: str) -> str:
    """A name for a file: ".frame" of the surveys is not to be a hidden one."""
    plain = re.sub(r"[^A-Za-z0-9_.-]", "_", name)
    return f"survey{plain}" if plain.startswith(".") else plain
