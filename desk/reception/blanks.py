"""Blank workbooks for the coming year, for one school, some of them or all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Literal

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


def _button(
    label: str, file_name: str, kind: Literal["primary", "secondary"], make: Callable[[], bytes]
) -> None:
    """The file is made when it is asked for."""
    st.download_button(
        label,
        data=make,
        file_name=file_name,
        mime="application/zip" if file_name.endswith(".zip") else XLSX,
        type=kind,
        on_click="ignore",
        key=f"blank-{file_name.rpartition('.')[2]}",
    )


def zipped(visitor: Visitor, year: int, language: Language, schools: Sequence[str]) -> bytes:
    """A workbook of its own for each school."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for school, content in actions.blank_workbooks(visitor, year, language, schools).items():
            archive.writestr(f"{school}_{year}.xlsx", content)
    return out.getvalue()
