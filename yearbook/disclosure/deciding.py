"""Decides what is shown of one question of a survey, and attacks the result before it is believed.

Groups are let in by the threshold and two rules against subtraction (protection); what a linear
program still finds out is mended by counting rare options together or by withholding (mending); the
outcome is attacked anew from the beginning (audit).
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from yearbook.disclosure.audit import (
    Fact,
    Finding,
    Help,
    Knowledge,
    Places,
    Target,
    Tolerance,
    attack,
    common_options,
    connected,
    counted,
    facts_of,
    findings,
    targets,
)
from yearbook.disclosure.audit.attack import WALKS
from yearbook.disclosure.lattice import lattice_cut
from yearbook.disclosure.mending import Mending
from yearbook.disclosure.protection import (
    COMPLEMENTARY,
    Decision,
    Protection,
    Settled,
    protect,
)
from yearbook.editions import Group
from yearbook.measures import Tally

GIVEN_AWAY = "given_away"  # by earlier editions alone: nothing can take it back
ATTEMPTS = 4  # at mending what the attack on a mended table still finds
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
    learned = _Learned((case.counts,) if case.has_truth else (), {})
    for attempt in range(ATTEMPTS + len(case.needs.keep) + 2):
        outcome, learned = _audited(case, outcome, learned)
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


# --- Attack -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Learned:
    """What an attack leaves to the next one, on less that is shown: tables that agree with it, and
    what was accepted (by atoms of the case and option)."""

    witnesses: tuple[np.ndarray, ...]
    accepted: Mapping[tuple[tuple[int, ...], int], Finding]


def _audited(case: Case, outcome: Outcome, learned: _Learned) -> tuple[Outcome, _Learned]:
    """What can be worked out of everything shown, as far as something new was added to it."""
    new = _facts(case, outcome)
    facts = (*case.facts, *new)
    reach = connected(case.people, facts, new) & (case.people > 0)
    home = np.flatnonzero(reach)
    known, atom_at = _within(case, facts, reach)
    wanted = _wanted(case, outcome, reach, atom_at)
    accepted = {
        (here, option): replace(one, target=replace(one.target, atoms=here))
        for (atoms, option), one in learned.accepted.items()
        if atom_at.keys() >= set(atoms)  # what was withheld since may have taken them out of reach
        for here in [tuple(atom_at[atom] for atom in atoms)]
    }
    waived = _waived(case, known, wanted, accepted)
    walks = WALKS if len(learned.witnesses) <= 1 else 0
    given = Help([table[reach] for table in learned.witnesses], waived, walks)
    bounds = attack(known, wanted, given)
    found = findings(known, wanted, bounds, case.tolerance, accepted)
    before = _told_before(case, reach, [one for one in found if not one.is_accepted])
    unsafe = [one for one in found if not one.is_accepted and one not in before]
    passed = [one for one in found if one.is_accepted]
    whole = case.counts.astype(float) if case.has_truth else np.zeros(case.counts.shape)
    audited = replace(
        outcome,
        findings=counted(passed) | ({GIVEN_AWAY: len(before)} if before else {}),
        unsafe=tuple(_at_home(one, home) for one in unsafe),
        checked=int(bounds.low.size),
        witnessed=int(bounds.is_witnessed.sum()),
        programs=bounds.programs,
    )
    kept = {(tuple(home[list(one.target.atoms)].tolist()), one.option): one for one in passed}
    return audited, _Learned(tuple(_spread(t, reach, whole) for t in bounds.witnesses), kept)


def _waived(
    case: Case,
    known: Knowledge,
    wanted: Sequence[Target],
    accepted: Mapping[tuple[tuple[int, ...], int], Finding],
) -> np.ndarray:
    """Targets × options that are accepted whatever their bounds: the common answer, and what was
    accepted when more was shown."""
    waived = np.zeros((len(wanted), known.options), dtype=bool)
    if not case.tolerance.is_sensitive:
        waived[:, sorted(common_options(known, case.tolerance.common))] = True
    row_of = {target.atoms: row for row, target in enumerate(wanted)}
    for atoms, option in accepted:
        if atoms in row_of:
            waived[row_of[atoms], option] = True
    return waived


def _spread(table: np.ndarray, reach: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """A table of the atoms within reach, with the others as they are."""
    spread = whole.copy()
    spread[reach] = table
    return spread


def _facts(case: Case, outcome: Outcome) -> tuple[Fact, ...]:
    row_of = {group: row for row, group in enumerate(case.groups)}
    shown = [(case.membership[row_of[group]], c) for group, c in outcome.columns.items()]
    return facts_of(shown, case.counts)


def _within(
    case: Case, facts: Sequence[Fact], reach: np.ndarray
) -> tuple[Knowledge, dict[int, int]]:
    """Only the atoms that the new facts reach, numbered anew."""
    atom_at = {int(atom): number for number, atom in enumerate(np.flatnonzero(reach))}
    inside = [fact for fact in facts if fact.atoms and any(atom in atom_at for atom in fact.atoms)]
    moved = tuple(
        replace(fact, atoms=tuple(atom_at[atom] for atom in fact.atoms if atom in atom_at))
        for fact in inside
    )
    return Knowledge(case.people[reach], case.counts.shape[1], moved), atom_at


def _wanted(
    case: Case, outcome: Outcome, reach: np.ndarray, atom_at: Mapping[int, int]
) -> list[Target]:
    """The targets as far as they lie within reach: a part is safe only if the whole is."""
    row_of = {group: row for row, group in enumerate(case.groups)}
    shown = [case.membership[row_of[group]] for group in outcome.columns]
    seen = [*shown, *case.settled.membership]
    found: dict[tuple[int, ...], Target] = {}
    for target in targets(case.places, case.people, seen, case.needs.threshold):
        atoms = tuple(atom_at[atom] for atom in target.atoms if atom in atom_at)
        if atoms:
            found.setdefault(atoms, replace(target, atoms=atoms))
    return list(found.values())


def _told_before(case: Case, reach: np.ndarray, found: Sequence[Finding]) -> set[Finding]:
    """What earlier editions alone give away already: nothing new can be blamed for it."""
    if not found or not case.facts:
        return set()
    known, _ = _within(case, case.facts, reach)
    alone = list({one.target for one in found})
    before = findings(known, alone, attack(known, alone), case.tolerance)
    told = {(one.target, one.option) for one in before if not one.is_accepted}
    return {one for one in found if (one.target, one.option) in told}


def _at_home(finding: Finding, atoms: np.ndarray) -> Finding:
    """With the atoms of the whole case."""
    home = tuple(int(atoms[atom]) for atom in finding.target.atoms)
    return replace(finding, target=replace(finding.target, atoms=home))


# --- Mend -------------------------------------------------------------------------------------


def _mended(case: Case, outcome: Outcome) -> tuple[Outcome, int]:
    """The outcome with options counted together, or groups withheld, for all that was found."""
    row_of = {group: row for row, group in enumerate(case.groups)}
    groups = list(outcome.columns)
    members = case.membership[[row_of[group] for group in groups]]
    counts = members.astype(int) @ case.counts
    known = Knowledge(case.people, case.counts.shape[1], case.facts)
    mending = Mending(known, members, counts, _prices(case, groups, counts))
    given_up: dict[int, set[int]] = {}
    for row, group in enumerate(groups):
        for together in outcome.columns[group]:
            if len(together) > 1:
                given_up.setdefault(row, set()).update(together)
    for row, options in given_up.items():
        for option in options:
            mending.release(row, option)
    for row, option in mending.give_up(outcome.unsafe, case.counts):
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
