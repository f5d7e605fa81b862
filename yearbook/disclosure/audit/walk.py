"""Walks over whole-number tables that agree with everything shown, from one that is known to.

A step takes up to four atoms a, b, c, d in which shown groups balance (each group that holds a and
not b holds c and not d, and so on): one person of a and one of d change from option i to option j,
one of b and one of c the other way. Nothing that is shown changes. Steps are found for all atoms at
once: every atom gets a random number for each shown group it is in, and two pairs of atoms balance
when the differences of their sums are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations

import numpy as np
from scipy import sparse

from yearbook.disclosure.audit.facts import Fact, Knowledge

LIKE = 1e-9
PAIRS = 20_000  # of atoms that are looked through for each pair of options
STEPS = 300  # taken at most between two looks

Steps = tuple[np.ndarray, np.ndarray]  # atoms (a, b, c, d; -1 for none) and options (i, j)


def walk(
    table: np.ndarray,
    known: Knowledge,
    look: Callable[[np.ndarray, sparse.csc_array], bool],
    rounds: int,
) -> None:
    """From a whole-number table, atoms × options, that agrees with the facts.

    look(table, changes): gets a table and what single steps from it would change (places × steps);
    it says whether to go on.
    """
    weights = _weights(known)
    random = np.random.default_rng(0)
    table = table.astype(int)
    for _ in range(rounds):
        steps = _steps(table, weights, random)
        if not len(steps[0]) or not look(table, _changes(steps, table.shape)):
            return
        table = _moved(table, steps, random)


def _weights(known: Knowledge) -> np.ndarray:
    """Atoms × options × options: the sum of the random numbers of the groups that tell the two
    options apart (facts in which exactly one of them counts)."""
    random = np.random.default_rng(1)
    numbers = {atoms: random.random() for atoms in {fact.atoms for fact in known.facts}}
    weights = np.zeros((len(known.people), known.options, known.options))
    for atoms, facts in _by_group(known.facts).items():
        is_apart = np.zeros((known.options, known.options), dtype=bool)
        for fact in facts:
            inside = np.zeros(known.options, dtype=bool)
            inside[list(fact.options)] = True
            is_apart |= inside[:, None] != inside[None, :]
        weights[list(atoms)] += numbers[atoms] * is_apart
    return weights


def _by_group(facts: Sequence[Fact]) -> dict[tuple[int, ...], list[Fact]]:
    found: dict[tuple[int, ...], list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.atoms, []).append(fact)
    return found


def _steps(table: np.ndarray, weights: np.ndarray, random: np.random.Generator) -> Steps:
    """For every atom and pair of options one step each, where there is one."""
    atoms, options = [], []
    for i, j in permutations(range(table.shape[1]), 2):
        found = _of_options(table, weights[:, i, j], (i, j), random)
        atoms.append(found)
        options.append(np.tile([i, j], (len(found), 1)))
    if not atoms:
        return np.zeros((0, 4), dtype=int), np.zeros((0, 2), dtype=int)
    return np.concatenate(atoms), np.concatenate(options)


def _of_options(
    table: np.ndarray, weight: np.ndarray, pair: tuple[int, int], random: np.random.Generator
) -> np.ndarray:
    """Steps in which a and d go from i to j, b and c from j to i; of each atom a, b, c, d a few."""
    leaving, coming = (np.flatnonzero(table[:, option] > 0) for option in pair)
    if not len(leaving) or not len(coming):
        return np.zeros((0, 4), dtype=int)
    first, second = (part.ravel() for part in np.meshgrid(leaving, coming, indexing="ij"))
    apart = first != second
    first, second = first[apart], second[apart]
    order = random.permutation(len(first))[:PAIRS]
    first, second = first[order], second[order]
    gap = weight[first] - weight[second]
    is_pair = np.abs(gap) < LIKE
    pairs = np.stack([first, second, *np.full((2, len(first)), -1)], axis=1)[is_pair]
    sorted_ = np.argsort(gap, kind="stable")
    at = np.searchsorted(gap[sorted_], -gap - LIKE)
    other = sorted_[np.minimum(at, len(gap) - 1)]
    fits = np.abs(gap[other] + gap) < LIKE
    fits &= (first[other] != first) & (second[other] != second)
    squares = np.stack([first, second, second[other], first[other]], axis=1)[fits]
    return _one_each(np.concatenate([pairs, squares]))


def _one_each(steps: np.ndarray) -> np.ndarray:
    """The first step of each atom in each role."""
    kept = np.zeros(len(steps), dtype=bool)
    for role in range(2):
        _, places = np.unique(steps[:, role], return_index=True)
        kept[places] = True
    return steps[kept]


def _changes(steps: Steps, shape: tuple[int, int]) -> sparse.csc_array:
    """Places (atoms × options, flat) × steps: what each step adds."""
    atoms, options = steps
    number = np.arange(len(atoms))
    rows, columns, signs = [], [], []
    for role, sign in zip(range(4), (-1, 1, 1, -1), strict=True):
        is_there = atoms[:, role] >= 0
        for side, of_side in ((0, sign), (1, -sign)):
            rows.append(atoms[is_there, role] * shape[1] + options[is_there, side])
            columns.append(number[is_there])
            signs.append(np.full(is_there.sum(), of_side))
    entries = (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns)))
    return sparse.csc_array(entries, shape=(shape[0] * shape[1], len(atoms)))


def _moved(table: np.ndarray, steps: Steps, random: np.random.Generator) -> np.ndarray:
    """The table after some of the steps, one by one as long as they stay possible."""
    moved = table.copy()
    for number in random.permutation(len(steps[0]))[:STEPS]:
        (a, b, c, d), (i, j) = steps[0][number], steps[1][number]
        leaving = [atom for atom in (a, d) if atom >= 0]
        coming = [atom for atom in (b, c) if atom >= 0]
        if all(moved[atom, i] > 0 for atom in leaving) and all(
            moved[atom, j] > 0 for atom in coming
        ):
            for atom in leaving:
                moved[atom, i] -= 1
                moved[atom, j] += 1
            for atom in coming:
                moved[atom, j] -= 1
                moved[atom, i] += 1
    return moved
