"""The figure card: headline, subtitle, chart or its table, footer and a quiet row of actions."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from ui import downloads, links, tables
from ui.visit import Visitor
from yearbook.charts import draw, screen
from yearbook.charts.description import Chart
from yearbook.charts.view import View
from yearbook.editions import Edition, Table


def of(
    table: Table, edition: Edition, visitor: Visitor, key: str, view: View | None = None
) -> None:
    """The card of the chart of these cells. `key` is its own on the page."""
    view = view or View()
    view = replace(
        view, language=visitor.language, own_school=view.own_school or visitor.own_school
    )
    show(draw(edition, table, view), edition, visitor, key)


@st.fragment
def show(chart: Chart, edition: Edition, visitor: Visitor, key: str) -> None:
    """Draw the card. `key` is its own on the page, and stays when the filters change."""
    with st.container(border=True, key=f"card-{key}", height="stretch"):
        _titles(chart)
        as_table = bool(st.session_state.get(f"table-{key}"))
        if chart.is_empty and not as_table:
            _explain(chart, visitor)
        elif as_table:
            tables.show(chart, key)
        else:
            _draw(chart, key)
        _footer(chart)
        with st.container(horizontal=True, gap="small", key=f"actions-{key}"):
            _switch(as_table, visitor, key)
            links.show(edition, visitor, key)
            downloads.show(chart, edition, visitor, key)


def _titles(chart: Chart) -> None:
    st.html(
        f'<h2 class="headline">{escape(chart.headline)}</h2>'
        f'<p class="subtitle">{escape(chart.subtitle)}</p>'
    )


def _draw(chart: Chart, key: str) -> None:
    is_dark = st.context.theme.type == "dark"
    st.plotly_chart(
        screen.figure(chart, is_dark),
        key=f"chart-{key}",
        theme=None,
        height=chart.height,
        config=screen.CONFIG,
        alt=chart.alt,
    )


def _explain(chart: Chart, visitor: Visitor) -> None:
    """Why there is nothing to draw; the card keeps its height."""
    reasons = [reason for _, reason in chart.states] or [visitor.word("card.nothing")]
    said = "".join(f"<p>{escape(reason)}</p>" for reason in reasons)
    st.html(f'<div class="nothing" style="min-height: {chart.height}px">{said}</div>')


def _footer(chart: Chart) -> None:
    lines = "".join(f"<p>{escape(line)}</p>" for line in chart.footer)
    st.html(f'<div class="footer">{lines}</div>')


def _switch(as_table: bool, visitor: Visitor, key: str) -> None:
    """Chart and table take turns in one place."""
    label = visitor.word("card.chart" if as_table else "card.table")
    st.button(label, key=f"turn-{key}", type="tertiary", on_click=_turn, args=(key,))


def _turn(key: str) -> None:
    name = f"table-{key}"
    st.session_state[name] = not st.session_state.get(name)
