"""Blurs numbers for the public: persons 1–4 as "1–4", more to the nearest three, money by members.

As in Vipunen, the statistics of Finnish education. What is shown for the public is made of the
blurred numbers alone, so that no share or ratio tells more than the counts beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from yearbook.catalogue import Policy

Span = tuple[float, float]
UNKNOWN: Span = (0, inf)


def is_few(persons: float, policy: Policy) -> bool:
    """Whether a count is told only as "1–4"."""
    return 0 < persons < policy.public_interval_below


def rounded(persons: float, policy: Policy) -> int:
    """The nearest multiple (of three); a zero stays a zero."""
    step = policy.public_round_to
    return step * int((persons + step / 2) // step)


def few(policy: Policy) -> tuple[int, int]:
    """The ends of "1–4"."""
    return 1, policy.public_interval_below - 1


def public_span(persons: float, policy: Policy) -> Span:
    """All that the public knows of a count that is shown to it: from what to what it may be."""
    if persons == 0:
        return 0, 0
    if is_few(persons, policy):
        return few(policy)
    lowest = rounded(persons, policy) - policy.public_round_to // 2
    highest = lowest + policy.public_round_to - 1
    return max(lowest, policy.public_interval_below), highest


def is_sum_safe(contributions: Iterable[float], policy: Policy) -> bool:
    """Whether a sum of money may be shown: of enough members, none of which it gives away.

    Dominance: the largest (two) make up at most (85) per cent. The p % rule: the second largest,
    who knows its own part, cannot come within p per cent of the largest.
    """
    parts = sorted((abs(part) for part in contributions if part), reverse=True)
    if len(parts) < policy.public_contributors:
        return False
    whole = sum(parts)
    dominant = sum(parts[: policy.public_dominance_largest])
    rest = whole - sum(parts[:2])
    return (
        100 * dominant <= policy.public_dominance_percent * whole
        and 100 * rest >= policy.public_p_percent * parts[0]
    )


def safe_parts(parts: Sequence[tuple[float, Sequence[float]]], policy: Policy) -> list[bool]:
    """Which parts of a whole that is shown may be shown too; each is (its sum, contributions).

    Those that are not safe by themselves are withheld, and as many of the smallest others that
    what is withheld together is safe as well: the whole less the shown gives it.
    """
    shown = [is_sum_safe(contributions, policy) for _, contributions in parts]
    for place in sorted(range(len(parts)), key=lambda place: abs(parts[place][0])):
        hidden = [part for is_shown, (_, of_part) in zip(shown, parts, strict=True)
                  if not is_shown for part in of_part if part]  # fmt: skip
        if not hidden or is_sum_safe(hidden, policy):
            break
        shown[place] = False
    return shown
