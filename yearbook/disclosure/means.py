"""Decides whose mean of a number (income, years of a hobby) is withheld, so that no protected
group's mean can be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor, isclose, log10

import numpy as np

from yearbook.disclosure.least_withheld import Leak, Offer, choose
from yearbook.disclosure.magnitudes import NO_LIMIT, Attacker, Facts
from yearbook.editions import Group
from yearbook.measures import two_significant_digits

NOTHING = 1e-6
SLACK = 1e-9  # of an interval, for sums that were added up in another order


@dataclass(frozen=True)
class EarlierMean:
    """A mean that an earlier edition showed, as it was written, of those atoms."""

    atoms: np.ndarray  # bool
    mean: float


@dataclass(frozen=True)
class Means:
    """The means that would be shown of one question, and what an attacker knows.

    groups: whose distribution is shown and who are enough for a mean; membership: groups × atoms.
    people: the answers of each atom, known to all; sums: their numbers added up, known to none.
    protected: targets × atoms, the groups and remainders too small to be shown. largest: no single
    answer can be larger (None: nobody knows).
    """

    groups: Sequence[Group]
    membership: np.ndarray
    people: np.ndarray
    sums: np.ndarray
    protected: np.ndarray
    earlier: Sequence[EarlierMean] = ()
    largest: float | None = None

    @cached_property
    def scale(self) -> float:
        """Sums are counted in this unit, so that money is no larger a number than years."""
        return float(self.sums.sum() / max(1, self.people.sum())) or 1.0

    @cached_property
    def facts(self) -> Facts:
        """Each set of atoms once for what would be shown, then what was shown before."""
        sets = [*self._sets, *(one.atoms for one in self.earlier)]
        ends = [
            *(_ends(two_significant_digits(self._mean(atoms))) for atoms in self._sets),
            *(_ends(one.mean) for one in self.earlier),
        ]
        people = np.array([self.people[atoms].sum() for atoms in sets], dtype=float)
        low, high = np.array(ends, dtype=float).reshape(-1, 2).T * people / self.scale
        most = np.full(len(self.people), NO_LIMIT)
        if self.largest is not None:
            most = self.people * self.largest / self.scale
        rows = np.array(sets, dtype=float).reshape(-1, len(self.people))
        true = rows @ self.sums / self.scale  # an earlier mean may be of answers that were mended
        low, high = np.minimum(low, true), np.maximum(np.maximum(high, true), 0.0)
        return Facts(rows, low * (1 - SLACK), high * (1 + SLACK), most)

    @cached_property
    def _sets(self) -> list[np.ndarray]:
        return list({row.tobytes(): row for row in self.membership}.values())

    @cached_property
    def fact_of(self) -> list[frozenset[int]]:
        """The fact that each group's mean is."""
        number = {row.tobytes(): place for place, row in enumerate(self._sets)}
        return [frozenset([number[row.tobytes()]]) for row in self.membership]

    @property
    def fixed(self) -> frozenset[int]:
        return frozenset(range(len(self._sets), len(self._sets) + len(self.earlier)))

    def _mean(self, atoms: np.ndarray) -> float:
        return float(self.sums[atoms].sum() / self.people[atoms].sum())


def unsafe_means(means: Means, percent: float) -> frozenset[Group]:
    """The fewest groups whose mean has to be withheld, so that of no protected group the sum can be
    told to within so many per cent (the p % rule), over this edition and the earlier ones.

    A published mean of n answers tells their sum to within n halves of its last digit. What earlier
    editions give away by themselves cannot be helped, and withholds nothing more. A group of which
    everybody must have answered 0, as a mean of 0 of a larger one tells, counts as a counted zero.

    Medians and quartiles need no such rule: they are of at least 20 answers, in the same groups as
    the distribution, so that between two of them that hold one another lie at least as many people
    as the threshold asks for, and they are written with two significant digits. They do not add up:
    the median of a whole and of its part set no value of the rest. What is left is that a quartile
    is about some person's answer; to whom it belongs, nothing shown tells.
    """
    people = [int(means.people[row].sum()) for row in means.membership]
    costs = [1.0 + n / (n + 1000.0) for n in people]

    def leaks(told: frozenset[int]) -> list[Leak]:
        return _leaks(means, sorted(told | means.fixed), percent / 100)

    hidden = choose(Offer(means.fact_of, costs, frozenset()), leaks)
    return frozenset(means.groups[place] for place in hidden)


def _leaks(means: Means, told: Sequence[int], share: float) -> list[Leak]:
    """Sets of removable means that together tell a protected sum too well."""
    rows = means.protected.astype(float)
    low = rows @ means.sums / means.scale
    high = low.copy()
    attacker = Attacker(means.facts.only(np.array(told, dtype=int)))
    found: list[Leak] = []
    for number, target in enumerate(means.protected):
        if _is_vague(low[number], high[number], share):
            continue
        extent = attacker.extent(target)
        for arrangement in (extent.lowest, extent.highest):
            np.minimum(low, rows @ arrangement, out=low)
            np.maximum(high, rows @ arrangement, out=high)
        if not _is_vague(extent.low, extent.high, share):
            leak = frozenset(told[row] for row in extent.because) - means.fixed
            if leak and not _is_fixed(means, target, share):
                found.append(leak)
    return found


def _is_fixed(means: Means, target: np.ndarray, share: float) -> bool:
    """Whether earlier editions tell it by themselves."""
    if not means.fixed:
        return False
    extent = Attacker(means.facts.only(np.array(sorted(means.fixed)))).extent(target)
    return not _is_vague(extent.low, extent.high, share)


def _is_vague(low: float, high: float, share: float) -> bool:
    """Whether the middle of what is possible may be off by that share, or nothing is there."""
    return high < NOTHING or high - low >= share * (high + low)


def _ends(mean: float) -> tuple[float, float]:
    """Between which a mean lies that is written with two significant digits: 2 300 is 2 250 to
    2 350, and 1 000 is 995 to 1 050, for below it the last digit is of ten."""
    if mean == 0:
        return 0.0, 0.0
    power = 10.0 ** floor(log10(abs(mean)) + 1e-12)
    half = power / 20
    below = half / 10 if isclose(abs(mean), power) else half
    return max(0.0, mean - below), mean + half
