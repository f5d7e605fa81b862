"""The figure card: headline, subtitle, chart or its table, footer and a quiet row of actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, cast

import streamlit as st

from ui import address, clip, downloads, links, prose, tables, ways
from ui.pooled import Offer, offer
from ui.visit import Visitor
from yearbook.charts import draw, screen
from yearbook.charts.captions import linked
from yearbook.charts.description import Chart
from yearbook.charts.excerpt import Excerpt, excerpt_of
from yearbook.charts.view import View
from yearbook.editions import Edition, Table
from yearbook.statements import Figure

if TYPE_CHECKING:
    from streamlit.elements.plotly_chart import PlotlyState

PLAIN = View()
EMPTY_HEIGHT = 200
CHARTS_KEPT = 500
PRIVACY_PAGES = ("tietosuoja", "tietoa")  # the page about protection, else that about the figures
COMPACT = frozenset({"small_multiple"})  # their period and footer stand once, for all of them

OnClick = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands: its key, its own on the page; where a click leads; a remark.

    is_table: the table comes first, and the chart in its place when asked for.
    """

    key: str
    on_click: OnClick | None = None
    remark: str = ""
    is_table: bool = False


def of(
    table: Table,
    edition: Edition,
    visitor: Visitor,
    place: Place | str,
    view: View = PLAIN,
) -> None:
    """The card of the chart of these cells."""
    place = Place(place) if isinstance(place, str) else place
    own = view.own_school or visitor.own_school
    view = replace(view, language=visitor.language, own_school=own)
    if table.cells:
        drawn = _of(edition, table, view)
        offered = _offered(edition, _named(edition), table, view.option) if drawn.withheld else None
        pooled = _Pooled(offered, view) if offered else None
        show(_Drawn(drawn, table, view, pooled), edition, visitor, place)
    else:
        _without_cells(edition, table, visitor, place)


@dataclass(frozen=True)
class _Pooled:
    """What may take the place of a chart of which something is withheld."""

    offer: Offer
    view: View

    def chart(self, edition: Edition) -> Chart:
        """Lines need several moments; of one, the form is chosen anew."""
        moments = {group.cohort or group.block for group in self.offer.table.by_group}
        view = self.view if len(moments) > 1 else replace(self.view, form="")
        return _of(edition, self.offer.table, view)


@dataclass(frozen=True)
class _Drawn:
    """A chart, the cells and the view that it was drawn of, and what may take its place."""

    chart: Chart
    table: Table
    view: View
    pooled: _Pooled | None = None

    def in_pooled(self, edition: Edition) -> _Drawn:
        assert self.pooled is not None
        return replace(self, chart=self.pooled.chart(edition), table=self.pooled.offer.table)

    def excerpt(self, edition: Edition) -> Excerpt:
        """By which the chart can be drawn again."""
        return excerpt_of(edition, self.table, self.view, self.chart.form)


def _of(edition: Edition, table: Table, view: View) -> Chart:
    return _drawn(edition, _named(edition), table, view)


def _named(edition: Edition) -> str:
    """Editions never change, so neither do their charts nor what pools them. One that holds a
    school's own figures is another than the members'."""
    return f"{edition.name} {edition.audience} {edition.digest}"


@st.cache_resource(max_entries=CHARTS_KEPT, show_spinner=False, hash_funcs={Table: hash})
def _offered(_edition: Edition, edition: str, table: Table, option: str) -> Offer | None:
    """`edition` names this one."""
    return offer(_edition, table, option)


@st.cache_resource(
    max_entries=CHARTS_KEPT, show_spinner=False, hash_funcs={Table: hash, View: hash}
)
def _drawn(_edition: Edition, edition: str, table: Table, view: View) -> Chart:
    """`edition` names this one."""
    return draw(_edition, table, view)


@st.fragment
def show(drawn: _Drawn, edition: Edition, visitor: Visitor, place: Place) -> None:
    """Draw the card; a click on one of its actions redraws this card alone."""
    key, pooled = place.key, drawn.pooled
    _take_from_address(place, pooled)
    is_pooled = pooled is not None and _is_chosen(pooled, key)
    drawn = drawn.in_pooled(edition) if is_pooled else drawn
    chart = drawn.chart
    with st.container(border=True, key=f"card-{key}", height="stretch"):
        is_compact = chart.form in COMPACT
        _titles(chart.headline, chart.axis.unit if is_compact else chart.subtitle)
        if chart.own_school:
            st.html(f'<p class="own-school" role="note">{escape(chart.own_school)}</p>')
        as_table = bool(st.session_state.get(f"table-{key}", place.is_table))
        if as_table:
            tables.show(chart, key, place.is_table)
        elif chart.is_empty:
            _explain([reason for _, reason in chart.states], chart.height, visitor)
        else:
            _draw(chart, place)
        if place.remark:
            st.html(f'<p class="remark">{escape(place.remark)}</p>')
        if chart.withheld or is_pooled:
            _protection(chart, visitor, key, pooled)
        if not is_compact:
            _footer(chart)
        shown_as = _shown_as(place, as_table, is_pooled)
        excerpt = drawn.excerpt(edition)
        with st.container(horizontal=True, gap="small", key=f"actions-{key}"):
            _switch(as_table, visitor, key)
            links.show(chart, excerpt, visitor, key, shown_as)
            chart = linked(chart, links.of_view(visitor, shown_as, edition.name))
            downloads.show(chart, edition, visitor, key)
            clip.show(Figure(excerpt, as_table=as_table), visitor, key)


def _shown_as(place: Place, as_table: bool, is_pooled: bool) -> dict[str, str]:
    """What a link says besides the choices of the page, where this card is not as it comes."""
    shown_as = {"pooled": place.key} if is_pooled else {}
    if as_table != place.is_table:
        shown_as["table" if as_table else "chart"] = place.key
    return shown_as


def _take_from_address(place: Place, pooled: _Pooled | None) -> None:
    """A link was followed that shows this card's table or its pooled view; it says so once."""
    for name in ("table", "chart"):
        if address.wanted(name) == place.key:
            st.session_state[f"table-{place.key}"] = name == "table"
            address.forget(name)
    if pooled is not None and address.wanted("pooled") == place.key:
        _pool(place.key, hash(pooled.offer))
        address.forget("pooled")


def _is_chosen(pooled: _Pooled, key: str) -> bool:
    return bool(st.session_state.get(f"pooled-{key}") == hash(pooled.offer))


def _protection(chart: Chart, visitor: Visitor, key: str, pooled: _Pooled | None) -> None:
    """How much is withheld and why, and the pooled view that is shown, or the way back from it."""
    with st.container(horizontal=True, key=f"protection-{key}", vertical_alignment="center"):
        if chart.withheld:
            st.html(f'<p class="withheld" role="note">{escape(chart.withheld)}</p>')
            ways.link(PRIVACY_PAGES, visitor.word("card.why_withheld"))
        if pooled is None:
            return
        if _is_chosen(pooled, key):
            st.html(f'<p class="pooled" role="note">{escape(_told(pooled, visitor))}</p>')
            label, chosen = visitor.word("card.not_pooled"), None
        else:
            what = pooled.offer.named(visitor)
            label, chosen = visitor.word("card.pooled", what=prose.plain(what)), hash(pooled.offer)
        st.button(label, key=f"pool-{key}", type="tertiary", on_click=_pool, args=(key, chosen))


def _told(pooled: _Pooled, visitor: Visitor) -> str:
    return visitor.word("card.is_pooled", what=pooled.offer.named(visitor))


def _pool(key: str, chosen: int | None) -> None:
    st.session_state[f"pooled-{key}"] = chosen


def key_of_small_multiples(visitor: Visitor, school: str) -> None:
    """What the line, the band and the dashes are; once, above all of them."""
    said = [
        ("own", school or visitor.word("card.own_line")),
        ("band", visitor.word("card.band")),
        ("mean", visitor.word("card.mean")),
    ]
    items = "".join(f'<span class="{kind}">{escape(words)}</span>' for kind, words in said)
    st.html(f'<p class="small-key">{items}</p>')


def _without_cells(edition: Edition, table: Table, visitor: Visitor, place: Place) -> None:
    """The edition has no such cells at all, so there is no chart to describe."""
    label = visitor.reads(edition.catalogue.indicators[table.indicator].label)
    with st.container(border=True, key=f"card-{place.key}", height="stretch"):
        _titles(label, "")
        _explain([], EMPTY_HEIGHT, visitor)


def _titles(headline: str, subtitle: str) -> None:
    st.html(
        f'<h2 class="headline">{escape(headline)}</h2><p class="subtitle">{escape(subtitle)}</p>'
    )


def _draw(chart: Chart, place: Place) -> None:
    clicked = st.plotly_chart(
        screen.figure(chart, st.context.theme.type == "dark"),
        key=f"chart-{place.key}",
        theme=None,
        height=chart.height,
        config=screen.CONFIG,
        alt=chart.alt,
        on_select="rerun" if place.on_click else "ignore",
        selection_mode="points",
    )
    points = cast("PlotlyState", clicked).selection.points if place.on_click else []
    if place.on_click and points:
        place.on_click(str(points[0]["customdata"]))


def _explain(reasons: Sequence[str], height: int, visitor: Visitor) -> None:
    """Why there is nothing to draw; the card keeps its height."""
    said = "".join(
        f"<p>{escape(reason)}</p>" for reason in reasons or [visitor.word("card.nothing")]
    )
    st.html(f'<div class="nothing" style="min-height: {height}px">{said}</div>')


def _footer(chart: Chart) -> None:
    st.html(f'<p class="footer">{escape(" · ".join(chart.footer))}</p>')


def _switch(as_table: bool, visitor: Visitor, key: str) -> None:
    """Chart and table take turns in one place."""
    label = visitor.word("card.chart" if as_table else "card.table")
    st.button(label, key=f"turn-{key}", type="tertiary", on_click=_turn, args=(key, as_table))


def _turn(key: str, was_table: bool) -> None:
    st.session_state[f"table-{key}"] = not was_table
