"""Finds the remarks that an edition binds to figures, and says which of them a chart needs."""

from __future__ import annotations

from yearbook.catalogue import Version
from yearbook.charts.material import Material, ends
from yearbook.charts.series_breaks import border_of, own_blocks, since_break
from yearbook.editions import ALL_BLOCKS, Group, Note

SAME = "same"


def bound_notes(material: Material) -> list[str]:
    """Those about this figure, these schools, these graduates or these years."""
    return [
        remark.text[material.language]
        for remark in material.edition.notes
        if remark.indicator in ("", material.indicator.code) and _is_here(material, remark)
    ]


def _is_here(material: Material, remark: Note) -> bool:
    version = _version(material, remark)
    if version is not None:
        return _is_told(material, version)
    is_ours = not remark.school or any(g.school == remark.school for g in material.groups)
    return is_ours and _is_asked(material, remark) and _is_within(material, remark.year)


def _version(material: Material, remark: Note) -> Version | None:
    """The version of the question that the remark is about."""
    versions = material.question.versions if material.question is not None else ()
    found = (v for v in versions if v.note == remark.text and str(v.first) == remark.year)
    return next(found, None)


def _is_told(material: Material, version: Version) -> bool:
    """A changed question is told of where answers to its earlier self are in the chart; a change
    that makes no difference is not."""
    if version.relation == SAME:
        return False
    groups = {cell.group for cell in material.cells}
    return any(_answered_before(material, group, version.first) for group in groups)


def _answered_before(material: Material, group: Group, year: int) -> bool:
    """Whether some of the group answered before that year of the survey, or may have."""
    border = border_of(material, group.survey, year)
    first = _first_cohort(material, group)
    return border is None or first is None or first < border


def _first_cohort(material: Material, group: Group) -> int | None:
    """The earliest graduates of a group; "all blocks" begins after the question's last break."""
    if group.block != ALL_BLOCKS:
        return ends(group.cohort or group.block)[0]
    since = since_break(material, group.survey) or 0
    starts = [ends(block)[0] for block in own_blocks(material, group.survey)]
    return min((start for start in starts if start >= since), default=None)


def _is_asked(material: Material, remark: Note) -> bool:
    """A remark about a survey, or about some of its graduates, follows figures that hold them."""
    groups = {cell.group for cell in material.cells if remark.survey in ("", cell.group.survey)}
    if not remark.block:
        return bool(groups)
    return any(_overlaps(group, *ends(remark.block)) for group in groups)


def _overlaps(group: Group, first: int, last: int) -> bool:
    moment = group.cohort or group.block
    if not moment or moment == ALL_BLOCKS:
        return True
    start, end = ends(moment)
    return start <= last and first <= end


def _is_within(material: Material, year: str) -> bool:
    """A remark about a year follows charts that reach over it; of surveys, all."""
    if not year or material.time != "year" or not material.moments:
        return True
    return int(material.moments[0]) <= int(year) <= int(material.moments[-1])
