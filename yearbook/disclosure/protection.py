"""Decides which groups of an additive table are shown: a threshold, and two rules against
subtraction.

The remainder of a shown whole must itself be publishable, and no unsafe group, leaf or remainder
may be a linear combination of shown groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from yearbook.catalogue import Policy, Question
from yearbook.disclosure.lattice import lattice_cut
from yearbook.editions import Group
from yearbook.measures import Tally

SMALL, COMPLEMENTARY = "small", "complementary"
TOLERANCE = 1e-6
_Families = list[tuple[int, list[int]]]


@dataclass(frozen=True)
class Protection:
    """What a group needs to be shown.

    `leave`: the largest option must leave so many others (0 = no such rule). `keep`: cuts from the
    dearest to the first to go; unknown cuts go first.
    """

    threshold: int
    leave: int
    keep: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Decision:
    """Which groups are shown, and why each other one is not ("small" or "complementary")."""

    shown: frozenset[Group]
    hidden: Mapping[Group, str]


@dataclass(frozen=True)
class _Additive:
    """An additive table: groups over leaves, with the people of each leaf and their options."""

    groups: tuple[Group, ...]
    membership: np.ndarray  # groups × leaves, bool
    people: np.ndarray  # leaves
    counts: np.ndarray  # leaves × options
    needs: Protection

    def is_publishable(self, leaves: np.ndarray) -> bool:
        n = int(self.people[leaves].sum())
        if n == 0:
            return True
        if n < self.needs.threshold:
            return False
        if not self.needs.leave or not self.counts.size:
            return True
        return bool(n - self.counts[leaves].sum(axis=0).max() >= self.needs.leave)

    def cost(self, row: int) -> tuple[int, int]:
        """How dear a group is: its cut first, then how many answered."""
        return _dearness(self.groups[row], self.needs.keep), int(
            self.people[self.membership[row]].sum()
        )


def survey_protection(question: Question, policy: Policy) -> Protection:
    """Threshold 5, for sensitive questions 10 with at least two outside the largest option."""
    keep = policy.lattice
    if not question.sensitive:
        return Protection(policy.threshold, 0, keep)
    leave = policy.sensitive_leave if question.type in ("single", "likert") else 0
    return Protection(policy.sensitive_threshold, leave, keep)


def protect(
    groups: Sequence[Group], membership: np.ndarray, counted: Tally, needs: Protection
) -> Decision:
    """Decide for every group with answers. membership: groups × leaves of the tally."""
    table = _Additive(tuple(groups), membership, counted.respondents, counted.counts, needs)
    answered = membership @ counted.respondents > 0
    safe = np.array([table.is_publishable(members) for members in membership], dtype=bool)
    shown: np.ndarray = answered & safe
    small = answered & ~safe
    unsafe = list(membership[small]) + _unsafe_leaves(table)
    families = _families(table)
    leaking = True
    while leaking:
        leaking = _hide_beside_remainders(table, families, shown, unsafe)
        leaking |= _hide_combinations(table, shown, unsafe)
    return Decision(
        frozenset(group for group, is_shown in zip(groups, shown, strict=True) if is_shown),
        {
            group: SMALL if small[row] else COMPLEMENTARY
            for row, group in enumerate(groups)
            if answered[row] and not shown[row]
        },
    )


def _dearness(group: Group, keep: tuple[tuple[str, ...], ...]) -> int:
    """0 for what goes first, higher for what is kept longer."""
    cut = lattice_cut(group)
    return len(keep) - keep.index(cut) if cut in keep else 0


def _unsafe_leaves(table: _Additive) -> list[np.ndarray]:
    identity = np.eye(len(table.people), dtype=bool)
    return [leaf for leaf in identity if not table.is_publishable(leaf)]


def _hide_beside_remainders(
    table: _Additive, families: _Families, shown: np.ndarray, unsafe: list[np.ndarray]
) -> bool:
    """Where a whole minus its shown parts (of one cut) leaves an unsafe rest, hide the cheapest
    part."""
    changed = False
    for whole, parts in families:
        while shown[whole] and (visible := [part for part in parts if shown[part]]):
            rest = table.membership[whole] & ~table.membership[visible].any(axis=0)
            if table.is_publishable(rest):
                break
            unsafe.append(rest)
            shown[min(visible, key=table.cost)] = False
            changed = True
    return changed


def _families(table: _Additive) -> _Families:
    """For every group the groups that lie inside it, by cut; groups of one cut never overlap."""
    found = []
    for whole, members in enumerate(table.membership):
        inside = ~table.membership[:, ~members].any(axis=1)
        inside[whole] = False
        by_cut: dict[tuple[str, ...], list[int]] = {}
        for part in np.flatnonzero(inside):
            by_cut.setdefault(lattice_cut(table.groups[part]), []).append(int(part))
        found += [(whole, parts) for parts in by_cut.values()]
    return found


def _hide_combinations(table: _Additive, shown: np.ndarray, unsafe: list[np.ndarray]) -> bool:
    """Hide the cheapest part of every linear combination of shown groups that gives an unsafe
    one."""
    answered, rows = table.people > 0, np.flatnonzero(shown)
    if not len(rows) or not unsafe:
        return False
    basis = table.membership[np.ix_(rows, answered)].astype(float)
    targets = np.array(unsafe)[:, answered].astype(float)
    weights = np.linalg.pinv(basis @ basis.T, hermitian=True) @ (basis @ targets.T)
    given_away = np.abs(targets.T - basis.T @ weights).max(axis=0) < TOLERANCE
    for combination in weights.T[given_away & targets.any(axis=1)]:
        involved = rows[np.abs(combination) > TOLERANCE]
        if shown[involved].all():
            shown[min(involved, key=table.cost)] = False
    return bool((given_away & targets.any(axis=1)).any())
