"""Shows the public money only as sums of enough members, none of which is given away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yearbook.catalogue import Catalogue
from yearbook.disclosure.public_counts import is_sum_safe, safe_parts
from yearbook.editions import Cell, Group, State, Table

WHOLE = ("year",)
RETURNED = (State.SHOWN, State.NOT_OFFERED, State.NOT_ASKED)
NEARLY = 1e-6


@dataclass(frozen=True)
class _Members:
    """What each school contributes to the sums of money of a table, and who is missing."""

    states: Mapping[tuple[str, str], Cell]  # school, year
    catalogue: Catalogue

    def of(self, group: Group) -> list[Cell]:
        """The cells of the schools in a group."""
        return [
            cell
            for (school, year), cell in self.states.items()
            if year == group.year and self._holds(group, school)
        ]

    def _holds(self, group: Group, school: str) -> bool:
        known = self.catalogue.schools.get(school)
        return known is not None and (
            group.school in ("", school)
            and group.region in ("", known.region)
            and group.maintainer_kind in ("", known.maintainer_kind)
        )


def public_money(shown: list[Cell], table: Table, catalogue: Catalogue) -> list[Cell]:
    """Sums of enough members, where all are in: a school that comes later would be the difference
    of two editions."""
    by_school = table.cut("school", "year").cells
    members = _Members({(c.group.school, c.group.year): c for c in by_school}, catalogue)
    told = {cell.group: _told(cell, members) for cell in shown}
    divisions: dict[tuple[str, tuple[str, ...]], list[Group]] = {}
    for group, cell in told.items():
        if cell.is_shown and group.cut != WHOLE:
            divisions.setdefault((group.year, group.cut), []).append(group)
    safe = {group for group, cell in told.items() if group.cut == WHOLE and _is_safe(cell, members)}
    for groups in divisions.values():
        parts = [(told[group].value or 0.0, _contributions(group, members)) for group in groups]
        kept = safe_parts(parts, catalogue.policy)
        safe |= {group for group, is_kept in zip(groups, kept, strict=True) if is_kept}
    return [
        Cell(cell.group, cell.option, State.WITHHELD)
        if cell.is_shown and cell.group not in safe
        else cell
        for cell in told.values()
    ]


def _told(cell: Cell, members: _Members) -> Cell:
    """The cell, or why it has no number yet; withheld where its contributions are not known."""
    if not cell.is_shown:
        return cell
    contributions = members.of(cell.group)
    absent = [c.state for c in contributions if c.state not in RETURNED]
    if absent:
        return Cell(cell.group, cell.option, min(absent))
    known = sum(c.value or 0.0 for c in contributions)
    agrees = abs(known - (cell.value or 0.0)) <= NEARLY * max(1.0, abs(known))
    return cell if agrees else Cell(cell.group, cell.option, State.WITHHELD)


def _is_safe(cell: Cell, members: _Members) -> bool:
    return is_sum_safe(_contributions(cell.group, members), members.catalogue.policy)


def _contributions(group: Group, members: _Members) -> list[float]:
    return [cell.value or 0.0 for cell in members.of(group) if cell.is_shown]
