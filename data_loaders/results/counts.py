"""Turns what an old table tells, counts or shares with n, into counts, and knows how surely."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from data_loaders.cells.numbers import Number, number
from data_loaders.workbook import Value

WHOLE_PER_CENT = 2  # decimals of a share 0–1 that was written in whole per cents


@dataclass(frozen=True, slots=True)
class Share:
    """A share 0–1 and half of the last digit that was written."""

    value: float
    half: float


@dataclass(frozen=True, slots=True)
class Count:
    """How many chose an option: `value`, and the fewest and the most that it may have been."""

    value: int
    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        return self.least == self.most


def exactly(value: int) -> Count:
    return Count(value, value, value)


def count_of(share: Share, n: int) -> Count | None:
    """Who of n have that share once it is rounded; None where no whole number of people has it."""
    slack = 1e-9 * max(1, n)
    least = math.ceil((share.value - share.half) * n - slack)
    most = math.floor((share.value + share.half) * n + slack)
    least, most = max(0, least), min(n, most)
    if least > most:
        return None
    return Count(min(max(round(share.value * n), least), most), least, most)


def agrees(share: Share, count: int, n: int) -> bool:
    """Whether the share is that of the count, as it is written."""
    return n > 0 and abs(count / n - share.value) <= share.half + 1e-9


class Shares:
    """The shares of one column, or of a table: on which scale they are, how finely written."""

    def __init__(self, values: Iterable[Value], of_hundred: bool) -> None:
        self.of_hundred = of_hundred
        self.decimals = max(
            (self._decimals(value) for value in values if number(value) is not None),
            default=WHOLE_PER_CENT,
        )

    def read(self, value: Value) -> Share | None:
        found = number(value)
        if found is None:
            return None
        return Share(self._as_share(found), 0.5 * 10.0**-self.decimals)

    def _as_share(self, found: Number) -> float:
        return found.value / 100 if self.of_hundred and not found.percent else found.value

    def _decimals(self, value: Value) -> int:
        """Of the share 0–1: 37,1 of a hundred is 0,371, three decimals."""
        found = number(value)
        assert found is not None
        exponent = Decimal(repr(self._as_share(found))).normalize().as_tuple().exponent
        return max(WHOLE_PER_CENT, -exponent if isinstance(exponent, int) else 0)


def is_of_hundred(values: Iterable[Value]) -> bool:
    """Whether plain numbers count to 100: then one is well above one."""
    found = (number(value) for value in values)
    return any(one.value > 1.5 for one in found if one is not None and not one.percent)


def settled(counts: Sequence[Count], total: int) -> list[int]:
    """The counts moved within their rounding until they add up, as far as they can."""
    values = [count.value for count in counts]
    while (missing := total - sum(values)) != 0:
        step = 1 if missing > 0 else -1
        room = [
            (c.most - v if step > 0 else v - c.least) for c, v in zip(counts, values, strict=True)
        ]
        widest = max(range(len(room)), key=room.__getitem__, default=0)
        if not room or room[widest] <= 0:
            break
        values[widest] += step
    return values
