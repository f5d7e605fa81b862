"""Tietoa: what the figures mean, how they are made and protected, how to cite them."""

from __future__ import annotations

from datetime import date

import streamlit as st

from ui import facts, naming, prose, ways
from ui.visit import Visitor
from yearbook.editions import Edition
from yearbook.language import write_date

ORDER = 70
ICON = None
TITLE = "pages.about.title"
URL_PATH = "tietoa"

METHODS = (
    "schools",
    "changes",
    "ratios",
    "surveys",
    "response",
    "pooling",
    "interval",
    "differences",
    "marks",
)


def show(edition: Edition, visitor: Visitor) -> None:
    product = visitor.reads(edition.catalogue.product)
    prose.title(visitor.word(TITLE), visitor.word("pages.about.lead", product=product))
    tabs = st.tabs([visitor.word(f"pages.about.{part}") for part in PARTS])
    for tab, draw in zip(tabs, PARTS.values(), strict=True):
        with tab:
            draw(edition, visitor)


def _methods(edition: Edition, visitor: Visitor) -> None:
    for name in METHODS:
        prose.passage(
            visitor.word(f"pages.about.method.{name}.title"),
            visitor.word(f"pages.about.method.{name}.text"),
        )


def _privacy(_edition: Edition, visitor: Visitor) -> None:
    """In short; the rules with their numbers and reasons have a page of their own."""
    prose.passage("", visitor.word("pages.about.privacy_lead"))
    ways.link(("tietosuoja",), visitor.word("pages.privacy.more"))


def _breaks(edition: Edition, visitor: Visitor) -> None:
    prose.passage("", visitor.word("pages.about.breaks_lead"))
    found = sorted(edition.catalogue.breaks.values(), key=lambda brk: brk.year)
    prose.table(
        [visitor.word("filters.year"), visitor.word("pages.about.reason")],
        [[str(brk.year), visitor.reads(brk.reason)] for brk in found],
    )


def _edition(edition: Edition, visitor: Visitor) -> None:
    prose.passage("", visitor.word("pages.about.editions_lead"))
    prose.points(
        [
            visitor.word("frame.edition", name=edition.name),
            visitor.word("frame.published", date=_published(edition, visitor)),
            *facts.news(edition, visitor),
            visitor.word("pages.about.digest", digest=edition.digest[:16]),
        ]
    )


def _cite(edition: Edition, visitor: Visitor) -> None:
    prose.passage("", visitor.word("pages.about.cite_lead"))
    st.code(
        visitor.word(
            "pages.about.citation",
            association=visitor.reads(edition.catalogue.association),
            product=visitor.reads(edition.catalogue.product),
            edition=edition.name,
            date=_published(edition, visitor),
        ),
        language=None,
        wrap_lines=True,
    )
    if edition.invented:
        prose.say(visitor.word("frame.invented"), "banner")


def _definitions(edition: Edition, visitor: Visitor) -> None:
    """Every published figure with its definition, by theme."""
    for source in ("annual", "survey"):
        for theme, name in naming.themes(edition, visitor, source).items():
            prose.heading(name)
            prose.table(
                [visitor.word("filters.indicator"), visitor.word("pages.about.definition")],
                [
                    [visitor.reads(i.label), visitor.reads(i.definition)]
                    for i in edition.indicators(theme=theme, source=source)
                ],
            )


def _published(edition: Edition, visitor: Visitor) -> str:
    return write_date(date.fromisoformat(edition.published), visitor.language)


PARTS = {
    "methods": _methods,
    "definitions": _definitions,
    "privacy": _privacy,
    "breaks": _breaks,
    "editions": _edition,
    "cite": _cite,
}
