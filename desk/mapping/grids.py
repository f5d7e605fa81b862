"""Decides columns together that were asked as one: a grid, or a question with many answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from data_loaders.examination import ExaminedColumn
from desk import actions, markup
from desk.mapping import asking, saying
from desk.mapping.asking import Wanted
from desk.mapping.bench import Bench
from desk.mapping.likeness import choices_by_likeness, questions_by_likeness
from office.draft import Draft, place_of
from office.grids import Grid
from office.mapping import ColumnChoice
from office.new_questions import (
    CHOOSING,
    LONGEST_LABEL,
    NewChoice,
    Said,
    code_of,
    faults,
    with_codes,
)
from ui.visit import Visitor

FOR_SCALES = ["questions", "new_each", "options", "new_multiple", "ignored"]
SURE = 85  # as alike as this a choice stands in the field already, to be looked at and confirmed


def decided(grid: Grid, bench: Bench, visitor: Visitor) -> Draft | None:
    """The draft with all of the columns decided; None while something is missing."""
    ways: dict[str, Callable[[Grid, Bench, Visitor], Draft | None]] = {
        "options": _options,
        "questions": _questions,
        "new_multiple": _new_multiple,
        "new_each": _new_each,
        "ignored": _ignored,
    }
    is_ticks = all(column.guessed_type == "option" for column in grid.columns)
    order = list(ways) if is_ticks else FOR_SCALES
    way = st.radio(
        visitor.word("desk.mapping.what_together"),
        order,
        format_func=lambda one: visitor.word(f"desk.mapping.grid_way.{one}"),
        captions=[visitor.word(f"desk.mapping.grid_told.{one}") for one in order],
        key=f"way-{place_of(grid.columns[0])}-grid",
    )
    return ways[way](grid, bench, visitor)


def _ignored(grid: Grid, bench: Bench, _visitor: Visitor) -> Draft:
    draft = bench.draft
    for column in grid.columns:
        draft = draft.with_column(place_of(column), ColumnChoice(role="ignored"))
    return draft


def _options(grid: Grid, bench: Bench, visitor: Visitor) -> Draft | None:
    """Each column is one option of a known question."""
    likeness = questions_by_likeness(grid.columns, bench)
    codes = [c for c in likeness if bench.using.questions[c].type == "multiple"]
    code = st.selectbox(
        visitor.word("desk.mapping.which_question"),
        codes,
        index=None,
        format_func=lambda one: saying.name_of_question(one, bench.using, visitor),
        placeholder=visitor.word("desk.mapping.search_question"),
        key=f"question-{place_of(grid.columns[0])}-grid",
    )
    if code is None:
        return None
    draft, is_whole = bench.draft, True
    for column, row in zip(grid.columns, grid.rows, strict=True):
        choice = _option_of(column, row, code, bench, visitor)
        is_whole = is_whole and choice is not None
        draft = draft.with_column(place_of(column), choice)
    return draft if is_whole else None


def _option_of(
    column: ExaminedColumn, row: str, code: str, bench: Bench, visitor: Visitor
) -> ColumnChoice | None:
    likeness = choices_by_likeness(row, bench.using.questions[code])
    names = {
        option: saying.with_likeness(
            saying.name_of_option(code, option, bench.using, visitor), alike, visitor
        )
        if alike
        else saying.name_of_option(code, option, bench.using, visitor)
        for option, alike in likeness.items()
    }
    names |= {
        "*other": visitor.word("desk.mapping.part_other"),
        "*ignored": saying.name_of_role("ignored", visitor),
    }
    best = next(iter(likeness.values()), 0.0)
    chosen = st.selectbox(
        saying.shown(row, 120),
        list(names),
        index=0 if best >= SURE else None,
        format_func=names.__getitem__,
        placeholder=visitor.word("desk.hint.choose"),
        key=f"option-{place_of(column)}-{code}",
    )
    if chosen is None:
        return None
    if chosen == "*ignored":
        return ColumnChoice(role="ignored")
    if chosen == "*other":
        return ColumnChoice(code, is_other=True)
    return ColumnChoice(code, chosen)


def _questions(grid: Grid, bench: Bench, visitor: Visitor) -> Draft | None:
    """Each column is a known question of its own."""
    draft, is_whole = bench.draft, True
    for column, row in zip(grid.columns, grid.rows, strict=True):
        likeness = questions_by_likeness([column], bench)
        names = {
            code: saying.with_likeness(said, alike, visitor) if alike else said
            for code, alike in likeness.items()
            for said in [saying.name_of_question(code, bench.using, visitor)]
        }
        names["*ignored"] = saying.name_of_role("ignored", visitor)
        chosen = st.selectbox(
            saying.shown(row, 120),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=visitor.word("desk.mapping.search_question"),
            key=f"question-{place_of(column)}-row",
        )
        is_whole = is_whole and chosen is not None
        if chosen:
            ignored = chosen == "*ignored"
            choice = ColumnChoice(role="ignored") if ignored else ColumnChoice(chosen)
            draft = draft.with_column(place_of(column), choice)
    return draft if is_whole else None


def _new_multiple(grid: Grid, bench: Bench, visitor: Visitor) -> Draft | None:
    """One new question; each column is one of its options."""
    question = asking.form(
        Wanted(grid.columns, grid.stem, ("multiple",), rows_as_choices(grid)), bench, visitor
    )
    if question is None:
        return None
    coded = with_codes(question.choices)
    by_row = {text: one.code for one in coded for text in one.also}
    options = [by_row.get(row, "") for row in grid.rows]
    pairs = list(zip(grid.columns, options, strict=True))
    if not all(options):
        told = visitor.word("desk.mapping.row_without_option")
        st.html(markup.paragraph(told, "told look", role="status"))
        return None
    return asking.with_question(replace(question, choices=coded), pairs, bench)


def _new_each(grid: Grid, bench: Bench, visitor: Visitor) -> Draft | None:
    """A new question for each row, with the same choices."""
    pattern = asking.form(Wanted(grid.columns, grid.stem, CHOOSING), bench, visitor)
    if pattern is None:
        return None
    draft, taken = bench.draft, actions.codes_ever_used(visitor, bench.using)
    for column, row in zip(grid.columns, grid.rows, strict=True):
        label = Said(*(f"{stem}: {row}"[:LONGEST_LABEL] if stem else "" for stem in
                       (pattern.label.fi, pattern.label.sv, pattern.label.en)))  # fmt: skip
        code = code_of(row, taken)
        taken |= {code}
        question = replace(pattern, label=label, code=code)
        own = replace(bench, draft=draft)
        if told := faults(question, own.using):
            st.html(markup.paragraph(visitor.reads(told[0]), "told look", role="status"))
            return None
        draft = asking.with_question(question, [(column, "")], own)
    return draft


def rows_as_choices(grid: Grid) -> tuple[NewChoice, ...]:
    """For a question of which each column is an option."""
    return tuple(NewChoice(Said(row), (row,)) for row in grid.rows)
