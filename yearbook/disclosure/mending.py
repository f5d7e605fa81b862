"""Finds the cheapest way to make what is shown safe: which options of which groups to count
together, and which groups to withhold.

For each count that is known too well, a linear program looks for another table of counts that would
leave it open, and that contradicts as little of what is shown as possible. What it contradicts is
to be given up: what such a table adds to one option of a group it takes from others, so that with
these counted together it fits as well as the true one. What is given up once costs nothing for the
targets that follow.
"""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from scipy import sparse

from yearbook.disclosure.audit import Fact, Finding, Knowledge
from yearbook.disclosure.audit.attack import is_safe
from yearbook.disclosure.audit.programs import TOLERANCE, quiet_solver

UNBOUNDED = 1e6
OUT_OF_REACH = 1e5  # the price of not moving a target
_Way = tuple[int, int]  # the least and the greatest count
_Pairs = set[tuple[int, int]]  # group and option


class Mending:
    """Facts that can be given up at a price, among facts that cannot.

    members: the shown groups × atoms; truth: atoms × options; prices: what it costs to move one
    person out of or into that option of the group. The facts that are known besides stay.
    """

    def __init__(
        self, known: Knowledge, members: np.ndarray, truth: np.ndarray, prices: np.ndarray
    ) -> None:
        self._truth = truth
        self._options = known.options
        self._places = len(known.people) * known.options
        self._slack = members.shape[0] * known.options
        self._columns = self._places + 2 * self._slack
        matrix, sums = _equations(known, members, members.astype(int) @ truth)
        self._highs = _solver(matrix, sums, known, prices)
        self._rows = len(sums)
        self.programs = 0

    def give_up(self, found: Sequence[Finding]) -> _Pairs:
        """The (group, option) pairs to count together so that nothing of what was found is known
        any more, or no more of it than fixed facts tell."""
        pairs: _Pairs = set()
        truth = self._truth
        waiting = [(one, _ways_out(one, truth)) for one in found]
        while waiting:
            # What is left after the first that have nothing in common is little: all at once.
            batch = waiting if pairs else _apart(waiting)
            table, moved = self._moved([(one, ways[0]) for one, ways in batch])
            pairs |= moved
            for row, option in moved:
                self.release(row, option)
            tried = {id(one) for one, _ in batch}
            left = [(one, ways[1:] if id(one) in tried else ways) for one, ways in waiting]
            waiting = [
                (one, ways) for one, ways in left if ways and not _is_open(one, table, truth)
            ]
        return pairs

    def release(self, group: int, option: int) -> None:
        """Nothing is said any more of that option of the group alone."""
        place = self._places + group * self._options + option
        for column in (place, place + self._slack):
            self._highs.changeColCost(column, 0.0)

    def _moved(self, wanted: Sequence[tuple[Finding, _Way]]) -> tuple[np.ndarray, _Pairs]:
        """The table of the least price in which the targets' counts lie where they are wanted, as
        far as they can; and what it moves."""
        for number, (one, (low, high)) in enumerate(wanted):
            columns = np.array(one.target.atoms, dtype=np.int32) * self._options + one.option
            spare = self._columns + 2 * number
            self._highs.addCol(OUT_OF_REACH, 0.0, UNBOUNDED, 0, [], [])
            self._highs.addCol(OUT_OF_REACH, 0.0, UNBOUNDED, 0, [], [])
            places = np.append(columns, [spare, spare + 1]).astype(np.int32)
            factors = np.append(np.ones(len(columns)), [1.0, -1.0])
            self._highs.addRow(low, high, len(places), places, factors)
        self._highs.run()
        self.programs += 1
        values = np.array(self._highs.getSolution().col_value)
        size = len(wanted)
        self._highs.deleteRows(size, np.arange(self._rows, self._rows + size, dtype=np.int32))
        spares = np.arange(self._columns, self._columns + 2 * size, dtype=np.int32)
        self._highs.deleteCols(len(spares), spares)
        slack = values[self._places : self._columns]
        moved = (slack[: self._slack] + slack[self._slack :]).reshape(-1, self._options)
        table = values[: self._places].reshape(-1, self._options)
        return table, {
            (int(g), int(o)) for g, o in zip(*np.nonzero(moved > TOLERANCE), strict=True)
        }


def _apart(waiting: Sequence[tuple[Finding, list[_Way]]]) -> list[tuple[Finding, list[_Way]]]:
    """Findings of which no two have an atom in common, so that all can be moved at once."""
    used: set[int] = set()
    chosen = []
    for one, ways in waiting:
        if not used & set(one.target.atoms):
            used |= set(one.target.atoms)
            chosen.append((one, ways))
    return chosen


def _is_open(finding: Finding, table: np.ndarray, truth: np.ndarray) -> bool:
    """Whether that other table leaves open what was found."""
    atoms = list(finding.target.atoms)
    counts = [float(one[atoms, finding.option].sum()) for one in (table, truth)]
    return bool(is_safe(min(counts), max(counts), finding.people))  # type: ignore[arg-type]


def _ways_out(finding: Finding, truth: np.ndarray) -> list[_Way]:
    """Other counts of the target that would leave it open: fewer than now, or more.

    Where fixed facts keep it from getting there it goes as far as they let it: then it is known no
    better than by them.
    """
    count = int(truth[list(finding.target.atoms), finding.option].sum())
    certain = max(0, finding.people - 2)
    fewer = [(0, min(count - 1, certain))] if count >= 1 else []
    more = [(count + 1, finding.people)] if count < finding.people else []
    return fewer + more


def _equations(
    known: Knowledge, members: np.ndarray, counts: np.ndarray
) -> tuple[sparse.csc_matrix, np.ndarray]:
    """Shown groups with slack, then the people of each atom and the fixed facts without."""
    atoms, options = len(known.people), known.options
    slack = sparse.eye_array(counts.size)
    shown = sparse.kron(sparse.csr_array(members.astype(float)), sparse.eye_array(options))
    people = sparse.kron(sparse.eye_array(atoms), np.ones((1, options)))
    fixed = _fixed(known.facts, options, atoms)
    rows = [[shown, slack, -slack], [people, None, None]]
    sums = [counts.ravel(), known.people]
    if known.facts:
        rows.append([fixed, None, None])
        sums.append(np.array([fact.count for fact in known.facts]))
    return sparse.block_array(rows).tocsc(), np.concatenate(sums).astype(float)


def _fixed(facts: Sequence[Fact], options: int, atoms: int) -> sparse.csr_array:
    places = [
        (np.array(fact.atoms)[:, None] * options + np.array(fact.options)[None, :]).ravel()
        for fact in facts
    ]
    row_of = np.repeat(np.arange(len(places)), [len(row) for row in places])
    columns = np.concatenate(places) if places else np.array([], dtype=int)
    shape = (len(places), atoms * options)
    return sparse.csr_array((np.ones(len(columns)), (row_of, columns)), shape=shape)


def _solver(
    matrix: sparse.csc_matrix, sums: np.ndarray, known: Knowledge, prices: np.ndarray
) -> highspy.Highs:
    places = len(known.people) * known.options
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = np.concatenate([np.zeros(places), prices.ravel(), prices.ravel()])
    program.col_lower_ = np.zeros(matrix.shape[1])
    people = np.repeat(known.people, known.options).astype(float)
    program.col_upper_ = np.concatenate([people, np.full(2 * prices.size, UNBOUNDED)])
    program.row_lower_, program.row_upper_ = sums, sums
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = matrix.indptr
    program.a_matrix_.index_ = matrix.indices
    program.a_matrix_.value_ = matrix.data
    highs = quiet_solver()
    highs.setOptionValue("solver", "ipm")  # from the beginning each time: rows come and go
    highs.passModel(program)
    return highs
