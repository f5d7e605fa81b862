"""Works out what a reader can: how small and how large a sum may be, given the sums that are shown.

The unknowns are numbers of at least 0, one for each atom (a school's programme in a year, a leaf of
a survey). A fact is the sum of some atoms, or the interval in which it lies.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

NOTHING_LEFT = 1e-7
WHOLE = 1e-6
NO_LIMIT = 1e6


@dataclass(frozen=True)
class Facts:
    """What is shown: rows × atoms with 1 where the atom is part of the sum, and the ends of each
    sum. most: the largest that an atom may be, finite so that every sum has an end."""

    rows: np.ndarray
    low: np.ndarray
    high: np.ndarray
    most: np.ndarray

    def only(self, chosen: np.ndarray) -> Facts:
        return Facts(self.rows[chosen], self.low[chosen], self.high[chosen], self.most)


@dataclass(frozen=True)
class Extent:
    """The ends between which a sum must lie, an arrangement of the atoms that reaches each, and
    the facts that say so."""

    low: float
    high: float
    lowest: np.ndarray
    highest: np.ndarray
    because: frozenset[int]


class UnreadableFactsError(ValueError):
    """The facts contradict each other, so that nothing can be said of what follows from them."""


class Attacker:
    """One set of facts, asked many times; each answer starts from the one before."""

    def __init__(self, facts: Facts, are_whole: bool = False) -> None:
        self._atoms = facts.rows.shape[1]
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._solver.setOptionValue(name, value)
        self._solver.passModel(_model(facts, are_whole))
        self._columns = np.arange(self._atoms, dtype=np.int32)

    def extent(self, target: np.ndarray) -> Extent:
        """target: True for the atoms of the sum."""
        (low, lowest, below), (high, highest, above) = (self._end(target, s) for s in (1.0, -1.0))
        return Extent(low, -high, lowest, highest, below | above)

    def _end(self, target: np.ndarray, sign: float) -> tuple[float, np.ndarray, frozenset[int]]:
        cost = sign * target.astype(float)
        self._solver.changeColsCost(self._atoms, self._columns, cost)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise UnreadableFactsError(str(status))
        found = self._solver.getSolution()
        atoms = np.array(found.col_value)
        used = np.flatnonzero(np.abs(np.array(found.row_dual)) > NOTHING_LEFT)
        return float(cost @ atoms), atoms, frozenset(used.tolist())


def _model(facts: Facts, are_whole: bool) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = facts.rows.shape
    model.col_cost_ = np.zeros(model.num_col_)
    model.col_lower_, model.col_upper_ = np.zeros(model.num_col_), facts.most
    model.row_lower_, model.row_upper_ = facts.low, facts.high
    places = [np.flatnonzero(column) for column in facts.rows.T]
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.cumsum([0, *map(len, places)])
    model.a_matrix_.index_ = np.concatenate([*places, np.empty(0, dtype=int)])
    model.a_matrix_.value_ = np.ones(sum(map(len, places)))
    if are_whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
    return model


def are_whole(atoms: np.ndarray) -> bool:
    return bool(np.abs(atoms - np.round(atoms)).max(initial=0.0) < WHOLE)
