"""The columns of a file: what is to be decided, what was decided, what was recognised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import streamlit as st

from data_loaders.examination import ExaminedColumn, Suggestion
from desk import markup
from desk.mapping import deciding, saying, session
from desk.mapping.bench import Bench
from desk.mapping.likeness import LIKELY
from office.draft import is_open, place_of, what_is
from office.grids import Grid, grids
from office.mapping import ColumnChoice
from ui.visit import Visitor

AT_ONCE = 12  # each card has buttons of its own, and a page of hundreds is slow
HEADS = ("cell", "heading", "taken_for", "why", "samples", "filled")
SURE = 90  # likeness from which a suggestion may be taken together with others


def show(bench: Bench, visitor: Visitor) -> None:
    _to_decide(bench, visitor)
    _decided(bench, visitor)
    _recognised(bench, visitor)


def suggested(column: ExaminedColumn) -> ColumnChoice | None:
    """What the best suggestion would make of it."""
    return _choice_of(column.suggestions[0]) if column.suggestions else None


def _is_offered(one: Suggestion) -> bool:
    """Roles of frames and annual returns are none of a survey's."""
    return one.likeness >= LIKELY and (one.kind != "role" or one.code in saying.ROLES)


def _is_sure(one: Suggestion) -> bool:
    return one.likeness >= SURE and _is_offered(one)


def _choice_of(one: Suggestion) -> ColumnChoice:
    return ColumnChoice(role=one.code) if one.kind == "role" else ColumnChoice(question=one.code)


def _to_decide(bench: Bench, visitor: Visitor) -> None:
    found = [one for one in bench.draft.all_columns() if is_open(one, bench.draft)]
    st.html(markup.heading(visitor.word("desk.mapping.to_decide", count=len(found))))
    if not found:
        st.html(markup.paragraph(visitor.word("desk.mapping.nothing_to_decide"), "said"))
        return
    st.html(markup.paragraph(visitor.word("desk.mapping.to_decide_lead"), "quiet"))
    _together(found, bench, visitor)
    shown = grids(found)
    turn = f"columns-shown-{bench.name}"
    most = st.session_state.get(turn, AT_ONCE)
    for number, one in enumerate(shown[:most]):
        with st.container(border=True, key=f"column-{number}"):
            if len(one.columns) > 1:
                _grid(one, bench, visitor)
            else:
                _single(one.columns[0], bench, visitor)
    if len(shown) > most:
        told = visitor.word("desk.mapping.more_columns", count=len(shown) - most)
        st.button(told, key="more-columns", on_click=partial(_show_more, turn, most + AT_ONCE))
    if len(found) > 1:
        left_out = [(one, ColumnChoice(role="ignored")) for one in found]
        st.button(
            visitor.word("desk.mapping.leave_rest", count=len(found)),
            key="leave-rest",
            type="tertiary",
            on_click=partial(_decide_all, bench, left_out),
        )


def _show_more(key: str, most: int) -> None:
    st.session_state[key] = most


def _together(found: Sequence[ExaminedColumn], bench: Bench, visitor: Visitor) -> None:
    """All sure suggestions at once; each is listed among the decisions afterwards."""
    sure = [one for one in found if one.suggestions and _is_sure(one.suggestions[0])]
    if len(sure) > 1:
        st.button(
            visitor.word("desk.mapping.take_sure", count=len(sure), likeness=SURE),
            key="take-sure",
            on_click=partial(_decide_all, bench, [(one, suggested(one)) for one in sure]),
        )


def _decide_all(
    bench: Bench, decided: Iterable[tuple[ExaminedColumn, ColumnChoice | None]]
) -> None:
    draft = bench.draft
    for column, choice in decided:
        draft = draft.with_column(place_of(column), choice)
    session.put(bench.name, draft)


def _single(column: ExaminedColumn, bench: Bench, visitor: Visitor) -> None:
    st.html(saying.card(column, bench.sheet_of(column), visitor))
    key = f"{column.address}-{bench.sheet_of(column)}"
    with st.container(horizontal=True):
        offered = [one for one in column.suggestions if _is_offered(one)][:2]
        for number, one in enumerate(offered):
            st.button(
                saying.name_of_suggestion(one, bench.using, visitor),
                key=f"take-{number}-{key}",
                icon=":material/check:",
                wrap=True,
                help=visitor.word("desk.mapping.take_help"),
                on_click=partial(_decide_all, bench, [(column, _choice_of(one))]),
            )
        if st.button(
            visitor.word("desk.mapping.decide"),
            key=f"decide-{key}",
            type="secondary" if offered else "primary",
        ):
            deciding.ask(column, bench, visitor)
        st.button(
            visitor.word("desk.mapping.ignore"),
            key=f"ignore-{key}",
            type="tertiary",
            on_click=partial(_decide_all, bench, [(column, ColumnChoice(role="ignored"))]),
        )


def _grid(grid: Grid, bench: Bench, visitor: Visitor) -> None:
    first = grid.columns[0]
    st.html(saying.grid_card(grid, bench.sheet_of(first), visitor))
    key = f"{first.address}-{bench.sheet_of(first)}"
    with st.container(horizontal=True):
        if st.button(
            visitor.word("desk.mapping.decide_together", count=len(grid.columns)),
            key=f"together-{key}",
            type="primary",
        ):
            deciding.ask_together(grid, bench, visitor)
        st.button(
            visitor.word("desk.mapping.ignore_all"),
            key=f"ignore-{key}",
            type="tertiary",
            on_click=partial(
                _decide_all, bench, [(one, ColumnChoice(role="ignored")) for one in grid.columns]
            ),
        )


def _decided(bench: Bench, visitor: Visitor) -> None:
    """What was decided here and is not kept yet."""
    columns = [one for one in bench.draft.all_columns() if place_of(one) in bench.draft.columns]
    if not columns:
        return
    title = visitor.word("desk.mapping.decided", count=len(columns))
    with st.expander(title, expanded=True, key=f"decided-{bench.name}"):
        for column in columns:
            _decided_row(column, bench, visitor)


def _decided_row(column: ExaminedColumn, bench: Bench, visitor: Visitor) -> None:
    place = place_of(column)
    said = saying.name_of_choice(bench.draft.columns[place], bench.using, visitor)
    key = f"{column.address}-{bench.sheet_of(column)}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{key}"):
        st.html(saying.pair(saying.shown(column.heading, 120), said))
        with st.container(horizontal=True, width="content"):
            if st.button(visitor.word("desk.mapping.change"), key=f"change-{key}", type="tertiary"):
                deciding.ask(column, bench, visitor)
            st.button(
                visitor.word("desk.mapping.undo"),
                key=f"undo-{key}",
                type="tertiary",
                on_click=partial(_decide_all, bench, [(column, None)]),
            )


def _recognised(bench: Bench, visitor: Visitor) -> None:
    """Folded: nothing needs to be done about them; any of them can be corrected."""
    columns = [
        one
        for one in bench.draft.all_columns()
        if place_of(one) not in bench.draft.columns and not is_open(one, bench.draft)
    ]
    known = [one for one in columns if what_is(one, bench.draft) is not None]
    with st.expander(visitor.word("desk.mapping.recognised", count=len(known))):
        heads = [visitor.word(f"desk.mapping.head.{name}") for name in HEADS]
        rows = [_recognised_row(one, bench, visitor) for one in known]
        st.html(
            markup.table(visitor.word("desk.mapping.recognised", count=len(known)), heads, rows)
        )
        empty = len(columns) - len(known)
        if empty:
            told = visitor.word("desk.mapping.empty_columns", count=empty)
            st.html(markup.paragraph(told, "quiet"))
        _correcting(known, bench, visitor)


def _recognised_row(column: ExaminedColumn, bench: Bench, visitor: Visitor) -> list[str]:
    choice = what_is(column, bench.draft)
    assert choice is not None
    samples = " · ".join(saying.shown(one, 40) for one in column.samples[:3])
    return [
        f"{bench.sheet_of(column)} {column.address}" if bench.has_sheets else column.address,
        saying.shown(column.heading, 120),
        saying.name_of_choice(choice, bench.using, visitor),
        saying.why(column, visitor),
        samples,
        str(column.filled),
    ]


def _correcting(known: Sequence[ExaminedColumn], bench: Bench, visitor: Visitor) -> None:
    if not known:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        which = st.selectbox(
            visitor.word("desk.mapping.correct_which"),
            range(len(known)),
            format_func=lambda n: f"{known[n].address} · {saying.shown(known[n].heading, 80)}",
            index=None,
            placeholder=visitor.word("desk.hint.choose"),
            key=f"correct-which-{bench.name}",
            width=480,
        )
        pressed = st.button(
            visitor.word("desk.mapping.correct"), disabled=which is None, key="correct"
        )
    if pressed and which is not None:
        deciding.ask(known[which], bench, visitor)
