"""Talks to the browser in its own protocol (DevTools): JSON over a pair of pipes."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import time
from contextlib import suppress
from itertools import count
from typing import Any

from press import chromium, folders

END = b"\0"
CHUNK = 1 << 20
SECONDS_TO_DIE = 3
POLITE = 0.3  # seconds a browser is given to close by itself


class Gone(Exception):
    """The browser has died, or was never able to start."""


class Late(Exception):
    """The time of this piece is up."""


class Refused(Exception):
    """The browser understood, and could not: a fault of the page or of ours."""


class Browser:
    """A running browser. Not for several threads at once."""

    def __init__(self, program: str) -> None:
        self._folder, self._hold = folders.make()
        self._process = chromium.start(program, self._folder)
        assert self._process.stdin and self._process.stdout
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        self._numbers = count(1)
        self._heard = b""
        self.until = time.monotonic()  # when the piece in hand must be done

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def give(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """What the browser answers to a command; requests of a page that come meanwhile are
        denied."""
        number = self._send(method, session, parameters)
        while True:
            message = self._next()
            if message.get("method") == "Fetch.requestPaused":
                self._deny(message)
            elif message.get("id") == number:
                if "error" in message:
                    raise Refused(f"{method}: {message['error'].get('message')}")
                return message["result"]

    def close(self) -> None:
        """Without waiting for long: what does not go is killed, with all its processes."""
        if self.is_alive:
            self.until = time.monotonic() + POLITE
            with suppress(Gone, Late, Refused):
                self.give("Browser.close")
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(SECONDS_TO_DIE)
        folders.remove(self._folder, self._hold)

    def _deny(self, paused: dict[str, Any]) -> None:
        refused = {"requestId": paused["params"]["requestId"], "errorReason": "BlockedByClient"}
        self._send("Fetch.failRequest", paused.get("sessionId", ""), refused)

    def _send(self, method: str, session: str, parameters: dict[str, Any]) -> int:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        left = memoryview(json.dumps(message).encode() + END)
        while left:
            self._wait(self._to, select.POLLOUT)
            try:
                left = left[os.write(self._to, left) :]
            except OSError as error:
                raise Gone from error
        return number

    def _next(self) -> dict[str, Any]:
        parts = [self._heard]
        while END not in parts[-1]:
            self._wait(self._from, select.POLLIN)
            part = os.read(self._from, CHUNK)
            if not part:
                raise Gone
            parts.append(part)
        message, _, self._heard = b"".join(parts).partition(END)
        return json.loads(message)

    def _wait(self, descriptor: int, event: int) -> None:
        left = self.until - time.monotonic()
        poll = select.poll()
        poll.register(descriptor, event)
        if left <= 0 or not poll.poll(left * 1000):
            raise Late
