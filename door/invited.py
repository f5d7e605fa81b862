"""The page that a one-time link opens: whoever holds it sets the account's password."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from access import links, passwords, sessions
from access.accounts import Account
from access.links import SpentLink, WeakPassword
from access.sessions import RefusedSignIn
from door import cookie, forms, paper, signing_in
from office.databases import accounts_engine
from ui.words import word
from yearbook.language import Text


async def invited_page(request: Request) -> Response:
    """Looking at the link does not use it: programs that read letters open links, too."""
    account = await run_in_threadpool(links.look, accounts_engine(), _token(request))
    return _page(request, account) if account else _spent(request)


async def set_password(request: Request) -> Response:
    account = await run_in_threadpool(links.look, accounts_engine(), _token(request))
    if account is None:
        return _spent(request)
    try:
        fields = await forms.read(request)
    except forms.UnreadableForm:
        return _page(request, account, (word("access.form_old"),), 400)
    bound_to = request.cookies.get(cookie.name(cookie.FORM), "")
    if not forms.is_ours(fields.get("form", ""), _purpose(request), bound_to):
        return _page(request, account, (word("access.form_old"),), 400)
    password = fields.get("password", "")
    if password != fields.get("again", ""):
        return _page(request, account, (word("access.not_same"),), 422)
    try:
        token = await run_in_threadpool(_begin, _token(request), password)
    except (SpentLink, RefusedSignIn):
        return _spent(request)
    except WeakPassword as weak:
        return _page(request, account, tuple(map(_reason, weak.reasons)), 422)
    return signing_in.let_in(request, token, "/")


def _begin(link: str, password: str) -> str:
    account = links.use(accounts_engine(), link, password)
    return sessions.begin_for(accounts_engine(), account.number)


def _token(request: Request) -> str:
    return str(request.path_params["token"])


def _purpose(request: Request) -> str:
    """A form is for one link alone."""
    return f"set password {_token(request)}"


def _page(
    request: Request, account: Account, wrong: tuple[Text, ...] = (), status: int = 200
) -> Response:
    language = paper.language_of(request)
    mark = cookie.form_mark(request.cookies)
    answer = paper.draw(
        request,
        "invited.html",
        status,
        language,
        mark=forms.sign(_purpose(request), mark),
        name=account.name,
        login=account.login,
        shortest=passwords.SHORTEST,
        wrong=[reason[language] for reason in wrong],
    )
    cookie.give_form_mark(answer, mark)
    return answer


def _spent(request: Request) -> Response:
    return paper.say(request, "access.link_spent_title", "access.link_spent", 404)


def _reason(code: str) -> Text:
    limits = {"shortest": passwords.SHORTEST, "longest": passwords.LONGEST}
    return word(f"access.weak.{code}").fill(**limits)


ROUTES = [
    Route("/kutsu/{token}", invited_page, methods=["GET"]),
    Route("/kutsu/{token}", set_password, methods=["POST"]),
]
