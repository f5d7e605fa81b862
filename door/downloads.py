"""Lets a file be fetched by the one it was made for, and by her only while her session lasts.

Streamlit answers `/media/<hash>` to whoever knows the address. So this stands between: it sees what
each websocket is handed, and lets only the same sign-in fetch that. What was handed to somebody who
is not signed in is of the public's edition, and anybody who is not signed in may fetch it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from door import cookie, people
from door.guard import VISIT_OF, said, visit_of
from yearbook.language import Text

MEDIA = "/media/"
MADE_LATER = "deferred_file"  # a file that is made when it is asked for over the websocket
LINGER = 60.0  # seconds: a page that was left or that reconnects may still fetch what it was handed

NOT_YOURS = Text(
    "Tiedostoa ei ole, tai se on tehty toiselle. Lataa se uudelleen sivulta.",
    "Filen finns inte, eller så är den gjord för någon annan. Ladda ner den på nytt från sidan.",
    "There is no such file, or it was made for somebody else. Download it anew from the page.",
)


@dataclass
class _Handed:
    """What one websocket was handed: files, and the keys of files that are made when asked for."""

    to: str
    files: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    ends: float = float("inf")


class OwnDownloads:
    """To stand within the guard, which says whose a websocket is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._handed: list[_Handed] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._watched(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(MEDIA):
            await self._fetched(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        handed = _Handed(to=Headers(scope=scope).get(VISIT_OF) or visit_of(""))
        self._handed = [one for one in self._handed if one.ends > time.monotonic()] + [handed]

        async def sent(message: Message) -> None:
            _take_down(handed, message.get("bytes") or b"")
            await send(message)

        async def received() -> Message:
            while True:
                message = await receive()
                if not _asks_for_anothers(handed, message.get("bytes") or b""):
                    return message

        try:
            await self.app(scope, received, sent)
        finally:
            handed.ends = time.monotonic() + LINGER

    async def _fetched(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = cookie.token_of(HTTPConnection(scope).cookies)
        account = await run_in_threadpool(people.account_of, token)
        of = visit_of(token if account else "")
        if not self._was_handed(_id_of(scope["path"]), of):
            await said(NOT_YOURS, 404)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _was_handed(self, file: str, to: str) -> bool:
        now = time.monotonic()
        return any(one.to == to and file in one.files and one.ends > now for one in self._handed)


def _take_down(handed: _Handed, message: bytes) -> None:
    """Addresses are read where Streamlit puts them, never found in a text that a page shows."""
    try:
        told = ForwardMsg.FromString(message)
    except DecodeError:
        return
    button, made = told.delta.new_element.download_button, told.backend_operation_response
    handed.files.update(map(_id_of, filter(None, (button.url, made.deferred_file.url))))
    handed.keys.update(filter(None, (button.deferred_file_id,)))


def _asks_for_anothers(handed: _Handed, message: bytes) -> bool:
    try:
        asked = BackMsg.FromString(message).backend_operation_request
    except DecodeError:
        return False
    return asked.HasField(MADE_LATER) and asked.deferred_file.file_id not in handed.keys


def _id_of(url: str) -> str:
    """The name that Streamlit gave the file, without its ending."""
    return PurePosixPath(url).stem
