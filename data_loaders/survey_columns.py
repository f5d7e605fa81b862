"""Reads one column of survey answers at a time: each different content once, then all its cells."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from data_loaders.findings import quoted
from data_loaders.lexicon import Lexicon
from data_loaders.numbers import money, number
from data_loaders.spelling import Spellings, normal, text_of
from data_loaders.survey_tables import Contents, Reader, nothing_in, repeated
from data_loaders.workbook import Value
from yearbook.catalogue import Question

_HARD = re.compile(r"\s*[;\n|]\s*")
_SOFT = re.compile(r"\s*,\s*")
NOT_CHOSEN = frozenset(
    ("0", "no", "ei", "nej", "false", "unchecked", "not selected", "ei valittu", "inte vald", "n")
)


@dataclass(frozen=True)
class Answers:
    """Answers to one question. rows: the respondents of the table; one of the others is given."""

    question: str
    rows: np.ndarray
    options: np.ndarray | None = None
    numbers: np.ndarray | None = None
    texts: np.ndarray | None = None


def read_column(reader: Reader, found: Contents, question: Question) -> Answers:
    """The answers in a column that holds one question."""
    readers: dict[str, Callable[[Reader, Contents, Question], Answers]] = {
        "number": _numbers,
        "text": _texts,
        "multiple": _several,
    }
    return readers.get(question.type, _single)(reader, found, question)


def read_option_column(found: Contents, question: str, option: str) -> tuple[Answers, np.ndarray]:
    """A column of one option: who chose it, and who was seen to answer (chose it or said no)."""
    is_chosen = [normal(text_of(value)) not in NOT_CHOSEN for value in found.values]
    rows = np.flatnonzero(np.array([*is_chosen, False])[found.which])
    return Answers(question, rows, repeated(option, len(rows))), found.which >= 0


def split_options(value: Value, spellings: Spellings) -> tuple[list[str], list[str]]:
    """The known options in a cell and the texts nobody knows. Options may have commas in them."""
    if codes := spellings.find(value):
        return [codes[0]], []
    known: list[str] = []
    unknown: list[str] = []
    for piece in filter(None, _HARD.split(text_of(value))):
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
        end, code = _longest_option(parts, at, spellings)
        if code is None:
            strange.append(parts[at])
        else:
            known.append(code)
        if strange and (code is not None or end == len(parts)):
            unknown.append(", ".join(strange))
            strange = []
        at = end


def _longest_option(parts: list[str], at: int, spellings: Spellings) -> tuple[int, str | None]:
    for end in range(len(parts), at, -1):
        if codes := spellings.find(", ".join(parts[at:end])):
            return end, codes[0]
    return at + 1, None


def _single(reader: Reader, found: Contents, question: Question) -> Answers:
    spellings = reader.lexicon.choices[question.code]
    chosen: list[str | None] = []
    for index, value in enumerate(found.values):
        if codes := spellings.find(value):
            chosen.append(codes[0])
        elif _is_no_answer(value, reader.lexicon):
            chosen.append(None)
        else:
            chosen.append(_unknown(reader, found, question, index, text_of(value)))
    options = found.taken(chosen)
    rows = _filled_rows(options)
    return Answers(question.code, rows, options=options[rows])


def _several(reader: Reader, found: Contents, question: Question) -> Answers:
    """Several options in one cell, each a row of its own."""
    chosen: list[list[str]] = []
    for index, value in enumerate(found.values):
        known, unknown = split_options(value, reader.lexicon.choices[question.code])
        if not known and _is_no_answer(value, reader.lexicon):
            unknown = []
        folded = [_unknown(reader, found, question, index, text) for text in unknown]
        chosen.append(list(dict.fromkeys([*known, *filter(None, folded)])))
    counts = np.array([*(len(codes) for codes in chosen), 0], dtype=np.int64)[found.which]
    rows = np.repeat(np.arange(len(found.which), dtype=np.int32), counts)
    options = np.empty(len(rows), dtype=object)
    options[:] = [code for which in found.which if which >= 0 for code in chosen[which]]
    return Answers(question.code, rows, options=options)


def _unknown(
    reader: Reader, found: Contents, question: Question, index: int, text: str
) -> str | None:
    """An option that nobody knows: folded where the catalogue has a choice for all others."""
    spellings = reader.lexicon.choices[question.code]
    sheet, cells = found.table.name, found.cells_with(index)
    if spellings.catch_all is not None:
        option = question.choice(spellings.catch_all).label
        reader.findings.warn(
            "folded_option", sheet, cells, what=question.label, value=quoted(text), option=option
        )
        return spellings.catch_all
    guess = spellings.suggest(text)
    code = "unknown_option_guessed" if guess else "unknown_option"
    values = {"what": question.label, "value": quoted(text), "guess": guess or ""}
    reader.findings.fail(code, sheet, cells, **values)
    return None


def _numbers(reader: Reader, found: Contents, question: Question) -> Answers:
    as_number = money if question.unit == "euro" else number
    figures = np.full(len(found.values) + 1, math.nan)
    for index, value in enumerate(found.values):
        state = reader.lexicon.missing(value)
        read = as_number(value)
        if state is not None:
            figures[index] = 0.0 if state == "zero" else math.nan
        elif read is not None:
            figures[index] = read.value
        else:
            # A graduate's own words cannot be mended by anyone, so they do not stop the file.
            sheet, cells = found.table.name, found.cells_with(index)
            values = {"what": question.label, "value": quoted(value)}
            reader.findings.warn("number_left_out", sheet, cells, **values)
    numbers = figures[found.which]
    rows = np.flatnonzero(~np.isnan(numbers)).astype(np.int32)
    return Answers(question.code, rows, numbers=numbers[rows])


def _texts(reader: Reader, found: Contents, question: Question) -> Answers:
    said = [None if _is_no_answer(v, reader.lexicon) else text_of(v) for v in found.values]
    texts = found.taken(said)
    rows = _filled_rows(texts)
    return Answers(question.code, rows, texts=texts[rows])


def _filled_rows(column: np.ndarray) -> np.ndarray:
    return np.flatnonzero(~nothing_in(column)).astype(np.int32)


def _is_no_answer(value: Value, lexicon: Lexicon) -> bool:
    state = lexicon.missing(value)
    return state is not None and state != "zero"
