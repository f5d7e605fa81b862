"""Takes editions from the shelf for visitors: which there are, and the one that was asked for.

A process for the public opens the public's editions and no others, so that nothing of the members'
can reach a page, a file or a link of it.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from office.databases import visitors_shelf
from office.settings import settings
from yearbook import catalogue, shelf
from yearbook.editions import Edition

KEPT_IN_MEMORY = 4


def editions_in_sight() -> tuple[str, ...]:
    """The editions visitors may open, the one they are shown by itself last.

    What stands behind it on the shelf was rolled back, and is seen by no visitor; none where the
    edition that is shown was not published for this audience.
    """
    engine = visitors_shelf()
    current = shelf.current(engine)
    names = shelf.names(engine, settings().audience)
    return names[: names.index(current) + 1] if current in names else ()


def edition(name: str) -> Edition:
    return _opened(name, settings().audience)


@st.cache_resource(max_entries=KEPT_IN_MEMORY, show_spinner=False)
def _opened(name: str, audience: str) -> Edition:
    """Editions never change, so one that was opened is kept; pages only read it."""
    return _with_todays_words(shelf.open(visitors_shelf(), name, audience))


def _with_todays_words(edition: Edition) -> Edition:
    """Charts use words that an edition published before an upgrade does not have.

    Whatever the edition has frozen goes before them.
    """
    words = {**_shipped_words(), **edition.content["words"]}
    return replace(edition, content={**edition.content, "words": words})


@st.cache_resource(show_spinner=False)
def _shipped_words() -> dict[str, dict[str, str]]:
    return dict(catalogue.read()["words"])
