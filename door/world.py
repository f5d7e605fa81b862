"""Which requests are answered once there are accounts: to our own address, from our own pages.

The dashboard listens on this machine alone. The world reaches it through a proxy here, which passes
on the host that was asked for and says by which scheme. Without ADDRESS it is not for the world.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from door import loopback
from yearbook.language import Text

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SCHEMES = {"https": "443", "http": "80"}

ANOTHER_ADDRESS = Text(
    "Palvelu ei ole käytettävissä tässä osoitteessa.",
    "Tjänsten är inte tillgänglig på den här adressen.",
    "The service is not available at this address.",
)
NOT_ENCRYPTED = Text(
    "Yhteys ei ole salattu. Avaa palvelu https-osoitteessa.",
    "Förbindelsen är inte krypterad. Öppna tjänsten på https-adressen.",
    "The connection is not encrypted. Open the service at its https address.",
)


def reason_to_refuse(scope: Scope, address: str) -> Text | None:
    if scope["type"] not in {"http", "websocket"}:
        return None
    headers = Headers(scope=scope)
    if not _is_ours(headers, address):
        # Asked on this machine itself, past the proxy: for the keeper, and while there is no proxy.
        return _of_this_machine(scope) or _of_origin(scope, headers, _here(headers))
    if not loopback.is_served_here(scope):
        return ANOTHER_ADDRESS
    stated = headers.getlist("x-forwarded-proto")
    if any(scheme != urlsplit(address).scheme for scheme in stated):
        return NOT_ENCRYPTED
    return _of_origin(scope, headers, {address.lower()})


def _of_this_machine(scope: Scope) -> Text | None:
    reason = loopback.reason_to_refuse(scope)
    return reason if reason in (None, loopback.FOREIGN_PAGE) else ANOTHER_ADDRESS


def _is_ours(headers: Headers, address: str) -> bool:
    hosts = headers.getlist("host")
    return bool(address) and len(hosts) == 1 and _whole(hosts[0], address) == _netloc(address)


def _netloc(address: str) -> str:
    parts = urlsplit(address)
    return _whole(parts.netloc, address)


def _whole(host: str, address: str) -> str:
    """With the port, which a browser leaves out where it is the scheme's own."""
    has_port = ":" in host.rpartition("]")[2]
    port = "" if has_port else f":{SCHEMES.get(urlsplit(address).scheme, '')}"
    return f"{host}{port}".lower()


def _here(headers: Headers) -> set[str]:
    return {f"{scheme}://{headers.get('host', '')}".lower() for scheme in SCHEMES}


def _of_origin(scope: Scope, headers: Headers, own: set[str]) -> Text | None:
    """A browser names the page that opens a websocket, and the one that sends a form."""
    origins = [origin.lower() for origin in headers.getlist("origin")]
    if origins:
        return None if len(origins) == 1 and origins[0] in own else loopback.FOREIGN_PAGE
    must = scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS
    return loopback.FOREIGN_PAGE if must else None
