"""The answers that stand for no choice of their question: a choice, other, no answer, or new."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from desk import markup
from desk.mapping import adding, saying, session
from desk.mapping.bench import Bench
from desk.mapping.likeness import LIKELY, choices_by_likeness
from office.draft import UnknownOption, open_options
from office.new_questions import other_choice
from ui.visit import Visitor
from yearbook.language import write_number

AT_ONCE = 15
NOTHING, NEW = "*nothing", "*new"  # no choice has a code like these


def show(bench: Bench, visitor: Visitor) -> None:
    found = open_options(bench.draft, bench.using)
    if found:
        st.html(markup.heading(visitor.word("desk.mapping.options", count=len(found))))
        st.html(markup.paragraph(visitor.word("desk.mapping.options_lead"), "quiet"))
    for code in dict.fromkeys(one.question for one in found):
        with st.container(border=True, key=f"options-{code}"):
            _question([one for one in found if one.question == code], bench, visitor)
    _decided(bench, visitor)


def _question(found: Sequence[UnknownOption], bench: Bench, visitor: Visitor) -> None:
    code = found[0].question
    said = saying.name_of_question(code, bench.using, visitor)
    st.html(markup.paragraph(said, "asked"))
    other = other_choice(bench.using.content["questions"][code])
    if other and len(found) > 1:
        st.button(
            visitor.word(
                "desk.mapping.fold_rest",
                count=len(found),
                other=saying.name_of_option(code, other, bench.using, visitor),
            ),
            key=f"fold-{code}",
            on_click=partial(_fold, found, other, bench),
        )
    for one in found[:AT_ONCE]:
        _one(one, other, bench, visitor)
    if len(found) > AT_ONCE:
        told = visitor.word("desk.mapping.more_options", count=len(found) - AT_ONCE)
        st.html(markup.paragraph(told, "quiet"))


def _fold(found: Sequence[UnknownOption], other: str, bench: Bench) -> None:
    draft = bench.draft
    for one in found:
        draft = draft.with_option(one.question, one.text, other)
    session.put(bench.name, draft)


def _one(one: UnknownOption, other: str, bench: Bench, visitor: Visitor) -> None:
    """The text with its count, the best suggestion as a button, and all that it may stand for."""
    question = bench.using.questions[one.question]
    likeness = choices_by_likeness(one.text, question)
    key = f"{one.question}-{one.text}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"option-{hash(key)}"):
        count = visitor.word(
            "desk.mapping.times", count=write_number(one.count, 0, visitor.language)
        )
        st.html(saying.answer(saying.shown(one.text, 160), count))
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            _suggested(one, likeness, bench, visitor)
            chosen = st.selectbox(
                visitor.word("desk.mapping.stands_for", text=saying.shown(one.text, 40)),
                _ways(likeness, other, question.type),
                index=None,
                format_func=partial(_name, one, likeness, bench, visitor),
                placeholder=visitor.word("desk.mapping.undecided"),
                key=f"stands-{key}",
                label_visibility="collapsed",
                width=300,
            )
    if chosen == NEW:
        adding.ask(one, bench, visitor)
    elif chosen is not None:
        _decide(one, "" if chosen == NOTHING else chosen, bench)
        st.rerun()


def _ways(likeness: dict[str, float], other: str, kind: str) -> list[str]:
    """The choices by likeness, "other" before them all; a scale gets no new step."""
    rest = [code for code in likeness if code != other]
    first = [other] if other else []
    return [*first, *rest, NOTHING, *([] if kind == "likert" else [NEW])]


def _name(
    one: UnknownOption, likeness: dict[str, float], bench: Bench, visitor: Visitor, code: str
) -> str:
    if code in (NOTHING, NEW):
        return visitor.word(f"desk.mapping.option_way.{code[1:]}")
    said = saying.name_of_option(one.question, code, bench.using, visitor)
    if code == other_choice(bench.using.content["questions"][one.question]):
        return visitor.word("desk.mapping.fold", other=said)
    return saying.with_likeness(said, likeness[code], visitor) if likeness[code] else said


def _suggested(
    one: UnknownOption, likeness: dict[str, float], bench: Bench, visitor: Visitor
) -> None:
    best = next(iter(likeness), "")
    if not best or likeness[best] < LIKELY:
        return
    said = saying.name_of_option(one.question, best, bench.using, visitor)
    st.button(
        saying.with_likeness(said, likeness[best], visitor),
        key=f"suggested-{one.question}-{one.text}",
        icon=":material/check:",
        wrap=True,
        help=visitor.word("desk.mapping.take_help"),
        on_click=partial(_decide, one, best, bench),
    )


def _decide(one: UnknownOption, choice: str | None, bench: Bench) -> None:
    session.put(bench.name, bench.draft.with_option(one.question, one.text, choice))


def _decided(bench: Bench, visitor: Visitor) -> None:
    made = bench.draft.options
    if not made:
        return
    title = visitor.word("desk.mapping.options_decided", count=len(made))
    with st.expander(title, expanded=True, key=f"options-decided-{bench.name}"):
        for (code, text), choice in made.items():
            question = saying.name_of_question(code, bench.using, visitor)
            said = saying.name_of_option(code, choice, bench.using, visitor)
            key = f"{code}-{text}"
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(saying.pair(f"”{saying.shown(text, 80)}”", f"{said} · {question}"))
                st.button(
                    visitor.word("desk.mapping.undo"),
                    key=f"undo-{key}",
                    type="tertiary",
                    on_click=partial(_decide, UnknownOption(code, text, 0), None, bench),
                )
