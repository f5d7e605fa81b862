"""The three databases, as what is saved and brought back: which tables are whose."""

from __future__ import annotations

from dataclasses import dataclass

from access import tables as accounts
from office.refusals import refusal
from office.settings import settings
from yearbook import archive, shelf
from yearbook.database import Engine, connect

# What lives for hours at the most. A backup holds none of it: brought back, a session that was
# ended would go on, and a link that was used could be used again.
SHORT_LIVED = frozenset({"sessions", "links", "attempts"})
TABLES = {
    "shelf": frozenset(shelf.metadata.tables),
    "archive": frozenset(archive.metadata.tables),
    "accounts": frozenset(accounts.metadata.tables),
}


@dataclass(frozen=True, slots=True)
class Room:
    """A database by what it holds: shelf, archive or accounts."""

    name: str
    address: str

    @property
    def version_table(self) -> str:
        return f"{self.name}_version"

    @property
    def others(self) -> frozenset[str]:
        """Tables of the other rooms, should they be in the same database."""
        strangers = [name for name in TABLES if name != self.name]
        versions = {f"{name}_version" for name in strangers}
        return frozenset().union(versions, *(TABLES[name] for name in strangers))

    @property
    def not_saved(self) -> frozenset[str]:
        return self.others | {self.version_table} | (SHORT_LIVED & TABLES[self.name])

    def engine(self) -> Engine:
        return connect(self.address)


def rooms() -> tuple[Room, ...]:
    """In the order in which they are looked at. The archive knows of an edition before it is on the
    shelf, and the record of a deed after it was done: so nothing that is saved lacks its ground."""
    chosen = settings()
    if chosen.archive_url is None:
        raise refusal("no_archive")
    return (
        Room("shelf", chosen.shelf_url),
        Room("archive", chosen.archive_url),
        Room("accounts", chosen.accounts_url),
    )
