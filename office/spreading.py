"""Spreads long work over the cores of the machine."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

FEW = 24  # pieces of work for which other processes would not pay


def spread(work: Callable[[Any], Any], pieces: Iterable[Any]) -> Iterator[Any]:
    """As map, in order; many pieces are worked at by two processes, or by one on a single core."""
    known = list(pieces)
    cores = min(2, os.cpu_count() or 1)
    if len(known) < FEW or cores == 1:
        yield from map(work, known)
        return
    # A fresh interpreter for each: a copy of this process would take its locks and threads along.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=fresh, initializer=_give_way) as pool:
        yield from pool.map(work, known)


def _give_way() -> None:
    """Visitors come first."""
    if hasattr(os, "nice"):
        os.nice(5)
