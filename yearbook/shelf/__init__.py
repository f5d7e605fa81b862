"""Keeps the published editions, and points at the one that visitors see.

An edition is known by its name and its audience: beside the members' edition stand those of the
same name for others (the public, a school of its own). All are put on the shelf at once and never
change. The pointer names an edition, whoever looks; each of its moves is remembered.
"""

from yearbook.shelf.backs import (
    Move,
    Shelved,
    audiences,
    current,
    history,
    names,
    shelved,
)
from yearbook.shelf.opening import (
    DamagedEditionError,
    NotOnShelfError,
    editions_for,
    latest,
    open,
    verify,
)
from yearbook.shelf.putting import NameTakenError, point_at, put, put_all
from yearbook.shelf.tables import edition_tables, editions, metadata, moves

__all__ = [
    "DamagedEditionError",
    "Move",
    "NameTakenError",
    "NotOnShelfError",
    "Shelved",
    "audiences",
    "current",
    "edition_tables",
    "editions",
    "editions_for",
    "history",
    "latest",
    "metadata",
    "moves",
    "names",
    "open",
    "point_at",
    "put",
    "put_all",
    "shelved",
    "verify",
]
