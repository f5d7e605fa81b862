"""Talks to a served dashboard as a browser's websocket does, without a browser."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


@dataclass(frozen=True)
class Visitor:
    """One visitor's connection; `open_page` runs the script once and returns what came."""

    socket: ClientConnection

    def open_page(self, name: str, query: str = "") -> list[ForwardMsg]:
        """The messages of one run of the script, asked for by the page's address."""
        request = BackMsg()
        request.rerun_script.page_name = name
        request.rerun_script.query_string = query
        self.socket.send(request.SerializeToString())
        messages: list[ForwardMsg] = []
        while not messages or messages[-1].WhichOneof("type") != "script_finished":
            message = ForwardMsg()
            message.ParseFromString(self.socket.recv(timeout=30))
            messages.append(message)
        return messages


@contextmanager
def visit(
    address: str, *, origin: str | None, headers: Mapping[str, str] | None = None
) -> Iterator[Visitor]:
    """Opens the websocket; raises InvalidStatus when the door refuses it."""
    with connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        origin=origin,  # type: ignore[arg-type]
        subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # type: ignore[list-item]
        additional_headers=headers,
        max_size=None,
        proxy=None,
    ) as socket:
        yield Visitor(socket)


def kinds(messages: list[ForwardMsg]) -> list[str]:
    return [str(message.WhichOneof("type")) for message in messages]


def words(messages: list[ForwardMsg]) -> str:
    """All that a run put on the page, as text in which to look for a word."""
    return "\n".join(str(m.delta) for m in messages if m.WhichOneof("type") == "delta")


def html_of(messages: list[ForwardMsg]) -> list[str]:
    """What a run put on the page as HTML or Markdown, which a browser would obey."""
    found = [m.delta.new_element for m in messages if m.WhichOneof("type") == "delta"]
    return [one.html.body or one.markdown.body for one in found]
