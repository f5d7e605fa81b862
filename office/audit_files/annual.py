"""Gathers what editions tell of sensitive counts of persons in the annual figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import isfinite

import numpy as np
from scipy.optimize import linprog

from office.databases import archive_engine
from office.using import catalogue_in_use
from yearbook import archive
from yearbook.catalogue import Catalogue
from yearbook.editions import Cell, Edition, Group, State, Table
from yearbook.measures import Figure, effective_figures

ALL, REST = "ALL", "?"  # REST: what a school did not divide by programme
# What a school told of one programme but not of all is counted in the programme, not in the school.
PARTIAL, WITH_PARTIAL = ":partial", "ALL+partial"
KIND, REGION = "kind:", "region:"
WHOLE_NUMBER = 0.05  # a share times its whole is a count of persons, but for rounding
Place = tuple[str, str]  # a school or several of them, a programme
Counts = Mapping[Place, int]


@dataclass(frozen=True)
class YearTable:
    """One question in one year. shown: what is published or plainly follows from it; places: where
    there may be persons; true: of every place, empty where figures were corrected since."""

    name: str
    shown: Counts
    places: frozenset[Place]
    true: Counts


@dataclass(frozen=True)
class AnnualMaterial:
    """The tables, and what their dimensions are made of."""

    tables: Sequence[YearTable]
    schools: Mapping[str, tuple[str, ...]]  # code of one or several -> the schools
    programmes: tuple[str, ...]
    threshold: int

    @property
    def leaves(self) -> list[Place]:
        alone = [code for code, schools in self.schools.items() if schools == (code,)]
        return list(product(alone, self.programmes))


def gather_annual(editions: Sequence[Edition]) -> AnnualMaterial:
    """Of every question on few persons, each year by itself."""
    using = catalogue_in_use()
    known = effective_figures(archive.annual(archive_engine()).figures).known
    true = {
        f"{question.code}/{year}": counts
        for question in using.annual_questions
        if question.sensitive
        for year, counts in _true_counts(known.get(question.code, ())).items()
    }
    places = {place for counts in true.values() for place in counts}
    shown_by_name = _shown(editions, using)
    used = {group for shown in shown_by_name.values() for group, _ in shown}
    schools = {
        group: codes
        for group, codes in _groups({school for school, _ in places}, using).items()
        if group in {ALL, WITH_PARTIAL, *codes, *used}
    }
    programmes = tuple(sorted({programme for _, programme in places}))
    space = AnnualMaterial((), schools, programmes, using.policy.annual_threshold)
    tables = [
        YearTable(
            name,
            _with_what_follows(shown, sorted(of_year), space),
            frozenset(of_year),
            _agreeing(shown, of_year, space),
        )
        for name, shown in shown_by_name.items()
        for of_year in [true.get(name.partition("@")[0], {})]
    ]
    return AnnualMaterial(tables, schools, programmes, space.threshold)


def _true_counts(figures: Iterable[Figure]) -> Mapping[str, Counts]:
    """Year -> persons by school and programme; REST holds what a total has beyond its parts."""
    parts: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for figure in figures:
        school = figure.school if figure.whole else figure.school + PARTIAL
        parts[figure.year, school][figure.programme] = figure.value
    found: dict[str, dict[Place, int]] = defaultdict(dict)
    for (year, school), values in parts.items():
        total = values.pop("", None)
        if total is not None:
            values[REST] = max(0.0, total - sum(values.values()))
        found[year] |= {(school, code): round(value) for code, value in values.items()}
    return dict(found)


def _groups(schools: set[str], using: Catalogue) -> dict[str, tuple[str, ...]]:
    """Each school, and all of them, a kind of maintainer and a region together."""
    whole = sorted(code for code in schools if not code.endswith(PARTIAL))
    found: dict[str, list[str]] = {ALL: whole, WITH_PARTIAL: sorted(schools)}
    found |= {code: [code] for code in schools if code.endswith(PARTIAL)}
    for code in whole:
        school = using.schools[code]
        for group in (code, KIND + school.maintainer_kind, REGION + school.region):
            found.setdefault(group, []).append(code)
    return {group: tuple(codes) for group, codes in found.items()}


def _shown(editions: Iterable[Edition], using: Catalogue) -> Mapping[str, Counts]:
    """Every question and year with what all editions show of it; one that shows another figure
    than those before it has a table of its own."""
    found: dict[str, dict[Place, int]] = {}
    before: Edition | None = None
    for edition in editions:
        for question in using.annual_questions:
            if question.sensitive:
                for year, counts in _by_year(edition, question.code, before).items():
                    name = f"{question.code}/{year}"
                    if any(found.get(name, {}).get(p, n) != n for p, n in counts.items()):
                        name = f"{name}@{edition.name}"
                    found.setdefault(name, {}).update(counts)
        before = edition
    return dict(found)


def _by_year(edition: Edition, question: str, before: Edition | None) -> Mapping[str, Counts]:
    """The persons that one edition tells of: as they are, or as a share of a whole it tells too.

    A share that stands as it stood before is of the whole that stood beside it then.
    """
    found: dict[str, dict[Place, int]] = defaultdict(dict)
    ordered = sorted(edition.indicators(source="annual"), key=lambda i: bool(i.denominator))
    for indicator in ordered:  # what is told as a count goes before what follows from a share
        if question not in indicator.questions:
            continue
        whole = edition.table(indicator.denominator[0]) if indicator.denominator else None
        kept = frozenset(before.table(indicator.code).cells) if whole and before else frozenset()
        for cell in edition.table(indicator.code).cells:
            if cell.state is State.SHOWN and cell.value is not None and cell not in kept:
                persons = cell.value * _whole(whole, cell)
                if isfinite(persons) and abs(persons - round(persons)) < WHOLE_NUMBER:
                    found[cell.group.year].setdefault(_place(cell.group), round(persons))
    return found


def _whole(table: Table | None, cell: Cell) -> float:
    """1 for a count; NaN where the whole of a share is not shown, or is of other schools."""
    if table is None:
        return 1.0
    found = table.one(cell.group)
    is_same = found is not None and found.value is not None and found.n == cell.n
    return found.value if is_same and found and found.value is not None else float("nan")


def _place(group: Group) -> Place:
    several = (group.maintainer_kind and KIND + group.maintainer_kind) or (
        group.region and REGION + group.region
    )
    everyone = WITH_PARTIAL if group.programme else ALL
    return group.school or several or everyone, group.programme or ALL


def _agreeing(shown: Counts, true: Counts, space: AnnualMaterial) -> Counts:
    """The true counts, unless what is shown rests on others."""
    agrees = all(_sum(true, place, space) == persons for place, persons in shown.items())
    return true if agrees else {}


def _sum(true: Counts, place: Place, space: AnnualMaterial) -> int:
    return sum(true.get(leaf, 0) for leaf in _inside(place, space))


def _inside(place: Place, space: AnnualMaterial) -> Iterable[Place]:
    programmes = space.programmes if place[1] == ALL else (place[1],)
    return product(space.schools[place[0]], programmes)


def _with_what_follows(shown: Counts, leaves: Sequence[Place], space: AnnualMaterial) -> Counts:
    """With the groups of so many that they need no protection, where what is shown settles them.

    The audit does not know how many they are, and would take them for few.
    """
    rows = {
        place: np.array([leaf in inside for leaf in leaves], dtype=float)
        for place in product(space.schools, (ALL, *space.programmes))
        for inside in [set(_inside(place, space))]
    }
    known = np.array([rows[place] for place in shown])
    counts = np.array(list(shown.values()), dtype=float)
    settled = {
        place: persons
        for place, row in rows.items()
        if place not in shown and row.any() and (persons := _settled(row, known, counts))
        and persons >= space.threshold
    }  # fmt: skip
    return {**shown, **settled}


def _settled(row: np.ndarray, known: np.ndarray, counts: np.ndarray) -> int | None:
    """The sum there of all tables of counts that agree with what is known, where they have one."""
    low, high = (linprog(sign * row, A_eq=known, b_eq=counts).fun for sign in (1, -1))
    if low is None or high is None or -high - low >= 1:
        return None
    return round((low - high) / 2)
