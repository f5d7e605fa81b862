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
from office.audit_files.facts import ALL, TOTAL, Fact
from office.audit_files.material import Material, gather, visible_to
from office.audit_files.times import leaf_code
from office.audit_files.truths import Truth, threshold_of
from yearbook.editions import MEMBERS

DIMENSIONS = ("school", "programme", "cohort")
UNKNOWN = "?"  # a school or programme that nobody told
PERSONS = "persons"  # the one option of annual counts
PUBLISHED, SPEC, KNOWN, TRUTH = "published.csv", "spec.json", "known.csv", "truth.csv"
ANNUAL = "annual"
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """How many editions, tables and figures the files hold; annual: of these, annual tables."""

    editions: int
    tables: int
    figures: int
    annual: int


@dataclass(frozen=True)
class Files:
    """What one folder is to hold."""

    dimensions: Sequence[str]
    spec: Mapping[str, object]
    published: Iterable[Row]
    known: Iterable[Row]
    truth: Iterable[Row] | None


def write(folder: Path, audience: str = MEMBERS, with_truth: bool = False) -> Written:
    """All that the audience can see, of all its editions: the surveys in the folder, and annual
    counts of few persons in a folder inside it. Raises RefusedError where there is no edition."""
    editions = visible_to(audience)
    surveys, annual = gather(editions), gather_annual(editions)
    shown = {fact.table for fact in surveys.facts}
    tables = [truth for truth in surveys.truths if truth.name in shown]
    _write_files(folder, _of_surveys(surveys, tables, with_truth))
    if annual.tables:
        _write_files(folder / ANNUAL, _of_annual(annual, with_truth))
    figures = len(surveys.facts) + sum(len(table.shown) for table in annual.tables)
    return Written(len(editions), len(tables), figures, len(annual.tables))


# --- Surveys ----------------------------------------------------------------------------------


def _of_surveys(surveys: Material, tables: Sequence[Truth], with_truth: bool) -> Files:
    space = _space(tables, surveys)
    pooled = {"cohort": surveys.times.aggregates}
    using = surveys.catalogue
    question = {truth.name: using.questions[truth.name.partition("/")[0]] for truth in tables}
    spec = _spec({name: (leaves, pooled.get(name, {})) for name, leaves in space.items()})
    limits = {name: threshold_of(asked, using.policy) for name, asked in question.items()}
    sensitive = [name for name, asked in question.items() if asked.sensitive]
    return Files(
        DIMENSIONS,
        {**spec, "thresholds": limits, "sensitive": sensitive},
        map(_row, surveys.facts),
        _known(tables, space),
        _true_counts(tables) if with_truth else None,
    )


def _space(tables: Iterable[Truth], surveys: Material) -> dict[str, Sequence[str]]:
    """The leaves of every dimension."""
    places = {(leaf.school, leaf.programme) for truth in tables for leaf in truth.tally.leaves}
    return {
        "school": sorted({school or UNKNOWN for school, _ in places}),
        "programme": sorted({programme or UNKNOWN for _, programme in places}),
        "cohort": surveys.times.leaves,
    }


def _row(fact: Fact) -> Row:
    table, *place, option, low, high = fact
    if low == high:
        return (table, *place, option, low, "", "")
    return (table, *place, option, "", low, high)


def _known(tables: Iterable[Truth], space: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    """How many answered, of every leaf: nobody answered in most of them."""
    everywhere = list(product(*space.values()))
    for truth in tables:
        people: dict[Row, int] = dict(zip(_places(truth), truth.people.tolist(), strict=True))
        for place in everywhere:
            yield (truth.name, *place, TOTAL, people.get(place, 0))


def _true_counts(tables: Iterable[Truth]) -> Iterator[Row]:
    for truth in tables:
        places = _places(truth)
        for leaf, option in zip(*np.nonzero(truth.counts), strict=True):
            yield (truth.name, *places[leaf], truth.options[option], truth.counts[leaf, option])


def _places(truth: Truth) -> list[tuple[str, str, str]]:
    return [
        (leaf.school or UNKNOWN, leaf.programme or UNKNOWN, leaf_code(leaf))
        for leaf in truth.tally.leaves
    ]


# --- Annual counts ----------------------------------------------------------------------------


def _of_annual(annual: AnnualMaterial, with_truth: bool) -> Files:
    alone = {school for school, _ in annual.leaves}
    several = {code: list(s) for code, s in annual.schools.items() if code not in {ALL, *alone}}
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
        if table.true and place not in table.true
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
