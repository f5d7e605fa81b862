"""Tells whether two shares differ clearly: Newcombe's interval for the difference.

R. G. Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from yearbook.charts.description import Mark

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """A share of n persons with its 95 % interval, all 0–1."""

    value: float
    low: float
    high: float


def share_of(count: int, n: int) -> Share:
    """With the Wilson interval, from counts."""
    value, z2 = count / n, Z_95**2
    centre = (value + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * sqrt(value * (1 - value) / n + z2 / (4 * n * n))
    return Share(value, max(0.0, centre - half), min(1.0, centre + half))


def published_share(mark: Mark) -> Share | None:
    """The share of a mark with its published interval, if it has one."""
    if mark.value is None or mark.low is None or mark.high is None:
        return None
    return Share(mark.value / 100, mark.low / 100, mark.high / 100)


def clear_difference(one: Share, other: Share) -> float:
    """one − other where the interval of the difference leaves out zero, else 0."""
    difference = one.value - other.value
    below = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    is_clear = difference - below > 0 or difference + above < 0
    return difference if is_clear else 0.0


def against_the_others(own: Mark, everyone: Mark) -> float | None:
    """Own share less that of all others; 0 unless the difference is clear, None if unknown."""
    counts = (own.count, own.n, everyone.count, everyone.n)
    if any(number is None for number in counts):
        return None
    count, n, all_count, all_n = (int(number or 0) for number in counts)
    if all_n - n < 1 or n < 1 or not 0 <= all_count - count <= all_n - n:
        return None
    return clear_difference(share_of(count, n), share_of(all_count - count, all_n - n))
