"""A table of answers that disclosure control decides about, and what it decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from yearbook.disclosure.audit import Fact, Finding, Places, Tolerance
from yearbook.disclosure.protection import Protection, Settled
from yearbook.editions import Group

Columns = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Case:
    """One way of counting one question: by its options, each person choosing exactly one.

    groups, membership: the groups that may be shown × atoms. counts: atoms × options, people: of
    each atom. facts: what cannot be taken back, of earlier editions or another way of counting.
    has_truth: whether counts are known of every atom (not of people who were erased). fold_least:
    the columns that a group with folds must keep; is_scale: only neighbours are counted together.
    """

    groups: tuple[Group, ...]
    membership: np.ndarray
    people: np.ndarray
    counts: np.ndarray
    places: Places
    needs: Protection
    tolerance: Tolerance
    settled: Settled
    facts: tuple[Fact, ...] = ()
    has_truth: bool = True
    is_scale: bool = False
    fold_least: int = 2


@dataclass(frozen=True)
class Outcome:
    """columns: the shown groups, those that keep their earlier cells left out -> the options that
    are counted together (each alone, as a rule). hidden: why the other ones are not shown.
    findings: what was found out, by kind; unsafe: what may not be. checked: protected counts,
    witnessed: those that whole-number tables alone prove safe."""

    columns: Mapping[Group, Columns]
    hidden: Mapping[Group, str]
    findings: Mapping[str, int] = field(default_factory=dict)
    unsafe: tuple[Finding, ...] = ()
    checked: int = 0
    witnessed: int = 0
    programs: int = 0
    seconds: float = 0.0
