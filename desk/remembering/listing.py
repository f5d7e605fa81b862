"""The entries that were searched for, the newest first, and all of them as a file."""

from __future__ import annotations

from functools import partial

import streamlit as st

from access.record import Sought
from desk import markup
from desk.remembering import reading, writing
from ui.visit import Visitor
from yearbook.language import write_number

MOST_SHOWN = 200
SHORT_CHECKSUM = 12


def show(wanted: Sought, visitor: Visitor) -> None:
    entries = reading.found(visitor, wanted, MOST_SHOWN + 1)
    if not entries:
        key = "none" if wanted == Sought() else "none_found"
        st.html(markup.paragraph(visitor.word(f"desk.record.{key}"), "said", role="status"))
        return
    shown = entries[:MOST_SHOWN]
    is_cut = len(entries) > MOST_SHOWN
    count = write_number(len(shown), 0, visitor.language)
    told = visitor.word(f"desk.record.{'newest' if is_cut else 'count'}", count=count)
    st.html(markup.paragraph(told, "counts", role="status"))
    columns = [visitor.word(f"desk.record.{name}") for name in writing.COLUMNS]
    rows = [writing.row(entry, visitor) for entry in shown]
    with st.container(key="record-entries"):
        st.html(
            markup.table(
                visitor.word("desk.record.title"),
                columns,
                [[*row[:-1], row[-1][:SHORT_CHECKSUM] or "–"] for row in rows],
            )
        )
    st.download_button(
        visitor.word("desk.record.download"),
        data=partial(reading.as_csv, visitor, wanted),
        file_name=f"{visitor.word('desk.record.file')}.csv",
        mime="text/csv",
        on_click="ignore",
        key="record-csv",
    )
