"""Decides which groups of an additive table are shown: a threshold, and two rules against
subtraction.

The remainder of a shown whole must itself be publishable, and no unsafe group, leaf or remainder
may be a linear combination of shown groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.linalg.blas import dger

from yearbook.catalogue import Policy, Question
from yearbook.disclosure.lattice import lattice_cut
from yearbook.editions import Group
from yearbook.measures import Tally

SMALL, COMPLEMENTARY = "small", "complementary"
TOLERANCE = 1e-6
_Families = dict[int, list[tuple[int, tuple[int, ...]]]]


@dataclass(frozen=True)
class Protection:
    """What a group needs to be shown.

    `leave`: the largest option must leave so many others (0 = no such rule). `keep`: cuts from the
    dearest to the first to go; unknown cuts go first.
    """

    threshold: int
    leave: int
    keep: tuple[tuple[str, ...], ...]
    least: Mapping[tuple[str, ...], int] = field(default_factory=dict)  # cut -> a higher threshold


@dataclass(frozen=True)
class Decision:
    """Which groups are shown, and why each other one is not ("small" or "complementary")."""

    shown: frozenset[Group]
    hidden: Mapping[Group, str]


@dataclass(frozen=True)
class Settled:
    """What earlier editions showed, and nothing can take back.

    groups, membership: the groups they showed, with their members (rows × atoms) as they were then.
    cells: groups that keep their cells of before -> whether they were shown.
    """

    groups: tuple[Group, ...] = ()
    membership: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))
    cells: Mapping[Group, bool] = field(default_factory=dict)


NOTHING_SETTLED = Settled()


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

    def is_showable(self, row: int) -> bool:
        """A group that is publishable, and large enough for its cut."""
        members = self.membership[row]
        least = self.needs.least.get(lattice_cut(self.groups[row]), 0)
        return self.is_publishable(members) and int(self.people[members].sum()) >= least

    def dearest_first(self, rows: Sequence[int]) -> list[int]:
        """By the cut, then by how many answered of the school and programme at all times together:
        what has to go with the small ones is then the same in every year."""
        sizes = self.membership @ self.people
        kinds = [(lattice_cut(one), one.school, one.programme) for one in self.groups]
        always: Counter[tuple[tuple[str, ...], str, str]] = Counter()
        for row in rows:
            always[kinds[row]] += int(sizes[row])

        def cost(row: int) -> tuple[int, int, int]:
            return (
                _dearness(self.groups[row], self.needs.keep),
                always[kinds[row]],
                int(sizes[row]),
            )

        return sorted(rows, key=cost, reverse=True)


def survey_protection(question: Question, policy: Policy) -> Protection:
    """Threshold 5, for sensitive questions 10 with at least two outside the largest option; an
    extra level is readable from 20 on."""
    keep = policy.lattice
    least = dict.fromkeys(policy.extras, policy.extra_threshold)
    if not question.sensitive:
        return Protection(policy.threshold, 0, keep, least)
    leave = policy.sensitive_leave if question.type in ("single", "likert") else 0
    return Protection(policy.sensitive_threshold, leave, keep, least)


def protect(
    groups: Sequence[Group],
    membership: np.ndarray,
    counted: Tally,
    needs: Protection,
    settled: Settled = NOTHING_SETTLED,
) -> Decision:
    """Decide for every group with answers. membership: groups × atoms of the tally.

    The groups are let in one by one, the dearest first; one is kept out when, together with those
    already in, it would give an unsafe group or atom away, or leave an unsafe rest of a whole. What
    earlier editions showed is in from the beginning.
    """
    rows = np.concatenate([membership, settled.membership]) if settled.groups else membership
    table = _Additive((*groups, *settled.groups), rows, counted.respondents, counted.counts, needs)
    answered = rows @ counted.respondents > 0
    safe = np.array([table.is_publishable(members) for members in rows], dtype=bool)
    showable = np.array([table.is_showable(row) for row in range(len(groups))], dtype=bool)
    atoms = [
        atom for atom in np.eye(len(table.people), dtype=bool) if not table.is_publishable(atom)
    ]
    unsafe = np.concatenate([answered & ~safe, np.ones(len(atoms), dtype=bool)])
    known = _Known(np.array([*rows, *atoms])[:, table.people > 0])
    for row in range(len(groups), len(rows)):
        known.add(row)
    families = _families_of(table, len(groups))
    is_open = np.array([group not in settled.cells for group in groups], dtype=bool)
    candidates = np.flatnonzero(answered[: len(groups)] & showable & is_open).tolist()
    for row in table.dearest_first(candidates):
        learned = known.learned_with(row)
        if (learned & unsafe).any():
            continue
        if not _leaves_unsafe_rest(table, families, known.rows | learned, learned):
            known.add(row)
    follows = known.rows[: len(groups)]
    shown = [
        settled.cells.get(group, bool(answered[row] & showable[row] & follows[row]))
        for row, group in enumerate(groups)
    ]
    return Decision(
        frozenset(group for group, is_shown in zip(groups, shown, strict=True) if is_shown),
        {
            group: COMPLEMENTARY if showable[row] else SMALL
            for row, group in enumerate(groups)
            if answered[row] and not shown[row]
        },
    )


class _Known:
    """What follows from the groups let in so far: which rows are linear combinations of them.

    `rows` marks them. Each row keeps the part of it that does not follow yet (Gram–Schmidt).
    """

    def __init__(self, membership: np.ndarray) -> None:
        self._residual = np.asfortranarray(membership, dtype=float)  # as BLAS keeps it
        self._length = (self._residual**2).sum(axis=1)
        self.rows = self._length < TOLERANCE

    def learned_with(self, row: int) -> np.ndarray:
        """The rows that would follow as well, were this row let in."""
        if self.rows[row]:
            return np.zeros(len(self.rows), dtype=bool)
        along = self._residual @ self._residual[row]
        left = self._length - along**2 / self._length[row]
        return (left < TOLERANCE) & ~self.rows

    def add(self, row: int) -> None:
        if self.rows[row]:
            return
        direction = self._residual[row] / np.sqrt(self._length[row])
        along = self._residual @ direction
        self._residual = dger(-1.0, along, direction, a=self._residual, overwrite_a=True)
        self._length -= along**2
        self.rows = self._length < TOLERANCE


def _dearness(group: Group, keep: tuple[tuple[str, ...], ...]) -> int:
    """0 for what goes first, higher for what is kept longer."""
    cut = lattice_cut(group)
    return len(keep) - keep.index(cut) if cut in keep else 0


def _leaves_unsafe_rest(
    table: _Additive, families: _Families, known: np.ndarray, learned: np.ndarray
) -> bool:
    """Whether a whole minus its known parts (of one cut) leaves an unsafe rest, now that `learned`
    is known too."""
    touched = {family for row in np.flatnonzero(learned) for family in families.get(int(row), ())}
    for whole, parts in touched:
        visible = [part for part in parts if known[part]]
        if known[whole] and visible:
            rest = table.membership[whole] & ~table.membership[visible].any(axis=0)
            if not table.is_publishable(rest):
                return True
    return False


def _families_of(table: _Additive, own: int) -> _Families:
    """For every group the families it is in: a whole with the groups of one cut that lie inside it.

    Groups of one cut never overlap, those of earlier editions (from row `own` on) taken apart.
    """
    found: _Families = {}
    for whole, members in enumerate(table.membership):
        inside = np.logical_not(table.membership[:, ~members].any(axis=1, keepdims=True))[:, 0]
        inside[whole] = False
        by_cut: dict[tuple[bool, tuple[str, ...]], list[int]] = {}
        for part in np.flatnonzero(inside):
            kind = (bool(part >= own), lattice_cut(table.groups[part]))
            by_cut.setdefault(kind, []).append(int(part))
        for parts in by_cut.values():
            for member in (whole, *parts):
                found.setdefault(member, []).append((whole, tuple(parts)))
    return found
