"""Takes editions from the shelf for whoever looks: which there are, and the one that was asked for.

A member sees, besides the members' edition, what was published for her own school alone. Whose eyes
they are is read from the account and from nothing that a visitor can choose. A process for the
public opens the public's editions and no others.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from access.accounts import Account, Role
from office.databases import visitors_shelf
from office.settings import settings
from yearbook import catalogue, shelf
from yearbook.editions import MEMBERS, PUBLIC, Edition
from yearbook.joining import joined, with_words

KEPT_IN_MEMORY = 4
KEPT_FOR_SCHOOLS = 24  # each is little: it shares the members' tables


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whose edition is read; school: whose own figures besides, "" for nobody's."""

    audience: str
    school: str = ""


def eyes_of(account: Account | None, is_demonstration: bool = False) -> Eyes | None:
    """None for somebody who sees nothing before signing in.

    The director is not of a school: graduates' judgement of one is for that school alone.
    """
    audience = settings().audience
    if audience == PUBLIC or is_demonstration:
        return Eyes(audience)
    if account is None:
        return Eyes(PUBLIC) if settings().visitors == PUBLIC else None
    return Eyes(audience, account.school if account.role is Role.MEMBER else "")


def editions_in_sight(eyes: Eyes | None = None) -> tuple[str, ...]:
    """The editions that those eyes (else: this process's own audience) may open, the one that is
    shown by itself last.

    What stands behind it on the shelf was rolled back, and is seen by no visitor; none where the
    edition that is shown was not published for this audience.
    """
    engine = visitors_shelf()
    current = shelf.current(engine)
    names = shelf.names(engine, eyes.audience if eyes else settings().audience)
    return names[: names.index(current) + 1] if current in names else ()


def edition(name: str, eyes: Eyes | None = None) -> Edition:
    """With the figures of the eyes' own school, where that edition has any."""
    if eyes is None:
        return _opened(name, settings().audience)
    if eyes.audience != MEMBERS or not eyes.school:
        return _opened(name, eyes.audience)
    return _of_school(name, eyes.school)


def in_sight(eyes: Eyes | None, name: str = "") -> Edition | None:
    """The edition of that name, else the newest, as those eyes see it; None where they do not."""
    names = editions_in_sight(eyes) if eyes else ()
    if not names or (name and name not in names):
        return None
    return edition(name or names[-1], eyes)


def is_public() -> bool:
    """Whether this process shows the public's editions to everyone."""
    return PUBLIC in (settings().visitors, settings().audience)


def public_edition(name: str = "") -> Edition | None:
    """The public's edition of that name, else the one that the public sees by itself; None where
    this process shows the public nothing, or that edition is none of theirs."""
    if not is_public():
        return None
    return in_sight(Eyes(PUBLIC), name)


@st.cache_resource(max_entries=KEPT_IN_MEMORY, show_spinner=False)
def _opened(name: str, audience: str) -> Edition:
    """Editions never change, so one that was opened is kept; pages only read it."""
    return with_words(shelf.open(visitors_shelf(), name, audience), _shipped_words())


@st.cache_resource(max_entries=KEPT_FOR_SCHOOLS, show_spinner=False)
def _of_school(name: str, school: str) -> Edition:
    """The members' edition with what that school alone may see; its audience is the school."""
    members = _opened(name, MEMBERS)
    if school not in members.catalogue.schools:
        return members
    try:
        own = shelf.open(visitors_shelf(), name, school)
    except shelf.NotOnShelfError:  # none of its graduates answered
        return members
    return joined(members, own, school)


@st.cache_resource(show_spinner=False)
def _shipped_words() -> dict[str, dict[str, str]]:
    return dict(catalogue.read()["words"])
