"""Publishes annual figures: a table for each indicator, and one of its changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from yearbook.catalogue import Catalogue, Indicator
from yearbook.disclosure import AnnualProtection, annual_cells, protect_annual
from yearbook.editions import CHANGE, Cell, Edition, Group, Table
from yearbook.measures import Measured, comparable_change, effective_figures, measure_annual
from yearbook.publication.audience import for_members


def returned_by(figures: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Statistical year -> the schools that handed in a return of their own."""
    own = figures[~figures["carried"].astype(bool)]
    return {
        str(year): tuple(sorted(set(schools))) for year, schools in own.groupby("year")["school"]
    }


def annual_tables(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    report: Callable[[float, str], None],
    before: Sequence[Edition] = (),
) -> tuple[dict[str, Table], Mapping[str, object]]:
    """The table of each indicator that anyone returned, and what was withheld; report(share done,
    indicator). before: the members' editions so far, oldest first."""
    if figures.empty:
        return {}, {}
    indicators = [i for i in for_members(catalogue) if i.source == "annual"]
    effective, returned = effective_figures(figures), returned_by(figures)
    protection = protect_annual(indicators, effective, catalogue, before)
    tables: dict[str, Table] = {}
    for done, indicator in enumerate(indicators):
        report(done / len(indicators), indicator.code)
        if not set(indicator.questions) & set(effective.known):
            continue
        measured = measure_annual(indicator, effective, catalogue, returned)
        tables[indicator.code] = _protected(indicator, measured, protection, before)
        if not any(catalogue.questions[code].sensitive for code in indicator.questions):
            change = annual_cells(comparable_change(indicator, effective, catalogue), ())
            tables[indicator.code + CHANGE] = Table(indicator.code + CHANGE, change)
    return tables, protection.report


def _protected(
    indicator: Indicator,
    measured: Sequence[Measured],
    protection: AnnualProtection,
    before: Sequence[Edition],
) -> Table:
    """With what stays as the newest edition showed it."""
    hidden = _of_questions(protection.hidden, indicator)
    kept = _of_questions(protection.kept, indicator)
    cells = annual_cells(measured, hidden)
    if not kept:
        return Table(indicator.code, cells)
    then = before[-1].table(indicator.code)
    return Table(
        indicator.code, tuple(_as_it_was(c, then) if c.group in kept else c for c in cells)
    )


def _of_questions(groups: Mapping[str, frozenset[Group]], indicator: Indicator) -> frozenset[Group]:
    return frozenset[Group]().union(*(groups.get(code, ()) for code in indicator.questions))


def _as_it_was(cell: Cell, then: Table) -> Cell:
    was = then.one(cell.group, cell.option)
    return was if was is not None and was.is_shown else cell
