"""Why a request is refused that does not come from this machine and from the dashboard itself.

Until accounts exist, whoever reaches the dashboard may act as the director. So a request is
answered only if it came over the loopback address, was asked for under a loopback name (another
name means DNS rebinding), was not forwarded (a proxy would let the world in), and, for the
websocket, was opened by our own page.
"""

import re

from starlette.datastructures import Headers
from starlette.types import Scope

from yearbook.language import Text

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LOOPBACK_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)
FORWARDED = frozenset({"forwarded", "via", "x-real-ip"})

NOT_THIS_MACHINE = Text(
    "Palvelu on toistaiseksi käytettävissä vain sillä koneella, jolla se on käynnissä: "
    "käyttäjätunnuksia ei vielä ole. Avaa osoite http://127.0.0.1.",
    "Tjänsten kan tills vidare användas bara på den dator där den körs: "
    "det finns ännu inga användarkonton. Öppna adressen http://127.0.0.1.",
    "For the time being the service can be used only on the machine it runs on: "
    "there are no accounts yet. Open the address http://127.0.0.1.",
)
FORWARDED_REQUEST = Text(
    "Pyyntö on välitetty toisen palvelimen kautta. Palvelua ei saa vielä avata verkkoon, "
    "koska käyttäjätunnuksia ei ole.",
    "Begäran har förmedlats via en annan server. Tjänsten får ännu inte öppnas mot nätet, "
    "eftersom det inte finns några användarkonton.",
    "The request was forwarded by another server. The service must not be opened to the "
    "network yet, because there are no accounts.",
)
FOREIGN_PAGE = Text(
    "Yhteyden avasi jokin muu sivu kuin tämä palvelu.",
    "Förbindelsen öppnades av en annan sida än den här tjänsten.",
    "The connection was opened by a page that is not part of this service.",
)


def reason_to_refuse(scope: Scope) -> Text | None:
    if scope["type"] not in {"http", "websocket"}:
        return None
    headers = Headers(scope=scope)
    if any(name in FORWARDED or name.startswith("x-forwarded-") for name in headers):
        return FORWARDED_REQUEST
    if not (_on_loopback(scope) and _asked_by_loopback_name(headers)):
        return NOT_THIS_MACHINE
    if not _opened_by_own_page(scope, headers):
        return FOREIGN_PAGE
    return None


def is_served_here(scope: Scope) -> bool:
    """The server's end of the connection; with it at a loopback address the other one is, too."""
    end = scope.get("server")
    return end is None or end[0] in LOOPBACK


def _on_loopback(scope: Scope) -> bool:
    """Both ends of the connection, whatever address the server was told to listen on."""
    ends = [scope.get("server"), scope.get("client")]
    return all(end is None or end[0] in LOOPBACK for end in ends)


def _asked_by_loopback_name(headers: Headers) -> bool:
    hosts = headers.getlist("host")
    return len(hosts) == 1 and LOOPBACK_HOST.fullmatch(hosts[0]) is not None


def _opened_by_own_page(scope: Scope, headers: Headers) -> bool:
    """A browser always names the page that opens a websocket; for http only some requests."""
    origins = headers.getlist("origin")
    if not origins:
        return bool(scope["type"] == "http")
    own = {f"http://{headers['host']}", f"https://{headers['host']}"}
    return len(origins) == 1 and origins[0] in own
