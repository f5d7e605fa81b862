"""The script that Streamlit runs for every visitor: who visits, which edition, which pages."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import pkgutil
from functools import partial
from types import ModuleType

import streamlit as st

from door import reading
from office.databases import has_archive
from ui import address, frame, prose, ways
from ui.visit import Visitor
from yearbook.editions import Edition

LOG = logging.getLogger(__name__)


def visit() -> None:
    address.read()
    choice = frame.Choice(
        editions=reading.editions_in_sight(),
        asked_edition=address.wanted("edition") or "",
        has_desk=has_archive() and bool(_modules("desk")),
    )
    edition = _edition(choice)
    visitor = frame.meet(edition, choice)
    listed = _listed(visitor, edition)
    ways.remember({page.url_path: page for pages in listed.values() for page in pages})
    page = st.navigation(listed, position="top")
    product = visitor.word("frame.product")
    st.set_page_config(page_title=f"{page.title} – {product}", layout="wide")
    frame.show(visitor, edition, choice)
    page.run()
    address.write()


def _edition(choice: frame.Choice) -> Edition | None:
    if not choice.editions:
        return None
    known = choice.asked_edition in choice.editions
    return reading.edition(choice.asked_edition if known else choice.newest)


def _listed(visitor: Visitor, edition: Edition | None) -> dict[str, list[st.Page]]:
    """The pages of everyone, and the desk as a group of its own for the director alone."""
    pages = [_page(module, partial(_show, module, edition, visitor), visitor)
             for module in _modules("pages") if _has_figures(module, edition)]  # fmt: skip
    if not visitor.is_director:
        return {"": pages}
    desk = [_page(module, partial(module.show, visitor), visitor) for module in _modules("desk")]
    return {"": pages, visitor.word("frame.desk"): desk}


def _has_figures(module: ModuleType, edition: Edition | None) -> bool:
    """A page about single schools is not listed where none of them has a figure."""
    of_schools = getattr(module, "OF_SCHOOLS", False)
    return not of_schools or edition is None or edition.tells_of_schools


def _show(module: ModuleType, edition: Edition | None, visitor: Visitor) -> None:
    if edition is None:
        frame.nothing_published(visitor, has_archive())
        return
    try:
        module.show(edition, visitor)
    except Exception:
        # A visitor is told what to do; what went wrong is for the keeper, in the log.
        LOG.exception("The page %s could not be shown", module.__name__)
        prose.say(visitor.word("empty.broken"), "banner")


def _page(module: ModuleType, show: partial[None], visitor: Visitor) -> st.Page:
    return st.Page(
        show,
        title=visitor.word(module.TITLE),
        icon=module.ICON,
        url_path=module.URL_PATH,
        visibility=getattr(module, "VISIBILITY", "visible"),
    )


def _modules(room: str) -> list[ModuleType]:
    """The pages of a room, each a module with ORDER, ICON, TITLE, URL_PATH and show."""
    if importlib.util.find_spec(room) is None:
        return []
    paths = importlib.import_module(room).__path__
    found = [
        importlib.import_module(f"{room}.{entry.name}") for entry in pkgutil.iter_modules(paths)
    ]
    return sorted((module for module in found if hasattr(module, "ORDER")), key=lambda m: m.ORDER)


try:
    visit()
except Exception:
    LOG.exception("The visit could not be begun")
    st.error(
        "Sivua ei voitu näyttää. Yritä hetken päästä uudelleen. · "
        "Sidan kunde inte visas. Försök igen om en stund. · "
        "The page could not be shown. Try again in a moment."
    )
