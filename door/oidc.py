"""Signing in by another service (OpenID Connect): it says who somebody is, we whether she enters.

Only who was invited gets in: the service must vouch for an e-mail that is the login of an account.
The first time, the service's own number of the person is bound to the account; afterwards both
must agree, for an e-mail is given to another person some day.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import ssl
import time
from functools import cache
from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth, OAuthError
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from door import cookie, oidc_accounts, paper, signing_in, ways_in
from door.oidc_accounts import Refused
from office.providers import Provider
from office.settings import settings

LOG = logging.getLogger(__name__)
SECONDS = 600  # for what the visitor does at the service
PATIENCE = 10.0  # seconds to wait for the service
# What the service sends may be anything: not reached, no JSON, no key, another's signature …
NO_ANSWER = (httpx2.HTTPError, httpx2.InvalidURL)
BAD_ANSWER = (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError)

_used: dict[str, float] = {}  # state -> until when it might be tried again


def offers() -> tuple[Provider, ...]:
    """For the page that signs in: each has a name, of `/oidc/{name}`, and a label."""
    return settings().oidc


async def begin(request: Request) -> Response:
    """Leads to the service, with state, nonce and the challenge of PKCE."""
    provider = _provider(request)
    if provider is None:
        return _say(request, "unknown", 404, request.path_params["name"][:30])
    request.session.clear()
    client = _client(provider)
    try:
        await _require_issuer(client, provider)
        answer = await client.authorize_redirect(request, _back(request, provider))
    except NO_ANSWER + BAD_ANSWER as error:
        LOG.warning("%s cannot be asked: %s", provider.name, type(error).__name__)
        return _say(request, "down", 503, provider.label)
    request.session["lang"] = paper.language_of(request).value
    request.session["next"] = ways_in.local(request.query_params.get("next", "/"))
    return answer


async def come_back(request: Request) -> Response:
    """From the service, with a code that it changes for its word on who this is."""
    provider = _provider(request)
    if provider is None:
        return _say(request, "unknown", 404, request.path_params["name"][:30])
    state, kept = request.query_params.get("state", ""), dict(request.session)
    asked = _in_language(request, str(kept.get("lang", "")))
    if f"_state_{provider.name}_{state}" not in kept or not _use(state):
        request.session.clear()
        return _say(asked, "stale", 400, provider.label)
    try:
        claims = await _claims(request, provider)
        token = await run_in_threadpool(oidc_accounts.sign_in, provider, claims)
    except Refused as refused:
        return _say(asked, refused.why, 403, provider.label)
    except NO_ANSWER as error:
        LOG.warning("%s does not answer: %s", provider.name, type(error).__name__)
        return _say(asked, "down", 503, provider.label)
    except BAD_ANSWER as error:
        LOG.warning("%s answered what is not valid: %s", provider.name, type(error).__name__)
        is_no = isinstance(error, OAuthError) and "error" in request.query_params
        return _say(asked, "cancelled" if is_no else "invalid", 400, provider.label)
    finally:
        request.session.clear()
    return signing_in.let_in(asked, token, str(kept.get("next", "/")))


async def _claims(request: Request, provider: Provider) -> dict[str, Any]:
    """What the service says, of which signature, issuer, audience, time and nonce are checked."""
    client = _client(provider)
    issuer = await _require_issuer(client, provider)
    if request.query_params.get("iss", issuer) != issuer:
        raise ValueError("the answer is of another issuer")
    options: dict[str, Any] = {"aud": {"essential": True, "value": provider.client_id}}
    options["iss"] = {"essential": True, "validate": lambda claims, iss: iss == _of(issuer, claims)}
    token = await client.authorize_access_token(request, claims_options=options)
    claims = dict(token.get("userinfo") or {})
    if not claims.get("sub"):
        raise ValueError("the answer names nobody")
    if "email" not in claims:
        told = dict(await client.userinfo(token=token))
        if told.get("sub") != claims["sub"]:
            raise ValueError("the answers are of two persons")
        claims = {**told, **claims}
    return claims


async def _require_issuer(client: Any, provider: Provider) -> str:
    """The issuer as the service states it, which must be the one that was configured."""
    stated = str((await client.load_server_metadata()).get("issuer", ""))
    tenant = provider.issuer.removesuffix("/v2.0").rpartition("/")[2]
    if stated.replace("{tenantid}", tenant).rstrip("/") != provider.issuer:
        raise ValueError(f"{provider.name} says it is another issuer")
    return stated


def _of(issuer: str, claims: Any) -> str:
    """Microsoft's issuer of all organisations names the one in each answer."""
    return issuer.replace("{tenantid}", str(claims.get("tid", "")))


def _provider(request: Request) -> Provider | None:
    name = request.path_params["name"]
    return next((one for one in settings().oidc if one.name == name), None)


@cache
def _client(provider: Provider) -> Any:
    """Keeps what the service says of itself, once it was reached."""
    return OAuth().register(
        provider.name,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "timeout": PATIENCE,
            "verify": _trusted(),
        },
    )


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates count; read once, for that takes a while."""
    return httpx2.create_ssl_context()


def _back(request: Request, provider: Provider) -> str:
    """Of the address that the world uses; of this machine's, which the guard has checked."""
    here = settings().address or f"{request.url.scheme}://{request.url.netloc}"
    return f"{here}/oidc/{provider.name}/paluu"


def _use(state: str) -> bool:
    """Each state is good once, even where the cookie of before is sent again."""
    now = time.monotonic()
    for old in [one for one, until in _used.items() if until < now]:
        del _used[old]
    if state in _used:
        return False
    _used[state] = now + SECONDS
    return True


def _in_language(request: Request, language: str) -> Request:
    """Without code and state, which no link of a page may carry on."""
    query = urlencode({"lang": language} if language else {})
    return Request({**request.scope, "query_string": query.encode()})


def _say(request: Request, why: str, status: int, label: str) -> Response:
    return paper.say(request, "oidc.title", f"oidc.{why}", status, label=label)


class Remembered:
    """Keeps in the visitor's own browser, signed, what was sent along to the service."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kept = SessionMiddleware(
            self.app,
            secret_key=_key(settings().secret),
            session_cookie=cookie.name("oidc"),
            max_age=SECONDS,
            https_only=cookie.is_secure(),
        )  # Lax: the service's page leads back here
        await kept(scope, receive, send)


@cache
def _key(secret: str) -> str:
    """Where this machine alone is served, a new one for each process will do."""
    if not secret:
        return secrets.token_hex(32)
    return hmac.digest(secret.encode(), b"oidc", "sha256").hex()


ROUTES = [
    Route(path, endpoint, methods=["GET"], middleware=[Middleware(Remembered)])
    for path, endpoint in (("/oidc/{name}", begin), ("/oidc/{name}/paluu", come_back))
]
