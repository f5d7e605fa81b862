"""Publishes annual figures: a table for each indicator, and one of its changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from yearbook.catalogue import Catalogue
from yearbook.disclosure import annual_cells, hidden_annual_groups
from yearbook.editions import Table
from yearbook.measures import comparable_change, effective_figures, measure_annual
from yearbook.publication.audience import for_members

CHANGE = ".change"


def returned_by(figures: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Statistical year -> the schools that handed in a return of their own."""
    own = figures[~figures["carried"].astype(bool)]
    return {
        str(year): tuple(sorted(set(schools))) for year, schools in own.groupby("year")["school"]
    }


def annual_tables(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    returned: Mapping[str, tuple[str, ...]],
    report: Callable[[float, str], None],
) -> dict[str, Table]:
    """The table of each indicator that anyone returned; report(share done, indicator)."""
    if figures.empty:
        return {}
    indicators = [i for i in for_members(catalogue) if i.source == "annual"]
    effective = effective_figures(figures)
    hidden = hidden_annual_groups(indicators, effective, catalogue)
    tables: dict[str, Table] = {}
    for done, indicator in enumerate(indicators):
        report(done / len(indicators), indicator.code)
        if not set(indicator.questions) & set(effective.known):
            continue
        withheld = frozenset().union(
            *(hidden.get(code, frozenset()) for code in indicator.questions)
        )
        measured = measure_annual(indicator, effective, catalogue, returned)
        tables[indicator.code] = Table(indicator.code, annual_cells(measured, withheld))
        if not any(catalogue.questions[code].sensitive for code in indicator.questions):
            change = annual_cells(comparable_change(indicator, effective, catalogue), ())
            tables[indicator.code + CHANGE] = Table(indicator.code + CHANGE, change)
    return tables
