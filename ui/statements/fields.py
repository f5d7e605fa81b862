"""The fields of a statement: each saves what is written in it at a pause, and when it is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from ui.statements import acting
from ui.statements.acting import Hand
from ui.statements.moments import read_day, write_day
from yearbook.language import Language
from yearbook.statements import Signatory, Statement
from yearbook.statements.statement import LONGEST_LINE, LONGEST_TEXT, MOST_SIGNATORIES

PAUSE = "1200ms"  # as in scripts.TO_SAVE

Apply = Callable[[Statement, str], Statement]


@dataclass(frozen=True, slots=True)
class Field:
    """name: its key on the page and its word. lines: how many are in sight; 1 takes one only.

    is_live: saved at a pause, too; not where a half of it would be refused or put right at once.
    """

    name: str
    value: str
    apply: Apply
    lines: int = 1
    placeholder: str = ""
    label: str = ""
    is_live: bool = True


def show(field: Field, hand: Hand) -> None:
    """What is saved stands in the field, unless it is what the field has already: to set it again
    would take away what she is writing at this moment."""
    key = f"statement-{hand.number}-{field.name}"
    if st.session_state.get(key) != field.value:
        st.session_state[key] = field.value
    label = field.label or hand.visitor.word(f"statement_page.{field.name}")
    given: dict[str, Any] = {
        "key": key,
        "on_change": _take,
        "args": (hand, key, field.apply),
        "placeholder": field.placeholder or None,
    }
    if field.lines == 1:
        live = PAUSE if field.is_live else False
        st.text_input(label, max_chars=LONGEST_LINE, live=live, **given)
    else:
        st.text_area(
            label,
            max_chars=LONGEST_TEXT if field.lines > 3 else LONGEST_LINE,
            height=26 * field.lines + 22,
            **given,
        )


def basics(hand: Hand) -> None:
    """Title, recipient, reference number, place, date and language."""
    word, one = hand.visitor.word, hand.statement
    show(_line("title", one.title, "title_field", word("statement_page.title_hint"), hand), hand)
    with st.container(horizontal=True, key="statement-basics"):
        recipient = _line("recipient", one.recipient, "recipient", "", hand)
        show(replace(recipient, lines=2), hand)
        show(_line("diary_number", one.diary_number, "diary_number", "VN/123/2026", hand), hand)
        show(_line("place", one.place, "place", "Helsinki", hand), hand)
        _date(hand)
        _language(hand)


def page(name: str, hand: Hand) -> None:
    """Opening or closing: paragraphs of her own."""
    told = hand.visitor.word("statement_page.paragraphs_help")
    value = getattr(hand.statement, name)
    show(Field(name, value, _setting(name), lines=5, placeholder=told), hand)


def signatories(hand: Hand) -> None:
    """A row for each, and an empty one for the next."""
    signing = hand.statement.signatories
    blank = (Signatory(""),) if len(signing) < MOST_SIGNATORIES else ()
    for place, one in enumerate((*signing, *blank)):
        with st.container(horizontal=True, key=f"statement-signatory-{place}"):
            for name in ("name", "title"):
                label = hand.visitor.word(f"statement_page.signatory_{name}")
                apply = _signing(place, name)
                value = getattr(one, name)
                show(Field(f"signatory-{place}-{name}", value, apply, label=label), hand)


def _line(name: str, value: str, word: str, placeholder: str, hand: Hand) -> Field:
    label = hand.visitor.word(f"statement_page.{word}")
    return Field(name, value, _setting(name), label=label, placeholder=placeholder)


def _date(hand: Hand) -> None:
    hint = hand.visitor.word("statement_page.date_hint")

    def apply(statement: Statement, written: str) -> Statement:
        day = read_day(written)
        if written.strip() and day is None:
            said = hand.visitor.word("statement_page.date_wrong", written=written)
            acting.tell(said, "wrong")
            return statement
        return replace(statement, date=day.isoformat() if day else "")

    day = write_day(hand.statement.date)
    show(Field("date", day, apply, placeholder=hint, is_live=False), hand)


def _language(hand: Hand) -> None:
    """In which she writes; the drafts are written in it, too."""
    key = f"statement-{hand.number}-language"
    if st.session_state.get(key) != hand.statement.language.value:
        st.session_state[key] = hand.statement.language.value
    st.segmented_control(
        hand.visitor.word("statement_page.language"),
        [language.value for language in Language],
        format_func=str.upper,
        required=True,
        key=key,
        on_change=_take,
        args=(hand, key, lambda one, value: replace(one, language=Language(value))),
    )


def _setting(name: str) -> Apply:
    def apply(statement: Statement, value: str) -> Statement:
        return replace(statement, **{name: value})  # type: ignore[arg-type]

    return apply


def _signing(place: int, name: str) -> Apply:
    """Who has neither name nor office is no signatory."""

    def apply(statement: Statement, value: str) -> Statement:
        rows = [*statement.signatories, Signatory("")]
        if place >= len(rows):
            return statement
        rows[place] = replace(rows[place], **{name: value})
        kept = (one for one in rows if one.name.strip() or one.title.strip())
        return replace(statement, signatories=tuple(kept))

    return apply


def _take(hand: Hand, key: str, apply: Apply) -> None:
    value = st.session_state.get(key) or ""
    hand.change(lambda statement: apply(statement, value))
