"""Finds the breaks that fall inside the period of a chart."""

from __future__ import annotations

from yearbook.charts.description import BreakLine
from yearbook.charts.material import Material, ends
from yearbook.editions import ALL_BLOCKS


def breaks_of(material: Material) -> tuple[BreakLine, ...]:
    """Breaks of the indicator and of its question, each before the first moment it touches."""
    found: dict[str, BreakLine] = {}
    for year, reason in _years(material):
        first = _first_moment(material, year)
        if first is not None and first not in found:
            found[first] = BreakLine(first, reason)
    return tuple(found[moment] for moment in material.moments if moment in found)


def _years(material: Material) -> list[tuple[int, str]]:
    declared = [material.catalogue.breaks[code] for code in material.indicator.breaks]
    years = [(b.year, b.reason[material.language]) for b in declared]
    if material.question is not None:
        changed = material.word("charts.question_changed")
        years += [
            (version.first, changed)
            for version in material.question.versions
            if version.relation == "broken"
        ]
    return sorted(years)


def _first_moment(material: Material, year: int) -> str | None:
    """The first moment on the new side, None where the chart has no moment on the other side."""
    border = _border(material, year)
    if border is None:
        return None
    moments = [moment for moment in material.moments if moment != ALL_BLOCKS]
    later = [moment for moment in moments if ends(moment)[0] >= border]
    return later[0] if later and len(later) < len(moments) else None


def _border(material: Material, year: int) -> int | None:
    """A break is dated by the survey's year; the cohort it begins with is `cohort_lag` earlier.

    A survey without a lag asks several cohorts at once, so that its break has no place on the axis.
    """
    if material.time == "year":
        return year
    surveys = {cell.group.survey for cell in material.cells}
    lags = {material.catalogue.surveys[code].cohort_lag for code in surveys if code}
    if len(lags) != 1 or None in lags:
        return None
    lag = lags.pop()
    return None if lag is None else year - lag
