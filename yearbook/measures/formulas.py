"""The formulas, each with its source."""

from __future__ import annotations

from math import floor, log10, sqrt

import numpy as np

Z_95 = 1.959963984540054  # 97.5 % point of the standard normal distribution


def wilson(count: float, n: float) -> tuple[float, float] | None:
    """The 95 % Wilson score interval of count / n, or None when n is 0.

    E. B. Wilson (1927), Journal of the American Statistical Association 22, 209–212.
    """
    if n == 0:
        return None
    share, z2 = count / n, Z_95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def interval(count: int, n: int, invited: int | None) -> tuple[float, float] | None:
    """The 95 % interval of the share count / n, given how many were invited (None: not known).

    Everyone was asked and n of N answered, so that chance has less room the more of them did:
    Wilson's interval with n replaced by n · (N − 1) / (N − n), the finite population correction of
    the variance (W. G. Cochran, Sampling Techniques, 3rd ed. 1977, theorem 2.2), the share kept.
    None when all answered, for then nothing is left to chance. More answers than invitations tell
    that the frame is not of these people; then it counts as not known.
    """
    if n == 0 or n == invited:
        return None
    if invited is None or invited < n:
        return wilson(count, n)
    larger = n * (invited - 1) / (invited - n)
    return wilson(count / n * larger, larger)


def two_significant_digits(value: float) -> float:
    """2 345 -> 2 300; money is published no finer than this."""
    if value == 0:
        return 0.0
    last = floor(log10(abs(value))) - 1
    rounded = floor(abs(value) / 10.0**last + 0.5) * 10.0**last
    # 82 × 0.1 is 8.200000000000001; a file that is taken home shall say 8.2.
    return round(rounded, -last) * (1 if value > 0 else -1)


def median_and_quartiles(values: np.ndarray) -> tuple[float, float, float]:
    """Lower quartile, median, upper quartile by linear interpolation (Hyndman & Fan 1996, type
    7)."""
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    return float(low), float(middle), float(high)
