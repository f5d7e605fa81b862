"""Works out how much text a sheet unfolds to when many cells point at the same string."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .limits import UNPACKED_BYTES
from .refusals import Unreadable


@dataclass
class Uses:
    """How often each shared string is used, and how many uses we did not look at closely."""

    counted: Counter[int] = field(default_factory=Counter)
    others: int = 0


def unfolded(uses: Uses, lengths: Sequence[int]) -> int:
    """Letters in all cells together: a reader makes a copy of the string for each of them."""
    longest = max(lengths, default=0)
    total = uses.others * longest
    for index, times in uses.counted.items():
        if index < len(lengths):
            total += times * lengths[index]
    if total > UNPACKED_BYTES:
        raise Unreadable("memory")
    return total
