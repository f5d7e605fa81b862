"""Draws the figures of a statement with the visitor's own eyes: each from the edition that its
excerpt names, and nothing of what another school alone may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from ui.visit import Visitor
from yearbook.charts.excerpt import Excerpt, write
from yearbook.editions import MEMBERS, PUBLIC, Edition
from yearbook.language import Language
from yearbook.statements import Figure, LaidFigure, Layout, Statement, laid_figure, laid_out

OF_ALL = (MEMBERS, PUBLIC, "")
FIGURES_KEPT = 300


def editions_of(statement: Statement, visitor: Visitor) -> dict[str, Edition]:
    """Those of its figures that she may open, by name."""
    opened = {name: visitor.open_edition(name) for name in statement.editions}
    return {name: edition for name, edition in opened.items() if edition is not None}


def lay_out(statement: Statement, visitor: Visitor, language: Language | None = None) -> Layout:
    """The whole document, in its own language or in another."""
    editions = editions_of(statement, visitor)
    address = partial(address_of, visitor=visitor)
    return laid_out(in_sight(statement, editions), editions, language, address)


def address_of(figure: Figure, visitor: Visitor) -> str:
    """Where a reader of the document sees the very numbers, if she may; "" where this server does
    not know its own address."""
    return f"{visitor.home}/kuvio?kuvio={write(figure.excerpt)}" if visitor.home else ""


def lay_figure(figure: Figure, editions: Mapping[str, Edition], language: Language) -> LaidFigure:
    """One figure by itself, as in a document of that language."""
    edition = editions.get(figure.excerpt.edition)
    named = f"{edition.name} {edition.audience} {edition.digest}" if edition else ""
    (seen,) = in_sight(Statement(figures=(figure,)), editions).figures
    return _laid(dict(editions), named, seen, language)


def in_sight(statement: Statement, editions: Mapping[str, Edition]) -> Statement:
    """Without the cells of figures that were drawn with another school's eyes."""
    figures = tuple(
        one if is_hers(one.excerpt, editions.get(one.excerpt.edition)) else _emptied(one)
        for one in statement.figures
    )
    return replace(statement, figures=figures)


def is_hers(excerpt: Excerpt, edition: Edition | None) -> bool:
    """Not where it was drawn of what another school alone may see."""
    return excerpt.audience in OF_ALL or (
        edition is not None and edition.audience == excerpt.audience
    )


def _emptied(figure: Figure) -> Figure:
    return replace(figure, excerpt=replace(figure.excerpt, groups=()))


@st.cache_resource(max_entries=FIGURES_KEPT, show_spinner=False, hash_funcs={Figure: hash})
def _laid(
    _editions: Mapping[str, Edition], edition: str, figure: Figure, language: Language
) -> LaidFigure:
    """`edition` names the one it is drawn from, with whose eyes."""
    return laid_figure(figure, _editions, language, language)
