"""Reads a survey of graduates: one row per respondent, questions known by their headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_loaders.findings import Findings, has_failed
from data_loaders.hints import Hints
from data_loaders.sheets.checks import remark_columns
from data_loaders.sheets.tables import Column, Table, is_blank
from data_loaders.survey.columns import Answers, joined, read_column
from data_loaders.survey.long_form import widened
from data_loaders.survey.options import read_spread, with_words_beside
from data_loaders.survey.repeats import first_of_each, without_empty
from data_loaders.survey.respondents import read_respondents
from data_loaders.survey.tables import Contents, Reader, nothing_in, repeated
from data_loaders.survey.trials import (
    broken_off,
    remark_broken_off,
    without_totals,
    without_trials,
)
from data_loaders.words.lexicon import Lexicon
from yearbook.submissions import ANSWER_COLUMNS, RESPONDENT_COLUMNS


@dataclass(frozen=True)
class TableRead:
    """What one table gave; `kept` tells which of its rows count."""

    respondents: pd.DataFrame
    answers: Sequence[Answers]
    kept: np.ndarray


def read_survey(
    tables: Sequence[Table], lexicon: Lexicon, hints: Hints, findings: Findings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Respondents and answers of all tables; empty where something failed, as findings tell."""
    seen: set[str] = set()
    read = [_read_table(table, lexicon, hints, findings, seen) for table in tables]
    if has_failed(findings.found):
        return pd.DataFrame(columns=RESPONDENT_COLUMNS), pd.DataFrame(columns=ANSWER_COLUMNS)
    respondents = pd.concat([one.respondents[one.kept] for one in read], ignore_index=True)
    whole = {"survey_year": "int64", "cohort": "int64"}
    return respondents.astype(whole), _answers_frame(read)


def _read_table(
    table: Table, lexicon: Lexicon, hints: Hints, findings: Findings, seen: set[str]
) -> TableRead:
    table = remark_columns(table, lexicon, findings)
    table = widened(table, lexicon, findings)
    rows = [(number, row) for number, row in table.rows() if not is_blank(row)]
    reader = without_totals(Reader(table, rows, lexicon, hints, findings))
    reader = without_trials(reader)
    reader, answers = without_empty(reader, _read_answers(reader))
    is_partial = broken_off(reader)
    respondents = read_respondents(reader, table.asks, is_partial)
    remark_broken_off(reader, respondents, is_partial)
    kept = first_of_each(reader, respondents, answers, seen)
    return TableRead(respondents, answers, kept)


def _read_answers(reader: Reader) -> list[Answers]:
    whole: dict[str, list[Column]] = {}
    parts: dict[str, list[Column]] = {}
    for column in reader.table.columns:
        meaning = column.meaning
        if meaning is None or not meaning.question:
            continue
        if meaning.option is not None or meaning.is_other:
            parts.setdefault(meaning.question, []).append(column)
        else:
            whole.setdefault(meaning.question, []).append(column)
    answers: list[Answers] = []
    for code, columns in whole.items():
        answers.extend(_read_whole(reader, code, columns, parts.pop(code, [])))
    for code, columns in parts.items():
        answers.extend(read_spread(reader, reader.lexicon.questions[code], columns))
    return answers


def _read_whole(
    reader: Reader, code: str, columns: Sequence[Column], beside: Sequence[Column]
) -> list[Answers]:
    """A question in one column; beside it may stand words, and its options once more."""
    question = reader.lexicon.questions[code]
    column, *others = columns
    found = [reader.contents(one) for one in columns]
    if others and not _joins(reader, found, code):
        found = found[:1]
    main = joined([read_column(reader, one, question) for one in found])
    words = [c for c in beside if c.meaning and c.meaning.is_other]
    answers = with_words_beside(reader, question, main, words) if words else [main]
    options = [c for c in beside if c not in words]
    if options:
        _remark_twice(reader, options[0], column, code)
    return answers


def _joins(reader: Reader, found: Sequence[Contents], code: str) -> bool:
    """A form with a part for each language asks in several columns, of which each fills one."""
    first = found[0].column
    filled = np.sum([one.which >= 0 for one in found], axis=0)
    for one in found[1:]:
        if (filled > 1).any():
            _remark_twice(reader, one.column, first, code)
        elif one.values:
            _remark_twice(reader, one.column, first, code, is_joined=True)
    return not (filled > 1).any()


def _remark_twice(
    reader: Reader, column: Column, first: Column, code: str, is_joined: bool = False
) -> None:
    table, header = reader.table, reader.table.header[-1]
    say = reader.findings.warn if is_joined else reader.findings.fail
    say(
        "columns_joined" if is_joined else "column_twice",
        table.name,
        table.address(header, column.index),
        what=reader.lexicon.name_of(code),
        first=table.address(header, first.index),
    )


def _answers_frame(read: Sequence[TableRead]) -> pd.DataFrame:
    """Answers of all tables in one frame; made column by column, to need little memory."""
    kept = [(one, answers, one.kept[answers.rows]) for one in read for answers in one.answers]
    parts: dict[str, Callable[[TableRead, Answers, np.ndarray], np.ndarray]] = {
        "respondent": _respondents_of,
        "question": lambda _, answers, rows: repeated(answers.question, int(rows.sum())),
        "option": lambda _, answers, rows: _or(answers.options, rows, ""),
        "number": lambda _, answers, rows: _or(answers.numbers, rows, np.nan),
        "text": lambda _, answers, rows: _or(_texts(answers), rows, ""),
    }
    columns = {name: _joined([parts[name](*one) for one in kept], name) for name in ANSWER_COLUMNS}
    return pd.DataFrame(columns, copy=False)


def _respondents_of(one: TableRead, answers: Answers, kept: np.ndarray) -> np.ndarray:
    return one.respondents["respondent"].to_numpy(dtype=object)[answers.rows[kept]]


def _texts(answers: Answers) -> np.ndarray | None:
    """Beside an option nothing may be written."""
    texts = answers.texts
    return texts if texts is None else np.where(nothing_in(texts), "", texts)


def _or(given: np.ndarray | None, kept: np.ndarray, filler: str | float) -> np.ndarray:
    if given is not None:
        return given[kept]
    size = int(kept.sum())
    return repeated(filler, size) if isinstance(filler, str) else np.full(size, filler)


def _joined(parts: Sequence[np.ndarray], name: str) -> pd.Series:
    dtype = "float64" if name == "number" else object
    return pd.Series(np.concatenate(parts) if parts else [], dtype=dtype, copy=False)
