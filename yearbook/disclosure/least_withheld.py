"""Chooses which groups to withhold: the cheapest set that breaks every way of working out too
much."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Leak = frozenset[int]  # facts that together tell too much: one of them has to go
FindLeaks = Callable[[frozenset[int]], Collection[Leak]]


@dataclass(frozen=True)
class Offer:
    """What could be shown: of each group the facts that it tells, and how dear it is. A fact that
    several groups tell goes only with all of them; a fact that none tells cannot go."""

    facts: Sequence[frozenset[int]]
    costs: Sequence[float]
    withheld: frozenset[int]  # groups that may not be shown at all


def choose(offer: Offer, find_leaks: FindLeaks) -> frozenset[int]:
    """The groups to withhold, the cheapest such set.

    `find_leaks` is told the facts that the shown groups tell, and says which sets of them may not
    be shown together. Each leak is true of every larger set too, so that all that were found are
    kept, and the end is the optimum.
    """
    leaks: list[Leak] = []
    hidden = offer.withheld
    while True:
        told = frozenset[int]().union(
            *(facts for group, facts in enumerate(offer.facts) if group not in hidden)
        )
        found = find_leaks(told)
        if not found:
            return hidden
        leaks.extend(found)
        hidden = _cheapest(offer, leaks)


def _cheapest(offer: Offer, leaks: Sequence[Leak]) -> frozenset[int]:
    """A yes or no for each group (is it withheld?) and each fact of a leak (is it gone?)."""
    groups = len(offer.facts)
    in_leaks = sorted(frozenset[int]().union(*leaks))
    place = {fact: groups + number for number, fact in enumerate(in_leaks)}
    rows, low = [], []
    for leak in leaks:
        rows.append(_row(groups + len(place), {place[fact]: 1.0 for fact in leak}))
        low.append(1.0)
    for group, facts in enumerate(offer.facts):
        for fact in facts & place.keys():
            rows.append(_row(groups + len(place), {group: 1.0, place[fact]: -1.0}))
            low.append(0.0)
    least = np.zeros(groups + len(place))
    least[list(offer.withheld)] = 1.0
    found = milp(
        np.concatenate([np.asarray(offer.costs, dtype=float), np.zeros(len(place))]),
        constraints=LinearConstraint(np.array(rows), np.array(low), np.inf),
        bounds=Bounds(least, np.ones(len(least))),
        integrality=np.ones(len(least)),
    )
    return frozenset(np.flatnonzero(found.x[:groups] > 0.5).tolist())


def _row(width: int, values: dict[int, float]) -> np.ndarray:
    row = np.zeros(width)
    row[list(values)] = list(values.values())
    return row
