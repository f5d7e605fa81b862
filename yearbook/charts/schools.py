"""Which schools are behind a figure, and which are missing from it."""

from __future__ import annotations

from yearbook.catalogue import School
from yearbook.charts.material import Material
from yearbook.editions import Cell, Group, State

MISSING = (State.NO_ANSWER, State.NOT_RETURNED)
BEHIND = (State.SHOWN, State.INTERVAL, State.WITHHELD)


def expected(material: Material, year: str, group: Group) -> tuple[School, ...]:
    """The schools that a figure of the group should hold in that year.

    A school that has never had the figure is not expected: not every school has a dance
    department. Without cells by school, all members of that year are expected.
    """
    cells = _school_cells(material, group)
    if not cells:
        members = material.catalogue.schools.values()
        return tuple(s for s in members if s.is_member(int(year)) and _belongs(s, group))
    known = {cell.group.school for cell in cells if cell.state in BEHIND}
    asked = [c.group.school for c in cells if c.group.year == year and c.group.school in known]
    return _in_order(material, asked)


def missing(material: Material, year: str, group: Group) -> tuple[School, ...]:
    """Those of the expected that are not in the figure."""
    cells = _school_cells(material, group)
    if not cells:
        returned = material.edition.returned.get(year, ())
        return tuple(s for s in expected(material, year, group) if s.code not in returned)
    absent = {c.group.school for c in cells if c.group.year == year and c.state in MISSING}
    return tuple(school for school in expected(material, year, group) if school.code in absent)


def is_partial(material: Material, group: Group, moment: str) -> bool:
    """A figure of several schools, of which one is missing."""
    if material.time != "year" or group.school or not moment:
        return False
    return bool(missing(material, moment, group))


def _school_cells(material: Material, group: Group) -> list[Cell]:
    """The edition's cells of the group's schools; of its programme where it has one."""
    table = material.edition.table(material.indicator.code)
    cut = ("school", "programme", "year") if group.programme else ("school", "year")
    schools = material.catalogue.schools
    return [
        cell
        for cell in table.by_cut.get(cut, ())
        if cell.group.programme == group.programme and _belongs(schools[cell.group.school], group)
    ]


def _belongs(school: School, group: Group) -> bool:
    return (
        group.school in ("", school.code)
        and group.region in ("", school.region)
        and group.maintainer_kind in ("", school.maintainer_kind)
    )


def _in_order(material: Material, codes: list[str]) -> tuple[School, ...]:
    return tuple(s for code, s in material.catalogue.schools.items() if code in set(codes))
