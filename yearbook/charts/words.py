"""The words of charts and files: those that the edition froze, else those of today's catalogue.

An edition made before a word was added does not have it; its figures and labels stay as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from yearbook.catalogue import Catalogue, read
from yearbook.language import Text


def word_of(catalogue: Catalogue, key: str) -> Text:
    """A key that neither has is our own mistake (KeyError)."""
    frozen = catalogue.words.get(key)
    return frozen if frozen is not None else _of_today()[key]


def word_of_today(key: str) -> Text:
    """Of today's catalogue, for what no edition froze."""
    return _of_today()[key]


def lowered(name: str) -> str:
    """Inside a sentence; what has capitals further on, as "Länsi-Suomi", is the name of a place."""
    return name if name[1:] != name[1:].lower() else f"{name[:1].lower()}{name[1:]}"


@cache
def _of_today() -> Mapping[str, Text]:
    return {key: Text(**words) for key, words in read()["words"].items()}
