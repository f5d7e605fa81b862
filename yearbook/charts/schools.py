"""Which schools are behind a figure, and which are missing from it."""

from __future__ import annotations

from yearbook.catalogue import School
from yearbook.charts.material import Material
from yearbook.editions import Group


def expected(material: Material, year: str, group: Group | None = None) -> tuple[School, ...]:
    """The members of that year that a figure of the group should hold."""
    return tuple(
        school
        for school in material.catalogue.schools.values()
        if school.is_member(int(year)) and (group is None or _belongs(school, group))
    )


def missing(material: Material, year: str, group: Group | None = None) -> tuple[School, ...]:
    """Members of that year whose return has not come."""
    returned = material.edition.returned.get(year, ())
    return tuple(s for s in expected(material, year, group) if s.code not in returned)


def is_partial(material: Material, group: Group, moment: str) -> bool:
    """A figure of several schools, of which one has not returned its figures."""
    if material.time != "year" or group.school or moment not in material.edition.returned:
        return False
    return bool(missing(material, moment, group))


def _belongs(school: School, group: Group) -> bool:
    return (
        group.school in ("", school.code)
        and group.region in ("", school.region)
        and group.maintainer_kind in ("", school.maintainer_kind)
        and (not group.programme or group.programme in school.offers)
    )
