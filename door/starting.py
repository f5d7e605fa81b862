"""Refuses to start where the dashboard would be open to the world without what keeps it safe."""

from __future__ import annotations

import os
import re
import sys
from urllib.parse import urlsplit

from streamlit import config

from access import accounts
from door.guard import VISIT_OF
from door.loopback import LOOPBACK
from office.databases import accounts_engine
from office.settings import Settings, settings

SHORTEST_SECRET = 32
FEWEST_LETTERS = 10  # different ones: "aaaa…" and "12341234…" are no secrets
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?|\[::1\](:\d{1,5})?")


def refuse_what_is_unsafe() -> None:
    """Ends the process, with the reason."""
    try:
        reason = reason_not_to_start(settings())
    except ValueError as error:  # what the environment says cannot be
        reason = str(error)
    if reason:
        sys.exit(f"Not started: {reason}")


def reason_not_to_start(stated: Settings) -> str:
    """ "" where it may."""
    return (
        _of_listening()
        or (stated.secret and _of_secret(stated.secret))
        or (stated.address and _of_address(stated))
        or ""
    )


def tell_streamlit() -> None:
    """It checks the host of a websocket too, and whose visit it resumes."""
    config.set_option("server.trustedUserHeaders", {VISIT_OF: "visit"})
    host = urlsplit(settings().address).hostname
    if host:
        config.set_option("server.allowedHosts", [*config.get_option("server.allowedHosts"), host])
        config.set_option("browser.serverAddress", host)


def _of_listening() -> str:
    address = config.get_option("server.address")
    if address in LOOPBACK:
        return ""
    return (
        f"the address is {address or 'not set, which means every address'}. The dashboard is "
        "served on this machine only; the world reaches it through a proxy on this machine, by the "
        'address in ADDRESS. Set server.address = "127.0.0.1" in .streamlit/config.toml.'
    )


def _of_secret(secret: str) -> str:
    if len(secret) >= SHORTEST_SECRET and len(set(secret)) >= FEWEST_LETTERS:
        return ""
    return (
        f"SECRET is weak. Give it at least {SHORTEST_SECRET} random characters: "
        'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
    )


def _of_address(stated: Settings) -> str:
    return (
        _of_form(stated.address)
        or ("" if stated.secret else _of_secret(""))
        or _of_checks()
        or _of_accounts()
    )


def _of_form(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not _HOST.fullmatch(parts.netloc.lower()):
        return f"ADDRESS is {address!r}. Write it as https://tilastot.example.fi."
    if parts.path or parts.query or parts.fragment:
        return f"ADDRESS is {address!r}. Leave out what comes after the host."
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return f"ADDRESS is {address!r}: passwords would travel in the open. Use https."
    return ""


def _of_checks() -> str:
    """What the environment or the command line may have taken off."""
    for option in ("server.enableXsrfProtection", "server.enableCORS"):
        if not config.get_option(option):
            return f"{option} is off. Leave it as it is in .streamlit/config.toml."
    trusted = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
    if not set(trusted.replace(" ", "").split(",")) <= LOOPBACK:
        return "FORWARDED_ALLOW_IPS names more than this machine. Leave it out."
    return ""


def _of_accounts() -> str:
    try:
        exist = accounts.exist(accounts_engine())
    except Exception as error:
        return (
            f"the accounts cannot be read ({type(error).__name__}). "
            "Bring the databases up to date first: python3 manage.py migrate"
        )
    if exist:
        return ""
    return (
        "ADDRESS is set, and there are no accounts. "
        "Make the first director: python3 manage.py account"
    )
