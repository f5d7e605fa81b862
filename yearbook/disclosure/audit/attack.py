"""Works out how far what is shown narrows down what is not: the attack that a publication must
withstand.

The attacker's unknowns are the counts of atoms × options; they are not negative, those of an atom
add up to its people, and every fact is an equation. Linear programs (HiGHS) find the least and the
greatest count that a target can have. Each table found on the way is a witness for all targets at
once, so that few programs are needed: first some that move many targets together, then single ones
for what is left. Fractions are allowed, so bounds may be wider than for whole numbers; whole-number
witnesses are told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from yearbook.disclosure.audit.facts import Knowledge, Target, told_alone
from yearbook.disclosure.audit.programs import TOLERANCE, Program, agreeing
from yearbook.disclosure.audit.walk import walk

WALKS = 4  # looks at whole-number tables
ROUNDS = 60  # of programs that move many targets together
TOGETHER = 60  # targets that one of them moves at most


@dataclass(frozen=True)
class Bounds:
    """For each target (rows) and option (columns) the least and greatest count that fits.

    alone_low, alone_high: what a single shown group tells by itself. people: of each target.
    is_witnessed: whether whole-number tables alone prove it safe.
    witnesses: tables of counts (atoms × options) that agree with the facts.
    """

    low: np.ndarray
    high: np.ndarray
    alone_low: np.ndarray
    alone_high: np.ndarray
    people: np.ndarray
    is_witnessed: np.ndarray
    programs: int
    witnesses: tuple[np.ndarray, ...] = ()


@dataclass(frozen=True)
class Help:
    """What saves programs, and is never taken for known.

    witnesses: tables (atoms × options) that may agree with the facts, as the true one; they are
    checked. waived: targets × options whose exact bounds nobody asks for. walks: how many times to
    look at whole-number tables around the first witness.
    """

    witnesses: Sequence[np.ndarray] = ()
    waived: np.ndarray | None = None
    walks: int = WALKS


def attack(known: Knowledge, targets: Sequence[Target], given: Help | None = None) -> Bounds:
    """Bounds of every target and option, exact where they matter: where a target is neither proven
    safe nor waived. Raises ContradictionError."""
    given = given or Help()
    attacker = _Attacker(known, targets)
    if given.waived is not None:
        attacker.settled |= given.waived.ravel()
    attacker.learn_from(given.witnesses, known)
    attacker.walk(known, given.walks)
    attacker.start()
    attacker.move_together()
    attacker.settle_zeros()
    attacker.move_one_by_one()
    shape = (len(targets), known.options)
    whole = is_safe(attacker.whole_low, attacker.whole_high, attacker.people)
    return Bounds(
        attacker.low.reshape(shape),
        attacker.high.reshape(shape),
        attacker.alone_low.reshape(shape),
        attacker.alone_high.reshape(shape),
        attacker.people[:: known.options].copy(),
        whole.reshape(shape),
        attacker.program.solved,
        tuple(table.reshape(-1, known.options) for table in attacker.witnesses),
    )


class _Attacker:
    """Keeps the bounds that all witnesses together have shown to be possible."""

    def __init__(self, known: Knowledge, targets: Sequence[Target]) -> None:
        options = self._options = known.options
        self.program = Program(known)
        self.places = [
            np.array(target.atoms) * options + option
            for target in targets
            for option in range(options)
        ]
        sizes = [len(places) for places in self.places]
        rows = np.repeat(np.arange(len(sizes)), sizes)
        columns = np.concatenate(self.places) if self.places else np.array([], dtype=int)
        shape = (len(sizes), len(known.people) * options)
        self._sum = sparse.csr_matrix((np.ones(len(columns)), (rows, columns)), shape=shape)
        people = [int(known.people[list(target.atoms)].sum()) for target in targets]
        self.people = np.repeat(np.array(people, dtype=int), options)
        self.settled = self._sum @ self.program.free.astype(float) == 0
        self.low = np.full(len(sizes), np.inf)
        self.high = np.full(len(sizes), -np.inf)
        self.whole_low, self.whole_high = self.low.copy(), self.high.copy()
        alone = told_alone(known, targets)
        self.alone_low, self.alone_high = (bound.ravel() for bound in alone)
        self.witnesses: list[np.ndarray] = []
        self._random = np.random.default_rng(0)

    def learn_from(self, tables: Sequence[np.ndarray], known: Knowledge) -> None:
        """Those of the tables that agree with every fact, and with the people of each atom."""
        for table in agreeing(tables, known):
            self.learn(table)

    def walk(self, known: Knowledge, rounds: int) -> None:
        """Whole-number tables around the first witness that is one, as long as they prove more."""
        whole = [table for table in self.witnesses if _is_whole(table)]
        if whole and rounds:
            walk(whole[0].reshape(-1, known.options), known, self._look, rounds)

    def _look(self, table: np.ndarray, changes: sparse.csc_array) -> bool:
        waiting = len(self._open())
        self.learn(table.ravel().astype(float))
        counts = self._sum @ table.ravel()
        effects = (self._sum @ changes).tocsr()
        low = counts + effects.min(axis=1).toarray().ravel()
        high = counts + effects.max(axis=1).toarray().ravel()
        for bound, found, widen in (
            (self.low, low, np.minimum),
            (self.whole_low, low, np.minimum),
            (self.high, high, np.maximum),
            (self.whole_high, high, np.maximum),
        ):
            widen(bound, found, out=bound)
        left = len(self._open())
        return 0 < left < 0.9 * waiting

    def start(self) -> None:
        """Some table that agrees with the facts; ContradictionError where none does."""
        if not self.witnesses:
            nowhere = np.array([], dtype=int)
            self.learn(self.program.table(nowhere, 1))

    def learn(self, table: np.ndarray) -> None:
        """A table that agrees with the facts widens the bounds of every target."""
        before = self.low.sum() - self.high.sum()
        counts = self._sum @ table
        np.minimum(self.low, counts, out=self.low)
        np.maximum(self.high, counts, out=self.high)
        if not self.witnesses or self.low.sum() - self.high.sum() < before - TOLERANCE:
            self.witnesses.append(table.copy())
        if _is_whole(table):
            np.minimum(self.whole_low, counts, out=self.whole_low)
            np.maximum(self.whole_high, counts, out=self.whole_high)

    def is_safe(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Not known to the person, and not known that all but at most one chose it; or settled by a
        shown zero, or waived."""
        return is_safe(low, high, self.people) | self.settled

    def _open(self) -> np.ndarray:
        return np.flatnonzero(self._is_open())

    def _is_open(self) -> np.ndarray:
        """Targets whose bounds are still asked for: not safe, and not as wide as they can be."""
        widest = (self.low <= self.alone_low + TOLERANCE) & (
            self.high >= self.alone_high - TOLERANCE
        )
        return ~(self.is_safe(self.low, self.high) | widest)

    def move_together(self) -> None:
        """Programs that push many targets at once, as long as they prove more than one."""
        for number in range(ROUNDS):
            waiting = self._open()
            if not len(waiting):
                return
            places = self._apart(self._random.permutation(waiting)[:TOGETHER])
            for sign in (1, -1) if number % 2 else (-1, 1):
                self.learn(self.program.table(places, sign))
            if len(waiting) - len(self._open()) <= 1:
                return

    def _apart(self, rows: np.ndarray) -> np.ndarray:
        """The places of those targets that have no atom in common."""
        used: set[int] = set()
        chosen: list[np.ndarray] = []
        for row in rows:
            places = self.places[row]
            atoms = set((places // self._options).tolist())
            if not used & atoms:
                used |= atoms
                chosen.append(places)
        return np.concatenate(chosen)

    def settle_zeros(self) -> None:
        """One program may show that all targets never seen above zero are zero."""
        while True:
            waiting = self._open()
            never = waiting[self.high[waiting] < TOLERANCE]
            if not len(never):
                return
            self.learn(
                self.program.table(
                    np.unique(np.concatenate([self.places[row] for row in never])), -1
                )
            )
            if (self.high[never] < TOLERANCE).all():
                self.settled[never] = True
                return

    def move_one_by_one(self) -> None:
        """The exact bounds of each target that is still open; with two options, who did not choose
        the one chose the other."""
        exact: set[int] = set()
        for row in self._open().tolist():
            if self._options == 2 and row % 2 and row - 1 in exact:
                continue
            for sign in (1, -1):
                if self._is_open()[row]:
                    self.learn(self.program.table(self.places[row], sign))
            if self._is_open()[row]:
                exact.add(row)


def _is_whole(table: np.ndarray) -> bool:
    return bool(np.abs(table - np.rint(table)).max(initial=0.0) < TOLERANCE)


def is_safe(low: np.ndarray, high: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Rule 4: at least two whole numbers fit, and at least two people may have chosen otherwise."""
    certain = np.maximum(0, people - 2)
    return np.asarray((high - low >= 1 - TOLERANCE) & (low <= certain + TOLERANCE))
