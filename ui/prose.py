"""Words on a page: headings, sentences, short lists and plain tables, escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.visit import Visitor
from yearbook.catalogue import Indicator


def say(sentence: str, kind: str = "said") -> None:
    """A quiet sentence, if there is one; its look is in frame.css under the kind."""
    if not sentence:
        return
    st.html(f'<p class="{kind}" role="note">{escape(sentence)}</p>')


def title(headline: str, below: str = "") -> None:
    """The page's one heading, with a line under it."""
    under = f'<p class="lead">{escape(below)}</p>' if below else ""
    st.html(f'<h1 class="page-title">{escape(headline)}</h1>{under}')


def heading(words: str) -> None:
    """A heading between the parts of a page."""
    st.html(f'<h2 class="section">{escape(words)}</h2>')


def points(sentences: Sequence[str]) -> None:
    """A short list."""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    st.html(f'<ul class="points">{items}</ul>')


def definition(indicator: Indicator, visitor: Visitor) -> None:
    """What the figure means, at hand on every page that shows it large."""
    what, means = visitor.reads(indicator.label), visitor.reads(indicator.definition)
    stop = "" if what.endswith("?") else "."
    st.html(f'<p class="definition"><b>{escape(what)}{stop}</b> {escape(means)}</p>')


def passage(headline: str, words: str) -> None:
    """A few lines to read, with a small heading if there is one."""
    above = f"<h3>{escape(headline)}</h3>" if headline else ""
    st.html(f'<div class="passage">{above}<p>{escape(words)}</p></div>')


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table of words."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(field)}</td>" for field in row) + "</tr>" for row in rows
    )
    st.html(
        f'<div class="plain-table"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def quote(sentence: str, below: str = "") -> None:
    """A question as it was asked; what explains it stands below, unless it says the same."""
    under = f"<footer>{escape(below)}</footer>" if below not in ("", sentence) else ""
    st.html(f'<blockquote class="question">{escape(sentence)}{under}</blockquote>')


def plain(text: str) -> str:
    """Streamlit reads labels as Markdown; a name that somebody wrote is to be shown as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+-.!|~$:^&" else c for c in text)
