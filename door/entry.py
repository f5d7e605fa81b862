"""The script that Streamlit runs for every visitor: who visits, which edition, which pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from types import ModuleType

import streamlit as st

from door import meeting, mishaps, reading
from door.listing import modules
from door.meeting import Met
from door.signing_in import sign_out_mark
from office.databases import has_archive
from office.settings import settings
from ui import address, frame, prose, ways
from ui.visit import DIRECTOR, MEMBER, VISITOR, Visitor
from yearbook.editions import Edition


def visit() -> None:
    address.read()
    met = meeting.meet()
    eyes = reading.eyes_of(met.account, met.is_demonstration)
    choice = _choice(met, eyes)
    edition = _edition(choice, eyes)
    visitor = _known(frame.meet(edition, choice), met, eyes)
    nothing = partial(_nothing, met, eyes, visitor)
    show = partial(_show, edition=edition, visitor=visitor, nothing=nothing)
    listed = _listed(visitor, show, edition)
    ways.remember({page.url_path: page for pages in listed.values() for page in pages})
    page = st.navigation(listed, position="top" if eyes else "hidden")
    product = visitor.word("frame.product")
    st.set_page_config(page_title=f"{page.title} – {product}", layout="wide")
    frame.show(visitor, edition, choice)
    page.run()
    address.write()


def _choice(met: Met, eyes: reading.Eyes | None) -> frame.Choice:
    """What this visitor may choose from, and what her account says."""
    account = met.account
    roles: tuple[str, ...] = (account.role.value if account else VISITOR,)
    has_desk = has_archive() and bool(modules("desk"))
    if met.is_demonstration:
        roles = (MEMBER, DIRECTOR) if has_desk else (MEMBER,)
    return frame.Choice(
        editions=reading.editions_in_sight(eyes) if eyes else (),
        asked_edition=address.wanted("edition") or "",
        has_desk=has_desk,
        roles=roles,
        own_school=account.school if account else "",
        way_in=_way_in(met),
    )


def _way_in(met: Met) -> frame.WayIn | None:
    """What the frame needs for signing in and out; none in the demonstration."""
    if met.is_demonstration:
        return None
    if met.account is None:
        return frame.WayIn()
    return frame.WayIn(met.account.name, met.account.login, sign_out_mark(met.token))


def _known(visitor: Visitor, met: Met, eyes: reading.Eyes | None) -> Visitor:
    """With what the desk asks again before it does anything."""
    account = met.account
    return replace(
        visitor,
        account_name=account.name if account else "",
        login=account.login if account else "",
        note=meeting.note(met, visitor.role),
        still=meeting.still(met),
        home=settings().address,
        public=partial(reading.public_edition, visitor.edition_name),
        account_number=account.number if account else None,
        drawer=meeting.drawer(met),
        open_edition=partial(reading.in_sight, eyes),
    )


def _edition(choice: frame.Choice, eyes: reading.Eyes | None) -> Edition | None:
    if not choice.editions:
        return None
    known = choice.asked_edition in choice.editions
    return reading.edition(choice.asked_edition if known else choice.newest, eyes)


def _listed(
    visitor: Visitor, show: Callable[..., None], edition: Edition | None
) -> dict[str, list[st.Page]]:
    """The pages of everyone, and the desk as a group of its own for those who work there."""
    pages = [_page(module, partial(show, module), visitor)
             for module in modules("pages") if _is_for(module, visitor, edition)]  # fmt: skip
    desk = [_page(module, partial(_show_desk, module, visitor), visitor)
            for module in modules("desk") if _works_there(module, visitor)]  # fmt: skip
    return {"": pages, visitor.word("frame.desk"): desk} if desk else {"": pages}


def _works_there(module: ModuleType, visitor: Visitor) -> bool:
    """The director everywhere, the maintainer where no answers are."""
    if not has_archive():
        return False
    return visitor.is_director or (visitor.may_keep and getattr(module, "FOR_KEEPERS", False))


def _is_for(module: ModuleType, visitor: Visitor, edition: Edition | None) -> bool:
    """A page about single schools is not listed where none of them has a figure, nor one of what
    somebody has written for those who keep nothing here."""
    if getattr(module, "OF_WRITERS", False) and visitor.drawer is None:
        return False
    of_schools = getattr(module, "OF_SCHOOLS", False)
    return not of_schools or edition is None or edition.tells_of_schools


def _nothing(met: Met, eyes: reading.Eyes | None, visitor: Visitor) -> None:
    """What stands where there is no edition to show."""
    if eyes is None:
        frame.sign_in_first(visitor, met.has_ended)
    else:
        frame.nothing_published(visitor, has_archive() and met.is_demonstration)


def _show(
    module: ModuleType, edition: Edition | None, visitor: Visitor, nothing: Callable[[], None]
) -> None:
    if edition is None:
        nothing()
    else:
        _safely(module, lambda: module.show(edition, visitor), visitor)


def _show_desk(module: ModuleType, visitor: Visitor) -> None:
    _safely(module, lambda: module.show(visitor), visitor)


def _safely(module: ModuleType, show: Callable[[], None], visitor: Visitor) -> None:
    """A visitor is told a number; what went wrong is for the keeper, in the log."""
    try:
        show()
    except Exception as error:
        number = mishaps.number_of(error, f"the page {module.__name__} could not be shown")
        prose.say(visitor.word("empty.broken", number=number), "banner")


def _page(module: ModuleType, show: partial[None], visitor: Visitor) -> st.Page:
    return st.Page(
        show,
        title=visitor.word(module.TITLE),
        icon=module.ICON,
        url_path=module.URL_PATH,
        visibility=getattr(module, "VISIBILITY", "visible"),
    )


try:
    visit()
except Exception as broken:
    mishaps.tell(broken)
