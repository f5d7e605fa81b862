"""Keeps all that was decided about a file, after saying it in words, and checks the file again."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data_loaders.hints import Hints
from desk import actions, confirming, markup
from desk.mapping import saying, session
from desk.mapping.bench import Bench
from desk.reception import handed, hinting, submitting
from desk.reception.handed import Handed
from office.draft import open_options
from office.uploads import Upload
from ui import ways
from ui.visit import Visitor

RECEIPTS = "vastaanotto"


def show(bench: Bench, visitor: Visitor) -> None:
    """The line that says what is not kept yet, and the buttons that keep it or throw it away."""
    if bench.draft.is_empty:
        return
    with st.container(border=True, key="unsaved"):
        told = visitor.word("desk.mapping.unsaved", count=bench.draft.count)
        st.html(markup.paragraph(told, "told look", role="status"))
        if not (bench.survey and bench.year):
            st.html(markup.paragraph(visitor.word("desk.mapping.round_first"), "quiet"))
        with st.container(horizontal=True):
            if st.button(
                visitor.word("desk.mapping.save", count=bench.draft.count),
                type="primary",
                disabled=not (bench.survey and bench.year),
                key="save-mapping",
            ):
                _ask(bench, visitor)
            if st.button(visitor.word("desk.mapping.discard"), key="discard-mapping"):
                _ask_discard(bench, visitor)


def ask_round(bench: Bench, visitor: Visitor) -> None:
    """Which survey of which year it is, where neither file nor director has told."""
    wanted = [name for name, known in (("survey", bench.survey), ("survey_year", bench.year))
              if not known]  # fmt: skip
    if not wanted:
        survey = visitor.reads(bench.using.surveys[bench.survey].name)
        told = visitor.word("desk.mapping.round", survey=survey, year=bench.year)
        st.html(markup.paragraph(told, "line"))
        return
    st.html(markup.paragraph(visitor.word("desk.mapping.which_round"), "line"))
    one = session.mappable()[bench.name]
    with (
        st.form(key=f"round-{bench.name}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        hints = hinting.ask(one.hints, wanted, visitor, f"round-{bench.name}")
        if st.form_submit_button(visitor.word("desk.mapping.read_again")):
            _with_hints(one, hints)
            session.begin(visitor, bench.name)
            st.rerun()


def _with_hints(one: Handed, hints: Hints) -> None:
    assert isinstance(one.what, Upload)
    handed.take([replace(one, what=replace(one.what, hints=hints), hints=hints)])


def _ask(bench: Bench, visitor: Visitor) -> None:
    def body() -> None:
        st.html(markup.paragraph(_summary(bench, visitor)))
        st.html(saying.listed(_sentences(bench, visitor)))
        left = len(open_options(bench.draft, bench.using))
        if left:
            st.html(
                markup.paragraph(visitor.word("desk.mapping.left_options", count=left), "quiet")
            )
        with st.container(horizontal=True):
            if st.button(visitor.word("desk.mapping.save_now"), type="primary", key="save-now"):
                _keep(bench, visitor)
            if st.button(visitor.word("desk.cancel"), key="cancel-saving"):
                st.rerun()

    confirming.show(visitor, visitor.word("desk.mapping.save_ask"), body, "large")


def _summary(bench: Bench, visitor: Visitor) -> str:
    survey = visitor.reads(bench.using.surveys[bench.survey].name)
    return visitor.word("desk.mapping.save_told", survey=survey, year=bench.year)


def _sentences(bench: Bench, visitor: Visitor) -> list[str]:
    """What is kept, one sentence each; what is left out is told in one."""
    draft, using = bench.draft, bench.using
    told = [
        visitor.word(
            "desk.mapping.adds_question" if code in draft.indicators or entry["type"] == "text"
            else "desk.mapping.adds_choice",
            question=saying.name_of_question(code, using, visitor),
        )
        for code, entry in draft.questions.items()
    ]  # fmt: skip
    ignored = 0
    for (heading, _), choice in draft.columns.items():
        if choice.role == "ignored":
            ignored += 1
            continue
        said = saying.name_of_choice(choice, using, visitor)
        told.append(f"{saying.shown(heading, 120)} → {said}")
    for (code, text), option in draft.options.items():
        said = saying.name_of_option(code, option, using, visitor)
        question = saying.name_of_question(code, using, visitor)
        told.append(f"”{saying.shown(text, 80)}” → {said} · {question}")
    if ignored:
        told.append(visitor.word("desk.mapping.ignores", count=ignored))
    return told


def _keep(bench: Bench, visitor: Visitor) -> None:
    assert bench.year is not None
    made = bench.draft.additions(bench.survey, bench.year)
    done = visitor.word("desk.mapping.saved", count=bench.draft.count)
    if not confirming.do(visitor, done, actions.keep_decisions, made):
        st.rerun()
    one = session.mappable()[bench.name]
    session.forget(bench.name)
    assert isinstance(one.what, Upload)
    submitting.begin(visitor, [one.what])
    ways.go(RECEIPTS)


def _ask_discard(bench: Bench, visitor: Visitor) -> None:
    def discard(_visitor: Visitor) -> None:
        session.forget(bench.name)

    question = confirming.Question(
        visitor.word("desk.mapping.discard_ask"),
        visitor.word("desk.mapping.discard_body", count=bench.draft.count),
        visitor.word("desk.mapping.discard_now"),
        visitor.word("desk.mapping.discarded"),
    )
    confirming.ask(visitor, question, discard)
