"""Reads which services may say who somebody is (OpenID Connect), from the environment.

A service's word counts only with its own proof that the e-mail is hers. Most say so in
`email_verified`. Microsoft does not: there OIDC_<NAME>_VERIFIED_BY names another claim (xms_edov,
which has to be asked for in the registration of the application), or is "issuer", which trusts
every address that the issuer states; good for that of one organisation, never for one of all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

ISSUER = "issuer"  # as a proof: whoever issues it manages all of its addresses
PROOF = "email_verified"
NAME = re.compile(r"OIDC_([A-Z0-9]{1,30})_ISSUER")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
OF_ALL = ("/common", "/organizations", "/consumers", "accounts.google.com")


@dataclass(frozen=True, slots=True)
class Provider:
    """name: its part of the address, /oidc/<name>. verified_by: the claim that proves the e-mail,
    or ISSUER."""

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    label: str = ""
    verified_by: str = PROOF


def providers(environment: Mapping[str, str]) -> tuple[Provider, ...]:
    """One for each OIDC_<NAME>_ISSUER that is not empty, by name. Raises ValueError where the
    settings of one are not whole."""
    named = sorted(key for key, value in environment.items() if NAME.fullmatch(key) and value)
    return tuple(_provider(key.removesuffix("_ISSUER"), environment) for key in named)


def _provider(prefix: str, environment: Mapping[str, str]) -> Provider:
    def stated(what: str, otherwise: str = "") -> str:
        value = environment.get(f"{prefix}_{what}", "").strip() or otherwise
        if not value:
            raise ValueError(f"{prefix}_{what} is missing")
        return value

    name = prefix.removeprefix("OIDC_")
    issuer, proof = stated("ISSUER").rstrip("/"), stated("VERIFIED_BY", PROOF)
    _require_safe(prefix, issuer, proof)
    return Provider(
        name=name.lower(),
        issuer=issuer,
        client_id=stated("CLIENT_ID"),
        client_secret=stated("CLIENT_SECRET"),
        label=stated("LABEL", name.capitalize()),
        verified_by=proof,
    )


def _require_safe(prefix: str, issuer: str, proof: str) -> None:
    address = urlsplit(issuer)
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise ValueError(f"{prefix}_ISSUER must begin with https://")
    if proof == ISSUER and any(part in issuer for part in OF_ALL):
        raise ValueError(
            f"{prefix}_VERIFIED_BY: {issuer} issues for everybody, so its word alone proves no "
            "e-mail. Name the issuer of one organisation, or the claim that proves it."
        )
