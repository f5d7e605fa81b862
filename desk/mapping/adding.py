"""Asks in a dialog for a new choice of a known question."""

from __future__ import annotations

import streamlit as st

from data_loaders.examination import known_choice
from desk import confirming, markup
from desk.mapping import saying, session
from desk.mapping.bench import Bench
from office.draft import Draft, UnknownOption
from office.new_questions import (
    LONGEST_LABEL,
    MOST_CHOICES,
    NewChoice,
    Said,
    with_choice,
    with_codes,
)
from ui.visit import Visitor


def ask(one: UnknownOption, bench: Bench, visitor: Visitor) -> None:
    """Opens the dialog; the choice is added, and the text stands for it."""

    def body() -> None:
        question = saying.name_of_question(one.question, bench.using, visitor)
        st.html(markup.paragraph(question, "asked"))
        choice = _form(one, bench, visitor)
        with st.container(horizontal=True):
            if st.button(
                visitor.word("desk.mapping.confirm"),
                type="primary",
                disabled=choice is None,
                key="confirm-choice",
            ):
                assert choice is not None
                session.put(bench.name, with_new(one, choice, bench))
                st.rerun()
            if st.button(visitor.word("desk.cancel"), key="cancel-choice"):
                st.session_state.pop(f"stands-{one.question}-{one.text}", None)
                st.rerun()

    confirming.show(visitor, visitor.word("desk.mapping.new_choice"), body)


def with_new(one: UnknownOption, choice: NewChoice, bench: Bench) -> Draft:
    """The draft with the choice added to the question; the text is one of its spellings."""
    entry = bench.using.content["questions"][one.question]
    taken = [held["code"] for held in entry["choice"]]
    (coded,) = with_codes([choice], taken)
    draft = bench.draft.with_question(one.question, with_choice(entry, coded), None)
    return draft.with_option(one.question, one.text, coded.code)


def _form(one: UnknownOption, bench: Bench, visitor: Visitor) -> NewChoice | None:
    question = bench.using.questions[one.question]
    key = f"choice-{one.question}-{one.text}"
    said = Said(
        *(
            st.text_input(
                visitor.word(f"desk.mapping.label_{language}"),
                value=saying.shown(one.text, LONGEST_LABEL - 1) if language == "fi" else "",
                max_chars=LONGEST_LABEL,
                key=f"{key}-{language}",
            )
            for language in ("fi", "sv", "en")
        )
    )
    if said.fi.strip() and not (said.sv.strip() and said.en.strip()):
        st.html(markup.paragraph(visitor.word("desk.mapping.only_finnish"), "quiet"))
    rolls_up = ""
    if question.classes:
        names = {held.code: visitor.reads(held.label) for held in question.classes}
        rolls_up = st.selectbox(
            visitor.word("desk.mapping.which_class"),
            list(names),
            index=None,
            format_func=lambda code: names.get(code, code),
            placeholder=visitor.word("desk.hint.choose"),
            key=f"{key}-class",
        ) or ""  # fmt: skip
    told = fault(said, rolls_up, one, bench)
    if told:
        st.html(markup.paragraph(visitor.word(f"desk.mapping.{told}"), "told look", role="status"))
        return None
    return NewChoice(said, rolls_up=rolls_up)


def fault(said: Said, rolls_up: str, one: UnknownOption, bench: Bench) -> str:
    """Why the choice cannot be added; "" where it can."""
    question = bench.using.questions[one.question]
    if not said.fi.strip() or ";" in "".join(said.content.values()):
        return "choice_unsound"
    if len(question.choices) >= MOST_CHOICES:
        return "choice_too_many"
    if any(known_choice(text, question) for text in said.content.values()):
        return "choice_known"
    if question.classes and not rolls_up:
        return "choice_class"
    return ""
