"""The history of what was erased: who did it, when, of which round and how many, and no more."""

from __future__ import annotations

import streamlit as st

from desk import actions, markup
from desk.erasing import going
from desk.naming import who_acted, write_moment
from office.tidying import SELF
from ui.visit import Visitor
from yearbook.archive import Removed
from yearbook.language import write_number


def show(visitor: Visitor) -> None:
    rows = [_row(one, visitor) for one in actions.removed(visitor)]
    if not rows:
        st.html(markup.paragraph(visitor.word("desk.erase.removed.none"), "said"))
        return
    names = ("when", "what", "round", "count", "who", "state")
    columns = [visitor.word(f"desk.erase.removed.{name}") for name in names]
    caption = visitor.word("desk.erase.removed.caption")
    st.html(markup.table(caption, columns, rows, numbers=[3]))


def _row(one: Removed, visitor: Visitor) -> list[str]:
    kind = "whole" if one.kind == "round" else one.kind
    rounds = [(one.survey, one.survey_year)] if one.survey_year is not None else []
    by_itself = visitor.word("desk.erase.removed.by_itself")
    state = "is_clean" if one.is_clean else "is_waiting"
    return [
        write_moment(one.when, visitor),
        visitor.word(f"desk.erase.removed.{kind}"),
        going.name_rounds(rounds, visitor),
        write_number(one.count, 0, visitor.language),
        by_itself if one.who == SELF else who_acted(one.who, visitor),
        markup.marked_chip(
            visitor.word(f"desk.erase.removed.{state}"), "good" if one.is_clean else "look"
        ),
    ]
