"""Says what would be gone and what would stay, before anything is erased."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from desk import actions, markup
from desk.reception.replacing import name_pairs
from office.erasing import Round
from ui.visit import Visitor
from yearbook.archive import Erased
from yearbook.language import write_number
from yearbook.submissions import Kind


def choose_round(visitor: Visitor, key: str) -> Round | None:
    """None where the archive holds none, which is said."""
    rounds = actions.rounds_held(visitor)
    if not rounds:
        st.html(markup.paragraph(visitor.word("desk.erase.no_rounds"), "said"))
        return None
    return st.selectbox(
        visitor.word("desk.erase.round"),
        rounds,
        format_func=lambda one: name_rounds([one], visitor),
        key=key,
        width=380,
    )


def name_rounds(rounds: Iterable[Round], visitor: Visitor) -> str:
    return name_pairs(Kind.SURVEY, rounds, visitor)


def tell(held: Erased, visitor: Visitor, *further: str) -> None:
    """further: sentences on what stays besides editions and history."""
    amounts = (held.respondents, held.answers, held.submissions)
    fields = [name_rounds(held.rounds, visitor), *(write_amount(one, visitor) for one in amounts)]
    names = ("round", "respondents", "answers", "submissions")
    rows = "".join(
        f"<dt>{escape(visitor.word(f'desk.erase.gone_{name}'))}</dt><dd>{escape(field)}</dd>"
        for name, field in zip(names, fields, strict=True)
    )
    editions = visitor.word("desk.erase.stays_editions", names=", ".join(held.editions))
    stays = [*([editions] if held.editions else []), *further,
             visitor.word("desk.erase.stays_history")]  # fmt: skip
    points = "".join(f"<li>{escape(one)}</li>" for one in stays)
    st.html(
        f'<section class="going"><h3>{escape(visitor.word("desk.erase.gone"))}</h3><dl>{rows}</dl>'
        f"<h3>{escape(visitor.word('desk.erase.stays'))}</h3><ul>{points}</ul></section>"
        + markup.paragraph(visitor.word("desk.erase.elsewhere"), "told look")
    )


def write_amount(amount: int, visitor: Visitor) -> str:
    return write_number(amount, 0, visitor.language)
