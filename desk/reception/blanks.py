"""Blank workbooks for the coming year, for one school, some of them or all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from desk import actions, markup
from desk.using import catalogue_in_use
from ui.visit import Visitor
from yearbook.language import Language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGUAGES = {Language.FI: "desk.blank.finnish", Language.SV: "desk.blank.swedish"}


def show(visitor: Visitor) -> None:
    st.html(markup.paragraph(visitor.word("desk.blank.lead"), "quiet"))
    this_year = date.today().year
    with st.container(horizontal=True, vertical_alignment="bottom"):
        year = st.selectbox(
            visitor.word("desk.blank.year"),
            list(range(this_year + 1, this_year - 4, -1)),
            index=1,
            key="blank-year",
            width=160,
        )
        language = st.segmented_control(
            visitor.word("desk.blank.language"),
            list(LANGUAGES),
            default=visitor.language if visitor.language in LANGUAGES else Language.FI,
            format_func=lambda one: visitor.word(LANGUAGES[one]),
            required=True,
            key="blank-language",
        )
    members = [s for s in catalogue_in_use().schools.values() if s.is_member(year)]
    names = {school.code: visitor.reads(school.name) for school in members}
    chosen = st.multiselect(
        visitor.word("desk.blank.schools"),
        sorted(names, key=names.__getitem__),
        format_func=lambda code: names.get(code, code),
        placeholder=visitor.word("filters.all_schools"),
        key="blank-schools",
    )
    _download(visitor, year, language, chosen or list(names))


def _download(visitor: Visitor, year: int, language: Language, schools: Sequence[str]) -> None:
    name = f"{visitor.word('desk.blank.file')}_{year}"
    with st.container(horizontal=True):
        if len(schools) > 1:
            st.download_button(
                visitor.word("desk.blank.each", count=len(schools)),
                data=partial(zipped, visitor, year, language, schools),
                file_name=f"{name}.zip",
                mime="application/zip",
                type="primary",
                on_click="ignore",
                key="blank-zip",
            )
        label = "desk.blank.together" if len(schools) > 1 else "desk.blank.one"
        st.download_button(
            visitor.word(label, count=len(schools)),
            data=partial(actions.blank_workbook, visitor, year, language, schools),
            file_name=f"{name}_{schools[0]}.xlsx" if len(schools) == 1 else f"{name}.xlsx",
            mime=XLSX,
            type="secondary" if len(schools) > 1 else "primary",
            on_click="ignore",
            key="blank-xlsx",
        )


def zipped(visitor: Visitor, year: int, language: Language, schools: Sequence[str]) -> bytes:
    """A workbook of its own for each school."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for school in schools:
            content = actions.blank_workbook(visitor, year, language, [school])
            archive.writestr(f"{school}_{year}.xlsx", content)
    return out.getvalue()
