"""Meets every request before anything else does: from where, to which address, and by whom."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from access.accounts import Account
from door import cookie, loopback, people, places, unknown, ways_in, world
from office.settings import settings
from yearbook.language import Language, Text

# Says to Streamlit whose visit a websocket is, so that it resumes one for the same sign-in alone.
VISIT_OF = "x-visit-of"

# A page that lost its connection, and its session meanwhile, shows this in a window.
SIGN_IN_FIRST = Text(
    "Istuntoa ei ole, tai se on päättynyt. Lataa sivu uudelleen ja kirjaudu sisään.",
    "Det finns ingen session, eller så har den avslutats. Ladda om sidan och logga in.",
    "There is no session, or it has ended. Reload the page and sign in.",
)
NOT_FOR_YOU = Text(
    "Tililläsi ei ole oikeutta tähän.",
    "Ditt användarkonto har inte rätt till detta.",
    "Your account does not allow this.",
)
NOT_HERE = Text("Osoitetta ei ole.", "Adressen finns inte.", "There is no such address.")


class Guard:
    """Answers with the reason, over http and in place of the websocket's handshake."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        refusal = await _refusal(scope)
        await (refusal or self.app)(scope, receive, send)


async def _refusal(scope: Scope) -> Response | None:
    """None where the request is to be answered."""
    del MutableHeaders(scope=scope)[VISIT_OF]
    if not await run_in_threadpool(people.any_exist):
        reason = loopback.reason_to_refuse(scope)
        return said(reason, 403) if reason else None
    reason = world.reason_to_refuse(scope, settings().address)
    if reason:
        return said(reason, 403)
    if await _is_unprepared(scope):
        return unknown.unprepared(Request(scope))
    path = str(scope["path"])
    if places.is_of_nobody(path):
        return said(NOT_HERE, 404)
    if places.is_of_all(path):
        return None
    token = cookie.token_of(HTTPConnection(scope).cookies)
    account = await run_in_threadpool(people.account_of, token)
    if not places.may_ask(account, path):
        return _turned_away(scope, account)
    if scope["type"] == "websocket":
        # Anew: whoever has looked at the headers since then has put a copy in their place.
        MutableHeaders(scope=scope)[VISIT_OF] = visit_of(token if account else "")
    return None


async def _is_unprepared(scope: Scope) -> bool:
    """Said only to a browser on this machine, which might be the keeper's."""
    if not unknown.opens_a_page(scope) or loopback.reason_to_refuse(scope):
        return False
    return not await run_in_threadpool(people.are_kept)


def visit_of(token: str) -> str:
    """The same for one session, and told to nobody outside the server."""
    return hashlib.sha256(f"visit {token}".encode()).hexdigest() if token else "nobody"


def _turned_away(scope: Scope, account: Account | None) -> Response:
    if account is not None:
        return said(NOT_FOR_YOU, 403)
    if unknown.opens_a_page(scope):
        query = scope.get("query_string", b"").decode("latin-1")
        asked = parse_qs(query).get("lang", [""])[0]
        language = asked if asked in set(Language) else ""
        to = ways_in.to_sign_in(f"{scope['path']}?{query}" if query else scope["path"], language)
        return RedirectResponse(to, 303)
    if scope["type"] == "http" and scope["path"].startswith("/_stcore/"):
        return JSONResponse(in_all_languages(SIGN_IN_FIRST), 401)  # shown by Streamlit's frontend
    return said(SIGN_IN_FIRST, 401)


def said(reason: Text, status: int) -> Response:
    return PlainTextResponse(f"{in_all_languages(reason)}\n", status_code=status)


def in_all_languages(reason: Text) -> str:
    """The visitor's is not known here."""
    return f"{reason.fi}\n\n{reason.sv}\n\n{reason.en}"
