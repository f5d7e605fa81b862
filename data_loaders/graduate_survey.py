"""Reads a survey of graduates: one row per respondent, questions known by their headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_loaders.findings import Findings, has_failed, quoted
from data_loaders.headings import Column, Table, cell, is_blank
from data_loaders.hints import Hints
from data_loaders.lexicon import Lexicon
from data_loaders.survey_columns import Answers, contents, read_column, read_option_column
from data_loaders.survey_respondents import Reader, Rows, read_respondents
from yearbook.submissions import ANSWER_COLUMNS, RESPONDENT_COLUMNS

FAR_ENOUGH = 3


@dataclass(frozen=True)
class TableRead:
    """What one table gave."""

    respondents: pd.DataFrame
    answers: list[Answers]


def read_survey(
    tables: Sequence[Table], lexicon: Lexicon, hints: Hints, findings: Findings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Respondents and answers of all tables; empty where something failed, as findings tell."""
    read = [_read_table(table, lexicon, hints, findings) for table in tables]
    if has_failed(findings.found):
        return pd.DataFrame(columns=RESPONDENT_COLUMNS), pd.DataFrame(columns=ANSWER_COLUMNS)
    respondents = pd.concat([one.respondents for one in read], ignore_index=True)
    answers = _answers_frame(read)
    return respondents.astype({"survey_year": "int64", "cohort": "int64"}), answers


def _read_table(table: Table, lexicon: Lexicon, hints: Hints, findings: Findings) -> TableRead:
    rows = [(number, row) for number, row in table.rows() if not is_blank(row)]
    reader = Reader(table, rows, lexicon, hints, findings)
    _remark_columns(table, lexicon, findings)
    respondents = read_respondents(reader, table.asks)
    return TableRead(respondents, list(_read_answers(table, rows, lexicon, findings)))


def _remark_columns(table: Table, lexicon: Lexicon, findings: Findings) -> None:
    for column in table.columns:
        if column.meaning is None and column.heading:
            _remark_unknown(table, column, lexicon, findings)
        elif column.meaning is not None and column.meaning.role == "personal":
            findings.note("personal_column", table.name, column=column.heading)


def _remark_unknown(table: Table, column: Column, lexicon: Lexicon, findings: Findings) -> None:
    if all(cell(row, column.index) is None for _, row in table.rows()):
        return
    guess = lexicon.asked.suggest(column.heading)
    findings.warn(
        "unknown_column_guessed" if guess else "unknown_column",
        table.name,
        table.address(table.header[-1], column.index),
        value=quoted(column.heading),
        guess=guess or "",
    )


def _read_answers(table: Table, rows: Rows, lexicon: Lexicon, findings: Findings) -> list[Answers]:
    answers: list[Answers] = []
    spread: dict[str, list[Column]] = {}
    read: dict[str, Column] = {}
    for column in table.columns:
        code = column.meaning.question if column.meaning else ""
        if not code:
            continue
        if column.meaning and column.meaning.option is not None:
            spread.setdefault(code, []).append(column)
        elif code in read:
            _remark_twice(table, column, read[code], lexicon, findings)
        else:
            read[code] = column
            question = lexicon.questions[code]
            found = contents(table, column, rows)
            answers.append(read_column(found, question, lexicon, findings))
    for code, columns in spread.items():
        answers.extend(_read_spread(table, code, columns, rows))
    return answers


def _remark_twice(
    table: Table, column: Column, first: Column, lexicon: Lexicon, findings: Findings
) -> None:
    findings.fail(
        "column_twice",
        table.name,
        table.address(table.header[-1], column.index),
        what=lexicon.name_of(column.meaning.question if column.meaning else ""),
        first=table.address(table.header[-1], first.index),
    )


def _read_spread(table: Table, code: str, columns: Sequence[Column], rows: Rows) -> list[Answers]:
    """A multi-answer question over several columns; who said no to all has a row without option."""
    answers = []
    seen = np.zeros(len(rows), dtype=bool)
    chose = np.zeros(len(rows), dtype=bool)
    for column in columns:
        option = column.meaning.option if column.meaning else None
        chosen, answered = read_option_column(contents(table, column, rows), code, option or "")
        answers.append(chosen)
        seen |= answered
        chose[chosen.rows] = True
    left = np.flatnonzero(seen & ~chose)
    return [*answers, Answers(code, left, options=np.full(len(left), "", dtype=object))]


def _answers_frame(read: Sequence[TableRead]) -> pd.DataFrame:
    respondents, questions, options, numbers, texts = [], [], [], [], []
    for one in read:
        identities = one.respondents["respondent"].to_numpy(dtype=object)
        for answers in one.answers:
            size = len(answers.rows)
            respondents.append(identities[answers.rows])
            questions.append(np.full(size, answers.question, dtype=object))
            options.append(_or(answers.options, size, ""))
            numbers.append(_or(answers.numbers, size, np.nan))
            texts.append(_or(answers.texts, size, ""))
    return pd.DataFrame(
        {
            "respondent": _joined(respondents),
            "question": _joined(questions),
            "option": _joined(options),
            "number": pd.Series(np.concatenate(numbers) if numbers else [], dtype="float64"),
            "text": _joined(texts),
        },
        columns=ANSWER_COLUMNS,
    )


def _or(given: np.ndarray | None, size: int, filler: object) -> np.ndarray:
    if given is not None:
        return given
    return np.full(size, filler, dtype=float if filler is np.nan else object)


def _joined(parts: Sequence[np.ndarray]) -> pd.Series:
    return pd.Series(np.concatenate(parts) if parts else [], dtype=object)
