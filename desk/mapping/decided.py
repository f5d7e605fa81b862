"""What was decided so far, by whom and when; taking one back; and the catalogue to take along."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from desk import actions, confirming, markup
from desk.confirming import Question
from desk.mapping import saying
from desk.naming import who_acted, write_moment
from desk.using import catalogue_in_use
from office.mapping import INDICATORS, QUESTIONS, ColumnChoice
from ui.visit import Visitor
from yearbook.archive import Addition, Decided
from yearbook.catalogue.overlay import COLUMN, OPTION

MOST_SHOWN = 40
LONGEST = 120


def show(visitor: Visitor) -> None:
    found = [one for one in actions.decisions(visitor) if one.addition.kind != INDICATORS]
    if not found:
        st.html(markup.paragraph(visitor.word("desk.mapping.history.empty"), "said"))
    else:
        _listing(found, visitor)
        _taking_back([one for one in found if one.in_force], visitor)
    _export(visitor)


def _listing(found: Sequence[Decided], visitor: Visitor) -> None:
    whole = False
    if len(found) > MOST_SHOWN:
        whole = st.toggle(visitor.word("desk.history.whole"), key="decisions-whole")
    shown = found if whole else found[:MOST_SHOWN]
    columns = [visitor.word(f"desk.mapping.history.{name}")
               for name in ("when", "survey", "what", "decided", "state")]  # fmt: skip
    rows = [_row(one, visitor) for one in shown]
    st.html(markup.table(visitor.word("desk.mapping.history.title"), columns, rows))
    if len(shown) < len(found):
        told = visitor.word("desk.more", shown=len(shown), count=len(found))
        st.html(markup.paragraph(told, "quiet"))


def _row(one: Decided, visitor: Visitor) -> list[str]:
    made = one.addition
    state = "taken_back" if made.is_taken_back else "in_force" if one.in_force else "replaced"
    what, decided = _said(made, visitor)
    return [
        f"{write_moment(one.when, visitor)} {who_acted(one.who, visitor)}",
        _survey(made, visitor),
        what,
        "" if made.is_taken_back else decided,
        markup.marked_chip(
            visitor.word(f"desk.mapping.history.{state}"), "good" if one.in_force else ""
        ),
    ]


def _survey(made: Addition, visitor: Visitor) -> str:
    known = catalogue_in_use().surveys.get(made.survey)
    if known is None:
        return made.survey
    name, year = visitor.reads(known.name), made.entry.get("from", 0)
    return visitor.word("desk.mapping.history.since", survey=name, year=year) if year else name


def _said(made: Addition, visitor: Visitor) -> tuple[str, str]:
    """What was decided about, and what was decided."""
    using, entry = catalogue_in_use(), made.entry
    if made.kind == QUESTIONS:
        label = entry.get("label", {}).get(visitor.language, made.code)
        return visitor.word("desk.mapping.history.question"), label
    if made.kind == OPTION:
        question, text = entry["question"], saying.shown(entry["text"], LONGEST)
        name = saying.name_of_question(question, using, visitor)
        return f"”{text}” · {name}", saying.name_of_option(
            question, entry["choice"], using, visitor
        )
    assert made.kind == COLUMN
    taken_for = ColumnChoice(
        entry.get("question", ""),
        entry.get("option", ""),
        entry.get("other", False),
        entry.get("role", ""),
    )
    heading = saying.shown(entry["heading"], LONGEST)
    if entry.get("occurrence", 1) > 1:
        heading = f"{heading} ({entry['occurrence']}.)"
    return heading, saying.name_of_choice(taken_for, using, visitor)


def _taking_back(found: Sequence[Decided], visitor: Visitor) -> None:
    if not found:
        return
    st.html(markup.heading(visitor.word("desk.mapping.back.title")))
    st.html(markup.paragraph(visitor.word("desk.mapping.back.lead"), "quiet"))
    names = {one.id: " → ".join(_said(one.addition, visitor)) for one in found}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            visitor.word("desk.mapping.back.which"),
            list(names),
            format_func=lambda one: names.get(one, str(one)),
            index=None,
            placeholder=visitor.word("desk.hint.choose"),
            key="take-back-which",
            width=520,
        )
        pressed = st.button(
            visitor.word("desk.mapping.back.button"), disabled=number is None, key="take-back"
        )
    if pressed and number is not None:
        _ask(number, names[number], visitor)


def _ask(number: int, name: str, visitor: Visitor) -> None:
    gone = len(
        [one for one in actions.taken_back_with(visitor, number) if one.kind in (COLUMN, OPTION)]
    )
    body = visitor.word("desk.mapping.back.body", what=name)
    if gone > 1:
        body = f"{body} {visitor.word('desk.mapping.back.with', count=gone)}"
    question = Question(
        visitor.word("desk.mapping.back.ask"),
        body,
        visitor.word("desk.mapping.back.confirm"),
        visitor.word("desk.mapping.back.done", what=name),
    )
    confirming.ask(visitor, question, actions.take_back_decision, number)


def _export(visitor: Visitor) -> None:
    st.html(markup.heading(visitor.word("desk.mapping.export.title")))
    st.html(markup.paragraph(visitor.word("desk.mapping.export.lead"), "quiet"))
    st.download_button(
        visitor.word("desk.mapping.export.button"),
        data=partial(actions.exported_catalogue, visitor),
        file_name=f"{visitor.word('desk.mapping.export.file')}.zip",
        mime="application/zip",
        on_click="ignore",
        key="export-catalogue",
    )
