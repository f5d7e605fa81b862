"""Picks the published cells of one chart out of a table; nothing is ever added up here."""

from __future__ import annotations

from collections.abc import Collection

from yearbook.editions import Group, Table

EVERYONE = ("",)
TIMES = ("year", "cohort", "block")


def pick(table: Table, **wanted: Collection[str]) -> Table:
    """Cells whose group is, in every dimension, one of those wanted; taken whole where none is named.

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


def programmes_of(table: Table) -> tuple[str, ...]:
    """The programmes that the table can be narrowed to; "" (all together) first."""
    return ("", *table.values_of("programme"))


def has_figures(table: Table) -> bool:
    return any(cell.is_shown for cell in table.cells)
