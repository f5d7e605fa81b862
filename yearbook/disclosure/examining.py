"""Attacks a case as it would be shown, as far as anything is new in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from yearbook.disclosure.audit import (
    Fact,
    Finding,
    Help,
    Knowledge,
    Target,
    attack,
    common_options,
    connected,
    counted,
    facts_of,
    findings,
    targets,
)
from yearbook.disclosure.audit.attack import WALKS
from yearbook.disclosure.cases import Case, Outcome

GIVEN_AWAY = "given_away"  # by earlier editions alone: nothing can take it back


Witnesses = tuple[np.ndarray, ...]


def examined(
    case: Case, outcome: Outcome, witnesses: Witnesses, *, is_mended: bool
) -> tuple[Outcome, Witnesses]:
    """What can be worked out of everything shown; and tables that agree with it, which save work
    when less is shown. witnesses: such tables of an earlier attempt, to be checked. is_mended: what
    is left may be blamed on earlier editions; before mending nobody needs to know."""
    new = _facts(case, outcome)
    facts = (*case.facts, *new)
    reach = connected(case.people, facts, new) & (case.people > 0)
    home = np.flatnonzero(reach)
    known, atom_at = _within(case, facts, reach)
    wanted = _wanted(case, outcome, reach, atom_at)
    walks = WALKS if len(witnesses) <= 1 else 0
    waived = _waived(case, known, wanted)
    bounds = attack(known, wanted, Help([table[reach] for table in witnesses], waived, walks))
    found = findings(known, wanted, bounds, case.tolerance)
    unsafe = [one for one in found if not one.is_accepted]
    before = _told_before(case, reach, unsafe) if is_mended else set()
    unsafe = [one for one in unsafe if one not in before]
    passed = counted([one for one in found if one.is_accepted])
    whole = case.counts.astype(float) if case.has_truth else np.zeros(case.counts.shape)
    audited = replace(
        outcome,
        findings=passed | ({GIVEN_AWAY: len(before)} if before else {}),
        unsafe=tuple(_at_home(one, home) for one in unsafe),
        checked=int(bounds.low.size),
        witnessed=int(bounds.is_witnessed.sum()),
        programs=bounds.programs,
    )
    return audited, tuple(_spread(table, reach, whole) for table in bounds.witnesses)


def _waived(case: Case, known: Knowledge, wanted: Sequence[Target]) -> np.ndarray:
    """Targets × options that are accepted whatever their bounds: the common answer."""
    waived = np.zeros((len(wanted), known.options), dtype=bool)
    if not case.tolerance.is_sensitive:
        waived[:, sorted(common_options(known, case.tolerance.common))] = True
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
            grows = target.grows or (atoms in found and found[atoms].grows)
            found[atoms] = replace(found.get(atoms, target), atoms=atoms, grows=grows)
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
