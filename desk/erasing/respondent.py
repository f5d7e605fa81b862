"""Finds one respondent without showing what they answered, and erases them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from desk import actions, confirming, markup
from desk.confirming import Question
from desk.erasing import going
from office.erasing import NOBODY, Found, Round
from office.refusals import RefusedError
from office.uploads import Upload
from ui.visit import Visitor
from yearbook.language import write_date

_FOUND = "desk.erase.found"  # (round, how, whom)
EXAMPLE = date(2026, 5, 31)
Ask = Callable[[Round, Visitor], Callable[[], Found]]


def show(visitor: Visitor) -> None:
    st.html(markup.paragraph(visitor.word("desk.erase.respondent.lead"), "quiet"))
    of_round = going.choose_round(visitor, "erase-respondent-round")
    if of_round is None:
        return
    how = st.segmented_control(
        visitor.word("desk.erase.respondent.how"),
        list(HOW),
        default="number",
        format_func=lambda name: visitor.word(f"desk.erase.respondent.by_{name}"),
        required=True,
        key="erase-how",
    )
    with st.form(key=f"erase-by-{how}", border=False):
        find = HOW[how](of_round, visitor)
        pressed = st.form_submit_button(visitor.word("desk.erase.search"), type="primary")
    if pressed:
        _search(of_round, how, find, visitor)
    asked = st.session_state.get(_FOUND)
    if asked and asked[:2] == (of_round, how):
        _result(how, asked[2], visitor)


def _search(of_round: Round, how: str, find: Callable[[], Found], visitor: Visitor) -> None:
    st.session_state.pop(_FOUND, None)
    try:
        st.session_state[_FOUND] = (of_round, how, find())
    except RefusedError as error:
        st.html(markup.paragraph(visitor.reads(error.text), "told wrong", role="status"))


def _by_number(of_round: Round, visitor: Visitor) -> Callable[[], Found]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        own = st.text_input(
            visitor.word("desk.erase.respondent.number"),
            help=visitor.word("desk.erase.respondent.number_help"),
            max_chars=200,
            key="erase-number",
            width=320,
        )
        # Streamlit's own calendar speaks English only.
        day = st.text_input(
            visitor.word("desk.erase.respondent.day"),
            placeholder=write_date(EXAMPLE, visitor.language),
            help=visitor.word("desk.erase.respondent.day_help"),
            max_chars=20,
            key="erase-day",
            width=260,
        )
    return lambda: actions.find_by_number(visitor, of_round, own, day) if own.strip() else NOBODY


def _by_words(of_round: Round, visitor: Visitor) -> Callable[[], Found]:
    words = st.text_input(
        visitor.word("desk.erase.respondent.words"),
        help=visitor.word("desk.erase.respondent.words_help"),
        max_chars=200,
        key="erase-words",
        width=480,
    )
    return lambda: actions.find_by_words(visitor, of_round, words)


def _by_file(of_round: Round, visitor: Visitor) -> Callable[[], Found]:
    words = {"browse": visitor.word("desk.erase.respondent.browse"),
             "drop_limit": visitor.word("desk.erase.respondent.drop_limit")}  # fmt: skip
    markup.apply_words(**words)
    with st.container(key="uploader"):
        file = st.file_uploader(
            visitor.word("desk.erase.respondent.file"),
            type=["xlsx", "xlsm", "ods", "csv", "tsv", "txt"],
            help=visitor.word("desk.erase.respondent.file_help"),
            key="erase-file",
        )

    def find() -> Found:
        if file is None:
            return NOBODY
        return actions.find_by_file(visitor, of_round, Upload(file.name, file.getvalue()))

    return find


def _by_pseudonym(_of_round: Round, visitor: Visitor) -> Callable[[], Found]:
    pseudonym = st.text_input(
        visitor.word("desk.erase.respondent.pseudonym"),
        help=visitor.word("desk.erase.respondent.pseudonym_help"),
        max_chars=40,
        key="erase-pseudonym",
        width=380,
    )
    return lambda: actions.find_by_pseudonym(visitor, pseudonym)


HOW: dict[str, Ask] = {
    "number": _by_number,
    "words": _by_words,
    "file": _by_file,
    "pseudonym": _by_pseudonym,
}


def _result(how: str, found: Found, visitor: Visitor) -> None:
    held = actions.respondent_held(visitor, found) if found.people else None
    if held is None:
        said = "nobody_number" if how == "number" else "nobody"
        told = visitor.word(f"desk.erase.respondent.{said}")
        st.html(markup.paragraph(told, "said", role="status"))
        return
    if not found.may_go:
        told = visitor.word("desk.erase.respondent.too_many", count=found.people)
        st.html(markup.paragraph(told, "told wrong", role="status"))
        return
    said = "one" if found.people == 1 else "several"
    told = visitor.word(f"desk.erase.respondent.{said}", count=found.people)
    st.html(markup.paragraph(told, "counts", role="status"))
    going.tell(held, visitor, visitor.word("desk.erase.respondent.quotes"))
    if st.button(visitor.word("desk.erase.button"), key="erase-respondent"):
        values = {"rounds": going.name_rounds(held.rounds, visitor), "answers": held.answers}
        body = visitor.word("desk.erase.respondent.body", **values)
        question = Question(
            visitor.word("desk.erase.respondent.ask"),
            f"{body} {visitor.word('desk.erase.no_undo')}",
            visitor.word("desk.erase.confirm"),
            visitor.word("desk.erase.respondent.done"),
        )
        confirming.ask(visitor, question, _erase, found)


def _erase(visitor: Visitor, found: Found) -> None:
    st.session_state.pop(_FOUND, None)
    actions.erase_respondent(visitor, found)
