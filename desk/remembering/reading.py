"""Reads the record for the desk; each time the session is asked first whether this is a keeper."""

from __future__ import annotations

import hashlib

from access import record
from access.record import Entry, Sought
from desk.authority import for_keeper
from desk.recording import Noted, recorded
from desk.remembering import writing
from office.databases import accounts_engine
from ui.visit import Visitor

MOST_WRITTEN = 100_000
MOST_CHECKED = 1000  # on a page that is drawn anew at every click


def _written(content: bytes, _wanted: Sought) -> Noted:
    """To read the record outside is to take names out of it, which is recorded as well."""
    return Noted("record_exported", "record.csv", hashlib.sha256(content).hexdigest())


@for_keeper
def found(_visitor: Visitor, wanted: Sought, limit: int) -> tuple[Entry, ...]:
    """The newest first."""
    return record.found(accounts_engine(), wanted, limit)


@for_keeper
@recorded(_written)
def as_csv(visitor: Visitor, wanted: Sought) -> bytes:
    entries = record.found(accounts_engine(), wanted, MOST_WRITTEN)
    return writing.as_csv(entries, visitor)


@for_keeper
def broken(_visitor: Visitor) -> tuple[int, ...]:
    """Of the newest entries those that somebody has changed, or taken others away from between;
    of all `manage.py check-server` tells."""
    return record.broken(accounts_engine(), newest=MOST_CHECKED)
