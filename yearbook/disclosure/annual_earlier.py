"""Reads from earlier editions what they told of a sensitive annual question, and how it has changed
since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from yearbook.catalogue import Catalogue, Indicator
from yearbook.disclosure.annual_audit import Cut
from yearbook.disclosure.annual_facts import Leaves, Year
from yearbook.editions import Cell, Edition, Group, State

COUNTED = 0.05  # a share times its whole is a count of persons, but for rounding
OF_NO_KIND = {"region": "", "maintainer_kind": ""}
KNOWN_THEN = (State.SHOWN, State.WITHHELD)


@dataclass(frozen=True)
class Earlier:
    """What earlier editions told of one question in one year.

    sums: by cut, the leaves whose sum was told and is still the same; changes: for each edition and
    indicator how many persons more each group has now than it told of; shown: the groups that the
    newest edition shows.
    """

    sums: Mapping[Cut, Sequence[Leaves]]
    changes: Sequence[Mapping[Group, tuple[Leaves, int]]]
    shown: frozenset[Group]

    def may_change(self, threshold: int) -> bool:
        """Whether every difference to what was told is none, or is about enough persons: of each
        group, and of what remains of it beside its parts of one cut."""
        return all(
            not difference or abs(difference) >= threshold
            for changed in self.changes
            for difference in _differences(changed)
        )


def earlier_of(
    year: Year, told: Mapping[str, Mapping[Group, Leaves]], before: Sequence[Edition]
) -> Earlier:
    """told: indicator -> the leaves that each group's figure is the sum of, now.

    Schools that returned later are no change: a sum told without them is known as such. A figure
    that a later edition repeats is told once, of the schools of the first.
    """
    sums: dict[Cut, list[Leaves]] = defaultdict(list)
    changes: list[dict[Group, tuple[Leaves, int]]] = []
    for code, groups in told.items():
        as_it_was: dict[Group, Cell] = {}
        for edition in before:
            changed: dict[Group, tuple[Leaves, int]] = {}
            then = _schools_then(edition, code, year.year)
            for cell in _cells(edition, code, year):
                if as_it_was.get(cell.group) == cell:
                    continue
                as_it_was[cell.group] = cell
                leaves = frozenset(p for p in groups.get(cell.group, ()) if p[0] in then)
                indicator = edition.catalogue.indicators[code]
                persons = _persons(cell, indicator, edition, then)
                if indicator.denominator:
                    share = (cell.value or 0.0) / indicator.scale
                    persons.append(share * year.whole_of(indicator, leaves))
                difference = _difference(year.count(leaves), persons)
                if difference is None:
                    continue
                changed[cell.group] = leaves, difference
                if not difference:
                    sums[cell.group.cut].append(leaves)
            changes.append(changed)
    return Earlier(sums, changes, _shown(year, told, before[-1:]))


def _shown(year: Year, indicators: Iterable[str], newest: Sequence[Edition]) -> frozenset[Group]:
    return frozenset(
        cell.group
        for edition in newest
        for code in indicators
        for cell in _cells(edition, code, year)
    )


def _cells(edition: Edition, code: str, year: Year) -> Iterator[Cell]:
    """The figures about the question that an edition shows of the year."""
    indicator = edition.catalogue.indicators.get(code)
    if indicator is not None and year.question in indicator.questions:
        for cell in edition.table(code).cells:
            if cell.is_shown and cell.value is not None and cell.group.year == year.year:
                yield cell


def _schools_then(edition: Edition, code: str, year: str) -> set[str]:
    """Whose figure was known: shown by itself or withheld; else who had handed in a return."""
    cells = edition.table(code).by_cut.get(("school", "year"))
    if cells is None:
        return set(edition.returned.get(year, ()))
    return {c.group.school for c in cells if c.group.year == year and c.state in KNOWN_THEN}


def _persons(cell: Cell, indicator: Indicator, edition: Edition, then: set[str]) -> list[float]:
    """The persons that a figure told of: as they are, or as a share of a whole that the edition
    tells too: of the same schools, or added up from those whose figure was known."""
    value = cell.value or 0.0
    if indicator.measure != "ratio":
        return [value]
    found: list[float] = []
    for one in edition.catalogue.indicators.values():
        if (one.question,) == indicator.denominator:
            table = edition.table(one.code)
            whole = table.one(cell.group)
            if whole is not None and whole.value is not None and whole.n == cell.n:
                found.append(whole.value)
            schools = _schools_in(cell.group, then, edition.catalogue)
            parts = (table.one(replace(cell.group, **OF_NO_KIND, school=code)) for code in schools)
            found.append(sum(part.value or 0.0 for part in parts if part is not None))
    return [value / indicator.scale * whole for whole in found]


def _schools_in(group: Group, codes: Iterable[str], using: Catalogue) -> list[str]:
    wanted = (group.school, group.region, group.maintainer_kind)
    schools = [using.schools[code] for code in sorted(codes) if code in using.schools]
    return [
        one.code
        for one in schools
        for own in [(one.code, one.region, one.maintainer_kind)]
        if all(code in ("", value) for code, value in zip(wanted, own, strict=True))
    ]


def _difference(now: int, possible: Sequence[float]) -> int | None:
    """Persons now less those told of; None where nobody can tell from the edition how many."""
    if any(abs(now - persons) < COUNTED for persons in possible):
        return 0
    whole = [round(one) for one in possible if abs(one - round(one)) < COUNTED]
    return now - whole[0] if whole else None


def _differences(changed: Mapping[Group, tuple[Leaves, int]]) -> Iterator[int]:
    if not any(difference for _, difference in changed.values()):
        return
    for leaves, difference in changed.values():
        yield difference
        of_parts: dict[Cut, int] = defaultdict(int)
        for part, (inside, change) in changed.items():
            if inside < leaves:
                of_parts[part.cut] += change
        yield from (difference - change for change in of_parts.values())
