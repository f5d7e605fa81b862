"""Writes the notes that follow figures everywhere."""

from __future__ import annotations

from yearbook.catalogue import Catalogue
from yearbook.editions import Note


def version_notes(catalogue: Catalogue) -> tuple[Note, ...]:
    """The note of every question's version goes with each indicator of the question."""
    return tuple(
        Note(version.note, indicator=indicator.code, year=str(version.first))
        for indicator in catalogue.indicators.values()
        for code in indicator.questions
        for version in catalogue.questions[code].versions
    )
