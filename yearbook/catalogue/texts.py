"""Takes a value that an entry must have, or says which file and key lacks it."""

from __future__ import annotations

from typing import Any

from yearbook.catalogue.entries import CatalogueError, Content
from yearbook.language import Text


def text(entry: Content, key: str, where: str, default: Text | None = None) -> Text:
    value = entry.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, dict) or any(
        not value.get(language) for language in ("fi", "sv", "en")
    ):
        raise CatalogueError(f"{where}: {key} must have fi, sv and en")
    return Text(value["fi"], value["sv"], value["en"])


def need(entry: Content, key: str, where: str) -> Any:
    if key not in entry:
        raise CatalogueError(f"{where}: {key} is missing")
    return entry[key]
