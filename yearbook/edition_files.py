"""Turns an edition into plain JSON values, which can be kept, compared and read back.

A table is written as columns; a column that says nothing (all "", all None) is left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields, replace
from itertools import repeat
from typing import Any

from yearbook.editions import FORMAT, Cell, Edition, Group, Note, Quote, Round, State, Table
from yearbook.language import Text

Plain = dict[str, Any]
GROUP_COLUMNS = tuple(field.name for field in fields(Group))
NAMED = ("name", "published", "audience", "invented", "format", "digest")


class EditionFormatError(Exception):
    """An edition written by a newer version of the product."""


def digest(edition: Edition) -> str:
    """SHA-256 (hex) of all that the edition says, save its name and its date of publication."""
    plain = {**header(edition), "tables": _tables(edition)}
    for aside in ("name", "published", "digest", "took"):
        plain.pop(aside, None)
    return hashlib.sha256(write_json(plain, in_order=True)).hexdigest()


def seal(edition: Edition) -> Edition:
    """The edition with its own digest."""
    return replace(edition, digest=digest(edition))


def to_plain(edition: Edition) -> Plain:
    """All of the edition as JSON values; `from_plain` reads it back."""
    return {**header(edition), "tables": _tables(edition)}


def from_plain(plain: Mapping[str, Any]) -> Edition:
    tables = {code: table_from_plain(code, table) for code, table in plain["tables"].items()}
    return with_tables(plain, tables)


def header(edition: Edition) -> Plain:
    """Everything but the tables."""
    return {
        **{name: getattr(edition, name) for name in NAMED},
        "content": edition.content,
        "returned": {year: list(schools) for year, schools in edition.returned.items()},
        "respondents": {s: dict(cohorts) for s, cohorts in edition.respondents.items()},
        "blocks": {survey: list(blocks) for survey, blocks in edition.blocks.items()},
        "notes": [_note_to_plain(note) for note in edition.notes],
        **_rounds_to_plain(edition),
        **_quotes_to_plain(edition),
        "report": dict(edition.report),
        **({"took": dict(edition.took)} if edition.took else {}),
    }


def with_tables(plain: Mapping[str, Any], tables: Mapping[str, Table]) -> Edition:
    """An edition of its header and its tables."""
    if plain["format"] > FORMAT:
        raise EditionFormatError(f"edition {plain['name']} has format {plain['format']} > {FORMAT}")
    return Edition(
        **{name: plain[name] for name in NAMED},
        content=plain["content"],
        tables=tables,
        returned={year: tuple(schools) for year, schools in plain["returned"].items()},
        respondents=plain["respondents"],
        blocks={survey: tuple(blocks) for survey, blocks in plain["blocks"].items()},
        notes=tuple(_note_from_plain(note) for note in plain["notes"]),
        rounds=tuple(Round(**round_) for round_ in plain.get("rounds", ())),
        quotes={
            question: tuple(Quote(**quote) for quote in quotes)
            for question, quotes in plain.get("quotes", {}).items()
        },
        report=plain["report"],
        took=plain.get("took", {}),
    )


def table_to_plain(table: Table) -> Plain:
    """Columns of equal length, and `cells`, their length."""
    cells = table.cells
    columns: Plain = {}
    for name in GROUP_COLUMNS:
        _put(columns, name, [getattr(cell.group, name) for cell in cells], "")
    _put(columns, "option", [cell.option for cell in cells], "")
    _put(columns, "state", [cell.state.value for cell in cells], State.SHOWN.value)
    for name, make in _NUMBERS:
        _put(columns, name, [_number(getattr(cell, name), make) for cell in cells], None)
    return {"cells": len(cells), "columns": columns}


def table_from_plain(indicator: str, plain: Mapping[str, Any]) -> Table:
    columns, length = plain["columns"], plain["cells"]
    groups = _groups(columns, length)
    states = {state.value: state for state in State}
    rows = zip(
        groups,
        _column(columns, "option", length, ""),
        (states[state] for state in _column(columns, "state", length, State.SHOWN.value)),
        *(_column(columns, name, length, None) for name, _ in _NUMBERS),
        strict=True,
    )
    return Table(indicator, tuple(Cell(*row) for row in rows))


def write_json(value: object, in_order: bool = False) -> bytes:
    """Compact UTF-8 JSON; `in_order` sorts keys, so that equal content gives equal bytes."""
    written = json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=in_order, separators=(",", ":")
    )
    return written.encode("utf-8")


# Cell's numbers in the order of its fields. A float stays a float: 5 and 5.0 must hash alike.
_NUMBERS: tuple[tuple[str, Callable[[Any], float | int]], ...] = (
    ("value", float),
    ("low", float),
    ("high", float),
    ("count", int),
    ("n", int),
)


def _tables(edition: Edition) -> Plain:
    return {code: table_to_plain(table) for code, table in edition.tables.items()}


def _number(value: Any, make: Callable[[Any], float | int]) -> float | int | None:
    return None if value is None else make(value) + 0  # -0.0 + 0 is 0.0


def _put(columns: Plain, name: str, values: list[Any], empty: object) -> None:
    if any(value != empty for value in values):
        columns[name] = values


def _column(columns: Mapping[str, Any], name: str, length: int, empty: object) -> Iterable[Any]:
    return columns[name] if name in columns else repeat(empty, length)


def _groups(columns: Mapping[str, Any], length: int) -> list[Group]:
    """One Group for all cells of the same group: less memory, and quicker to compare."""
    made: dict[tuple[str, ...], Group] = {}
    keys = zip(*(_column(columns, name, length, "") for name in GROUP_COLUMNS), strict=True)
    found: list[Group] = []
    for key in keys:
        group = made.get(key)
        if group is None:
            group = made[key] = Group(*key)
        found.append(group)
    return found


def _rounds_to_plain(edition: Edition) -> Plain:
    """Left out where there are none, as in the editions of before there were any."""
    return {"rounds": [asdict(round_) for round_ in edition.rounds]} if edition.rounds else {}


def _quotes_to_plain(edition: Edition) -> Plain:
    """Left out where there are none, as in the editions of before there were any."""
    quotes = {
        question: [{"text": one.text, "language": one.language} for one in released]
        for question, released in edition.quotes.items()
    }
    return {"quotes": quotes} if quotes else {}


def _note_to_plain(note: Note) -> Plain:
    said = {"fi": note.text.fi, "sv": note.text.sv, "en": note.text.en}
    plain = {
        "text": said,
        "indicator": note.indicator,
        "school": note.school,
        "year": note.year,
    }
    of_round = {"survey": note.survey, "block": note.block}  # only since there are such notes
    return plain | {name: place for name, place in of_round.items() if place}


def _note_from_plain(plain: Mapping[str, Any]) -> Note:
    return Note(**{**plain, "text": Text(**plain["text"])})
