"""Says when a newer edition changes numbers of the statement, old and new beside each other, and
takes them over when she wants that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from ui.statements import acting, drawing
from ui.statements.acting import Hand
from yearbook.editions import Edition
from yearbook.language import Language
from yearbook.statements import Statement
from yearbook.statements.comparing import NEWER, FigureChange, brought_up, changed, moved

MOST_ROWS = 200
COLUMNS = ("where", "what", "old", "new")


def show(hand: Hand) -> None:
    """Nothing where there is no newer edition; the numbers are seen before they are taken over."""
    now = hand.visitor.open_edition("")
    if now is None or all(name == now.name for name in hand.statement.editions):
        return
    then = drawing.editions_of(hand.statement, hand.visitor)
    _show_lost(then, now, hand)
    if not set(then) - {now.name}:
        return
    found = _changes(hand.statement, then, now, hand.visitor.language)
    word = hand.visitor.word
    with st.container(border=True, key="statement-newer"):
        st.html(f'<p class="newer-said" role="note">{escape(_said(found, now.name, hand))}</p>')
        if found:
            with st.expander(word("statement_page.newer_show")):
                _table(found, now.name, hand)
                _update(then, now, hand)
        else:
            _update(then, now, hand)


def _show_lost(then: Mapping[str, Edition], now: Edition, hand: Hand) -> None:
    """Figures of an edition that was taken back; they are drawn from the one that holds."""
    lost = [name for name in hand.statement.editions if name not in then]
    if not lost:
        return
    word = hand.visitor.word
    told = word("statement_page.lost", names=", ".join(lost), name=now.name)
    with st.container(border=True, key="statement-lost"):
        st.html(f'<p class="newer-said" role="note">{escape(told)}</p>')
        st.button(
            word("statement_page.lost_move", name=now.name),
            key="statement-move",
            type="primary",
            on_click=_move,
            args=(lost, now, hand),
        )


def _move(lost: Sequence[str], now: Edition, hand: Hand) -> None:
    def change(statement: Statement) -> Statement:
        """What she may not see stays as it is."""
        figures = (
            new if drawing.is_hers(old.excerpt, now) else old
            for old, new in zip(statement.figures, moved(statement, lost, now).figures, strict=True)
        )
        return replace(statement, figures=tuple(figures))

    hand.change(change)
    if not hand.is_stuck:
        acting.tell(hand.visitor.word("statement_page.newer_done", name=now.name))


def _said(found: Sequence[FigureChange], name: str, hand: Hand) -> str:
    """How many numbers are others; or that there is only more, or nothing, to take over."""
    count = sum(1 for change in found if change.kind != NEWER)
    says = "many" if count > 1 else "one" if count else "more" if found else "none"
    return hand.visitor.word(f"statement_page.newer_{says}", name=name, count=count)


def _update(then: Mapping[str, Edition], now: Edition, hand: Hand) -> None:
    st.html(f'<p class="quiet">{escape(hand.visitor.word("statement_page.newer_told"))}</p>')
    st.button(
        hand.visitor.word("statement_page.newer_update", name=now.name),
        key="statement-update",
        type="primary",
        on_click=_take_over,
        args=(then, now, hand),
    )


def _table(found: Sequence[FigureChange], name: str, hand: Hand) -> None:
    columns = [hand.visitor.word(f"statement_page.newer_{one}", name=name) for one in COLUMNS]
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    rows = "".join(_row(change, columns, hand) for change in found[:MOST_ROWS])
    more = len(found) - MOST_ROWS
    left = hand.visitor.word("statement_page.newer_left", count=more) if more > 0 else ""
    st.html(
        f'<div class="newer"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        f"<p>{escape(left)}</p></div>"
    )


def _row(change: FigureChange, columns: Sequence[str], hand: Hand) -> str:
    named = change.name
    if change.kind == NEWER:
        named = hand.visitor.word("statement_page.newer_span")
    if change.in_words:
        named = f"{named} ({hand.visitor.word('statement_page.newer_in_words')})"
    fields = (change.label, named, change.old, change.new)
    return f"<tr>{''.join(map(_field, columns, fields))}</tr>"


def _field(column: str, written: str) -> str:
    return f'<td data-column="{escape(column, quote=True)}">{escape(written)}</td>'


def _take_over(then: Mapping[str, Edition], now: Edition, hand: Hand) -> None:
    hand.change(partial(_brought_up, then=then, now=now))
    if not hand.is_stuck:
        acting.tell(hand.visitor.word("statement_page.newer_done", name=now.name))


def _brought_up(statement: Statement, then: Mapping[str, Edition], now: Edition) -> Statement:
    """What she may not see stays as it is."""
    fresh = brought_up(drawing.in_sight(statement, then), then, now).figures
    figures = (
        new if drawing.is_hers(old.excerpt, then.get(old.excerpt.edition)) else old
        for old, new in zip(statement.figures, fresh, strict=True)
    )
    return replace(statement, figures=tuple(figures))


def _changes(
    statement: Statement, then: Mapping[str, Edition], now: Edition, language: Language
) -> tuple[FigureChange, ...]:
    editions = tuple((one.name, one.audience, one.digest) for one in (*then.values(), now))
    return _found(then, now, drawing.in_sight(statement, then), editions, language)


@st.cache_resource(max_entries=100, show_spinner=False, hash_funcs={Statement: hash})
def _found(
    _then: Mapping[str, Edition],
    _now: Edition,
    statement: Statement,
    editions: tuple[tuple[str, str, str], ...],
    language: Language,
) -> tuple[FigureChange, ...]:
    """`editions` names those that are compared."""
    return changed(statement, _then, _now, language)
