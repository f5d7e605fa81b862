"""A file is fetched by the one it was handed to; an open page ends with its sign-in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from access.accounts import Account, Role
from door import downloads, people, sockets
from door.downloads import OwnDownloads
from door.guard import VISIT_OF, visit_of
from door.sockets import EndedSessions

MADE = datetime(2026, 11, 22, tzinfo=UTC)
MAIJA = Account(1, "maija@example.fi", "Maija", Role.MEMBER, "kuopio", True, True, MADE)
TIINA = Account(2, "tiina@example.fi", "Tiina", Role.MEMBER, "turku", True, True, MADE)
FILE = "/media/0123456789abcdef.csv"


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> dict[str, Account]:
    """token -> whose session it is."""
    held = {"m": MAIJA, "t": TIINA}
    monkeypatch.setattr(people, "account_of", held.get)
    monkeypatch.setattr(people, "any_exist", lambda: True)
    monkeypatch.setattr(sockets, "accounts_engine", lambda: None)
    monkeypatch.setattr(sockets.sessions, "who", lambda _, token, **more: held.get(token))
    return held


def offer(address: str = "", key: str = "", said: str = "") -> bytes:
    """What a page is handed: a button with the file's address, or the key of one made later."""
    message = ForwardMsg()
    element = message.delta.new_element
    if said:
        element.markdown.body = said
    else:
        element.download_button.url = address
        element.download_button.deferred_file_id = key
    return bytes(message.SerializeToString())


class Streamlit:
    """Hands out over a websocket what it is told to, and answers every request for a file."""

    def __init__(self, *handed: bytes) -> None:
        self.handed, self.heard = handed, list[bytes]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"the file"})
            return
        for one in self.handed:
            await send({"type": "websocket.send", "bytes": one})
        while (message := await receive())["type"] == "websocket.receive":
            self.heard.append(message["bytes"])


def scope_of(kind: str, token: str, path: str) -> Scope:
    of = visit_of(token) if token else ""
    headers = [(b"cookie", f"session={token}".encode()), (VISIT_OF.encode(), of.encode())]
    return {"type": kind, "path": path, "headers": headers, "method": "GET"}


def complete(work: Coroutine[None, None, None]) -> None:
    """In a thread of its own: a browser test before may hold the loop of this one."""
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, work).result()


def page(
    app: object, token: str, *sent: bytes, before: Callable[[int], None] | None = None
) -> None:
    """A page that is opened, sends these messages, and is left."""
    left = iter(enumerate(sent))

    async def receive() -> Message:
        number, message = next(left, (-1, b""))
        if number < 0:
            return {"type": "websocket.disconnect", "code": 1000}
        if before:
            before(number)
        return {"type": "websocket.receive", "bytes": message}

    async def send(message: Message) -> None:
        pass

    complete(app(scope_of("websocket", token, "/_stcore/stream"), receive, send))  # type: ignore[operator]


def fetch(app: object, token: str, path: str = FILE) -> int:
    status: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        if "status" in message:
            status.append(message["status"])

    complete(app(scope_of("http", token, path), receive, send))  # type: ignore[operator]
    return status[0]


# --- Files ------------------------------------------------------------------------------------


def test_a_file_is_for_the_sign_in_that_it_was_handed_to(signed_in: dict[str, Account]) -> None:
    app = OwnDownloads(Streamlit(offer(FILE)))
    assert fetch(app, "m") == 404
    page(app, "m")
    assert [fetch(app, token) for token in ("m", "t", "", "forged")] == [200, 404, 404, 404]
    del signed_in["m"]
    assert fetch(app, "m") == 404


def test_a_file_is_gone_a_while_after_the_page_was_left(
    signed_in: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "LINGER", -1.0)
    app = OwnDownloads(Streamlit(offer(FILE)))
    page(app, "m")
    assert fetch(app, "m") == 404


def test_an_address_in_a_text_is_no_file_that_was_handed_out(
    signed_in: dict[str, Account],
) -> None:
    app = OwnDownloads(Streamlit(offer(said=f"There is no edition {FILE}")))
    page(app, "t")
    assert fetch(app, "t") == 404


@pytest.mark.parametrize("path", ["/media/../media/0123456789abcdef.csv", "/media/x", "/media/"])
def test_no_spelling_of_the_address_passes_by(signed_in: dict[str, Account], path: str) -> None:
    assert fetch(OwnDownloads(Streamlit()), "m", path) == 404


def test_other_addresses_are_not_ours_to_keep(signed_in: dict[str, Account]) -> None:
    assert fetch(OwnDownloads(Streamlit()), "", "/static/media/SourceSans.woff2") == 200


def test_a_file_is_made_for_whom_its_key_was_handed_to(signed_in: dict[str, Account]) -> None:
    orders = []
    for key in ("hers", "another's"):
        order = BackMsg()
        order.backend_operation_request.deferred_file.file_id = key
        orders.append(order.SerializeToString())
    streamlit = Streamlit(offer(key="hers"))
    page(OwnDownloads(streamlit), "m", *orders)
    assert streamlit.heard == orders[:1]


# --- Open pages -------------------------------------------------------------------------------


def rerun(name: str, **more: object) -> bytes:
    message = BackMsg()
    state = message.rerun_script
    state.page_name = name
    for key, value in more.items():
        setattr(state, key, value)
    state.widget_states.widgets.add(id="button", trigger_value=True)
    return bytes(message.SerializeToString())


def test_an_ended_session_leaves_of_an_open_page_the_call_to_run_from_the_door(
    signed_in: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "OFTEN", 0.0)
    clear = BackMsg()
    clear.clear_cache = True
    first, part = rerun("kyselyt", query_string="lang=sv"), rerun("kyselyt", fragment_id="card")
    streamlit = Streamlit()

    def end(number: int) -> None:
        if number == 1:
            del signed_in["m"]

    page(EndedSessions(streamlit), "m", first, part, clear.SerializeToString(), before=end)
    passed, told = streamlit.heard
    assert passed == first
    asked = BackMsg.FromString(told).rerun_script
    assert (asked.page_name, asked.fragment_id) == ("kyselyt", "")
    assert not asked.widget_states.widgets  # nothing that was pressed


def test_the_demonstrations_pages_end_with_the_first_account(
    signed_in: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "OFTEN", 0.0)
    exist = [False]
    monkeypatch.setattr(people, "any_exist", lambda: exist[0])
    streamlit = Streamlit()
    pressed = rerun("julkaisu", fragment_id="publish")

    def invite(number: int) -> None:
        exist[0] = number == 1

    page(EndedSessions(streamlit), "", pressed, pressed, before=invite)
    assert streamlit.heard[0] == pressed
    assert not BackMsg.FromString(streamlit.heard[1]).rerun_script.widget_states.widgets


def test_what_runs_by_the_clock_keeps_no_session_alive(
    signed_in: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    touched: list[bool] = []

    def who(_: object, token: str, touch: bool = True) -> Account | None:
        touched.append(touch)
        return signed_in.get(token)

    monkeypatch.setattr(sockets, "OFTEN", 0.0)
    monkeypatch.setattr(sockets.sessions, "who", who)
    by_clock = rerun("julkaisu", fragment_id="progress", is_auto_rerun=True)
    page(EndedSessions(Streamlit()), "m", by_clock, rerun("julkaisu"))
    assert touched == [True, False, True]  # opened, by the clock, by hand
