"""Puts the words of a codebook in the place of the codes of a table, and says what it lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data_loaders.findings import Findings, quoted
from data_loaders.sheets.tables import Column, Table, cell, is_blank
from data_loaders.survey.codebook import Codebook, Described, option_key
from data_loaders.survey.headings import MAPPING
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Value

SHOWN_NAMES = 8
_BETWEEN = re.compile(r"\s*[;,|\n]\s*")


def with_texts(table: Table, lexicon: Lexicon) -> Table:
    """The table with the codes in its cells replaced; what is no code stays as it is."""
    options = described_options(table, lexicon.told.codebook)
    if not options:
        return table
    rows = [list(row) for row in table.sheet.rows]
    known: dict[tuple[int, Value], Value] = {}
    for row in rows[table.first_row :]:
        for index, said in options.items():
            if index < len(row) and row[index] is not None:
                place = (index, row[index])
                if place not in known:
                    known[place] = _said(row[index], said.options)
                row[index] = known[place]
    return replace(table, sheet=replace(table.sheet, rows=rows))


def described_options(table: Table, codebook: Codebook) -> dict[int, Described]:
    """What the codebook says of each column's codes; a column of one option has none."""
    if not codebook.columns:
        return {}
    found = {}
    for column in table.columns:
        said = next((one for part in column.parts if (one := codebook.find(part))), None)
        is_option = column.meaning is not None and column.meaning.option is not None
        if said is not None and said.options and not is_option:
            found[column.index] = said
    return found


def check_codebook(table: Table, lexicon: Lexicon, findings: Findings) -> None:
    """Half a codebook: columns or codes that it does not have, columns that do not exist."""
    codebook = lexicon.told.codebook
    if not codebook.columns:
        return
    used = {code for column in table.columns if (code := _code_of(column, codebook))}
    if not used:
        findings.warn("codebook_of_another", table.name, value=quoted(codebook.name))
        return
    _check_columns(table, codebook, used, findings)
    originals = described_options(table, codebook)
    for column in table.columns:
        if column.index in originals:
            _check_values(table, column, originals[column.index], findings)


def _code_of(column: Column, codebook: Codebook) -> str:
    """The codebook's entry that a column is about, by its own code or as an option of it."""
    for part in column.parts:
        if (code := codebook.code_of(part)) is not None:
            return code
    return ""


def _check_columns(table: Table, codebook: Codebook, used: set[str], findings: Findings) -> None:
    texts = {normal(part) for column in table.columns for part in column.parts}
    absent = [
        said.code
        for code, said in codebook.columns.items()
        if code not in used and normal(said.text) not in texts
    ]
    if absent:
        findings.warn("codebook_without_column", table.name, value=_listed(absent))
    row = table.header[-1] if table.header else table.first_row
    lacking = [
        column
        for column in table.columns
        if not _code_of(column, codebook)
        and column.meaning is None
        and column.why != MAPPING
        and column.parts
    ]
    if lacking:
        cells = [table.address(row, column.index) for column in lacking]
        named = _listed([column.heading for column in lacking])
        findings.warn("column_not_in_codebook", table.name, cells, value=named)


def _check_values(table: Table, column: Column, said: Described, findings: Findings) -> None:
    texts = {normal(text) for text in said.options.values()}
    strange: dict[str, list[str]] = {}
    for number, row in table.rows():
        value = None if is_blank(row) else cell(row, column.index)
        for piece in [] if value is None else _pieces(value, texts):
            if normal(piece) not in texts and option_key(piece) not in said.options:
                strange.setdefault(piece, []).append(table.address(number, column.index))
    for piece, cells in strange.items():
        findings.warn(
            "code_not_in_codebook", table.name, cells, value=quoted(piece), column=column.heading
        )


def _pieces(value: Value, texts: set[str]) -> Sequence[str]:
    text = text_of(value)
    return [text] if normal(text) in texts else [p for p in _BETWEEN.split(text) if p]


def _said(value: Value, options: Mapping[str, str]) -> Value:
    """The words for a code, or for each of several codes in one cell if all of them are known."""
    text = text_of(value)
    if (words := options.get(option_key(text))) is not None:
        return words
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    known = [options.get(option_key(piece)) for piece in pieces]
    if len(pieces) > 1 and all(word is not None for word in known):
        return ";".join(word for word in known if word is not None)
    return value


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(quoted(name) for name in names[:SHOWN_NAMES])
    return shown if len(names) <= SHOWN_NAMES else f"{shown} … ({len(names)})"
