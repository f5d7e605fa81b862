"""Picks the published cells of one chart out of a table; nothing is ever added up here."""

from __future__ import annotations

from collections.abc import Collection

from yearbook.catalogue import Indicator
from yearbook.editions import ALL_BLOCKS, Edition, Group, Table


def pick(table: Table, **wanted: Collection[str]) -> Table:
    """Cells whose group is one of those wanted in every dimension; taken whole where none is named.

    pick(table, year=years, school=("", "kuopio")): all schools and Kuopio, by year.
    """
    named = {name: frozenset(values) for name, values in wanted.items()}
    others = [name for name in Group.__dataclass_fields__ if name not in named and name != "survey"]

    def is_wanted(group: Group) -> bool:
        return all(getattr(group, name) in values for name, values in named.items()) and not any(
            getattr(group, name) for name in others
        )

    groups = {group for group in table.by_group if is_wanted(group)}
    return table.where(lambda cell: cell.group in groups)


def each(table: Table, dimension: str, **wanted: Collection[str]) -> Table:
    """The same for every single value of one dimension, as all schools beside one another."""
    return pick(table, **{dimension: table.values_of(dimension)}, **wanted)


def spans(table: Table) -> tuple[str, ...]:
    """The closed spans of school years, oldest first, without all of them pooled."""
    return tuple(block for block in table.values_of("block") if block != ALL_BLOCKS)


def programmes_of(table: Table) -> tuple[str, ...]:
    """The programmes that the table can be narrowed to; "" (all together) first."""
    return ("", *table.values_of("programme"))


def has_figures(table: Table) -> bool:
    return any(cell.is_shown for cell in table.cells)


def of_first_survey(edition: Edition, table: Table, wanted: str = "") -> Table:
    """Only one survey's cells: the wanted one, else the first in order that has a figure.

    Two surveys ask at different times after graduation, and are never one series.
    """
    order = {code: survey.order for code, survey in edition.catalogue.surveys.items()}
    found = sorted(table.values_of("survey"), key=lambda code: order.get(code, 0))
    for code in [wanted] if wanted in found else found:
        cells = table.select(survey=code)
        if has_figures(cells):
            return cells
    return table.select(survey=found[0]) if found else table


def foremost(edition: Edition, source: str, theme: str, of_each: int) -> list[Indicator]:
    """The figures of a theme; with "", the first few of every theme."""
    if theme:
        return list(edition.indicators(theme=theme, source=source))
    taken: dict[str, list[Indicator]] = {}
    for indicator in edition.indicators(source=source):
        taken.setdefault(indicator.theme, []).append(indicator)
    return [indicator for found in taken.values() for indicator in found[:of_each]]
