"""Gives each browser a folder, and removes those that killed processes have left behind."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

PREFIX = "press-"
YOUNG = 600.0  # seconds: whoever made it may be about to take hold of it


def make() -> tuple[Path, int]:
    """A new folder, and the hold on it: a descriptor that ends with this process at the latest."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    return folder, _hold(folder)


def remove(folder: Path, hold: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        os.close(hold)


def sweep() -> None:
    """The folders that nobody holds. Those of other users cannot be opened, and stay."""
    old = time.time() - YOUNG
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < old:
                remove(folder, _hold(folder))


def _hold(folder: Path) -> int:
    """Raises BlockingIOError where another process, or another browser of ours, has it."""
    import fcntl  # Windows has none, and no press

    descriptor = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
