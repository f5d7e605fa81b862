"""Which schools have returned their figures of a year, which are late, which are still to come."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from desk import actions, markup
from desk.naming import write_moment
from desk.using import catalogue_in_use
from office.databases import visitors_shelf
from ui.visit import Visitor
from yearbook import shelf
from yearbook.archive import Entry
from yearbook.submissions import Kind

KINDS = {"published": "good", "new": "look", "late": "bad", "waited_for": ""}


def show(visitor: Visitor) -> None:
    held = _held(visitor)
    years = sorted({year for _, year in held}, reverse=True)
    if not years:
        st.html(markup.paragraph(visitor.word("desk.returns.empty"), "said"))
        return
    year = st.selectbox(visitor.word("desk.returns.year"), years, key="returns-year", width=160)
    published = _published(shelf.current(visitors_shelf()) or "").get(str(year), ())
    schools = [s for s in catalogue_in_use().schools.values() if s.is_member(year)]
    returned = [school for school in schools if (school.code, year) in held]
    told = visitor.word("desk.returns.count", count=len(returned), whole=len(schools), year=year)
    st.html(markup.paragraph(told, "counts"))
    rows = []
    for school in sorted(schools, key=lambda one: visitor.reads(one.name)):
        entry = held.get((school.code, year))
        state = state_of(school.code, entry, published)
        rows.append([
            visitor.reads(school.name_in(year)),
            markup.marked_chip(visitor.word(f"desk.returns.{state}"), KINDS[state]),
            write_moment(entry.received.when, visitor) if entry else "",
            entry.received.file_name if entry else "",
        ])  # fmt: skip
    columns = [visitor.word(f"desk.returns.{name}") for name in ("school", "state", "when", "file")]
    st.html(markup.table(told, columns, rows))


def state_of(school: str, entry: Entry | None, published: tuple[str, ...]) -> str:
    """published: the schools whose figures of the year visitors see; () where it is not out yet."""
    if entry is not None:
        return "published" if school in published else "new"
    return "late" if published else "waited_for"


def _held(visitor: Visitor) -> dict[tuple[str, int], Entry]:
    """(school, year) -> the submission in force."""
    entries = actions.submissions(visitor)
    return {pair: e for e in entries if e.kind is Kind.ANNUAL for pair in e.in_force}


@st.cache_resource(max_entries=2, show_spinner=False)
def _published(name: str) -> Mapping[str, tuple[str, ...]]:
    """Which schools are in that edition, by year. Editions never change."""
    return shelf.open(visitors_shelf(), name).returned if name else {}
