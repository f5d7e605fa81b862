"""Receives workbooks, uploads and tables of databases: checked first, kept if nothing fails."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

import data_loaders
from data_loaders import database
from data_loaders.findings import Finding, Severity
from data_loaders.hints import Hints, Loaded
from data_loaders.workbook import Unreadable
from office.databases import archive_engine, has_archive
from office.refusals import refusal
from office.settings import settings
from office.using import catalogue_in_use
from yearbook import archive
from yearbook.archive import AlreadyKeptError, Entry, NotInArchiveError, Received
from yearbook.catalogue import Catalogue
from yearbook.language import Language, Text, write_date
from yearbook.submissions import Kind, Submission

Report = Callable[[float, Text], None]
NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a file. `id` is None where nothing was kept; `findings` then say why.

    `replaces`: (school, year) or (survey, year) that an older submission had held until now.
    """

    name: str
    id: int | None
    findings: tuple[Finding, ...]
    replaces: tuple[tuple[str, int], ...] = ()
    covers: tuple[tuple[str, int], ...] = ()

    @property
    def is_kept(self) -> bool:
        return self.id is not None


@dataclass(frozen=True, slots=True)
class Table:
    """A table or a query (one of the two) of another database."""

    address: str
    table: str = ""
    query: str = ""
    name: str = ""  # what to call the database; its address may hold a password

    @property
    def label(self) -> str:
        return f"{self.name or 'database'}: {self.table or self.query}"


def check(path: Path, hints: Hints = NO_HINTS, using: Catalogue | None = None) -> Loaded:
    """Read a workbook and say what is wrong with it; nothing is kept."""
    named = _told(replace(hints, name=hints.name or path.name))
    try:
        return data_loaders.load(path, using or catalogue_in_use(), named)
    except Unreadable as error:
        refused = Finding(Severity.FAIL, "unreadable", values={"reason": error.text})
        return Loaded(None, (refused,))


def receive(
    path: Path,
    who: str,
    hints: Hints = NO_HINTS,
    using: Catalogue | None = None,
    adds: bool = False,
) -> Receipt:
    """Check a workbook, and keep it unless something fails.

    adds: answers are further ones of a survey's round, as of the same form in another language.
    """
    name = hints.name or path.name
    loaded = check(path, hints, using)
    if loaded.submission is None:
        return Receipt(name, None, loaded.findings)
    further = adds and loaded.submission.kind is Kind.SURVEY
    received = Received(who, _now(), name, checksum_of_file(path), adds=further)
    return _keep_with_file(path, loaded, received)


def receive_all(
    files: Sequence[tuple[Path, Hints]],
    who: str,
    report: Report = lambda share, what: None,
    adds: bool = False,
) -> tuple[Receipt, ...]:
    """Each file for itself: one that fails does not stop the others."""
    using = catalogue_in_use()
    receipts = []
    for number, (path, hints) in enumerate(files, start=1):
        name = hints.name or path.name
        told = using.word("office.progress.reading_file")
        report((number - 1) / len(files), told.fill(file=name, number=number, count=len(files)))
        receipts.append(receive(path, who, hints, using, adds))
    return tuple(receipts)


def receive_table(source: Table, who: str, hints: Hints = NO_HINTS) -> Receipt:
    """The same from a table or query of another database."""
    return keep_table(source, check_table(source, hints), who)


def keep_table(source: Table, loaded: Loaded, who: str) -> Receipt:
    """Keep what was read from a database, unless something failed."""
    if loaded.submission is None:
        return Receipt(source.label, None, loaded.findings)
    checksum = checksum_of_content(loaded.submission)
    return _keep(loaded, Received(who, _now(), source.label, checksum))


def check_table(source: Table, hints: Hints = NO_HINTS) -> Loaded:
    """Read a table or query and say what is wrong with it; nothing is kept."""
    using = catalogue_in_use()
    wanted = source.table or source.query
    return database.load_table(source.address, wanted, using, _told(hints))


def _told(hints: Hints) -> Hints:
    """With the archive's key, for the pseudonyms."""
    return replace(hints, secret=archive.secret(archive_engine())) if has_archive() else hints


def named_source(name: str) -> str:
    """The address of a database that the settings name (SOURCES)."""
    sources = settings().sources
    if name not in sources:
        raise refusal("no_such_source", name=name)
    return sources[name]


def withdraw(number: int, who: str) -> None:
    """Take a submission out of force; what it had replaced counts again."""
    try:
        archive.withdraw(archive_engine(), number, who, _now())
    except NotInArchiveError:
        raise refusal("no_such_submission", id=number) from None


def withdraw_invented(who: str) -> int:
    """Withdraw all sample data, as soon as there are true figures; how many submissions it was."""
    invented = [entry for entry in history() if entry.invented and not entry.is_withdrawn]
    for entry in invented:
        withdraw(entry.id, who)
    return len(invented)


def history() -> tuple[Entry, ...]:
    """All that was ever handed in, the newest first."""
    return archive.history(archive_engine())


def figures_in_force() -> pd.DataFrame:
    """The annual figures that count today, as a submission's `figures`."""
    return archive.annual(archive_engine()).figures


@contextmanager
def uploaded(name: str, content: bytes) -> Iterator[Path]:
    """An upload as a private file of the same extension, deleted in the end."""
    folder = _private_folder(settings().var / "incoming")
    handle, path = tempfile.mkstemp(suffix=Path(name).suffix[:10], dir=folder)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        yield Path(path)
    finally:
        Path(path).unlink(missing_ok=True)


def receive_upload(name: str, content: bytes, who: str, hints: Hints = NO_HINTS) -> Receipt:
    """Check what came from a browser, and keep it unless something fails."""
    with uploaded(name, content) as path:
        return receive(path, who, replace(hints, name=name))


def keep_upload(name: str, content: bytes, loaded: Loaded, who: str, adds: bool = False) -> Receipt:
    """Keep an upload that was checked before, unless something failed.

    adds: as in `receive`.
    """
    if loaded.submission is None:
        return Receipt(name, None, loaded.findings)
    with uploaded(name, content) as path:
        received = Received(who, _now(), name, checksum_of_file(path), adds=adds)
        return _keep_with_file(path, loaded, received)


def check_upload(name: str, content: bytes, hints: Hints = NO_HINTS) -> Loaded:
    """Say what is wrong with what came from a browser; nothing is kept."""
    with uploaded(name, content) as path:
        return check(path, replace(hints, name=name))


def _keep(loaded: Loaded, received: Received) -> Receipt:
    submission, engine = loaded.submission, archive_engine()
    assert submission is not None
    subject = submission.kind.subject
    entries = [entry for entry in archive.history(engine) if entry.kind.subject == subject]
    held = {pair for entry in entries for pair in entry.in_force}
    covers = tuple(sorted(submission.covers()))
    counted = Counter(str(finding.severity) for finding in loaded.findings)
    try:
        number = archive.keep(engine, submission, replace(received, findings=counted))
    except AlreadyKeptError as error:
        return Receipt(received.file_name, None, (*loaded.findings, already_kept(error.entry)))
    replaced = tuple(pair for pair in covers if pair in held)
    return Receipt(received.file_name, number, loaded.findings, replaced, covers)


def already_kept(entry: Entry) -> Finding:
    """The finding of a file that is in force already, as that entry."""
    day = entry.received.when.astimezone().date()
    values = {
        "who": entry.received.who,
        "date": Text(*(write_date(day, language) for language in Language)),
        "file": entry.received.file_name,
    }
    return Finding(Severity.FAIL, "already_kept", values=values)


def checksum_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksum_of_content(submission: Submission) -> str:
    """A table has no file: the same rows have the same checksum."""
    found = hashlib.sha256()
    of_kind = () if submission.kind in (Kind.ANNUAL, Kind.SURVEY) else (submission.rows,)
    for frame in (submission.figures, submission.respondents, submission.answers, *of_kind):
        found.update(frame.to_csv(index=False).encode())
    return found.hexdigest()


def _keep_with_file(path: Path, loaded: Loaded, received: Received) -> Receipt:
    """Keeps the file as it came, too; it is there before the archive says so."""
    if loaded.submission is not None and loaded.submission.kind is Kind.SURVEY:
        # The file of a survey holds names, addresses and unstruck texts, which were dropped when it
        # was read. A copy would keep all that was promised not to be kept; its checksum is enough
        # to know it again.
        return _keep(loaded, received)
    copy = _private_folder(settings().var / "uploads") / received.checksum
    is_new = not copy.exists()
    if is_new:
        _copy_privately(path, copy)
    is_kept = False
    try:
        receipt = _keep(loaded, received)
        is_kept = receipt.is_kept
    finally:
        if is_new and not is_kept:
            copy.unlink()
    return receipt


def _copy_privately(path: Path, target: Path) -> None:
    handle, half = tempfile.mkstemp(dir=target.parent)  # mode 0600
    with os.fdopen(handle, "wb") as file, path.open("rb") as source:
        shutil.copyfileobj(source, file)
    os.replace(half, target)


def _private_folder(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _now() -> datetime:
    return datetime.now(UTC)
