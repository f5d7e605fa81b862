"""Says which cross-tables members and each school may see, and divides tables among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from yearbook.catalogue import Catalogue, Indicator
from yearbook.editions import Table

OWN_SCHOOL = "own_school"


def for_schools(catalogue: Catalogue) -> list[Indicator]:
    """The indicators with all their cuts, and the extra levels of the policy: what members see, and
    what each school sees of itself."""
    return [_with_extras(one, catalogue) for one in catalogue.indicators.values()]


def for_members(catalogue: Catalogue) -> list[Indicator]:
    """The indicators as members may see them: what only the own school may see is shown to all
    members for all schools together."""
    return [_of_members(one) for one in for_schools(catalogue)]


def members_tables(tables: Mapping[str, Table], catalogue: Catalogue) -> dict[str, Table]:
    """What all members may see of the tables."""
    found: dict[str, Table] = {}
    for code, table in tables.items():
        is_own = catalogue.indicators[code].audience == OWN_SCHOOL
        found[code] = table.where(lambda cell: not cell.group.school) if is_own else table
    return found


def own_tables(tables: Mapping[str, Table], catalogue: Catalogue) -> dict[str, dict[str, Table]]:
    """School -> what that school alone may see of the tables."""
    found: dict[str, dict[str, Table]] = {}
    for code, table in tables.items():
        if catalogue.indicators[code].audience != OWN_SCHOOL:
            continue
        for school in table.values_of("school"):
            own = tuple(cell for cell in table.cells if cell.group.school == school)
            found.setdefault(school, {})[code] = Table(code, own)
    return found


def _with_extras(indicator: Indicator, catalogue: Catalogue) -> Indicator:
    extras = catalogue.policy.extras if indicator.extras else ()
    return replace(indicator, by=(*indicator.by, *extras))


def _of_members(indicator: Indicator) -> Indicator:
    if indicator.audience != OWN_SCHOOL:
        return indicator
    return replace(indicator, by=tuple(cut for cut in indicator.by if "school" not in cut))
