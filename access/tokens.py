"""Tokens that nobody can guess, of which the database holds only the hash."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 32


def new() -> str:
    """43 characters that may stand in an address."""
    return secrets.token_urlsafe(BYTES)


def hashed(token: str) -> str:
    """Without salt: 256 random bits cannot be found by trying. Any text may come from outside."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
