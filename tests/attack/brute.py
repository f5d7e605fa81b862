"""An attacker in a few lines, for small worlds: the least and the most that every small group can
have of every option, by linear programs over all that was written down.

Made apart from the product's own audit and from the other audit program; slow and plain.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import linprog

TOTAL = "_N"
COMMON = 0.8
HAIR = 1e-6
Atoms = frozenset[int]


@dataclass(frozen=True)
class Finding:
    """What an attacker learns of a small group: at least `low`, at most `high` of n."""

    table: str
    group: tuple[str, ...]
    option: str
    kind: str
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class _Table:
    """One question: people of each leaf with answers, and what is shown of sets of leaves."""

    name: str
    people: np.ndarray
    options: Sequence[str]
    shown: Mapping[Atoms, Mapping[str, float]]
    groups: Mapping[tuple[str, ...], Atoms]
    threshold: int
    is_sensitive: bool


def findings(folder: Path, tables: Sequence[str] = ()) -> list[Finding]:
    """All that is not accepted by the rules; of these tables, or of all."""
    return [
        found
        for table in _tables(folder)
        if not tables or table.name in tables
        for found in _attack(table)
    ]


def _tables(folder: Path) -> Iterator[_Table]:
    spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))
    published, known = _rows(folder / "published.csv"), _rows(folder / "known.csv")
    within = [_members(dimension) for dimension in spec["dims"].values()]
    for name, rows in published.items():
        people = {_place(row): int(row["value"]) for row in known[name] if int(row["value"])}
        number = {place: index for index, place in enumerate(people)}
        groups = {
            codes: frozenset(
                number[place] for place in product(*(inside[code] for inside, code in
                                                     zip(within, codes, strict=True)))
                if place in number
            )
            for codes in product(*within)
        }  # fmt: skip
        shown: dict[Atoms, dict[str, float]] = defaultdict(dict)
        for row in rows:
            shown[groups[_place(row)]][row["option"]] = float(row["value"])
        options = sorted({o for told in shown.values() for one in told for o in one.split("+")}
                         - {TOTAL})  # fmt: skip
        yield _Table(name, np.array(list(people.values())), options, shown, groups,
                     spec["thresholds"][name], name in spec["sensitive"])  # fmt: skip


def _members(dimension: Mapping[str, object]) -> dict[str, list[str]]:
    leaves: list[str] = list(dimension["leaves"])  # type: ignore[call-overload]
    found = {leaf: [leaf] for leaf in leaves}
    for code, inside in dict(dimension["aggregates"]).items():  # type: ignore[call-overload]
        found[code] = leaves if inside == "*" else list(inside)
    return found


def _rows(path: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["question"]].append(row)
    return found


def _place(row: Mapping[str, str]) -> tuple[str, ...]:
    return row["school"], row["programme"], row["cohort"]


def _attack(table: _Table) -> Iterator[Finding]:
    for atoms, told in table.shown.items():
        n = int(table.people[list(atoms)].sum())
        group = next(codes for codes, inside in table.groups.items() if inside == atoms)
        if 0 < n < table.threshold:
            yield Finding(table.name, group, "", "small", n, n, n)
        most = max((v for o, v in told.items() if o != TOTAL), default=0)
        if table.is_sensitive and n and n - most < 2:
            yield Finding(table.name, group, "", "lone", most, n, n)
    rows, counts = _equations(table)
    for atoms, group in _targets(table).items():
        n = int(table.people[list(atoms)].sum())
        for place, option in enumerate(table.options):
            low, high = _ends(atoms, place, len(table.options), (rows, counts))
            kind = _kind(table, atoms, option, (low, high))
            if kind:
                yield Finding(table.name, group, option, kind, low, high, n)


def _equations(table: _Table) -> tuple[np.ndarray, np.ndarray]:
    """Unknowns: how many of each leaf chose each option."""
    width = len(table.options)
    rows, counts = [], []
    for atom, people in enumerate(table.people):
        row = np.zeros((len(table.people), width))
        row[atom] = 1
        rows.append(row.ravel())
        counts.append(people)
    for atoms, told in table.shown.items():
        for fold, value in told.items():
            if fold != TOTAL:
                row = np.zeros((len(table.people), width))
                for option in fold.split("+"):
                    row[list(atoms), table.options.index(option)] = 1
                rows.append(row.ravel())
                counts.append(value)
    return np.array(rows), np.array(counts, dtype=float)


def _targets(table: _Table) -> dict[Atoms, tuple[str, ...]]:
    """Groups that are not shown, and what a shown one has beside another, of few people."""
    found = {atoms: codes for codes, atoms in table.groups.items() if atoms not in table.shown}
    for whole in table.shown:
        for part in table.shown:
            if part < whole:
                found.setdefault(whole - part, ("rest",))
    return {
        atoms: codes
        for atoms, codes in found.items()
        if 0 < table.people[list(atoms)].sum() < table.threshold
    }


def _ends(
    atoms: Atoms, option: int, width: int, equations: tuple[np.ndarray, np.ndarray]
) -> tuple[float, float]:
    rows, counts = equations
    goal = np.zeros(rows.shape[1])
    goal[[atom * width + option for atom in atoms]] = 1
    low = linprog(goal, A_eq=rows, b_eq=counts)
    high = linprog(-goal, A_eq=rows, b_eq=counts)
    assert low.status == high.status == 0, "what was shown contradicts itself"
    return float(low.fun), float(-high.fun)


def _kind(table: _Table, atoms: Atoms, option: str, ends: tuple[float, float]) -> str:
    """ "" for what is safe or accepted."""
    low, high = ends
    n = int(table.people[list(atoms)].sum())
    is_exact = high - low < 1 - HAIR and high > HAIR
    is_certain = high > HAIR and low > max(0, n - 2) + HAIR
    if not is_exact and not is_certain:
        return ""
    if not table.is_sensitive and (
        _is_inherited(table, atoms, option, ends) or _is_common(table, option)
    ):
        return ""
    return "exact" if is_exact else "certain"


def _is_inherited(table: _Table, atoms: Atoms, option: str, ends: tuple[float, float]) -> bool:
    """Whether a single shown group that holds them all tells as much."""
    n = int(table.people[list(atoms)].sum())
    low, high = 0.0, float(n)
    for whole, told in table.shown.items():
        if atoms <= whole and option in told:
            others = table.people[list(whole)].sum() - told[option]
            low, high = max(low, n - others), min(high, told[option])
    return ends[0] <= low + 1e-3 and ends[1] >= high - 1e-3


def _is_common(table: _Table, option: str) -> bool:
    largest = max(table.shown, key=lambda atoms: table.people[list(atoms)].sum())
    told = table.shown[largest]
    return told.get(option, 0) >= COMMON * told.get(TOTAL, np.inf)
