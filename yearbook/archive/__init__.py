"""Keeps what was handed in, with who, when and from which file, in a private database.

A newer submission takes the place of an older one for what both cover: a school's year, or a
round of a survey. The older one stays in history, and comes back when the newer is withdrawn.
Only what is erased is gone for good.
"""

from yearbook.archive.additions import (
    Addition,
    Decided,
    additions,
    answered_options,
    decide,
    decisions,
)
from yearbook.archive.cleaning import clean, is_clean
from yearbook.archive.combining import annual, frames, surveys, tabulated
from yearbook.archive.entries import (
    AlreadyKeptError,
    Entry,
    NotInArchiveError,
    Received,
    fingerprint,
    history,
)
from yearbook.archive.erasing import (
    Erased,
    NothingToEraseError,
    erase_respondent,
    erase_round,
    respondent_held,
    round_held,
)
from yearbook.archive.keeping import keep, secret, withdraw
from yearbook.archive.mentions import (
    Mention,
    NoSuchMentionError,
    Written,
    erase_mention,
    mentions,
    pseudonyms,
    written,
)
from yearbook.archive.open_answers import OPEN_ANSWER_COLUMNS, open_answers, open_counts
from yearbook.archive.quotes import (
    NoSuchQuoteError,
    Released,
    quotes,
    release_quote,
    withdraw_quote,
)
from yearbook.archive.releasing import (
    ERASED_COLUMNS,
    Before,
    OtherAnswersError,
    before,
    release,
    release_older,
)
from yearbook.archive.removing import Removed, record_uploads, removals
from yearbook.archive.tables import metadata
from yearbook.archive.telling import Held, held_of

__all__ = [
    "ERASED_COLUMNS",
    "OPEN_ANSWER_COLUMNS",
    "Addition",
    "AlreadyKeptError",
    "Before",
    "Decided",
    "Entry",
    "Erased",
    "Held",
    "Mention",
    "NoSuchMentionError",
    "NoSuchQuoteError",
    "NotInArchiveError",
    "NothingToEraseError",
    "OtherAnswersError",
    "Received",
    "Released",
    "Removed",
    "Written",
    "additions",
    "annual",
    "answered_options",
    "before",
    "clean",
    "decide",
    "decisions",
    "erase_mention",
    "erase_respondent",
    "erase_round",
    "fingerprint",
    "frames",
    "held_of",
    "history",
    "is_clean",
    "keep",
    "mentions",
    "metadata",
    "open_answers",
    "open_counts",
    "pseudonyms",
    "quotes",
    "record_uploads",
    "release",
    "release_older",
    "release_quote",
    "removals",
    "respondent_held",
    "round_held",
    "secret",
    "surveys",
    "tabulated",
    "withdraw",
    "withdraw_quote",
    "written",
]
