"""The 95 % interval of a share, for those who measure and for those who compare."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959963984540054  # 97.5 % point of the standard normal distribution


def wilson(share: float, n: int, invited: int | None = None) -> tuple[float, float] | None:
    """The Wilson score interval of a share of n answers; None where chance has no part in it.

    invited: how many were asked; n is then replaced by n · (N − 1) / (N − n), because those who
    answered are part of a known and finite number. When everyone answered, and when no one did,
    there is no interval. Without a frame the number of those asked counts as endless; so it does
    when more answered than were asked, for then the frame is not of these people.

    E. B. Wilson (1927), Journal of the American Statistical Association 22, 209–212.
    """
    if n == 0 or n == invited:
        return None
    effective = float(n)
    if invited is not None and invited > n:
        effective = n * (invited - 1) / (invited - n)
    z2 = Z_95**2
    centre = (share + z2 / (2 * effective)) / (1 + z2 / effective)
    half = sqrt(share * (1 - share) / effective + z2 / (4 * effective**2))
    half *= Z_95 / (1 + z2 / effective)
    return max(0.0, centre - half), min(1.0, centre + half)
