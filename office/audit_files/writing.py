"""Writes the files of the independent audit: what is shown, what anyone knows, and the truth."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from office.audit_files.annual import AnnualMaterial, gather_annual
from office.audit_files.facts import ALL, TOTAL
from office.audit_files.layers import Layered
from office.audit_files.material import Material, gather, visible_to
from office.audit_files.material import Row as FactRow
from office.audit_files.truths import threshold_of
from yearbook.editions import MEMBERS, Edition

DIMENSIONS = ("school", "programme", "cohort")
UNKNOWN = "?"  # a school or programme that nobody told
PERSONS = "persons"  # the one option of annual counts
PUBLISHED, SPEC, KNOWN, TRUTH = "published.csv", "spec.json", "known.csv", "truth.csv"
ANNUAL = "annual"
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """How many editions, tables of surveys, figures and annual tables the files hold; untrue:
    tables that show what no answers in the archive account for, which have no truth."""

    editions: int
    tables: int
    figures: int
    annual: int
    untrue: int


@dataclass(frozen=True)
class Files:
    """What one folder is to hold."""

    dimensions: Sequence[str]
    spec: Mapping[str, object]
    published: Iterable[Row]
    known: Iterable[Row]
    truth: Iterable[Row] | None


def write(folder: Path, audience: str = MEMBERS, with_truth: bool = False) -> Written:
    """All that the audience can see, of all its editions. Raises RefusedError where it has none."""
    return write_editions(folder, visible_to(audience), with_truth)


def write_editions(folder: Path, editions: Sequence[Edition], with_truth: bool = False) -> Written:
    """All that these editions show together: the surveys in the folder, and annual counts of few
    persons in a folder inside it."""
    surveys, annual = gather(editions), gather_annual(editions)
    shown = {row.table for row in surveys.rows}
    tables = [table for table in surveys.tables if table.name in shown]
    _write_files(folder, _of_surveys(surveys, tables, with_truth))
    if annual.tables:
        _write_files(folder / ANNUAL, _of_annual(annual, with_truth))
    figures = len(surveys.rows) + sum(len(table.shown) for table in annual.tables)
    return Written(len(editions), len(tables), figures, len(annual.tables), len(surveys.untrue))


# --- Surveys ----------------------------------------------------------------------------------


def _of_surveys(surveys: Material, tables: Sequence[Layered], with_truth: bool) -> Files:
    space = _space(tables, surveys)
    pooled = {"cohort": surveys.times.aggregates}
    using = surveys.catalogue
    question = {table.name: using.questions[table.name.partition("/")[0]] for table in tables}
    spec = _spec({name: (leaves, pooled.get(name, {})) for name, leaves in space.items()})
    limits = {name: threshold_of(asked, using.policy) for name, asked in question.items()}
    sensitive = [name for name, asked in question.items() if asked.sensitive]
    true = [table for table in tables if table.name not in surveys.untrue]
    return Files(
        DIMENSIONS,
        {**spec, "thresholds": limits, "sensitive": sensitive},
        map(_row, surveys.rows),
        _known(tables, space),
        _true_counts(true) if with_truth else None,
    )


def _space(tables: Iterable[Layered], surveys: Material) -> dict[str, Sequence[str]]:
    """The leaves of every dimension."""
    places = {place for table in tables for place in table.places}
    return {
        "school": sorted({school or UNKNOWN for school, _ in places}),
        "programme": sorted({programme or UNKNOWN for _, programme in places}),
        "cohort": surveys.times.leaves,
    }


def _row(fact: FactRow) -> Row:
    *place, low, high = fact
    if low == high:
        return (*place, low, "", "")
    return (*place, "", low, high)


def _known(tables: Iterable[Layered], space: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    """How many answered, of every leaf: nobody answered in most of them."""
    everywhere = list(product(*space.values()))
    for table in tables:
        people = {place: int(counts.sum()) for place, counts in _leaves(table)}
        for place in everywhere:
            yield (table.name, *place, TOTAL, people.get(place, 0))


def _true_counts(tables: Iterable[Layered]) -> Iterator[Row]:
    for table in tables:
        for place, counts in _leaves(table):
            for option in np.flatnonzero(counts):
                yield (table.name, *place, table.options[option], counts[option])


def _leaves(table: Layered) -> Iterator[tuple[Row, np.ndarray]]:
    for time, layer in table.layers.items():
        for (school, programme), counts in layer.items():
            yield (school or UNKNOWN, programme or UNKNOWN, time), counts


# --- Annual counts ----------------------------------------------------------------------------


def _of_annual(annual: AnnualMaterial, with_truth: bool) -> Files:
    alone = {school for school, _ in annual.leaves}
    several = {code: list(s) for code, s in annual.schools.items() if code not in {ALL, *alone}}
    several[ALL] = list(annual.schools[ALL])  # without what is told of a part of a school
    spec = _spec({"school": (sorted(alone), several), "programme": (annual.programmes, {})})
    limits = {table.name: annual.threshold for table in annual.tables}
    published = (
        (table.name, *place, PERSONS, persons, "", "")
        for table in annual.tables
        for place, persons in table.shown.items()
    )
    nobody = (  # where a school has no such programme, everyone knows it
        (table.name, *place, TOTAL, 0)
        for table in annual.tables
        for place in annual.leaves
        if place not in table.places
    )
    truth = (
        (table.name, *place, PERSONS, persons)
        for table in annual.tables
        for place, persons in table.true.items()
    )
    return Files(
        DIMENSIONS[:2],
        {**spec, "thresholds": limits, "sensitive": []},
        published,
        nobody,
        truth if with_truth else None,
    )


# --- Files ------------------------------------------------------------------------------------


def _spec(
    dimensions: Mapping[str, tuple[Sequence[str], Mapping[str, object]]],
) -> dict[str, object]:
    return {
        "dims": {
            name: {"leaves": list(leaves), "aggregates": {ALL: "*", **pooled}}
            for name, (leaves, pooled) in dimensions.items()
        },
        "table": "question",
        "option": "option",
        "total_option": TOTAL,
        "value": "value",
        "suppressed": [""],
    }


def _write_files(folder: Path, files: Files) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    columns = ("question", *files.dimensions, "option", "value")
    _write_rows(folder / PUBLISHED, (*columns, "lo", "hi"), files.published)
    _write_rows(folder / KNOWN, columns, files.known)
    if files.truth is not None:
        _write_rows(folder / TRUTH, columns, files.truth)
    spec = json.dumps(files.spec, ensure_ascii=False, indent=1)
    (folder / SPEC).write_text(spec, encoding="utf-8")


def _write_rows(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
