"""Asks the director for what a file does not tell: its survey, its year, its school."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from data_loaders.hints import Hints
from desk.reception.handed import Handed
from desk.using import catalogue_in_use
from office.uploads import Upload
from ui.visit import Visitor

FIRST_YEAR = 1990


def show(
    handed: Handed, visitor: Visitor, again: Callable[[Visitor, Sequence[Upload]], None]
) -> None:
    """The fields, and a button that checks the file again with what they say."""
    upload = handed.what
    assert isinstance(upload, Upload)
    with (
        st.form(key=f"hints-{handed.name}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        hints = ask(handed.hints, handed.hints_wanted, visitor, handed.name)
        if st.form_submit_button(visitor.word("desk.receive.check_again")):
            again(visitor, [replace(upload, hints=hints)])
            st.rerun()


def ask(hints: Hints, wanted: Sequence[str], visitor: Visitor, key: str) -> Hints:
    """The hints with what the fields say. wanted: survey, survey_year, year, school."""
    using = catalogue_in_use()
    if "survey" in wanted:
        surveys = {code: visitor.reads(one.name) for code, one in using.surveys.items()}
        hints = replace(hints, survey=_one_of("survey", surveys, visitor, key))
    if "survey_year" in wanted:
        hints = replace(hints, survey_year=_year("survey_year", visitor, key))
    if "year" in wanted:
        hints = replace(hints, year=_year("year", visitor, key))
    if "school" in wanted:
        schools = {code: visitor.reads(one.name) for code, one in using.schools.items()}
        hints = replace(hints, school=_one_of("school", schools, visitor, key))
    return hints


def years() -> list[int]:
    """From this year back."""
    return list(range(date.today().year + 1, FIRST_YEAR - 1, -1))


def _one_of(name: str, names: dict[str, str], visitor: Visitor, key: str) -> str:
    chosen = st.selectbox(
        visitor.word(f"desk.hint.{name}"),
        list(names),
        format_func=lambda code: names.get(code, code),
        index=None,
        placeholder=visitor.word("desk.hint.choose"),
        key=f"hint-{name}-{key}",
        width=280,
    )
    return chosen or ""


def _year(name: str, visitor: Visitor, key: str) -> int | None:
    return st.selectbox(
        visitor.word(f"desk.hint.{name}"),
        years(),
        index=None,
        placeholder=visitor.word("desk.hint.choose"),
        key=f"hint-{name}-{key}",
        width=160,
    )
