"""The list of somebody's statements: open, copy, delete, begin a new one."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from ui import prose, ways
from ui.statements import acting, figures
from ui.statements.blank import blank, titled
from ui.statements.drawer import Drawer, Kept
from ui.statements.moments import write_moment
from ui.visit import Visitor


def show(drawer: Drawer, visitor: Visitor) -> None:
    kept = drawer.all()
    if not kept:
        _nothing_yet(visitor)
    st.button(
        visitor.word("statement_page.new"),
        key="statement-new",
        type="primary" if kept else "secondary",
        on_click=acting.do,
        args=(visitor, partial(_begin, drawer, visitor)),
    )
    with st.container(key="statement-list", gap=None):
        for one in kept:
            _row(one, drawer, visitor)


def _nothing_yet(visitor: Visitor) -> None:
    """What to do, and the way there."""
    with st.container(border=True, key="statement-none"):
        prose.passage(visitor.word("statement_page.none"), visitor.word("statement_page.none_how"))
        ways.link(figures.CHARTS, visitor.word("statement_page.to_charts"))


def _row(one: Kept, drawer: Drawer, visitor: Visitor) -> None:
    name, number = titled(one.title, visitor), one.number
    changed = visitor.word("statement_page.changed", moment=write_moment(one.changed, visitor))
    told = f"{visitor.word('statement_page.file')}-{number} · {changed}"  # as its files are named
    with st.container(horizontal=True, key=f"statement-row-{number}", vertical_alignment="center"):
        st.html(f'<p class="statement-name"><b>{escape(name)}</b><span>{escape(told)}</span></p>')
        _button("open", number, visitor, partial(_open, drawer, number))
        _button("duplicate", number, visitor, partial(_duplicate, drawer, one, visitor))
        label = visitor.word("statement_page.delete")
        if st.button(label, key=f"statement-delete-{number}", type="tertiary"):
            _ask(one, drawer, visitor)


def _button(name: str, number: int, visitor: Visitor, deed: partial[str]) -> None:
    st.button(
        visitor.word(f"statement_page.{name}"),
        key=f"statement-{name}-{number}",
        type="tertiary" if name != "open" else "secondary",
        on_click=acting.do,
        args=(visitor, deed),
    )


def _ask(one: Kept, drawer: Drawer, visitor: Visitor) -> None:
    """What is deleted cannot be brought back, so it is asked first."""
    name = titled(one.title, visitor)

    def body() -> None:
        st.html(f"<p>{escape(visitor.word('statement_page.delete_body'))}</p>")
        with st.container(horizontal=True):
            label = visitor.word("statement_page.delete_confirm")
            if st.button(label, type="primary", key="confirm"):
                acting.do(visitor, partial(_delete, drawer, one, visitor))
                st.rerun()
            if st.button(visitor.word("statement_page.cancel"), key="cancel"):
                st.rerun()

    title = visitor.word("statement_page.delete_title", title=name)
    st.dialog(prose.plain(title))(body)()


def _begin(drawer: Drawer, visitor: Visitor) -> str:
    acting.take(drawer, drawer.make(blank(visitor)))
    return ""


def _open(drawer: Drawer, number: int) -> str:
    acting.take(drawer, number)
    return ""


def _duplicate(drawer: Drawer, one: Kept, visitor: Visitor) -> str:
    title = visitor.word("statement_page.copy_of", title=titled(one.title, visitor))
    acting.take(drawer, drawer.duplicate(one.number, title))
    return ""


def _delete(drawer: Drawer, one: Kept, visitor: Visitor) -> str:
    drawer.delete(one.number)
    return visitor.word("statement_page.deleted", title=titled(one.title, visitor))
