"""Keeps one warm browser, in a thread of its own: one piece of work at a time, others wait."""

from __future__ import annotations

import atexit
import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillWaiting
from contextlib import suppress

from press import chromium, pieces
from press.devtools import Browser, Gone, Late, Refused
from press.unprintable import BUSY, FAILED, NO_BROWSER, TOO_LONG, Unprintable

Work = Callable[[Browser, str], bytes]

WAITING = 16  # pieces that may wait
SECONDS = 60.0  # that a piece may take
TO_START = 120.0  # until the browser is warm
PATIENCE = 240.0  # seconds that anyone waits for a turn and the piece
IDLE = 300.0  # seconds without work, after which the browser is closed
PIECES = 500  # after which it is closed, too: browsers grow
log = logging.getLogger(__name__)


class Room:
    """The thread, its queue and its browser. The browser is started for the first piece."""

    def __init__(self) -> None:
        self._orders: queue.Queue[tuple[Work, Future[bytes]]] = queue.Queue(WAITING)
        self.browser: Browser | None = None
        self._page = ""
        self._done = 0
        self._can_start = True
        threading.Thread(target=self._work, name="press", daemon=True).start()

    def make(self, work: Work) -> bytes:
        """The finished piece; waits for its turn."""
        future: Future[bytes] = Future()
        try:
            self._orders.put_nowait((work, future))
            return future.result(PATIENCE)
        except queue.Full:
            raise Unprintable(BUSY) from None
        except StillWaiting:
            future.cancel()
            raise Unprintable(BUSY) from None

    def warm_up(self) -> None:
        """Start the browser, if there is none, for a piece that will come; waits for nothing. One
        that did not start is tried again for a piece alone."""
        if self.browser is None and self._can_start and not self.waiting:
            with suppress(queue.Full):
                self._orders.put_nowait((lambda *_: b"", Future()))

    @property
    def waiting(self) -> int:
        """Pieces whose turn has not come."""
        return self._orders.qsize()

    def close(self) -> None:
        """The next piece starts another browser."""
        browser, self.browser, self._done = self.browser, None, 0
        if browser:
            browser.close()

    def _work(self) -> None:
        while True:
            try:
                work, future = self._orders.get(timeout=IDLE)
            except queue.Empty:
                self.close()
                continue
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._tried(work))
            except BaseException as error:
                future.set_exception(error)

    def _tried(self, work: Work) -> bytes:
        """A browser that has died meanwhile is started anew, once."""
        try:
            try:
                return self._made(work)
            except Gone:
                self.close()
                return self._made(work)
        except Late:
            self.close()
            raise Unprintable(TOO_LONG) from None
        except (Gone, Refused, OSError) as error:
            log.exception("a picture or a document could not be made")
            self.close()
            raise Unprintable(FAILED) from error

    def _made(self, work: Work) -> bytes:
        browser = self._warm()
        browser.until = time.monotonic() + SECONDS
        made = work(browser, self._page)
        self._done += 1
        return made

    def _warm(self) -> Browser:
        if self.browser and (self._done >= PIECES or not self.browser.is_alive):
            self.close()
        if self.browser is None:
            program = chromium.path()
            if program is None:
                raise Unprintable(NO_BROWSER)
            self._can_start = False
            self.browser = Browser(program)
            self.browser.until = time.monotonic() + TO_START
            self._page = pieces.warm_up(self.browser)
            self._can_start = True
        return self.browser


_opening = threading.Lock()
_room: Room | None = None


def opened() -> Room:
    """The one of this process."""
    global _room
    with _opening:
        if _room is None:
            _room = Room()
        return _room


@atexit.register
def close() -> None:
    """Its browser, if any; another piece starts another."""
    if _room:
        _room.close()


def _forget() -> None:
    """A forked process has neither the thread nor a right to the browser."""
    global _room, _opening
    _room, _opening = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
