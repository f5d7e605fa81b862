"""Finds the breaks of a question or a figure that fall inside a chart: no line is joined over them.

A question's version is dated by the year of the survey. A survey with a lag asks one cohort, which
gives the border; without a lag it asks several, and its rounds say which.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yearbook.catalogue import Indicator, Version
from yearbook.charts.description import BreakLine
from yearbook.charts.material import Material, ends
from yearbook.editions import ALL_BLOCKS

BROKEN, RECODED = "broken", "recoded"
NEVER = 9999  # a border that no cohort has reached


def breaks_of(material: Material) -> tuple[BreakLine, ...]:
    """Breaks of the indicator and of its question, each before the first moment it touches."""
    found: dict[str, BreakLine] = {}
    for first, reason in _moments_after(material):
        found.setdefault(first, BreakLine(first, reason))
    return tuple(found[moment] for moment in material.moments if moment in found)


def breaks_between(
    material: Material, surveys: Sequence[str], moment: str
) -> tuple[BreakLine, ...]:
    """The surveys before which the question was broken, of those that asked the same graduates."""
    found: dict[str, BreakLine] = {}
    for one, other in zip(surveys, surveys[1:], strict=False):
        for year, reason in sorted(_years(material)):
            if _parted(material, (one, other), moment, year):
                found.setdefault(other, BreakLine(other, reason))
    return tuple(found.values())


def broken(material: Material) -> tuple[Version, ...]:
    versions = material.question.versions if material.question is not None else ()
    return tuple(v for v in versions if is_broken(v, material.indicator))


def is_broken(version: Version, indicator: Indicator) -> bool:
    """A recoding maps the choices to classes; by choices the two sides are not comparable."""
    return version.relation == BROKEN or (version.relation == RECODED and indicator.detailed)


def since_break(material: Material, survey: str) -> int | None:
    """The first cohort after the question's last break, 0 without one; None where no one knows."""
    years = [version.first for version in broken(material)]
    return border_of(material, survey, max(years)) if years else 0


def own_blocks(material: Material, survey: str) -> tuple[str, ...]:
    """The blocks of the indicator's question, oldest first, as its published groups have them; a
    table without single blocks and the frame go by the survey's regular ones."""
    if material.question is not None:
        for cut, cells in material.edition.table(material.indicator.code).by_cut.items():
            groups = {cell.group for cell in cells if "block" in cut}
            found = {group.block for group in groups if group.survey == survey} - {ALL_BLOCKS}
            if found:
                return tuple(sorted(found))
    return tuple(material.edition.blocks.get(survey, ()))


def border_of(material: Material, survey: str, year: int) -> int | None:
    """The first cohort that answered the survey since that year; None where that is not known."""
    lag = material.catalogue.surveys[survey].cohort_lag
    if lag is not None:
        return year - lag
    rounds = [found for found in material.edition.rounds if found.survey == survey]
    if not rounds:
        return None
    return min((r.first_cohort for r in rounds if r.survey_year >= year), default=NEVER)


def _parted(material: Material, surveys: tuple[str, str], moment: str, year: int) -> bool:
    """Whether the two surveys asked those graduates on different sides of the break, or may have.

    All blocks together begin after the last break, whatever the survey.
    """
    if moment == ALL_BLOCKS:
        return False
    borders = [border_of(material, survey, year) for survey in surveys]
    if None in borders:
        return ends(moment)[0] < year
    one, other = (ends(moment)[0] >= (border or 0) for border in borders)
    return one != other


def _moments_after(material: Material) -> Iterator[tuple[str, str]]:
    """The first moment on the new side of each break, with its reason, oldest first."""
    moments = [moment for moment in material.moments if moment != ALL_BLOCKS]
    for year, reason in sorted(_years(material)):
        for border in _borders(material, year):
            if border is None:
                yield from ((moment, reason) for moment in _all_doubtful(moments, year))
            else:
                yield from _first(moments, border, reason)


def _years(material: Material) -> list[tuple[int, str]]:
    declared = [material.catalogue.breaks[code] for code in material.indicator.breaks]
    changed = material.word("charts.question_changed")
    return [
        *((found.year, found.reason[material.language]) for found in declared),
        *((version.first, changed) for version in broken(material)),
    ]


def _borders(material: Material, year: int) -> list[int | None]:
    """One for each survey in the chart, sorted; no line of the chart is joined over any of them."""
    if material.time == "year":
        return [year]
    surveys = {cell.group.survey for cell in material.cells} - {""}
    borders = {border_of(material, survey, year) for survey in surveys}
    return sorted(borders, key=lambda border: (border is None, border or 0))


def _first(moments: Sequence[str], border: int, reason: str) -> Iterator[tuple[str, str]]:
    """Nothing where the chart has no moment on the other side."""
    later = [moment for moment in moments if ends(moment)[0] >= border]
    if later and len(later) < len(moments):
        yield later[0], reason


def _all_doubtful(moments: Sequence[str], year: int) -> Iterator[str]:
    """Who graduated before the break may have answered before or after it: joined to no one."""
    for one, other in zip(moments, moments[1:], strict=False):
        if ends(one)[0] < year:
            yield other
