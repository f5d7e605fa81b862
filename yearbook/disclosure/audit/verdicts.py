"""Says of each target and option whether it is safe, and if not, why it may be accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yearbook.disclosure.audit.attack import Bounds, is_safe
from yearbook.disclosure.audit.facts import Knowledge, Target
from yearbook.disclosure.audit.programs import TOLERANCE

ZERO, INHERITED, COMMON = "zero", "inherited", "common"
EXACT, CERTAIN = "exact", "certain"
ACCEPTED = (ZERO, INHERITED, COMMON)


@dataclass(frozen=True)
class Finding:
    """Of a target's people it is known that between `low` and `high` chose the option."""

    target: Target
    option: int
    kind: str
    people: int
    low: float
    high: float

    @property
    def is_accepted(self) -> bool:
        return self.kind in ACCEPTED


@dataclass(frozen=True)
class Tolerance:
    """What is accepted: nothing but zeros on a sensitive question; else near-unanimity of a single
    shown group, and the answer that `common` (0–1) of all gave."""

    is_sensitive: bool
    common: float


def findings(
    known: Knowledge, targets: Sequence[Target], bounds: Bounds, tolerance: Tolerance
) -> list[Finding]:
    """Everything of which more is known than rule 4 allows, accepted or not."""
    unsafe = ~is_safe(bounds.low, bounds.high, bounds.people[:, None])
    common = set() if tolerance.is_sensitive else common_options(known, tolerance.common)
    inherited = (bounds.low <= bounds.alone_low + TOLERANCE) & (
        bounds.high >= bounds.alone_high - TOLERANCE
    )
    found = []
    for row, option in zip(*np.nonzero(unsafe), strict=True):
        low, high = float(bounds.low[row, option]), float(bounds.high[row, option])
        target, people = targets[row], int(bounds.people[row])
        if option in common:
            kind = COMMON
        elif high < TOLERANCE:
            kind = ZERO
        elif (
            not tolerance.is_sensitive
            and inherited[row, option]
            and not _will_tell(target, low, people)
        ):
            kind = INHERITED
        else:
            kind = EXACT if high - low < 1 - TOLERANCE else CERTAIN
        found.append(Finding(target, int(option), kind, people, low, high))
    return found


def _will_tell(target: Target, low: float, people: int) -> bool:
    """Whether of all who are there now the answer is known, and others are to come: of them and a
    single one more it would be known of all but one, which no single group tells."""
    return target.grows and low > people - 1 + TOLERANCE


def counted(found: Sequence[Finding]) -> dict[str, int]:
    """How many of each kind."""
    return dict(sorted(Counter(one.kind for one in found).items()))


def common_options(known: Knowledge, share: float) -> set[int]:
    """The options that at least that share of the largest shown group chose."""
    sizes = {fact.atoms: int(known.people[list(fact.atoms)].sum()) for fact in known.facts}
    if not sizes:
        return set()
    largest = max(sizes, key=lambda atoms: sizes[atoms])
    return {
        fact.options[0]
        for fact in known.facts
        if fact.atoms == largest and len(fact.options) == 1 and fact.count >= share * sizes[largest]
    }
