"""Writes the desk's lists and tables as HTML; every text in them is escaped, whoever wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import streamlit as st

STYLE = Path(__file__).with_name("desk.css")


def apply_style() -> None:
    st.html(STYLE)


def apply_words(**words: str) -> None:
    """Words that the style sheet shows in place of Streamlit's own: `browse` is var(--browse)."""
    said = "".join(
        f"--{name.replace('_', '-')}: {json.dumps(w, ensure_ascii=False)};"
        for name, w in words.items()
    )
    st.html(f"<style>:root {{ {said} }}</style>")


def paragraph(text: str, kind: str = "line", role: str = "") -> str:
    told = f' role="{escape(role)}"' if role else ""
    return f'<p class="{escape(kind)}"{told}>{escape(text)}</p>'


def heading(text: str) -> str:
    return f'<h2 class="section">{escape(text)}</h2>'


def subheading(text: str) -> str:
    return f'<h3 class="file">{escape(text)}</h3>'


def points(sentences: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<ul class="points">{items}</ul>'


def chip(text: str, kind: str) -> str:
    """A word in a frame; `kind` gives its colour, the word its meaning."""
    return f'<span class="chip {escape(kind)}">{escape(text)}</span>'


def table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
) -> str:
    """Each field is text, or what `chip` gives. On a narrow screen a row becomes a small list.

    numbers: the columns that are written flush right.
    """
    head = "".join(
        f"<th scope='col'{_number(i, numbers)}>{escape(c)}</th>" for i, c in enumerate(columns)
    )
    body = "".join(f"<tr>{_fields(columns, row, numbers)}</tr>" for row in rows)
    return (
        f"<div class='listing'><table><caption class='only-read'>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _fields(columns: Sequence[str], row: Sequence[str], numbers: Sequence[int]) -> str:
    return "".join(
        f"<td data-column='{escape(columns[i], quote=True)}'{_number(i, numbers)}>{_field(f)}</td>"
        for i, f in enumerate(row)
    )


def _field(field: str) -> str:
    return field if isinstance(field, Marked) else escape(field)


def _number(column: int, numbers: Sequence[int]) -> str:
    return " class='number'" if column in numbers else ""


class Marked(str):
    """HTML of our own making, with its texts escaped already."""

    __slots__ = ()


def marked_chip(text: str, kind: str) -> Marked:
    return Marked(chip(text, kind))
