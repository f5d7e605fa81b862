"""Whether somebody whom another service vouches for may enter, and as which account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from access import accounts, identities, record, sessions
from access.accounts import Account, RefusedAccount
from access.sessions import RefusedSignIn
from office.databases import accounts_engine
from office.providers import ISSUER, Provider
from yearbook.database import Engine

YES = (True, "true", "1")  # as claims say it, some of them in words


class Refused(Exception):
    """why: the word that says it, "unverified" or "not_invited"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def sign_in(provider: Provider, claims: Mapping[str, Any]) -> str:
    """The token of a new session. Raises Refused. Whether there is no account, or one that is
    blocked or of another person, is not told."""
    engine, email = accounts_engine(), claims.get("email")
    if not isinstance(email, str) or not _is_verified(provider, claims):
        _note(engine, provider, None)
        raise Refused("unverified")
    account = accounts.named(engine, email)
    try:
        return sessions.begin_for(engine, _bound(engine, account, claims).number)
    except (RefusedAccount, RefusedSignIn):
        _note(engine, provider, account)
        raise Refused("not_invited") from None


def _is_verified(provider: Provider, claims: Mapping[str, Any]) -> bool:
    return provider.verified_by == ISSUER or claims.get(provider.verified_by) in YES


def _bound(engine: Engine, account: Account | None, claims: Mapping[str, Any]) -> Account:
    """The account of that e-mail, if it is this very person's. Raises RefusedAccount."""
    if account is None or not account.is_active:
        raise RefusedAccount("unknown")
    issuer, subject = str(claims["iss"]), str(claims["sub"])
    known = identities.known(engine, issuer, subject)
    if known is None:
        return identities.bind(engine, account.number, issuer, subject)
    if known.number != account.number:
        raise RefusedAccount("taken")
    return known


def _note(engine: Engine, provider: Provider, account: Account | None) -> None:
    """An e-mail that has no account here is nobody's business."""
    login = account.login if account else ""
    record.note(engine, login, "sign_in_refused", f"{login or '?'}: {provider.label}")
