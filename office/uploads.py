"""Checks what the director hands over before anything is kept, in a process of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from data_loaders.hints import Hints, Loaded
from office import codebooks, receiving
from office.receiving import NO_HINTS, Report, Table, uploaded
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


def check_together(
    uploads: Sequence[Upload], report: Report = lambda share, what: None
) -> tuple[tuple[Hints, Loaded], ...]:
    """The same; a codebook among them explains the survey files beside it, and their hints have it
    from then on."""
    checked = check_all(uploads, report)
    if len(uploads) < 2 or all(one.submission is not None for one in checked):
        return tuple((one.hints, loaded) for one, loaded in zip(uploads, checked, strict=True))
    with ExitStack() as opened:
        files = [
            codebooks.Handed(
                one.name, opened.enter_context(uploaded(one.name, one.content)), one.hints, loaded
            )
            for one, loaded in zip(uploads, checked, strict=True)
        ]
        return tuple(_explained(files, codebooks.pairs(files)))


def _explained(
    files: Sequence[codebooks.Handed], pairs: Mapping[str, tuple[codebooks.Handed, ...]]
) -> Iterator[tuple[Hints, Loaded]]:
    for one in files:
        books = [book for book in files if one in pairs.get(book.name, ())]
        if one.name in pairs:
            yield one.hints, codebooks.said_of_book(pairs[one.name])
        elif books and not any(finding.code == "already_kept" for finding in one.loaded.findings):
            hints = codebooks.with_codebooks(one, books)
            again = receiving.check(one.path, replace(hints, name=one.name))
            yield hints, codebooks.with_note(again, books)
        else:
            yield one.hints, one.loaded


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
