"""Writes the notes that follow figures everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from yearbook.catalogue import Catalogue
from yearbook.editions import Note
from yearbook.publication.rounds import Given


def version_notes(catalogue: Catalogue) -> tuple[Note, ...]:
    """The note of every question's version goes with each indicator of the question."""
    return tuple(
        Note(version.note, indicator=indicator.code, year=str(version.first))
        for indicator in catalogue.indicators.values()
        for code in indicator.questions
        for version in catalogue.questions[code].versions
    )


def report_notes(given: Given) -> tuple[Note, ...]:
    """What is from a report and not from answers says so wherever it is shown."""
    return tuple(
        note
        for indicator in given.catalogue.indicators.values()
        for code in indicator.questions
        if code in given.tabulated
        for note in _of_indicator(indicator.code, code, given)
    )


def _of_indicator(indicator: str, question: str, given: Given) -> Iterator[Note]:
    rounds = given.tabulated[question].groupby(["survey", "survey_year"], sort=True)
    for (survey, _), rows in rounds:
        first, last = int(rows["first_cohort"].min()), int(rows["last_cohort"].max())
        key = "round.from_report" if first != last else "round.from_report_one"
        span = f"{first}–{last}" if first != last else f"{first}–{(first + 1) % 100:02}"
        text = given.catalogue.word(key).fill(span=span)
        yield Note(text, indicator=indicator, survey=str(survey), block=f"{first}-{last}")
