"""Finds the programme that a figure is about: qualification or education, as it is asked."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.catalogue import Catalogue, Programme

WHOLE_SCHOOL = ""
LEVELS = ("qualification", "education")


def programme_of(
    per: str, codes: Sequence[str], school: str, catalogue: Catalogue
) -> tuple[str | None, str]:
    """The programme of a figure asked per `per`, and which part of it the figure is ("" for all).

    None where the question is not asked of that programme. A competence area counts towards its
    qualification; a school that offers one programme of the kind need not name it.
    """
    if per not in LEVELS:
        return WHOLE_SCHOOL, ""
    named = [catalogue.programmes[code] for code in codes if code]
    if not named:
        offered = offered_by(school, per, catalogue)
        return (offered[0] if len(offered) == 1 else WHOLE_SCHOOL), ""
    for programme in named:
        if found := _of_kind(programme, per, school, catalogue):
            return found
    return None, ""


def offered_by(school: str, kind: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The programmes of a kind that a school offers, without those that only hold others."""
    of_kind = [c for c in catalogue.schools[school].offers if _kind(c, catalogue) == kind]
    parents = {catalogue.programmes[code].part_of for code in of_kind}
    return tuple(code for code in of_kind if code not in parents)


def _of_kind(
    programme: Programme, kind: str, school: str, catalogue: Catalogue
) -> tuple[str, str] | None:
    if programme.kind == kind:
        below = [
            code
            for code in offered_by(school, kind, catalogue)
            if catalogue.programmes[code].part_of == programme.code
        ]
        return (below[0] if len(below) == 1 else programme.code), ""
    part = programme.code
    above = programme.part_of
    while above is not None:
        if _kind(above, catalogue) == kind:
            return above, part
        above = catalogue.programmes[above].part_of
    return None


def _kind(code: str, catalogue: Catalogue) -> str:
    programme = catalogue.programmes.get(code)
    return programme.kind if programme else ""
