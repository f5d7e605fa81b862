"""Tells whether two shares differ clearly: Newcombe's interval for the difference.

R. G. Newcombe (1998), Statistics in Medicine 17, 873–890, method 10: it is made of the interval of
each share, so that shares with a known frame bring theirs, and it is never the overlap of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from yearbook.charts.description import Mark
from yearbook.intervals import wilson


@dataclass(frozen=True, slots=True)
class Share:
    """A share of n persons with its 95 % interval, all 0–1; no wider than itself where all
    answered."""

    value: float
    low: float
    high: float


def share_of(count: int, n: int, invited: int | None = None) -> Share:
    """With the Wilson interval, from counts; invited: how many were asked, if that is known."""
    value = count / n
    low, high = wilson(value, n, invited) or (value, value)
    return Share(value, low, high)


def published_share(mark: Mark) -> Share | None:
    """The share of a mark with its published interval; where everyone answered it has none."""
    if mark.value is None:
        return None
    if mark.low is not None and mark.high is not None:
        return Share(mark.value / 100, mark.low / 100, mark.high / 100)
    if mark.count is not None and mark.n:
        return share_of(mark.count, mark.n, mark.invited)
    return None


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
    others = share_of(all_count - count, all_n - n, invited_of_the_others(own, everyone))
    return clear_difference(share_of(count, n, own.invited), others)


def invited_of_the_others(own: Mark, everyone: Mark) -> int | None:
    if own.invited is None or everyone.invited is None:
        return None
    return max(everyone.invited - own.invited, 0)


def is_clearly_commoner(first: Mark, second: Mark) -> bool:
    """Whether, of two answers to one question, clearly more of the same persons gave the first.

    Two shares of the same persons are not independent, so that Newcombe's interval does not hold:
    of those who gave one of the two answers, more than half must have given the first (Wilson). Of
    a multi-answer question those who gave both are not known; to count them makes the step longer.
    """
    if first.count is None or second.count is None or not first.n:
        return (first.shown or 0) > (second.shown or 0)
    both = first.count + second.count
    if not both:
        return False
    asked = None if first.invited is None else round(both * first.invited / first.n)
    return share_of(first.count, both, asked).low > 0.5
