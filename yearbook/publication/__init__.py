"""Publishes: submissions and the catalogue in, complete editions out. The only way out of the
archive."""

from yearbook.publication.before import Before
from yearbook.publication.comparing import Change, changes
from yearbook.publication.public import for_public
from yearbook.publication.publishing import (
    Published,
    Report,
    Title,
    Work,
    publish,
    publish_all,
)
from yearbook.publication.unsafe import Unsafe, UnsafeError

__all__ = [
    "Before",
    "Change",
    "Published",
    "Report",
    "Title",
    "Unsafe",
    "UnsafeError",
    "Work",
    "changes",
    "for_public",
    "publish",
    "publish_all",
]
