"""Keeps what was handed in, with who, when and from which file, in a private database.

A newer submission takes the place of an older one for what both cover: a school's year, or a
round of a survey. The older one stays in history, and comes back when the newer is withdrawn.
"""

from yearbook.archive.additions import Addition, additions, decide
from yearbook.archive.combining import annual, frames, surveys, tabulated
from yearbook.archive.entries import (
    AlreadyKeptError,
    Entry,
    NotInArchiveError,
    Received,
    fingerprint,
    history,
)
from yearbook.archive.keeping import keep, secret, withdraw
from yearbook.archive.tables import metadata

__all__ = [
    "Addition",
    "AlreadyKeptError",
    "Entry",
    "NotInArchiveError",
    "Received",
    "additions",
    "annual",
    "decide",
    "fingerprint",
    "frames",
    "history",
    "keep",
    "metadata",
    "secret",
    "surveys",
    "tabulated",
    "withdraw",
]
