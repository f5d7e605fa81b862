"""The cookies of the door: the session's, and the one that a form is bound to."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_urlsafe

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from office.settings import settings

SESSION = "session"
FORM = "form"
SESSION_SECONDS = 30 * 24 * 3600  # the longest that access/sessions.py lets a session live


def is_secure() -> bool:
    """Whether the world's address is https; then every cookie is for https alone."""
    return settings().address.startswith("https://")


def name(of: str = SESSION) -> str:
    """Browsers take a `__Host-` cookie from this very host alone, never from a neighbour of it."""
    return f"__Host-{of}" if is_secure() else of


def token_of(cookies: Mapping[str, str]) -> str:
    """The session's token; "" where there is none."""
    return cookies.get(name(), "")


def give(response: Response, token: str) -> None:
    """Lax, so that a link in a letter leads in; whatever changes something is no mere link."""
    response.set_cookie(
        name(),
        token,
        max_age=SESSION_SECONDS,
        path="/",
        secure=is_secure(),
        httponly=True,
        samesite="lax",
    )


def take_away(response: Response) -> None:
    response.delete_cookie(name(), path="/", secure=is_secure(), httponly=True, samesite="lax")


def form_mark(cookies: Mapping[str, str]) -> str:
    """What the forms of this browser are bound to; a new one where it has none yet."""
    return cookies.get(name(FORM), "") or token_urlsafe(24)


def give_form_mark(response: Response, mark: str) -> None:
    """Until the browser is closed."""
    response.set_cookie(
        name(FORM), mark, path="/", secure=is_secure(), httponly=True, samesite="strict"
    )


def where(scope: Scope) -> str:
    """The network address of whoever asks: the one the proxy added last, or the connection's own.

    What stands before the last was written by the client and may say anything.
    """
    said = Headers(scope=scope).getlist("x-forwarded-for")
    if said:
        return said[-1].rsplit(",", 1)[-1].strip()
    client = scope.get("client")
    return str(client[0]) if client else ""
