"""The catalogue that the office works by: the files, with what the director added laid over."""

from __future__ import annotations

from office.databases import archive_engine, has_archive
from office.settings import settings
from yearbook import archive, catalogue
from yearbook.catalogue import Catalogue, Content


def content_in_use() -> Content:
    """Plain content, as it would be exported. Raises CatalogueError."""
    shipped = catalogue.read(settings().catalogue)
    if not has_archive():
        return shipped
    return catalogue.laid_over(shipped, archive.additions(archive_engine()))


def catalogue_in_use() -> Catalogue:
    """Raises CatalogueError where files or additions do not fit together."""
    return catalogue.build(content_in_use())
