"""Finds which sums of sensitive persons would give a small one away, if they were shown
together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from yearbook.disclosure.annual_facts import Leaves, Place, Year
from yearbook.disclosure.least_withheld import Leak
from yearbook.disclosure.magnitudes import NO_LIMIT, Attacker, Extent, Facts, are_whole

ONE = 1 - 1e-6
Cut = tuple[str, ...]


@dataclass(frozen=True)
class YearFacts:
    """Every sum that is told, or could be, of one question in one year.

    cuts: the cross-tables that each sum is in; fixed: the sums that earlier editions showed;
    threshold: a sum of 1 to fewer persons is protected.
    """

    year: Year
    sums: Sequence[Leaves]
    cuts: Sequence[frozenset[Cut]]
    fixed: frozenset[int]
    threshold: int

    @cached_property
    def atoms(self) -> tuple[Place, ...]:
        return tuple(sorted(self.year.persons))

    @cached_property
    def people(self) -> np.ndarray:
        return np.array([self.year.persons[leaf] for leaf in self.atoms], dtype=float)

    @cached_property
    def facts(self) -> Facts:
        rows = np.array([self.row(leaves) for leaves in self.sums]).reshape(-1, len(self.atoms))
        most = [
            max(self.year.persons[leaf], self.year.most.get(leaf, NO_LIMIT)) for leaf in self.atoms
        ]
        values = rows @ self.people
        return Facts(rows.astype(float), values, values, np.array(most, dtype=float))

    def row(self, leaves: Leaves) -> np.ndarray:
        return np.array([leaf in leaves for leaf in self.atoms], dtype=bool)

    def is_small(self, leaves: Leaves) -> bool:
        return 1 <= self.year.count(leaves) < self.threshold

    def leaks(self, told: frozenset[int]) -> tuple[list[Leak], list[Leaves]]:
        """Sets of removable sums that tell a protected one together; and the protected sums that
        what is fixed tells by itself."""
        return _Audit(self, sorted(told | self.fixed)).leaks()

    def protected(self, told: Iterable[int]) -> list[Leaves]:
        """The small leaves, schools, groups, and what a told whole leaves beside its told parts of
        one cut."""
        told = list(told)
        found = {frozenset([leaf]) for leaf in self.atoms} | set(self.sums)
        schools = {school for school, _ in self.atoms}
        found |= {frozenset(p for p in self.year.whole if p[0] == school) for school in schools}
        by_cut: dict[Cut, list[int]] = {}
        for fact in told:
            for cut in self.cuts[fact]:
                by_cut.setdefault(cut, []).append(fact)
        for fact in told:
            found |= {self._rest(self.sums[fact], parts) for parts in by_cut.values()}
        return sorted((leaves for leaves in found if self.is_small(leaves)), key=sorted)

    def _rest(self, whole: Leaves, parts: Iterable[int]) -> Leaves:
        inside = [self.sums[part] for part in parts if self.sums[part] < whole]
        return whole - frozenset[Place]().union(*inside)


class _Audit:
    """One set of sums, looked at as an attacker would. Every whole-number table that fits them
    proves all protected sums safe in which it differs from the true one."""

    def __init__(self, known: YearFacts, told: list[int]) -> None:
        self._known, self._told = known, told
        self._targets = known.protected(told)
        rows = np.array([known.row(leaves) for leaves in self._targets])
        self._rows = rows.reshape(-1, len(known.atoms))
        self._lowest = self._rows @ known.people
        self._highest = self._lowest.copy()

    def leaks(self) -> tuple[list[Leak], list[Leaves]]:
        if not self._targets:
            return [], []
        attacker = Attacker(self._facts(self._told))
        found: list[Leak] = []
        given_away: list[Leaves] = []
        for number, target in enumerate(self._rows):
            if self._highest[number] - self._lowest[number] >= ONE:
                continue
            because = self._because(target, attacker)
            if because is None:
                continue
            if self._is_fixed(target):
                given_away.append(self._targets[number])
            else:
                found.append(because - self._known.fixed)
        return found, given_away

    def _is_fixed(self, target: np.ndarray) -> bool:
        """Whether what cannot be taken back pins it by itself."""
        return bool(self._known.fixed) and self._is_pinned(target, sorted(self._known.fixed))

    def _because(self, target: np.ndarray, attacker: Attacker) -> frozenset[int] | None:
        """The sums that pin the target; None where it is safe."""
        extent = attacker.extent(target)
        if extent.high - extent.low < ONE:
            return frozenset(self._told[row] for row in extent.because)
        extent = self._in_whole_numbers(extent, target, self._told)
        self._witness(extent)
        return self._fewest(target) if extent.high - extent.low < ONE else None

    def _fewest(self, target: np.ndarray) -> frozenset[int]:
        """Sums that pin the target in whole numbers: others are left out while it stays pinned."""
        told = list(self._told)
        for fact in self._told:
            fewer = [one for one in told if one != fact]
            if self._is_pinned(target, fewer):
                told = fewer
        return frozenset(told)

    def _is_pinned(self, target: np.ndarray, told: list[int]) -> bool:
        extent = Attacker(self._facts(told)).extent(target)
        if extent.high - extent.low >= ONE:
            extent = self._in_whole_numbers(extent, target, told)
        return extent.high - extent.low < ONE

    def _in_whole_numbers(self, extent: Extent, target: np.ndarray, told: list[int]) -> Extent:
        """The same, unless its ends are reached by parts of persons only."""
        if are_whole(extent.lowest) and are_whole(extent.highest):
            return extent
        return Attacker(self._facts(told), are_whole=True).extent(target)

    def _facts(self, told: list[int]) -> Facts:
        return self._known.facts.only(np.array(told, dtype=int))

    def _witness(self, extent: Extent) -> None:
        for atoms in (extent.lowest, extent.highest):
            sums = self._rows @ np.round(atoms)
            np.minimum(self._lowest, sums, out=self._lowest)
            np.maximum(self._highest, sums, out=self._highest)


def facts_of(
    year: Year,
    told: Mapping[Cut, Iterable[Leaves]],
    fixed: Mapping[Cut, Iterable[Leaves]],
    threshold: int,
) -> YearFacts:
    """Each sum once. told: what the editions to come may show; fixed: what earlier ones showed."""
    cuts: dict[Leaves, set[Cut]] = {}
    for source in (told, fixed):
        for cut, sums in source.items():
            for leaves in sums:
                cuts.setdefault(leaves, set()).add(cut)
    shown = {leaves for sums in fixed.values() for leaves in sums}
    ordered = sorted(cuts, key=sorted)
    return YearFacts(
        year,
        ordered,
        [frozenset(cuts[leaves]) for leaves in ordered],
        frozenset(number for number, leaves in enumerate(ordered) if leaves in shown),
        threshold,
    )
