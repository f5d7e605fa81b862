"""Marks our own forms, so that no other site fills one in for somebody; reads what was sent."""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, datetime
from functools import cache
from urllib.parse import parse_qsl

from starlette.requests import Request

from office.settings import settings

HOURS = 2
LARGEST = 16 * 1024  # bytes; a form of ours needs less than one kilobyte
MEDIA = "application/x-www-form-urlencoded"


class UnreadableForm(Exception):
    """Not what a form of ours sends."""


def sign(purpose: str, bound_to: str, hours: int = HOURS) -> str:
    """A mark for one kind of form and one browser, good for some hours."""
    until = int(datetime.now(UTC).timestamp()) + hours * 3600
    return f"{until}.{_seal(purpose, bound_to, until)}"


def is_ours(mark: str, purpose: str, bound_to: str) -> bool:
    stated, _, seal = mark.partition(".")
    if not (bound_to and stated.isascii() and stated.isdigit() and len(stated) < 12):
        return False
    until = int(stated)
    in_time = until > datetime.now(UTC).timestamp()
    return hmac.compare_digest(seal.encode(), _seal(purpose, bound_to, until).encode()) and in_time


async def read(request: Request) -> dict[str, str]:
    """The fields of a form that was sent, of which each stands once."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MEDIA:
        raise UnreadableForm
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise UnreadableForm
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise UnreadableForm from error
    if len({name for name, _ in fields}) != len(fields):
        raise UnreadableForm
    return dict(fields)


def _seal(purpose: str, bound_to: str, until: int) -> str:
    said = "\n".join((purpose, bound_to, str(until)))
    return hmac.new(_key(), said.encode(), "sha256").hexdigest()


@cache
def _key() -> bytes:
    """Of SECRET; where this machine alone is served, a new one for each process will do."""
    secret = settings().secret
    if not secret:
        return secrets.token_bytes(32)
    return hmac.digest(secret.encode(), b"forms", "sha256")
