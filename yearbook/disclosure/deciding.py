"""Decides what is shown of one question of a survey, and attacks the result before it is believed.

Groups are let in by the threshold and two rules against subtraction (protection); what a linear
program still finds out is mended by counting rare options together or by withholding (mending); the
outcome is attacked anew from the beginning (audit).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from yearbook.disclosure.audit import Knowledge
from yearbook.disclosure.cases import Case, Columns, Outcome
from yearbook.disclosure.examining import Witnesses, examined
from yearbook.disclosure.lattice import lattice_cut
from yearbook.disclosure.mending import Mending
from yearbook.disclosure.protection import COMPLEMENTARY, Decision, protect
from yearbook.editions import Group
from yearbook.measures import Tally

ATTEMPTS = 4  # at mending what the attack on a mended table still finds


def decide(case: Case, decision: Decision | None = None) -> Outcome:
    """What is shown of a case. decision: by the rules, where another way of counting took it."""
    begun = time.perf_counter()
    ruled = decision or protect(
        case.groups, case.membership, _as_tally(case), case.needs, case.settled
    )
    new = [g for g in case.groups if g in ruled.shown and g not in case.settled.cells]
    alone: Columns = tuple((option,) for option in range(case.counts.shape[1]))
    outcome = Outcome(dict.fromkeys(new, alone), ruled.hidden)
    if new and alone:
        outcome = _made_safe(case, outcome)
    return replace(outcome, seconds=time.perf_counter() - begun)


def _made_safe(case: Case, outcome: Outcome) -> Outcome:
    """Attack, mend, and attack again until nothing is found; what no mending helps against costs
    one level of the lattice after the other."""
    programs = 0
    witnesses: Witnesses = (case.counts,) if case.has_truth else ()
    for attempt in range(ATTEMPTS + len(case.needs.keep) + 2):
        outcome, witnesses = examined(case, outcome, witnesses, is_mended=attempt > 0)
        programs += outcome.programs
        if not outcome.unsafe:
            break
        if attempt < ATTEMPTS:
            outcome, asked = _mended(case, outcome)
            programs += asked
        else:
            outcome = _without_least_dear(case, outcome)
    return replace(outcome, programs=programs)


def _without_least_dear(case: Case, outcome: Outcome) -> Outcome:
    """Withholds all new groups of the cut that is given up first."""
    ranks = {group: _rank(case, group) for group in outcome.columns}
    least = max(ranks.values(), default=0)
    gone = dict.fromkeys((g for g, rank in ranks.items() if rank == least), COMPLEMENTARY)
    columns = {group: c for group, c in outcome.columns.items() if group not in gone}
    return replace(outcome, columns=columns, hidden={**outcome.hidden, **gone})


def _rank(case: Case, group: Group) -> int:
    """0 for the cut that is dearest, and so on; extra levels come last."""
    cut = lattice_cut(group)
    return case.needs.keep.index(cut) if cut in case.needs.keep else len(case.needs.keep)


# --- Mend -------------------------------------------------------------------------------------


def _mended(case: Case, outcome: Outcome) -> tuple[Outcome, int]:
    """The outcome with options counted together, or groups withheld, for all that was found."""
    row_of = {group: row for row, group in enumerate(case.groups)}
    groups = list(outcome.columns)
    members = case.membership[[row_of[group] for group in groups]]
    counts = members.astype(int) @ case.counts
    known = Knowledge(case.people, case.counts.shape[1], case.facts)
    mending = Mending(known, members, case.counts, _prices(case, groups, counts))
    given_up: dict[int, set[int]] = {}
    for row, group in enumerate(groups):
        for together in outcome.columns[group]:
            if len(together) > 1:
                given_up.setdefault(row, set()).update(together)
    for row, options in given_up.items():
        for option in options:
            mending.release(row, option)
    for row, option in mending.give_up(outcome.unsafe):
        given_up.setdefault(row, set()).add(option)
    columns: dict[Group, Columns] = {}
    hidden = dict(outcome.hidden)
    for row, group in enumerate(groups):
        left = _columns(case, counts[row], given_up.get(row, set()))
        if left is None:
            hidden[group] = COMPLEMENTARY
        else:
            columns[group] = left
    return replace(outcome, columns=columns, hidden=hidden), mending.programs


def _columns(case: Case, counts: np.ndarray, together: set[int]) -> Columns | None:
    """The columns of a group when these options are counted together; None where too little is
    left, or where a sensitive distribution would single somebody out."""
    options = range(len(counts))
    if together and case.is_scale:
        together = set(range(min(together), max(together) + 1))
    alone = [(option,) for option in options if option not in together]
    columns = sorted([*alone, tuple(sorted(together))]) if together else alone
    if together and len(columns) < case.fold_least:
        return None
    largest = max(int(counts[list(column)].sum()) for column in columns)
    if case.needs.leave and counts.sum() - largest < case.needs.leave:
        return None
    return tuple(columns)


def _prices(case: Case, groups: Sequence[Group], counts: np.ndarray) -> np.ndarray:
    """What it costs to give up an option of a group: more in dear cuts, large groups, and of
    options that many chose."""
    people = case.people.sum()
    share = case.counts.sum(axis=0) / max(1, people)
    rows = []
    for group, of_group in zip(groups, counts, strict=True):
        dear = 2.0 ** (len(case.needs.keep) - _rank(case, group))
        rows.append(dear * (1 + 0.02 * np.sqrt(of_group.sum())) * (1 + share / 2))
    return np.array(rows)


def _as_tally(case: Case) -> Tally:
    """What protection needs of it."""
    return Tally("", case.places.leaves, (), case.counts, case.people)
