"""Lets one process at a time do a thing; a process that dies gives its lock back."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from office.refusals import refusal
from office.settings import settings

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def only_one(what: str) -> Iterator[None]:
    """Refuses where another process, or another thread, is at it."""
    folder = settings().var
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / f"{what}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle)
    except OSError:
        os.close(handle)
        raise refusal("busy") from None
    try:
        yield
    finally:
        os.close(handle)  # which gives the lock back
