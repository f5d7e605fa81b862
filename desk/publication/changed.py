"""Shows what an edition would change, figure by figure, indicator by indicator."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from desk import markup
from desk.naming import group_name
from desk.publication.writing import write_cell
from office.publishing import Draft
from ui import downloads
from ui.visit import Visitor
from yearbook.catalogue import Catalogue
from yearbook.charts.folds import named
from yearbook.editions import CHANGE, FOLD, FRAME, Cell, Edition
from yearbook.exports.safety import safe_text
from yearbook.language import Language, write_number
from yearbook.publication import Change

MOST_SHOWN = 100
KINDS = ("new", "different", "gone", "interval")
# The figures that differ come first: of new ones there may be thousands.
ORDER = ("different", "gone", "new", "interval")


def kind_of(change: Change) -> str:
    """new, gone, different, or interval: the figure itself stays, and how sure it is changes."""
    before, after = change.before, change.after
    if before is None:
        return "new"
    if after is None:
        return "gone"
    stays = after.is_shown and replace(before, low=after.low, high=after.high) == after
    return "interval" if stays else "different"


def show(draft: Draft, visitor: Visitor) -> None:
    found = by_indicator(draft)
    if not found:
        key = "desk.changes.only_words" if not draft.is_unchanged else "desk.changes.none"
        st.html(markup.paragraph(visitor.word(key), "said"))
        return
    _overview(found, draft, visitor)
    codes = list(found)
    code = st.selectbox(
        visitor.word("desk.changes.look"),
        codes,
        format_func=lambda one: label_of(one, draft.edition, visitor),
        key=f"changes-indicator-{visitor.language}",  # see asked.py
        width=480,
    )
    if code is not None:
        _figures(code, found[code], draft, visitor)


def by_indicator(draft: Draft) -> dict[str, list[Change]]:
    """In the order in which visitors meet the indicators; what is published no more comes last."""
    found: dict[str, list[Change]] = {}
    for change in draft.changes:
        found.setdefault(change.indicator, []).append(change)
    order = list(draft.edition.catalogue.indicators)

    def place(code: str) -> tuple[int, str]:
        base = code.removesuffix(CHANGE)
        return (order.index(base) if base in order else len(order), code)

    return {code: found[code] for code in sorted(found, key=place)}


def label_of(code: str, edition: Edition, visitor: Visitor) -> str:
    if code == FRAME:
        return visitor.word("desk.changes.frame")
    known = edition.catalogue.indicators.get(code.removesuffix(CHANGE))
    if known is None:
        return code
    label = visitor.reads(known.label)
    return visitor.word("desk.changes.yearly", what=label) if code.endswith(CHANGE) else label


def _overview(found: Mapping[str, Sequence[Change]], draft: Draft, visitor: Visitor) -> None:
    columns = [visitor.word("desk.changes.indicator"),
               *(visitor.word(f"desk.changes.{kind}") for kind in KINDS)]  # fmt: skip
    rows = []
    for code, changes in found.items():
        kinds = [kind_of(change) for change in changes]
        counts = [kinds.count(kind) for kind in KINDS]
        rows.append([label_of(code, draft.edition, visitor),
                     *(_count(count, visitor) for count in counts)])  # fmt: skip
    caption = visitor.word("desk.changes.title")
    with st.container(height=320 if len(rows) > 7 else "content", border=False, key="overview"):
        st.html(markup.table(caption, columns, rows, numbers=range(1, len(columns))))


def _count(count: int, visitor: Visitor) -> str:
    return write_number(count, 0, visitor.language) if count else "–"


def _figures(code: str, changes: Sequence[Change], draft: Draft, visitor: Visitor) -> None:
    ordered = sorted(changes, key=lambda one: ORDER.index(kind_of(one)))
    columns = [
        visitor.word(f"desk.changes.{name}") for name in ("group", "option", "before", "after")
    ]
    rows = [_row(change, draft, visitor) for change in ordered[:MOST_SHOWN]]
    is_plain = not any(row[1] for row in rows)
    keep = [0, 2, 3] if is_plain else [0, 1, 2, 3]
    st.html(
        markup.table(
            label_of(code, draft.edition, visitor),
            [columns[i] for i in keep],
            [[row[i] for i in keep] for row in rows],
            numbers=(len(keep) - 2, len(keep) - 1),
        )
    )
    if len(ordered) > MOST_SHOWN:
        told = visitor.word("desk.more", shown=MOST_SHOWN, count=_count(len(ordered), visitor))
        st.html(markup.paragraph(told, "quiet"))
    name = f"{visitor.word('desk.changes.file')}_{draft.edition.name}.csv"
    st.download_button(
        visitor.word("desk.changes.download"),
        data=downloads.recorded(visitor, name, partial(write, draft, visitor)),
        file_name=name,
        mime="text/csv",
        on_click="ignore",
        key="changes-csv",
    )


def _row(change: Change, draft: Draft, visitor: Visitor) -> list[str]:
    using = draft.edition.catalogue
    return [
        group_name(change.group, using, visitor),
        option_name(change, using, visitor),
        *before_and_after(change, using, visitor),
    ]


def before_and_after(change: Change, using: Catalogue, visitor: Visitor) -> list[str]:
    """Both figures; where they are written alike, with what has changed of them."""
    cells = (change.before, change.after)
    written = [write_cell(cell, change.indicator, using, visitor) for cell in cells]
    if written[0] != written[1] or change.before is None or change.after is None:
        return written
    if kind_of(change) == "interval":
        return [written[0], visitor.word("desk.changes.only_interval", figure=written[1])]
    if change.before.n != change.after.n:
        return [_with_n(text, cell, visitor) for text, cell in zip(written, cells, strict=True)]
    return [written[0], visitor.word("desk.changes.rounded", figure=written[1])]


def _with_n(written: str, cell: Cell | None, visitor: Visitor) -> str:
    if cell is None or cell.n is None:
        return written
    return f"{written} (n = {write_number(cell.n, 0, visitor.language)})"


def option_name(change: Change, using: Catalogue, visitor: Visitor) -> str:
    if change.indicator.endswith(CHANGE):
        return visitor.word(f"desk.changes.side_{change.option}")
    if change.indicator == FRAME:
        return visitor.word(f"desk.changes.frame_{change.option}")
    known = using.indicators.get(change.indicator)
    if not change.option or known is None or not known.question:
        return change.option
    question = using.questions[known.question]
    choices = (*question.choices, *question.classes)  # of a code that is both, the class
    labels = {choice.code: visitor.reads(choice.label) for choice in choices}
    names = [labels.get(code, code) for code in change.option.split(FOLD)]
    return named(names, visitor.word) if len(names) > 1 else names[0]


def write(draft: Draft, visitor: Visitor) -> bytes:
    """All changes as CSV, as the Excel of the language opens it."""
    out = io.StringIO()
    delimiter = "," if visitor.language is Language.EN else ";"
    rows = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    names = ("indicator", "group", "option", "before", "after")
    rows.writerow(visitor.word(f"desk.changes.{name}") for name in names)
    for code, changes in by_indicator(draft).items():
        label = label_of(code, draft.edition, visitor)
        rows.writerows(_safe([label, *_row(change, draft, visitor)]) for change in changes)
    return out.getvalue().encode("utf-8-sig")


def _safe(fields: Iterable[str]) -> list[str]:
    return [safe_text(field) for field in fields]
