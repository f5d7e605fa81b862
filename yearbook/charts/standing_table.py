"""The table of who answered: those asked, those who answered, their rate, and how they differ."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.description import Column, Entry, Twin
from yearbook.charts.marks import WITHOUT_NUMBER, rounded
from yearbook.charts.material import Material
from yearbook.charts.standing_words import verdict
from yearbook.charts.standings import Standing, decimals_of
from yearbook.editions import State
from yearbook.language import write_number, write_share

COLUMNS = (
    ("invited", "number"),
    ("answered", "number"),
    ("rate", "share"),
    ("of_invited", "share"),
    ("of_answered", "share"),
    ("difference", "number"),
    ("reading", "text"),
)
SHARES = ("of_invited", "of_answered", "difference")


def table(material: Material, found: Sequence[Standing], dimension: str) -> Twin:
    """A row for every group."""
    decimals = decimals_of(material, found)
    columns = [Column(dimension, "text")]
    for key, kind in COLUMNS:
        name = material.word(f"charts.representation.{key}")
        columns.append(Column(name, kind, decimals if key in SHARES else 0))
    return Twin(tuple(columns), tuple(_row(material, standing, decimals) for standing in found))


def _row(material: Material, standing: Standing, decimals: int) -> tuple[Entry, ...]:
    name = Entry(material.group_name(standing.group))
    answered = _count(material, standing.answered)
    said = Entry(verdict(material, standing))
    invited, share, difference = standing.invited, standing.of_answered, standing.difference
    if not invited or share is None or standing.of_invited is None or difference is None:
        asked = Entry(material.word("charts.column.unknown"), None, State.NO_ANSWER)
        unknown = Entry(WITHOUT_NUMBER, None, State.NO_ANSWER)
        return (name, asked, answered, unknown, unknown, unknown, unknown, said)
    return (
        name,
        _count(material, invited),
        answered,
        _percent(material, standing.answered / invited, 0),
        _percent(material, standing.of_invited, decimals),
        _percent(material, share.value, decimals),
        _points(material, 100 * difference, decimals),
        said,
    )


def _count(material: Material, persons: int) -> Entry:
    return Entry(write_number(persons, 0, material.language), float(persons))


def _percent(material: Material, share: float, decimals: int) -> Entry:
    written = write_share(share, decimals, material.language)
    return Entry(written, rounded(100 * share, decimals))


def _points(material: Material, difference: float, decimals: int) -> Entry:
    number = rounded(difference, decimals)
    written = write_number(number, decimals, material.language)
    return Entry(f"+{written}" if number > 0 else written, number)
