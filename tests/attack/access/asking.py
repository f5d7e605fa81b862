"""Asks a served dashboard as a program does that keeps to none of a browser's rules."""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.serving import Server

Pairs = Sequence[tuple[str, str]]
FORM = "application/x-www-form-urlencoded"
TRACES = ("Traceback (most recent", 'File "/', "site-packages", "sqlalchemy", "starlette/")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Pairs
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", errors="replace")

    def header(self, name: str) -> str:
        """The first of that name; "" without one."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def cookies(self) -> dict[str, str]:
        """What the answer sets, by name; "" where it is taken away."""
        set_ = [value for key, value in self.headers if key.lower() == "set-cookie"]
        return {name: one.value for line in set_ for name, one in SimpleCookie(line).items()}

    @property
    def shows_trace(self) -> bool:
        return any(trace in self.text for trace in TRACES)


def ask(
    server: Server, path: str, method: str = "GET", headers: Pairs = (), body: bytes = b""
) -> Answer:
    """The headers as they are, even twice; Host is ours unless it is among them."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    named = {name.lower() for name, _ in headers}
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        if "host" not in named:
            connection.putheader("Host", f"127.0.0.1:{server.port}")
        for name, value in headers:
            connection.putheader(name, value.encode("utf-8"))
        if (body or method in ("POST", "PUT")) and "content-length" not in named:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        answer = connection.getresponse()
        return Answer(answer.status, answer.getheaders(), answer.read())
    finally:
        connection.close()


def post(
    server: Server, path: str, form: Mapping[str, str], cookies: Mapping[str, str], *more: tuple
) -> Answer:
    """A form as our own page would send it; `more` headers beside, Origin only if it is there."""
    headers = [("Content-Type", FORM), *cookie_header(cookies), *more]
    return ask(server, path, "POST", headers, urlencode(form).encode())


def cookie_header(cookies: Mapping[str, str]) -> Pairs:
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return [("Cookie", said)] if said else []


def own_origin(server: Server) -> tuple[str, str]:
    return ("Origin", server.address)
