"""Reads one column of survey answers at a time: each different content once, then all its cells."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_loaders.findings import Findings, quoted
from data_loaders.headings import Column, Table, cell
from data_loaders.lexicon import Lexicon
from data_loaders.numbers import number
from data_loaders.spelling import Spellings, normal, text_of
from data_loaders.workbook import Value
from yearbook.catalogue import Question

_HARD = re.compile(r"\s*[;\n|]\s*")
_SOFT = re.compile(r"\s*,\s*")
_NOT_CHOSEN = frozenset(
    ("0", "no", "ei", "nej", "false", "unchecked", "not selected", "ei valittu", "inte vald", "n")
)


@dataclass(frozen=True)
class Answers:
    """Answers to one question: `rows` counts the respondents of the table; one of the others is filled."""

    question: str
    rows: np.ndarray
    options: np.ndarray | None = None
    numbers: np.ndarray | None = None
    texts: np.ndarray | None = None


@dataclass(frozen=True)
class Contents:
    """A column: its different contents, and which of them each row has (-1: empty)."""

    table: Table
    column: Column
    row_numbers: np.ndarray
    which: np.ndarray
    values: Sequence[Value]

    def cells_with(self, index: int) -> list[str]:
        rows = self.row_numbers[self.which == index]
        return [self.table.address(int(row), self.column.index) for row in rows]


def contents(table: Table, column: Column, rows: Sequence[tuple[int, Sequence[Value]]]) -> Contents:
    """The column's cells, told apart by content."""
    values = np.empty(len(rows), dtype=object)
    values[:] = [cell(row, column.index) for _, row in rows]
    which, different = pd.factorize(values, use_na_sentinel=True)
    numbers = np.fromiter((number for number, _ in rows), dtype=np.int64, count=len(rows))
    return Contents(table, column, numbers, which, list(different))


def read_column(
    found: Contents, question: Question, lexicon: Lexicon, findings: Findings
) -> Answers | None:
    """The answers in a column that holds one question."""
    readers: dict[str, Callable[[Contents, Question, Lexicon, Findings], Answers]] = {
        "number": _numbers,
        "text": _texts,
        "multiple": _several,
    }
    return readers.get(question.type, _single)(found, question, lexicon, findings)


def _single(found: Contents, question: Question, lexicon: Lexicon, findings: Findings) -> Answers:
    chosen = [
        _one_option(found, index, value, question, lexicon, findings)
        for index, value in enumerate(found.values)
    ]
    codes = np.array([*chosen, None], dtype=object)
    options = codes[found.which]
    rows = np.flatnonzero(options != None)  # noqa: E711
    return Answers(question.code, rows, options=options[rows])


def _one_option(
    found: Contents,
    index: int,
    value: Value,
    question: Question,
    lexicon: Lexicon,
    findings: Findings,
) -> str | None:
    if codes := lexicon.choices[question.code].find(value):
        return codes[0]
    if _is_no_answer(value, lexicon):
        return None
    return _unknown(found, index, text_of(value), question, lexicon, findings)


def _unknown(
    found: Contents,
    index: int,
    text: str,
    question: Question,
    lexicon: Lexicon,
    findings: Findings,
) -> str | None:
    """An option that nobody knows: folded where the catalogue has a choice for all others."""
    spellings = lexicon.choices[question.code]
    cells = found.cells_with(index)
    values = {"what": question.label, "value": quoted(text)}
    if spellings.catch_all is not None:
        folded = question.choice(spellings.catch_all).label
        findings.warn("folded_option", found.table.name, cells, option=folded, **values)
        return spellings.catch_all
    guess = spellings.suggest(text)
    code = "unknown_option_guessed" if guess else "unknown_option"
    findings.fail(code, found.table.name, cells, guess=guess or "", **values)
    return None


def _several(found: Contents, question: Question, lexicon: Lexicon, findings: Findings) -> Answers:
    """Several options in one cell, each a row of its own."""
    chosen: list[list[str]] = []
    for index, value in enumerate(found.values):
        known, unknown = split_options(value, lexicon.choices[question.code])
        if not known and _is_no_answer(value, lexicon):
            unknown = []
        for text in unknown:
            code = _unknown(found, index, text, question, lexicon, findings)
            known.extend([code] if code is not None else [])
        chosen.append(list(dict.fromkeys(known)))
    counts = np.array([*(len(codes) for codes in chosen), 0], dtype=np.int64)[found.which]
    rows = np.repeat(np.arange(len(found.which)), counts)
    options = np.empty(len(rows), dtype=object)
    options[:] = [code for which in found.which if which >= 0 for code in chosen[which]]
    return Answers(question.code, rows, options=options)


def split_options(value: Value, spellings: Spellings) -> tuple[list[str], list[str]]:
    """The known options in a cell and the texts nobody knows. Options may have commas in them."""
    if codes := spellings.find(value):
        return [codes[0]], []
    known: list[str] = []
    unknown: list[str] = []
    for piece in _HARD.split(text_of(value)):
        if not piece.strip():
            continue
        if codes := spellings.find(piece):
            known.append(codes[0])
        else:
            _split_at_commas(piece, spellings, known, unknown)
    return known, unknown


def _split_at_commas(
    piece: str, spellings: Spellings, known: list[str], unknown: list[str]
) -> None:
    """Take the longest run of comma-parted texts that is an option, from left to right."""
    parts = [part for part in _SOFT.split(piece) if part.strip()]
    strange: list[str] = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            codes = spellings.find(", ".join(parts[at:end]))
            if codes:
                known.append(codes[0])
                at = end
                break
        else:
            strange.append(parts[at])
            at += 1
            continue
        if strange:
            unknown.append(", ".join(strange))
            strange = []
    if strange:
        unknown.append(", ".join(strange))


def read_option_column(found: Contents, question: str, option: str) -> tuple[Answers, np.ndarray]:
    """A column of one option: who chose it, and who was seen to answer (chosen or said no)."""
    is_chosen = np.array(
        [normal(text_of(value)) not in _NOT_CHOSEN for value in found.values] + [False]
    )
    chosen = is_chosen[found.which]
    rows = np.flatnonzero(chosen)
    options = np.full(len(rows), option, dtype=object)
    return Answers(question, rows, options=options), found.which >= 0


def _numbers(found: Contents, question: Question, lexicon: Lexicon, findings: Findings) -> Answers:
    figures = np.full(len(found.values) + 1, math.nan)
    for index, value in enumerate(found.values):
        read = number(value)
        state = lexicon.missing(value)
        if state == "zero":
            figures[index] = 0.0
        elif state is None and read is None:
            findings.warn(
                "number_left_out",
                found.table.name,
                found.cells_with(index),
                what=question.label,
                value=quoted(value),
            )
        elif state is None and read is not None:
            figures[index] = read.value
    numbers = figures[found.which]
    rows = np.flatnonzero(~np.isnan(numbers))
    return Answers(question.code, rows, numbers=numbers[rows])


def _texts(found: Contents, question: Question, lexicon: Lexicon, findings: Findings) -> Answers:
    said = [None if _is_no_answer(v, lexicon) else text_of(v) for v in found.values]
    texts = np.array([*said, None], dtype=object)[found.which]
    rows = np.flatnonzero(texts != None)  # noqa: E711
    return Answers(question.code, rows, texts=texts[rows])


def _is_no_answer(value: Value, lexicon: Lexicon) -> bool:
    state = lexicon.missing(value)
    return state is not None and state != "zero"
