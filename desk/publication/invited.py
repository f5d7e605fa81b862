"""Says of which survey rounds an edition does not know how many were invited, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import streamlit as st

from desk import markup
from office.publishing import Draft
from ui import naming
from ui.visit import Visitor
from yearbook.editions import FRAME, INVITED, Edition, Group, Round
from yearbook.language import write_number


def show(draft: Draft, visitor: Visitor) -> None:
    st.html("".join(markup.paragraph(told) for told in sentences(draft.edition, visitor)))


def sentences(edition: Edition, visitor: Visitor) -> list[str]:
    """Rounds without a frame, then those that lack some schools, then what cannot be."""
    unknown = [one for one in edition.rounds if one.invited is None]
    in_part = {one: lacking for one in unknown if (lacking := _lacking(one, edition))}
    without = [one for one in unknown if not _is_framed(one, edition)]
    told = []
    if without:
        told.append(visitor.word("desk.invited.none", rounds=_named(without, edition, visitor)))
    for one, schools in in_part.items():
        names = ", ".join(sorted(_school(code, edition, visitor) for code in schools))
        named = _named([one], edition, visitor)
        told.append(visitor.word("desk.invited.part", round=named, schools=names))
    told += [_over(one, edition, visitor) for one in _exceeded(edition)]
    return told or [
        visitor.word("desk.invited.all" if edition.rounds else "desk.invited.no_rounds")
    ]


def _schools(one: Round, edition: Edition) -> Iterator[tuple[str, str, bool]]:
    """School, cohort, and whether the number invited is known, of all with graduates in it."""
    for group, cells in edition.table(FRAME).by_group.items():
        if group == Group(survey=one.survey, school=group.school, cohort=group.cohort) and (
            group.school and one.first_cohort <= int(group.cohort or 0) <= one.last_cohort
        ):
            known = any(cell.option == INVITED and cell.value is not None for cell in cells)
            yield group.school, group.cohort, known


def _is_framed(one: Round, edition: Edition) -> bool:
    """Whether anything is known of whom it asked."""
    over = {(found["survey"], found["cohort"]) for found in _exceeded(edition)}
    cohorts = range(one.first_cohort, one.last_cohort + 1)
    is_over = any((one.survey, cohort) in over for cohort in cohorts)
    return is_over or any(known for *_, known in _schools(one, edition))


def _lacking(one: Round, edition: Edition) -> list[str]:
    """Schools without a number in a round of which others have one."""
    if not _is_framed(one, edition):
        return []
    over = {(f["survey"], f["school"], str(f["cohort"])) for f in _exceeded(edition)}
    found = (
        school
        for school, cohort, known in _schools(one, edition)
        if not known and (one.survey, school, cohort) not in over
    )
    return list(dict.fromkeys(found))


def _exceeded(edition: Edition) -> Sequence[dict[str, Any]]:
    """Schools of which more answered than were invited, as the publication reports them."""
    found = edition.report.get("frames", ())
    return found if isinstance(found, list) else ()


def _over(found: dict[str, Any], edition: Edition, visitor: Visitor) -> str:
    return visitor.word(
        "desk.invited.over",
        survey=visitor.reads(edition.catalogue.surveys[found["survey"]].name),
        cohort=naming.cohort_name(str(found["cohort"])),
        school=_school(found["school"], edition, visitor),
        answered=write_number(found["answered"], 0, visitor.language),
        invited=write_number(found["invited"], 0, visitor.language),
    )


def _named(rounds: Sequence[Round], edition: Edition, visitor: Visitor) -> str:
    """ "Peruskysely 2012, 2013; Laaja seurantakysely 2017"."""
    years: dict[str, list[str]] = {}
    for one in rounds:
        years.setdefault(one.survey, []).append(str(one.survey_year))
    surveys = edition.catalogue.surveys
    return "; ".join(
        f"{visitor.reads(surveys[code].name)} {', '.join(dict.fromkeys(found))}"
        for code, found in years.items()
    )


def _school(code: str, edition: Edition, visitor: Visitor) -> str:
    return visitor.reads(edition.catalogue.schools[code].short)
