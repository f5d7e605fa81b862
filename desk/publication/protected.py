"""Says how many groups of each survey question would be withheld, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import streamlit as st

from desk import markup
from ui.visit import Visitor
from yearbook.editions import Edition
from yearbook.language import write_number

COUNTS = ("shown", "small", "complementary")


def show(edition: Edition, visitor: Visitor) -> None:
    withheld = cast("Mapping[str, Mapping[str, Any]]", edition.report.get("withheld", {}))
    if not withheld:
        st.html(markup.paragraph(visitor.word("desk.withheld.none"), "quiet"))
        return
    st.html(markup.paragraph(visitor.word("desk.withheld.lead"), "quiet"))
    columns = [visitor.word(f"desk.withheld.{name}") for name in ("question", "survey", *COUNTS)]
    rows = [_row(place, counts, edition, visitor) for place, counts in withheld.items()]
    with st.container(height=360 if len(rows) > 8 else "content", border=False, key="withheld"):
        st.html(markup.table(visitor.word("desk.withheld.title"), columns, rows, (2, 3, 4)))


def _row(place: str, counts: Mapping[str, Any], edition: Edition, visitor: Visitor) -> list[str]:
    code, _, survey = place.partition("/")
    using = edition.catalogue
    return [
        visitor.reads(using.questions[code].label),
        visitor.reads(using.surveys[survey].name),
        *(write_number(counts.get(name, 0), 0, visitor.language) for name in COUNTS),
    ]
