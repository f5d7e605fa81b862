"""The quotes that were released: where each of them stands, and a way to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from desk import actions, confirming, markup
from desk.confirming import Question
from desk.naming import who_acted, write_moment
from desk.using import catalogue_in_use
from office.databases import visitors_shelf
from ui.visit import Visitor
from ui.words import word
from yearbook import shelf
from yearbook.archive import Released
from yearbook.editions import Quote

KINDS = {"shown": "good", "waiting": "look", "few": "bad", "leaving": "look", "gone": ""}


def show(visitor: Visitor) -> None:
    st.html(markup.paragraph(visitor.word("desk.answers.quotes_lead"), "quiet"))
    released = actions.released_quotes(visitor)
    if not released:
        st.html(markup.paragraph(visitor.word("desk.answers.no_quotes"), "said"))
        return
    counts = actions.open_questions(visitor)
    least = catalogue_in_use().policy.quote_threshold
    visible = visible_in(shelf.current(visitors_shelf()) or "")
    enough = {question for question, count in counts.items() if count >= least}
    in_force = [one for one in released if one.counts]
    for one in in_force:
        _quote(one, state_of(one, visible, enough), visitor)
    _taken_back([one for one in released if not one.counts], visible, visitor)


def state_of(one: Released, visible: frozenset[tuple[str, Quote]], enough: set[str]) -> str:
    """visible: what visitors see now; enough: the questions to which enough have written.

    shown, waiting (for the next edition), few (too few wrote, so it will not be published),
    leaving (taken back, but in the edition that visitors see) or gone.
    """
    is_visible = (one.question, Quote(one.text, one.language)) in visible
    if not one.counts:
        return "leaving" if is_visible else "gone"
    if one.question not in enough:
        return "few"
    return "shown" if is_visible else "waiting"


def _quote(one: Released, state: str, visitor: Visitor) -> None:
    with st.container(key=f"quote-{one.id}", horizontal=True, vertical_alignment="center"):
        chip = markup.chip(visitor.word(f"desk.answers.state_{state}"), KINDS[state])
        st.html(
            f'<p class="open-answer" lang="{escape(one.language)}">{escape(quoted(one))}</p>'
            f'<p class="quiet">{escape(_about(one, visitor))}</p><p class="line">{chip}</p>'
        )
        if st.button(visitor.word("desk.answers.take_back"), key=f"back-{one.id}",
                     type="tertiary"):  # fmt: skip
            question = Question(
                visitor.word("desk.answers.back_ask"),
                f"{quoted(one)} {visitor.word('desk.answers.back_body')}",
                visitor.word("desk.answers.back_confirm"),
                visitor.word("desk.answers.back_done"),
            )
            confirming.ask(visitor, question, actions.take_back_quote, one.id)


def quoted(one: Released) -> str:
    """With the quotation marks of its own language."""
    return word("pages.quotes.quoted").fill(text=one.text)[one.language]


def _about(one: Released, visitor: Visitor) -> str:
    moment = write_moment(one.released_at, visitor)
    language = one.language.upper()
    return " · ".join([_label(one, visitor), language, who_acted(one.released_by, visitor), moment])


def _label(one: Released, visitor: Visitor) -> str:
    known = catalogue_in_use().questions.get(one.question)
    return visitor.reads(known.label) if known else one.question


def _taken_back(
    gone: Sequence[Released], visible: frozenset[tuple[str, Quote]], visitor: Visitor
) -> None:
    if not gone:
        return
    names = ("quote", "question", "back_who", "back_when", "state")
    columns = [visitor.word(f"desk.answers.{name}") for name in names]
    rows = [_gone(one, state_of(one, visible, set()), visitor) for one in gone]
    with st.expander(visitor.word("desk.answers.taken_back", count=len(gone))):
        st.html(markup.table(visitor.word("desk.answers.part_quotes"), columns, rows))


def _gone(one: Released, state: str, visitor: Visitor) -> list[str]:
    assert one.withdrawn_at is not None
    return [
        one.text or visitor.word("desk.erase.mentions.erased"),
        _label(one, visitor),
        who_acted(one.withdrawn_by or "", visitor),
        write_moment(one.withdrawn_at, visitor),
        markup.marked_chip(visitor.word(f"desk.answers.state_{state}"), KINDS[state]),
    ]


@st.cache_resource(max_entries=2, show_spinner=False)
def visible_in(name: str) -> frozenset[tuple[str, Quote]]:
    """(question, quote) of that edition, which anyone may see. Editions never change."""
    if not name:
        return frozenset()
    quotes = shelf.open(visitors_shelf(), name).quotes
    return frozenset((code, quote) for code, released in quotes.items() for quote in released)
