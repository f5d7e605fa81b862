"""Addresses of the view in front of the visitor: always the newest figures, or these very ones."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from ui.visit import Visitor
from yearbook.editions import Edition


def show(edition: Edition, visitor: Visitor, key: str) -> None:
    with st.popover(
        visitor.word("card.link"), type="tertiary", key=f"link-{key}", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        st.caption(visitor.word("card.link_live"))
        st.code(_address(), language=None, wrap_lines=True)
        st.caption(visitor.word("card.link_frozen", name=edition.name))
        st.code(_address(edition.name), language=None, wrap_lines=True)


def _address(edition_name: str = "") -> str:
    """Without the visitor's role; without an edition it follows the newest."""
    params = {n: v for n, v in st.query_params.items() if n not in ("role", "edition")}
    if edition_name:
        params["edition"] = edition_name
    page = urlsplit(str(st.context.url))._replace(query=urlencode(params), fragment="")
    return page.geturl()
