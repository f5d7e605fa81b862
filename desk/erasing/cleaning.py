"""Says so as long as bytes of what was erased are left in the database's files."""

from __future__ import annotations

import streamlit as st

from desk import actions, confirming, markup
from ui.visit import Visitor


def show(visitor: Visitor) -> None:
    if actions.is_clean(visitor):
        return
    st.html(markup.paragraph(visitor.word("desk.erase.unclean"), "told look", role="status"))
    if st.button(visitor.word("desk.erase.clean"), key="clean"):
        is_clean = actions.clean(visitor)
        said = visitor.word(f"desk.erase.{'cleaned' if is_clean else 'still_unclean'}")
        confirming.tell(said, "done" if is_clean else "wrong")
        st.rerun()
