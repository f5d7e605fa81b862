"""Picks the published cells of one chart out of a table; nothing is ever added up here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from yearbook.catalogue import Indicator
from yearbook.editions import ALL_BLOCKS, Edition, Group, State, Table

WITH_FIGURE = {State.SHOWN, State.INTERVAL}


def pick(table: Table, **wanted: Collection[str]) -> Table:
    """Cells whose group is one of those wanted in every dimension; taken whole where none is named.

    pick(table, year=years, school=("", "kuopio")): all schools and Kuopio, by year. Surveys are
    told apart by survey=…; where it is not named, all of them are taken.
    """
    named = {name: frozenset(values) for name, values in wanted.items()}
    cells = (cell for cut in _cuts(table, named) for cell in table.by_cut[cut])
    return replace(table, cells=tuple(cell for cell in cells if _is_wanted(cell.group, named)))


def _cuts(table: Table, named: Mapping[str, frozenset[str]]) -> list[tuple[str, ...]]:
    """The cross-tables in which such groups are, in the published order."""
    fixed = {name for name, values in named.items() if "" not in values} - {"survey"}
    either = {name for name, values in named.items() if len(values) > 1 and "" in values}
    return [cut for cut in table.by_cut if fixed <= set(cut) <= fixed | either | {"survey"}]


def _is_wanted(group: Group, named: Mapping[str, frozenset[str]]) -> bool:
    return all(getattr(group, name) in values for name, values in named.items())


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
    return any(cell.state in WITH_FIGURE for cell in table.cells)


def is_withheld(table: Table) -> bool:
    """Nothing of it is shown, and some of it to protect respondents."""
    states = {cell.state for cell in table.cells}
    return State.WITHHELD in states and not states & WITH_FIGURE


def moments_with_figures(table: Table) -> set[str]:
    """The school years, or spans of them, of which the table has a figure."""
    return {cell.group.cohort or cell.group.block for cell in table.cells if cell.is_shown}


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
    """The figures of a theme; with "", the first few of every theme. What shows a question in more
    detail is reached from its plain figure."""
    figures = [i for i in edition.indicators(source=source) if not i.detailed]
    if theme:
        return [indicator for indicator in figures if indicator.theme == theme]
    taken: dict[str, list[Indicator]] = {}
    for indicator in figures:
        taken.setdefault(indicator.theme, []).append(indicator)
    return [indicator for found in taken.values() for indicator in found[:of_each]]
