"""The formulas, each with its source."""

from __future__ import annotations

from math import floor, log10

import numpy as np


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
