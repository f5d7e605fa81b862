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

import highspy
import numpy as np
from scipy import sparse
from scipy.linalg import qr

from yearbook.disclosure.audit.facts import Fact, Knowledge, Target
from yearbook.disclosure.audit.walk import walk

TOLERANCE = 1e-6
DEPENDENT = 1e-9
WALKS = 4  # looks at whole-number tables
ROUNDS = 60  # of programs that move many targets together
TOGETHER = 60  # targets that one of them moves at most


class ContradictionError(Exception):
    """No table of counts agrees with the facts."""


@dataclass(frozen=True)
class Bounds:
    """For each target (rows) and option (columns) the least and greatest count that fits.

    people: of each target. is_witnessed: whether whole-number tables alone prove it safe.
    witnesses: tables of counts (atoms × options) that agree with the facts.
    """

    low: np.ndarray
    high: np.ndarray
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
        attacker.people[:: known.options].copy(),
        whole.reshape(shape),
        attacker.program.solved,
        tuple(table.reshape(-1, known.options) for table in attacker.witnesses),
    )


class Program:
    """A linear program over counts that agree with all facts; only its objective changes."""

    def __init__(self, known: Knowledge) -> None:
        self.solved = 0
        places = len(known.people) * known.options
        self.free = ~zeros(known)
        self._place = np.full(places, -1)
        self._place[self.free] = np.arange(self.free.sum())
        matrix, counts = self._rows(known)
        upper = np.repeat(known.people, known.options).astype(float)[self.free]
        self._highs = solver(matrix, counts, upper)
        self._before = np.array([], dtype=np.int32)
        self._values = np.zeros(places)

    def _rows(self, known: Knowledge) -> tuple[sparse.csc_matrix, np.ndarray]:
        """Facts and the people of each atom as equations, each once."""
        options = np.arange(known.options)
        rows: dict[tuple[int, ...], float] = {}
        for fact in independent(known):
            rows.setdefault(self._free_of(fact.atoms, fact.options, known), fact.count)
        for atom, people in enumerate(known.people):
            rows.setdefault(self._free_of((atom,), options, known), people)
        if rows.pop((), 0):
            raise ContradictionError("people of whom nothing is left to choose")
        columns = np.concatenate([np.array(row) for row in rows]) if rows else np.array([], int)
        row_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        shape = (len(rows), int(self.free.sum()))
        matrix = sparse.csc_matrix((np.ones(len(columns)), (row_of, columns)), shape=shape)
        return matrix, np.array(list(rows.values()), dtype=float)

    def _free_of(
        self, atoms: Sequence[int], options: Sequence[int] | np.ndarray, known: Knowledge
    ) -> tuple[int, ...]:
        places = np.asarray(atoms)[:, None] * known.options + np.asarray(options)[None, :]
        found = self._place[places.ravel()]
        return tuple(np.sort(found[found >= 0]).tolist())

    def table(self, places: np.ndarray, sign: int) -> np.ndarray:
        """The counts (atoms × options, flat) that make sign × the sum over the places least."""
        columns = self._place[places]
        columns = columns[columns >= 0].astype(np.int32)
        before = self._before
        self._highs.changeColsCost(len(before), before, np.zeros(len(before)))
        self._highs.changeColsCost(len(columns), columns, np.full(len(columns), float(sign)))
        self._before = columns
        self._highs.run()
        self.solved += 1
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ContradictionError("no table of counts agrees with what is shown")
        self._values[self.free] = self._highs.getSolution().col_value
        return self._values


def independent(known: Knowledge) -> list[Fact]:
    """The facts without those that others imply, which would only make programs slower: of a whole
    distribution the largest count, and groups that shown parts add up to."""
    by_group: dict[tuple[int, ...], list[Fact]] = {}
    for fact in known.facts:
        by_group.setdefault(fact.atoms, []).append(fact)
    everything = {(option,) for option in range(known.options)}
    whole = {a for a, facts in by_group.items() if {fact.options for fact in facts} >= everything}
    needed = _spanning(sorted(whole, key=len), len(known.people))
    found: list[Fact] = []
    for atoms, facts in by_group.items():
        if atoms in whole and atoms not in needed:
            continue
        parts = sorted(option for fact in facts for option in fact.options)
        is_partition = parts == list(range(known.options))
        left_out = max(facts, key=lambda fact: fact.count) if is_partition else None
        found += [fact for fact in facts if fact is not left_out]
    return found


def _spanning(groups: Sequence[tuple[int, ...]], atoms: int) -> set[tuple[int, ...]]:
    """Groups of which none is a sum or difference of others, and of which all are."""
    if not groups:
        return set()
    members = np.zeros((atoms, len(groups)))
    for column, group in enumerate(groups):
        members[list(group), column] = 1.0
    triangle, order = qr(members, mode="r", pivoting=True)
    size = np.abs(np.diag(triangle))
    rank = int((size > DEPENDENT * size[0]).sum())
    return {groups[column] for column in order[:rank]}


def solver(matrix: sparse.csc_matrix, counts: np.ndarray, upper: np.ndarray) -> highspy.Highs:
    """HiGHS over equations, ready to be asked again and again from its last basis."""
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = np.zeros(matrix.shape[1])
    program.col_lower_, program.col_upper_ = np.zeros(matrix.shape[1]), upper
    program.row_lower_, program.row_upper_ = counts, counts
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = matrix.indptr
    program.a_matrix_.index_ = matrix.indices
    program.a_matrix_.value_ = matrix.data
    highs = quiet_solver()
    highs.setOptionValue("simplex_strategy", 4)  # primal: the last basis stays feasible
    highs.passModel(program)
    return highs


def quiet_solver() -> highspy.Highs:
    """HiGHS by its simplex, on one core and without a word."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("presolve", "off")
    highs.setOptionValue("solver", "simplex")
    return highs


def agreeing(tables: Sequence[np.ndarray], known: Knowledge) -> list[np.ndarray]:
    """Those tables of counts (atoms × options) that the facts allow, flat."""
    if not len(tables):
        return []
    flat = np.stack([np.asarray(table, dtype=float).ravel() for table in tables])
    by_atom = flat.reshape(len(tables), -1, known.options).sum(axis=2)
    fits = (flat >= -TOLERANCE).all(axis=1)
    fits &= np.abs(by_atom - known.people).max(axis=1, initial=0.0) < TOLERANCE
    if known.facts:
        counts = np.array([fact.count for fact in known.facts])
        fits &= np.abs(_sums(known) @ flat.T - counts[:, None]).max(axis=0) < TOLERANCE
    return list(flat[fits])


def _sums(known: Knowledge) -> sparse.csr_array:
    """Facts × places: which counts each fact adds up."""
    places = [
        (np.array(fact.atoms)[:, None] * known.options + np.array(fact.options)).ravel()
        for fact in known.facts
    ]
    rows = np.repeat(np.arange(len(places)), [len(of_fact) for of_fact in places])
    columns = np.concatenate(places).astype(int)
    shape = (len(places), len(known.people) * known.options)
    return sparse.csr_array((np.ones(len(columns)), (rows, columns)), shape=shape)


def zeros(known: Knowledge) -> np.ndarray:
    """Which counts (atoms × options, flat) a shown zero settles."""
    settled = np.zeros((len(known.people), known.options), dtype=bool)
    settled[known.people == 0] = True
    for fact in known.facts:
        if fact.count == 0:
            settled[np.ix_(fact.atoms, fact.options)] = True
    return settled.ravel()


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
        return np.flatnonzero(~self.is_safe(self.low, self.high))

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
        """The exact bounds of each target that is still open."""
        for row in self._open():
            for sign in (1, -1):
                if not self.is_safe(self.low, self.high)[row]:
                    self.learn(self.program.table(self.places[row], sign))


def _is_whole(table: np.ndarray) -> bool:
    return bool(np.abs(table - np.rint(table)).max(initial=0.0) < TOLERANCE)


def is_safe(low: np.ndarray, high: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Rule 4: at least two whole numbers fit, and at least two people may have chosen otherwise."""
    certain = np.maximum(0, people - 2)
    return np.asarray((high - low >= 1 - TOLERANCE) & (low <= certain + TOLERANCE))
