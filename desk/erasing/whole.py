"""Erases a whole round of a survey, when its year has been written to confirm it."""

from __future__ import annotations

import streamlit as st

from desk import actions, confirming, markup
from desk.confirming import Question
from desk.erasing import going
from office.erasing import Round
from ui.visit import Visitor
from yearbook.archive import Erased


def show(visitor: Visitor) -> None:
    st.html(markup.paragraph(visitor.word("desk.erase.whole.lead"), "quiet"))
    of_round = going.choose_round(visitor, "erase-round")
    held = actions.round_held(visitor, of_round) if of_round else None
    if of_round is None or held is None:
        return
    going.tell(held, visitor, visitor.word("desk.erase.whole.stays"))
    year = str(of_round[1])
    with st.form(key="erase-whole", border=False):
        written = st.text_input(
            visitor.word("desk.erase.whole.type", year=year),
            max_chars=4,
            key=f"erase-{of_round[0]}-{year}",
            width=320,
        )
        pressed = st.form_submit_button(visitor.word("desk.erase.button"))
    if not pressed:
        return
    if written.strip() == year:
        _ask(of_round, held, visitor)
    else:
        told = visitor.word("desk.erase.whole.type", year=year)
        st.html(markup.paragraph(told, "told wrong", role="status"))


def _ask(of_round: Round, held: Erased, visitor: Visitor) -> None:
    values = {
        "rounds": going.name_rounds([of_round], visitor),
        "respondents": going.write_amount(held.respondents, visitor),
        "answers": going.write_amount(held.answers, visitor),
    }
    body = visitor.word("desk.erase.whole.body", **values)
    question = Question(
        visitor.word("desk.erase.whole.ask"),
        f"{body} {visitor.word('desk.erase.no_undo')}",
        visitor.word("desk.erase.confirm"),
        visitor.word("desk.erase.whole.done", **values),
    )
    confirming.ask(visitor, question, actions.erase_round, of_round)
