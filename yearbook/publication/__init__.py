"""Publishes: submissions and the catalogue in, one complete edition out. The only way out of the
archive."""

from yearbook.publication.annual import CHANGE
from yearbook.publication.comparing import Change, changes
from yearbook.publication.publishing import Report, Title, publish

__all__ = ["CHANGE", "Change", "Report", "Title", "changes", "publish"]
