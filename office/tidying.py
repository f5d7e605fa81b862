"""Deletes what has been kept as long as it may be: uploads, and what a dead process left behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from office.databases import archive_engine, has_archive
from office.settings import settings
from office.using import catalogue_in_use
from yearbook import archive

SELF = "retention"  # nobody does it: the time is over
# A check of a file takes minutes at the most; what is older belongs to no process any more.
LEFT_BEHIND = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Tidied:
    """uploads: how many had been kept long enough; left_behind: files that nobody knew any more;
    is_clean: whether the bytes of all that was erased are gone."""

    uploads: int
    left_behind: int
    is_clean: bool


def tidy(now: datetime | None = None) -> Tidied:
    """Do it all; nothing where there is no archive."""
    if not has_archive():
        return Tidied(0, 0, is_clean=True)
    now = now or datetime.now(UTC)
    days = timedelta(days=catalogue_in_use().policy.upload_retention_days)
    received = _received()
    uploads = _files("uploads")
    old = [file for file in uploads if file.name in received and received[file.name] <= now - days]
    unknown = [file for file in uploads if file.name not in received]
    left = [file for file in (*unknown, *_files("incoming")) if _written(file) <= now - LEFT_BEHIND]
    for file in (*old, *left):
        file.unlink(missing_ok=True)
    if old:
        archive.record_uploads(archive_engine(), len(old), SELF, now)
    return Tidied(len(old), len(left), archive.clean(archive_engine(), now))


def _received() -> dict[str, datetime]:
    """Checksum -> when a file was handed in, for the last time where it was more than once."""
    entries = reversed(archive.history(archive_engine()))  # the oldest first
    return {entry.received.checksum: entry.received.when for entry in entries}


def _files(folder: str) -> list[Path]:
    return sorted(_in(settings().var / folder))


def _in(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if path.is_file())


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
