"""Keeps what was handed in, with who, when and from which file, in a private database.

A newer submission takes the place of an older one for what both cover: a school's year, or a
round of a survey. The older one stays in history, and comes back when the newer is withdrawn.
"""

from yearbook.archive.additions import (
    Addition,
    Decided,
    additions,
    answered_options,
    decide,
    decisions,
)
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
from yearbook.archive.open_answers import OPEN_ANSWER_COLUMNS, open_answers, open_counts
from yearbook.archive.quotes import (
    NoSuchQuoteError,
    Released,
    quotes,
    release_quote,
    withdraw_quote,
)
from yearbook.archive.tables import metadata

__all__ = [
    "OPEN_ANSWER_COLUMNS",
    "Addition",
    "AlreadyKeptError",
    "Decided",
    "Entry",
    "NoSuchQuoteError",
    "NotInArchiveError",
    "Received",
    "Released",
    "additions",
    "annual",
    "answered_options",
    "decide",
    "decisions",
    "fingerprint",
    "frames",
    "history",
    "keep",
    "metadata",
    "open_answers",
    "open_counts",
    "quotes",
    "release_quote",
    "secret",
    "surveys",
    "tabulated",
    "withdraw",
    "withdraw_quote",
]
