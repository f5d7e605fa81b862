"""Attacks the public's edition of the sample data with linear programs."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from yearbook import shelf
from yearbook.catalogue import Policy
from yearbook.database import connect
from yearbook.disclosure.public_counts import few, public_span, rounded
from yearbook.editions import Cell, Edition, Group, State, Table
from yearbook.publication.public import for_public

UNKNOWN = ""  # programme: of those who did not name one
NEARLY = 1e-6
EVERY = 6


@pytest.fixture(scope="module")
def members(sample_data: Path) -> Edition:
    edition = shelf.latest(connect(f"sqlite:///{sample_data}/shelf.sqlite"))
    assert edition is not None
    return edition


def test_no_count_of_one_to_four_follows_from_all_public_cells(members: Edition) -> None:
    """Each question with one answer, each survey: no range that holds a single whole number. Every
    sixth of the counts, for each takes two programs."""
    public, policy = for_public(members), members.catalogue.policy
    attacked = 0
    for indicator in public.indicators(source="survey"):
        if indicator.measure != "distribution":
            continue
        table = public.table(indicator.code)
        for survey in table.values_of("survey"):
            attack = _Attack(table.select(survey=survey), policy)
            cells = members.table(indicator.code).select(survey=survey).cells
            targets = [c for c in cells if _is_few(c, policy) and attack.covers(c)]
            for cell in targets[::EVERY]:
                low, high = attack.ends(cell)
                found = f"{indicator.code} {cell}: {low}–{high}"
                assert ceil(low - NEARLY) < floor(high + NEARLY), found
                attacked += 1
    assert attacked > 100


def _is_few(cell: Cell, policy: Policy) -> bool:
    return cell.is_shown and 0 < (cell.count or 0) < policy.public_interval_below


class _Attack:
    """Unknown: how many of each programme and school year chose each option."""

    def __init__(self, table: Table, policy: Policy) -> None:
        cells = [c for c in table.cells if c.state in (State.SHOWN, State.INTERVAL)]
        self.options = sorted({part for c in cells for part in c.option.split("+")})
        self.programmes = [UNKNOWN, *table.values_of("programme")]
        self.cohorts = sorted({year for c in table.cells for year in _years(c.group)})
        self.leaves = {
            (programme, cohort, option): place
            for place, (programme, cohort, option) in enumerate(self._leaves())
        }
        rows, self.low, self.high = [], [], []
        for cell in cells:
            span = few(policy) if cell.state is State.INTERVAL else _of_shown(cell.count, policy)
            for options, (low, high) in (
                (cell.option.split("+"), span),
                (self.options, _of_shown(cell.n, policy)),
            ):
                rows.append(self._row(cell.group, options))
                self.low.append(low)
                self.high.append(high)
        known = np.array(rows)
        self.within = csr_array(np.vstack([known, -known]))

    def _leaves(self) -> Iterator[tuple[str, int, str]]:
        for programme in self.programmes:
            for cohort in self.cohorts:
                yield from ((programme, cohort, option) for option in self.options)

    def covers(self, cell: Cell) -> bool:
        """Whether the count is one of those that the unknowns make up."""
        group, years = cell.group, _years(cell.group)
        is_known = cell.option in self.options and group.programme in self.programmes
        return is_known and bool(years) and set(years) <= set(self.cohorts) and not group.school

    def ends(self, cell: Cell) -> tuple[float, float]:
        row, found = self._row(cell.group, [cell.option]), []
        for sign in (1, -1):
            solved = linprog(
                sign * row,
                A_ub=self.within,
                b_ub=np.array([*self.high, *(-low for low in self.low)]),
                bounds=(0, None),
                method="highs",
            )
            found.append(np.inf if solved.status == 3 else solved.fun)
        return found[0], -found[1] if np.isfinite(found[1]) else np.inf

    def _row(self, group: Group, options: list[str]) -> np.ndarray:
        row = np.zeros(len(self.leaves))
        programmes = [group.programme] if group.programme else self.programmes
        for programme in programmes:
            for cohort in _years(group):
                for option in options:
                    row[self.leaves[programme, cohort, option]] = 1.0
        return row


def _years(group: Group) -> range:
    first, _, last = (group.cohort or group.block).partition("-")
    return range(int(first), int(last or first) + 1) if first.isdigit() else range(0)


def _of_shown(shown: int | None, policy: Policy) -> tuple[float, float]:
    """What a shown count may be: of those that are rounded to it, the least and the most."""
    fits = [one for one in range((shown or 0) + 3) if one == 0 or one >= few(policy)[1] + 1]
    spans = [public_span(one, policy) for one in fits if rounded(one, policy) == shown]
    return spans[0]
