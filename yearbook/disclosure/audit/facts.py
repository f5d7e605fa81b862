"""What is known of a table: who answered in each atom, and every count that was ever shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Fact:
    """A shown count: so many of the people of `atoms` chose one of `options` (places of both)."""

    atoms: tuple[int, ...]
    options: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class Knowledge:
    """All that an attacker knows of one question: a table of atoms × options, seen through facts.

    people: how many answered in each atom, which a school knows; every one of them chose exactly
    one of the options (0 … options - 1).
    """

    people: np.ndarray
    options: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Target:
    """What must stay unknown: of these atoms, how many chose each option.

    place: school, programme and time of the group, or of the whole that it is the remainder of; ""
    takes all of them. grows: whether it lies in a span of cohorts of which some are still to come.
    """

    atoms: tuple[int, ...]
    place: tuple[str, str, str] = ("", "", "")
    grows: bool = False


def facts_of(
    rows: Iterable[tuple[np.ndarray, Sequence[tuple[int, ...]]]], counts: np.ndarray
) -> tuple[Fact, ...]:
    """The facts of shown groups: of each its members (atoms, bool) and its columns; counts: atoms ×
    options, the true ones."""
    found: list[Fact] = []
    for members, columns in rows:
        atoms = tuple(np.flatnonzero(members).tolist())
        together = counts[members].sum(axis=0)
        found += [Fact(atoms, options, int(together[list(options)].sum())) for options in columns]
    return tuple(found)


def told_alone(known: Knowledge, targets: Sequence[Target]) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest count, targets × options, that some single shown group around the
    target tells by itself (Fréchet bounds): no reader can know less."""
    inside = np.zeros((len(targets), len(known.people)), dtype=np.float32)
    for row, target in enumerate(targets):
        inside[row, list(target.atoms)] = 1
    people = inside @ known.people
    low = np.zeros((len(targets), known.options))
    high = np.repeat(people[:, None], known.options, axis=1)
    for option in range(known.options):
        facts = [fact for fact in known.facts if fact.options == (option,)]
        outside = np.ones((len(known.people), len(facts)), dtype=np.float32)
        for column, fact in enumerate(facts):
            outside[list(fact.atoms), column] = 0
        counts = np.array([fact.count for fact in facts], dtype=float)
        others = known.people.sum() - known.people @ outside - counts  # who did not choose it
        around = inside @ outside == 0
        least = np.where(around, people[:, None] - others, 0)
        greatest = np.where(around, counts, people[:, None])
        low[:, option] = least.max(axis=1, initial=0)
        high[:, option] = np.minimum(people, greatest.min(axis=1, initial=np.inf))
    return low, high


def connected(people: np.ndarray, facts: Sequence[Fact], new: Iterable[Fact]) -> np.ndarray:
    """Which atoms (bool) a new fact can tell anything of: those linked to one of its atoms by
    facts. Of the others nothing more is known than before."""
    part = np.arange(len(people))

    def root(atom: int) -> int:
        while part[atom] != atom:
            part[atom] = part[part[atom]]
            atom = part[atom]
        return atom

    for fact in facts:
        first = root(fact.atoms[0]) if fact.atoms else 0
        for atom in fact.atoms[1:]:
            part[root(atom)] = first
    touched = {root(fact.atoms[0]) for fact in new if fact.atoms}
    return np.array([root(atom) in touched for atom in range(len(people))], dtype=bool)
