"""Ends what an open page can still do once the sign-in that it was opened with has ended.

Parts of a page (its cards, its downloads, a button's own deed) run again over the open websocket
without the door's script, which is where the session is asked. So this asks it, at messages and in
between; when it has ended, the page is run anew from the door, which then says so, and nothing else
that the page sends is passed on.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from functools import partial

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from access import sessions
from door import cookie, people
from office.databases import accounts_engine

OFTEN = 2.0  # seconds: an answer is good for so long
AT_LEAST = 20.0  # seconds: a page that sends nothing is looked after, too

# What a page of ours asks for. Streamlit would do more for whoever writes to it: empty what is kept
# in memory for all, tell of the source code and its folder, put files beside it. A message of text
# would only fill the log.
ASKED_FOR = frozenset(
    (
        "rerun_script",
        "stop_script",
        "app_heartbeat",
        "file_urls_request",
        "backend_operation_request",
    )
)
OPERATIONS = frozenset(("deferred_file", "dataframe_chunk"))


@dataclass
class _Visit:
    """How somebody came: signed in, in the demonstration, or neither, which cannot end."""

    token: str
    is_demonstration: bool
    page: BackMsg = field(
        default_factory=lambda: _whole_page()
    )  # asks for the page in front of her, whole
    asked: float = field(default_factory=time.monotonic)
    has_ended: bool = False
    was_told: bool = False

    def look(self, touch: bool) -> None:
        """Ask the session again; a session that has ended does not begin again."""
        self.asked = time.monotonic()
        if self.is_demonstration:
            self.has_ended = people.any_exist()
        elif self.token:
            self.has_ended = sessions.who(accounts_engine(), self.token, touch=touch) is None


class EndedSessions:
    """To stand within the guard."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        visit = await run_in_threadpool(_visit, cookie.token_of(HTTPConnection(scope).cookies))
        listening = _Listening(receive, visit)
        try:
            await self.app(scope, listening.receive, send)
        finally:
            listening.stop()


def _visit(token: str) -> _Visit:
    if not people.any_exist():
        return _Visit("", is_demonstration=True)
    known = sessions.who(accounts_engine(), token) if token else None
    return _Visit(token if known else "", is_demonstration=False)


class _Listening:
    """What the page sends, as far as it is passed on, and the call to run anew when it is due."""

    def __init__(self, receive: Receive, visit: _Visit) -> None:
        self._receive, self._visit = receive, visit
        self._next: asyncio.Task[Message] | None = None

    async def receive(self) -> Message:
        while True:
            if self._next is None:
                self._next = asyncio.ensure_future(self._receive())
            done, _ = await asyncio.wait({self._next}, timeout=AT_LEAST)
            if not done:
                await self._look(touch=False)
                if self._is_to_be_told():
                    return self._told()
                continue
            message, self._next = self._next.result(), None
            passed = await self._passed(message)
            if passed is not None:
                return passed

    def stop(self) -> None:
        if self._next is not None:
            self._next.cancel()

    async def _passed(self, message: Message) -> Message | None:
        if message["type"] != "websocket.receive":
            return message
        asked = _read(message.get("bytes") or b"")
        if message.get("bytes") is None or not _is_for_pages(asked):
            return None
        if asked.WhichOneof("type") == "rerun_script":
            self._remember(asked)
        if time.monotonic() - self._visit.asked >= OFTEN:
            await self._look(touch=not _is_by_itself(asked))
        if not self._visit.has_ended:
            return message
        is_run = asked.WhichOneof("type") == "rerun_script"
        return self._told() if is_run or not self._visit.was_told else None

    async def _look(self, touch: bool) -> None:
        if not self._visit.has_ended:
            await run_in_threadpool(partial(self._visit.look, touch))

    def _remember(self, asked: BackMsg) -> None:
        """Which page it is, and nothing of what was filled in or pressed on it."""
        page = _whole_page()
        state, kept = asked.rerun_script, page.rerun_script
        kept.query_string, kept.page_name = state.query_string, state.page_name
        kept.page_script_hash = state.page_script_hash
        kept.context_info.CopyFrom(state.context_info)
        self._visit.page = page

    def _is_to_be_told(self) -> bool:
        return self._visit.has_ended and not self._visit.was_told

    def _told(self) -> Message:
        self._visit.was_told = True
        return {"type": "websocket.receive", "bytes": self._visit.page.SerializeToString()}


def _whole_page() -> BackMsg:
    """The call to run the script; empty, it is for the first page."""
    call = BackMsg()
    call.rerun_script.SetInParent()
    return call


def _read(message: bytes) -> BackMsg:
    try:
        return BackMsg.FromString(message)
    except DecodeError:  # Streamlit refuses it
        return BackMsg()


def _is_for_pages(asked: BackMsg) -> bool:
    """Also of what cannot be read, which Streamlit refuses by closing the connection."""
    kind = asked.WhichOneof("type")
    if kind == "backend_operation_request":
        return asked.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind is None or kind in ASKED_FOR


def _is_by_itself(asked: BackMsg) -> bool:
    """A part of the page that runs again by the clock: nobody is there for that."""
    return asked.rerun_script.is_auto_rerun or asked.WhichOneof("type") == "app_heartbeat"
