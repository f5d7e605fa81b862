"""The pages for signing in and out."""

from __future__ import annotations

import math
from collections.abc import Callable
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from access import sessions
from access.accounts import Account
from access.sessions import RefusedSignIn, TooManyAttempts
from door import cookie, forms, paper, people, ways_in
from office.databases import accounts_engine
from office.settings import settings
from ui.words import word
from yearbook.editions import PUBLIC
from yearbook.language import Language, Text

TOLD = {"ulos": "access.signed_out", "ulos-kaikkialta": "access.signed_out_everywhere"}
SEE_OTHER = 303


async def sign_in_page(request: Request) -> Response:
    """Somebody who is signed in is led on."""
    on = ways_in.local(request.query_params.get("next", "/"))
    if await run_in_threadpool(_account, request):
        return RedirectResponse(paper.with_language(on, paper.language_of(request)), SEE_OTHER)
    told = TOLD.get(request.query_params.get("sanoma", ""))
    return _page(request, {"next": on}, told=word(told) if told else None)


async def sign_in(request: Request) -> Response:
    try:
        fields = await forms.read(request)
    except forms.UnreadableForm:
        return _page(request, {}, word("access.form_old"), 400)
    bound_to = request.cookies.get(cookie.name(cookie.FORM), "")
    if not forms.is_ours(fields.get("form", ""), "sign in", bound_to):
        return _page(request, fields, word("access.form_old"), 400)
    try:
        token = await run_in_threadpool(
            sessions.begin,
            accounts_engine(),
            fields.get("login", ""),
            fields.get("password", ""),
            cookie.where(request.scope),
        )
    except RefusedSignIn:
        return _page(request, fields, word("access.wrong"), 401)
    except TooManyAttempts as many:
        answer = _page(request, fields, _wait(many.seconds), 429)
        answer.headers["retry-after"] = str(many.seconds)
        return answer
    return let_in(request, token, fields.get("next", "/"))


def let_in(request: Request, token: str, wanted: str) -> Response:
    """On to what was asked for, with the cookie of the new session."""
    on = paper.with_language(ways_in.local(wanted), paper.language_of(request))
    answer = RedirectResponse(on, SEE_OTHER)
    cookie.give(answer, token)
    return answer


async def sign_out_page(request: Request) -> Response:
    account = await run_in_threadpool(_account, request)
    if account is None:
        return RedirectResponse(_to_sign_in(request), SEE_OTHER)
    mark = sign_out_mark(cookie.token_of(request.cookies))
    return paper.draw(request, "sign_out.html", name=account.name, login=account.login, mark=mark)


async def sign_out(request: Request) -> Response:
    """A session that has ended already is signed out of without more ado."""
    return await _sign_out(request, "ulos", _end)


async def sign_out_everywhere(request: Request) -> Response:
    return await _sign_out(request, "ulos-kaikkialta", _end_all)


def sign_out_mark(token: str) -> str:
    """For the forms that end this session; good for as long as it may live."""
    return forms.sign("sign out", token, hours=cookie.SESSION_SECONDS // 3600)


async def _sign_out(request: Request, said: str, end: Callable[[str], None]) -> Response:
    try:
        fields = await forms.read(request)
    except forms.UnreadableForm:
        fields = {}
    token = cookie.token_of(request.cookies)
    if token and not forms.is_ours(fields.get("form", ""), "sign out", token):
        return RedirectResponse(paper.with_language("/ulos", paper.language_of(request)), SEE_OTHER)
    await run_in_threadpool(end, token)
    answer = RedirectResponse(_to_sign_in(request, said), SEE_OTHER)
    cookie.take_away(answer)
    return answer


def _end(token: str) -> None:
    sessions.end(accounts_engine(), token)


def _end_all(token: str) -> None:
    account = people.account_of(token)
    if account is not None:
        sessions.end_all(accounts_engine(), account.number, account.login)


def _account(request: Request) -> Account | None:
    return people.account_of(cookie.token_of(request.cookies))


def _to_sign_in(request: Request, said: str = "") -> str:
    address = f"{ways_in.SIGN_IN}?sanoma={said}" if said else ways_in.SIGN_IN
    return paper.with_language(address, paper.language_of(request))


def _page(
    request: Request,
    fields: dict[str, str],
    wrong: Text | None = None,
    status: int = 200,
    told: Text | None = None,
) -> Response:
    language = paper.language_of(request)
    mark = cookie.form_mark(request.cookies)
    on = ways_in.local(fields.get("next", "/"))
    answer = paper.draw(
        request,
        "sign_in.html",
        status,
        language,
        mark=forms.sign("sign in", mark),
        next=on,
        login=fields.get("login", "")[:254],
        wrong=wrong[language] if wrong else "",
        told=told[language] if told else "",
        offers=[(one.label, _offered(one.name, language, on)) for one in settings().oidc],
        is_open=PUBLIC in (settings().visitors, settings().audience),
    )
    cookie.give_form_mark(answer, mark)
    return answer


def _offered(name: str, language: Language, on: str) -> str:
    return f"/oidc/{name}?{urlencode({'lang': language.value, 'next': on})}"


def _wait(seconds: int) -> Text:
    minutes = math.ceil(seconds / 60)
    if minutes == 1:
        return word("access.wait_minute")
    return word("access.wait_minutes").fill(minutes=minutes)


ROUTES = [
    Route("/kirjaudu", sign_in_page, methods=["GET"]),
    Route("/kirjaudu", sign_in, methods=["POST"]),
    Route("/ulos", sign_out_page, methods=["GET"]),
    Route("/ulos", sign_out, methods=["POST"]),
    Route("/ulos-kaikkialta", sign_out_page, methods=["GET"]),
    Route("/ulos-kaikkialta", sign_out_everywhere, methods=["POST"]),
]
