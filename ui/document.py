"""Reads a document of docs/ for the screen, with the numbers of the edition in place of its own.

A number that belongs to the policy is followed by its name, which no reader of the document sees:
`5<!--threshold-->`. Parts between `<!--name-->` and `<!--/name-->` are for one reader or one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui import prose, ways
from yearbook.catalogue import Policy

DOCS = Path(__file__).resolve().parent.parent / "docs"
NUMBER = re.compile(r"\d+(?=<!--(\w+)-->)")
MARK = re.compile(r"<!--/?\w+-->")
SPECIAL = re.compile(r"([\\`*_\[\]<>|$~])")


@dataclass(frozen=True, slots=True)
class Document:
    """A title, what stands before the first heading, and (heading, Markdown) for each part."""

    title: str
    lead: str
    parts: tuple[tuple[str, str], ...]


def read(name: str, policy: Policy, places: Mapping[str, str]) -> Document:
    """The document with the policy's numbers. places: a part's name -> the Markdown that takes its
    place, "" where it is left out."""
    text = (DOCS / name).read_text(encoding="utf-8")
    for part, words in places.items():
        text = _replaced(text, part, words)
    text = NUMBER.sub(lambda found: _number(found, policy), text)
    head, *parts = re.split(r"^## ", MARK.sub("", text), flags=re.MULTILINE)
    title, _, lead = head.partition("\n")
    split = (part.partition("\n") for part in parts)
    return Document(
        title.removeprefix("# ").strip(),
        lead.strip(),
        tuple((heading.strip(), words.strip()) for heading, _, words in split),
    )


def show(found: Document, other: str, name: str) -> None:
    """The document as a page, and a link to the other page about the same: its path and name."""
    prose.title(found.title)
    with st.container(key="document"):
        st.markdown(found.lead)
        ways.link((other,), name)
        for heading, words in found.parts:
            prose.heading(heading)
            st.markdown(words)


def numbers(name: str) -> list[tuple[str, int]]:
    """Every number of the policy that the document states: (its name, as it states it)."""
    text = (DOCS / name).read_text(encoding="utf-8")
    return [(found[1], int(found[0])) for found in NUMBER.finditer(text)]


def listed(sentences: Iterable[str]) -> str:
    """A list in Markdown."""
    return "\n".join(f"- {_plain(sentence)}" for sentence in sentences)


def tabled(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [columns, ["---"] * len(columns), *([_plain(field) for field in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _replaced(text: str, part: str, words: str) -> str:
    return re.sub(rf"<!--{part}-->.*?<!--/{part}-->", lambda _: words, text, flags=re.DOTALL)


def _number(found: re.Match[str], policy: Policy) -> str:
    return str(getattr(policy, found[1], found[0]))


def _plain(text: str) -> str:
    """Nothing in it is Markdown."""
    return SPECIAL.sub(r"\\\1", text)
