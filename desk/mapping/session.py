"""The drafts of this visit: what was decided about each file and is not kept yet."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import streamlit as st

from data_loaders.examination import Examination
from desk import working
from desk.actions import examine
from desk.reception import handed
from desk.reception.handed import Handed
from office.draft import Draft
from office.uploads import Upload
from ui.visit import Visitor

WORK = "desk.examining"
_DRAFTS = "desk.mapping.drafts"
_OPEN = "desk.mapping.open"
_ASKED = "desk.mapping.asked"


def mappable() -> dict[str, Handed]:
    """The files in hand whose columns can be mapped: uploads that are not kept yet, by name."""
    return {
        one.name: one
        for one in handed.all_handed()
        if isinstance(one.what, Upload) and one.kept_as is None
    }


def begin(visitor: Visitor, name: str) -> None:
    """Read the file's columns in the background; what was decided of them before stays."""
    st.session_state[_OPEN] = name
    st.session_state[_ASKED] = name
    working.begin(visitor, WORK, examine, mappable()[name].what)


def take(result: object) -> None:
    """The columns of the file that was asked for."""
    name = st.session_state.pop(_ASKED, "")
    drafts = dict(st.session_state.get(_DRAFTS, {}))
    examination = cast(Examination, result)
    known = drafts.get(name)
    drafts[name] = replace(known, examination=examination) if known else Draft(examination)
    st.session_state[_DRAFTS] = drafts


def open_file() -> str:
    """The name of the file that is looked at; "" where there is none."""
    names = mappable()
    asked = str(st.session_state.get(_OPEN, ""))
    return asked if asked in names else next(iter(names), "")


def open_other(name: str) -> None:
    st.session_state[_OPEN] = name


def draft_of(name: str) -> Draft | None:
    found: Draft | None = st.session_state.get(_DRAFTS, {}).get(name)
    return found


def put(name: str, draft: Draft) -> None:
    st.session_state[_DRAFTS] = {**st.session_state.get(_DRAFTS, {}), name: draft}


def forget(name: str) -> None:
    """The decisions were kept or thrown away."""
    drafts = dict(st.session_state.get(_DRAFTS, {}))
    drafts.pop(name, None)
    st.session_state[_DRAFTS] = drafts
