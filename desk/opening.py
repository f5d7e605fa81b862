"""Opens a page of the desk: its title, whether the visitor may act, what became of the last action;
and a choice of the page's parts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

import streamlit as st

from desk import confirming, markup
from desk.authority import may_act, may_keep
from office import tidying
from ui import prose
from ui.visit import Visitor

log = logging.getLogger(__name__)
Part = Callable[[Visitor], None]


def opens(visitor: Visitor, room: str, *, tells: bool = True, for_keepers: bool = False) -> bool:
    """Whether the page goes on. room: its words are `desk.ROOM.title` and `desk.ROOM.lead`.

    tells: whether the last action's outcome is said here and now. for_keepers: the maintainer may
    open it, too.
    """
    markup.apply_style()
    prose.title(visitor.word(f"desk.{room}.title"), visitor.word(f"desk.{room}.lead"))
    may, refused = (may_keep, "desk.accounts.refused") if for_keepers else (may_act, "desk.refused")
    if not may(visitor):
        prose.say(visitor.word(refused))
        return False
    _tidy_daily()
    if tells:
        confirming.show_told()
    return True


def choose_part(visitor: Visitor, room: str, parts: Mapping[str, Part]) -> Part:
    """What the director has chosen, the first at first; named by `desk.ROOM.part_NAME`."""
    names = list(parts)
    chosen = st.segmented_control(
        visitor.word(f"desk.{room}.parts"),
        names,
        default=names[0],
        format_func=lambda name: visitor.word(f"desk.{room}.part_{name}"),
        required=True,
        key=f"{room}-part",
        label_visibility="collapsed",
    )
    return parts[chosen]


@st.cache_resource(ttl=timedelta(days=1), show_spinner=False)
def _tidy_daily() -> None:
    """A server may run for months. The page is there whether it succeeds or not."""
    try:
        tidying.tidy()
    except Exception:
        log.exception("what has been kept long enough could not be deleted")
