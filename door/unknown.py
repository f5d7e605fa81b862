"""Answers an address that is no page of the visitor's with a sentence in her language; Streamlit
has one in English only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from door import cookie, listing, paper, people
from office.settings import settings
from ui.words import word
from yearbook.editions import PUBLIC
from yearbook.language import Text

# What Streamlit serves beside its pages, by the first part of the address.
OF_STREAMLIT = {"_stcore", "static", "media", "component"}


class KnownPages:
    """Lets through every page that is there, and whatever else is no page."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self.routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self.app
        if await self._is_unknown(scope):
            answer = _unknown(Request(scope))
        await answer(scope, receive, send)

    async def _is_unknown(self, scope: Scope) -> bool:
        if not opens_a_page(scope) or self._is_answered(scope):
            return False
        return await run_in_threadpool(_is_no_page, scope)

    def _is_answered(self, scope: Scope) -> bool:
        """By a route of ours, or by Streamlit's files."""
        first = scope["path"].strip("/").partition("/")[0]
        is_file = bool(first) and (Path(file_util.get_static_dir()) / first).is_file()
        ours = any(route.matches(scope)[0] is not Match.NONE for route in self.routes)
        return first in OF_STREAMLIT or is_file or ours


def opens_a_page(scope: Scope) -> bool:
    """Whether a browser asks for what it shows in a window, not for a part of it."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return "text/html" in HTTPConnection(scope).headers.get("accept", "")


def _is_no_page(scope: Scope) -> bool:
    name = scope["path"].strip("/")
    is_demonstration = not people.any_exist()
    account = people.account_of(cookie.token_of(HTTPConnection(scope).cookies))
    is_somebody = account is not None or is_demonstration
    sees_public = settings().audience == PUBLIC or not is_somebody
    known = listing.of_everyone(sees_public, writes=is_somebody)
    known |= listing.of_the_desk(account, is_demonstration)
    return bool(name) and name not in known


def _unknown(request: Request) -> Response:
    overview = paper.with_language("/", paper.language_of(request))
    title, sentence = word("access.unknown_title"), word("access.unknown")
    return _said(request, 404, title, sentence, to=overview)


def unprepared(request: Request) -> Response:
    """To whoever sits at this machine and has begun at the wrong end."""
    title, sentence = word("access.unprepared_title"), word("access.unprepared")
    return _said(request, 503, title, sentence, command="python3 manage.py run")


def _said(request: Request, status: int, title: Text, sentence: Text, **further: str) -> Response:
    language = paper.language_of(request)
    values: dict[str, Any] = {"command": "", "to": "", **further}
    return paper.draw(
        request, "said.html", status, title=title[language], sentence=sentence[language], **values
    )
