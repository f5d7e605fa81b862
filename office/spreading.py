"""Spreads long work over the cores of the machine."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import Any

FEW = 8  # pieces of work for which other processes would not pay
AHEAD = 12  # pieces that wait for a process; more would only fill the memory


def spread(work: Callable[[Any], Any], pieces: Iterable[Any]) -> Iterator[Any]:
    """As map, in order; many pieces are worked at by two processes, or by one on a single core,
    while further ones are made."""
    coming = iter(pieces)
    first = list(islice(coming, FEW))
    cores = min(2, os.cpu_count() or 1)
    if len(first) < FEW or cores == 1:
        yield from map(work, chain(first, coming))
        return
    # A fresh interpreter for each: a copy of this process would take its locks and threads along.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=fresh, initializer=_give_way) as pool:
        waiting: deque[Future[Any]] = deque()
        for piece in chain(first, coming):
            waiting.append(pool.submit(work, piece))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _give_way() -> None:
    """Visitors come first; and with whoever asked for the work, it ends: a job that is stopped is
    killed, and could not tell its helpers."""
    if hasattr(os, "nice"):
        os.nice(5)
    threading.Thread(target=_end_with_the_asker, daemon=True).start()


def _end_with_the_asker() -> None:
    asker = multiprocessing.parent_process()
    if asker is not None:
        asker.join()
        os._exit(1)
