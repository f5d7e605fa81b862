"""Keeps the last drawings, so that a figure that is wanted in several files is drawn once."""

from __future__ import annotations

import hashlib
import threading

MOST = 64  # a statement or a pack, and some more; about 20 kB each


class Drawings:
    """By the page that drew them and by what was drawn; the one used last stands last."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, bytes], str] = {}
        self._lock = threading.Lock()

    def of(self, page: str, call: str) -> str | None:
        with self._lock:
            return self._drawn.get(_name(page, call))

    def keep(self, page: str, call: str, drawn: str) -> None:
        name = _name(page, call)
        with self._lock:
            self._drawn.pop(name, None)
            self._drawn[name] = drawn
            while len(self._drawn) > MOST:
                del self._drawn[next(iter(self._drawn))]

    def forget(self) -> None:
        with self._lock:
            self._drawn.clear()


def _name(page: str, call: str) -> tuple[str, bytes]:
    return page, hashlib.sha256(call.encode()).digest()
