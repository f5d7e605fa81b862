"""What an attacker has written down after the crawl: the editions with nothing but what was met."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from tests.attack.crawling import Card
from yearbook.editions import Cell, Edition, State, Table

Fact = tuple[str, str, str, frozenset[str], str, str]


def met_of(cards: Iterable[Card], editions: Sequence[Edition]) -> list[Edition]:
    """Each edition as it was met: what no card showed is withheld."""
    met: dict[tuple[str, str], set[Cell]] = {}
    for card in cards:
        met.setdefault((card.edition, card.table.indicator), set()).update(card.table.cells)
    return [
        replace(
            edition,
            tables={
                code: _only(edition.tables[code], met.get((edition.name, code), set()))
                for code in edition.tables
            },
        )
        for edition in editions
    ]


def _only(table: Table, met: set[Cell]) -> Table:
    return Table(
        table.indicator,
        tuple(c if c in met else Cell(c.group, c.option, State.WITHHELD) for c in table.cells),
    )


def facts_in(folder: Path) -> set[Fact]:
    """The rows of published.csv, with the leaves that the code of a time stands for.

    All blocks together are taken as one: a group may have kept those of an earlier edition, which
    only who met that one as well can tell.
    """
    spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))
    cohorts = spec["dims"]["cohort"]
    leaves = {leaf: frozenset({leaf}) for leaf in cohorts["leaves"]}
    leaves |= {
        code: frozenset() if code.startswith("blocks") else frozenset(inside)
        for code, inside in cohorts["aggregates"].items()
    }
    with (folder / "published.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["question"], row["school"], row["programme"], leaves[row["cohort"]],
             row["option"], row["value"])
            for row in csv.DictReader(file)
        }  # fmt: skip
