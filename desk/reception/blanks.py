"""Blank workbooks: of a year for schools to fill in, of a survey round for whom it asked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Literal

import streamlit as st

from data_loaders.frame_template import Asked
from desk import actions, markup
from desk.using import catalogue_in_use
from ui.visit import Visitor
from yearbook.language import Language, write_school_year

# The school years of graduation that a wide round may ask, counted back from its own year.
EARLIEST_COHORT = 15
USUAL_COHORTS = (6, 2)
# How many years ago a round may have been of which the invited are only now written down.
OLDEST_ROUND = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGUAGES = {Language.FI: "desk.blank.finnish", Language.SV: "desk.blank.swedish"}


def show(visitor: Visitor) -> None:
    st.html(markup.heading(visitor.word("desk.blank.return_title")))
    _returns(visitor)
    st.html(markup.heading(visitor.word("desk.blank.frame_title")))
    _frames(visitor)


def _returns(visitor: Visitor) -> None:
    st.html(markup.paragraph(visitor.word("desk.blank.lead"), "quiet"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        year = _year(visitor.word("desk.blank.year"), "blank-year")
        language = _language(visitor, "blank-language")
    members = [s for s in catalogue_in_use().schools.values() if s.is_member(year)]
    names = {school.code: visitor.reads(school.name) for school in members}
    chosen = st.multiselect(
        visitor.word("desk.blank.schools"),
        sorted(names, key=names.__getitem__),
        format_func=lambda code: names.get(code, code),
        placeholder=visitor.word("all.school"),
        key="blank-schools",
    )
    _download(visitor, year, language, chosen or list(names))


def _download(visitor: Visitor, year: int, language: Language, schools: Sequence[str]) -> None:
    name = f"{visitor.word('desk.blank.file')}_{year}"
    if len(schools) == 1:
        only = schools[0]
        _button(visitor.word("desk.blank.one"), f"{name}_{only}.xlsx", "primary",
                lambda: actions.blank_workbooks(visitor, year, language, [only])[only])  # fmt: skip
        return
    with st.container(horizontal=True):
        each = visitor.word("desk.blank.each", count=len(schools))
        _button(each, f"{name}.zip", "primary", partial(zipped, visitor, year, language, schools))
        joint = partial(actions.joint_workbook, visitor, year, language, schools)
        _button(visitor.word("desk.blank.together"), f"{name}.xlsx", "secondary", joint)


def _frames(visitor: Visitor) -> None:
    """The sheet on which is written whom a round of a survey asked."""
    st.html(markup.paragraph(visitor.word("desk.blank.frame_lead"), "quiet"))
    surveys = sorted(catalogue_in_use().surveys.values(), key=lambda survey: survey.order)
    names = {survey.code: visitor.reads(survey.name) for survey in surveys}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        survey = st.selectbox(
            visitor.word("desk.blank.survey"),
            list(names),
            format_func=lambda code: names.get(code, code),
            key="blank-survey",
            width=280,
        )
        label = visitor.word("desk.blank.survey_year")
        year = _year(label, "blank-survey-year", OLDEST_ROUND)
        language = _language(visitor, "blank-frame-language")
    if survey is None:
        return
    chooses = catalogue_in_use().surveys[survey].cohort_lag is None
    asked = Asked(survey, year, _cohorts(visitor, year) if chooses else ())
    name = f"{visitor.word('desk.blank.frame_file')}_{_plain(names[survey])}_{year}.xlsx"
    make = partial(actions.blank_frame, visitor, asked, language)
    _button(visitor.word("desk.blank.frame"), name, "primary", make, "blank-frame")


def _cohorts(visitor: Visitor, year: int) -> tuple[int, ...]:
    """Of a survey whose rounds choose the school years of graduation that they ask."""
    first, last = st.select_slider(
        visitor.word("desk.blank.cohorts"),
        list(range(year - EARLIEST_COHORT, year)),
        value=(year - USUAL_COHORTS[0], year - USUAL_COHORTS[1]),
        format_func=write_school_year,
        key=f"blank-cohorts-{year}",
        width=560,
    )
    return tuple(range(first, last + 1))


def _plain(name: str) -> str:
    """ "Laaja seurantakysely" -> "laaja_seurantakysely", as the name of a file."""
    return "_".join(name.lower().split())


def _year(label: str, key: str, years_back: int = 3) -> int:
    this_year = date.today().year
    years = list(range(this_year + 1, this_year - years_back - 1, -1))
    return st.selectbox(label, years, index=1, key=key, width=160)


def _language(visitor: Visitor, key: str) -> Language:
    return st.segmented_control(
        visitor.word("desk.blank.language"),
        list(LANGUAGES),
        default=visitor.language if visitor.language in LANGUAGES else Language.FI,
        format_func=lambda one: visitor.word(LANGUAGES[one]),
        required=True,
        key=key,
    )


def _button(
    label: str,
    file_name: str,
    kind: Literal["primary", "secondary"],
    make: Callable[[], bytes],
    key: str = "blank",
) -> None:
    """The file is made when it is asked for."""
    st.download_button(
        label,
        data=make,
        file_name=file_name,
        mime="application/zip" if file_name.endswith(".zip") else XLSX,
        type=kind,
        on_click="ignore",
        key=f"{key}-{file_name.rpartition('.')[2]}",
    )


def zipped(visitor: Visitor, year: int, language: Language, schools: Sequence[str]) -> bytes:
    """A workbook of its own for each school."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for school, content in actions.blank_workbooks(visitor, year, language, schools).items():
            archive.writestr(f"{school}_{year}.xlsx", content)
    return out.getvalue()
