"""Which schools are behind a figure, and which are missing from it."""

from __future__ import annotations

from dataclasses import replace

from yearbook.catalogue import School
from yearbook.charts.material import Material
from yearbook.editions import Group, State

MISSING = (State.NO_ANSWER, State.NOT_RETURNED)
BEHIND = (State.SHOWN, State.INTERVAL, State.WITHHELD)


def expected(material: Material, year: str, group: Group) -> tuple[School, ...]:
    """The schools that a figure of the group should hold in that year.

    A school that has never had the figure is not expected: not every school has a dance
    department. Without cells by school, all members of that year are expected.
    """
    schools = [s for s in material.catalogue.schools.values() if _belongs(s, group)]
    states = material.school_states.get(group.programme)
    if states is None:
        return tuple(school for school in schools if school.is_member(int(year)))
    known = {code for of in states.values() for code, state in of.items() if state in BEHIND}
    asked = states.get(year, {})
    return tuple(s for s in schools if s.code in asked and s.code in known)


def missing(material: Material, year: str, group: Group) -> tuple[School, ...]:
    """Those of the expected that are not in the figure."""
    states = material.school_states.get(group.programme)
    if states is None:
        returned = material.edition.returned.get(year, ())
        return tuple(s for s in expected(material, year, group) if s.code not in returned)
    absent = {code for code, state in states.get(year, {}).items() if state in MISSING}
    if not absent:
        return ()
    return tuple(school for school in expected(material, year, group) if school.code in absent)


def is_partial(material: Material, group: Group, moment: str) -> bool:
    """A figure of several schools, of which one is missing."""
    if material.time != "year" or group.school or not moment:
        return False
    return bool(missing(material, moment, group))


def _belongs(school: School, group: Group) -> bool:
    return (
        group.school in ("", school.code)
        and group.region in ("", school.region)
        and group.maintainer_kind in ("", school.maintainer_kind)
    )


def newest_year(material: Material) -> str:
    return material.moments[-1] if material.time == "year" and material.moments else ""


def whole_of(material: Material) -> Group | None:
    """The group that holds all the schools of the chart; None where it is about single schools."""
    groups = material.groups
    for group in groups:
        if material.is_everyone(group):
            return group
    if len(groups) == 1 or not set(material.varying) - {"programme", "survey"}:
        return None if not groups or groups[0].school else _of_all_programmes(material, groups[0])
    return Group(programme=groups[0].programme if "programme" not in material.varying else "")


def _of_all_programmes(material: Material, group: Group) -> Group:
    return replace(group, programme="") if "programme" in material.varying else group
