"""Carries out what is pressed or written on the page of statements, and remembers what to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from ui import address, prose
from ui.statements.drawer import Drawer, Full, NoStatement, Sheet, SignedOut, Stale
from ui.visit import Visitor
from yearbook.statements import Statement

_SEEN, _STUCK, _TOLD = "statement-seen", "statement-stuck", "statement-told"

REFUSED: dict[type[Exception], str] = {
    SignedOut: "signed_out",
    NoStatement: "missing",
    Full: "full",
    Stale: "stale",
}
Change = Callable[[Statement], Statement]


@dataclass(frozen=True)
class Hand:
    """The statement in front of her. `sheet` is as it was when the page was drawn."""

    drawer: Drawer
    visitor: Visitor
    sheet: Sheet

    @property
    def number(self) -> int:
        return self.sheet.kept.number

    @property
    def statement(self) -> Statement:
        return self.sheet.statement

    @property
    def is_stuck(self) -> bool:
        """There is a change that could not be saved."""
        return _STUCK in st.session_state

    def change(self, change: Change) -> None:
        """Make it and save it. Several fields may change before the page is drawn again, so it is
        made to what this window saved last."""
        seen: Sheet = st.session_state[_SEEN]
        changed = change(st.session_state.get(_STUCK, seen.statement))
        if changed == seen.statement:
            return
        try:
            st.session_state[_SEEN] = self.drawer.save(seen, changed)
            st.session_state.pop(_STUCK, None)
        except Stale:
            st.session_state[_STUCK] = changed
            tell(self.visitor.word("statement_page.stale"), "wrong")
        except Full:
            st.session_state[_STUCK] = changed
            tell(self.visitor.word("statement_page.too_long"), "wrong")
        except (NoStatement, SignedOut):
            st.session_state[_STUCK] = changed  # said when the page is drawn

    def reload(self) -> None:
        st.session_state.pop(_STUCK, None)

    def keep_mine(self) -> None:
        """What could not be saved becomes a statement of its own."""
        mine: Statement = st.session_state.pop(_STUCK)
        with _refusals(self.visitor):
            take(self.drawer, self.drawer.make(mine))


def hand_of(drawer: Drawer, number: int, visitor: Visitor) -> Hand:
    """The statement as it is now, or as she changed it where that could not be saved. Raises
    NoStatement and SignedOut."""
    seen: Sheet | None = st.session_state.get(_SEEN)
    if seen is None or seen.kept.number != number:
        st.session_state.pop(_STUCK, None)
        drawer.take_in_hand(number)
    if _STUCK in st.session_state and seen is not None:
        return Hand(drawer, visitor, Sheet(seen.kept, st.session_state[_STUCK]))
    st.session_state[_SEEN] = drawer.open(number)
    return Hand(drawer, visitor, st.session_state[_SEEN])


def take(drawer: Drawer, number: int) -> None:
    """It stands on the page from now on."""
    drawer.take_in_hand(number)
    address.remember("statement", str(number))


def leave() -> None:
    """Back to the list."""
    address.forget("statement")
    for key in (_SEEN, _STUCK):
        st.session_state.pop(key, None)


def do(visitor: Visitor, deed: Callable[[], str]) -> None:
    """Do it; what it gives is said on the page, or why it could not be done."""
    with _refusals(visitor):
        if said := deed():
            tell(said)


def tell(sentence: str, kind: str = "done") -> None:
    """Say it when the page is next shown. kind: done or wrong."""
    st.session_state[_TOLD] = (kind, sentence)


def tell_more(sentence: str) -> None:
    """Besides what is to be said already."""
    kind, before = st.session_state.get(_TOLD, ("done", ""))
    tell(f"{before} {sentence}".strip(), kind)


def show_told() -> None:
    kind, sentence = st.session_state.pop(_TOLD, ("", ""))
    prose.say(sentence, f"told {kind}")


@contextmanager
def _refusals(visitor: Visitor) -> Iterator[None]:
    """What the drawer refuses is said in words."""
    try:
        yield
    except tuple(REFUSED) as error:
        tell(visitor.word(f"statement_page.{REFUSED[type(error)]}"), "wrong")
