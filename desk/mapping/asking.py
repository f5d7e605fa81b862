"""The form of a new question: words, type, theme, surveys, choices, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from data_loaders.examination import ExaminedColumn
from desk import actions, markup
from desk.mapping import choosing
from desk.mapping.bench import Bench
from office.draft import Draft, place_of
from office.mapping import ColumnChoice
from office.new_questions import (
    CHOOSING,
    LONGEST_LABEL,
    TYPES,
    UNITS,
    NewChoice,
    NewQuestion,
    Said,
    code_of,
    faults,
    indicator_entry,
    question_entry,
)
from ui.visit import Visitor

THEMES = ("placement", "work", "study", "education", "background")


@dataclass(frozen=True)
class Wanted:
    """What a question is to be made of. choices: None where the contents of the columns tell."""

    columns: Sequence[ExaminedColumn]
    label: str
    types: Sequence[str] = TYPES
    choices: tuple[NewChoice, ...] | None = None

    @property
    def key(self) -> str:
        return f"new-{place_of(self.columns[0])}-{len(self.columns)}-{len(self.types)}"


def added(column: ExaminedColumn, bench: Bench, visitor: Visitor) -> Draft | None:
    """The draft with a new question that this column asks; None while something is missing."""
    question = form(Wanted([column], words_of(column)), bench, visitor)
    return with_question(question, [(column, "")], bench) if question else None


def words_of(column: ExaminedColumn) -> str:
    """The question itself, of several rows of headings: "Q1", "What …?", "Response"."""
    rows = [row for row in column.key.split("\n") if not row.startswith("{")]
    return max(rows, key=len, default=column.heading)


def with_question(
    question: NewQuestion, columns: Sequence[tuple[ExaminedColumn, str]], bench: Bench
) -> Draft:
    """columns: each with the option that it holds, or ""."""
    indicator = indicator_entry(question, bench.using)
    draft = bench.draft.with_question(question.code, question_entry(question), indicator)
    for column, option in columns:
        draft = draft.with_column(place_of(column), ColumnChoice(question.code, option))
    return draft


def form(wanted: Wanted, bench: Bench, visitor: Visitor) -> NewQuestion | None:
    """The question as the fields say, with its code; what is wrong is said below them."""
    key = wanted.key
    said = _label(wanted.label, key, visitor)
    code = code_of(said.content["en"], actions.codes_ever_used(visitor, bench.using))
    st.html(markup.paragraph(visitor.word("desk.mapping.code", code=code), "code"))
    kind = _type(wanted, visitor)
    question = NewQuestion(said, kind, *_place(bench, key, visitor), code=code)
    question = replace(question, headings=_headings(wanted.columns))
    if kind == "number":
        question = replace(question, unit=_unit(key, visitor))
    if kind in CHOOSING:
        rows = wanted.choices
        if rows is None:
            rows = choosing.from_contents(wanted.columns, kind, bench.using)
        chosen = choosing.edited(rows, kind, f"{key}-{kind}", visitor)
        question = replace(question, choices=chosen)
    if kind != "text":
        question = replace(question, is_sensitive=_sensitive(key, visitor))
    return question if _is_sound(question, bench, visitor) else None


def _label(label: str, key: str, visitor: Visitor) -> Said:
    with st.container(horizontal=True):
        given = [
            st.text_input(
                visitor.word(f"desk.mapping.label_{language}"),
                value=label[:LONGEST_LABEL] if language == "fi" else "",
                max_chars=LONGEST_LABEL,
                key=f"{key}-{language}",
                width=300,
            )
            for language in ("fi", "sv", "en")
        ]
    said = Said(*given)
    if said.fi.strip() and not (said.sv.strip() and said.en.strip()):
        st.html(markup.paragraph(visitor.word("desk.mapping.only_finnish"), "quiet"))
    return said


def _type(wanted: Wanted, visitor: Visitor) -> str:
    types, guessed = wanted.types, wanted.columns[0].guessed_type
    if len(types) == 1:
        return types[0]
    return st.selectbox(
        visitor.word("desk.mapping.type"),
        types,
        index=types.index(guessed) if guessed in types else 0,
        format_func=lambda one: visitor.word(f"desk.mapping.type_name.{one}"),
        key=f"{wanted.key}-type",
    ) or types[0]  # fmt: skip


def _place(bench: Bench, key: str, visitor: Visitor) -> tuple[str, tuple[str, ...]]:
    """Theme and surveys."""
    with st.container(horizontal=True):
        theme = st.selectbox(
            visitor.word("desk.mapping.theme"),
            THEMES,
            index=None,
            format_func=lambda one: visitor.word(f"theme.{one}"),
            placeholder=visitor.word("desk.hint.choose"),
            key=f"{key}-theme",
            width=300,
        )
        surveys = {code: visitor.reads(one.name) for code, one in bench.using.surveys.items()}
        asked = st.multiselect(
            visitor.word("desk.mapping.surveys"),
            list(surveys),
            default=[bench.survey] if bench.survey in surveys else [],
            format_func=lambda code: surveys.get(code, code),
            placeholder=visitor.word("desk.hint.choose"),
            key=f"{key}-surveys",
            width=420,
        )
    return theme or "", tuple(asked)


def _unit(key: str, visitor: Visitor) -> str:
    return st.selectbox(
        visitor.word("desk.mapping.unit"),
        UNITS,
        format_func=lambda one: visitor.word(f"unit.{one}"),
        key=f"{key}-unit",
        width=300,
    ) or UNITS[0]  # fmt: skip


def _sensitive(key: str, visitor: Visitor) -> bool:
    return st.checkbox(
        visitor.word("desk.mapping.sensitive"),
        key=f"{key}-sensitive",
        help=visitor.word("desk.mapping.sensitive_help"),
    )


def _headings(columns: Sequence[ExaminedColumn]) -> tuple[str, ...]:
    """How the file asks it, so that it is known in another file too. A grid's rows are no such."""
    if len(columns) > 1:
        return ()
    heading = " ".join(words_of(columns[0]).split())
    return (heading,) if len(heading) <= LONGEST_LABEL else ()


def _is_sound(question: NewQuestion, bench: Bench, visitor: Visitor) -> bool:
    told = faults(question, bench.using)
    for sentence in told:
        st.html(markup.paragraph(visitor.reads(sentence), "told look", role="status"))
    return not told
