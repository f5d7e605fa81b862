"""Makes the ratios of the public's edition out of rounded sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yearbook.catalogue import Indicator, Policy
from yearbook.disclosure.public_counts import few, is_few, rounded
from yearbook.editions import Cell, Edition, Group, State, Table
from yearbook.publication.public_cells import MONEY, PERSONS, WEIGHTED, public_cells

Tables = Mapping[str, Table]
NONE: Tables = {}
NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class _Part:
    """A numerator or denominator, exact; the unit says how it is blurred."""

    value: float
    unit: str

    def is_few(self, policy: Policy) -> bool:
        return self.unit in (PERSONS, *WEIGHTED) and is_few(self.value, policy)

    def seen(self, policy: Policy) -> float:
        is_blurred = self.unit in (PERSONS, *WEIGHTED)
        return float(rounded(self.value, policy)) if is_blurred else self.value


@dataclass(frozen=True, slots=True)
class Parts:
    """The sums that make up a ratio, as members see them, by group."""

    above: dict[Group, _Part]
    below: dict[Group, _Part]


def parts_of(indicator: Indicator, edition: Edition, public: Tables = NONE) -> Parts | None:
    """None where the numerator or the denominator is not itself a sum that members see: without
    it nobody can say what the ratio would give away. Money is shown only as a sum.

    public: the sums that the public sees; what is withheld there is part of no ratio either.
    """
    sums = {i.questions: i for i in edition.indicators(source="annual") if i.measure == "sum"}
    above, below = sums.get(indicator.numerator), sums.get(indicator.denominator)
    if above is None or below is None or MONEY in (above.unit, below.unit):
        return None
    return Parts(_values(above, edition, public), _values(below, edition, public))


def public_ratio(table: Table, indicator: Indicator, parts: Parts, policy: Policy) -> Table:
    """Rounded sum by rounded sum, which tells no more than they do."""
    cells = [
        _ratio(cell, parts, indicator, policy) if cell.is_shown else cell
        for cell in public_cells(table, policy)
    ]
    return Table(table.indicator, tuple(cells))


def _values(indicator: Indicator, edition: Edition, public: Tables) -> dict[Group, _Part]:
    seen = public.get(indicator.code, Table(indicator.code, ()))
    hidden = {cell.group for cell in seen.cells if cell.state is State.WITHHELD}
    return {
        cell.group: _Part(cell.value, indicator.unit)
        for cell in edition.table(indicator.code).cells
        if cell.is_shown and cell.value is not None and cell.group not in hidden
    }


def _ratio(cell: Cell, parts: Parts, indicator: Indicator, policy: Policy) -> Cell:
    above, below = parts.above.get(cell.group), parts.below.get(cell.group)
    withheld = Cell(cell.group, cell.option, State.WITHHELD)
    if above is None or below is None or below.is_few(policy) or not below.value:
        return withheld
    digits = 2 if indicator.unit == "share" else indicator.decimals
    if above.is_few(policy):
        if above.unit in WEIGHTED:
            return withheld
        low, high = (indicator.scale * end / below.seen(policy) for end in few(policy))
        return Cell(cell.group, cell.option, State.INTERVAL, low=low, high=high, n=cell.n)
    exact = indicator.scale * above.value / below.value
    seen = indicator.scale * above.seen(policy) / below.seen(policy)
    # Where a school told only one of the two, the ratio is of other schools than the sums.
    is_of_both = abs(exact - (cell.value or 0.0)) <= NEARLY * max(1.0, abs(exact))
    value = seen if is_of_both else cell.value or 0.0
    return Cell(cell.group, cell.option, value=round(value, digits), n=cell.n)
