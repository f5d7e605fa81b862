"""A dashboard as the world meets it: behind a proxy, under its own name, with people in it."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from websockets.sync.client import connect

from access import accounts
from tests.attack.access import people
from tests.attack.access.asking import FORM, Answer, Pairs, ask, cookie_header
from tests.attack.access.people import NOBODY, Person
from tests.serving import Server, serve
from tests.session import Visitor
from yearbook.database import Engine

HOST = "tilastot.example.fi"
ADDRESS = f"https://{HOST}"
SESSION, FORM_COOKIE = "__Host-session", "__Host-form"
MARK = re.compile(r'name="form" value="([^"]+)"')


@dataclass(frozen=True)
class World:
    """held: the cookies of each person's browser."""

    server: Server
    engine: Engine
    folder: Path
    held: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def ask(
        self,
        path: str,
        method: str = "GET",
        *more: tuple[str, str],
        cookies: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Answer:
        """As the proxy passes it on; a header in `more` takes the place of the proxy's."""
        own = {name.lower() for name, _ in more}
        passed = [pair for pair in proxied() if pair[0].lower() not in own]
        headers: Pairs = [*passed, *more, *cookie_header(cookies or {})]
        return ask(self.server, path, method, headers, body)

    def post(
        self,
        path: str,
        form: Mapping[str, str] | bytes,
        *more: tuple[str, str],
        cookies: Mapping[str, str] | None = None,
    ) -> Answer:
        """With our own Origin, unless `more` has another."""
        body = form if isinstance(form, bytes) else _encoded(form)
        given = [("Content-Type", FORM), ("Origin", ADDRESS), *more]
        chosen = list({name.lower(): (name, value) for name, value in given}.values())
        return self.ask(path, "POST", *chosen, cookies=cookies, body=body)

    def mark_of(self, path: str, cookies: Mapping[str, str]) -> tuple[str, dict[str, str]]:
        """The mark in the form of that page, and the cookies with what the page has set."""
        answer = self.ask(path, cookies=cookies)
        found = MARK.search(answer.text)
        assert found, f"{path}: no form ({answer.status})"
        return found[1], {**cookies, **{n: v for n, v in answer.cookies().items() if v}}

    def sign_in(
        self,
        login: str,
        password: str,
        *more: tuple[str, str],
        cookies: Mapping[str, str] | None = None,
    ) -> Answer:
        mark, kept = self.mark_of("/kirjaudu", cookies or {})
        form = {"form": mark, "login": login, "password": password, "next": "/"}
        return self.post("/kirjaudu", form, *more, cookies=kept)

    def sign_out(self, token: str, way: str = "/ulos") -> Answer:
        mark, kept = self.mark_of(way, {SESSION: token})
        return self.post(way, {"form": mark}, cookies=kept)

    def new_session(self, person: Person) -> dict[str, str]:
        return {SESSION: people.session_of(self.engine, person)}

    def knows(self, cookies: Mapping[str, str]) -> bool:
        """Whether somebody with these cookies is signed in."""
        answer = self.ask("/ulos", cookies=cookies)
        assert answer.status in (200, 303, 400), answer.status
        return answer.status == 200

    @contextmanager
    def visit(
        self,
        cookies: Mapping[str, str],
        origin: str | None = ADDRESS,
        protocols: Sequence[str] = (),
    ) -> Iterator[Visitor]:
        """A websocket as our own page opens it; raises InvalidStatus when it is refused."""
        headers = dict([*proxied()[1:], *cookie_header(cookies)])
        near = socket.create_connection(("127.0.0.1", self.server.port), timeout=30)
        with connect(
            f"ws://{HOST}/_stcore/stream",
            sock=near,
            origin=origin,  # type: ignore[arg-type]
            subprotocols=["streamlit", *protocols],  # type: ignore[list-item]
            additional_headers=headers,
            max_size=None,
            proxy=None,
        ) as opened:
            yield Visitor(opened)


def proxied(where: str = people.HERE) -> Pairs:
    return [("Host", HOST), ("X-Forwarded-For", where), ("X-Forwarded-Proto", "https")]


def _encoded(form: Mapping[str, str]) -> bytes:
    return urlencode(form).encode()


@contextmanager
def world(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[World]:
    """Served over the databases of the folder; accounts are made where there are none."""
    if (folder / "accounts.sqlite").exists() and _has_people(folder):
        engine = people.engine_of(folder)
    else:
        engine = people.move_in(folder)
    named = {"ADDRESS": ADDRESS, "SECRET": people.SECRET, **(environment or {})}
    with serve(folder, named) as server:
        tokens = {one.name: people.session_of(engine, one) for one in people.EVERYBODY}
        held = {name: {SESSION: token} for name, token in tokens.items()}
        yield World(server, engine, folder, {NOBODY: {}, **held})


def _has_people(folder: Path) -> bool:
    return accounts.exist(people.engine_of(folder))
