"""Comes to a served dashboard as a browser does, without one: keeps cookies, sends forms."""

from __future__ import annotations

import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from websockets.sync.client import connect

from tests.serving import Server
from tests.session import Visitor

WORLD = "tilastot.example.fi"
THROUGH_PROXY = {
    "Host": WORLD,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.10",
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def leads_to(self) -> str:
        return self.headers["Location"] or ""

    @property
    def mark(self) -> str:
        """Of the first form on the page."""
        found = re.search(r'name="form" value="([^"]+)"', self.text)
        assert found, self.text
        return found[1]

    @property
    def wrong(self) -> str:
        """What the page says went wrong."""
        found = re.search(r'role="alert"[^>]*>\s*(?:<p>)?(.*?)</p>', self.text, re.DOTALL)
        return found[1].strip() if found else ""


@dataclass
class Browser:
    """Somebody who comes through the proxy; `headers` stand before those, None takes one away."""

    server: Server
    headers: dict[str, str] = field(default_factory=lambda: dict(THROUGH_PROXY))
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"{self.headers['X-Forwarded-Proto']}://{self.headers['Host']}"

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.ask("GET", path, headers={"Accept": "text/html", **headers})

    def post(self, path: str, fields: dict[str, str], **headers: str | None) -> Answer:
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        return self.ask("POST", path, urlencode(fields), {**form, **headers})

    def sign_in(self, login: str, password: str, to: str = "/", **headers: str | None) -> Answer:
        mark = self.get("/kirjaudu").mark
        fields = {"form": mark, "login": login, "password": password, "next": to}
        return self.post("/kirjaudu", fields, **headers)

    def ask(
        self, method: str, path: str, body: str = "", headers: dict[str, str | None] | None = None
    ) -> Answer:
        sent = {**self.headers, **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            kept = {name: value for name, value in sent.items() if value is not None}
            connection.request(method, path, body or None, kept)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", errors="replace")
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, one in SimpleCookie(line).items():
                self.cookies.pop(name, None)
                if one.value:
                    self.cookies[name] = one.value
        return Answer(answer.status, answer.headers, text)

    @contextmanager
    def open(self) -> Iterator[Visitor]:
        """The websocket of a page; raises InvalidStatus when the door refuses it."""
        headers = {name: value for name, value in self.headers.items() if name != "Host"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        with connect(
            f"ws://{self.headers['Host']}/_stcore/stream",
            sock=socket.create_connection(("127.0.0.1", self.server.port)),
            origin=self.origin,  # type: ignore[arg-type]
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # type: ignore[list-item]
            additional_headers=headers,
            max_size=None,
            proxy=None,
        ) as opened:
            yield Visitor(opened)
