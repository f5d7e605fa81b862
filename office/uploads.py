"""Checks what the director hands over before anything is kept, in a process of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from data_loaders.hints import Hints, Loaded
from office import receiving
from office.receiving import NO_HINTS, Report, Table
from office.using import catalogue_in_use
from yearbook.archive import Entry


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sent it. The name is only ever shown."""

    name: str
    content: bytes
    hints: Hints = NO_HINTS

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def check_all(
    uploads: Sequence[Upload], report: Report = lambda share, what: None
) -> tuple[Loaded, ...]:
    """What was read of each, in their order; a file that is in force already is a finding too."""
    told = catalogue_in_use().word("office.progress.reading_file")
    held = _held()
    checked = []
    for number, upload in enumerate(uploads, start=1):
        values = {"file": upload.name, "number": number, "count": len(uploads)}
        report((number - 1) / len(uploads), told.fill(**values))
        loaded = receiving.check_upload(upload.name, upload.content, upload.hints)
        checked.append(_unless_held(loaded, held.get(upload.checksum)))
    return tuple(checked)


def check_source(
    source: Table, hints: Hints = NO_HINTS, report: Report = lambda share, what: None
) -> tuple[Loaded, ...]:
    """The same of a table or query of a database."""
    told = catalogue_in_use().word("office.progress.reading_file")
    report(0.0, told.fill(file=source.label, number=1, count=1))
    loaded = receiving.check_table(source, hints)
    if loaded.submission is None:
        return (loaded,)
    checksum = receiving.checksum_of_content(loaded.submission)
    return (_unless_held(loaded, _held().get(checksum)),)


def _held() -> dict[str, Entry]:
    """What is in force, by its checksum."""
    return {entry.received.checksum: entry for entry in receiving.history() if entry.in_force}


def _unless_held(loaded: Loaded, entry: Entry | None) -> Loaded:
    if entry is None:
        return loaded
    return Loaded(None, (*loaded.findings, receiving.already_kept(entry)))
