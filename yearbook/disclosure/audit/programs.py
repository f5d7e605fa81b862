"""Linear programs over the tables of counts that agree with everything shown, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from scipy import sparse
from scipy.linalg import qr

from yearbook.disclosure.audit.facts import Fact, Knowledge

TOLERANCE = 1e-6
DEPENDENT = 1e-9


class ContradictionError(Exception):
    """No table of counts agrees with the facts."""


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
        if not self.solved:
            begin(self._highs)
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
    highs.passModel(program)
    highs.setOptionValue("simplex_strategy", 4)  # primal: the last basis stays feasible
    return highs


def begin(highs: highspy.Highs) -> None:
    """A first basis, for the simplex to go on from: the interior point method finds one in a third
    of the time that the simplex needs for it."""
    highs.setOptionValue("solver", "ipm")
    highs.run()
    highs.setOptionValue("solver", "simplex")


def quiet_solver() -> highspy.Highs:
    """HiGHS on one core and without a word, by its simplex."""
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
