"""Says who has not handed in, of the newest years and of the newest survey rounds."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from desk import markup
from office.publishing import Draft
from ui.visit import Visitor

NEWEST_YEARS = 3


def show(draft: Draft, visitor: Visitor) -> None:
    st.html("".join(markup.paragraph(sentence) for sentence in sentences(draft, visitor)))


def sentences(draft: Draft, visitor: Visitor) -> list[str]:
    told = []
    for year, codes in list(draft.missing_schools.items())[-NEWEST_YEARS:][::-1]:
        key = "desk.missing.year" if codes else "desk.missing.year_none"
        told.append(visitor.word(key, year=year, schools=_named(codes, draft, visitor)))
    surveys = draft.edition.catalogue.surveys
    for survey, codes in draft.missing_answers.items():
        key = "desk.missing.survey" if codes else "desk.missing.survey_none"
        name = visitor.reads(surveys[survey].name)
        told.append(visitor.word(key, survey=name, schools=_named(codes, draft, visitor)))
    return told


def _named(codes: Sequence[str], draft: Draft, visitor: Visitor) -> str:
    schools = draft.edition.catalogue.schools
    return ", ".join(sorted(visitor.reads(schools[code].short) for code in codes))
