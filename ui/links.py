"""Addresses of the view in front of the visitor: always the newest figures, or these very ones; and
of a chart that everyone may see, the code by which another site shows it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from ui import address
from ui.visit import Visitor
from yearbook.charts import excerpt as excerpts
from yearbook.charts.description import Chart
from yearbook.charts.excerpt import Excerpt

EMBEDDED = "/upotus/"
AROUND_CHART = 260  # pixels of an embedded chart's words, beside the chart's own height
NOTHING: Mapping[str, str] = {}


def show(
    chart: Chart,
    excerpt: Excerpt,
    visitor: Visitor,
    key: str,
    shown_as: Mapping[str, str] = NOTHING,
) -> None:
    """shown_as: whether this card has its table or its pooled view in front, for the address."""
    with st.popover(
        visitor.word("card.link"), type="tertiary", key=f"link-{key}", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        st.caption(visitor.word("card.link_live"))
        st.code(of_view(visitor, shown_as), language=None, wrap_lines=True)
        st.caption(visitor.word("card.link_frozen", name=excerpt.edition))
        st.code(
            of_view(visitor, shown_as, excerpt.edition),
            language=None,
            wrap_lines=True,
        )
        if is_for_everyone(excerpt, visitor):
            st.caption(visitor.word("embedded.code"))
            st.code(to_embed(chart, excerpt, visitor), language="html", wrap_lines=True)


def of_view(visitor: Visitor, shown_as: Mapping[str, str] = NOTHING, edition_name: str = "") -> str:
    """Without the visitor's role; without an edition it follows the newest. "" where nobody knows
    the address, as in a test of a page."""
    if not (visitor.home or st.context.url):
        return ""
    chosen = address.in_view(is_frozen=bool(edition_name))
    frozen = {"edition": edition_name} if edition_name else {}
    query = urlencode({**chosen, **shown_as, **frozen})
    return f"{_home(visitor)}{_path()}{'?' if query else ''}{query}"


def to_sign_in(visitor: Visitor) -> str:
    """The way in, which leads back to what was asked for: a reader of a document comes to the very
    view that its link names, also where less of it is seen before signing in."""
    fields = {"lang": visitor.language.value}
    asked = address.asked()
    if _path() != "/" or asked:
        fields["next"] = f"{_path()}?{urlencode({**asked, 'lang': visitor.language.value})}"
    return f"/kirjaudu?{urlencode(fields)}"


def is_for_everyone(excerpt: Excerpt, visitor: Visitor) -> bool:
    """Whether the public's edition of that name has the same cells, and this server shows it."""
    public = visitor.public() if visitor.public is not None else None
    if public is None or not excerpt.groups:
        return False
    groups = public.table(excerpt.indicator).by_group
    return all(group in groups for group in excerpt.groups)


def to_embed(chart: Chart, excerpt: Excerpt, visitor: Visitor) -> str:
    """The element that a web site's editor puts into a page."""
    query = urlencode({"lang": visitor.language.value})
    source = f"{_home(visitor)}{EMBEDDED}{excerpts.write(excerpt)}?{query}"
    return (
        f'<iframe src="{escape(source)}" title="{escape(chart.headline)}" loading="lazy" '
        f'style="width: 100%; height: {chart.height + AROUND_CHART}px; border: 0"></iframe>'
    )


def _home(visitor: Visitor) -> str:
    """The world's address where the server knows it, else the one in the visitor's browser."""
    if visitor.home:
        return visitor.home
    here = urlsplit(str(st.context.url or ""))
    return f"{here.scheme}://{here.netloc}" if here.netloc else ""


def _path() -> str:
    return urlsplit(str(st.context.url or "")).path or "/"
