"""Ways from one page to another, with what is chosen there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

import streamlit as st

from ui import address

_PAGES = "pages"  # url path -> page, of this run


def remember(pages: Mapping[str, st.Page]) -> None:
    """The pages of this visitor, by their place in the address."""
    st.session_state[_PAGES] = dict(pages)


def link(url_paths: Sequence[str], label: str, **choices: str) -> None:
    """A link to the first of these pages that there is, with those choices made."""
    pages = st.session_state.get(_PAGES, {})
    page = next((pages[path] for path in url_paths if path in pages), None)
    if page is not None:
        st.page_link(page, label=label, query_params=choices or None)


def go(url_path: str, **choices: str) -> NoReturn:
    """Open that page with those choices made."""
    for name, value in choices.items():
        address.remember(name, value)
    st.switch_page(st.session_state[_PAGES][url_path])
