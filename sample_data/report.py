"""Writes an invented survey of long ago as a report has it: shares with n, and no answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl import Workbook

from sample_data.annual import MARK

EVERYONE = "Kaikki oppilaitokset"
Cell = str | int | None
Person = tuple[str, Sequence[str | None]]  # school, and what was answered to each question


@dataclass(frozen=True)
class Asked:
    """A question with its options as they read on the form, and the place of its answers."""

    theme: str
    heading: str
    options: Sequence[str]
    place: int


def write(
    path: Path, titles: tuple[str, str], asked: Sequence[Asked], people: Sequence[Person]
) -> Path:
    """A sheet for each theme; a row for each school and one for all, options beside each other.

    titles: that of the tables, and the school years of graduation that they are about.
    """
    title, span = titles
    book = Workbook(write_only=True)
    for theme in dict.fromkeys(one.theme for one in asked):
        own = [_chosen_of(one, people) for one in asked if one.theme == theme]
        sheet = book.create_sheet(theme)
        for row in ([MARK], [title], [], *_headings(own)):
            sheet.append(row)
        schools = sorted({school for school, _ in people})
        for school in (*schools, EVERYONE):
            of_school = [given for own_school, given in people if school in (own_school, EVERYONE)]
            cells = (cell for one in own for cell in _shares(one, of_school))
            sheet.append([school, span, *cells])
    book.save(path)
    return path


def _chosen_of(one: Asked, people: Sequence[Person]) -> Asked:
    """Without the options that nobody chose: those of later forms."""
    given = {answers[one.place] for _, answers in people} - {None}
    chosen = {option for answer in given if answer for option in answer.split(";")}
    return replace(one, options=[option for option in one.options if option in chosen])


def _headings(asked: Sequence[Asked]) -> tuple[list[Cell], list[Cell]]:
    """Two rows: a question over its options, and n after them."""
    upper: list[Cell] = [None, None]
    lower: list[Cell] = ["Oppilaitos", "Valmistumislukuvuodet"]
    for one in asked:
        upper += [one.heading, *[None] * len(one.options)]
        lower += [*one.options, "n"]
    return upper, lower


def _shares(one: Asked, people: Sequence[Sequence[str | None]]) -> Iterator[Cell]:
    """Whole per cents of those who answered, and how many these are."""
    answered = [given for answers in people if (given := answers[one.place]) is not None]
    chosen = Counter(option for given in answered for option in given.split(";"))
    n = len(answered)
    for option in one.options:
        yield round(100 * chosen[option] / n) if n else None
    yield n
