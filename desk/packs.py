"""Kokouspaketit: for each school a file with its figures beside the members', all in one go."""

from __future__ import annotations

import streamlit as st

import press
from desk import actions, markup, working
from desk.opening import opens
from desk.using import catalogue_in_use
from office import packs
from office.packs import KINDS, PPTX, RESPONSE, Packs, Wanted
from ui.visit import Visitor
from yearbook.language import Language, write_number

ORDER = 35
ICON = None
TITLE = "desk.packs.title"
URL_PATH = "kokouspaketit"

WORK = "desk.making_packs"
_MADE = "desk.packs"
OWN = ""
LANGUAGES = {
    OWN: "desk.packs.own_language",
    Language.FI.value: "desk.packs.finnish",
    Language.SV.value: "desk.packs.swedish",
    Language.EN.value: "desk.packs.english",
}
MEGABYTE = 1_000_000


def show(visitor: Visitor) -> None:
    if not opens(visitor, "packs"):
        return
    if working.is_under_way(WORK):
        st.html(markup.paragraph(visitor.word("desk.packs.takes"), "quiet"))
        working.follow(visitor, WORK, lambda made: _take(visitor, made))
        return
    made: Packs | None = st.session_state.get(_MADE)
    if made is not None:
        _hand_over(made, visitor)
    elif not packs.newest():
        st.html(markup.paragraph(visitor.word("desk.packs.nothing"), "said"))
    else:
        _choose(visitor)


def _choose(visitor: Visitor) -> None:
    edition = packs.newest()
    names = _names(visitor, actions.schools_of_packs(visitor, edition))
    st.html(markup.paragraph(f"{visitor.word('desk.packs.edition')}: {edition}", "counts"))
    chosen = st.multiselect(
        visitor.word("desk.packs.schools"),
        list(names),
        format_func=lambda code: names.get(code, code),
        placeholder=visitor.word("all.school"),
        key="packs-schools",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            visitor.word("desk.packs.format"),
            KINDS if press.is_there() else (PPTX,),
            default=PPTX,
            format_func=lambda one: visitor.word(f"desk.packs.{one}"),
            required=True,
            key="packs-format",
        )
        language = st.segmented_control(
            visitor.word("desk.packs.language"),
            list(LANGUAGES),
            default=OWN,
            format_func=lambda one: visitor.word(LANGUAGES[one]),
            required=True,
            key="packs-language",
        )
    if not press.is_there():
        st.html(markup.paragraph(visitor.word("press.no_browser"), "quiet"))
    schools = tuple(chosen) or tuple(names)
    wanted = Wanted(edition, schools, kind, Language(language) if language else None)
    label = visitor.word("desk.packs.make", count=len(schools))
    if st.button(label, type="primary", key="make-packs"):
        working.begin(visitor, WORK, actions.make_packs, wanted)
        st.rerun()
    _holds(visitor)


def _names(visitor: Visitor, codes: tuple[str, ...]) -> dict[str, str]:
    schools = catalogue_in_use().schools
    named = {code: visitor.reads(schools[code].name) if code in schools else code for code in codes}
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))


def _holds(visitor: Visitor) -> None:
    """What is in a pack, in its order."""
    st.html(markup.heading(visitor.word("desk.packs.holds")))
    indicators, said = catalogue_in_use().indicators, []
    for one in packs.figures():
        shows = visitor.word(f"desk.packs.shows.{one.shows}")
        if one.shows == RESPONSE:
            said.append(shows)
        elif one.indicator in indicators:
            said.append(f"{visitor.reads(indicators[one.indicator].label)}: {shows}")
    st.html(markup.points(said))


def _take(visitor: Visitor, made: object) -> None:
    assert isinstance(made, Packs)
    st.session_state[_MADE] = actions.packs_made(visitor, made)


def _hand_over(made: Packs, visitor: Visitor) -> None:
    word = "desk.packs.done" if len(made.schools) > 1 else "desk.packs.done_one"
    told = visitor.word(word, count=len(made.schools), name=made.edition)
    st.html(markup.paragraph(told, "told done", role="status"))
    st.html(markup.paragraph(visitor.word("desk.packs.send"), "said"))
    size = write_number(len(made.content) / MEGABYTE, 1, visitor.language)
    with st.container(horizontal=True):
        st.download_button(
            visitor.word("desk.packs.download", size=size),
            data=made.content,
            file_name=f"{visitor.word('packs.file')}_{made.edition}_{made.kind}.zip",
            mime="application/zip",
            type="primary",
            on_click="ignore",
            key="packs-zip",
        )
        st.button(visitor.word("desk.packs.again"), key="packs-again", on_click=_drop)


def _drop() -> None:
    st.session_state.pop(_MADE, None)
